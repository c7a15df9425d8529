"""A workflow that uses both actions from a checkout, run by act: action.yml, image and outputs fit together."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT

IMAGE = os.environ.get("PROFILE_CD_IMAGE", "")

pytestmark = pytest.mark.skipif(not IMAGE, reason="PROFILE_CD_IMAGE names no image: `make e2e` builds one")

WORKFLOW = """
on: push
jobs:
  update:
    runs-on: ubuntu-latest
    outputs:
      update: ${{ steps.update.outcome }}
      trigger: ${{ steps.trigger.outcome }}
    steps:
      - id: update
        uses: ./
        continue-on-error: true
        with:
          merge-method: octopus
      - id: trigger
        uses: ./trigger
        continue-on-error: true
        with:
          project: nonsense
          trigger-token: word
  after:
    needs: update
    runs-on: ubuntu-latest
    steps:
      - run: echo "update ended in ${{ needs.update.outputs.update }}, trigger in ${{ needs.update.outputs.trigger }}"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with the workflow and both actions, which name the image that is tested instead of building it."""
    for name in ("action.yml", "trigger/action.yml"):
        text, replaced = re.subn(
            r"image: (\.\./)?Dockerfile$", f"image: docker://{IMAGE}", (ROOT / name).read_text(), flags=re.MULTILINE
        )
        assert replaced == 1
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "ci.yml").write_text(WORKFLOW)
    identity = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.invalid"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], [*identity, "commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


def act(checkout: Path) -> str:
    command = [
        *(str(Path(sys.executable).with_name("act")), "push", "--workflows", "ci.yml"),
        *("--platform", f"ubuntu-latest={IMAGE}", "--pull=false", "--bind", "--no-cache-server"),
        *("--container-daemon-socket", "-", "--secret", "GITHUB_TOKEN=ghs_of_the_job"),
        *("--env", "GITHUB_REPOSITORY=org/profile", "--env", "GITHUB_API_URL=http://127.0.0.1:1"),
    ]
    home = str(checkout / ".home")
    done = subprocess.run(
        command,
        cwd=checkout,
        env={**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_both_actions_run_from_a_workflow_and_their_refusals_reach_the_next_job(checkout: Path) -> None:
    log = act(checkout)

    assert "update ended in failure, trigger in failure" in log
    assert "Traceback" not in log
    assert re.search(r"merge-method.*octopus", log)
    assert "ghs_of_the_job" not in log
