"""Trees on GitHub: one of them whole, or what many commits hold in as few questions as they are deep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from profile_cd.errors import GitHubRefused
from profile_cd.model import Tree, is_object
from profile_cd.services.repository.answers import AT_ONCE, refused
from profile_cd.services.repository.api import GitHubApi
from profile_cd.trees import Entry, Listing, listings, tree, unlisted

MOST_DIRECTORIES = 1000
"""Directories that are asked for one by one. Whatever needs more is read whole, in a request of its own."""

# The mode comes as a decimal number here, and as an octal text from the REST interface.
LISTED = """
fragment Listed on Tree { oid entries { name mode type oid } }
"""


class Trees:
    """Those of one repository."""

    def __init__(self, api: GitHubApi) -> None:
        self._api = api

    def whole(self, name: str) -> Tree:
        """Every file below a tree or commit, in one request. Raises GitHubRefused for one too large."""
        return {each.name: (each.mode, each.oid) for each in self._entries(name) if not each.is_directory}

    def of(self, base: str, names: Sequence[str]) -> dict[str, Tree | None]:
        """Every file below each of *names*, which are trees or commits, and below the tree *base*; None: unreadable.

        What a tree has in common with *base* is known from that one's request; of all others together, one question
        for fifty directories lists those that are not known yet, level by level. So thirty commits that differ from
        *base* in a file each cost as many requests as three.
        """
        try:
            listed = listings(base, self._entries(base))
        except GitHubRefused:
            # Nothing can be compared with what is too large to be known.
            return dict.fromkeys((base, *names))
        wanted = [name for name in dict.fromkeys(names) if name != base]
        roots, listed = self._listed([name for name in wanted if is_object(name)], listed)
        found = {name: tree(roots.get(name, name), listed) for name in (base, *wanted)}
        return {name: self._alone(name) if each is None else each for name, each in found.items()}

    def _listed(self, names: Sequence[str], known: Mapping[str, Listing]) -> tuple[dict[str, str], dict[str, Listing]]:
        """The tree of each commit among *names*, and *known* with every directory below them that GitHub shows."""
        roots = {name: name for name in names}
        listed = dict(known)
        asked: set[str] = set()
        while True:
            next_ones = [oid for oid in unlisted(roots.values(), listed) if oid not in asked][:AT_ONCE]
            if not next_ones or len(asked) >= MOST_DIRECTORIES:
                return roots, listed
            asked.update(next_ones)
            for name, found in self._question(next_ones).items():
                oid, listed[oid] = found
                if name in roots:
                    roots[name] = oid

    def _question(self, names: Sequence[str]) -> dict[str, tuple[str, Listing]]:
        """The object name and the lines of the directory that each of *names* is, or has where it is a commit."""
        parts = {
            f"o{number}": f'object(oid: "{name}") {{ ...Listed ... on Commit {{ tree {{ ...Listed }} }} }}'
            for number, name in enumerate(names)
        }
        try:
            data = self._api.ask_parts("Trees", parts, LISTED)
        except GitHubRefused:
            return {}
        found = {name: data.get(f"o{number}") or {} for number, name in enumerate(names)}
        trees = {name: each.get("tree") or each for name, each in found.items()}
        return {name: (each["oid"], _listing(each)) for name, each in trees.items() if each.get("entries") is not None}

    def _alone(self, name: str) -> Tree | None:
        try:
            return self.whole(name) if is_object(name) else None
        except GitHubRefused:
            return None

    def _entries(self, name: str) -> list[Entry]:
        said = self._api.read(f"/git/trees/{name}", {"recursive": "1"}, needs=("tree",))
        if not said.ok:
            raise refused(f"The tree {name[:7]} cannot be read", said)
        if said.data.get("truncated"):
            raise GitHubRefused(
                f"The tree {name[:7]} has so many files that GitHub shows only some of them.",
                now="Keep manifests and values in a repository of their own.",
            )
        return [Entry(each["path"], each["mode"], each["sha"], each["type"] == "tree") for each in said.data["tree"]]


def _listing(found: Mapping[str, Any]) -> Listing:
    return tuple(
        Entry(each["name"], f"{each['mode']:o}", each["oid"], each["type"] == "tree") for each in found["entries"]
    )
