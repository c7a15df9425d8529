"""Git's trees put together from lists of single directories, so that what two of them share is asked for once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from profile_cd.model import Tree

MOST = 100_000
"""Entries of one tree, as many as GitHub's recursive trees have at most ("Get a tree" in its REST documentation)."""

LONGEST = 4096
"""Characters of a path: Linux takes none that is longer (PATH_MAX). No object of Git can hold itself, since its name is
made from what it holds; but a server that lies could say so of one.
"""


class Entry(NamedTuple):
    """One line of a directory: a file, a link, a submodule or a directory below it. *mode* is octal, as Git has it."""

    name: str
    mode: str
    oid: str
    is_directory: bool


Listing = tuple[Entry, ...]
"""What stands in one directory."""


def listings(root: str, entries: Iterable[Entry]) -> dict[str, Listing]:
    """Every directory of the tree *root* by its object name, from *entries* whose names are whole paths."""
    within: dict[str, list[Entry]] = {"": []}
    oids = {"": root}
    for each in entries:
        parent, _, name = each.name.rpartition("/")
        within.setdefault(parent, []).append(each._replace(name=name))
        if each.is_directory:
            oids[each.name] = each.oid
    return {oid: tuple(within.get(path, ())) for path, oid in oids.items()}


def tree(root: str, listed: Mapping[str, Listing]) -> Tree | None:
    """Every file below *root*; None where a directory of it is not *listed*, or it is too deep or has too many entries.

    Each entry counts, not each object: a few directories that hold one another many times make a tree that nobody
    could write down ("git bomb").
    """
    found: dict[str, tuple[str, str]] = {}
    waiting = [("", root)]
    seen = 0
    while waiting:
        prefix, oid = waiting.pop()
        if oid not in listed or len(prefix) > LONGEST:
            return None
        seen += len(listed[oid])
        if seen > MOST:
            return None
        for each in listed[oid]:
            if each.is_directory:
                waiting.append((f"{prefix}{each.name}/", each.oid))
            else:
                found[prefix + each.name] = (each.mode, each.oid)
    return found


def unlisted(roots: Iterable[str], listed: Mapping[str, Listing]) -> list[str]:
    """Directories of *roots* that must be listed next, each once, in the order in which they are met."""
    waiting = list(dict.fromkeys(roots))
    met = set(waiting)
    found = []
    for oid in waiting:
        if oid not in listed:
            found.append(oid)
        # The list grows while it is walked: a directory that stands in a hundred trees is looked at once.
        below = [each.oid for each in listed.get(oid, ()) if each.is_directory and each.oid not in met]
        met.update(below)
        waiting.extend(below)
    return found


def differing(one: Tree, other: Tree) -> list[str]:
    """Paths that stand in one of two trees only, or otherwise in each, in order."""
    # A mode counts as well as a name: a script that can be run now is another one to whoever deploys it.
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
