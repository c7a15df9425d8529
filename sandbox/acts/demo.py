"""The act `demo`: a dispatch arrives, and everything happens that follows from it, in front of a person."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from sandbox.runner import StepResult
from sandbox.world import Scene

LEDGER = "platform-values-override.yaml"
UPSTREAM = "https://circleci.acme.example/ledger/42"


def main(words: list[str]) -> int:
    """Play all acts; the exit code says whether each ended as it should. A word names an image to play in."""
    image = words[0] if words else None
    with tempfile.TemporaryDirectory(prefix="demo-") as folder, Scene(Path(folder), image=image) as scene:
        stage = Stage(scene)
        first = [stage.publish, stage.update, stage.look, stage.trigger]
        acts = [*first, stage.widen, stage.nightly, stage.roll_back, stage.after]
        for number, act in enumerate(acts, 1):
            _headline(f"{number}. {act.__doc__}")
            act()
    if stage.failed:
        print(f"\nThis was not as it should be: {', '.join(stage.failed)}.")
        return 1
    print(f"\nAll as it should be, in {time.monotonic() - stage.began:.1f} s.")
    return 0


class Stage:
    """A scene, and what has gone wrong so far."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.failed: list[str] = []
        self.began = time.monotonic()
        self.entries: list[Mapping[str, str]] = []

    def publish(self) -> None:
        """Circle CI publishes an image, and dispatches the workflow"""
        self.scene.world.hub.publish("acme/ledger", "v1.5.0")
        print("    $ docker push acme/ledger:v1.5.0")

    def update(self) -> None:
        """First job: the image is found, the override changes, the pull request merges"""
        done = self._shown(self.scene.update(image="acme/ledger:v1.5.0", tag="latest", upstream=UPSTREAM))
        self._expect("merged by squash at the planned head", done.outputs.get("operation") == "merged")
        self.entries = json.loads(done.outputs.get("projects") or "[]")

    def look(self) -> None:
        """What the merge changed, as git shows it"""
        shown = self.scene.repository.git("show", "--format=%an <%ae>%n%n%B", "main")
        print(_indented(shown))
        changed = [line for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++")]
        self._expect("one line changed, its comment and its blanks stand", len(changed) == 1)

    def trigger(self) -> None:
        """Second job: the pipeline of each project concerned is started"""
        for entry in self.entries:
            done = self._shown(self.scene.trigger(json.dumps(entry), self.scene.world.secrets[entry["secret"]]))
            self._expect(f"{entry['name']} deploys", done.outputs.get("status") == "created")
        self._expect("some project is concerned", bool(self.entries))

    def widen(self) -> None:
        """A person widens a condition: what it chooses now waits for a person"""
        self.scene.person(".updatecli/quoting.yaml", "^2.0.0", "^3.0.0", "Take quoting 3")
        done = self._shown(self.scene.update(event_name="push"))
        self._expect("a review is asked for", done.outputs.get("review-operation") == "created")

    def nightly(self) -> None:
        """The nightly run finds nothing new, and writes nothing"""
        before = self.scene.repository.head("main")
        done = self._shown(self.scene.update(event_name="schedule"))
        self._expect("main stands", done.code == 0 and self.scene.repository.head("main") == before)

    def roll_back(self) -> None:
        """At night a person rolls back, and it stays, also in the run that this very push starts"""
        commit = self.scene.person(LEDGER, "tag: v1.5.0", "tag: v1.4.2", "Roll ledger back: it crashes")
        event = {"before": f"{commit}~", "after": commit}
        done = self._shown(self.scene.update(event_name="push", event=event))
        self._expect("v1.4.2 stands", "tag: v1.4.2" in self.scene.text(LEDGER))
        self._expect("the summary says who, why and until when", "Roll ledger back: it crashes" in done.summary)
        self.scene.world.hub.publish("acme/ledger", "v1.5.1")
        self._shown(self.scene.update())
        self._expect("something newer than v1.5.0 is merged", "tag: v1.5.1" in self.scene.text(LEDGER))

    def after(self) -> None:
        """The world after it"""
        print(_indented(self.scene.repository.git("log", "--oneline", "main")))
        for number, pull in self.scene.repository.pulls.items():
            print(f"    pull request #{number} {pull.state}: {pull.title}")
        for pipeline in self.scene.world.gitlab.pipelines:
            print(f"    pipeline {pipeline.id} of {pipeline.project.path}: {pipeline.variables['CD_MESSAGE']}")

    def _shown(self, done: StepResult) -> StepResult:
        print(_indented(done.log))
        for name, value in done.outputs.items():
            if value:
                print(f"    output {name} = {value}")
        return done

    def _expect(self, what: str, right: object) -> None:
        print(f"    {'✓' if right else '✗'} {what}")
        if not right:
            self.failed.append(what)


def _headline(text: str) -> None:
    strong, plain = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("", "")
    print(f"\n{strong}{text}{plain}", flush=True)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.strip().splitlines())
