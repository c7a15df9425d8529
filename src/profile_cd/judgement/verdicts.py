"""What is known of one change, and what a rule can say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from profile_cd.judgement.facts import Facts
from profile_cd.judgement.past import Writer
from profile_cd.model import NO_POLICY, Change, Policy
from profile_cd.versions import Direction


@dataclass(frozen=True, slots=True)
class Turn:
    """A manifest decides otherwise than when a value was written.

    *commit* changed it. *then* and *now* are its condition before and today, *chose* is what the one before would
    choose today; each is empty where it is not known.
    """

    commit: Writer
    then: str = ""
    now: str = ""
    chose: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who wrote the value that stands, whether its manifest decides otherwise since then, and who refused the change.

    *writer* is the last commit that changed the value, None where nobody knows; *by_person* says that no robot made
    it, *replaced* are the values that the newest writes of persons took away, newest first. *turn* is None where the
    manifest still means the same.

    *facts* are what manifest and source say beside history, None where the manifest is not known any more. *closed*
    numbers the pull request with just this change that a person closed. *raced* says that this run itself
    wrote the value, upon a base that had just moved. *unknown* says why there is no evidence, and *blind* that there
    is no history to ask.
    """

    writer: Writer | None = None
    by_person: bool = False
    replaced: tuple[str, ...] = ()
    turn: Turn | None = None
    facts: Facts | None = None
    closed: int = 0
    raced: bool = False
    unknown: str = ""
    blind: bool = False

    @property
    def policy(self) -> Policy:
        """What the manifest wants of the judge."""
        return self.facts.policy if self.facts is not None else NO_POLICY

    def way(self, change: Change) -> Direction:
        """Where the value that stands goes by *change*."""
        return self.facts.way(change, change.old) if self.facts is not None else Direction.UNKNOWN

    def lists(self, value: str) -> bool:
        """Whether the source lists the version in *value*."""
        return self.facts is None or self.facts.lists(value)


@dataclass(frozen=True, slots=True)
class Review:
    """A person has to look, since *why*; *commit* is the one to look at, where there is one.

    *by_policy* says that the manifest itself wants it, whatever the run's input `review` says; *turn* is how the
    manifest turned, where that is the reason.
    """

    why: str
    commit: Writer | None = None
    by_policy: bool = False
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """What stands stays, for this *reason*, until what *release* names.

    *decided* is False where something could not be found out. *warning* is for the manifest's author.
    """

    reason: str
    release: str = ""
    decided: bool = True
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Fail:
    """The manifest fails, for this *reason*."""

    reason: str


Verdict = Review | Keep | Fail
Rule = Callable[[Change, Evidence, datetime], Verdict | None]
"""Pure; *now* is in UTC. None where the rule has nothing to say."""
