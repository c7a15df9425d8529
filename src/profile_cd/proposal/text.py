"""A lane's pull request as text: branch, title, commit message and body, all derived from the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from profile_cd import neutral
from profile_cd.model import Change, Lane, Link, Plan

BRANCHES: Mapping[Lane, str] = {"merge": "update", "review": "review"}
MARK = "<!-- profile-cd: proposes"
"""What the invisible line in the body of every pull request of ours starts with."""

LARGEST_BODY = 60_000
"""Characters; GitHub takes 65,536."""

Links = Mapping[tuple[str, str], Sequence[Link]]
"""Pages by (source id, version)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one lane proposes. *message* is the whole commit message; its first line is the title."""

    lane: Lane
    branch: str
    title: str
    message: str
    body: str
    changes: tuple[Change, ...]
    files: Mapping[str, bytes]


def propose(  # noqa: PLR0913  # all of it is told in the text
    lane: Lane,
    changes: Sequence[Change],
    files: Mapping[str, bytes],
    plan: Plan,
    *,
    prefix: str,
    run_url: str,
    upstream: str = "",
    announced: str = "",
    links: Links | None = None,
    marks: str = "",
) -> Proposal:
    """The proposal of one lane. *changes* are in the order that they are told in."""
    title = title_of(changes)
    body = _body(lane, changes, plan, links or {}, [*_origin(run_url, upstream, announced), marks])
    return Proposal(
        lane,
        f"{prefix}/{BRANCHES[lane]}",
        title,
        message_of(title, changes, run_url),
        body,
        tuple(changes),
        files,
    )


def title_of(changes: Sequence[Change]) -> str:
    """`central-ledger v19.13.0 and 2 more`: the first product with its version, and how many others."""
    products = list(dict.fromkeys((change.product, change.version) for change in changes))
    first = neutral.title(" ".join(products[0]))
    return first if len(products) == 1 else f"{first} and {len(products) - 1} more"


def message_of(title: str, changes: Sequence[Change], run_url: str) -> str:
    """The commit message, with a line per change and the trailer by which our commits are known."""
    lines = [neutral.title(f"{change.product} {change.old} -> {change.new} ({change.file})") for change in changes]
    return "\n".join([title, "", *lines, "", f"Profile-CD: {neutral.line(run_url)}"])


def _origin(run_url: str, upstream: str, announced: str) -> list[str]:
    lines = [neutral.sentence(announced)] if announced else []
    if upstream:
        lines.append(f"Announced by {neutral.link('the upstream job', upstream)}: {neutral.code(upstream)}")
    return [*lines, f"Made by {neutral.link('this run', run_url)}."]


def _body(lane: Lane, changes: Sequence[Change], plan: Plan, links: Links, origin: Sequence[str]) -> str:
    lines = ["| product | file | key | old | new |", "|---|---|---|---|---|"]
    for change in changes:
        cells = [neutral.code(cell) for cell in (change.product, change.file, change.key, change.old, change.new)]
        lines.append(f"| {' | '.join(cells)} |")
    if lane == "review":
        lines += ["", "### Why a person should look", ""]
        lines += [f"- {neutral.code(change.manifest)}: {neutral.sentence(change.why)}" for change in changes]
    lines += pages(changes, links) + told(plan) + ["", *origin]
    text = "\n".join(lines).rstrip()
    if len(text) <= LARGEST_BODY:
        return text
    return text[:LARGEST_BODY].rpartition("\n")[0] + "\n\nThe rest is in the summary of the run."


def pages(changes: Sequence[Change], links: Links) -> list[str]:
    """Markdown lines with the *links* of each changed product; none where there are no links."""
    found = []
    for source, version, product in dict.fromkeys((c.source, c.version, c.product) for c in changes):
        known = links.get((source, version), ())
        if known:
            shown = ", ".join(neutral.link(page.title, page.url) for page in known)
            found.append(f"- {neutral.code(f'{product} {version}')}: {shown}")
    return ["", "### What is new", "", *found] if found else []


def told(plan: Plan) -> list[str]:
    """Markdown lines on what failed and what was left alone, with the reasons."""
    lines: list[str] = []
    if plan.failures:
        lines += ["", f"### {len(plan.failures)} failed", ""]
        lines += [
            f"- {neutral.code(f'{problem.path}:{problem.line}')} {neutral.sentence(problem.reason)}"
            for problem in plan.failures
        ]
    if plan.kept:
        lines += ["", f"### {len(plan.kept)} left alone", ""]
        lines += [
            f"- {neutral.code(kept.change.key)} in {neutral.code(kept.change.file)} stays "
            f"{neutral.code(kept.change.old)} (chosen: {neutral.code(kept.change.new)}): "
            f"{neutral.sentence(kept.reason)}"
            for kept in plan.kept
        ]
    return lines
