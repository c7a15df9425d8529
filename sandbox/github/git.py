"""A bare Git repository on the disk: real git where git is needed, its object files read and written directly."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sandbox.github.objects import Entry, GitFailed, GitObject, Signature, moment
from sandbox.github.people import Person

__all__ = ["Git", "GitFailed", "GitObject", "Signature", "environment", "moment"]

SHA = re.compile(r"[0-9a-f]{40}")

Line = tuple[str, str, str]
"""Mode, object name and path of a file for a tree; mode `0` takes the path away."""


class Git:
    """One bare repository. Objects never change, so each is read once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._objects: dict[str, GitObject] = {}
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["git", "init", "-q", "--bare", "--template=", "-b", "main", str(path)], check=True)

    def __call__(self, *args: str, send: bytes | str = b"") -> str:
        """The output of a git command as text. Raises GitFailed."""
        return self.run(*args, send=send).decode("utf-8", "surrogateescape")

    def run(self, *args: str, send: bytes | str = b"") -> bytes:
        """The output of a git command. Raises GitFailed."""
        done = self.tried(*args, send=send)
        if done.returncode:
            raise GitFailed(done.returncode, done.args, done.stdout, done.stderr)
        return done.stdout

    def tried(self, *args: str, send: bytes | str = b"") -> subprocess.CompletedProcess[bytes]:
        """A git command that may fail."""
        data = send.encode() if isinstance(send, str) else send
        command = ["git", *args]
        return subprocess.run(command, cwd=self.path, input=data, capture_output=True, check=False, env=environment())

    def ref(self, name: str) -> str:
        """What a reference (`refs/heads/main`) points to; empty where there is none."""
        try:
            return (self.path / name).read_text("ascii").strip()
        except (OSError, ValueError):
            return self.resolve(name) if (self.path / "packed-refs").exists() else ""

    def resolve(self, name: str, kind: str = "commit") -> str:
        """The commit (or tree) that a branch, a tag or an object's own name stands for; empty where there is none."""
        found = self.object(name)
        if found and found.kind == kind:
            return name
        if kind == "commit" and name and (self.path / "refs/heads" / name).is_file():
            return self.ref(f"refs/heads/{name}")
        return self.tried("rev-parse", "--verify", "--quiet", f"{name}^{{{kind}}}").stdout.decode().strip()

    def refs(self, prefix: str) -> dict[str, str]:
        """The references below *prefix*, by full name."""
        lines = self("for-each-ref", "--format=%(refname) %(objectname)", prefix).splitlines()
        return {name: oid for name, _, oid in (line.partition(" ") for line in lines)}

    def set_ref(self, name: str, oid: str) -> None:
        """Let a reference point to *oid*; empty deletes it. Raises GitFailed."""
        self.set_refs({name: oid})

    def set_refs(self, refs: Mapping[str, str]) -> None:
        """Let many references point elsewhere at once. Raises GitFailed."""
        lines = (f"update {name} {oid}\n" if oid else f"delete {name}\n" for name, oid in refs.items())
        self("update-ref", "--stdin", send="".join(lines))

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether *newer* contains *older*."""
        if not older or not newer:
            return False
        return older == newer or self.tried("merge-base", "--is-ancestor", older, newer).returncode == 0

    def count(self, since: str, until: str) -> int:
        """How many commits *until* has beyond *since*."""
        return int(self("rev-list", "--count", f"{since}..{until}"))

    def object(self, oid: str) -> GitObject | None:
        """An object by its name; None where there is none."""
        if oid not in self._objects:
            found = self._loose(oid) or self._packed(oid)
            if found is None:
                return None
            self._objects[oid] = found
        return self._objects[oid]

    def objects(self, oids: Iterable[str]) -> dict[str, GitObject]:
        """Those of *oids* that exist, by name."""
        return {oid: found for oid in oids if (found := self.object(oid))}

    def commit(self, oid: str) -> GitObject:
        """A commit. Raises GitFailed where there is none."""
        found = self.object(oid)
        if found is None or found.kind != "commit":
            raise GitFailed(1, f"{oid} is no commit")
        return found

    def at(self, tree: str, path: str) -> Entry | None:
        """What lies at *path* below a tree; the tree itself where *path* is empty."""
        entry = Entry("", "040000", tree)
        for name in filter(None, path.split("/")):
            inside = self.object(entry.oid)
            within = inside.entries if inside and inside.kind == "tree" else []
            found = next((each for each in within if each.name == name), None)
            if found is None:
                return None
            entry = found
        return entry

    def walk(self, tree: str, prefix: str = "") -> Iterator[tuple[str, Entry]]:
        """Everything below a tree by path, each tree before what is in it."""
        found = self.object(tree)
        for entry in found.entries if found else []:
            yield prefix + entry.name, entry
            if entry.kind == "tree":
                yield from self.walk(entry.oid, f"{prefix}{entry.name}/")

    def write_blob(self, data: bytes) -> str:
        """Put a file into the repository."""
        return self.write("blob", data)

    def write_tree(self, base: str, lines: Iterable[Line]) -> str:
        """The tree of *base* (a commit, a tree or empty) with *lines*."""
        start = self.object(base) if base else None
        if start and start.kind == "commit":
            start = self.object(start.tree)
        return self._tree_with(start, [(mode, oid, path) for mode, oid, path in lines])

    def write_commit(
        self,
        tree: str,
        parents: Sequence[str],
        message: str,
        author: tuple[Person, str],
        committer: tuple[Person, str] | None = None,
    ) -> str:
        """A commit; who made it, and when (RFC 3339)."""
        lines = [f"tree {tree}", *(f"parent {each}" for each in parents)]
        lines += [f"author {_stamp(*author)}", f"committer {_stamp(*(committer or author))}", "", message]
        return self.write("commit", "\n".join(lines).encode("utf-8", "surrogateescape"))

    def write(self, kind: str, data: bytes) -> str:
        """Put an object into the repository and return its name."""
        whole = b"%s %d\0" % (kind.encode(), len(data)) + data
        oid = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        place = self.path / "objects" / oid[:2] / oid[2:]
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            part = place.with_suffix(".part")
            part.write_bytes(zlib.compress(whole, 1))
            part.replace(place)
        self._objects[oid] = GitObject(oid, kind, data)
        return oid

    def _tree_with(self, start: GitObject | None, lines: Sequence[Line]) -> str:
        entries = {each.name: each for each in (start.entries if start else [])}
        below: dict[str, list[Line]] = defaultdict(list)
        for mode, oid, path in lines:
            name, slash, rest = path.partition("/")
            if slash:
                below[name].append((mode, oid, rest))
            elif mode == "0":
                entries.pop(name, None)
            else:
                entries[name] = Entry(name, mode.zfill(6), oid)
        for name, inner in below.items():
            old = entries.get(name)
            made = self._tree_with(self.object(old.oid) if old and old.kind == "tree" else None, inner)
            entries[name] = Entry(name, "040000", made)
            if not self._objects[made].data:
                del entries[name]
        ordered = sorted(entries.values(), key=lambda each: _bytes(each.name) + b"/" * (each.kind == "tree"))
        return self.write("tree", b"".join(_entry(each) for each in ordered))

    def _loose(self, oid: str) -> GitObject | None:
        place = self.path / "objects" / oid[:2] / oid[2:]
        if not SHA.fullmatch(oid) or not place.is_file():
            return None
        head, _, data = zlib.decompress(place.read_bytes()).partition(b"\0")
        return GitObject(oid, head.decode().partition(" ")[0], data)

    def _packed(self, oid: str) -> GitObject | None:
        if not SHA.fullmatch(oid) or not any((self.path / "objects/pack").glob("*.pack")):
            return None
        answer = self.tried("cat-file", "--batch", send=f"{oid}\n").stdout
        head, _, data = answer.partition(b"\n")
        if head.endswith(b"missing"):
            return None
        _, kind, size = head.decode().split(" ")
        return GitObject(oid, kind, data[: int(size)])


def environment() -> dict[str, str]:
    """The environment of git: nothing of the user's own settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**own, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C"}


def _stamp(person: Person, date: str) -> str:
    return f"{person.name} <{person.email}> {int(datetime.fromisoformat(date).timestamp())} +0000"


def _entry(entry: Entry) -> bytes:
    return b"%s %s\0%s" % (entry.mode.lstrip("0").encode(), _bytes(entry.name), bytes.fromhex(entry.oid))


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
