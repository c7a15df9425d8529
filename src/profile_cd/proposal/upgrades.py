"""What changed as people see it: one product from one version to another, wherever it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profile_cd import neutral
from profile_cd.model import Change, Link
from profile_cd.proposal.contents import Links

MOST_READ = ("Release", "Comparison", "Commit", "Page")
"""How titles of pages begin, in the order in which a cell names them; a repository's front page is shown alone."""

LONGEST_VALUE = 40
"""Characters of a value in a table, so that the column behind it stays in sight at the width of GitHub's pages."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """One product's step from *old* to *new*, with the *changes* that write it: at least one."""

    product: str
    old: str
    new: str
    changes: tuple[Change, ...]

    @property
    def first(self) -> Change:
        """The change that stands for all of them."""
        return self.changes[0]

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it is written to, each once."""
        return tuple(dict.fromkeys(change.file for change in self.changes))

    def cells(self) -> list[str]:
        """Product, old and new version for a table in Markdown."""
        major = " (major)" if self.first.major else ""
        old, new = (neutral.code(_short(each)) for each in (self.old, self.new))
        return [f"**{neutral.markdown(self.product)}**", old, f"**{new}**{major}"]

    def pages(self, links: Links) -> str:
        """*links* to what is new in it, empty where none are known: on one line, with what is read most in front."""
        known = links.get((self.first.source, self.first.version), ())
        ordered = sorted((page for page in known if _rank(page) < len(MOST_READ)), key=_rank)
        return " · ".join(neutral.link(page.title, page.url) for page in ordered or known)


def upgrades(changes: Sequence[Change]) -> list[Upgrade]:
    """*changes* by product and versions, in the order in which each is named first."""
    found: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        name = (change.lane, change.source, change.product, *ends(change))
        found.setdefault(name, []).append(change)
    return [Upgrade(name[2], name[3], name[4], tuple(group)) for name, group in found.items()]


def ends(change: Change) -> tuple[str, str]:
    """The versions before and after, without what stands around both of them: `host/name:v1` → `v1`."""
    before, found, behind = change.new.partition(change.version) if change.version else ("", "", "")
    old = change.old.removeprefix(before).removesuffix(behind)
    if not found or not old or len(old) + len(before) + len(behind) != len(change.old):
        return change.old, change.new
    return old, change.version


def _rank(page: Link) -> int:
    return next((rank for rank, word in enumerate(MOST_READ) if page.title.startswith(word)), len(MOST_READ))


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1]}…"
