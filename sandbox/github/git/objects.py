"""The objects of Git, as the sandbox hands them around: dulwich reads them, nothing here can be changed."""

from __future__ import annotations

import functools
import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime

from dulwich.objects import ShaFile, Tree

WHO = re.compile(r"(?P<name>.*?) ?<(?P<email>[^>]*)> (?P<at>\d+) [+-]\d{4}")


class GitFailed(subprocess.CalledProcessError):
    """Git said no."""


@dataclass(frozen=True)
class Signature:
    """The author or the committer of a commit; *date* in RFC 3339."""

    name: str
    email: str
    date: str


@dataclass(frozen=True)
class Entry:
    """One entry of a tree; *mode* as Git shows it, with six digits."""

    name: str
    mode: str
    oid: str

    @property
    def kind(self) -> str:
        """The type of the object."""
        return {"040000": "tree", "160000": "commit"}.get(self.mode, "blob")


@dataclass(frozen=True)
class GitObject:
    """An object of Git: *kind* is `blob`, `tree`, `commit` or `tag`."""

    oid: str
    kind: str
    data: bytes

    @classmethod
    def of(cls, found: ShaFile) -> GitObject:
        """The object that dulwich has read."""
        return cls(found.id.decode(), found.type_name.decode(), found.as_raw_string())

    @property
    def message(self) -> str:
        """The message of a commit or a tag."""
        return self._text.partition("\n\n")[2].removesuffix("\n")

    @property
    def tree(self) -> str:
        """The tree of a commit."""
        return self.field("tree")[0]

    @property
    def parents(self) -> list[str]:
        """The parents of a commit."""
        return self.field("parent")

    @functools.cached_property
    def entries(self) -> list[Entry]:
        """What a tree holds, in Git's own order."""
        found = ShaFile.from_raw_string(Tree.type_num, self.data)
        assert isinstance(found, Tree)
        return [Entry(text(each.path), f"{each.mode:06o}", each.sha.decode()) for each in found.iteritems()]

    def field(self, name: str) -> list[str]:
        """The header fields of this name of a commit or a tag."""
        head = self._text.partition("\n\n")[0]
        return [line.partition(" ")[2] for line in head.split("\n") if line.partition(" ")[0] == name]

    def signature(self, role: str) -> Signature:
        """The `author` or `committer` of a commit."""
        found = WHO.fullmatch(self.field(role)[0])
        if not found:
            raise GitFailed(1, f"{self.oid} has no {role}")
        return Signature(found["name"], found["email"], moment(int(found["at"])))

    @property
    def _text(self) -> str:
        return self.data.decode("utf-8", "replace")


def moment(seconds: float) -> str:
    """Seconds since 1970 in RFC 3339 and UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def text(name: bytes) -> str:
    """A path of Git's as text that `raw` turns back."""
    return name.decode("utf-8", "surrogateescape")


def raw(name: str) -> bytes:
    """The bytes of a path or a message."""
    return name.encode("utf-8", "surrogateescape")
