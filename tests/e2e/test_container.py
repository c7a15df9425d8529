"""The image, started exactly as the GitHub runner starts a container action."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sandbox.runner import Runner, StepResult
from tests.e2e.engine import IMAGE, needs_image
from tests.paths import ROOT

pytestmark = needs_image


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
