"""Whether what a change writes is newer than what stands: the condition's own order, behind the transformers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from profile_cd import sources, transformers, versions
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

    *choice* is that of *use*, None where its source was not asked. *version* may also be a value, as an open proposal
    has it. *given* holds what the source gives for a version
    where that is not its name, like the commit of a release. UNKNOWN where a value cannot be compared: nobody may
    say then that it goes up.
    """
    scale = _Scale(use, choice, given or {})
    found = {_first(scale.ways(value, version)) for value in values}
    return next((each for each in _WORST_FIRST if each in found), Direction.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Scale:
    """By what two values are compared."""

    use: SourceUse
    choice: Choice | None
    given: Mapping[tuple[Source, str], str]

    def ways(self, value: str, version: str) -> Iterator[Direction]:
        """What one reading of *value* after another says."""
        listed = [verdict.version for verdict in self.choice.verdicts] if self.choice is not None else []
        named = {self._given(each): each for each in [*listed, version]}
        steps = self.use.transformers
        texts = transformers.origins(steps, value, self._given(version), list(named))
        if any(text != each for text, each in named.items()):
            yield self._between([named[text] for text in texts if text in named], version)
            return
        yield self._between(texts, version)
        if transformers.cuts_and_adds(steps):
            yield self._between([value], version)
        yield from (self._between(texts, each) for each in transformers.origins(steps, version))

    def _given(self, version: str) -> str:
        return self.given.get((self.use.source, version), version)

    def _between(self, stands: Sequence[str], version: str) -> Direction:
        """Between versions as they are listed, else as their source reads them: the tag 1.2.3_b4 is 1.2.3+b4."""
        spelled = sources.kind_of(self.use.source).spellings
        old = [each for one in stands for each in (one, *spelled(self.use.source, one))]
        new = (version, *spelled(self.use.source, version))
        return _first(versions.direction(self.use.condition, self.choice, old, each) for each in new)


def _first(directions: Iterable[Direction]) -> Direction:
    return next((each for each in directions if each is not Direction.UNKNOWN), Direction.UNKNOWN)
