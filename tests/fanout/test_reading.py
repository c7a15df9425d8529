"""The input `projects`, judged entry by entry before anything is merged."""

import json

import pytest

from profile_cd.errors import CannotStart
from profile_cd.fanout import Paths, entry, read, unmatched

URL = "https://gitlab.example.com/api/v4/projects/7/trigger/pipeline"
DEV = {"name": "dev", "secret": "DEV_TOKEN", "url": URL}


def one(**changed):
    projects, faults = read(json.dumps([{**DEV, **changed}]))
    return projects, [each.message for each in faults]


def test_an_entry_as_it_is_in_use_today_is_read_as_it_stands():
    (project,), faults = one()

    assert (project.name, project.secret, project.url, project.ref) == ("dev", "DEV_TOKEN", URL, "main")
    assert faults == []


def test_everything_that_an_entry_can_say():
    (project,), faults = one(
        ref="next", paths=["a*.yaml", "!ab.yaml"], manifests="ledger*", variables={"A": "1"},
        inputs={"n": 1, "on": True}, wait=600, environment="Development", **{"x-runner": ["big"]},
    )  # fmt: skip

    assert faults == []
    assert project.paths == Paths(("a*.yaml", "!ab.yaml"))
    assert (project.wait, project.deployed_as) == (600, "Development")
    assert project.matrix_entry()["x-runner"] == ["big"]


@pytest.mark.parametrize(
    ("label", "changed", "words"),
    [
        ("no name", {"name": ""}, "`name` is empty"),
        ("no url", {"url": None}, "`url` is missing"),
        ("a misspelt key", {"file": "x"}, "Write `paths`"),
        ("today's name of paths", {"files": ["x"]}, "Write `paths`"),
        ("branch for ref", {"branch": "x"}, "Write `ref`"),
        ("an unknown key", {"colour": "x"}, "A key of your own starts with `x-`"),
        (
            "a token in place of its secret's name",
            {"secret": "glptt-0123456789abcdef"},
            "perhaps it is the token itself",
        ),
        ("an older token", {"secret": "0123456789abcdef0123456789abcd"}, "perhaps it is the token itself"),
        (
            "a project's page",
            {"url": "https://gitlab.example.com/acme/dev"},
            "perhaps it is that of the project's page",
        ),
        ("plain http elsewhere", {"url": URL.replace("https", "http")}, "not sent in the clear"),
        ("an address that is none", {"url": "https://[x"}, "no http(s) address"),
        ("a token in the address", {"url": f"{URL}?token=x"}, "no trigger address"),
        ("a login in the address", {"url": URL.replace("//", "//u:p@")}, "no http(s) address"),
        ("a pattern that is none", {"paths": ["["]}, "cannot be read"),
        ("paths that are none", {"paths": [1]}, "no list of patterns"),
        ("a number as a variable", {"variables": {"A": 1}}, "put numbers in quotes"),
        ("one of our own variables", {"variables": {"CD_MESSAGE": "x"}}, "which is ours"),
        ("an input of no simple type", {"inputs": {"a": {}}}, "texts, numbers"),
        ("a wait that never ends", {"wait": 10**9}, "from 0 to 21600"),
        ("a wait in words", {"wait": "long"}, "from 0 to 21600"),
        ("a line break in the name", {"name": "a\nb"}, "control characters"),
        ("a name that GitHub takes for no environment", {"name": "n" * 256}, "longer than 255"),
        ("an environment that GitHub refuses", {"environment": "e" * 256}, "`environment` is longer than 255"),
    ],
)
def test_a_bad_entry_is_left_out_with_its_name_its_key_and_what_to_write(label, changed, words):
    projects, faults = read(json.dumps([{**DEV, **changed}, {**DEV, "name": "test"}]))

    assert [each.name for each in projects] == ["test"], label
    (fault,) = faults
    assert fault.level == "error"
    assert words in fault.message
    assert "entry 1" in fault.message


def test_a_token_in_place_of_a_name_is_never_repeated():
    _, (message,) = one(secret="glptt-hidden")

    assert "hidden" not in message


def test_no_entry_needs_a_secret_s_name_where_none_has_one():
    projects, faults = read(json.dumps([{**DEV, "secret": None}, {"name": "test", "url": URL}]))

    assert [each.secret for each in projects] == ["", ""]
    assert faults == ()


def test_a_secret_s_name_that_only_others_have_is_a_warning_that_says_which_forms_need_none():
    projects, (fault,) = read(json.dumps([DEV, {"name": "test", "url": URL}]))

    assert [each.secret for each in projects] == ["DEV_TOKEN", ""]
    assert (fault.level, "entry 2 (`test`)" in fault.message) == ("warning", True)
    assert "secrets[matrix.project.secret]" in fault.message
    assert "environment: {name, deployment: false}" in fault.message


def test_two_entries_of_one_name_leave_the_first():
    projects, faults = read(json.dumps([DEV, {**DEV, "ref": "next"}]))

    assert [each.ref for each in projects] == ["main"]
    assert "Rename one of them" in faults[0].message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"environment": "production"}, {"name": "b", "environment": "production"}),
        ({}, {"name": "b", "environment": "dev"}),
        ({}, {"name": "Dev"}),
        ({"environment": "Production"}, {"name": "b", "environment": "PRODUCTION"}),
    ],
)
def test_two_entries_never_record_under_one_environment_since_one_would_hide_that_the_other_lags(one, other):
    projects, (fault,) = read(json.dumps([{**DEV, **one}, {**DEV, **other}]))

    assert [each.name for each in projects] == ["dev"]
    assert fault.level == "error"
    assert "an `environment` of its own" in fault.message


def test_one_name_in_two_environments_is_one_name_all_the_same():
    projects, (fault,) = read(json.dumps([DEV, {**DEV, "environment": "other"}]))

    assert [each.environment for each in projects] == [""]
    assert "Rename one of them" in fault.message


@pytest.mark.parametrize("text", ["{", "{}", "[" * 100_000, "nul"])
def test_what_is_no_list_cannot_start(text):
    with pytest.raises(CannotStart):
        read(text)


@pytest.mark.parametrize("text", ["", "  \n", "[]"])
def test_no_projects_are_fine(text):
    assert read(text) == ((), ())


def test_a_pattern_that_takes_nothing_is_named():
    projects, _ = read(json.dumps([{**DEV, "paths": ["dev.yaml", "**/*.yml", "!gone.yaml"], "manifests": ["ledgre"]}]))

    faults = unmatched(projects, ["dev.yaml", "README.md"], ["ledger"])

    assert ["`**/*.yml`" in each.message for each in faults] == [True, False, False]
    assert "`!gone.yaml` in `paths` fits no file" in faults[1].message
    assert "`ledgre` in `manifests` fits no manifest" in faults[2].message
    assert unmatched(read(json.dumps([{**DEV, "paths": ["**/*.yaml"]}]))[0], ["dev.yaml"], []) == ()


def test_an_entry_comes_back_from_the_matrix_with_what_was_added_to_it():
    (project,), _ = one(ref="next", wait=5)

    again, beside = entry(json.dumps({**project.matrix_entry(), "message": "ledger v2", "since": "abc"}))

    assert again == project
    assert beside == {"message": "ledger v2", "since": "abc"}
