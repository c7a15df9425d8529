"""The job summary of a run that has ended: everything that it says is brought together here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from profile_cd import report
from profile_cd.proposal import Links
from profile_cd.steps.fan_out import FanOut, owners
from profile_cd.steps.so_far import Attempt, SoFar
from profile_cd.steps.world import World


def summarise(
    world: World, so_far: SoFar, attempt: Attempt, fanned: FanOut, links: Links, troubles: Sequence[str]
) -> None:
    """Write the summary. *troubles* are what ends the run with a failure, beside failed manifests."""
    merged = [change for each in so_far.merged for change in each.contents.changes]
    merge = so_far.merge_lane(attempt)
    faults = (*world.inputs.project_faults, *fanned.faults)
    world.runner.summarise(
        report.summary(
            report.Ended(
                plan=attempt.plan,
                merge=merge,
                review=attempt.review,
                routes=fanned.routes,
                merged=merged,
                earlier=[each.outcome for each in so_far.merged if each.outcome != merge],
                links=links,
                announced=attempt.announced.words,
                upstream=world.inputs.upstream,
                concerns=_concerns(world, attempt, fanned, {change.file for change in merged}),
                files=_files(world, attempt),
                troubles=troubles,
                notes=(*attempt.notes, *fanned.notes, *(each.message for each in faults)),
            )
        )
    )


def _concerns(world: World, attempt: Attempt, fanned: FanOut, merged: set[str]) -> Mapping[str, Sequence[str]]:
    """The changed files of each project, by its name."""
    owned = owners(attempt.planned.loaded, world.inputs.directory) if attempt.planned else {}
    files = sorted(merged | {change.file for change in attempt.plan.changes})
    projects = [each.project for each in fanned.routes]
    return {each.name: [file for file in files if each.concerns(file, owned)] for each in projects}


def _files(world: World, attempt: Attempt) -> str:
    """What the address of a file starts with, as it was when this run planned."""
    commit = attempt.planned.snapshot.commit if attempt.planned else ""
    return world.inputs.github.files(commit) if commit else ""
