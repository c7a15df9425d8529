"""Every real value on which a person and a robot disagreed: what a person wrote is kept, what one wanted is written."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from profile_cd import manifest as manifests
from profile_cd.judgement import Facts, Fail, Keep, Search, evidence, verdict
from profile_cd.model import Change
from profile_cd.steps.judge import answered
from sandbox.acts import replay
from sandbox.history import of_folder
from tests.judgement.histories import PERSON, ROBOT, Made
from tests.paths import DATA

CASES = DATA / "people-and-robot.json"


def real_cases():
    if not CASES.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"{CASES.name} is not beside this checkout"))]
    entries = json.loads(CASES.read_text("utf-8"))
    return [pytest.param(entry, id=f"{entry['robot_commit'][:7]}-{entry['manifest']}") for entry in entries]


@pytest.mark.skipif(not CASES.exists(), reason=f"{CASES.name} is not beside this checkout")
def test_no_other_real_update_is_lost_by_it():
    disagreed, updated = replay.judged(of_folder(DATA))

    assert [each for each in (*disagreed, *updated) if not each.agrees] == []
    assert len(updated) > 600


def nested(key, value):
    """A YAML file with *value* at *key*; without the key where there is none."""
    names = key.removeprefix("$.").split(".")
    lines = [f"{'  ' * depth}{name}:" for depth, name in enumerate(names)]
    return "other: 1\n" if value is None else "\n".join(lines) + f" {value}\n"


def history_of(entry):
    history, path = Made(), f"updatecli.d/{entry['manifest']}"
    writers = list(reversed(entry["last_writers"]))
    then = {path: entry["manifest_when_written"]}
    history.commit({entry["file"]: nested(entry["key"], writers[0]["from"]), **then}, by=ROBOT)
    for each in writers:
        by = PERSON if each["by"] == "person" else ROBOT
        history.commit({entry["file"]: nested(entry["key"], each["to"])}, by=by, message=each["title"])
    history.commit({path: entry["manifest_now"]}, message="the manifest as it is now")
    return history


@pytest.mark.parametrize("entry", real_cases())
def test_what_a_person_wrote_is_kept_and_what_one_wanted_is_written(entry):
    history = history_of(entry)
    change = Change(
        entry["manifest"].removesuffix(".yaml"), "", f"updatecli.d/{entry['manifest']}", 1, "dockerimage:acme/y", "y",
        entry["file"], entry["key"], entry["value"], entry["robot_wrote"], entry["robot_wrote"],
    )  # fmt: skip
    search = Search(history.snapshot(), directories=("updatecli.d",), machines=(ROBOT,))

    (owner,), _ = manifests.read(entry["manifest_now"], change.path, {"GITHUB_TOKEN": "-", "GITHUB_ACTOR": "-"})
    known = answered(evidence.collect([change], search), history)[change]
    known = replace(known, facts=Facts(owner.sources[0]))
    found = verdict(change, known, datetime(2025, 6, 30, tzinfo=UTC))

    assert (known.turn is not None) == entry["manifest_meaning_changed"]
    assert ("keep" if isinstance(found, Keep | Fail) else "write") == entry["expected"], found
    if isinstance(found, Keep):
        assert found.release
