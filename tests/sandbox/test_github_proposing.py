"""Opening pull requests beside others: forks, limits, what GitHub does not know yet, and who did what."""

import pytest

BY_HEAD = (
    'query($after: Int!) { repository(owner: "acme", name: "profile") { pullRequests(headRefName: "update", '
    "first: $after, orderBy: {field: CREATED_AT, direction: DESC}) "
    "{ nodes { number isCrossRepository headRepositoryOwner { login } headRepository { nameWithOwner } } } } }"
)
HISTORY = (
    '{ repository(owner: "acme", name: "profile") { pullRequest(number: 1) { state mergedBy { login } '
    "timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { createdAt "
    "actor { __typename login } } } } } } }"
)


@pytest.fixture(autouse=True)
def pushed(repository):
    return repository.commit({"values.yaml": "tag: v2\n"}, "Take v2", branch="update")


def proposed(ask, **more):
    return ask("POST", "/pulls", {"title": "Take v2", "head": "update", "base": "main", **more})


def closer(graphql):
    said = graphql(HISTORY)[0]["repository"]["pullRequest"]
    (event,) = said["timelineItems"]["nodes"]
    return event["actor"]


def test_pull_requests_of_forks_bear_the_same_head_name(ask, graphql, repository):
    proposed(ask)
    for number in range(2):
        repository.propose_from_fork("update", {"evil.yaml": str(number)}, owner="eve")
    listed = graphql(BY_HEAD, after=10)[0]["repository"]["pullRequests"]["nodes"]
    assert [(each["number"], each["isCrossRepository"]) for each in listed] == [(3, True), (2, True), (1, False)]
    assert listed[0]["headRepositoryOwner"]["login"] == "eve"
    assert listed[0]["headRepository"]["nameWithOwner"] == "eve/profile"
    assert [each["number"] for each in ask("GET", "/pulls?head=acme:update")[1]] == [1]
    (fork, _) = ask("GET", "/pulls?head=eve:update")[1]
    assert (fork["head"]["repo"]["full_name"], fork["base"]["repo"]["full_name"]) == ("eve/profile", "acme/profile")
    assert repository.head("update") != repository.pulls[2].head_sha


def test_the_merge_of_a_fork_leaves_our_branch_of_the_same_name(ask, repository, pushed):
    repository.settings.delete_branch_on_merge = True
    fork = repository.propose_from_fork("update", {"good.yaml": "x"})
    assert ask("PUT", f"/pulls/{fork.number}/merge", {"merge_method": "squash"})[0] == 200
    assert repository.head("update") == pushed
    assert ask("POST", "/pulls", {"title": "x", "head": "eve:update", "base": "main"})[0] == 422


@pytest.mark.parametrize(("name", "most"), [("title", 256), ("body", 65_536)])
def test_long_texts_are_refused(ask, name, most):
    status, said = proposed(ask, **{name: "x" * (most + 1)})
    assert (status, said["errors"][0]["message"]) == (422, f"{name} is too long (maximum is {most} characters)")
    assert proposed(ask, **{name: "x" * most})[0] == 201
    assert ask("PATCH", "/pulls/1", {name: "x" * (most + 1)})[0] == 422


def test_a_merge_message_that_is_too_long_is_refused(ask, graphql, repository):
    proposed(ask)
    long = "x" * 16_384
    status, said = ask("PUT", "/pulls/1/merge", {"commit_message": long})
    assert (status, said["message"]) == (422, "Commit message is too long (maximum is 16383 characters)")
    repository.settings.allow_auto_merge, repository.settings.required_checks = True, ["test"]
    arm = (
        "mutation($id: ID!, $body: String) { enablePullRequestAutoMerge("
        "input: {pullRequestId: $id, commitBody: $body}) { clientMutationId } }"
    )
    assert "Commit message is too long" in graphql(arm, id="PR_1000_1", body=long)[1][0]
    assert ask("PUT", "/pulls/1/merge", {"commit_message": long[1:]})[0] == 405


def test_graphql_does_not_know_a_new_pull_request_for_a_while(ask, graphql, repository):
    repository.delays.unseen_pulls = 2
    proposed(ask)
    by_number = '{ repository(owner: "acme", name: "profile") { pullRequest(number: 1) { number } } }'
    assert graphql(by_number) == (
        {"repository": {"pullRequest": None}},
        ["NOT_FOUND: Could not resolve to a PullRequest with the number of 1."],
    )
    assert graphql(BY_HEAD, after=1)[0]["repository"]["pullRequests"]["nodes"] == []
    assert graphql(by_number)[0]["repository"]["pullRequest"]["number"] == 1


def test_a_branch_that_was_just_pushed_may_have_no_commits_yet(ask, repository):
    repository.delays.unseen_pushes = 1
    status, said = proposed(ask)
    assert (status, said["errors"][0]["message"]) == (422, "No commits between main and update")
    assert proposed(ask)[0] == 201


def test_a_pull_request_may_come_too_quickly(ask, repository):
    repository.delays.too_quick = 1
    status, said = proposed(ask)
    assert (status, said["errors"][0]["message"]) == (422, "was submitted too quickly")
    assert proposed(ask)[0] == 201


def test_who_closed_a_pull_request_is_known(ask, graphql, repository):
    proposed(ask)
    repository.close(1, login="bea")
    assert closer(graphql) == {"__typename": "User", "login": "bea"}
    ask("PATCH", "/pulls/1", {"state": "open"})
    ask("PATCH", "/pulls/1", {"state": "closed"})
    assert closer(graphql) == {"__typename": "Bot", "login": "github-actions"}


def test_who_deletes_the_branch_closes_the_pull_request(site, ask, graphql, repository):
    site.token("ghs_any", kind="app")
    proposed(ask)
    ask("DELETE", "/git/refs/heads/update")
    assert closer(graphql)["login"] == "acme-app"


def test_branch_pull_request_and_merge_are_of_whoever_made_them(site, ask, repository, pushed):
    site.token("ghs_own")
    site.token("ghs_app", kind="app")
    ask("POST", "/git/refs", {"ref": "refs/heads/two", "sha": pushed}, token="ghs_app")
    ask("POST", "/pulls", {"title": "Two", "head": "two", "base": "main"}, token="ghs_app")
    ask("PUT", "/pulls/1/merge", {}, token="ghs_own")
    assert [(each.path.rpartition("/")[2], each.actor) for each in site.writes] == [
        ("refs", "acme-app[bot]"),
        ("pulls", "acme-app[bot]"),
        ("merge", "github-actions[bot]"),
    ]
    pull = repository.pulls[1]
    assert (pull.user.login, pull.merged_by.login) == ("acme-app[bot]", "github-actions[bot]")


def test_labels_reviewers_and_assignees_are_read_back(ask, graphql, repository):
    proposed(ask)
    ask("POST", "/issues/1/labels", {"labels": ["cd"]})
    ask("POST", "/issues/1/assignees", {"assignees": ["bea"]})
    ask("POST", "/pulls/1/requested_reviewers", {"reviewers": ["bea"], "team_reviewers": ["ops"]})
    query = (
        '{ repository(owner: "acme", name: "profile") { pullRequest(number: 1) { labels(first: 9) { nodes { name } } '
        "assignees(first: 9) { nodes { login } } reviewRequests(first: 9) { nodes { requestedReviewer "
        "{ ... on User { login } ... on Team { slug } } } } } } }"
    )
    pull = graphql(query)[0]["repository"]["pullRequest"]
    assert pull["labels"]["nodes"] == [{"name": "cd"}]
    assert pull["assignees"]["nodes"] == [{"login": "bea"}]
    assert [each["requestedReviewer"] for each in pull["reviewRequests"]["nodes"]] == [
        {"login": "bea"},
        {"slug": "ops"},
    ]


def test_a_comment_is_edited_in_place(ask, repository):
    proposed(ask)
    _, made = ask("POST", "/issues/1/comments", {"body": "one"})
    status, edited = ask("PATCH", f"/issues/comments/{made['id']}", {"body": "two"})
    assert (status, edited["id"], edited["body"]) == (200, made["id"], "two")
    assert [each.body for each in repository.pulls[1].comments] == ["two"]
    assert ask("PATCH", "/issues/comments/999", {"body": "x"})[0] == 404


def test_a_pull_request_becomes_a_draft_and_ready_again(ask, graphql, repository):
    proposed(ask)
    for name, draft in (("convertPullRequestToDraft", True), ("markPullRequestReadyForReview", False)):
        query = f"mutation($id: ID!) {{ {name}(input: {{pullRequestId: $id}}) {{ pullRequest {{ isDraft }} }} }}"
        assert graphql(query, id="PR_1000_1")[0][name]["pullRequest"]["isDraft"] is draft
