"""Git's objects as GraphQL shows them. Each method is a field of GitHub's schema and takes its arguments by name."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo

from sandbox.github.git import Entry, Git, GitObject, Signature, blame
from sandbox.github.graphql import checks
from sandbox.github.graphql.pages import page
from sandbox.github.people import login_of
from sandbox.github.repository import Repository

Info = GraphQLResolveInfo[Any]
MOST_TEXT = 512_000
"""Bytes of a file that GraphQL shows as text."""


class ObjectView:
    """What all objects of Git have."""

    def __init__(self, repository: Repository, found: GitObject) -> None:
        self.repository, self.found = repository, found
        self.oid, self.abbreviatedOid = found.oid, found.oid[:7]
        self.id = f"{found.kind[0].upper()}_{repository.number}_{found.oid}"

    @property
    def git(self) -> Git:
        """The repository on the disk."""
        return self.repository.git


class BlobView(ObjectView):
    """A file."""

    __typename = "Blob"

    def byteSize(self, _: Info) -> int:
        return len(self.found.data)

    def isBinary(self, _: Info) -> bool:
        return b"\0" in self.found.data[:8000]

    def isTruncated(self, _: Info) -> bool:
        return len(self.found.data) > MOST_TEXT

    def text(self, info: Info) -> str | None:
        if self.isBinary(info):
            return None
        return self.found.data[:MOST_TEXT].decode("utf-8", "replace")


class TreeView(ObjectView):
    """A directory."""

    __typename = "Tree"

    def __init__(self, repository: Repository, found: GitObject, path: str = "") -> None:
        super().__init__(repository, found)
        self._path = path

    def entries(self, _: Info) -> list[EntryView]:
        return [EntryView(self.repository, each, f"{self._path}{each.name}") for each in self.found.entries]


class EntryView:
    """One entry of a directory."""

    def __init__(self, repository: Repository, entry: Entry, path: str) -> None:
        self.name, self.path, self.type, self.oid = path.rpartition("/")[2], path, entry.kind, entry.oid
        self.mode = int(entry.mode, 8)
        self._repository = repository

    def object(self, _: Info) -> ObjectView | None:
        return view(self._repository, self.oid, f"{self.path}/")


class TagView(ObjectView):
    """An annotated tag."""

    __typename = "Tag"

    def name(self, _: Info) -> str:
        return self.found.field("tag")[0]

    def message(self, _: Info) -> str:
        return self.found.message

    def target(self, _: Info) -> ObjectView | None:
        return view(self.repository, self.found.field("object")[0])


class CommitView(ObjectView):
    """A commit."""

    __typename = "Commit"

    @property
    def message(self) -> str:
        """The whole message."""
        return self.found.message

    def messageHeadline(self, _: Info) -> str:
        return self.message.partition("\n")[0]

    def messageBody(self, _: Info) -> str:
        return self.message.partition("\n")[2].strip()

    def tree(self, _: Info) -> ObjectView | None:
        return view(self.repository, self.found.tree)

    def author(self, _: Info) -> dict[str, Any]:
        return actor(self.found.signature("author"))

    def committer(self, _: Info) -> dict[str, Any]:
        return actor(self.found.signature("committer"))

    def authoredDate(self, _: Info) -> str:
        return self.found.signature("author").date

    def committedDate(self, _: Info) -> str:
        return self.found.signature("committer").date

    def parents(self, _: Info, **asked: Any) -> dict[str, Any]:
        return page([view(self.repository, each) for each in self.found.parents], asked)

    def history(self, _: Info, *, path: str | None = None, **asked: Any) -> dict[str, Any]:
        """The commits that led here, newest first; those that touched *path*."""
        most = [] if asked.get("after") or not asked.get("first") else [f"--max-count={asked['first'] + 1}"]
        command = ["log", "--format=%H", *most, self.oid, *(["--", path] if path else [])]
        return page([view(self.repository, each) for each in self.git(*command).split()], asked)

    def blame(self, _: Info, *, path: str) -> dict[str, Any]:
        """Who wrote each line of the file at *path*."""
        if self.git.at(self.found.tree, path) is None:
            raise GraphQLError(f"Path '{path}' does not exist.", extensions={"type": "NOT_FOUND"})
        ranges = blame.ranges(self.git, self.oid, path)
        return {
            "ranges": [
                {"startingLine": first, "endingLine": last, "age": 1, "commit": view(self.repository, oid)}
                for first, last, oid in ranges
            ]
        }

    def file(self, _: Info, *, path: str) -> EntryView | None:
        entry = self.git.at(self.found.tree, path) if path else None
        return EntryView(self.repository, entry, path) if entry else None

    def statusCheckRollup(self, info: Info) -> checks.RollupView | None:
        return checks.rollup(self.repository, self.oid, info.context)


VIEWS: dict[str, type[ObjectView]] = {"blob": BlobView, "tree": TreeView, "commit": CommitView, "tag": TagView}


def view(repository: Repository, oid: str, path: str = "") -> ObjectView | None:
    """An object of Git by its name; None where there is none."""
    found = repository.git.object(oid)
    if found is None:
        return None
    return TreeView(repository, found, path) if found.kind == "tree" else VIEWS[found.kind](repository, found)


def actor(signature: Signature) -> dict[str, Any]:
    """The author or committer of a commit. Bots are no users to GraphQL."""
    login = login_of(signature.email)
    user = {"__typename": "User", "id": f"U_{login}", "login": login, "name": signature.name}
    is_user = login and not login.endswith("[bot]")
    return {
        "name": signature.name,
        "email": signature.email,
        "date": signature.date,
        "user": user if is_user else None,
    }
