"""What dispatches mean: every shape that real callers sent, and made-up ones."""

import json

import pytest

from profile_cd.judgement import Announcement, announcement
from profile_cd.model import Change, Loaded, Plan
from tests.paths import DATA

VECTORS = DATA / "dispatches.json"


@pytest.mark.parametrize(
    ("label", "inputs", "expected"),
    [
        ("nothing", ("", "", ""), Announcement("everything")),
        ("a release", ("acme/ledger:v1.2.3", "", "latest"), Announcement("image", "acme/ledger", "v1.2.3", "latest")),
        ("version as tag", ("ghcr.io/acme/x", "", "v1.2.0"), Announcement("image", "ghcr.io/acme/x", "v1.2.0")),
        ("a git ref as tag", ("ghcr.io/acme/x", "", "refs/tags/v2"), Announcement("image", "ghcr.io/acme/x", "v2")),
        ("a port is no version", ("reg:5000/x", "", "latest"), Announcement("image", "reg:5000/x", None, "latest")),
        ("a chart", ("", "ledger", "main@82aa861"), Announcement("chart", "ledger", None, "main", "-82aa861")),
        ("shell", ("${ORG:-acme}/$NAME:v${V}", "", "$TAG"), Announcement("unreadable")),
        ("a command", ("acme/x;rm -rf /", "", ""), Announcement("unreadable")),
    ],
)
def test_what_the_inputs_mean(label, inputs, expected):
    assert announcement.read(*inputs) == expected, label


def real_dispatches():
    if not VECTORS.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"{VECTORS.name} is not beside this checkout"))]
    entries = json.loads(VECTORS.read_text("utf-8"))
    return [pytest.param(entry, id=str(number)) for number, entry in enumerate(entries)]


@pytest.mark.parametrize("entry", real_dispatches())
def test_every_real_dispatch_is_read_as_it_was_meant(entry):
    inputs = entry["inputs"]
    read = announcement.read(inputs["image"], inputs["chart"], inputs["tag"])
    found = {"kind": read.kind, "name": read.name, "version": read.version, "channel": read.channel}

    accepted = [entry["means"], *entry.get("also_fine", [])]
    assert entry.get("version_ends_with") in {None, read.version_ends_with}

    assert any({key: meant.get(key) for key in found} == found for meant in accepted), (found, accepted)


def change(source="dockerimage:acme/ledger", version="v1.2.3"):
    return Change(
        "ledger", "Ledger", ".updatecli/ledger.yaml", 9, source, "ledger", "a.yaml", "$.a", "v1", "v2", version
    )


@pytest.mark.parametrize(
    ("label", "announced", "plan", "words"),
    [
        ("taken", ("acme/ledger:v1.2.3", "", "latest"), Plan((change(),)), "Taken: `v1.2.3`"),
        ("another version", ("acme/ledger:v1.2.2", "", ""), Plan((change(),)), "Taken instead: `v1.2.3`"),
        ("a registry spelled out", ("docker.io/acme/ledger:v1.2.3", "", ""), Plan((change(),)), "Taken: `v1.2.3`"),
        ("nobody tracks it", ("acme/other:v1.0.0", "", ""), Plan(), "no manifest tracks"),
        ("unreadable", ("$X", "", ""), Plan(), "cannot be read"),
    ],
)
def test_what_became_of_it_is_told(label, announced, plan, words):
    assert words in announcement.outcome(announcement.read(*announced), Loaded(()), plan), label


def test_nothing_is_told_where_nothing_was_announced():
    assert announcement.outcome(Announcement("everything"), Loaded(()), Plan((change(),))) == ""


def test_the_announced_change_is_told_first():
    other = change("dockerimage:acme/other")
    announced = announcement.read("acme/ledger:v1.2.3", "", "")

    assert announcement.first(announced, [other, change()]) == [change(), other]
