"""What a check looks at."""

import pytest

from profile_cd import inputs
from profile_cd.errors import CannotStart


def read(*words, **environment):
    return inputs.of_check(inputs.parser().parse_args(["check", *words]), environment)


def test_the_repository_is_an_option_or_that_of_the_run():
    assert read("--repository", "a/b", GITHUB_TOKEN="t", GITHUB_REPOSITORY="c/d").repository == "a/b"
    assert read(GITHUB_TOKEN="t", GITHUB_REPOSITORY="c/d").repository == "c/d"


def test_projects_are_those_of_the_environment():
    asked = read("--repository", "a/b", GITHUB_TOKEN="t", PROJECTS='[{"name": "dev"}]')

    assert (asked.projects, asked.given, [each.level for each in asked.faults]) == ((), True, ["error"])


def test_the_merge_token_is_checked_where_it_is_in_the_environment():
    assert list(read("--repository", "a/b", GITHUB_TOKEN="t").tokens) == ["token"]
    assert list(read("--repository", "a/b", GITHUB_TOKEN="t", MERGE_TOKEN="u").tokens) == ["token", "merge-token"]


@pytest.mark.parametrize(
    ("given", "words"), [({"GITHUB_TOKEN": "t"}, "repository"), ({"GITHUB_REPOSITORY": "a/b"}, "GITHUB_TOKEN")]
)
def test_without_a_repository_or_a_token_it_does_not_start(given, words):
    with pytest.raises(CannotStart, match=words):
        read(**given)


@pytest.mark.parametrize("name", ["a/b/c", "a", "a/b?x=1", "a/b#c", "../x", "a/..", "a/.", "a b/c", "a/b\n", "a/%2e"])
def test_what_would_ask_about_something_else_names_no_repository(name):
    with pytest.raises(CannotStart, match=r"names no repository.*--repository owner/name"):
        read("--repository", name, GITHUB_TOKEN="t")
