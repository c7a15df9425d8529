"""The repository on GitHub: one commit of it as a snapshot, and new commits made from planned bytes."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from profile_cd.errors import CannotStart, GitHubRefused, Uncertain
from profile_cd.manifest import EXTENSIONS
from profile_cd.model import File, Snapshot, Tree
from profile_cd.services.repository.answers import NEXT_RUN, refused
from profile_cd.services.repository.api import GitHubApi
from profile_cd.services.repository.trees import Trees
from profile_cd.trees import differing

ENTRIES = """
fragment Entries on Tree {
  oid
  entries { name mode type oid object { ... on Blob { isBinary isTruncated text } } }
}
"""

HEAD = (
    """
query Head($owner: String!, $name: String!, $ref: String!, $within: String!, $one: String!, $two: String!) {
  repository(owner: $owner, name: $name) {
    isEmpty
    ref(qualifiedName: $ref) {
      target {
        oid
        ... on Commit {
          tree { ...Entries }
          within: file(path: $within) { object { ...Entries } }
          one: file(path: $one) { object { ...Entries } }
          two: file(path: $two) { object { ...Entries } }
        }
      }
    }
  }
}
"""
    + ENTRIES
)


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as Git names it."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    message: str = ""


class Repository:
    """The base branch and everything below it, read through *api* and written through *writer*."""

    def __init__(self, api: GitHubApi, writer: GitHubApi) -> None:
        self._api = api
        self._writer = writer
        self._trees = Trees(api)

    @property
    def expiries(self) -> Mapping[str, str]:
        """When each token ends, by its input, in GitHub's own words; empty where it says nothing."""
        written = {"merge-token": self._writer.expires} if self._writer is not self._api else {}
        return {"token": self._api.expires, **written}

    def snapshot(self, branch: str, *, directories: Iterable[str], within: str = "") -> Snapshot:
        """The manifests and the files beside them at the head of *branch*, in one question.

        *directories* are where manifests may lie (at most two), *within* is where the files lie.
        Raises CannotStart where the branch does not exist.
        """
        one, two = (*directories, "", "")[:2]
        data = self._api.ask(
            HEAD,
            owner=self._api.owner,
            name=self._api.name,
            ref=f"refs/heads/{branch}",
            within=within or one,
            one=one,
            two=two or one,
        )
        ref = (data.get("repository") or {}).get("ref")
        if not ref:
            raise self._no_branch(branch, empty=bool(data["repository"]["isEmpty"]))
        target = ref["target"]
        files: dict[str, File] = {}
        self._gather(files, "", target["tree"], recursive=False)
        for place, prefix in (("within", within), ("one", one), ("two", two)):
            if prefix and target.get(place):
                self._gather(files, prefix, target[place]["object"], recursive=place != "within")
        return Snapshot(files, commit=target["oid"], tree=target["tree"]["oid"])

    def with_files(self, snapshot: Snapshot, paths: Iterable[str]) -> Snapshot:
        """*snapshot* with those of *paths* that exist beside what it has already, in at most one question."""
        missing = [path for path in dict.fromkeys(paths) if path not in snapshot.files]
        listed = {path.rpartition("/")[0] for path in snapshot.files}
        missing = [p for p in missing if not (p.rpartition("/")[0] in listed and p.endswith(EXTENSIONS))]
        if not missing:
            return snapshot
        listing = self.tree(snapshot.tree)
        files = dict(snapshot.files)
        for path in missing:
            if path in listing:
                mode, oid = listing[path]
                files[path] = File(self.blob(oid), mode)
        return replace(snapshot, files=files)

    def tree(self, sha: str) -> Tree:
        """Path → (mode, object name) of every file below a tree. Raises GitHubRefused for one too large."""
        return self._trees.whole(sha)

    def blob(self, sha: str) -> bytes:
        """The bytes of one file."""
        said = self._api.read(f"/git/blobs/{sha}", needs=("content",))
        if not said.ok:
            raise refused(f"The file {sha[:7]} cannot be read", said)
        return b64decode(said.data["content"])

    def commit(self, sha: str) -> Commit:
        """One commit by its name."""
        said = self._api.read(f"/git/commits/{sha}", needs=("sha", "tree", "parents", "message"))
        if not said.ok:
            raise refused(f"The commit {sha[:7]} cannot be read", said)
        parents = tuple(parent["sha"] for parent in said.data["parents"])
        return Commit(said.data["sha"], said.data["tree"]["sha"], parents, said.data["message"])

    def write_commit(self, base: Snapshot, files: Mapping[str, bytes], message: str) -> Commit:
        """Make a commit on *base* that replaces *files*, keeping their modes. No branch points to it yet.

        Both writes make objects that nobody sees, so they are simply made again when an answer is lost.
        """
        tree = self._made(
            "/git/trees",
            {
                "base_tree": base.tree,
                "tree": [
                    {
                        "path": path,
                        "mode": base.files[path].mode,
                        "type": "blob",
                        "content": data.decode("utf-8"),
                    }
                    for path, data in files.items()
                ],
            },
        )
        made = self._made("/git/commits", {"message": message, "tree": tree["sha"], "parents": [base.commit]})
        return Commit(made["sha"], tree["sha"], (base.commit,), message)

    def changed_between(self, before: str, after: str) -> list[str]:
        """Paths that differ between two commits, by their trees. Raises GitHubRefused for an unknown one."""
        old = self.tree(self.commit(before).tree)
        new = self.tree(self.commit(after).tree)
        return differing(old, new)

    def _no_branch(self, branch: str, *, empty: bool) -> CannotStart:
        if empty:
            return CannotStart(
                f"The repository {self._api.repository} is empty.", now="Push a first commit with your manifests."
            )
        return CannotStart(
            f"The repository {self._api.repository} has no branch `{branch}` that this token can see.",
            now="Correct the input `base`, or check the permissions of the token: contents: write.",
        )

    def _made(self, path: str, value: object) -> dict[str, Any]:
        for _ in range(3):
            try:
                said = self._writer.write("POST", path, value, needs=("sha",))
            except Uncertain:
                continue
            if not said.ok:
                raise refused("A commit cannot be made", said)
            made: dict[str, Any] = said.data
            return made
        raise GitHubRefused(
            "GitHub lost the answer three times while a commit was made.",
            now=NEXT_RUN,
        )

    def _gather(self, files: dict[str, File], prefix: str, tree: dict[str, Any] | None, *, recursive: bool) -> None:
        for entry in (tree or {}).get("entries") or []:
            path = f"{prefix}/{entry['name']}" if prefix else entry["name"]
            if entry["type"] == "blob" and path.endswith(EXTENSIONS):
                files[path] = File(self._bytes(entry), f"{entry['mode']:o}")
            if entry["type"] == "tree" and recursive:
                for below, (mode, oid) in self.tree(entry["oid"]).items():
                    if below.endswith(EXTENSIONS):
                        files[f"{path}/{below}"] = File(self.blob(oid), mode)

    def _bytes(self, entry: dict[str, Any]) -> bytes:
        """A file's bytes out of GraphQL's text, held against its object name; the blob itself where they differ."""
        text = (entry.get("object") or {}).get("text")
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else b""
        if isinstance(text, str) and blob_name(data) == entry["oid"]:
            return data
        return self.blob(entry["oid"])


def blob_name(data: bytes) -> str:
    """The object name that Git gives to a file with these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
