"""The demo: a dispatch arrives, and everything happens that follows from it, in front of a person."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from sandbox.runner import Runner, StepResult
from sandbox.world import REPOSITORY, TOKEN, World

UPSTREAM = "https://circleci.example.com/acme/ledger/42"


def main(words: list[str]) -> int:
    """Play all scenes; the exit code says whether each ended as it should. A word names an image to play in."""
    image = words[0] if words else None
    with tempfile.TemporaryDirectory() as folder, World.of_example(Path(folder) / "world") as world:
        stage = Stage(world, Path(folder) / "runner", image)
        scenes = [stage.publish, stage.update, stage.look, stage.trigger, stage.condition, stage.again]
        for number, scene in enumerate(scenes, 1):
            _headline(f"{number}. {scene.__doc__}")
            scene()
        _headline("The world after it")
        stage.after()
        if stage.failed:
            print(f"\nThis was not as it should be: {', '.join(stage.failed)}")
            return 1
        print(f"\nAll as it should be, in {time.monotonic() - stage.began:.1f} s.")
    return 0


class Stage:
    """A world, a runner in it, and what has gone wrong so far."""

    def __init__(self, world: World, root: Path, image: str | None) -> None:
        self.world = world
        self.root = root
        self.image = image
        self.failed: list[str] = []
        self.began = time.monotonic()
        self.entries: list[Mapping[str, str]] = []
        self.repository = world.github.repository(REPOSITORY)

    def publish(self) -> None:
        """Circle CI publishes an image"""
        self.world.hub.publish("acme/ledger", "v1.5.0")
        print("docker push acme/ledger:v1.5.0")

    def update(self) -> None:
        """The dispatch arrives: the first job finds the image, proposes it and merges it"""
        result = self._update(image="acme/ledger:v1.5.0", tag="latest", upstream=UPSTREAM)
        self._expect("merged", result.outputs.get("operation") == "merged" and result.code == 0)
        self.entries = json.loads(result.outputs.get("projects", "[]"))

    def look(self) -> None:
        """What the merge changed, as git shows it"""
        shown = self.repository.git("show", "--format=%an: %B", "main")
        print(_indented(shown))
        self._expect("one line changed", shown.count("\n+") == 2)

    def trigger(self) -> None:
        """The second job starts the pipeline of each project concerned"""
        for entry in self.entries:
            runner = Runner(self.root / "trigger", image=self.image, action="trigger")
            secret = self.world.secrets[str(entry["secret"])]
            inputs = {"project": json.dumps(entry), "trigger-token": secret}
            result = self._run(runner, inputs, "workflow_dispatch")
            self._expect("pipeline created", result.outputs.get("status") == "created")
        self._expect("projects concerned", bool(self.entries))

    def condition(self) -> None:
        """A person widens a condition: what it chooses now waits for a person"""
        path = ".updatecli/quoting.yaml"
        text = self.repository.read("main")[path].decode()
        self.repository.commit(
            {path: text.replace("^2.0.0", "^3.0.0")}, "Take quoting 3", author="Ada <ada@acme.example>"
        )
        result = self._update()
        self._expect("review", result.outputs.get("review-operation") == "created")

    def again(self) -> None:
        """Nothing new: the nightly run changes nothing"""
        before = self.repository.head("main")
        result = self._update(event_name="schedule")
        self._expect("nothing merged", result.code == 0 and self.repository.head("main") == before)

    def after(self) -> None:
        """Commits, pull requests and pipelines."""
        print(_indented(self.repository.git("log", "--oneline", "main")))
        for number, pull in self.repository.pulls.items():
            print(f"    pull request #{number} {pull.state}: {pull.title}")
        for pipeline in self.world.gitlab.pipelines:
            told = pipeline.variables
            print(f"    pipeline {pipeline.id} of {pipeline.project.path}: {told['CD_MESSAGE']}")

    def _update(self, event_name: str = "workflow_dispatch", **inputs: str) -> StepResult:
        runner = Runner(self.root / "update", image=self.image)
        return self._run(runner, {"projects": self.world.projects, **inputs}, event_name)

    def _run(self, runner: Runner, inputs: Mapping[str, str], event_name: str) -> StepResult:
        began = time.monotonic()
        result = runner.run(
            inputs,
            event_name=event_name,
            event={"repository": {"default_branch": "main"}},
            repository=REPOSITORY,
            api_url=self.world.api_url,
            token=TOKEN,
            env=self.world.environment(runner.root, inside=bool(self.image)),
        )
        print(_indented(result.log))
        print(f"    exit code {result.code} after {time.monotonic() - began:.2f} s")
        for name, value in result.outputs.items():
            print(f"    output {name} = {value}")
        return result

    def _expect(self, what: str, right: bool) -> None:  # noqa: FBT001  # read as: expect(what, condition)
        print(f"    {'✓' if right else '✗'} {what}")
        if not right:
            self.failed.append(what)


def _headline(text: str) -> None:
    strong, plain = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("", "")
    print(f"\n{strong}{text.rstrip('.')}{plain}", flush=True)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.strip().splitlines())
