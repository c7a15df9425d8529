"""A repository on GitHub: a bare git repository, and what GitHub keeps around it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sandbox.github.async_merge import AsyncMerge
from sandbox.github.deployments import Deployment
from sandbox.github.git import Git, Line, moment
from sandbox.github.people import Person, account, person
from sandbox.github.pulls import Delays, Label, PullRequest, Release, Settings

ADA = "Ada <ada@acme.example>"
CHECK = {"success", "neutral", "skipped"}
"""Conclusions that count as passed."""


@dataclass
class Repository:
    """*name* is owner/name, *number* GitHub's id; *checks* are conclusions by commit and name ("" while running).

    *refusals* are answers, status and message, that the next tries to merge get whatever the rules say. *scanned* are
    the commits that code scanning has results for. *secrets* are names and *variables* texts by name; the
    *shared* ones are the organisation's, and an environment has its own.
    """

    name: str
    number: int
    git: Git
    private: bool = False
    owner_kind: Literal["Organization", "User"] = "Organization"
    description: str | None = None
    default_branch: str = "main"
    settings: Settings = field(default_factory=Settings)
    delays: Delays = field(default_factory=Delays)
    pulls: dict[int, PullRequest] = field(default_factory=dict)
    releases: list[Release] = field(default_factory=list)
    deployments: list[Deployment] = field(default_factory=list)
    async_merges: list[AsyncMerge] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)
    checks: dict[str, dict[str, str]] = field(default_factory=dict)
    verified: set[str] = field(default_factory=set)
    scanned: set[str] = field(default_factory=set)
    secrets: list[str] = field(default_factory=list)
    environments: dict[str, list[str]] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    shared_secrets: list[str] = field(default_factory=list)
    shared_variables: dict[str, str] = field(default_factory=dict)
    environment_variables: dict[str, dict[str, str]] = field(default_factory=dict)
    refusals: list[tuple[int, str]] = field(default_factory=list)
    created_at: str = field(default_factory=lambda: moment(time.time()))
    _last: int = 0
    _last_id: int = 500_000_000

    @property
    def owner(self) -> str:
        """Whose it is."""
        return self.name.partition("/")[0]

    def commit(
        self,
        files: Mapping[str, bytes | str | None],
        message: str = "Change files",
        *,
        author: str = ADA,
        branch: str = "main",
        delete: Iterable[str] = (),
        at: str = "",
    ) -> str:
        """Push a commit as a person would, and return its name. None as content deletes a path.

        *author* is `Name <address>`, *at* a moment in RFC 3339. A new branch starts at the default branch.
        """
        ref = f"refs/heads/{branch}"
        parent = self.git.ref(ref) or self.git.ref(f"refs/heads/{self.default_branch}")
        modes = {path: mode for path, (mode, _) in self._listing(parent).items()}
        lines = changed(self.git, {**files, **dict.fromkeys(delete)}, modes)
        tree = self.git.write_tree(parent, lines)
        who = (person(author), at or self.now())
        sha = self.git.write_commit(tree, [parent] if parent else [], message, who)
        self.point(ref, sha)
        return sha

    def read(self, ref: str = "main") -> dict[str, bytes]:
        """The files of a branch, tag or commit by path."""
        listing = self._listing(self.git.resolve(ref))
        objects = self.git.objects(oid for _, oid in listing.values())
        return {path: objects[oid].data for path, (_, oid) in listing.items() if oid in objects}

    def log(self, ref: str = "main") -> list[str]:
        """The subjects of the commits of *ref*, newest first."""
        return self.git("log", "--format=%s", ref).splitlines()

    def head(self, branch: str = "main") -> str | None:
        """The commit that *branch* points to; None where there is no such branch."""
        return self.tip(branch) or None

    def tip(self, branch: str) -> str:
        """The commit that *branch* points to; empty where there is no such branch."""
        return self.git.ref(f"refs/heads/{branch}")

    def delete_branch(self, branch: str) -> None:
        """Delete a branch as a person would."""
        self.point(f"refs/heads/{branch}", "")

    def close(self, number: int, login: str = "ada") -> None:
        """Close a pull request as a person would."""
        self.pulls[number].close(self.now(), account(login))

    def release(
        self, tag: str, *, draft: bool = False, prerelease: bool = False, name: str = "", at: str = "", body: str = ""
    ) -> Release:
        """Publish a release of *tag*, which is made at the default branch where it does not exist."""
        if not draft and not self.git.ref(f"refs/tags/{tag}"):
            self.git.set_ref(f"refs/tags/{tag}", self.tip(self.default_branch))
        made = Release(self.next_number(), tag, name or tag, at or self.now(), draft, prerelease, body)
        self.releases.append(made)
        return made

    def latest_release(self) -> Release | None:
        """The last that is neither draft nor prerelease."""
        plain = [each for each in self.releases if not (each.draft or each.prerelease)]
        return max(plain, key=lambda each: (each.at, each.id), default=None)

    def tag(self, name: str, branch: str = "main") -> None:
        """Let a tag point to the head of *branch*."""
        self.git.set_ref(f"refs/tags/{name}", self.tip(branch))

    @property
    def empty(self) -> bool:
        """Whether nobody has pushed anything yet."""
        return not self.tip(self.default_branch) and not self.git.refs("refs")

    def point(self, ref: str, sha: str, by: Person | None = None) -> None:
        """Let the full *ref* point to *sha* (empty: delete it) as *by* (None: ada); pull requests follow."""
        self.git.set_ref(ref, sha)
        if ref.startswith("refs/heads/"):
            self.follow(ref, sha, by)

    def start_checks(self, sha: str) -> None:
        """Let the check runs of a pull request's head appear."""
        if self.settings.checks_start:
            runs = self.checks.setdefault(sha, {})
            for name in (*self.settings.required_checks, *self.settings.other_checks):
                runs.setdefault(name, "")

    def next_id(self) -> int:
        """A number for a new deployment or one of its statuses: they are counted apart from issues."""
        self._last_id += 1
        return self._last_id

    def next_number(self) -> int:
        """A number for a new issue, pull request, comment or release."""
        self._last += 1
        return self._last

    def open_pulls(self, number: int | None = None) -> list[PullRequest]:
        """Those that are open (only the one with this number), oldest first."""
        return [pull for pull in self.pulls.values() if pull.state == "open" and number in (None, pull.number)]

    def now(self) -> str:
        """The present moment in RFC 3339."""
        return moment(time.time())

    def follow(self, ref: str, sha: str, by: Person | None = None) -> None:
        """Let the pull requests follow a branch, by its full name, that *by* pointed to *sha* (empty: deleted)."""
        branch, who = ref.removeprefix("refs/heads/"), by or account("ada")
        for pull in self.open_pulls():
            if pull.head == branch and not pull.fork:
                self._follow_head(pull, sha, who)
            elif pull.base == branch:
                self._follow_base(pull, sha, who)

    def _follow_head(self, pull: PullRequest, sha: str, by: Person) -> None:
        if not sha:
            pull.close(self.now(), by)
            return
        pull.moved(sha)
        self.start_checks(sha)
        if self.git.is_ancestor(sha, self.tip(pull.base)):
            pull.close(self.now(), by)

    def _follow_base(self, pull: PullRequest, sha: str, by: Person) -> None:
        pull.reads = 0
        if not sha:
            pull.close(self.now(), by)
        elif self.git.is_ancestor(pull.head_sha, sha):
            # A head that has become part of its base is merged to GitHub, however it got there.
            pull.merge(pull.head_sha, by, self.now())

    def _listing(self, commit: str) -> dict[str, tuple[str, str]]:
        if not commit:
            return {}
        entries = self.git.walk(self.git.commit(commit).tree)
        return {path: (entry.mode, entry.oid) for path, entry in entries if entry.kind != "tree"}


def changed(git: Git, files: Mapping[str, bytes | str | None], modes: Mapping[str, str] | None = None) -> list[Line]:
    """What *files* change in a tree, by path; None takes a path away, and *modes* stay."""
    lines: list[Line] = []
    for path, data in files.items():
        if data is None:
            lines.append(("0", "0" * 40, path))
        else:
            oid = git.write_blob(data.encode() if isinstance(data, str) else data)
            lines.append(((modes or {}).get(path, "100644"), oid, path))
    return lines
