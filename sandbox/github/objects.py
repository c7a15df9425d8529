"""The objects of Git as they lie on the disk."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

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

    @property
    def entries(self) -> list[Entry]:
        """What a tree holds."""
        return list(self._entries())

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

    def _entries(self) -> Iterator[Entry]:
        rest = self.data
        while rest:
            head, _, rest = rest.partition(b"\0")
            mode, _, name = head.decode("utf-8", "surrogateescape").partition(" ")
            yield Entry(name, mode.zfill(6), rest[:20].hex())
            rest = rest[20:]


def moment(seconds: float) -> str:
    """Seconds since 1970 in RFC 3339 and UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
