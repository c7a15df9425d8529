"""Checks and rules: who may read them, which are required, what failed, and what waits for a scan."""

import pytest

ROLLUP = (
    '{ repository(owner: "acme", name: "profile") { pullRequest(number: 1) { mergeStateStatus '
    "commits(last: 1) { nodes { commit { oid statusCheckRollup { state contexts(first: 9) { nodes { "
    "... on CheckRun { name status conclusion isRequired(pullRequestNumber: 1) } } } } } } } } } }"
)


@pytest.fixture
def pull(ask, repository):
    repository.commit({"values.yaml": "tag: v2\n"}, "Take v2", branch="update")
    repository.settings.required_checks, repository.settings.other_checks = ["test"], ["lint"]
    ask("POST", "/pulls", {"title": "Take v2", "head": "update", "base": "main"})
    return repository.pulls[1]


def rollup(graphql, token="ghs_any"):
    data, errors = graphql(ROLLUP, token)
    pull = data["repository"]["pullRequest"]
    return pull["mergeStateStatus"], pull["commits"]["nodes"][0]["commit"]["statusCheckRollup"], errors


def test_each_check_says_whether_it_is_required_and_how_it_ended(graphql, repository, pull):
    assert rollup(graphql)[1]["state"] == "PENDING"
    repository.checks[pull.head_sha] = {"test": "failure", "lint": ""}
    state, said, _ = rollup(graphql)
    assert (state, said["state"]) == ("BLOCKED", "FAILURE")
    assert [tuple(each.values()) for each in said["contexts"]["nodes"]] == [
        ("test", "COMPLETED", "FAILURE", True),
        ("lint", "IN_PROGRESS", None, False),
    ]


def test_a_token_that_may_not_read_checks_gets_an_error_beside_the_rest(site, graphql, repository, pull):
    site.token("ghs_any", permissions={"contents": "write", "pull-requests": "write"})
    assert rollup(graphql)[2] == []
    repository.private = True
    state, said, errors = rollup(graphql)
    assert (state, said, errors) == ("BLOCKED", None, ["FORBIDDEN: Resource not accessible by integration"])


def test_a_scan_is_waited_for_in_github_s_words(ask, repository, pull):
    repository.settings.required_checks = []
    repository.settings.code_scanning, repository.settings.rulesets = True, True
    status, said = ask("PUT", "/pulls/1/merge", {"merge_method": "squash"})
    words = f"Code scanning is waiting for results from CodeQL for the commit {pull.head_sha[:7]}."
    assert (status, said["message"]) == (405, f"Repository rule violations found\n\n{words}\n\n")
    repository.complete_checks()
    assert ask("PUT", "/pulls/1/merge", {"merge_method": "squash"})[0] == 200


def test_a_linear_history_takes_no_merge_commit(ask, repository, pull):
    repository.settings.linear_history = True
    repository.complete_checks()
    status, said = ask("PUT", "/pulls/1/merge", {"merge_method": "merge"})
    assert (status, said["message"]) == (405, "This branch must not contain merge commits.")
    assert ask("PUT", "/pulls/1/merge", {"merge_method": "rebase"})[0] == 200
