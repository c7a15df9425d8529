"""What the trigger step was asked for."""

import json

import pytest

from profile_cd import inputs
from profile_cd.errors import CannotStart

ENTRY = {"name": "dev", "secret": "DEV", "url": "https://gitlab.example.com/trigger"}
ENVIRONMENT = {
    "GITHUB_SERVER_URL": "https://github.example.com",
    "GITHUB_REPOSITORY": "acme/profile",
    "GITHUB_SHA": "c0ffee",
    "INPUT_TRIGGER-TOKEN": " glptt-1 ",
    "INPUT_TOKEN": "ghs_1",
}


def read(entry, event=None):
    return inputs.of_trigger({**ENVIRONMENT, "INPUT_PROJECT": json.dumps(entry)}, event or {})


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


@pytest.mark.parametrize(("text", "words"), [("", "is empty"), ("{", "not JSON"), ("[]", "not an object")])
def test_what_is_no_entry_does_not_start(text, words):
    with pytest.raises(CannotStart, match=words):
        inputs.of_trigger({**ENVIRONMENT, "INPUT_PROJECT": text}, {})


def test_no_token_is_shown():
    assert "glptt-1" not in repr(read(ENTRY))
    assert [secret.reveal() for secret in inputs.trigger_secrets(ENVIRONMENT)] == ["glptt-1", "ghs_1"]
