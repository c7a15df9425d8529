"""The act `bench`: how long things take when every server is 50 ms away, and how much is asked."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
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
from sandbox import made_up
from sandbox.http import Exchange
from sandbox.measure import HEAD, measure
from sandbox.runner import Runner
from sandbox.world import REPOSITORY, TOKEN, World

LATENCY = 0.05
DATA = Path(__file__).parents[2] / "shared" / "data"
RUNS = 3


def main(words: list[str]) -> int:
    """Print the tables; the exit code says whether the limits hold."""
    options = _parser().parse_args(words)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _world(Path(folder)) as (world, profile):
        print(HEAD)
        plan = [str(Path(sys.executable).with_name("profile-cd")), "plan", "--json", "--directory", str(profile)]
        ours = [measure(world, plan, cwd=profile) for _ in range(RUNS)]
        best = min(ours, key=lambda each: each.wall)
        print(best.row(f"profile-cd, best of {RUNS}"))
        print(measure(world, [*plan, "--workers", "1"], cwd=profile).row("profile-cd, one worker"))
        if options.updatecli:
            command = [options.updatecli, "pipeline", "diff", "--disable-udash-report", "--config", ".updatecli"]
            print(measure(world, command, cwd=profile).row("updatecli"))
        said = json.loads(best.output)
    decided = len(said["changes"]) + said["unchanged"] + len(said["kept"])
    print(f"\nDecided: {decided} values, {len(said['failures'])} failures.")
    print(f"Import of what a plan needs: {_imports():.2f} s. Choosing among 10,000 tags: {_choosing()}.")
    _action()
    return 0 if best.wall <= 1.0 and best.requests <= 75 and best.pulls == 0 else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox bench")
    parser.add_argument("--updatecli", metavar="PATH", help="an updatecli to measure in the same world")
    return parser


@contextmanager
def _world(folder: Path) -> Iterator[tuple[World, Path]]:
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
        yield world, profile


def _imports() -> float:
    """Seconds that the imports of a plan take, start of Python aside."""
    code = "import time; a = time.perf_counter(); import profile_cd.commands.terminal; print(time.perf_counter() - a)"
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


def _action() -> None:
    """From the start of the action to "merged and verified", in a world that is 50 ms away."""
    print("\n| the action | requests | requests in a row from plan to verified | start to merged |\n|---|---|---|---|")
    for name, inputs in (
        ("one announced image", {"image": "acme/ledger:v1.5.0", "tag": "latest"}),
        ("a full sweep", {}),
    ):
        with tempfile.TemporaryDirectory() as folder, World.of_example(Path(folder) / "w", latency=LATENCY) as world:
            world.hub.publish("acme/ledger", "v1.5.0")
            runner = Runner(Path(folder) / "r")
            began = time.monotonic()
            with contextlib.redirect_stdout(io.StringIO()):
                result = runner.run(
                    {"review": "none", **inputs},
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
            print(f"| {name} | {len(exchanges)} | {row} | {wall:.2f} s ({result.outputs.get('operation')}) |")


def written(exchanges: list[Exchange]) -> int:
    """Requests from the first write to the verification of the merge."""
    asked = [(each.request.method, each.request.path) for each in exchanges]
    first = next((n for n, (_, path) in enumerate(asked) if path.endswith("/git/trees")), len(asked))
    last = next((n for n, (_, path) in enumerate(asked) if path.endswith("/merge")), len(asked) - 2)
    return last + 2 - first
