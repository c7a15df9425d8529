"""What a run did not do, and why, as lists in Markdown: what failed, and what stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd import neutral
from profile_cd.model import Kept, Problem
from profile_cd.proposal.upgrades import ends


def problems(found: Sequence[Problem], files: str = "") -> list[str]:
    """A line for each problem, at its line of a manifest. *files* is what the address of a file starts with."""
    return [f"- {_at(each, files)} {neutral.sentence(each.reason)}" for each in found]


def kept(found: Sequence[Kept]) -> list[str]:
    """A line for each value that stays: what was chosen, who wrote it in which commit, what would let it go."""
    return [_kept(each) for each in found]


def _at(problem: Problem, files: str) -> str:
    place = f"{problem.path}:{problem.line}"
    return neutral.code_link(place, f"{files}{problem.path}#L{problem.line}" if files else "")


def _kept(each: Kept) -> str:
    change = each.change
    old, new = ends(change)
    name = neutral.markdown(change.product)
    where = f"in {neutral.code(change.file)}"
    said = f"- **{name}** stays {neutral.code(old)} {where} (chosen: {neutral.code(new)}): "
    return said + linked(neutral.sentence(each.reason), each.commit, each.url)


def linked(text: str, commit: str, url: str) -> str:
    """*text* with its first mention of a *commit* as a link to *url*; with the link behind it where it has none."""
    short = neutral.code(commit[:7])
    page = neutral.code_link(commit[:7], url)
    if not url or not commit:
        return text
    return text.replace(short, page, 1) if short in text else f"{text} ({page})"
