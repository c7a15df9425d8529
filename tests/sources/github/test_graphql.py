"""Releases by GraphQL: several repositories in one question, each page by page to its end."""

import pytest

from profile_cd.credentials import Secret
from profile_cd.errors import SourceFailed
from profile_cd.sources.github import Release, Server, Wanted, graphql
from tests.sources.webs import Spoken

SERVER = Server("api.github.com", Secret("t"))
APP, TAGS = Wanted(("acme", "app")), Wanted(("acme", "tags"), tags=True)


def node(tag, **more):
    return {"tagName": tag, "name": "", "isDraft": False, "isPrerelease": False, "isLatest": False, **more}


def page(*nodes, after=None, what="releases"):
    return {what: {"nodes": list(nodes), "pageInfo": {"hasNextPage": after is not None, "endCursor": after}}}


def asked(wanted, *answers):
    """What is found where each question gets the next of *answers*, which hold a field for each repository."""
    left = list(answers)

    def site(*_):
        return 200, {"data": {f"r{number}": each for number, each in enumerate(left.pop(0))}}

    web = Spoken(site)
    return graphql.ask(SERVER, wanted, web), len(web.asked)


def test_pages_are_put_together_in_their_order():
    found, questions = asked([APP], [page(node("v1"), after="a")], [page(node("v2", isLatest=True))])

    assert [(each.tag, each.latest) for each in found[APP].releases] == [("v1", False), ("v2", True)]
    assert questions == 2


def test_tags_are_asked_for_where_no_release_is_left():
    tag = {"name": "v1", "target": {"oid": "object", "target": {"oid": "commit"}}}
    found, _ = asked([TAGS], [page(node("v0", isDraft=True))], [page(tag, what="refs")])

    assert found[TAGS].tags == (Release("v1", "v1", "commit"),)


def test_one_repository_that_fails_leaves_the_others():
    found, _ = asked([APP, TAGS], [page(node("v1")), None], [])

    assert isinstance(found[TAGS], SourceFailed)
    assert [each.tag for each in found[APP].releases] == ["v1"]


@pytest.mark.parametrize(
    "field",
    [
        {},
        {"releases": None},
        {"releases": {"nodes": {}}},
        page(1),
        page({"tagName": "v1"}),
        {"releases": {"nodes": []}},
    ],
)
def test_an_unexpected_shape_is_a_failure(field):
    found, _ = asked([APP], [field])

    assert "unexpected shape" in str(found[APP])


def test_what_is_no_name_is_left_out():
    found, _ = asked([APP], [page(node("v1"), node(1), node(""), node("a\nb"), node("x" * 999), None)])

    assert [each.tag for each in found[APP].releases] == ["v1"]


def test_a_list_that_leads_in_a_circle_ends():
    found, questions = asked([APP], [page(after="a")], [page(after="a")])

    assert "do not end" in str(found[APP])
    assert questions == 2
