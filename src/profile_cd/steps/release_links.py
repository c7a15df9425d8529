"""Links to what is new go into what was merged and what a person reviews. Comes last, and nothing depends on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from profile_cd import neutral, proposal, sources
from profile_cd.proposal import Links
from profile_cd.services.web import HttpWeb, Limits
from profile_cd.steps.draft import Asking
from profile_cd.steps.so_far import Written
from profile_cd.steps.world import World

HURRIED = Limits(connect=2.0, read=2.0, whole=2.5, run=2.5, tries=1)
"""All questions together end within about five seconds. Each is asked once, so that none counts as two pulls."""


def find(world: World, asking: Asking, written: Sequence[Written], limits: Limits = HURRIED) -> Links:
    """The pages of everything in the pull requests that this run wrote; none where something goes wrong."""
    steps = [
        (each.sources[change], change.old, change.version)
        for each in written
        for change in each.contents.changes
        if change in each.sources
    ]
    try:
        return sources.pages(steps, asking.session.over(HttpWeb(limits=limits, debug=world.runner.debug)))
    except Exception as error:  # noqa: BLE001  # it is merged: no fault from here on may hide that
        _note(world, error)
        return {}


def write(world: World, written: Sequence[Written], found: Links) -> None:
    """Write the pages into the bodies of the pull requests that they belong to."""
    for each in written:
        if not any((change.source, change.version) in found for change in each.contents.changes):
            continue
        try:
            body = proposal.body_of(replace(each.contents, links=found))
            world.pull_requests.edit(each.outcome.number, body=body)
        except Exception as error:  # noqa: BLE001  # as above
            _note(world, error)


def _note(world: World, error: Exception) -> None:
    world.runner.say(neutral.line(f"There are no links to what is new: {error}"))
