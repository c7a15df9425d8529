"""The first lines of the summary: the outcome in one heading, the counts, and what a person has to do."""

from __future__ import annotations

from profile_cd import neutral
from profile_cd.markdown import counted
from profile_cd.proposal import title_of
from profile_cd.report.ended import Ended
from profile_cd.report.outputs import Outcome

WORDS = {
    "merged": "Merged {what}",
    "created": "Proposed {what}",
    "updated": "Brought {what} up to date",
    "unchanged": "Still open: {what}",
    "armed": "Waiting for checks: {what}",
    "queued": "In the merge queue: {what}",
    "closed": "Closed {what}: nothing is left of it",
    "refused": "Not merged: {what}",
}
"""What the heading says of each operation."""


def heading(ended: Ended) -> str:
    """The outcome: what was merged, and how many pipelines follow; else what a person has to do, if anything."""
    if ended.merge.operation == "refused" and not ended.merge.title:
        said = "This run could not do its work"
    elif ended.merge.operation in WORDS:
        said = WORDS[ended.merge.operation].format(what=_named(ended.merge))
    else:
        said = _nothing_merged(ended)
    pipelines = f" → {counted(len(ended.concerned), 'pipeline')}" if ended.concerned else ""
    return f"## {_sign(ended)} {said}{pipelines}"


def _nothing_merged(ended: Ended) -> str:
    if "planned" in {ended.merge.operation, ended.review.operation}:
        return f"Planned, nothing written: {neutral.markdown(title_of(ended.changes))}"
    if ended.review.number:
        return f"Waiting for a person: {_named(ended.review)}"
    if ended.plan.failures:
        return f"{counted(ended.plan.failed, 'manifest')} failed, nothing to merge"
    if ended.plan.kept:
        return f"Nothing to merge: {counted(len(ended.plan.kept), 'value')} kept"
    return "Everything is up to date"


def _sign(ended: Ended) -> str:
    if ended.red:
        return "❌"
    waits = {"armed", "queued", "created", "updated", "unchanged"}
    if ended.merge.operation in waits or (ended.merge.operation == "none" and ended.review.number):
        return "⏳"
    return "📋" if "planned" in {ended.merge.operation, ended.review.operation} else "✅"


def _named(outcome: Outcome) -> str:
    number = neutral.link(f"#{outcome.number}", outcome.url) if outcome.number else ""
    # The sentence around it says already that a person decides.
    return f"{number} {neutral.markdown(outcome.title.removeprefix('Review: '))}".strip()


def counts(ended: Ended) -> str:
    """How many values changed or were to change, stand, are kept, failed."""
    plan = ended.plan
    failed = f"{counted(plan.failed, 'manifest')} failed" if plan.failed else "0 failed"
    parts = [
        *_changed(ended),
        f"{plan.unchanged} up to date",
        f"{len(plan.kept)} kept" if plan.kept else "",
        f"**{failed}**",
        counted(len(plan.warnings), "warning") if plan.warnings else "",
    ]
    return " · ".join(part for part in parts if part)


NOT_MERGED = {"planned": "to change", "refused": "not merged"}
"""What the counts call a change that would have been merged; else it is proposed."""


def _changed(ended: Ended) -> list[str]:
    """Only what was merged counts as changed: a reader would look for the rest in the files, and in vain."""
    rest = [each.lane for each in ended.changes if each not in ended.merged]
    merge, review = rest.count("merge"), rest.count("review")
    return [
        f"{len(ended.merged)} changed" if ended.merged or not rest else "",
        f"{merge} {NOT_MERGED.get(ended.merge.operation, 'proposed')}" if merge else "",
        f"{review} to review" if review else "",
    ]


def said(ended: Ended) -> list[str]:
    """What a person must know of the pull requests: why one was refused, which waits, what else was merged."""
    lines = [neutral.sentence(words) for words in dict.fromkeys((ended.merge.words, *ended.troubles)) if words]
    lines += [f"Merged before it, in this run: {_named(each)}" for each in ended.earlier]
    review = ended.review
    in_heading = ended.merge.operation == "none" and not review.words
    if (review.number or review.words) and not in_heading:
        waits = WORDS.get(review.operation, "{what}").format(what=_named(review))
        words = f" {neutral.sentence(review.words)}" if review.words else ""
        asks = ", a person decides." if review.operation in {"created", "updated", "unchanged"} else ""
        lines.append(f"**Review:** {waits}{asks}{words}")
    return [line for each in lines for line in ("", each)]
