"""A token is called by what it is, and what it can never have is said."""

from profile_cd.checks import Token
from profile_cd.checks.kinds import described, needs


def test_a_hostile_login_ends_no_quotes():
    assert described(Token("token", "classic", "a`\n::error::b")).count("`") == 2


def test_only_where_every_token_is_the_workflow_s_own_can_none_have_the_permission():
    own, ada = Token("token", "workflow"), Token("merge-token", "classic")

    assert "no `permissions:`" in needs("secrets: read", (own,))
    assert needs("secrets: read", (own, ada)) == "(needs `secrets: read`)"
    assert needs("contents: read", (own,)) == "(needs `contents: read`)"
