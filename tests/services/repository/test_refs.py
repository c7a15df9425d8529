"""Branches move only from where they were looked at, whatever becomes of the answers."""

import pytest

from profile_cd.credentials import Secret
from profile_cd.errors import GitHubRefused, Uncertain
from profile_cd.services.repository import Branches, GitHubApi
from sandbox.clock import ManualClock
from sandbox.net import Response, faults
from sandbox.world import Once

BRANCH = "profile-cd/update"


@pytest.fixture
def branches(scene):
    api = GitHubApi("acme/profile", Secret("ghs_any"), scene.world.addresses()["api.github.com"], ManualClock())
    scene.world.github.tokens.clear()
    return Branches(api, api)


@pytest.fixture
def heads(scene):
    """Two commits; our branch points to the first."""
    first = scene.repository.commit({"a.yaml": "1"}, "one", branch=BRANCH)
    second = scene.repository.commit({"a.yaml": "2"}, "two", branch="elsewhere")
    return first, second


def move(scene, branches, before, after):
    return branches.move(f"R_{scene.repository.number}", BRANCH, before, after)


def mutation(request):
    return b"mutation " in request.body


def without_update_refs(request, call):
    """A GitHub Enterprise Server that is too old for the mutation."""
    if not mutation(request):
        return call()
    words = "Field 'updateRefs' doesn't exist on type 'Mutation'"
    return Response.of_json({"errors": [{"message": words}]})


@pytest.mark.parametrize("hooks", [[], [without_update_refs]])
def test_a_branch_moves_and_goes_from_the_head_that_was_looked_at(scene, branches, heads, hooks):
    scene.world.street.hooks += hooks
    first, second = heads

    assert move(scene, branches, first, second)
    assert scene.repository.head(BRANCH) == second
    assert move(scene, branches, second, "")
    assert scene.repository.head(BRANCH) is None
    assert move(scene, branches, second, ""), "gone is gone"


@pytest.mark.parametrize("hooks", [[], [without_update_refs]])
def test_a_branch_that_is_elsewhere_stays(scene, branches, heads, hooks):
    scene.world.street.hooks += hooks
    first, second = heads

    assert not move(scene, branches, second, scene.repository.head("main"))
    assert not move(scene, branches, second, "")
    assert scene.repository.head(BRANCH) == first


def test_a_push_between_look_and_move_wins(scene, branches, heads):
    first, second = heads
    theirs = []
    push = Once(mutation, before=lambda: theirs.append(scene.repository.commit({"b": "1"}, "mine", branch=BRANCH)))
    scene.world.street.hooks.append(push)

    assert not move(scene, branches, first, second)
    assert scene.repository.head(BRANCH) == theirs[0]


def test_a_lost_answer_is_looked_for(scene, branches, heads):
    first, second = heads
    scene.world.street.hooks.append(faults.lost_answer(when=mutation, times=1))

    assert move(scene, branches, first, second)


def test_what_never_arrives_is_asked_for_twice_and_then_uncertain(scene, branches, heads):
    first, second = heads
    fault = faults.reset(when=mutation)
    scene.world.street.hooks.append(fault)

    with pytest.raises(Uncertain):
        move(scene, branches, first, second)
    assert fault.struck == 2


def test_a_refusal_has_github_s_words(scene, branches, heads):
    with pytest.raises(GitHubRefused, match="does not exist"):
        move(scene, branches, heads[0], "f" * 40)


def test_a_new_branch_is_made_once_and_never_over_another(scene, branches, heads):
    first, second = heads

    assert branches.create("profile-cd/new", first)
    assert branches.create("profile-cd/new", first), "made by a try whose answer was lost"
    assert not branches.create("profile-cd/new", second)
    assert scene.repository.head("profile-cd/new") == first
