"""The versions of some charts in an index: what the scanner cuts out and what only the parser can read."""

import json
import re
import time

import pytest
import yaml

from profile_cd.sources.helm import NoIndex, TooCostly, read, scanner
from sandbox.helm import Helm, long_history

HELMS_OWN = """\
apiVersion: v1
entries:
  platform:
  - annotations:
      version: 9.9.9
    apiVersion: v2
    appVersion: 17.0.0
    created: "2025-01-01T00:00:00Z"
    dependencies:
    - name: common
      repository: https://charts.example
      version: 2.x.x
    description: |
      Text that says
      version: 8.8.8
    name: platform
    urls:
    - https://charts.example/platform-1.10.tgz
    version: 1.10
  - name: platform
    deprecated: true
    version: "1.9"
  - name: platform
    description: an entry without version
  platform-tests:
  - version: 0.1.0+build.7
  "quoted":
  - version: '3.0.0'
generated: "2025-01-01T00:00:00Z"
"""
CHARTS = ("platform", "platform-tests", "quoted")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        pytest.param(HELMS_OWN, True, id="as Helm writes it"),
        pytest.param(HELMS_OWN.replace("\n", "\r\n"), True, id="with CRLF"),
        pytest.param(f"---\n{HELMS_OWN}", True, id="with a document mark before"),
        pytest.param(HELMS_OWN.replace("\n  platform:", "\n  # charts\n  platform:"), False, id="with a comment first"),
        pytest.param(re.sub("(?m)^  ", "    ", HELMS_OWN), True, id="indented deeper"),
        pytest.param(
            HELMS_OWN.replace("entries:", "entries: # all of them"), False, id="with a comment behind entries"
        ),
        pytest.param(HELMS_OWN.replace("  platform:", "  platform: # the one"), False, id="with a comment at a chart"),
        pytest.param(HELMS_OWN.replace("  platform:", "  ? platform\n  :"), False, id="with an explicit key"),
        pytest.param(HELMS_OWN.replace("entries:", '"entries":'), False, id="with entries in quotes"),
        pytest.param(HELMS_OWN.replace('version: "1.9"', 'version: &old "1.9"'), False, id="with an anchor"),
        pytest.param(json.dumps(yaml.load(HELMS_OWN, yaml.BaseLoader)), None, id="as JSON"),
        pytest.param(yaml.dump(yaml.load(HELMS_OWN, yaml.BaseLoader), default_flow_style=True), None, id="flow style"),
    ],
)
def test_versions_are_read_as_they_are_spelled(text, cut):
    index = read(text.encode(), CHARTS)

    assert index.versions["platform"] == ("1.10", "1.9")
    assert index.versions["platform-tests"] == ("0.1.0+build.7",)
    assert index.versions["quoted"] == ("3.0.0",)
    assert set(index.charts) == set(CHARTS)
    if cut is not None:
        assert (scanner.cut(text.encode(), CHARTS) is not None) is cut


def test_numbers_in_json_stay_as_they_are_spelled():
    assert read(b'{"entries": {"app": [{"version": 1.10}, {"version": 2}]}}', {"app"}).versions["app"] == ("1.10", "2")


@pytest.mark.parametrize(
    "text",
    [
        HELMS_OWN.replace('version: "1.9"', "version: &old 1.9").replace("'3.0.0'", "*old"),
        "a: &a [x]\nentries: *a\n",
        "a: &a [x]\nentries:\n  quoted: *a\n",
        "a: &a {version: 1}\nentries:\n  quoted: [*a]\n",
        "a: &a 1\nentries:\n  quoted: [{version: *a}]\n",
        "entries:\n  quoted:\n  - version: *nowhere\n",
    ],
)
def test_an_alias_in_place_of_a_value_is_refused(text):
    with pytest.raises(TooCostly, match="alias"):
        read(text.encode(), CHARTS)


def test_an_alias_elsewhere_costs_nothing():
    bomb = "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20))
    text = f"a: &a [x, x]\n{bomb}entries:\n  app: [{{version: 1.0.0, home: *u}}]\n"

    assert read(text.encode(), {"app"}).versions["app"] == ("1.0.0",)


def test_an_index_of_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr("profile_cd.sources.helm.index.MOST_EVENTS", 1000)

    with pytest.raises(TooCostly, match="more than 1,000 parts"):
        read(b"entries: {app: [" + b"{}," * 1000 + b"]}", {"app"})


def test_a_chart_that_is_not_there_is_not_found_but_the_others_are_named():
    index = read(HELMS_OWN.encode(), {"elsewhere"})

    assert (index.versions, index.charts) == ({}, CHARTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("entries: {}\n", {}, id="no charts"),
        pytest.param("entries:\n  app: []\n", {"app": ()}, id="no versions"),
        pytest.param("entries:\n  app:\n", {}, id="no list"),
        pytest.param("entries:\n  app:\n  - 1.0.0\n  - version: [1]\n  - {}\n", {"app": ()}, id="no mappings"),
        pytest.param("entries:\n  app:\n  - version: ''\n  - version: 1\n", {"app": ("1",)}, id="an empty version"),
    ],
)
def test_odd_indexes_give_what_there_is(text, expected):
    assert read(text.encode(), {"app"}).versions == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "- a\n",
        "apiVersion: v1\n",
        "entries: []\n",
        "entries:\n",
        "{}",
        '{"entries": [',
        "<!DOCTYPE html><html><body>Sign in: now</body></html>",
        "entries:\n  app:\n  - version: [\n",
        "[" * 100_000,
        '{"entries":' * 100_000,
    ],
)
def test_what_is_no_index_is_refused(text):
    with pytest.raises(NoIndex):
        read(text.encode(), {"app"})


@pytest.mark.parametrize(
    "history", [pytest.param(long_history(), id="twelve charts"), pytest.param(long_history(charts=1), id="one chart")]
)
def test_five_megabytes_take_a_moment(history):
    text = Helm(history)._index()[0]
    assert len(text) > 5_000_000

    started = time.process_time()
    index = read(text, {"chart-00"})

    assert time.process_time() - started < 1.5
    assert index.versions["chart-00"] == tuple(reversed(history["chart-00"]))


@pytest.mark.parametrize("description", ["\U0001f680 fast", "\U0001f680", "'\U0001f680'", "fast \U0001f680"])
@pytest.mark.parametrize(
    "index",
    [
        "entries:\n  app:\n  - version: 1.0.0\n    description: %s\n",
        "entries: {app: [{description: %s, version: 1.0.0}]}",
    ],
)
def test_an_emoji_in_a_description_spoils_no_index(index, description):
    assert read((index % description).encode(), {"app"}).versions == {"app": ("1.0.0",)}
