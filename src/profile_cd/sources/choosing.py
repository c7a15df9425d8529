"""What a condition takes of what a source lists, in the source's order and spelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from profile_cd import versions
from profile_cd.model import Choice, Condition, Order, Source, Verdict
from profile_cd.sources.asking import kind_of


def order(source: Source) -> Order:
    """The order in which *source* delivers its versions."""
    return kind_of(source).order(source)


def choose(source: Source, listed: Sequence[str], condition: Condition) -> Choice:
    """The newest of what *source* has *listed* that *condition* takes, and a verdict on each."""
    kind = kind_of(source)
    spelled = [(each, version) for version in listed for each in kind.spellings(source, version)]
    choice = versions.choose([each for each, _ in spelled], condition, kind.order(source))
    if len(spelled) == len(listed):
        return choice
    own = dict(reversed(spelled))
    verdicts: dict[str, Verdict] = {}
    for each in choice.verdicts:
        version = own[each.version]
        if version not in verdicts or (each.taken and not verdicts[version].taken):
            verdicts[version] = replace(each, version=version)
    picked = None if choice.picked is None else own[choice.picked]
    return replace(choice, picked=picked, verdicts=tuple(verdicts.values()))
