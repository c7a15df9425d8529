"""What holds the build together: locks, image, workflows and commands say the same, and are pinned."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.paths import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PIN = re.compile(r"^([a-z0-9-]+)==([\w.]+)(?: ; [^\\]+)? \\$", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall(read(name)))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_no_place_of_its_own(lock: str) -> None:
    text = read(lock)
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    without = [entry.splitlines()[0] for entry in entries if entry[:1].isalnum() and "--hash=sha256:" not in entry]

    assert pins(lock)
    assert without == []
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=)", text, re.MULTILINE)


def test_runtime_lock_holds_every_dependency_of_the_package() -> None:
    asked = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]

    assert {normal(re.split(r"[ <>=!~\[;]", name)[0]) for name in asked} <= set(pins("requirements.txt"))


def test_tests_run_against_the_very_versions_that_the_image_holds() -> None:
    dev = pins("requirements-dev.txt")

    assert {name: dev.get(name) for name in pins("requirements.txt")} == pins("requirements.txt")


def test_development_lock_holds_every_tool_that_is_asked_for() -> None:
    asked = [re.split("[#;]", line)[0].strip() for line in read("requirements-dev.in").splitlines()]

    assert {normal(name) for name in asked if name} <= set(pins("requirements-dev.txt"))


def test_base_image_is_pinned_by_version_and_digest() -> None:
    assert re.search(r"^ARG BASE=python:3\.\d+\.\d+-slim-\w+@sha256:[0-9a-f]{64}$", read("Dockerfile"), re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", read("Dockerfile"), re.MULTILINE)) == {"${BASE}"}


def test_image_leaves_user_and_folder_to_the_runner_and_needs_no_shell() -> None:
    dockerfile = read("Dockerfile")

    assert not re.search(r"^(USER|WORKDIR|CMD)\b", dockerfile, re.MULTILINE)
    assert re.search(r'^ENTRYPOINT \["/opt/venv/bin/python", .*"/app/entrypoint\.py"\]$', dockerfile, re.MULTILINE)


def test_image_is_made_of_what_it_needs_and_nothing_else() -> None:
    rules = [line for line in read(".dockerignore").splitlines() if line and not line.startswith("#")]

    assert rules == ["*", "!requirements.txt", "!entrypoint.py", "!src/profile_cd", "**/__pycache__"]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_use_only_pinned_actions_and_begin_without_permissions(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)(.*)$", text, re.MULTILINE)

    assert yaml.safe_load(text)["permissions"] == {}
    assert [name for name, _ in used if not re.search(r"(^\./|@[0-9a-f]{40}$)", name)] == []
    assert [name for name, rest in used if "@" in name and not re.fullmatch(r" # v[\d.]+", rest)] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_no_text_from_outside_becomes_part_of_a_script(workflow: Path) -> None:
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"].values()
    scripts = [step["run"] for job in jobs for step in job["steps"] if "run" in step]

    assert scripts
    assert [script for script in scripts if "${{" in script] == []
    for script in scripts:
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_what_builds_a_release_and_lists_its_contents_is_pinned_by_digest() -> None:
    text = read(".github/workflows/release.yml")
    images = re.findall(r"docker\.io/\S+", text)

    assert len(images) == 2
    assert [image for image in images if not re.search(r":v?\d[\d.]+@sha256:[0-9a-f]{64}$", image)] == []
    assert "--sbom true" not in text


def test_a_release_proves_its_image_before_it_tags_and_moves_v1_last() -> None:
    jobs = yaml.safe_load(read(".github/workflows/release.yml"))["jobs"]
    scripts = [step.get("run", "") for step in jobs["release"]["steps"]]
    order = [
        "docker pull",
        "attestation verify",
        "release.py tag",
        "gh release create",
        "release.py name",
        "release.py move",
    ]
    whole = "".join(scripts)

    assert [whole.index(part) for part in order] == sorted(whole.index(part) for part in order)
    assert "release.py move" in scripts[-1]
    assert [name for name, job in jobs.items() if job["permissions"].get("contents") == "write"] == ["release"]
    assert [name for name, job in jobs.items() if "id-token" in job["permissions"]] == ["publish"]


def test_help_names_only_commands_that_exist() -> None:
    said = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    phony = re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)
    named = set(re.findall(r"(?:make |\| )([\w-]+)", said))

    assert phony
    assert {"demo", "test", "slow-test", "lint", "e2e", "bench", "replay", "faults", "schema", "lock"} <= named
    assert named <= set(phony[1].split())


@pytest.mark.parametrize("script", [".ci/run", ".ci/engine"])
def test_scripts_stop_at_the_first_failure_and_name_no_host(script: str) -> None:
    text = read(script)

    assert text.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in text
    assert not re.search(r"https?://", text)
