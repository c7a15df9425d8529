"""The act `bench`: how long things take when every server is 50 ms away, and how much is asked."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from profile_cd import versions
from profile_cd.model import Condition
from sandbox.acts import large_files
from sandbox.acts.measure import HEAD, measure
from sandbox.net import Exchange
from sandbox.runner import PROJECT, Runner
from sandbox.world import PERSON, REPOSITORY, ROBOT, TOKEN, World, made_up

LATENCY = 0.05
DATA = PROJECT.parent / "shared" / "data"
RUNS = 3


def main(words: list[str]) -> int:
    """Print the tables; the exit code says whether the limits hold."""
    options = _parser().parse_args(words)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _world(Path(folder)) as (world, profile, known):
        print(HEAD)
        plan = [str(Path(sys.executable).with_name("profile-cd")), "plan", "--json", "--directory", str(profile)]
        ours = [measure(world, plan, cwd=profile) for _ in range(RUNS)]
        best = min(ours, key=lambda each: each.wall)
        print(best.row(f"profile-cd, best of {RUNS}"))
        print(measure(world, [*plan, "--workers", "1"], cwd=profile).row("profile-cd, one worker"))
        if options.updatecli:
            command = [options.updatecli, "pipeline", "diff", "--disable-udash-report", "--config", ".updatecli"]
            print(measure(world, command, cwd=profile).row("updatecli"))
        print(f"\nDecided: {_decided(best.output)}.")
        print(f"Import of what a plan needs: {_imports():.2f} s. Choosing among 10,000 tags: {_choosing()}.")
        _action(profile, known)
        rows, light = large_files.rows()
        print("", large_files.HEAD, *rows, sep="\n")
    return 0 if light and best.wall <= 1.0 and best.requests <= 75 and best.pulls == 0 else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox bench")
    parser.add_argument("--updatecli", metavar="PATH", help="an updatecli to measure in the same world")
    return parser


@contextmanager
def _world(folder: Path) -> Iterator[tuple[World, Path, Path]]:
    """The real profile where it is beside the checkout, else one of ours of the same mix."""
    profile = folder / "profile"
    real = DATA / "profile" / "head"
    if real.exists():
        shutil.copytree(real, profile)
        known = DATA / "versions.json"
    else:
        known = made_up.write(profile, folder / "versions.json")
    for place in [profile, *profile.rglob("*")]:
        place.chmod(place.stat().st_mode | 0o200)
    with World.of_versions(known, profile=profile, root=folder / "world", latency=LATENCY) as world:
        yield world, profile, known


def _decided(output: str) -> str:
    said = json.loads(output)
    decided = len(said["changes"]) + said["unchanged"] + len(said["kept"])
    return f"{decided} values, {len(said['failures'])} failures"


def _imports() -> float:
    """Seconds that the imports of a plan take, start of Python aside."""
    code = "import time; a = time.perf_counter(); import profile_cd.commands.plan; print(time.perf_counter() - a)"
    found = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout) for _ in range(RUNS)
    ]
    return min(found)


def _choosing() -> str:
    """How long each kind of filter takes, the best of some runs, in words."""
    tags = [f"v{a}.{b}.{c}" + ("-iso.3" if c % 3 else "") for a in range(10) for b in range(20) for c in range(50)]
    group = r"^v?(\d+\.\d+\.\d+(?:-.*)?)$"
    conditions = (
        Condition("semver", "^5.0.0"),
        Condition("regex/semver", ">=5.0.0-iso.0 <6", regex=group),
        Condition("regex", "^v5"),
        Condition("latest"),
        Condition("lex"),
        Condition("pep440", ">=5,<6"),
    )
    return ", ".join(f"{each.kind} {_seconds(tags, each) * 1000:.0f} ms" for each in conditions)


def _seconds(tags: list[str], condition: Condition) -> float:
    found = []
    for _ in range(RUNS):
        began = time.perf_counter()
        versions.choose(tags, condition)
        found.append(time.perf_counter() - began)
    return min(found)


def _action(profile: Path, known: Path) -> None:
    """From the start of the action to "merged and verified", in a world that is 50 ms away."""
    print(
        "\n| the action | requests | in a row from plan to verified | start to merged and verified | whole run |\n"
        "|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as folder, World.of_example(Path(folder) / "w", latency=LATENCY) as world:
        world.hub.publish("acme/ledger", "v1.5.0")
        print(_row("one announced image", world, Path(folder), {"image": "acme/ledger:v1.5.0", "tag": "latest"}))
    with (
        tempfile.TemporaryDirectory() as folder,
        World.of_versions(known, profile=profile, root=Path(folder) / "w", latency=LATENCY) as world,
    ):
        _grow(world, profile)
        print(_row("a sweep of 60 manifests", world, Path(folder), {}))


def _grow(world: World, profile: Path) -> None:
    """The profile as a repository on GitHub, with one value that is a step behind."""
    files = {path.relative_to(profile).as_posix(): path.read_bytes() for path in profile.rglob("*") if path.is_file()}
    manifests = {path: data for path, data in files.items() if path.startswith(".")}
    repository = world.github.create(REPOSITORY, manifests, message="Track everything", author=PERSON)
    values = {path: data for path, data in files.items() if path not in manifests}
    for path, data in values.items():
        behind = re.sub(rb"(tag: v?\d+\.)([1-9]\d*)(\.\d+)$", _step_behind, data, count=1, flags=re.MULTILINE)
        if behind != data:
            values[path] = behind
            break
    repository.commit(values, "Update [schedule]", author=ROBOT)


def _step_behind(match: re.Match[bytes]) -> bytes:
    return match[1] + str(int(match[2]) - 1).encode() + match[3]


def _row(name: str, world: World, folder: Path, inputs: dict[str, str]) -> str:
    runner = Runner(folder / "r", fresh=True)
    began = time.monotonic()
    result = runner.run(
        inputs,
        event_name="workflow_dispatch",
        event={"repository": {"default_branch": "main"}},
        repository=REPOSITORY,
        api_url=world.api_url,
        token=TOKEN,
        env=world.environment(runner.root),
    )
    wall = time.monotonic() - began
    exchanges = [each for each in world.street.exchanges if each.request.method != "CONNECT"]
    row = written(exchanges)
    merged = f"{row[-1].at - began:.2f} s" if row else f"not: {result.outputs.get('operation')}"
    return f"| {name} | {len(exchanges)} | {len(row)} | {merged} | {wall:.2f} s |"


def written(exchanges: list[Exchange]) -> list[Exchange]:
    """The requests from the first write to the verification of the merge, empty where nothing was merged."""
    asked = [(each.request.method, each.request.path) for each in exchanges]
    first = next((n for n, (_, path) in enumerate(asked) if path.endswith("/git/trees")), len(asked))
    merge = next((n for n, (_, path) in enumerate(asked) if path.endswith("/merge")), len(asked))
    return exchanges[first : merge + 2] if merge < len(asked) else []
