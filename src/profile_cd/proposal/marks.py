"""How a run recognises what earlier runs wrote: each mark in one place, with one reading (design decision 12)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from profile_cd import neutral

TRAILER = "Profile-CD:"
PROPOSES = "<!-- profile-cd: proposes"
CLOSED_BY_US = "<!-- profile-cd: closed by the run itself -->"
FANNED_OUT = "<!-- profile-cd: the projects were told -->"
"""Its words are those of the first release, so that pull requests of that time are still recognised."""

_PROPOSED = re.compile(rf"{PROPOSES} ([0-9a-f ]+) -->")


def trailer(run_url: str) -> str:
    """The last line of every commit message of ours."""
    return f"{TRAILER} {neutral.line(run_url)}"


def has_trailer(message: str) -> bool:
    """Whether a commit message carries our trailer, at the start of a line: a person may quote it elsewhere."""
    return any(line.startswith(TRAILER) for line in message.splitlines())


def proposes(names: Iterable[str]) -> str:
    """An invisible line for a pull request's body, by which a later run knows what it proposed.

    *names* are short hexadecimal names, one for each change.
    """
    return f"{PROPOSES} {' '.join(names)} -->"


def proposed(body: str) -> tuple[str, ...]:
    """The names that a pull request's body says it proposes; none in a body that is not ours."""
    return tuple(name for found in _PROPOSED.findall(body) for name in found.split())


def is_ours(body: str) -> bool:
    """Whether a pull request's body was written by a run of ours."""
    return PROPOSES in body


def closed(body: str, why: str) -> str:
    """*body* with the reason why we close its pull request, and the mark that we and no person did."""
    return f"{body}\n\n{why}\n\n{CLOSED_BY_US}"


def is_closed_by_us(body: str) -> bool:
    """Whether a run of ours closed this pull request: then its closing is no person's no."""
    return CLOSED_BY_US in body


def fanned_out(body: str) -> str:
    """*body* with the mark that the outputs which start the pipelines were written."""
    return f"{body}\n{FANNED_OUT}"


def is_fanned_out(body: str) -> bool:
    """Whether some run has written the outputs for this merged pull request."""
    return FANNED_OUT in body
