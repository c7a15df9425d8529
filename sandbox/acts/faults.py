"""The act `faults`: each kind of request of a run fails in each way; the next run must repair what is left."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sandbox.net import Request, faults
from sandbox.runner import StepResult
from sandbox.world import Scene

Match = Callable[[Request], bool]


def asked(method: str, part: str) -> Match:
    """Requests by method and a part of their path."""
    return lambda request: request.method == method and part in request.path


def changed(mutation: str) -> Match:
    """Requests that change something by GraphQL, by the name that we give the mutation."""
    return lambda request: request.path.endswith("/graphql") and f"mutation {mutation}(".encode() in request.body


def questioned(request: Request) -> bool:
    """Requests that only ask something by GraphQL."""
    return request.path.endswith("/graphql") and b"mutation " not in request.body


def recorded(request: Request) -> bool:
    """The question to GitHub for what was deployed where."""
    return request.path.endswith("/graphql") and b"query Deployments" in request.body


def listed(request: Request) -> bool:
    """The question to GitHub for the directories of what was deployed."""
    return request.path.endswith("/graphql") and b"query Trees" in request.body


REQUESTS: Mapping[str, Match] = {
    "question to GitHub (GraphQL)": questioned,
    "tags of an image": asked("GET", "/tags/list"),
    "token of a registry": asked("GET", "/token"),
    "index of charts": asked("GET", "/index.yaml"),
    "existence of an image": asked("HEAD", "/manifests/"),
    "make the tree": asked("POST", "/git/trees"),
    "make the commit": asked("POST", "/git/commits"),
    "make the branch": asked("POST", "/git/refs"),
    "open the pull request": asked("POST", "/pulls"),
    "merge": asked("PUT", "/merge"),
    "read the merge commit": asked("GET", "/git/commits/"),
    "delete the branch": changed("Move"),
    "record of deployments": recorded,
    "what was deployed": listed,
    "read the files": asked("GET", "/git/trees/"),
    "link what is new": asked("PATCH", "/pulls/"),
}

AGES = "Fri, 31 Dec 99999999999 23:59:59 GMT"

FAULTS: Mapping[str, Callable[[Match], faults.Fault]] = {
    "503": lambda when: faults.status(503, when=when, times=1),
    "429": lambda when: faults.status(429, headers={"Retry-After": "1"}, when=when, times=1),
    "reset": lambda when: faults.reset(when=when, times=1),
    "lost answer": lambda when: faults.lost_answer(when=when, times=1),
    "truncated": lambda when: faults.truncated(when=when, times=1),
    "HTML": lambda when: faults.html(when=when, times=1),
    "429 until the year 99999999999": lambda when: faults.status(
        429, headers={"Retry-After": AGES}, when=when, times=1
    ),
    "bomb": lambda when: faults.bomb(when=when, times=1),
    "other JSON": lambda when: faults.other_shape(when=when, times=1),
    "other JSON for ever": lambda when: faults.other_shape(when=when),
    "never ends": lambda when: faults.drip(600, when=when, times=1),
    "503 for ever": lambda when: faults.status(503, when=when),
    "reset for ever": lambda when: faults.reset(when=when),
}


@dataclass(frozen=True, slots=True)
class Played:
    """What became of one fault. *repaired* says that the world after the second run is the undisturbed one."""

    request: str
    fault: str
    struck: int
    first: str
    code: int
    words: str
    repaired: bool
    difference: str = ""

    @property
    def cell(self) -> str:
        """One word for the table."""
        if not self.struck:
            return "not asked"
        return ("ends well" if self.code == 0 else "red, then repaired") if self.repaired else "NOT REPAIRED"


def main(words: list[str]) -> int:
    """Print the table; the exit code says whether everything was repaired."""
    requests = [name for name in REQUESTS if not words or any(word in name for word in words)]
    table = list(play_all(requests, list(FAULTS)))
    print(f"| what fails | {' | '.join(FAULTS)} |")
    print(f"|---|{'---|' * len(FAULTS)}")
    for name in requests:
        cells = [each.cell for each in table if each.request == name]
        print(f"| {name} | {' | '.join(cells)} |")
    for each in table:
        if each.struck and (not each.repaired or (each.code and not each.words)):
            print(f"{each.request}, {each.fault}: {each.first} {each.words} {each.difference}", file=sys.stderr)
    bad = [each for each in table if each.struck and not each.repaired]
    well = sum(each.struck > 0 and each.code == 0 for each in table)
    red = sum(each.struck > 0 and each.code != 0 for each in table)
    print(f"\n{well} ended well in the first run, {red} red and repaired by the next, {len(bad)} not repaired.")
    return 1 if bad else 0


def play_all(requests: Sequence[str], kinds: Sequence[str], *, at_once: int = 3) -> Iterator[Played]:
    """Play every fault for every request, a few worlds at a time, in order."""
    undisturbed = play_undisturbed()
    pairs = [(request, kind) for request in requests for kind in kinds]
    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(lambda pair: play(pair[0], pair[1], undisturbed), pairs)


def play_undisturbed() -> Mapping[str, object]:
    """The world after two runs in which nothing fails."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, Scene(Path(folder)) as scene:
        prepare(scene)
        scene.update()
        return state(scene, scene.update())


def prepare(scene: Scene) -> None:
    """A newer image, and a person's edit that no project was given yet."""
    scene.world.hub.publish("acme/ledger", "v1.5.0")
    scene.person("onboard.yaml", "onboard", "onboarded")


def play(request: str, kind: str, undisturbed: Mapping[str, object]) -> Played:
    """One run with a fault, one without."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, Scene(Path(folder)) as scene:
        prepare(scene)
        fault = FAULTS[kind](REQUESTS[request])
        scene.world.street.hooks.append(fault)
        first = scene.update()
        scene.world.street.hooks.remove(fault)
        now = state(scene, scene.update())
        difference = "; ".join(f"{key}: {now[key]!r}" for key in now if now[key] != undisturbed[key])
        return Played(
            request, kind, fault.struck, first.outputs.get("operation", "no outputs"), first.code, said(first),
            now == undisturbed, difference,
        )  # fmt: skip


def state(scene: Scene, last: StepResult) -> dict[str, object]:
    """What must be the same after the *last* run, however it came about."""
    repository = scene.repository
    return {
        "files": {path: data.decode("utf-8") for path, data in repository.read("main").items()},
        "commits": repository.git("log", "--format=%s", "main").splitlines(),
        "open": sorted(pull.title for pull in repository.pulls.values() if pull.state == "open"),
        "merged": sorted(pull.title for pull in repository.pulls.values() if pull.merged),
        "lag": [each["name"] for each in json.loads(last.outputs["projects"])],
        "branches": sorted(repository.git("branch", "--format=%(refname:short)").split()),
    }


def said(done: StepResult) -> str:
    """The first error of a run."""
    return next((each.message for each in done.annotations if each.level == "error"), "")
