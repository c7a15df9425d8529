"""Whether what a change writes is newer than what stands: the condition's own order, behind the transformers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from profile_cd import transformers, versions
from profile_cd.model import Choice, Source, SourceUse
from profile_cd.versions import Direction

_WORST_FIRST = (Direction.DOWN, Direction.UNKNOWN, Direction.UP, Direction.SAME)


def direction(
    use: SourceUse,
    choice: Choice | None,
    values: Iterable[str],
    version: str,
    given: Mapping[tuple[Source, str], str] | None = None,
) -> Direction:
    """Where *values*, which stand in a file, go when the value of *version* takes their place; the worst of several.

    *choice* is that of *use*, None where its source was not asked. *given* holds what the source gives for a version
    where that is not its name, like the commit of a release. UNKNOWN where a value cannot be compared: nobody may
    say then that it goes up.
    """
    listed = [verdict.version for verdict in choice.verdicts] if choice is not None else []
    named = {(given or {}).get((use.source, each), each): each for each in [*listed, version]}
    like = next(text for text, each in named.items() if each == version)
    renamed = any(text != each for text, each in named.items())

    def of_one(value: str) -> Direction:
        texts = transformers.origins(use.transformers, value, like, list(named))
        stands = [named[text] for text in texts if text in named] if renamed else texts
        found = versions.direction(use.condition, choice, stands, version)
        if found is not Direction.UNKNOWN or renamed or not transformers.cuts_and_adds(use.transformers):
            return found
        return versions.direction(use.condition, choice, [value], version)

    found = {of_one(value) for value in values}
    return next((each for each in _WORST_FIRST if each in found), Direction.UNKNOWN)
