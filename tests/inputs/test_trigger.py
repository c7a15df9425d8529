"""What the trigger step was asked for."""

import json

import pytest

from profile_cd import inputs
from profile_cd.errors import CannotStart

ENTRY = {"name": "dev", "secret": "DEV", "url": "https://gitlab.example.com/api/v4/projects/7/trigger/pipeline"}
ENVIRONMENT = {
    "GITHUB_SERVER_URL": "https://github.example.com",
    "GITHUB_REPOSITORY": "acme/profile",
    "GITHUB_SHA": "c0ffee",
    "INPUT_TRIGGER-TOKEN": " glptt-1 ",
    "INPUT_TOKEN": "ghs_1",
}


def read(entry, event=None):
    return inputs.of_trigger({**ENVIRONMENT, "INPUT_PROJECT": json.dumps(entry)}, event or {}).entries[0]


def test_the_pipeline_shows_what_the_first_job_said():
    asked = read({**ENTRY, "message": "ledger v2\nbody", "commit-url": "https://github.example.com/c/1"})

    assert (asked.project.name, asked.message, asked.commit_url) == (
        "dev",
        "ledger v2",
        "https://github.example.com/c/1",
    )


def test_without_a_first_job_the_pipeline_shows_the_push():
    asked = read(ENTRY, {"head_commit": {"message": "by hand", "url": "https://github.example.com/c/2"}})

    assert (asked.message, asked.commit_url) == ("by hand", "https://github.example.com/c/2")


def test_without_either_it_shows_the_commit_of_the_run():
    assert read(ENTRY).commit_url == "https://github.example.com/acme/profile/commit/c0ffee"


@pytest.mark.parametrize(("text", "words"), [("", "is empty"), ("{", "not JSON"), ("[]", "is no object")])
def test_what_is_no_entry_does_not_start(text, words):
    with pytest.raises(CannotStart, match=words):
        inputs.of_trigger({**ENVIRONMENT, "INPUT_PROJECT": text}, {})


def test_no_token_is_shown():
    assert "glptt-1" not in repr(read(ENTRY))
    assert [secret.reveal() for secret in inputs.trigger_secrets(ENVIRONMENT)] == ["glptt-1", "ghs_1", ""]


COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_the_commit_to_record_is_the_one_that_the_first_job_names():
    asked = read({**ENTRY, "commit-url": f"https://github.example.com/acme/profile/commit/{COMMIT}", "since": COMMIT})

    assert (asked.commit, asked.since) == (COMMIT, COMMIT)


def test_what_is_no_name_of_a_commit_is_not_taken_for_one():
    asked = read({**ENTRY, "commit-url": "https://github.example.com/commit/../x", "since": "main; rm"})

    assert (asked.commit, asked.since) == ("c0ffee", "")


def test_the_one_job_form_finds_each_project_s_token_by_its_name():
    projects = [ENTRY, {**ENTRY, "name": "a=b"}, {**ENTRY, "name": "test"}]
    given = {"INPUT_PROJECTS": json.dumps(projects), "INPUT_TRIGGER-TOKENS": "dev = glptt-2\n\na=b=glptt-3\n"}

    asked = inputs.of_trigger({**ENVIRONMENT, **given}, {})

    assert [(each.project.name, each.token.reveal()) for each in asked.entries] == [
        ("dev", "glptt-2"),
        ("a=b", "glptt-3"),
        ("test", ""),
    ]
    assert "glptt-2" in [secret.reveal() for secret in inputs.trigger_secrets({**ENVIRONMENT, **given})]


def test_one_project_and_several_at_once_cannot_be_meant():
    both = {"INPUT_PROJECT": json.dumps(ENTRY), "INPUT_PROJECTS": json.dumps([ENTRY])}

    with pytest.raises(CannotStart, match="Both"):
        inputs.of_trigger({**ENVIRONMENT, **both}, {})


def test_every_bad_input_of_the_trigger_step_is_named_in_one_go():
    given = {**ENVIRONMENT, "INPUT_PROJECT": "{", "INPUT_WAIT": "5m", "INPUT_TRIGGER-TOKENS": "glptt-2"}

    with pytest.raises(CannotStart) as caught:
        inputs.of_trigger(given, {})

    said = [str(each) for each in caught.value.each]
    assert [each.split("`")[1] for each in said] == ["project", "trigger-tokens", "wait"]
    assert "glptt" not in "".join(said)


def test_a_line_of_trigger_tokens_that_cannot_be_used_stops_no_other_project_and_shows_no_token():
    lines = "dev=glptt-1\r\nglptt-2\r\n=glptt-3\r\ndev=glptt-4\r\ntest=glptt-5\r\n"
    given = {"INPUT_PROJECTS": json.dumps([ENTRY, {**ENTRY, "name": "test"}]), "INPUT_TRIGGER-TOKENS": lines}

    asked = inputs.of_trigger({**ENVIRONMENT, **given}, {})

    assert asked.entries[1].token.reveal() == "glptt-5"
    said = [str(each) for each in asked.faults]
    assert [each.partition(" of")[0] for each in said] == ["Line 2", "Line 3", "Line 4"]
    assert "line 1 again" in said[2]
    assert "glptt" not in "".join(said)
