"""What a manifest of an earlier commit would choose today, so that a person sees what a new condition changes."""

from __future__ import annotations

from profile_cd import manifest, sources
from profile_cd.errors import ProfileError
from profile_cd.fields import ALWAYS_READABLE
from profile_cd.model import Change, Condition
from profile_cd.plan import Answers

_READABLE = dict.fromkeys(ALWAYS_READABLE, "-")
"""What a manifest may always read; nothing is asked with it."""


def chosen(change: Change, text: str, partials: str, answers: Answers) -> tuple[str, str]:
    """The condition of the manifest *text*, behind its *partials*, and the version that it chooses.

    Each is empty where it is not known: another source was asked then, or the manifest cannot be read.
    """
    try:
        manifests, _ = manifest.read(text, change.path, _READABLE, partials)
    except ProfileError:
        return "", ""
    for use in (use for each in manifests for use in each.sources if use.source.id == change.source):
        answer = next((each for source, each in answers.items() if source.id == change.source), ())
        if isinstance(answer, tuple):
            choice = sources.choose(use.source, answer, use.condition)
            return described(use.condition), choice.picked or "nothing"
        return described(use.condition), ""
    return "", ""


def described(condition: Condition) -> str:
    """A condition in words, like `semver ^1.4.0` in a code span."""
    track = f"track {condition.track}" if condition.track else ""
    parts = (condition.kind, condition.regex, condition.pattern, track)
    return "`{}`".format(" ".join(part.replace("`", "'") for part in parts if part))
