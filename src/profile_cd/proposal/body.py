"""The body of a pull request in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from profile_cd import neutral
from profile_cd.model import Change, Plan
from profile_cd.proposal import marks
from profile_cd.proposal.contents import Contents, Links, Origin

LARGEST_BODY = 60_000
"""Characters; GitHub takes 65,536, and the marks of what becomes of a pull request come to it later."""

CUT = "\n\nThe rest is in the summary of the run."


def body_of(contents: Contents) -> str:
    """The body: our marks, what changes, why a person should look, what is new, what was not done, its origin.

    The marks stand first, and where it comes from second, so that the cut of a long body takes none of them.
    """
    changes = contents.changes
    first = [*_marks(contents), *_origin(contents.origin), ""]
    lines = _table(changes)
    if contents.lane == "review":
        lines += ["", "### Why a person should look", ""]
        lines += [
            f"- {neutral.code(change.manifest)}: {neutral.sentence(change.why)}{_commit(change.commit_url)}"
            for change in changes
        ]
    rest = not_done(_own(contents.plan, changes) if contents.lane == "review" else contents.plan)
    lines += [*pages(changes, contents.links), *rest]
    text = "\n".join([*first, *lines]).rstrip()
    return text if len(text) <= LARGEST_BODY else text[: LARGEST_BODY - len(CUT)].rpartition("\n")[0] + CUT


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


def _commit(url: str) -> str:
    """A link to the commit that is spoken of, where its address is known."""
    return f" ({neutral.link('the commit', url)})" if url else ""


def _table(changes: Sequence[Change]) -> list[str]:
    lines = ["| product | file | key | old | new |", "|---|---|---|---|---|"]
    for change in changes:
        cells = [neutral.code(cell) for cell in (change.product, change.file, change.key, change.old, change.new)]
        lines.append(f"| {' | '.join(cells)}{' **(major)**' if change.major else ''} |")
    return lines


def _origin(origin: Origin) -> list[str]:
    lines = [neutral.sentence(origin.announced)] if origin.announced else []
    if origin.upstream:
        lines.append(
            f"Announced by {neutral.link('the upstream job', origin.upstream)}: {neutral.code(origin.upstream)}"
        )
    return [*lines, f"Made by {neutral.link('this run', origin.run_url)}."]


def pages(changes: Sequence[Change], links: Links) -> list[str]:
    """Markdown lines with the *links* of each changed product; none where there are no links."""
    found = []
    for source, version, product in dict.fromkeys((c.source, c.version, c.product) for c in changes):
        known = links.get((source, version), ())
        if known:
            shown = ", ".join(neutral.link(page.title, page.url) for page in known)
            found.append(f"- {neutral.code(f'{product} {version}')}: {shown}")
    return ["", "### What is new", "", *found] if found else []


def not_done(plan: Plan) -> list[str]:
    """Markdown lines on what failed and what was left alone, with the reasons."""
    lines: list[str] = []
    if plan.failures:
        lines += ["", f"### {plan.failed} failed", ""]
        lines += [
            f"- {neutral.code(f'{problem.path}:{problem.line}')} {neutral.sentence(problem.reason)}"
            for problem in plan.failures
        ]
    if plan.kept:
        lines += ["", f"### {len(plan.kept)} left alone", ""]
        lines += [
            f"- {neutral.code(kept.change.key)} in {neutral.code(kept.change.file)} stays "
            f"{neutral.code(kept.change.old)} (chosen: {neutral.code(kept.change.new)}): "
            f"{neutral.sentence(kept.reason)}{_commit(kept.url)}"
            for kept in plan.kept
        ]
    return lines
