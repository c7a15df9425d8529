"""The act `demo`: a dispatch arrives, and everything happens that follows from it, in front of a person."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sandbox.acts import page
from sandbox.gitlab import GitLabProject
from sandbox.runner import StepResult
from sandbox.world import READ_TOKEN, REPOSITORY, TOKEN, Scene

LEDGER = "platform-values-override.yaml"
PROJECT = Path(__file__).resolve().parents[2]
UPSTREAM = "https://circleci.acme.example/ledger/42"


def main(words: list[str]) -> int:
    """Play all acts; the exit code says whether each ended as it should. A word names an image to play in."""
    image = words[0] if words else None
    print("A small world starts on loopback: registries, GitHub, GitLab. Nobody else is asked.", flush=True)
    with tempfile.TemporaryDirectory(prefix="demo-") as folder, Scene(Path(folder), image=image) as scene:
        stage = Stage(scene)
        first = [stage.publish, stage.update, stage.look, stage.trigger, stage.trace, stage.down]
        acts = [*first, stage.widen, stage.nightly, stage.roll_back, stage.after, stage.summary]
        for number, act in enumerate(acts, 1):
            _headline(f"{number}. {act.__doc__}")
            act()
    if stage.failed:
        print(f"\nThis was not as it should be: {', '.join(stage.failed)}.")
        return 1
    print(f"\nAll as it should be, in {time.monotonic() - stage.began:.1f} s.")
    print(f"The same in a browser, with every pull request: {stage.page.as_uri()}")
    return 0


class Stage:
    """A scene, and what has gone wrong so far."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.failed: list[str] = []
        self.began = time.monotonic()
        self.merged = StepResult(0, {}, "", [], "")
        self.traced = ""
        self.page = Path()

    def publish(self) -> None:
        """Circle CI publishes an image, and starts the workflow of the profile repository"""
        self.scene.world.hub.publish("acme/ledger", "v1.5.0")
        print("    $ docker push acme/ledger:v1.5.0")
        words = ["dispatch", "--image", "acme/ledger:v1.5.0", "--tag", "latest", "--upstream", UPSTREAM]
        print(f"    $ profile-cd {' '.join(words)}")
        variables = {"DOWNSTREAM_IMAGE_PROFILE": f"{REPOSITORY}:{TOKEN}", "PATH": os.environ.get("PATH", "")}
        done = subprocess.run(
            [sys.executable, str(PROJECT / "entrypoint.py"), *words],
            env={**self.scene.world.environment(), **variables}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        print(_indented(done.stdout + done.stderr))
        self._expect("one run was started", done.returncode == 0 and len(self.scene.world.github.dispatches) == 1)

    def update(self) -> None:
        """First job: the image is found, the override changes, the pull request merges"""
        (self.merged,) = (self._shown(each) for each in self.scene.dispatched())
        self._expect("merged by squash at the planned head", self.merged.outputs.get("operation") == "merged")
        self._expect("two of three projects lag behind", self.merged.outputs.get("project-count") == "2")

    def look(self) -> None:
        """What the merge changed, as git shows it"""
        shown = self.scene.repository.git("show", "--format=%an <%ae>%n%n%B", "main")
        print(_indented(shown))
        changed = [line for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++")]
        self._expect("one line changed, its comment and its blanks stand", len(changed) == 1)

    def trigger(self) -> None:
        """Second job: the pipeline of each project concerned is started and followed; one of them fails"""
        self._gitlab("dev").statuses = ("created", "success")
        self._gitlab("test").statuses = ("created", "failed")
        dev, test = self.scene.fan_out(self.merged, wait="10", read_token=READ_TOKEN)
        self._expect("dev deploys", self._shown(dev).outputs.get("status") == "success")
        self._expect("the pipeline of test fails, and its job is red", self._shown(test).code == 1)
        recorded = {each.environment: each.state for each in self.scene.repository.deployments}
        self._expect("the merge commit shows it as failed", recorded["test"] == "failure")

    def trace(self) -> None:
        """Last job: one comment on the pull request traces it all"""
        self.scene.trace(self.merged, image="acme/ledger:v1.5.0", upstream=UPSTREAM)
        number = int(self.merged.outputs["pull-request-number"])
        (comment,) = self.scene.repository.pulls[number].comments
        self.traced = comment.body
        print(_indented(self.traced))
        self._expect("it names both pipelines", self.traced.count("/-/pipelines/") == 2)

    def down(self) -> None:
        """GitLab is down for the third project when a person pushes; the nightly run makes up for it"""
        self._gitlab("onboarding").trouble = "down"
        after = self.scene.person("onboard.yaml", "onboard", "onboarded", "Onboard one more")
        pushed = self.scene.update(event_name="push", event={"after": after})
        lagging = [each["name"] for each in json.loads(pushed.outputs["projects"])]
        self._expect("dev and onboarding lag behind", lagging == ["dev", "onboarding"])
        dev, lost = self.scene.fan_out(pushed)
        print(_indented(lost.log))
        self._expect("the one of onboarding is red", (dev.code, lost.code) == (0, 1))
        self._gitlab("onboarding").trouble = ""
        night = self.scene.update(event_name="schedule")
        (made_up,) = self.scene.fan_out(night)
        self._shown(made_up)
        self._expect("the nightly run triggers onboarding alone", made_up.outputs.get("status") == "created")

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

    def summary(self) -> None:
        """What people see: the summary of the first job, its pull request, and the comment that traces it"""
        pulls = self.scene.repository.pulls.items()
        bodies = {f"pull request #{number}: {pull.title}": pull.body for number, pull in pulls}
        title, body = next(iter(bodies.items()))
        trace = {f"the comment on {title}": self.traced}
        for name, text in {"the summary of the first job": self.merged.summary, title: body, **trace}.items():
            print(f"\n    {name}\n\n{_indented(page.on_a_terminal(text, colour=sys.stdout.isatty()))}")
        first = self.merged.summary.strip().splitlines()[0]
        self._expect("the first line of the summary is the outcome", "ledger v1.5.0" in first)
        self.page = page.leave({"summary of the first job": self.merged.summary, **bodies, **trace})

    def _gitlab(self, name: str) -> GitLabProject:
        project = self.scene.world.gitlab.project(f"acme/{name}")
        if project is None:
            raise LookupError(name)
        return project

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
    return "\n".join(f"    {line}" for line in text.strip("\n").rstrip().splitlines())
