"""The body of a pull request in Markdown: first the marks, then what changes from what to what, then all the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from profile_cd import markdown, neutral
from profile_cd.model import Change, Plan
from profile_cd.proposal import marks, not_done, review
from profile_cd.proposal.contents import MORE, Contents, Links, Origin
from profile_cd.proposal.upgrades import upgrades

LARGEST_BODY = 60_000
"""Bytes; GitHub takes 65,536 characters, and the marks of what becomes of a pull request come to it later."""


def body_of(contents: Contents) -> str:
    """The body: our marks, what changes, where it comes from, and folded where it is written and what was not done.

    The marks stand first, and each list takes only what is left for it, so that nothing is ever cut in the middle.
    """
    first, origin = "\n".join(_marks(contents)), _origin(contents.origin)
    most = LARGEST_BODY - len(first) - len(origin[-1].encode("utf-8")) - RESERVED
    if contents.lane == "review":
        lines = [*review.lines_of(contents, most * 2 // 3), *origin]
        lines += _rest(_own(contents.plan, contents.changes), contents.origin.files, most // 3)
    else:
        lines = [*table(contents.changes, contents.links, most * 2 // 5), *origin]
        lines += written(contents.changes, most * 2 // 5)
        lines += _rest(contents.plan, contents.origin.files, most // 5)
    return "\n".join([first, "\n".join(lines).strip()])


RESERVED = 4_000
"""Bytes for headings and the ends of what folds."""

LONGEST_ANNOUNCED = 2_000
"""Characters of what became of an announcement; the run's summary has them all."""


def table(changes: Sequence[Change], links: Links, most: int) -> list[str]:
    """A table of what changes from what to what, in at most some *most* bytes; with *links* where there are any."""
    rows = [[*each.cells(), each.pages(links)] for each in upgrades(changes)]
    return markdown.table(["", "from", "to", "what is new"], rows, most, MORE)


def written(changes: Sequence[Change], most: int) -> list[str]:
    """The files and keys that change, folded."""
    files = dict.fromkeys(change.file for change in changes)
    lines = [line for file in files for line in ("", f"**{neutral.code(file)}**", *_values(changes, file))]
    title = f"{markdown.counted(len(changes), 'value')} in {markdown.counted(len(files), 'file')}"
    fit = markdown.fitting(lines[1:], most, lambda left: f"- and {left} lines more, {MORE}")
    return markdown.folded(f"Where it is written ({title})", fit)


def _values(changes: Sequence[Change], file: str) -> list[str]:
    return [
        f"- {neutral.code(each.key)}: {neutral.code(each.old)} → {neutral.code(each.new)}"
        for each in changes
        if each.file == file
    ]


def _marks(contents: Contents) -> list[str]:
    made = [marks.made(contents.commits, contents.says)] if contents.commits else []
    return [*made, marks.proposes(contents.names), ""]


def _own(plan: Plan, changes: Sequence[Change]) -> Plan:
    """*plan* with what concerns the manifests of *changes* and nothing of others: a reviewer cannot mend those."""
    own = {change.path for change in changes}
    return replace(
        plan,
        failures=tuple(each for each in plan.failures if each.path in own),
        kept=tuple(each for each in plan.kept if each.change.path in own),
    )


def _origin(origin: Origin) -> list[str]:
    run = origin.run_url.rpartition("/")[2]
    parts = [
        neutral.sentence(origin.announced[:LONGEST_ANNOUNCED].rstrip(".")) if origin.announced else "",
        f"{'job' if origin.announced else 'announced by'} {job(origin.upstream)}" if origin.upstream else "",
        f"made by {neutral.link(f'run {run}', origin.run_url)}",
    ]
    said = " · ".join(part for part in parts if part)
    return ["", f"{said[0].upper()}{said[1:]}"]


def job(address: str) -> str:
    """A link to the page of a job by a short name: the last two parts of its *address*, like `ledger/42`."""
    return neutral.link("/".join(address.rstrip("/").split("/")[-2:]), address)


def _rest(plan: Plan, files: str, most: int) -> list[str]:
    """What failed and what stays as it is, each folded."""
    failed = markdown.fitting(not_done.problems(plan.failures, files), most // 2, _more)
    stays = markdown.fitting(not_done.kept(plan.kept), most // 2, _more)
    return [
        *markdown.folded(f"{markdown.counted(plan.failed, 'manifest')} failed", failed),
        *markdown.folded(f"{markdown.counted(len(plan.kept), 'value')} kept", stays),
    ]


def _more(left: int) -> str:
    return f"- and {left} more, {MORE}"
