"""What is wrong with a text that is no YAML, in words for the person who wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

# A value that begins with one of YAML's signs. `>` and `|` alone begin a block of text, which is fine.
_NEEDS_QUOTES = re.compile(
    r"""^\s*(?:-\ +)?([\w.$-]+):\ +((?:[>|](?![-+]?[0-9]?[-+]?\s*(?:\#|$))|[*%@`]).*?)\s*(?:\s\#.*)?$""", re.VERBOSE
)
LONGEST = 300
_PROBABLY = {
    "mapping values are not allowed in this context": "Perhaps a value with a colon in it lacks quotes.",
    "found character that cannot start any token": "Perhaps a tab stands where blanks must.",
    "did not find expected key": "Perhaps a line is indented too little, or a quote is missing.",
    "could not find expected ':'": "Perhaps a colon is missing, or a line is indented too little.",
    "found unexpected end of stream": "Perhaps a closing quote is missing.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """An error's words, and the *index* of its line, counted from 0."""

    what: str
    index: int
    probably: str = ""
    now: str = ""


def what(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """What *error* means for *text*. Nothing of the text's own values is repeated but what needs quotes."""
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    index = min(mark.line if mark else 0, len(lines) - 1)
    # The parser can notice an unquoted sign a line later; the sign itself is what helps.
    for at in (index, index - 1):
        found = _NEEDS_QUOTES.match(lines[at][:LONGEST]) if at >= 0 else None
        if found:
            return _unquoted(found[1], found[2], at)
    problem = (error.problem or "this is no YAML").strip()
    context = f" {error.context}" if error.context else ""
    return Fault(
        f"The YAML cannot be read{context}: {problem}.",
        index,
        _PROBABLY.get(problem, ""),
        "Look at the quotes and the indentation here and in the line before.",
    )


def _unquoted(key: str, value: str, index: int) -> Fault:
    quoted = value.replace("'", "''")
    hidden = "\ue000" in value
    return Fault(
        f"The value of `{key}` starts with `{value[0]}`, which means something else in YAML.",
        index,
        now="Put it in quotes." if hidden else f"Quote it: `{key}: '{quoted}'`.",
    )
