"""What holds for every test: nobody but this machine is asked, and Ctrl-C reaches the children that a test starts.

And what the tests of every floor share: a world around the example, and a copy of the example.
"""

import gc
import shutil
import signal
from pathlib import Path

import pytest

from sandbox import loopback

loopback.guard()


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    # Six thousand tests are half a million objects, which stay: Python's collector would look through them again and
    # again, in each process that collects them, which takes as long as making them.
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(autouse=True, scope="session")
def _interruptible():
    # A shell starts what it puts into the background with SIGINT ignored, which children inherit: a test that
    # interrupts one would wait for ever.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A world around the example, one for each file of tests. Imported here: most tests need none."""
    from sandbox.world import World

    with World.of_example(tmp_path_factory.mktemp("world"), until=None) as world:
        yield world


@pytest.fixture
def scene(tmp_path):
    """A world of one test's own, with something newer; what GitHub was asked in it fits its own descriptions."""
    from sandbox.github import conformance
    from sandbox.world import Scene

    with Scene(tmp_path) as scene:
        scene.world.hub.publish("acme/ledger", "v1.5.0")
        yield scene
        assert conformance.faults(scene.world.street.exchanges) == []


@pytest.fixture
def profile(tmp_path):
    """A copy of the example, without any history."""
    from sandbox.world import EXAMPLE

    return Path(shutil.copytree(EXAMPLE, tmp_path / "profile"))
