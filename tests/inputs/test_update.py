"""The door's first question: what was asked of us."""

import pytest

from profile_cd import inputs
from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart

ENVIRONMENT = {
    "GITHUB_REPOSITORY": "acme/profile",
    "GITHUB_API_URL": "https://github.example.com/api/v3",
    "GITHUB_SERVER_URL": "https://github.example.com",
    "GITHUB_EVENT_NAME": "workflow_dispatch",
    "GITHUB_REF": "refs/heads/main",
    "GITHUB_ACTOR": "ada",
    "GITHUB_RUN_ID": "7",
    "INPUT_TOKEN": "ghs_secret",
}


def read(event=None, **changed):
    named = {key.replace("__", "-"): value for key, value in changed.items()}
    return inputs.of_update({**ENVIRONMENT, **named}, event or {})


def test_inputs_that_are_left_out_have_their_defaults():
    asked = read()

    assert (asked.merge, asked.merge_method, asked.review) == ("auto", "squash", "changed-manifests")
    assert (asked.dry_run, asked.strict, asked.wait) == (False, True, 0)
    assert (asked.projects, asked.branch_prefix) == ((), "profile-cd")
    assert asked.github.run_url == "https://github.example.com/acme/profile/actions/runs/7"


def test_hyphens_stay_in_the_names_of_variables():
    asked = read(INPUT_MANIFEST__DIR="/conf/", INPUT_DRY__RUN="true", INPUT_MERGE__METHOD="rebase")

    assert (asked.manifest_dir, asked.dry_run, asked.merge_method) == ("conf", True, "rebase")


DEFAULT = {"repository": {"default_branch": "trunk"}}


def test_the_default_branch_is_the_one_that_the_event_names():
    assert read(DEFAULT).github.default_branch == "trunk"
    assert read().github.default_branch == ""


@pytest.mark.parametrize(
    ("event", "ref", "base", "keeps"),
    [
        ("push", "refs/heads/trunk", "", True),
        ("workflow_dispatch", "refs/heads/trunk", "", True),
        ("schedule", "refs/heads/trunk", "", True),
        ("push", "refs/heads/feature", "", False),
        ("workflow_dispatch", "refs/heads/feature", "", False),
        ("push", "refs/tags/trunk", "", False),
        ("merge_group", "refs/heads/gh-readonly-queue/trunk/pr-1-abc", "", False),
        ("pull_request", "refs/pull/1/merge", "", False),
        ("pull_request", "refs/heads/trunk", "", False),
        ("pull_request_review", "refs/heads/trunk", "", False),
        ("push", "refs/heads/stage", "stage", True),
        ("push", "refs/heads/trunk", "stage", False),
        ("schedule", "refs/heads/trunk", "stage", True),
        ("repository_dispatch", "refs/heads/trunk", "refs/heads/stage", True),
        ("workflow_dispatch", "refs/heads/trunk", "stage", True),
        ("workflow_dispatch", "refs/heads/feature", "stage", False),
        ("push", "", "", False),
    ],
)
def test_only_a_run_for_the_base_may_write(event, ref, base, keeps):
    asked = read(DEFAULT, GITHUB_EVENT_NAME=event, GITHUB_REF=ref, INPUT_BASE=base)

    assert asked.keeps(asked.base or "trunk") is keeps


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"INPUT_TOKEN": ""}, "`token` is empty"),
        ({"GITHUB_REPOSITORY": ""}, "not a run of GitHub Actions"),
        ({"GITHUB_EVENT_NAME": "pull_request_target"}, "pull_request_target is refused"),
        ({"INPUT_MERGE": "yes"}, "auto, direct, none"),
        ({"INPUT_DRY__RUN": "yes"}, "`true` or `false`"),
        ({"INPUT_WAIT": "5m"}, "whole number of seconds"),
        ({"INPUT_BRANCH__PREFIX": "a..b"}, "no branch"),
        ({"INPUT_PROJECTS": "{"}, "not JSON"),
        ({"INPUT_PROJECTS": "{}"}, "not a list"),
        ({"INPUT_MANIFEST__ENV": "INPUT_TOKEN"}, "not for manifests"),
    ],
)
def test_what_cannot_be_meant_does_not_start(changed, words):
    with pytest.raises(CannotStart) as caught:
        read(**changed)

    assert words in str(caught.value)
    assert caught.value.exit_code == 2


def test_manifests_may_read_the_token_the_actor_and_what_is_listed_and_no_more():
    asked = read(INPUT_MANIFEST__ENV="QUAY_TOKEN", QUAY_TOKEN="q", OTHER="o")

    assert dict(asked.manifest_environment) == {
        "GITHUB_TOKEN": "ghs_secret",
        "GITHUB_ACTOR": "ada",
        "QUAY_TOKEN": "q",
    }


def test_no_secret_shows_in_any_text_of_the_inputs():
    asked = read(INPUT_MERGE__TOKEN="ghp_other", INPUT_REGISTRY__CREDENTIALS="h u hunter2")

    for text in (repr(asked), str(asked), f"{asked}"):
        assert "ghs_secret" not in text
        assert "ghp_other" not in text
        assert "hunter2" not in text


def test_a_secret_has_no_text_of_its_own():
    assert "x" not in f"{Secret('x')!r}{Secret('x')}{[Secret('x')]}".replace("Secret", "")


def test_every_bad_input_is_named_in_one_go_with_what_is_allowed():
    with pytest.raises(CannotStart) as caught:
        read(
            INPUT_TOKEN="",
            INPUT_PROJECTS="{",
            INPUT_MERGE="yes",
            INPUT_WAIT="5m",
            INPUT_BRANCH__PREFIX="a..b",
            INPUT_MANIFEST__ENV="INPUT_TOKEN,INPUT_X",
            INPUT_REGISTRY__CREDENTIALS="ghcr.io hunter2\nquay.io",
        )

    said = [str(each) for each in caught.value.each]
    for name in ("token", "projects", "merge", "wait", "branch-prefix", "manifest-env", "registry-credentials"):
        assert [each for each in said if f"`{name}`" in each], name
    assert len(said) == 9
    assert "hunter2" not in "".join(said)


@pytest.mark.parametrize("names", ["FEED FEED_TOKEN", "FEED=x", "${FEED}", "1ST"])
def test_what_no_variable_is_called_is_no_name_for_manifests(names):
    with pytest.raises(CannotStart, match=r"`manifest-env` names .*no variable is called.*separated by commas"):
        read(INPUT_MANIFEST__ENV=names)


def test_people_teams_and_labels_are_taken_as_github_has_them():
    asked = read(
        INPUT_LABELS="dependencies, needs review: ops\n🚀",
        INPUT_REVIEWERS="ada-l, acme/payments.core, mona_acme",
        INPUT_ASSIGNEES="ada-l, dependabot[bot]",
    )

    assert asked.labels == ("dependencies", "needs review: ops", "🚀")
    assert asked.reviewers == ("ada-l", "acme/payments.core", "mona_acme")
    assert asked.assignees == ("ada-l", "dependabot[bot]")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("labels", "x" * 51),
        ("reviewers", "a b"),
        ("reviewers", "acme/a/b"),
        ("assignees", "acme/a"),
        ("assignees", "@a"),
    ],
)
def test_what_github_can_have_none_of_is_refused_by_the_input_s_name(name, value):
    with pytest.raises(CannotStart, match=rf"`{name}` names .* which GitHub has none of"):
        read(**{f"INPUT_{name.upper()}": f"ok, {value}"})
