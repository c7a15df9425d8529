"""The scripts of the release workflow, run as they stand, with stand-ins for `gh` and `docker`."""

import os
import subprocess

import pytest
import yaml

from tests.paths import ROOT
from tests.tools.test_release import IMAGE, QUIET, images, origin, server

__all__ = ["origin", "server"]

GH = """#!/usr/bin/env bash
echo "gh $*" >> "$STATE/asked"
case "$1 $2" in
  "run list") echo "${CI_RUNS:-1}" ;;
  "release view") [ -f "$STATE/released" ] ;;
  "release create") touch "$STATE/released" ;;
  "pr list") if [ -f "$STATE/proposed" ]; then echo 1; else echo 0; fi ;;
  "pr create") touch "$STATE/proposed"; exit "${PR_FAILS:-0}" ;;
esac
"""
DOCKER = """#!/usr/bin/env bash
echo "docker $*" >> "$STATE/asked"
[ "$1" != pull ] || exit "${PULL_FAILS:-0}"
"""
NAME, _, DIGEST = IMAGE.partition("@")
VALUES = {
    "${{ github.token }}": "ghs_1",
    "${{ inputs.version }}": "1.0.0",
    "${{ needs.begin.outputs.image }}": NAME,
    "${{ needs.publish.outputs.digest || needs.begin.outputs.digest }}": DIGEST,
}


@pytest.fixture
def run(origin, tmp_path):
    """Runs the scripts of a job in a fresh checkout; whether they went well, and what they wrote as outputs."""
    state, programs = tmp_path / "state", tmp_path / "programs"
    state.mkdir()
    programs.mkdir()
    for name, text in (("gh", GH), ("docker", DOCKER)):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))["jobs"]

    def script(place, step, **changed):
        given = {name: filled(text) for name, text in step.get("env", {}).items()}
        environment = {
            **os.environ, **QUIET, **given, "PATH": f"{programs}:{os.environ['PATH']}", "STATE": str(state),
            "GITHUB_OUTPUT": str(state / "output"), "GITHUB_REF": "refs/heads/main", "GITHUB_SHA": "c" * 40,
            "GITHUB_REPOSITORY": "Infitx-org/Profile-CD-action", **changed,
        }  # fmt: skip
        return subprocess.run(["bash", "-c", step["run"]], cwd=place, env=environment, capture_output=True, check=False)

    def job(name, **changed):
        place = origin.checkout()
        (state / "output").write_text("")
        steps = [step for step in jobs[name]["steps"] if "run" in step]
        well = all(script(place, step, **changed).returncode == 0 for step in steps)
        return well, dict(line.split("=", 1) for line in (state / "output").read_text().splitlines())

    job.asked = (state / "asked").read_text
    return job


def filled(text):
    for expression, value in VALUES.items():
        text = text.replace(expression, value)
    assert "${{" not in text
    return text


@pytest.mark.slow
def test_the_scripts_release_and_a_second_run_of_all_changes_nothing(origin, run):
    assert run("begin") == (True, {"digest": "", "image": NAME.lower()})
    assert run("release")[0]
    after = origin.refs()

    assert run("begin") == (True, {"digest": DIGEST, "image": NAME.lower()})
    assert run("release")[0]
    assert images(origin, "v1") == [f"docker://{IMAGE}"] * 3
    assert {name: commit for name, commit in origin.refs().items() if "release/" not in name} == {
        name: commit for name, commit in after.items() if "release/" not in name
    }
    assert [run.asked().count(each) for each in ("release create", "pr create")] == [1, 1]


@pytest.mark.slow
def test_an_image_that_not_everyone_can_pull_is_not_tagged(origin, run):
    before = origin.refs()

    assert not run("release", PULL_FAILS="1")[0]
    assert origin.refs() == before
    assert "attestation verify" not in run.asked()


@pytest.mark.slow
def test_a_pull_request_that_may_not_be_made_leaves_v1_where_it_was(origin, run):
    assert not run("release", PR_FAILS="1")[0]
    assert "refs/tags/v1" not in origin.refs()

    assert run("release")[0]
    assert origin.git("rev-parse", "v1") == origin.git("rev-parse", "v1.0.0")


@pytest.mark.parametrize("changed", [{"CI_RUNS": "0"}, {"GITHUB_REF": "refs/heads/next"}, {"VERSION": "1.0.0\nx=y"}])
def test_nothing_begins_off_main_without_ci_or_with_what_is_no_version(run, changed):
    well, outputs = run("begin", **changed)

    assert (well, outputs) == (False, {})
