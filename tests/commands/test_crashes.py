"""The process is killed right after each single write, and run again: the world is the undisturbed one."""

import pytest

from sandbox.acts import faults as faults_act
from sandbox.net import Request
from sandbox.runner import fork_server
from sandbox.world import Once, Scene

WRITES = ["tree", "commit", "branch", "pull request", "merge", "delete the branch", "mark as fanned out", "links"]


def is_write(request: Request) -> bool:
    return request.host.startswith("api.") and request.method != "GET" and "/graphql" not in request.path


@pytest.fixture(scope="module")
def undisturbed():
    return faults_act.play_undisturbed()


@pytest.mark.parametrize("number", range(1, len(WRITES) + 1), ids=WRITES)
def test_killed_after_a_write_the_next_run_ends_as_if_nothing_had_happened(tmp_path, undisturbed, number):
    with Scene(tmp_path) as scene:
        scene.world.hub.publish("acme/ledger", "v1.5.0")
        death = Once(is_write, after=fork_server().kill_runs, nth=number)
        scene.world.street.hooks.append(death)

        killed = scene.update()
        assert death.acted
        assert killed.code != 0 or number == len(WRITES)
        after = scene.update()

        assert faults_act.state(scene) == undisturbed
        fanned_out = [done for done in (killed, after) if done.outputs.get("has-projects") == "true"]
        assert fanned_out, "one of the two runs started the projects"


def test_these_are_all_writes_of_a_run(tmp_path):
    with Scene(tmp_path) as scene:
        scene.world.hub.publish("acme/ledger", "v1.5.0")
        scene.update()
        exchanges = [each.request for each in scene.world.street.exchanges if is_write(each.request)]

    assert len(exchanges) == len(WRITES)
