"""The image, started exactly as the GitHub runner starts a container action."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from sandbox.runner import Runner, StepResult
from tests.paths import ROOT

IMAGE = os.environ.get("PROFILE_CD_IMAGE", "")
MANIFEST = """
name: a
sources: {{a: {{kind: dockerimage, spec: {{image: "127.0.0.1:{port}/a/b"}}}}}}
targets: {{a: {{kind: yaml, spec: {{file: values.yaml, key: $.tag}}}}}}
"""

pytestmark = pytest.mark.skipif(not IMAGE, reason="PROFILE_CD_IMAGE names no image: `make e2e` builds one")


def python(code: str) -> str:
    command = ["docker", "run", "--rm", "--entrypoint", "/opt/venv/bin/python", IMAGE, "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def command_line(runner: Runner, *args: str, env: dict[str, str] | None = None) -> StepResult:
    return runner.run(
        {},
        event_name="workflow_dispatch",
        event={},
        repository="org/profile",
        api_url="http://127.0.0.1:1",
        args=args,
        env=env,
    )


def test_image_holds_the_package_and_nothing_of_its_workshop() -> None:
    found = python("import os; print(*sorted(os.listdir('/app') + os.listdir('/app/src')))")

    assert found.split() == ["entrypoint.py", "profile_cd", "src"]


def test_image_has_no_pip_of_its_own() -> None:
    assert python("import importlib.util as u; print(u.find_spec('pip'))").strip() == "None"


def test_no_dependency_brings_its_tests() -> None:
    assert python("import importlib.util as u; print(u.find_spec('tests'))").strip() == "None"


def test_a_stopped_container_ends_within_two_seconds_also_as_process_1() -> None:
    # A plan that waits: the port is open and says nothing.
    with socket.create_server(("127.0.0.1", 0)) as silent, tempfile.TemporaryDirectory() as profile:
        port = silent.getsockname()[1]
        (Path(profile) / ".updatecli").mkdir()
        (Path(profile) / "values.yaml").write_text("tag: v1.0.0\n")
        (Path(profile) / ".updatecli/a.yaml").write_text(MANIFEST.format(port=port))
        command = ["docker", "run", "--rm", "--name", f"pcd-{port}", "--network", "host"]
        running = subprocess.Popen([*command, "-v", f"{profile}:/p", "-w", "/p", IMAGE, "plan"])
        silent.settimeout(30)
        asked, _ = silent.accept()
        began = time.monotonic()
        subprocess.run(["docker", "kill", "--signal", "TERM", f"pcd-{port}"], check=True, capture_output=True)
        code = running.wait(20)
        asked.close()

    assert time.monotonic() - began < 2 + 1  # the engine takes its part
    assert code == 143


def test_a_mounted_checkout_is_planned() -> None:
    with tempfile.TemporaryDirectory() as profile:
        (Path(profile) / ".updatecli").mkdir()
        command = ["docker", "run", "--rm", "-v", f"{profile}:/p", "-w", "/p", IMAGE, "validate"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert "There is no manifest in" in done.stdout + done.stderr


def test_every_module_is_there_as_bytecode() -> None:
    stale = python(
        "from pathlib import Path; "
        "print([str(p) for p in Path('/app/src').rglob('*.py') "
        "if not list((p.parent / '__pycache__').glob(p.stem + '.*.pyc'))])"
    )

    assert stale.strip() == "[]"


def test_command_line_answers_in_the_container(tmp_path: Path) -> None:
    result = command_line(Runner(tmp_path, image=IMAGE), "--help")

    assert result.code == 0, result.log
    assert "usage" in result.log.lower()


def test_inputs_with_hyphens_reach_the_action_and_its_refusal_reaches_the_workflow(tmp_path: Path) -> None:
    runner = Runner(tmp_path, image=IMAGE)
    os.chown(runner.workspace, 1001, 1001)

    result = runner.run(
        {"merge-method": "octopus"},
        event_name="workflow_dispatch",
        event={},
        repository="org/profile",
        api_url="http://127.0.0.1:1",
        token="ghs_of_the_job",
    )

    assert result.code == 2, result.log
    assert ["merge-method" in annotation.message for annotation in result.annotations] == [True]
    assert "ghs_of_the_job" not in result.log


def test_neither_files_nor_variables_of_the_job_change_which_code_runs(tmp_path: Path) -> None:
    runner = Runner(tmp_path, image=IMAGE)
    for name in ("yaml", "argparse", "profile_cd", "sitecustomize"):
        (runner.workspace / f"{name}.py").write_text("raise SystemExit('taken over')\n")

    result = command_line(runner, "--help", env={"PYTHONPATH": "/github/workspace"})

    assert result.code == 0, result.log
    assert "taken over" not in result.log


def test_whole_chain_of_the_demo_plays_in_the_container() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sandbox", "demo", IMAGE], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
