"""Workflows of a checkout, run by act, and what came of them: jobs, outputs, summaries, annotations, log."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.engine import IMAGE
from tests.paths import ROOT

ACTION = "infitx-org/profile-cd-action"
NOT_RELEASED = "0" * 40
"""The commit that all examples name until there is a release."""
UNKNOWN = re.compile(r"^ +(deployment: false|queue: max)\n", re.MULTILINE)
"""Keys of 2026 that act's schema refuses. Nothing of a single run depends on them: act knows no environments, and
plays one run at a time. GitHub's schema, which has them, is held against the examples by tests/test_examples.py."""


def playable(workflow: str) -> str:
    """The text of a workflow as act takes it, which is the copied one without two keys."""
    return UNKNOWN.sub("", workflow).replace(", queue: max", "")


def released(folder: Path) -> Path:
    """Our three actions as a release has them: they name an image, where those of `main` name the Dockerfile."""
    for name in ("action.yml", "trigger/action.yml", "trace/action.yml"):
        text, replaced = re.subn(
            r"image: (\.\./)?Dockerfile$", f"image: docker://{IMAGE}", (ROOT / name).read_text(), flags=re.MULTILINE
        )
        assert replaced == 1
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@dataclass(frozen=True, slots=True)
class Job:
    """One job of a run, or one of its matrix, as act reports it; *outputs* are those of its steps."""

    name: str
    result: str
    outputs: dict[str, str]
    summary: str
    annotations: list[tuple[str, str, str]]
    """Level, file and message."""


@dataclass(frozen=True, slots=True)
class Played:
    """A run of a workflow: *code* is act's, *log* everything that a person could read in it, with nothing masked."""

    code: int
    jobs: dict[str, Job]
    log: str


def play(workflow: Path, checkout: Path, event: str, payload: Mapping[str, object], *options: str) -> Played:
    """Run *workflow* in *checkout*, whose remote says which repository it is, for *event*.

    act's own masking is switched off, so that a secret which we print is seen. Its files go below *checkout*'s parent.
    """
    room = checkout.parent
    (room / "event.json").write_text(json.dumps(payload))
    command = [
        *(str(Path(sys.executable).with_name("act")), event, "--workflows", str(workflow)),
        *("--eventpath", str(room / "event.json"), "--local-repository", f"{ACTION}@{NOT_RELEASED}={room / 'action'}"),
        *("--platform", f"ubuntu-latest={IMAGE}", "--rm", "--pull=false", "--no-cache-server"),
        *("--container-daemon-socket", "-", "--json", "--insecure-secrets", *options),
    ]
    home = str(room / "home")
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
    return _played(done.returncode, done.stdout)


def _played(code: int, printed: str) -> Played:
    entries = [_entry(line) for line in printed.splitlines()]
    # The runner takes these lines out of the log: they say what is to be masked from then on.
    shown = [each for each in entries if each.get("command") != "add-mask"]
    names = dict.fromkeys(name for each in entries if (name := _job(each)))
    jobs = {name: _read(name, [each for each in shown if _job(each) == name]) for name in names}
    return Played(code, jobs, "\n".join(json.dumps(each, ensure_ascii=False) for each in shown))


def _entry(line: str) -> dict[str, Any]:
    try:
        return dict(json.loads(line))
    except ValueError:
        return {"msg": line}


def _job(entry: Mapping[str, Any]) -> str:
    """`update`, or for one of a matrix `trigger dev`."""
    project = (entry.get("matrix") or {}).get("project", {}).get("name", "")
    return f"{entry.get('jobID', '')} {project}".strip()


def _read(name: str, entries: list[dict[str, Any]]) -> Job:
    def said(*commands: str) -> list[dict[str, Any]]:
        return [each for each in entries if each.get("command") in commands]

    return Job(
        name=name,
        result=next((each["jobResult"] for each in entries if "jobResult" in each), ""),
        outputs={each["name"]: each["arg"] for each in said("set-output")},
        summary="\n".join(each["content"] for each in said("summary")),
        annotations=[
            (each["command"], each["kvPairs"].get("file", ""), each["arg"])
            for each in said("error", "warning", "notice")
        ],
    )
