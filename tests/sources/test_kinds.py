"""A new kind of source is one spec and one entry: the recipe of the design, followed; every real kind keeps to it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from profile_cd import manifest, plan, sources
from profile_cd.credentials import Credentials
from profile_cd.fields import VERSIONFILTER, Field
from profile_cd.manifest import schema
from profile_cd.model import File, Link, Order, Snapshot
from profile_cd.sources import KINDS, Kind, Session
from profile_cd.steps.draft import Asking, draft
from tests.paths import ROOT
from tests.sources.webs import Nothing

MANUAL = (ROOT / "docs/manifests.md").read_text("utf-8")
MANIFEST = b"""\
name: Update the ledger
sources:
  feed:
    kind: feed
    spec:
      shelf: ledger
targets:
  yaml: {kind: yaml, spec: {file: values.yaml, key: $.tag}}
"""


@dataclass(frozen=True, slots=True)
class Feed:
    """`kind: feed`: what was put on a shelf, oldest first."""

    shelf: str

    @property
    def id(self):
        return f"feed:{self.shelf}"

    @property
    def product(self):
        return self.shelf

    @property
    def host(self):
        return "feeds.example"


def pages(source, old, new, _session):
    return (Link(f"{old} to {new}", f"https://feeds.example/{source.shelf}"),)


FEED = Kind(
    spec=Feed,
    fields={"shelf": Field("The shelf.", required=True), "versionfilter": VERSIONFILTER},
    read=lambda spec: Feed(spec.text("shelf")),
    ask=lambda specs, _session: dict.fromkeys(specs, ("2.0.0", "1.1.0")),
    order=lambda _: Order.AGE,
    links=pages,
)


@pytest.fixture
def feed(monkeypatch):
    monkeypatch.setitem(KINDS, "feed", FEED)


@pytest.mark.usefixtures("feed")
def test_a_made_up_kind_works_from_the_manifest_to_the_plan_and_the_links():
    loaded = manifest.load({".updatecli/ledger.yaml": MANIFEST}, ".updatecli", {})
    session = Session(Nothing(), Credentials())
    planned = draft(Asking(session), Snapshot({"values.yaml": File(b"tag: 1.0.0\n")}), loaded, "", datetime.now(UTC))

    (change,) = planned.draft.changes
    assert (change.source, change.old, change.new) == ("feed:ledger", "1.0.0", "1.1.0")  # the last by age
    assert plan.texts(planned.draft.changes, planned.snapshot) == {"values.yaml": b"tag: 1.1.0\n"}
    found = sources.pages([(Feed("ledger"), "1.0.0", "1.1.0")], session)
    assert found["feed:ledger", "1.1.0"][0].url == "https://feeds.example/ledger"


@pytest.mark.usefixtures("feed")
def test_a_made_up_kind_is_in_the_schema_and_in_the_advice():
    assert "shelf" in schema.schema()["$defs"]["feed"]["properties"]
    assert "feed" in schema.schema()["$defs"]["source"]["properties"]["kind"]["enum"]
    with pytest.raises(Exception, match="Perhaps `feed` was meant"):
        manifest.read(MANIFEST.decode().replace("kind: feed", "kind: fead"), ".updatecli/ledger.yaml", {})


def test_a_kind_that_is_not_listed_is_refused_by_name():
    with pytest.raises(Exception, match="`kind: feed` is no known kind of source"):
        manifest.read(MANIFEST.decode(), ".updatecli/ledger.yaml", {})


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_a_test_file_and_a_section_in_the_manual_with_each_of_its_keys(name):
    section = re.search(rf"^### `{name}`\n(.+?)(?=^##)", MANUAL, flags=re.MULTILINE | re.DOTALL)
    keys = [key for key, field in KINDS[name].fields.items() if not (field.refused or field.ignored)]

    assert (ROOT / "tests/sources" / f"test_{name}.py").is_file()
    assert section, f"docs/manifests.md has no section on {name}"
    assert [key for key in keys if f"`{key}`" not in section[1]] == []
