"""What dispatches mean: every shape that real callers sent, and made-up ones."""

import json

import pytest

from profile_cd.errors import SourceFailed
from profile_cd.judgement import Announcement, announcement
from profile_cd.model import Change, Condition, Loaded, Manifest, SourceUse
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


def test_the_announced_change_comes_first():
    def change(source):
        return Change("m", "M", ".updatecli/m.yaml", 9, source, "p", "a.yaml", "$.a", "v1", "v2", "v2")

    other, own = change("dockerimage:acme/other"), change("dockerimage:acme/ledger")
    announced = announcement.read("acme/ledger:v1.2.3", "", "")

    assert announcement.first(announced, [other, own]) == [own, other]
