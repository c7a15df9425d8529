"""What only looks changes nothing, in the container either: no object at GitHub, no byte in a checkout."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.world import Scene
from tests.e2e.engine import IMAGE, needs_image
from tests.e2e.mounted import MOUNT, SOMEBODY, command, mounted
from tests.paths import ROOT

pytestmark = needs_image

NEVER = ("-v", "{here}:/profile:ro", "-w", "/profile", "--read-only", "--cap-drop", "ALL")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """A dry run would change one value, and two projects would lag behind."""
    with Scene(tmp_path, image=IMAGE) as scene:
        scene.world.hub.publish("acme/ledger", "v1.5.0")
        yield scene


def at_github(scene: Scene) -> dict[str, object]:
    """Everything that the sandbox's GitHub and GitLab hold and a person could find."""
    git = scene.repository.git
    return {
        "references": git("for-each-ref"),
        "objects": sorted(git("cat-file", "--batch-check", "--batch-all-objects").splitlines()),
        "pull requests": list(scene.repository.pulls),
        "deployments": [(each.id, len(each.statuses)) for each in scene.repository.deployments],
        "writes": list(scene.world.github.writes),
        "dispatches": list(scene.world.github.dispatches),
        "pipelines": list(scene.world.gitlab.pipelines),
        "counted pulls": scene.world.pulls,
    }


def on_disk(folder: Path) -> dict[str, tuple[object, ...]]:
    """Every file below *folder* with its content, owner, mode and times."""
    found: dict[str, tuple[object, ...]] = {}
    for path in sorted((folder, *folder.rglob("*"))):
        state = path.lstat()
        content = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (content, state.st_uid, state.st_mode, state.st_mtime_ns, state.st_ino)
    return found


@pytest.mark.parametrize(("asked", "operation"), [("dry_run", "planned"), ("check", "")])
def test_a_run_that_only_looks_leaves_no_trace(scene: Scene, asked: str, operation: str) -> None:
    workspace = mounted(scene, scene.root / "update" / "workspace")
    github, files = at_github(scene), on_disk(workspace)

    done = scene.update(image="acme/ledger:v1.5.0", tag="latest", **{asked: "true"})

    # `check` is red: the sandbox's repository has no secrets.
    assert (done.code, done.outputs.get("operation", "")) == (1 if asked == "check" else 0, operation), done.log
    assert at_github(scene) == github
    assert on_disk(workspace) == files
    assert not any((scene.root / "update" / "home").iterdir())


def test_the_readme_s_command_plans_somebody_else_s_checkout_and_writes_nothing(scene: Scene, tmp_path: Path) -> None:
    (shown,) = re.findall(r"`docker run --rm (.+) profile-cd plan`", (ROOT / "README.md").read_text())
    checkout = mounted(scene, tmp_path / "profile")
    before = on_disk(checkout)

    options = shlex.split(shown.replace("$PWD", "{here}"))
    code, said = command(scene, checkout, options, "plan")

    assert tuple(options) == MOUNT
    assert code == 0, said
    assert "v1.4.2" in said
    assert "v1.5.0" in said
    assert "1 change, 10 up to date, 0 failed" in said
    assert on_disk(checkout) == before


@pytest.mark.parametrize("options", [NEVER, (*MOUNT, "--user", f"{SOMEBODY}:{SOMEBODY}")], ids=["sealed", "as owner"])
def test_a_plan_needs_no_right_to_write_and_no_root(scene: Scene, tmp_path: Path, options: tuple[str, ...]) -> None:
    checkout = mounted(scene, tmp_path / "profile")

    code, said = command(scene, checkout, options, "plan")

    assert code == 0, said
    assert "1 change, 10 up to date, 0 failed" in said
    assert checkout.stat().st_uid == SOMEBODY
