"""What variables said in addresses and logins is shown as the manifest writes it, everywhere."""

import json
from dataclasses import replace

import pytest

from profile_cd import manifest, plan, proposal, report
from profile_cd.errors import SourceFailed
from profile_cd.model import File, Plan, Snapshot
from profile_cd.proposal import Contents, Origin

TOKEN = "s3cret_*feed*-token"
MANIFEST = """\
name: chart
sources:
  chart:
    kind: helmchart
    spec:
      url: 'https://feed.example/{{ requiredEnv "FEED_TOKEN" }}/charts'
      name: ledger
      username: '{{ requiredEnv "GITHUB_ACTOR" }}'
      password: '{{ requiredEnv "FEED_PASSWORD" }}'
      versionfilter: {kind: semver, pattern: ^1.0.0}
targets:
  values:
    kind: yaml
    spec: {file: values.yaml, key: $.ledger}
"""
VARIABLES = {"FEED_TOKEN": TOKEN, "FEED_PASSWORD": "hunter2000", "GITHUB_ACTOR": "mojaloop"}
AS_WRITTEN = 'https://feed.example/{{ requiredEnv "FEED_TOKEN" }}/charts'


def loaded(text=MANIFEST, variables=VARIABLES):
    return manifest.load({".updatecli/chart.yaml": text.encode()}, ".updatecli", variables)


def planned(answer):
    read = loaded()
    (use,) = read.manifests[0].sources
    snapshot = Snapshot({"values.yaml": File(b"ledger: 1.0.0\n")})
    draft = plan.draft(read, {use.source: answer}, snapshot)
    whole = Plan(draft.changes, failures=draft.failures, warnings=draft.warnings)
    return use.source, plan.shown(whole, read.hiding)


def test_only_secrets_are_hidden_and_not_everybody_s_names():
    assert loaded().hiding.instead == {
        TOKEN: '{{ requiredEnv "FEED_TOKEN" }}',
        "hunter2000": '{{ requiredEnv "FEED_PASSWORD" }}',
    }
    assert TOKEN not in repr(loaded().hiding)


def test_a_variable_in_what_is_no_address_is_no_secret():
    text = MANIFEST.replace("name: ledger", "name: '{{ requiredEnv \"CHART\" }}'")

    assert "ledger" not in loaded(text, {**VARIABLES, "CHART": "ledger"}).hiding.instead


@pytest.mark.parametrize(
    ("value", "hidden"),
    [
        ("mojaloop", False),
        ("charts.mojaloop-releases.io", False),
        ("v2", False),
        ("a1b2c3d4e5f6a7b8c9", True),
        ("Xy7_token", True),
        ("https://host/path", True),
        ("ghs_123456_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln", True),
    ],
)
def test_the_name_of_a_host_or_an_organisation_in_an_address_is_no_secret(value, hidden):
    assert (value in loaded(variables={**VARIABLES, "FEED_TOKEN": value}).hiding.instead) == hidden


def test_a_user_name_is_no_secret():
    text = MANIFEST.replace("GITHUB_ACTOR", "ROBOT")

    assert "mojaloop-robot-of-ours" not in loaded(text, {**VARIABLES, "ROBOT": "mojaloop-robot-of-ours"}).hiding.instead


def test_a_failure_shows_the_address_as_the_manifest_writes_it():
    failed = SourceFailed(f"There is no chart index at https://feed.example/{TOKEN}/charts/index.yaml (status 404).")
    _, shown = planned(failed)

    (failure,) = shown.failures
    assert f"{AS_WRITTEN}/index.yaml" in failure.reason
    assert TOKEN not in report.as_json(shown)
    assert TOKEN not in report.summary(report.Ended(shown))


def test_a_pull_request_s_body_does_not_hold_it():
    _, shown = planned(("1.0.0", "1.1.0"))
    _, failed = planned(SourceFailed(f"There is no chart index at https://feed.example/{TOKEN}/charts."))
    both = replace(shown, failures=failed.failures)

    body = proposal.body_of(Contents("merge", shown.changes, both, Origin("https://github.com/run", "", "")))

    assert "s3cret" not in body
    assert "FEED\\_TOKEN" in body


def test_a_change_names_its_source_as_the_manifest_writes_it_and_writes_the_same_value():
    source, shown = planned(("1.0.0", "1.1.0"))

    (change,) = shown.changes
    assert TOKEN in source.id
    assert change.source == f"helmchart:{AS_WRITTEN}#ledger"
    assert change.new == "1.1.0"
    assert TOKEN not in json.loads(report.as_json(shown))["changes"][0]["source"]


@pytest.mark.parametrize("address", [f"ftp://{TOKEN}", f"https://{TOKEN}:x/"])
def test_a_manifest_that_cannot_be_read_shows_it_neither(address):
    text = MANIFEST.replace("https://feed.example/{{", "ftp://feed.example/{{")
    read = loaded(text)

    (failure,) = read.failures
    assert '{{ requiredEnv "FEED_TOKEN" }}' in failure.reason
    assert TOKEN not in failure.reason


def test_nothing_changes_where_there_is_nothing_to_hide():
    whole = Plan()

    assert plan.shown(whole, manifest.load({".updatecli/a.yaml": b""}, ".updatecli", {}).hiding) is whole
