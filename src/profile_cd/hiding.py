"""Secrets taken out of a text before it is escaped for the place that it goes to.

The runner masks what it knows in the log, letter by letter. In Markdown a token of ours would be written with
backslashes in it, and a pull request's body is masked by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from profile_cd import neutral

SHORTEST = 4
"""Characters; a shorter text is no secret, and would be found within words that are none."""
BEGINNING = 6
"""Characters of the beginning of a secret that are hidden where the rest of it was cut off."""
CUT = ("…", "")
"""What stands behind a text that was cut: our sign for it, or nothing."""
STARS = "***"


@dataclass(frozen=True, slots=True)
class Hiding:
    """*instead* is what is shown in place of each secret, like `{{ requiredEnv "FEED_TOKEN" }}`."""

    instead: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __call__(self, text: str) -> str:
        """*text* without secrets, also where they stand encoded in an address, or small as part of a host."""
        return self._replaced(text, lambda secret: (secret, quote(secret), quote(secret, safe=""), secret.lower()))

    def escaped(self, text: str) -> str:
        """*text*, which is Markdown already, without secrets in any spelling that our own escaping gives them."""
        spellings = (neutral.markdown, neutral.line, neutral.code, neutral.title, neutral.diagram)
        return self._replaced(self(text), lambda secret: [each(secret).strip("`").rstrip("…") for each in spellings])

    def _replaced(self, text: str, spellings: Callable[[str], Iterable[str]]) -> str:
        secrets = sorted(self.instead, key=len, reverse=True)
        found = [(each, self.instead[secret]) for secret in secrets for each in dict.fromkeys(spellings(secret))]
        for spelling, instead in found:
            if len(spelling) >= SHORTEST:
                text = text.replace(spelling, instead)
        # What is too long for its place was cut, and the first part of a secret is one as well.
        for spelling, instead in found:
            text = _without_beginnings(text, spelling, instead)
        return text


def _without_beginnings(text: str, secret: str, instead: str) -> str:
    """*text* without the beginnings of *secret* that were cut off there, where they are long enough to be known."""
    at = text.find(secret[:BEGINNING]) if len(secret) > BEGINNING else -1
    while at >= 0:
        rest = zip(text[at:], secret, strict=False)
        same = next((n for n, (one, other) in enumerate(rest) if one != other), min(len(text) - at, len(secret)))
        end = at + same
        if text[end : end + 1] in CUT:
            text, end = text[:at] + instead + text[end:], at + len(instead)
        at = text.find(secret[:BEGINNING], end)
    return text


def lines_of(secret: str) -> list[str]:
    """The parts of *secret* that are secrets of their own: the runner masks each line of one, too (AddMaskCommand)."""
    return [line for line in (each.strip() for each in secret.splitlines()) if line]
