"""The input `projects`: what is meant, and what is said where it cannot be."""

import json

import pytest

from profile_cd.errors import CannotStart
from profile_cd.fanout import Project, projects

DEV = {"name": "dev", "secret": "DEV_TOKEN", "url": "https://gitlab.example.com/trigger"}


def read(*entries):
    return projects.read(json.dumps(list(entries)))


def test_an_entry_has_its_defaults_and_loses_its_blanks():
    (found,) = read({"name": " dev ", "secret": " DEV_TOKEN ", "url": f" {DEV['url']} "})

    assert found == Project("dev", "DEV_TOKEN", DEV["url"], ref="main", files=())


@pytest.mark.parametrize(
    ("files", "globs"),
    [
        ([], ()),
        ("dev-*.yaml", ("dev-*.yaml",)),
        (["dev-*.yaml", "common.yaml"], ("dev-*.yaml", "common.yaml")),
    ],
)
def test_files_are_a_list_or_a_single_glob(files, globs):
    assert read({**DEV, "files": files})[0].files == globs


def test_nothing_given_is_no_project():
    assert projects.read("") == ()
    assert projects.read("[]") == ()


@pytest.mark.parametrize(
    ("label", "text", "words"),
    [
        ("no JSON", "[{]", "is not JSON"),
        ("an object", json.dumps(DEV), "is not a list"),
        ("a name alone", '["dev"]', "entry 1: not an object"),
        ("no name", json.dumps([{"url": DEV["url"]}]), "entry 1: `name` is missing"),
        ("an empty name", json.dumps([{**DEV, "name": "  "}]), "entry 1: `name` is missing"),
        ("a number for a name", json.dumps([{**DEV, "name": 1}]), "entry 1: `name` is missing or not text"),
        ("no url", json.dumps([DEV, {"name": "stage"}]), "entry 2: `url` is missing"),
        ("another protocol", json.dumps([{**DEV, "url": "ssh://gitlab/x"}]), "not an http"),
        ("nested deeply", "[" * 100_000, "nested too deeply"),
        ("no address", json.dumps([{**DEV, "url": "https://[x"}]), "not an http"),
        ("a port that is none", json.dumps([{**DEV, "url": "https://x:99999999/"}]), "not an http"),
        ("a name that cannot be encoded", json.dumps([{**DEV, "url": "https://\u2100/"}]), "not an http"),
        ("no host", json.dumps([{**DEV, "url": "https:///x"}]), "not an http"),
        ("globs that are none", json.dumps([{**DEV, "files": [1]}]), "`files` is not a list of globs"),
        ("a mapping of globs", json.dumps([{**DEV, "files": {}}]), "`files` is not a list of globs"),
        ("a name twice", json.dumps([DEV, DEV]), "names `dev` twice"),
    ],
)
def test_what_cannot_be_meant_does_not_start_and_says_what_to_write(label, text, words):
    with pytest.raises(CannotStart, match=words) as refused:
        projects.read(text)

    assert refused.value.now, label


def test_the_matrix_gets_the_name_of_the_secret_and_a_ref_only_where_it_is_another():
    assert read(DEV)[0].matrix_entry() == DEV
    assert read({**DEV, "ref": "stage"})[0].matrix_entry() == {**DEV, "ref": "stage"}
