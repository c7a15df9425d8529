"""What the trace step was asked for."""

import pytest

from profile_cd import inputs
from profile_cd.errors import CannotStart

COMMIT = "0123456789abcdef0123456789abcdef01234567"
ENVIRONMENT = {
    "GITHUB_REPOSITORY": "acme/profile",
    "GITHUB_SERVER_URL": "https://github.example.com",
    "INPUT_PULL-REQUEST-NUMBER": "7",
    "INPUT_COMMIT": COMMIT,
    "INPUT_TOKEN": "ghs_1",
}


def test_a_merge_is_traced_by_its_pull_request_and_commit():
    asked = inputs.of_trace({**ENVIRONMENT, "INPUT_IMAGE": "acme/ledger:v1", "INPUT_TAG": "latest"})

    assert (asked.number, asked.announced) == (7, "acme/ledger:v1 latest")
    assert asked.commit_url == f"https://github.example.com/acme/profile/commit/{COMMIT}"
    assert "ghs_1" not in repr(asked)


def test_without_a_merge_there_is_nothing_to_trace():
    assert inputs.of_trace({**ENVIRONMENT, "INPUT_COMMIT": ""}).number == 0


@pytest.mark.parametrize("changed", [{"INPUT_COMMIT": "main"}, {"INPUT_PULL-REQUEST-NUMBER": "../1"}])
def test_what_cannot_be_meant_does_not_start(changed):
    with pytest.raises(CannotStart):
        inputs.of_trace({**ENVIRONMENT, **changed})
