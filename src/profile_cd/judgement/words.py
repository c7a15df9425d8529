"""Sentences about commits: who, when and which, as a person says it."""

from __future__ import annotations

from profile_cd import neutral
from profile_cd.judgement.past import Writer


def wrote(writer: Writer) -> str:
    """`Ada, on 2025-06-01, in `abc1234` (“Roll ledger back”)`."""
    if not writer.commit:
        return f"{_name(writer)}, not committed yet"
    on = f", on {writer.at[:10]}" if writer.at else ""
    subject = _quoted(writer.subject)
    return f"{_name(writer)}{on}, in `{writer.commit[:7]}`" + (f" (“{subject}”)" if subject else "")


def _name(writer: Writer) -> str:
    return _quoted(writer.by) or "somebody"


def _quoted(text: str) -> str:
    """Somebody else's words inside a sentence of ours: a backquote in them would open a code span."""
    return neutral.line(text.replace("`", "'"), MOST_SHOWN)


MOST_SHOWN = 72
"""Characters of a commit's subject, as Git's own advice has it."""
