"""The job summary: the outcome first, then what a person may have to do, and all the rest on one page."""

from __future__ import annotations

from profile_cd import markdown, neutral
from profile_cd.report import heading, sections
from profile_cd.report.ended import Ended
from profile_cd.report.picture import picture


def summary(ended: Ended) -> str:
    """The job summary in GitHub's Markdown."""
    said = markdown.fitting(heading.said(ended), sections.MOST, _more)
    lines = [heading.heading(ended), heading.counts(ended), *said]
    lines += [*sections.failures(ended), *sections.changes(ended), *sections.projects(ended)]
    lines += [*sections.announced(ended), *picture(ended), *sections.kept(ended), *sections.warnings(ended)]
    notes = [line for note in dict.fromkeys(ended.notes) for line in ("", neutral.sentence(note))]
    lines += markdown.fitting(notes, sections.MOST, _more)
    return "\n".join(lines) + "\n"


def _more(left: int) -> str:
    return f"and {left} lines more, {sections.IN_THE_LOG}"
