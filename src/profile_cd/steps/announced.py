"""An announced version that is not listed yet: asked for again for a while, when all other manifests are decided.

Registries and indexes lag behind a push (GitHub Pages by up to ten minutes). One proposal that waits is better than
two: pipelines start when the step ends, so that nothing is deployed sooner by merging the rest before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from profile_cd import sources
from profile_cd.errors import SourceFailed
from profile_cd.judgement import Announcement, Awaited, announcement
from profile_cd.model import Loaded, Source
from profile_cd.protocols import Clock
from profile_cd.sources import Session
from profile_cd.steps.draft import Asking, Planned
from profile_cd.steps.world import World

FIRST, FACTOR, LONGEST = 1.0, 2.0, 30.0
"""Seconds between two questions: the first pause, how it grows, and the longest."""
OF_AN_IMAGE, OF_A_CHART = 120, 600
"""Seconds that are waited where the input says nothing: a registry lists what it has, a page may be ten minutes old."""


def waited(world: World, asking: Asking, planned: Planned) -> bool:
    """Wait for an announced version that is not listed yet; False where there is none, so that nothing has changed."""
    announced = announcement.read(world.inputs.image, world.inputs.chart, world.inputs.tag)
    lacking = missing(announced, asking, planned.loaded, world.clock.now())
    if not lacking:
        return False
    seconds = patience(announced, world.inputs.wait_for_announced)
    world.runner.say(f"The announced version is not listed yet. It is asked for again, for {seconds:.0f} s at most.")
    wait(announced, asking, lacking, seconds, world.clock)
    return True


def patience(announced: Announcement, given: int | None) -> float:
    """How many seconds to wait for *announced*; *given* is the input `wait-for-announced`, None where it is empty."""
    if given is not None:
        return float(given)
    return OF_A_CHART if announced.kind == "chart" else OF_AN_IMAGE


def missing(announced: Announcement, asking: Asking, loaded: Loaded, now: datetime) -> tuple[Source, ...]:
    """The sources that are to be asked again; none where nothing depends on it, or where that was done before."""
    return announcement.awaited(announced, loaded, asking.answers, now) if asking.awaited is None else ()


def wait(announced: Announcement, asking: Asking, lacking: Sequence[Source], seconds: float, clock: Clock) -> None:
    """Ask those *lacking* it again, at once and then with growing pauses, until one lists it or *seconds* are over.

    *asking* knows afterwards what they list by now, and how long it took.
    """
    session, since = sources.fresh(asking.session), clock.monotonic()
    pause, trouble = FIRST, ""
    while True:
        found, trouble = _asked(announced, asking, lacking, session)
        spent = clock.monotonic() - since
        if found or spent >= seconds:
            break
        clock.sleep(min(pause, seconds - spent))
        pause = min(pause * FACTOR, LONGEST)
    asking.awaited = Awaited(spent, trouble)


def _asked(announced: Announcement, asking: Asking, lacking: Sequence[Source], session: Session) -> tuple[bool, str]:
    """Whether one of them has it by now, and what went wrong in words."""
    found, trouble = False, ""

    def one(source: Source) -> tuple[str, ...] | SourceFailed:
        listed = asking.answers[source]
        return sources.again(source, announced.spellings, listed if isinstance(listed, tuple) else (), session)

    for source, answer in zip(lacking, session.web.side_by_side(one, lacking), strict=True):
        if isinstance(answer, SourceFailed):
            trouble = answer.what
        elif any(announced.means(version) for version in answer):
            # Only then: a list that came shorter this time takes no version back that was listed a moment ago.
            asking.answers[source] = answer
            found = True
    return found, trouble
