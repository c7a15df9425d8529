"""A token is known by how it begins, and an App's from a workflow's own by whose it is."""

import pytest

from profile_cd import checks
from profile_cd.checks import Token
from profile_cd.checks.kinds import described, needs


@pytest.mark.parametrize(
    ("text", "login", "merges", "kind"),
    [
        ("ghs_1", "github-actions[bot]", True, "workflow"),
        ("ghs_1", "", False, "workflow"),
        ("ghs_1", "", True, "app"),
        ("ghs_12345_eyJh.eyJp.x-y", "acme-cd[bot]", False, "app"),
        ("github_pat_1", "ada", False, "fine-grained"),
        ("ghp_1", "ada", False, "classic"),
        ("a" * 40, "ada", False, "classic"),
        ("gho_1", "ada", False, "person"),
        ("something else", "ada", False, ""),
    ],
)
def test_the_kind_of_a_token(text, login, merges, kind):
    assert checks.kind(text, login, merges=merges) == kind


def test_a_hostile_login_ends_no_quotes():
    assert described(Token("token", "classic", "a`\n::error::b")).count("`") == 2


def test_only_where_every_token_is_the_workflow_s_own_can_none_have_the_permission():
    own, ada = Token("token", "workflow"), Token("merge-token", "classic")

    assert "no `permissions:`" in needs("secrets: read", (own,))
    assert needs("secrets: read", (own, ada)) == "(needs `secrets: read`)"
    assert needs("contents: read", (own,)) == "(needs `contents: read`)"
