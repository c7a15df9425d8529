"""Both tokens are looked at: whose they are, when they end, what they may do, and what they are to each other."""

from dataclasses import replace

import pytest

from profile_cd.checks import Token
from tests.checks.known import ADA, APP, OWN, SOUND, said, to_set


def with_tokens(*tokens):
    return replace(SOUND, tokens=tokens)


def test_the_merge_token_is_looked_at_as_closely_as_the_other():
    words = said(with_tokens(OWN, replace(ADA, name="merge-token")))

    assert any(each.startswith("`merge-token` is a classic personal token of `ada`") for each in words)
    assert any(each.startswith("`merge-token` expires on 2026-12-31") for each in words)
    assert any("owner of `merge-token` may write" in each for each in words)


@pytest.mark.parametrize("name", ["token", "merge-token"])
def test_a_token_that_ends_tomorrow_is_named_by_its_input(name):
    ends = replace(ADA, name=name, expires="2026-05-02 12:00:00 UTC")

    assert any(f"token of `{name}` expires tomorrow" in each for each in to_set(with_tokens(OWN, ends)))


@pytest.mark.parametrize(
    ("token", "words"),
    [
        (replace(ADA, pushes=False), "cannot write contents"),
        (replace(ADA, scopes=("read:org",)), "has not the scope `repo`"),
        (Token("token", trouble="Bad credentials."), "`token`: Bad credentials."),
    ],
)
def test_what_a_token_lacks_is_to_be_set(token, words):
    assert any(words in each for each in to_set(with_tokens(token)))


def test_a_role_says_nothing_of_what_a_fine_grained_or_an_app_s_token_may():
    for token in (replace(ADA, kind="fine-grained", scopes=None), replace(APP, pushes=False)):
        facts = with_tokens(token)

        assert to_set(facts) == []
        assert any(
            "it needs `contents: write` and `pull-requests: write`" in each for each in said(facts, level="unknown")
        )


def test_the_workflow_s_own_token_as_merge_token_changes_nothing_and_is_said_to():
    (words,) = to_set(with_tokens(replace(ADA), replace(OWN, name="merge-token")))[:1]

    assert "workflow's own token" in words


@pytest.mark.parametrize(
    ("login", "words"), [("ada", "are both `ada`'s"), ("bob", "`merge-token` is `bob`'s, `token` is `ada`'s")]
)
def test_whether_both_are_of_the_same_owner_is_said(login, words):
    assert any(words in each for each in said(with_tokens(ADA, replace(ADA, name="merge-token", login=login))))


def test_beside_a_merge_token_the_other_only_reads():
    assert to_set(with_tokens(replace(ADA, pushes=False), APP)) == []


def test_a_merge_token_that_is_refused_is_named_and_the_rest_is_said_all_the_same():
    words = to_set(with_tokens(OWN, Token("merge-token", trouble="GitHub does not accept the token.")))

    assert words[0] == "`merge-token`: GitHub does not accept the token."


def test_an_app_s_and_a_workflow_s_token_end_by_themselves():
    assert any("ends with it" in each for each in said(with_tokens(OWN), level="fine"))
    assert any("lives for an hour" in each for each in said(with_tokens(OWN, APP), level="fine"))
