"""A bare Git repository on the disk: dulwich for its objects and references, real git for merges and histories."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from dulwich.object_store import commit_tree_changes
from dulwich.objects import ObjectID, ShaFile, Tree
from dulwich.refs import Ref
from dulwich.repo import Repo

from sandbox.github.git.objects import Entry, GitFailed, GitObject, raw, text
from sandbox.github.people import Person

SHA = re.compile(r"[0-9a-f]{40}")

Line = tuple[str, str, str]
"""Mode, object name and path of a file for a tree; mode `0` takes the path away."""


class Git:
    """One bare repository. Objects never change, so each is read once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._objects: dict[str, GitObject] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        new = not path.exists()
        self._disk = Repo.init_bare(str(path), mkdir=True, default_branch=b"main") if new else Repo(str(path))

    def __call__(self, *args: str, send: bytes | str = b"") -> str:
        """The output of a git command as text. Raises GitFailed."""
        return text(self.run(*args, send=send))

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
        # In a group of its own: a Ctrl-C at the terminal is for whoever uses the world, and GitHub goes on.
        return subprocess.run(
            command, cwd=self.path, input=data, capture_output=True, check=False, env=environment(), process_group=0
        )

    def ref(self, name: str) -> str:
        """What a reference (`refs/heads/main`) points to; empty where there is none."""
        found = self._disk.refs.read_loose_ref(Ref(raw(name))) if name.startswith("refs/") else None
        if found is None and (self.path / "packed-refs").exists():
            return self.tried("rev-parse", "--verify", "--quiet", name).stdout.decode().strip()
        return (found or b"").decode()

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
            if not SHA.fullmatch(oid):
                return None
            try:
                self._objects[oid] = GitObject.of(self._disk.object_store[ObjectID(oid.encode())])
            except KeyError:
                return None
            finally:
                # A push may bring a pack, which dulwich would keep open.
                self._disk.object_store.close()
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
        """The tree of *base* (a commit, a tree or empty) with *lines*. Raises GitFailed for a path that is not there.

        GitHub refuses to delete an absent path, too.
        """
        start = self.object(base) if base else None
        if start and start.kind == "commit":
            start = self.object(start.tree)
        tree = Tree() if start is None else ShaFile.from_raw_string(Tree.type_num, start.data)
        assert isinstance(tree, Tree)
        changes = [
            (raw(path), None, None) if mode == "0" else (raw(path), int(mode, 8), ObjectID(oid.encode()))
            for mode, oid, path in lines
        ]
        try:
            return commit_tree_changes(self._disk.object_store, tree, changes).decode()
        except KeyError as error:
            raise GitFailed(1, f"{error} is not in the tree") from error
        finally:
            self._disk.object_store.close()

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
        return self.write("commit", raw("\n".join(lines)))

    def write(self, kind: str, data: bytes) -> str:
        """Put an object into the repository and return its name."""
        made = ShaFile.from_raw_string(_NUMBERS[kind], data)
        self._disk.object_store.add_object(made)
        self._objects[made.id.decode()] = GitObject.of(made)
        return made.id.decode()


_NUMBERS = {"commit": 1, "tree": 2, "blob": 3, "tag": 4}
"""Git's own numbers for the kinds of objects (its pack format)."""


def environment() -> dict[str, str]:
    """The environment of git: nothing of the user's own settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**own, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C"}


def _stamp(person: Person, date: str) -> str:
    return f"{person.name} <{person.email}> {int(datetime.fromisoformat(date).timestamp())} +0000"
