"""Pull requests: opened once, following their branch, found again, dressed, closed."""

import github as pygithub
import pytest
import requests

from sandbox.github import GitHub

REPOSITORY = "acme/profile"


@pytest.fixture
def site(tmp_path):
    site = GitHub(tmp_path)
    site.create(REPOSITORY, {"values.yaml": "tag: v1.0.0\n"})
    return site


@pytest.fixture
def pull(site, repo):
    site.repository(REPOSITORY).commit({"values.yaml": "tag: v1.1.0\n"}, "Take v1.1.0", branch="update")
    return repo.create_pull("main", "update", title="ledger v1.1.0", body="It is new.")


def refused(call, *arguments, **named):
    with pytest.raises(pygithub.GithubException) as caught:
        call(*arguments, **named)
    errors = caught.value.data.get("errors") or [{}]
    return caught.value.status, errors[0].get("message") or errors[0].get("code") or caught.value.data["message"]


def the_ref(repo, name):
    found = repo.get_git_ref(name)
    assert found.object.sha
    return found


def test_a_pull_request_is_opened_by_the_token(pull, site):
    assert (pull.number, pull.state, pull.user.login) == (1, "open", "github-actions[bot]")
    assert pull.head.sha == site.repository(REPOSITORY).head("update")
    assert [(each.filename, each.status, each.changes) for each in pull.get_files()] == [("values.yaml", "modified", 2)]


def test_it_is_opened_once_only(pull, repo):
    assert refused(repo.create_pull, "main", "update", title="Again") == (
        422,
        "A pull request already exists for acme:update.",
    )


def test_a_branch_without_commits_has_nothing_to_propose(site, repo):
    site.repository(REPOSITORY).point("refs/heads/same", site.repository(REPOSITORY).head())
    assert refused(repo.create_pull, "main", "same", title="x") == (422, "No commits between main and same")
    assert refused(repo.create_pull, "main", "absent", title="x") == (422, "invalid")


def test_actions_may_be_forbidden_to_open_any(site, repo):
    site.repository(REPOSITORY).settings.actions_can_create_prs = False
    status, words = refused(repo.create_pull, "main", "update", title="x")
    assert (status, words) == (403, "GitHub Actions is not permitted to create or approve pull requests.")
    site.token("ghs_any", kind="app")
    assert refused(repo.create_pull, "main", "update", title="x")[0] == 422


def test_it_is_found_by_its_branch(pull, repo):
    assert [each.number for each in repo.get_pulls(head="acme:update")] == [1]
    assert list(repo.get_pulls(head="acme:other")) == []
    assert list(repo.get_pulls(state="closed", head="acme:update")) == []
    assert [each.number for each in repo.get_pulls(state="all", base="main")] == [1]


def test_it_follows_its_branch(pull, site):
    sha = site.repository(REPOSITORY).commit({"values.yaml": "tag: v1.2.0\n"}, branch="update")
    pull.update()
    assert (pull.head.sha, pull.commits) == (sha, 2)


def test_whether_it_can_be_merged_is_not_known_at_first(pull, site, repo):
    site.repository(REPOSITORY).settings.unknown_looks = 2
    seen = [repo.get_pull(1) for _ in range(3)]
    assert [each.mergeable for each in seen] == [None, None, True]
    assert [each.mergeable_state for each in seen] == ["unknown", "unknown", "clean"]


@pytest.mark.parametrize(
    ("name", "value", "state"),
    [
        ("required_checks", ["test"], "blocked"),
        ("required_reviews", 1, "blocked"),
        ("merge_queue", True, "blocked"),
        ("other_checks", ["lint"], "unstable"),
    ],
)
def test_the_rules_show_in_its_state(site, repo, name, value, state):
    repository = site.repository(REPOSITORY)
    repository.settings.unknown_looks = 0
    setattr(repository.settings, name, value)
    repository.commit({"values.yaml": "tag: v2\n"}, branch="update")
    repo.create_pull("main", "update", title="x")
    assert repo.get_pull(1).mergeable_state == state


def test_a_conflict_and_a_draft_show_in_its_state(site, repo, pull):
    site.repository(REPOSITORY).settings.unknown_looks = 0
    site.repository(REPOSITORY).pulls[1].draft = True
    assert repo.get_pull(1).mergeable_state == "draft"
    site.repository(REPOSITORY).commit({"values.yaml": "tag: v3.0.0\n"})
    again = repo.get_pull(1)
    assert (again.mergeable, again.mergeable_state) == (False, "dirty")


def test_deleting_its_branch_closes_it(pull, repo):
    the_ref(repo, "heads/update").delete()
    assert (repo.get_pull(1).state, repo.get_pull(1).merged) == ("closed", False)


def test_a_branch_put_back_to_its_base_closes_it(pull, site, repo):
    the_ref(repo, "heads/update").edit(site.repository(REPOSITORY).head(), force=True)
    assert (repo.get_pull(1).state, repo.get_pull(1).merged) == ("closed", False)


def test_pushing_its_commits_to_the_base_merges_it(pull, site, repo):
    the_ref(repo, "heads/main").edit(site.repository(REPOSITORY).head("update"))
    assert (repo.get_pull(1).state, repo.get_pull(1).merged) == ("closed", True)


def test_it_is_edited_closed_and_opened_again(pull, site, repo):
    pull.edit(title="ledger v1.2.0", body="Newer.")
    assert (site.repository(REPOSITORY).pulls[1].title, pull.body) == ("ledger v1.2.0", "Newer.")
    pull.edit(state="closed")
    assert repo.get_pull(1).state == "closed"
    pull.edit(state="open")
    assert repo.get_pull(1).state == "open"
    pull.edit(state="closed")
    site.repository(REPOSITORY).commit({"values.yaml": "other\n"}, branch="update")
    assert refused(pull.edit, state="open")[0] == 422


def test_it_is_dressed(pull, site):
    pull.add_to_labels("dependencies", "automatic")
    pull.create_issue_comment("Hello.")
    pull.add_to_assignees("ada")
    pull.create_review_request(reviewers=["bea"], team_reviewers=["platform"])
    kept = site.repository(REPOSITORY).pulls[1]
    assert (kept.labels, kept.assignees, kept.reviewers) == (["dependencies", "automatic"], ["ada"], ["bea"])
    assert [each.body for each in pull.get_issue_comments()] == ["Hello."]
    pull.update()
    assert [each.name for each in pull.labels] == ["dependencies", "automatic"]
    assert pull.as_issue().number == 1


def test_strangers_cannot_review(pull, site):
    site.collaborators.add("ada")
    status, words = refused(pull.create_review_request, reviewers=["bea"])
    assert (status, words.startswith("Reviews may only be requested from collaborators")) == (422, True)
    pull.add_to_assignees("bea")
    assert site.repository(REPOSITORY).pulls[1].assignees == []


def test_an_answer_that_is_no_json_object_is_refused(street):
    url = f"{street.address}/repos/{REPOSITORY}/pulls"
    answer = requests.post(url, data=b"{", headers={"Authorization": "Bearer x"}, timeout=10)
    assert (answer.status_code, answer.json()["message"]) == (400, "Problems parsing JSON")
