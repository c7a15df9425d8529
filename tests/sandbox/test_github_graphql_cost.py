"""GitHub answers no question that asks for too much at once, and none that does not say how much."""

import pytest


def deployments(projects, first, statuses):
    one = (
        'p{}: deployments(environments: ["{}"], first: {}, orderBy: {{field: CREATED_AT, direction: DESC}}) '
        "{{ nodes {{ task commitOid statuses(first: {}) {{ nodes {{ state logUrl }} }} }} }}"
    )
    asked = " ".join(one.format(number, number, first, statuses) for number in range(projects))
    return f'{{ repository(owner: "acme", name: "profile") {{ {asked} }} }}'


def test_thirty_projects_are_one_question(graphql):
    data, errors = graphql(deployments(30, first=50, statuses=10))
    assert (len(data["repository"]), errors) == (30, [])


def test_too_many_nodes_are_refused(graphql):
    _, errors = graphql(deployments(300, first=100, statuses=20))
    words = "This query requests up to 630,000 possible nodes which exceeds the maximum limit of 500,000."
    assert errors == [f"MAX_NODE_LIMIT_EXCEEDED: {words}"]


PAGES = {
    "no size": ("pullRequests { nodes { number } }", "MISSING_PAGINATION_BOUNDARIES: You must provide a `first`"),
    "too large": (
        "pullRequests(first: 101) { nodes { number } }",
        "EXCESSIVE_PAGINATION: Requesting 101 records on the `pullRequests` connection exceeds",
    ),
    "in a fragment": (
        "...It } } fragment It on Repository { pullRequests { edges { cursor }",
        "MISSING_PAGINATION_BOUNDARIES",
    ),
}


@pytest.mark.parametrize(("asked", "words"), PAGES.values(), ids=PAGES)
def test_a_page_says_how_large_it_is(graphql, asked, words):
    (error,) = graphql(f'{{ repository(owner: "acme", name: "profile") {{ {asked} }} }}')[1]
    assert error.startswith(words)


def test_how_many_there_are_needs_no_page(graphql):
    query = '{ repository(owner: "acme", name: "profile") { pullRequests { totalCount } } }'
    assert graphql(query) == ({"repository": {"pullRequests": {"totalCount": 0}}}, [])


def test_a_size_may_be_a_variable(graphql):
    query = 'query($n: Int!) { repository(owner: "acme", name: "profile") { releases(first: $n) { nodes { id } } } }'
    assert graphql(query, n=100)[1] == []
    assert graphql(query, n=101)[1][0].startswith("EXCESSIVE_PAGINATION")
