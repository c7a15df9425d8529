"""What a manifest of an earlier commit would choose today, so that a person sees what a new condition changes."""

from __future__ import annotations

from profile_cd import manifest, sources
from profile_cd.errors import ProfileError
from profile_cd.fields import ALWAYS_READABLE
from profile_cd.model import Change
from profile_cd.plan import Answers

_READABLE = dict.fromkeys(ALWAYS_READABLE, "-")
"""What a manifest may always read; nothing is asked with it."""


def chosen(change: Change, text: str, partials: str, answers: Answers) -> str:
    """The version that the manifest *text*, behind its *partials*, chooses; empty where that is not known."""
    try:
        manifests, _ = manifest.read(text, change.path, _READABLE, partials)
    except ProfileError:
        return ""
    for use in (use for each in manifests for use in each.sources if use.source.id == change.source):
        answer = next((each for source, each in answers.items() if source.id == change.source), ())
        if isinstance(answer, tuple):
            return sources.choose(use.source, answer, use.condition).picked or "nothing"
    return ""
