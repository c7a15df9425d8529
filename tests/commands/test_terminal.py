"""plan, apply and validate as a person runs them: real processes in a world on loopback."""

import json
import os
import subprocess
import sys

import pytest

from tests.paths import ROOT
from tests.terminal import files, run, start


def test_plan_prints_one_documented_object_and_nothing_else_and_writes_nothing(world, profile):
    before = files(profile)

    said = json.loads(run(world, profile, "plan", "--json").output)

    assert said["schema"] == 1
    by_key = {change["key"]: change for change in said["changes"]}
    assert by_key["$.ledger.image.tag"]["new"] == "v1.4.10"
    assert by_key["$.image"]["new"] == "ghcr.io/acme/onboard:v1.10.0"
    assert by_key["$.image"]["version"] == "v1.10.0"
    assert by_key["$.ledger.image.tag"]["source"] == "dockerimage:acme/ledger"
    assert {change["lane"] for change in said["changes"]} == {"merge"}
    assert files(profile) == before


def test_plan_in_a_pipe_shows_the_changes_by_file_a_diff_and_one_line_that_sums_up(world, profile):
    done = run(world, profile, "plan")

    lines = done.output.splitlines()
    file = lines.index("platform-values-override.yaml")
    assert lines.index("      $.ledger.image.tag") > file
    assert any(line.split() == ["ledger", "v1.4.2", "→", "v1.4.10"] for line in lines[file:])
    assert max(len(line) for line in lines[file : file + 20]) <= 80
    assert "-    tag: v1.4.2  # keeps its books" in done.output
    assert "+    tag: v1.4.10  # keeps its books" in done.output
    assert ", 0 failed, " in done.output.splitlines()[-1]
    assert "\x1b[" not in done.output
    assert done.code == 0


def test_plan_looks_only_at_the_manifests_that_are_named(world, profile):
    said = json.loads(run(world, profile, "plan", "ledger", "--json").output)

    assert {change["manifest"] for change in said["changes"]} == {"ledger"}
    assert run(world, profile, "plan", "ledgre").code == 2


def test_apply_changes_the_planned_bytes_and_says_what_existing_workflows_grep_for(world, profile):
    before = files(profile)

    done = run(world, profile, "apply")

    after = files(profile)
    expected = before["onboard.yaml"].replace(b":v1.1.0", b":v1.10.0")
    assert after["onboard.yaml"] == expected
    line = 'key "$.ledger.image.tag" updated from "v1.4.2" to "v1.4.10", in file "platform-values-override.yaml"'
    assert line in done.output.splitlines()
    assert set(after) == set(before)
    assert run(world, profile, "apply").output.splitlines()[-1].startswith("0 changes")


def test_a_sweep_is_never_counted_as_a_pull(world, profile):
    before = world.pulls
    for manifest in (profile / ".updatecli").glob("*.yaml"):
        manifest.write_text(
            manifest.read_text("utf-8").replace("      architectures:\n        - linux/amd64\n", ""), "utf-8"
        )

    run(world, profile, "plan")

    assert world.pulls == before


def test_one_bad_manifest_is_named_at_its_line_and_the_others_go_on(world, profile):
    bad = profile / ".updatecli" / "ledger.yaml"
    bad.write_text(bad.read_text("utf-8").replace("pattern: ^1.4.0", "pattern: ^1.4.0("), "utf-8")

    done = run(world, profile, "plan", "--json")

    said = json.loads(done.output)
    (failure,) = said["failures"]
    assert (failure["manifest"], failure["line"]) == ("ledger", 9)
    assert len(said["changes"]) > 3
    assert done.code == 1


def test_validate_asks_nobody_and_tells_file_line_and_message(world, profile):
    bad = profile / ".updatecli" / "ledger.yaml"
    bad.write_text(bad.read_text("utf-8").replace("kind: dockerimage", "kind: dockerimmage"), "utf-8")

    done = run(world, profile, "validate")

    assert done.requests == 0
    assert done.output.startswith(".updatecli/ledger.yaml:4: ")
    assert done.code == 1


def test_validate_looks_only_at_the_files_that_are_named_and_says_it_in_json(world, profile):
    for name in ("ledger", "quoting"):
        bad = profile / ".updatecli" / f"{name}.yaml"
        bad.write_text(bad.read_text("utf-8").replace("kind: dockerimage", "kind: dockerimmage"), "utf-8")

    said = json.loads(run(world, profile, "validate", "--json", "./.updatecli/ledger.yaml").output)

    assert [failure["path"] for failure in said["failures"]] == [".updatecli/ledger.yaml"]
    assert run(world, profile, "validate", f"{profile}/.updatecli/portal.yaml").code == 0, "as editors name it"
    assert run(world, profile, "validate", ".updatecli/ledgre.yaml").code == 2
    assert run(world, profile, "validate", "platform-values-override.yaml").code == 2


def test_validate_of_sound_manifests_is_green_without_any_variable(profile):
    code, output = start(profile, "validate")

    assert code == 0, output


def test_validate_names_keys_and_files_that_are_not_there(world, profile):
    key, file = profile / ".updatecli" / "ledger.yaml", profile / ".updatecli" / "onboard.yaml"
    key.write_text(key.read_text("utf-8").replace("$.ledger.image.tag", "$.ledger.image.tagg"), "utf-8")
    file.write_text(file.read_text("utf-8").replace("file: onboard.yaml", "file: on-board.yaml"), "utf-8")

    done = run(world, profile, "validate")

    said = done.output.splitlines()
    assert done.code == 1
    assert done.requests == 0
    assert any(line.startswith(".updatecli/ledger.yaml:") and "Did you mean" in line for line in said)
    assert any(line.startswith(".updatecli/onboard.yaml:") and "does not exist" in line for line in said)
    assert said[-1].endswith("2 problems.")


def test_validate_does_not_blame_a_manifest_for_variables_that_only_the_workflow_has(profile):
    manifest = profile / ".updatecli" / "ledger.yaml"
    text = manifest.read_text("utf-8").replace("image: acme/", 'image: {{ requiredEnv "REGISTRY" }}/acme/')
    manifest.write_text(text, "utf-8")

    code, output = start(profile, "validate", REGISTRY="not shown")

    assert code == 0, output
    assert b": warning: This cannot be checked without the variables" in output
    assert b"not shown" not in output


def test_two_manifests_that_reach_one_value_change_nothing(world, profile):
    twin = (profile / ".updatecli" / "ledger.yaml").read_text("utf-8").replace("$.ledger.image.tag", "$.ledger..tag")
    (profile / ".updatecli" / "twin.yaml").write_text(twin, "utf-8")

    said = json.loads(run(world, profile, "plan", "--json").output)

    assert {failure["manifest"] for failure in said["failures"]} == {"ledger", "twin"}
    assert not [change for change in said["changes"] if change["key"].startswith("$.ledger")]
    assert said["changes"]


def test_a_directory_that_is_not_there_cannot_start(world, profile):
    done = run(world, profile, "plan", "--manifest-dir", "nowhere")

    assert done.code == 2


def test_no_secret_of_the_environment_is_printed(world, profile):
    done = run(world, profile, "plan", GITHUB_TOKEN="ghp_hidden")

    assert "ghp_hidden" not in done.output


def test_entrypoint_is_the_same_command(profile):
    entry = ROOT / "entrypoint.py"
    done = subprocess.run(
        [sys.executable, str(entry), "validate", "--directory", str(profile)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("number", ["0", "-1", "many", "²", "99999"])
def test_a_number_of_workers_that_is_none_cannot_start(world, profile, number):
    done = run(world, profile, "plan", "--workers", number)

    assert (done.code, done.requests) == (2, 0)
    assert "is no number of questions: write one from 1 to 999" in done.output


def test_a_pipe_or_a_link_among_the_manifests_fails_by_itself_and_nobody_waits_for_it(world, profile):
    folder = profile / ".updatecli"
    os.mkfifo(folder / "pipe.yaml")
    (folder / "link.yaml").symlink_to("ledger.yaml")
    (profile / "onboard.yaml").unlink()
    os.mkfifo(profile / "onboard.yaml")

    said = json.loads(run(world, profile, "plan", "--json").output)

    reasons = {each["manifest"]: each["reason"] for each in said["failures"]}
    assert set(reasons) == {"pipe", "link", "onboard"}
    assert "no regular file: links and pipes are not read" in reasons["pipe"]
    assert "`onboard.yaml` is no regular file" in reasons["onboard"]
    assert {change["manifest"] for change in said["changes"]} >= {"ledger", "quoting"}
