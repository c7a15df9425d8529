"""Each fact is a line: fine, to be set, or unknown to the tokens that asked."""

from dataclasses import replace

from profile_cd.checks import Branch, Facts, Token, Wanted, found
from tests.checks.known import APP, CD, NOW, OWN, SOUND, said, to_set


def test_where_all_is_set_every_line_is_fine():
    assert {each.level for each in found(SOUND, CD, NOW)} == {"fine"}


def test_what_no_token_can_see_is_unknown_and_never_fine():
    assert {each.level for each in found(Facts(Branch("main"), (Token("token"),)), CD, NOW)} == {"unknown"}


def test_the_setting_for_actions_binds_the_workflow_s_own_token_alone():
    own = replace(SOUND, pulls=False, tokens=(OWN,))

    assert any("Settings → Actions → General" in each for each in to_set(own))
    assert not any("Actions → General" in each for each in to_set(replace(own, tokens=(OWN, APP))))


def test_a_person_s_token_stands_in_for_the_workflow_s_own_where_a_person_asks():
    assert any("Actions may not create" in each for each in to_set(replace(SOUND, pulls=False), Wanted(own=False)))


def test_what_a_workflow_s_own_token_can_never_know_says_so():
    (words,) = [each for each in said(replace(SOUND, pulls=None, tokens=(OWN,))) if "administration" in each]

    assert "no `permissions:` give that to a workflow's own token" in words
