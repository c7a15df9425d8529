"""What dispatches mean: every shape that real callers sent, and made-up ones."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from profile_cd.errors import SourceFailed
from profile_cd.judgement import Announcement, announcement
from profile_cd.model import Change, Condition, Hold, Loaded, Manifest, Policy, SourceUse
from profile_cd.sources import DockerImage, GitHubRelease, HelmChart
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


def tracked(*sources, pattern="^1.0.0"):
    uses = [SourceUse(f"s{n}", 4, each, Condition("semver", pattern)) for n, each in enumerate(sources)]
    return Loaded((Manifest("ledger", ".updatecli/ledger.yaml", "Ledger", 1, tuple(uses), ()),))


LEDGER = DockerImage("acme/ledger")


@pytest.mark.parametrize(
    ("label", "inputs", "source", "listed", "waits"),
    [
        ("a version that is missing", ("acme/ledger:v1.3.0", "", ""), LEDGER, ("v1.2.0",), True),
        ("one that is listed", ("acme/ledger:v1.2.0", "", ""), LEDGER, ("v1.2.0",), False),
        ("one that is spelled otherwise", ("acme/ledger:1.2.0", "", ""), LEDGER, ("v1.2.0",), False),
        ("one that no condition takes", ("acme/ledger:v2.0.0", "", ""), LEDGER, ("v1.2.0",), False),
        ("one below a newer one", ("acme/ledger:v1.1.0", "", ""), LEDGER, ("v1.2.0",), False),
        ("one that the tagfilter leaves out", ("acme/ledger:v1.3.0", "", ""),
         DockerImage("acme/ledger", tagfilter="^x"), ("v1.2.0",), False),
        ("no version at all", ("acme/ledger", "", "latest"), LEDGER, ("v1.2.0",), False),
        ("something that nobody tracks", ("acme/other:v1.3.0", "", ""), LEDGER, ("v1.2.0",), False),
        ("the end of a chart's version", ("", "books", "iso.19705"), HelmChart("https://x", "books"), ("1.0.0",), True),
        ("an end that is listed", ("", "books", "iso.5"), HelmChart("https://x", "books"), ("1.0.0-iso.5",), False),
        ("a release of the image's repository", ("ghcr.io/acme/tests:v1.3.0", "", ""),
         GitHubRelease("acme", "tests"), ("v1.2.0",), True),
    ],
)  # fmt: skip
def test_only_a_version_that_would_be_taken_and_is_not_listed_is_asked_for_again(label, inputs, source, listed, waits):
    found = announcement.awaited(announcement.read(*inputs), tracked(source), {source: listed})

    assert found == ((source,) if waits else ()), label


def test_a_source_that_failed_is_not_asked_for_an_announced_version_again():
    announced = announcement.read("acme/ledger:v1.3.0", "", "")

    assert announcement.awaited(announced, tracked(LEDGER), {LEDGER: SourceFailed("no")}) == ()


NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("label", "hold", "waits"),
    [
        ("another version is held", Hold("v1.2.0", "it leaks"), False),
        ("the announced one is held, however it is spelled", Hold("1.3.0", "it is good"), True),
        ("the hold has ended", Hold("v1.2.0", "it leaks", date(2026, 4, 30)), True),
        ("the hold ends today", Hold("v1.2.0", "it leaks", date(2026, 5, 1)), False),
    ],
)
def test_nobody_waits_for_a_version_that_a_hold_keeps_out(label, hold, waits):
    (manifest,) = tracked(LEDGER).manifests
    held = replace(manifest, policy=Policy(hold=hold))
    announced = announcement.read("acme/ledger:v1.3.0", "", "")

    found = announcement.awaited(announced, Loaded((held,)), {LEDGER: ("v1.2.0",)}, NOW)
    assert bool(found) is waits, label
    both = announcement.awaited(announced, Loaded((held, manifest)), {LEDGER: ("v1.2.0",)}, NOW)
    assert both == (LEDGER,), "a manifest beside it may still take it"


@pytest.mark.parametrize(
    ("tag", "spellings"),
    [("v1.3.0", ("v1.3.0", "1.3.0")), ("1.3.0", ("1.3.0", "v1.3.0")), ("vault", ("vault",)), ("v1", ("v1", "1"))],
)
def test_a_version_is_looked_for_with_and_without_its_v(tag, spellings):
    assert announcement.read(f"acme/ledger:{tag}", "", "").spellings == spellings


def test_one_that_only_its_other_spelling_would_be_taken_of_is_waited_for():
    source = DockerImage("acme/ledger", tagfilter="^v")
    announced = announcement.read("acme/ledger:1.3.0", "", "")

    assert announcement.awaited(announced, tracked(source), {source: ("v1.2.0",)}) == (source,)


def test_the_announced_change_comes_first():
    def change(source):
        return Change("m", "M", ".updatecli/m.yaml", 9, source, "p", "a.yaml", "$.a", "v1", "v2", "v2")

    other, own = change("dockerimage:acme/other"), change("dockerimage:acme/ledger")
    announced = announcement.read("acme/ledger:v1.2.3", "", "")

    assert announcement.first(announced, [other, own]) == [own, other]
