"""“Update branch” on a pull request of ours: whether GitHub's merge is nobody's work, or a person resolved a conflict.

GitHub commits both in the same way, under the same title. Overwriting the one loses nothing; the other is work.
"""

from __future__ import annotations

from dataclasses import replace

from profile_cd.errors import ProfileError
from profile_cd.judgement import Questions
from profile_cd.proposal import Found, Proposed, PullRequest, brings_only
from profile_cd.steps.world import World


def checked(world: World, found: Found) -> Found:
    """*found* with each open pull request marked in whose newest merge a person changed something."""
    return replace(found, pulls=tuple(_checked(world, each) for each in found.pulls))


def _checked(world: World, pull: PullRequest) -> PullRequest:
    merge = pull.commits[-1] if pull.commits else None
    ours = next((each for each in reversed(pull.commits) if each.oid in pull.made), None)
    if pull.state != "OPEN" or pull.foreign or merge is None or ours is None or not merge.is_update:
        return pull
    try:
        return pull if _is_only_a_merge(world, ours, merge) else replace(pull, resolved=merge.oid)
    except ProfileError as error:
        world.runner.say(f"What the merge on #{pull.number} changed cannot be found out: {error}")
        return replace(pull, resolved=merge.oid)


def _is_only_a_merge(world: World, ours: Proposed, merge: Proposed) -> bool:
    ends = (ours.parents[0], ours.oid, merge.parents[1], merge.oid)
    paths = world.repository.changed_between(*ends[2:])
    answers = world.history.answer(Questions(texts=frozenset((oid, path) for oid in ends for path in paths)))
    if answers.trouble:
        raise ProfileError(answers.trouble)
    for path in paths:
        before, after, base, merged = (answers.texts.get((oid, path)) for oid in ends)
        if before is None or after is None or base is None or merged is None:
            return False
        change, brought = (before.encode(), after.encode()), (base.encode(), merged.encode())
        if not brings_only(change, brought):
            return False
    return True
