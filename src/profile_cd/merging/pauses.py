"""How long a merge waits between two looks: in seconds, and always with an end."""

from __future__ import annotations

from profile_cd.merging.terms import Merging, Wait

OFTEN, SELDOM, MINUTE = 5.0, 15.0, 60.0
"""Between two looks in the first minute of waiting and later: each look costs of the token's hourly limit."""


def for_checks(state: Merging) -> Wait:
    """Until the next look at required checks; never beyond the seconds that the run may wait."""
    return Wait(min(OFTEN if state.waited < MINUTE else SELDOM, state.wait - state.waited))


def growing(times: int) -> Wait:
    """Until the next look at what GitHub does in the background, after so many; how often, the machine bounds."""
    return Wait(min(0.25 * 2.0 ** min(times, 6), OFTEN))
