"""One base: whatever a run is started for, it writes to the branch that it keeps up to date, or to none."""

import pytest

from sandbox.github import conformance
from sandbox.runner import events
from sandbox.world import Scene

LEDGER = "platform-values-override.yaml"
BRANCH = "profile-cd/update"


@pytest.fixture
def scene(tmp_path):
    with Scene(tmp_path) as scene:
        scene.world.hub.publish("acme/ledger", "v1.5.0")
        scene.repository.commit({"unreviewed.yaml": "x"}, "half done", branch="feature")
        yield scene
        assert conformance.faults(scene.world.street.exchanges) == []


def elsewhere(scene):
    """Runs that are not for main, by what started them."""
    repository = scene.repository
    main, feature = repository.head("main"), repository.head("feature")
    repository.git.set_ref("refs/tags/v9", feature)
    queue = events.merge_group("main", main, 1, feature)
    repository.git.set_ref(queue.ref, feature)
    return {
        "the menu": events.dispatch("refs/heads/feature", feature),
        "a push": events.push("refs/heads/feature", feature, main),
        "a tag": events.push("refs/tags/v9", feature),
        "a merge queue": queue,
        "a pull request": events.pull_request(1, ("feature", feature), ("main", main), "acme/profile"),
    }


@pytest.mark.parametrize("what", ["the menu", "a push", "a tag", "a merge queue", "a pull request"])
def test_a_run_for_anything_else_plans_says_so_and_writes_nothing(scene, what):
    scene.update(merge="none")
    writes, pull = len(scene.world.github.writes), scene.repository.pulls[1]
    head = pull.head_sha

    done = scene.update(on=elsewhere(scene)[what])

    assert (done.code, done.outputs["operation"]) == (0, "planned"), done.log
    assert len(scene.world.github.writes) == writes
    assert (pull.state, pull.head_sha) == ("open", head)
    assert done.outputs["has-projects"] == "false", "what is not on the base is not deployed"
    assert "keeps `main` up to date" in done.summary


def test_a_run_for_another_branch_proposes_nothing_into_it(scene):
    done = scene.update(ref="refs/heads/feature")

    assert done.outputs["operation"] == "planned"
    assert scene.repository.pulls == {}
    assert scene.repository.read("feature")[LEDGER] == scene.repository.read("main")[LEDGER]


def test_another_branch_is_kept_up_to_date_where_the_input_names_it(scene):
    main = scene.repository.head("main")
    scene.repository.commit({"stage.yaml": "x"}, "stage", branch="stage")

    done = scene.update(base="stage", ref="refs/heads/stage")

    assert done.outputs["operation"] == "merged", done.log
    assert "v1.5.0" in scene.text(LEDGER, "stage")
    assert scene.repository.head("main") == main
    assert scene.repository.pulls[1].base == "stage"


def test_two_bases_do_not_share_a_branch(scene):
    scene.repository.commit({"stage.yaml": "x"}, "stage", branch="stage")
    scene.update(merge="none")
    head = scene.repository.pulls[1].head_sha

    done = scene.update(merge="none", base="stage", ref="refs/heads/stage")

    assert done.outputs["operation"] == "created", done.log
    assert scene.repository.pulls[1].head_sha == head
    assert (scene.repository.pulls[2].base, scene.repository.pulls[2].head) == ("stage", f"{BRANCH}-2")


def test_a_base_that_is_not_there_is_named(scene):
    done = scene.update(base="stages", on=events.push("refs/heads/stages", scene.repository.head("main")))

    assert done.code == 2
    assert "no branch `stages`" in done.log
    assert "Correct the input `base`" in done.log


def test_an_empty_repository_is_called_empty(scene):
    scene.world.github.create("acme/empty")
    scene.world.github.repositories["acme/profile"] = scene.world.github.repositories.pop("acme/empty")
    scene.world.github.repositories["acme/profile"].name = "acme/profile"

    done = scene.update(on=events.dispatch("refs/heads/main", "0" * 40))

    assert done.code == 2
    assert "is empty" in done.log, done.log


# Before a merge, the pull request is looked at as a whole.


def test_a_proposal_that_a_person_sends_into_another_branch_is_left_to_that_person(scene):
    scene.repository.commit({"stage.yaml": "x"}, "stage", branch="stage")
    scene.update(merge="none")
    scene.repository.pulls[1].base = "stage"

    done = scene.update()

    assert done.outputs["operation"] == "merged", done.log
    assert done.outputs["pull-request-number"] == "2"
    assert scene.repository.pulls[1].state == "open"
    assert "v1.4.2" in scene.text(LEDGER, "stage")


def test_a_proposal_that_is_sent_elsewhere_in_this_very_moment_is_not_merged_there(scene):
    scene.repository.commit({"stage.yaml": "x"}, "stage", branch="stage")
    scene.update(merge="none")

    def retarget(request, call):
        if b"query State" in request.body and scene.repository.pulls[1].base == "main":
            scene.repository.pulls[1].base = "stage"
        return call()

    scene.world.street.hooks.append(retarget)

    done = scene.update()

    assert done.outputs["operation"] == "merged", done.log
    assert "v1.4.2" in scene.text(LEDGER, "stage")
    assert "v1.5.0" in scene.text(LEDGER)


def test_commits_that_a_base_lost_do_not_come_back_with_a_proposal(scene):
    before = scene.repository.head("main")
    scene.person("onboard.yaml", "v1.1.0", "v1.1.0 # a secret")
    scene.update(merge="none")
    scene.repository.point("refs/heads/main", before)

    done = scene.update()

    assert done.outputs["operation"] == "merged", done.log
    assert "a secret" not in scene.text("onboard.yaml")


def test_ten_newer_ones_of_forks_hide_none_of_ours(scene):
    number = scene.update(merge="none").outputs["pull-request-number"]
    for count in range(60):
        scene.repository.propose_from_fork(BRANCH, {"evil.yaml": str(count)})

    done = scene.update(merge="none")

    assert (done.outputs["operation"], done.outputs["pull-request-number"]) == ("unchanged", number), done.log
