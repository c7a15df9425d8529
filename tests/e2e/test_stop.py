"""A container that is stopped ends within two seconds, also as process 1, which gets no signal without a handler."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sandbox.net import Request, Response
from sandbox.runner import StepResult
from sandbox.world import READ_TOKEN, Scene
from tests.e2e.engine import IMAGE, docker, needs_image
from tests.e2e.mounted import MOUNT, command, mounted

pytestmark = needs_image

ENDED = 143
LIMIT = 2.0
ENGINE = 1.0
"""Seconds that the engine takes to hand a signal on and to clear a container away."""


class Silence:
    """A hook that lets nobody answer what *match* knows, and says when it was asked, until it is ended."""

    def __init__(self, match: Callable[[Request], bool]) -> None:
        self._match = match
        self.asked = threading.Event()
        self.over = threading.Event()

    def __call__(self, request: Request, call: Callable[[], Response]) -> Response:
        if self._match(request):
            self.asked.set()
            self.over.wait(60)
        return call()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with Scene(tmp_path, image=IMAGE) as scene:
        scene.world.hub.publish("acme/ledger", "v1.5.0")
        yield scene


def stopped(step: Callable[[], StepResult], silence: Silence, mount: Path) -> tuple[StepResult, float]:
    """What becomes of a *step* that waits, and the seconds from SIGTERM to its end. Its container mounts *mount*."""
    with ThreadPoolExecutor() as pool:
        running = pool.submit(step)
        try:
            assert silence.asked.wait(30)
            (container,) = docker("ps", "--quiet", "--filter", f"volume={mount}").split()
            began = time.monotonic()
            docker("kill", "--signal", "TERM", container)
            done = running.result(30)
            return done, time.monotonic() - began
        finally:
            silence.over.set()


@pytest.mark.parametrize("waits_for", ["tags", "graphql", "merge"])
def test_an_update_ends_whatever_it_waits_for_and_leaves_main_as_it_was(scene: Scene, waits_for: str) -> None:
    silence = Silence(lambda request: request.path.endswith((f"/{waits_for}", f"/{waits_for}/list")))
    scene.world.street.hooks.append(silence)
    main = scene.repository.head("main")

    done, seconds = stopped(scene.update, silence, scene.root / "update" / "workspace")

    assert (done.code, "ended by SIGTERM" in done.log) == (ENDED, True)
    assert seconds < LIMIT + ENGINE
    assert scene.repository.head("main") == main or waits_for == "merge"


def test_a_trigger_that_follows_its_pipeline_ends_and_the_pipeline_stays_recorded(scene: Scene) -> None:
    updated = scene.update()
    entry = json.loads(updated.outputs["projects"])[0]
    project = scene.world.gitlab.project(f"acme/{entry['name']}")
    assert project
    project.statuses = ("running",)
    silence = Silence(lambda request: request.method == "GET" and "/pipelines/" in request.path)
    scene.world.street.hooks.append(silence)

    def follow() -> StepResult:
        return scene.trigger(json.dumps(entry), scene.world.secrets[entry["secret"]], wait="600", read_token=READ_TOKEN)

    done, seconds = stopped(follow, silence, scene.root / "trigger" / "workspace")

    assert (done.code, "ended by SIGTERM" in done.log) == (ENDED, True)
    assert seconds < LIMIT + ENGINE
    assert scene.repository.deployments[-1].state == "in_progress"


@pytest.mark.parametrize("word", ["plan", "apply"])
def test_a_command_on_a_mounted_checkout_ends_and_leaves_its_files(scene: Scene, tmp_path: Path, word: str) -> None:
    checkout = mounted(scene, tmp_path / "profile")
    silence = Silence(lambda request: request.path.endswith("/tags/list"))
    scene.world.street.hooks.append(silence)

    def run() -> StepResult:
        code, log = command(scene, checkout, MOUNT, word)
        return StepResult(code, {}, "", [], log)

    done, seconds = stopped(run, silence, checkout)

    assert (done.code, "ended by SIGTERM" in done.log) == (ENDED, True)
    assert seconds < LIMIT + ENGINE
    assert "tag: v1.4.2 " in (checkout / "platform-values-override.yaml").read_text()
