"""How a run recognises what earlier runs wrote: each mark in one place, with one reading.

In a pull request's body our marks stand first, one a line: what is cut at GitHub's limit is the end. They count at
the start of a line only, where no text from outside ever stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from profile_cd import neutral

TRAILER = "Profile-CD:"
MADE = "<!-- profile-cd: made"
PROPOSES = "<!-- profile-cd: proposes"
CLOSED_BY_US = "<!-- profile-cd: closed by the run itself -->"

MOST_NAMES = 1500
"""Changes that a body can name, so that the names and a table still go into it."""

_MADE = re.compile(rf"^{MADE} ([0-9a-f]+(?: [0-9a-f]+)*)(?: says ([0-9a-f]+))? -->", re.MULTILINE)
_PROPOSED = re.compile(rf"^{PROPOSES} ([0-9a-f ]+) -->", re.MULTILINE)


def trailer(run_url: str) -> str:
    """The last line of every commit message of ours."""
    return f"{TRAILER} {neutral.line(run_url)}"


def has_trailer(message: str) -> bool:
    """Whether a commit message carries our trailer, at the start of a line: a person may quote it elsewhere."""
    return any(line.startswith(TRAILER) for line in message.splitlines())


def made(commits: Sequence[str], says: str = "") -> str:
    """An invisible line that names the *commits* that we made for a pull request, the one it should have last.

    *says* is the digest of what the last one proposes. A commit of ours is known by its name and by nothing else:
    a person who amends one keeps its message, trailer included.
    """
    return f"{MADE} {' '.join(commits)}{f' says {says}' if says else ''} -->"


def made_commits(body: str) -> tuple[str, ...]:
    """The commits that a pull request's body says we made, the newest last; none where it says nothing of it."""
    found = _MADE.search(body)
    return tuple(found[1].split()) if found else ()


def said(body: str) -> str:
    """The digest of what the newest of our commits proposes, empty where the body does not say."""
    found = _MADE.search(body)
    return (found[2] or "") if found else ""


def proposes(names: Iterable[str]) -> str:
    """An invisible line for a pull request's body, by which a later run knows what it proposed.

    *names* are short hexadecimal names, one for each change.
    """
    return f"{PROPOSES} {' '.join(list(names)[:MOST_NAMES])} -->"


def proposed(body: str) -> tuple[str, ...]:
    """The names that a pull request's body says it proposes; none in a body that is not ours."""
    return tuple(name for found in _PROPOSED.findall(body) for name in found.split())


def closed(body: str, why: str) -> str:
    """*body* with the reason why we close its pull request, and the mark that we and no person did."""
    return _in_front(f"{CLOSED_BY_US}\n{why}\n\n", body)


def is_closed_by_us(body: str) -> bool:
    """Whether a run of ours closed this pull request: then its closing is no person's no."""
    return CLOSED_BY_US in body.splitlines()


LARGEST_BODY = 65_000
"""Characters; GitHub takes 65,536 and refuses a longer body."""


def _in_front(mark: str, body: str) -> str:
    """*body* behind *mark*, cut at its end where a person made it as long as GitHub takes."""
    return f"{mark}{body}"[:LARGEST_BODY]
