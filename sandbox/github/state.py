"""What the GitHub of the sandbox knows: repositories, tokens, accounts, limits, and what was done to it."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sandbox.github.git import Git
from sandbox.github.hosted import HostedRepository
from sandbox.github.limits import Limits
from sandbox.github.people import ANONYMOUS, Person, Token, TokenKind, login_of, token
from sandbox.github.repository import ADA
from sandbox.seen import Seen


@dataclass(frozen=True)
class Write:
    """One change that was made through the API, and the login of whoever made it."""

    method: str
    path: str
    summary: str
    actor: str = ""


@dataclass(frozen=True)
class Dispatch:
    """A workflow that was asked for. *what* is the workflow's file or the event's type.

    *id* is the number of its run, *at* the moment in RFC 3339, *actor* a login.
    """

    repository: str
    what: str
    payload: Mapping[str, Any]
    ref: str = ""
    id: int = 0
    at: str = ""
    actor: str = ""

    @property
    def event(self) -> str:
        """What kind of event it is."""
        return "workflow_dispatch" if self.ref else "repository_dispatch"


class State:
    """Everything behind the door. While no token is made known, any token is the workflow's own.

    *accounts* are logins by address; *collaborators* are the logins that may review and be assigned (none: all).
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.repositories: dict[str, HostedRepository] = {}
        self.moved: dict[str, str] = {}
        self.tokens: dict[str, Token] = {}
        self.accounts: dict[str, str] = {}
        self.collaborators: set[str] = set()
        self.limits = Limits()
        self.writes: list[Write] = []
        self.dispatches: list[Dispatch] = []
        self.lock = threading.RLock()

    def create(
        self,
        name: str,
        files: Mapping[str, bytes | str | None] | None = None,
        *,
        message: str = "Initial commit",
        author: str = ADA,
        private: bool = False,
        at: str = "",
    ) -> HostedRepository:
        """Make the repository *name* (owner/name) with one commit of *files*."""
        git = Git(self.root / f"{name}.git")
        made = HostedRepository(name, 1000 + len(self.repositories), git, private)
        self.repositories[name] = made
        if files is not None:
            made.commit(files, message, author=author, at=at)
        return made

    def repository(self, name: str) -> HostedRepository:
        """The repository *name*, as the test or the demo holds it."""
        return self.repositories[name]

    def rename(self, old: str, new: str) -> None:
        """Give a repository another name; GitHub redirects from the old one."""
        found = self.repositories.pop(old)
        found.name = new
        self.repositories[new] = found
        self.moved[old] = new

    def called(self, name: str, token: Token) -> HostedRepository | None:
        """The repository that has this name today, as far as *token* may see it."""
        found = next((each for key, each in self.repositories.items() if key.lower() == name.lower()), None)
        return found if found and (not found.private or token.reaches(found.name)) else None

    def find(self, name: str, token: Token) -> HostedRepository | None:
        """The repository that has this name, or once had it, as far as *token* may see it."""
        while name in self.moved:
            name = self.moved[name]
        return self.called(name, token)

    def publish(self, name: str, versions: Iterable[Seen]) -> HostedRepository:
        """Publish releases of the repository *name*, which is made where it does not exist.

        A version with a hyphen is a prerelease.
        """
        repository = self.repositories.get(name) or self.create(name, {"README.md": f"# {name}\n"})
        known = {release.tag for release in repository.releases}
        new = [seen for seen in versions if seen.version not in known]
        repository.git.set_refs({f"refs/tags/{seen.version}": repository.tip("main") for seen in new})
        for seen in new:
            repository.release(seen.version, at=seen.at, prerelease="-" in seen.version)
        return repository

    def token(
        self,
        text: str,
        *,
        kind: TokenKind = "actions",
        permissions: Mapping[str, str] | None = None,
        login: str = "",
        repositories: Collection[str] | None = None,
        expired: bool = False,
    ) -> Token:
        """Make a token known; without *permissions* it may do everything in *repositories* (None: in all)."""
        self.tokens[text] = token(kind, permissions, login, repositories, expired=expired)
        return self.tokens[text]

    def expires(self, text: str, moment: str) -> None:
        """Let a token end at *moment*, in GitHub's own words: `2026-12-31 23:59:59 UTC`."""
        self.tokens[text] = replace(self.tokens[text], expires=moment)

    def account(self, name: str, email: str) -> Person | None:
        """The account that an address belongs to: GitHub's own addresses, and those in `accounts`."""
        login = self.accounts.get(email) or login_of(email)
        return Person(name, email, login) if login else None

    def shown(self, authorization: str) -> Token | None:
        """The token in an Authorization header; None where it is no good."""
        text = authorization.partition(" ")[2].strip()
        if not text:
            return ANONYMOUS
        if not self.tokens:
            return token("actions", None, "", None)
        found = self.tokens.get(text)
        return found if found and not found.expired else None

    def complete_checks(self, name: str, number: int | None = None, conclusion: str = "success") -> None:
        """End the check runs of one open pull request, or of all; what is armed merges."""
        with self.lock:
            self.repositories[name].complete_checks(number, conclusion)

    def approve(self, name: str, number: int | None = None, login: str = "ada") -> None:
        """Approve one open pull request, or all, as a person with write access; what is armed merges."""
        with self.lock:
            self.repositories[name].approve(number, login)

    def run_queue(self, name: str) -> None:
        """Let the merge queue do its work."""
        with self.lock:
            self.repositories[name].run_queue()
