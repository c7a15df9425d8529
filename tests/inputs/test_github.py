"""Where a run happens, as the runner and the event say it; a payload may hold anything."""

import pytest

from profile_cd.errors import CannotStart
from profile_cd.inputs.github import api_url, context

ENVIRONMENT = {"GITHUB_REPOSITORY": "acme/profile", "GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/heads/main"}
PUSH = {"before": "a" * 40, "after": "b" * 40, "head_commit": {"message": "By hand"}}


def of(event=None, **changed):
    return context({**ENVIRONMENT, **changed}, event or {})


def test_only_a_push_has_a_before_an_after_and_a_message():
    pushed, sent = of(PUSH), of(PUSH, GITHUB_EVENT_NAME="workflow_dispatch")

    assert (pushed.before, pushed.after, pushed.pushed) == ("a" * 40, "b" * 40, "By hand")
    assert (sent.before, sent.after, sent.pushed) == ("", "", "")


@pytest.mark.parametrize(
    "event",
    [
        {"head_commit": None, "before": None, "after": None},
        {"head_commit": "x"},
        {"head_commit": {"message": None}},
        {"repository": None},
        {"repository": {"default_branch": 1}},
        {},
    ],
)
def test_a_payload_without_the_usual_is_a_push_of_nothing(event):
    found = of(event)

    assert (found.before, found.after, found.pushed, found.default_branch) == ("", "", "", "")


@pytest.mark.parametrize("repository", ["", "profile", "a/b/c"])
def test_outside_github_actions_the_commands_are_named(repository):
    with pytest.raises(CannotStart, match="profile-cd plan"):
        of(GITHUB_REPOSITORY=repository)


def test_an_event_that_hands_secrets_to_anybody_s_code_is_refused():
    with pytest.raises(CannotStart, match="pull_request_target is refused"):
        of(GITHUB_EVENT_NAME="pull_request_target")


def test_github_com_is_the_server_where_none_is_named_and_the_run_has_a_page():
    found = of(GITHUB_API_URL="", GITHUB_SERVER_URL="", GITHUB_RUN_ID="7")

    assert (found.api_url, found.run_url) == (
        "https://api.github.com",
        "https://github.com/acme/profile/actions/runs/7",
    )


@pytest.mark.parametrize(
    "url", ["http://[x", "ftp://x", "api.github.com", "https://", "https://h:x", "https://h:99999"]
)
def test_an_address_of_github_that_is_none_does_not_start(url):
    with pytest.raises(CannotStart, match=r"GITHUB_API_URL is .* no address.*https://api\.github\.com"):
        api_url({"GITHUB_API_URL": url})


def test_github_is_github_com_unless_the_runner_says_otherwise():
    assert api_url({}) == api_url({"GITHUB_API_URL": ""}) == "https://api.github.com"
    assert api_url({"GITHUB_API_URL": "http://127.0.0.1:8080/api/v3"}) == "http://127.0.0.1:8080/api/v3"
