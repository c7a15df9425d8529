"""The process is killed right after each single write, and run again: the world is the undisturbed one."""

import tempfile
from functools import cache
from pathlib import Path

import pytest

from sandbox.acts import faults as faults_act
from sandbox.net import Request, faults
from sandbox.runner import fork_server
from sandbox.world import Once, Scene

BACKGROUND = "a server that merges in the background"
AFTERWARDS = ["merge", "delete the branch", "links"]
WRITES = {
    "a new proposal": ["tree", "commit", "branch", "pull request", *AFTERWARDS],
    "an open proposal that says something older": ["tree", "commit", "body", "branch", *AFTERWARDS],
    "an open proposal that says the same": AFTERWARDS,
    "a base to move forward": ["tree", "commit", "branch", "pull request", *AFTERWARDS],
    BACKGROUND: ["tree", "commit", "branch", "pull request", *AFTERWARDS],
}
"""All writes of a run, in their order, by what it finds."""
FIRST = "a new proposal"
KILLED = [
    pytest.param(what, number, id=f"{what}: {write}", marks=() if what == FIRST else pytest.mark.slow)
    for what, writes in WRITES.items()
    for number, write in enumerate(writes, 1)
]


def is_write(request: Request) -> bool:
    """Whether a request changes something at GitHub."""
    if not request.host.startswith("api.") or request.method == "GET":
        return False
    return not request.path.endswith("/graphql") or b"mutation " in request.body


def changes(what: str):
    """Tells the writes of a run that finds *what*: a direct merge that is always lost on its way changes nothing."""
    return lambda request: is_write(request) and not (what == BACKGROUND and merges_directly(request))


def merges_directly(request):
    return request.method == "PUT" and request.path.endswith("/merge")


def update(scene, what):
    return scene.update(merge_method="fast-forward" if what == "a base to move forward" else "squash")


def prepare(scene, what):
    """The world in which a run finds *what*."""
    scene.world.hub.publish("acme/ledger", "v1.5.0")
    if what == BACKGROUND:
        scene.world.street.hooks.append(faults.reset(when=merges_directly))
        scene.repository.delays.async_merge = 1
    if what.startswith("an open proposal"):
        scene.update(merge="none")
    if what == "an open proposal that says something older":
        scene.world.hub.publish("acme/ledger", "v1.5.1")


@pytest.fixture(scope="module")
def undisturbed():
    """By what a run finds: the world after it and one more, where nothing happens, and its writes; each played once."""

    @cache
    def played(what):
        with tempfile.TemporaryDirectory() as folder, Scene(Path(folder)) as scene:
            prepare(scene, what)
            before = len(scene.world.street.exchanges)
            update(scene, what)
            writes = [each.request for each in scene.world.street.exchanges[before:] if changes(what)(each.request)]
            return faults_act.state(scene, update(scene, what)), writes

    return played


@pytest.mark.parametrize(("what", "number"), KILLED)
def test_killed_after_a_write_the_next_run_ends_as_if_nothing_had_happened(tmp_path, undisturbed, what, number):
    with Scene(tmp_path) as scene:
        prepare(scene, what)
        death = Once(changes(what), after=fork_server().kill_runs, nth=number)
        scene.world.street.hooks.append(death)

        killed = update(scene, what)
        assert death.acted
        assert killed.code != 0 or number == len(WRITES[what])
        after = update(scene, what)

        assert faults_act.state(scene, after) == undisturbed(what)[0]
        fanned_out = [done for done in (killed, after) if done.outputs.get("has-projects") == "true"]
        assert fanned_out, "one of the two runs started the projects"


@pytest.mark.parametrize(
    "what", [pytest.param(each, marks=() if each == FIRST else pytest.mark.slow) for each in WRITES]
)
def test_these_are_all_writes_of_a_run(undisturbed, what):
    assert len(undisturbed(what)[1]) == len(WRITES[what]), [each.path for each in undisturbed(what)[1]]
