"""GitHub's words are recognised for what they mean, and ours say what to do."""

import pytest

from profile_cd.merging import words
from profile_cd.merging.terms import Merging, Seen

SEEN = Seen("OPEN", "c0ffee", "MERGEABLE", "BLOCKED")
PHRASES = {
    "moved": words.MOVED,
    "queue": words.QUEUE,
    "checks": words.CHECKS,
    "demanded": words.DEMANDED,
    "draft": words.DRAFT,
    "method": words.METHOD,
    "rules": words.RULES,
}


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("Base branch was modified. Review and try the merge again.", {"moved"}),
        ("Head branch was modified. Review and try the merge again.", {"moved"}),
        ("Changes must be made through the merge queue", {"queue"}),
        ('Required status check "ci" is expected.', {"checks"}),
        ("2 of 2 required status checks are expected.", {"checks"}),
        ("Waiting for Code Scanning results.", {"checks"}),
        ("At least 1 approving review is required by reviewers with write access.", {"demanded"}),
        ("Pull Request is still a draft", {"draft"}),
        ("Squash merges are not allowed on this repository.", {"method"}),
        ("This branch must not contain merge commits.", {"method"}),
        ("Repository rule violations found", {"rules"}),
        ("Commits must have verified signatures: signed commits are required.", {"rules"}),
        ("Pull Request is not mergeable", set()),
    ],
)
def test_a_refusal_means_one_thing(message, meant):
    assert {name for name, phrases in PHRASES.items() if words.mentions(message, phrases)} == meant


@pytest.mark.parametrize(
    ("message", "way"),
    [
        ("Pull Request is still a draft", "Mark the pull request as ready"),
        ("This branch must not contain merge commits.", "`merge-method: squash` or `rebase`"),
        ("Squash merges are not allowed on this repository.", "Choose another `merge-method`"),
        ("At least 1 approving review is required", "Approve it"),
        ("Protected branch rules not configured for this branch", "make an exception"),
        ("Auto merge is not allowed for this repository", "Tick “Allow auto-merge”"),
        ("Resource not accessible by integration", "contents: write and pull-requests: write"),
    ],
)
def test_each_refusal_has_its_way_out(message, way):
    assert words.advice(message, "GitHub refused.").startswith("GitHub refused. ")
    assert way in words.advice(message, "GitHub refused.")


def test_words_that_nobody_knows_get_no_advice():
    assert words.advice("Something new", "GitHub refused.") == "GitHub refused."


def test_a_message_becomes_one_sentence():
    assert words.sentence("  Not\n mergeable.. ") == "Not mergeable."


@pytest.mark.parametrize(
    ("checks", "default_token", "way"),
    [
        (0, True, "Approve workflows to run"),
        (0, False, "Set `wait` to more seconds"),
        (2, True, "Set `wait` to more seconds"),
        (None, True, "`permissions: checks: read, statuses: read`"),
    ],
)
def test_checks_that_are_not_met_say_why(checks, default_token, way):
    state = Merging("c0ffee", waited=30.4, default_token=default_token)
    seen = Seen("OPEN", "c0ffee", "MERGEABLE", "BLOCKED", checks=checks)

    assert words.unmet_words(state, seen).startswith("Required checks are not met after 30 s of waiting. ")
    assert way in words.unmet_words(state, seen)


@pytest.mark.parametrize(
    ("failed", "named"),
    [
        (("ci",), "The required check `ci` failed"),
        (("ci", "lint"), "The required checks `ci`, `lint` failed"),
        (("::error::x",), "The required check `:\u2060:error::x` failed"),
    ],
)
def test_a_check_that_failed_is_named_and_gives_no_command(failed, named):
    seen = Seen("OPEN", "c0ffee", "MERGEABLE", "BLOCKED", failed=failed)

    assert words.failed_words(seen).startswith(named)


def test_an_armed_merge_with_the_workflow_s_own_token_says_that_it_starts_nothing():
    own, app = (Merging("c0ffee", default_token=default) for default in (True, False))

    assert "starts no workflow" in words.armed_words(own, SEEN)
    assert "starts no workflow" not in words.armed_words(app, SEEN)
