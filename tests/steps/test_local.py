"""At a terminal everything is judged as in the action, by the clone's own history."""

import json
import shutil
import subprocess

import pytest

from tests.terminal import run

LEDGER = "platform-values-override.yaml"
ROBOT, ADA = "github-actions[bot]", "Ada"


@pytest.fixture
def profile(profile):
    """A clone in which a robot has set everything up."""
    git(profile, "init", "-q", "-b", "main")
    commit(profile, "set up", ROBOT)
    return profile


def git(profile, *words):
    subprocess.run(["git", "-C", str(profile), *words], check=True, capture_output=True)


def commit(profile, message, author):
    git(profile, "add", "-A")
    identity = ("-c", f"user.name={author}", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    git(profile, *identity, "commit", "-qm", message)


def write(profile, path, old, new):
    text = (profile / path).read_text("utf-8")
    assert old in text
    (profile / path).write_text(text.replace(old, new, 1), "utf-8")


def planned(world, profile):
    said = json.loads(run(world, profile, "plan", "--json").output)
    kept = {each["key"]: each for each in said["kept"]}
    return {each["key"]: each for each in said["changes"]}, kept.get("$.ledger.image.tag"), said["notes"]


def test_a_person_s_rollback_is_kept_and_says_who_and_until_when(world, profile):
    write(profile, LEDGER, "v1.4.2", "v1.4.10")
    commit(profile, "ledger v1.4.10", ROBOT)
    write(profile, LEDGER, "v1.4.10", "v1.4.9")
    commit(profile, "Roll ledger back: it crashes", ADA)

    changes, kept, notes = planned(world, profile)

    assert "$.ledger.image.tag" not in changes
    assert (kept["by"], kept["old"], kept["new"]) == ("Ada", "v1.4.9", "v1.4.10")
    assert "newer than `v1.4.10`" in kept["release"]
    assert notes == []
    assert {each["lane"] for each in changes.values()} == {"merge"}


def test_what_is_not_committed_yet_is_a_person_s_wish(world, profile):
    write(profile, LEDGER, "v1.4.2", "my-fix")

    _, kept, _ = planned(world, profile)

    assert kept["by"] == "you"
    assert kept["release"] == "the manifest changes"


def test_a_changed_manifest_shows_the_review_lane_and_apply_writes_it(world, profile):
    write(profile, ".updatecli/ledger.yaml", "^1.4.0", "^1.4.1")

    changes, _, _ = planned(world, profile)
    run(world, profile, "apply")

    assert changes["$.ledger.image.tag"]["lane"] == "review"
    assert "`semver ^1.4.1`" in changes["$.ledger.image.tag"]["why"]
    assert "tag: v1.4.10" in (profile / LEDGER).read_text("utf-8")


def test_without_history_it_is_said_once_and_nothing_goes_down(world, profile):
    shutil.rmtree(profile / ".git")
    write(profile, LEDGER, "v1.4.2", "v1.9.0")

    done = run(world, profile, "plan")
    _, kept, notes = planned(world, profile)

    assert kept["old"] == "v1.9.0"
    assert len(notes) == 1
    assert "is not known here" in notes[0]
    assert done.code == 0
