"""Who acts on GitHub: people, Apps and the workflow's own robot, and the tokens they show."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["actions", "app", "personal", "anonymous"]

EVERYTHING = {
    "contents": "write",
    "pull_requests": "write",
    "issues": "write",
    "actions": "write",
    "deployments": "write",
    "checks": "write",
    "statuses": "write",
    "workflows": "write",
    "secrets": "read",
    "variables": "read",
    "environments": "read",
    "administration": "read",
    "metadata": "read",
}
NOREPLY = re.compile(r"(?:(?P<id>\d+)\+)?(?P<login>[^@+]+)@users\.noreply\.github\.com")


@dataclass(frozen=True)
class Person:
    """An identity: *name* and *email* as git writes them, and the *login* that GitHub knows."""

    name: str
    email: str
    login: str = ""

    @property
    def number(self) -> int:
        """GitHub's number for it."""
        found = NOREPLY.fullmatch(self.email)
        return int(found["id"]) if found and found["id"] else zlib.crc32(self.login.encode()) % 10**8 + 1

    @property
    def is_bot(self) -> bool:
        """Whether an App or Actions acts under this login."""
        return self.login.endswith("[bot]")


ACTIONS = Person("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com", "github-actions[bot]")
WEB_FLOW = Person("GitHub", "noreply@github.com", "web-flow")


@dataclass(frozen=True)
class Token:
    """What somebody shows. *permissions* name an area and `read` or `write`; what is unlisted is refused.

    *repositories* are those that it may change and, if private, see; None means all. *expires* is a moment in GitHub's
    own words (`2026-12-31 23:59:59 UTC`), empty where the token has none.
    """

    kind: TokenKind
    person: Person
    permissions: Mapping[str, str]
    repositories: Collection[str] | None = None
    expired: bool = False
    expires: str = ""

    def may(self, need: str) -> bool:
        """Whether it has *need*, like `contents:write` or `issues|pull_requests:write`."""
        areas, _, level = need.partition(":")
        have = [self.permissions.get(area, "") for area in areas.split("|")]
        return any(each in (level, "write") for each in have)

    def reaches(self, repository: str) -> bool:
        """Whether it was made for *repository*."""
        return self.kind != "anonymous" and (self.repositories is None or repository in self.repositories)

    @property
    def refusal(self) -> str:
        """GitHub's words for a permission that is missing."""
        return f"Resource not accessible by {'personal access token' if self.kind == 'personal' else 'integration'}"


ANONYMOUS = Token("anonymous", Person("", ""), {}, ())


def token(
    kind: TokenKind,
    permissions: Mapping[str, str] | None,
    login: str,
    repositories: Collection[str] | None,
    *,
    expired: bool = False,
) -> Token:
    """A token with the identity that belongs to its kind; without *permissions* it may do everything."""
    levels = {name.replace("-", "_"): level for name, level in (permissions or EVERYTHING).items()}
    return Token(kind, _identity(kind, login), levels, repositories, expired)


def person(text: str) -> Person:
    """`Ada <ada@acme.example>` as a person; a noreply address names the login."""
    name, _, rest = text.partition("<")
    email = rest.strip().rstrip(">") or f"{name.strip().lower()}@example.com"
    return Person(name.strip(), email, login_of(email))


def account(login: str) -> Person:
    """The person or App behind a *login*, with the address that GitHub gives it."""
    number = zlib.crc32(login.encode()) % 10**8 + 1
    return Person(login, f"{number}+{login}@users.noreply.github.com", login)


def login_of(email: str) -> str:
    """The login that an address of GitHub's own names; empty for any other."""
    if email == WEB_FLOW.email:
        return WEB_FLOW.login
    found = NOREPLY.fullmatch(email)
    return found["login"] if found else ""


def _identity(kind: TokenKind, login: str) -> Person:
    if kind == "actions":
        return ACTIONS
    return account(login or ("acme-app[bot]" if kind == "app" else "ada"))
