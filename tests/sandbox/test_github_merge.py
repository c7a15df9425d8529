"""Merging: three ways by real git, every refusal in GitHub's words, and what GitHub does by itself."""

import github as pygithub
import pytest

from sandbox.github import AutoMerge, GitHub
from sandbox.net import Street

REPOSITORY = "acme/profile"
BOT = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
GITHUB = "GitHub <noreply@github.com>"
ADA = "Ada <ada@acme.example>"


@pytest.fixture
def site(tmp_path):
    site = GitHub(tmp_path)
    site.create(REPOSITORY, {"values.yaml": "tag: v1.0.0\n", "other.yaml": "a: 1\n"})
    return site


@pytest.fixture
def repository(site):
    return site.repository(REPOSITORY)


@pytest.fixture
def pull(site, repository):
    repository.commit({"values.yaml": "tag: v1.1.0\n"}, "Take v1.1.0\n\nIt is new.", branch="update")
    with Street() as street:
        client = pygithub.Github(
            auth=pygithub.Auth.Token("ghs_any"),
            base_url=street.listen(site),
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
            lazy=True,
        )
        yield client.get_repo(REPOSITORY).create_pull("main", "update", title="ledger v1.1.0", body="")


def shown(repository, form, ref="main"):
    return repository.git("log", "-1", f"--format={form}", ref).strip()


@pytest.mark.parametrize(
    ("method", "subject", "author", "parents"),
    [
        ("merge", "Merge pull request #1 from acme/update", BOT, 2),
        ("squash", "Take v1.1.0 (#1)", BOT, 1),
        ("rebase", "Take v1.1.0", ADA, 1),
    ],
)
def test_each_way_makes_the_commit_that_github_makes(repository, pull, method, subject, author, parents):
    repository.commit({"other.yaml": "a: 2\n"}, "Meanwhile")
    base = repository.head()
    result = pull.merge(merge_method=method, sha=pull.head.sha)
    assert (result.merged, result.sha) == (True, repository.head())
    assert repository.read() == {"values.yaml": b"tag: v1.1.0\n", "other.yaml": b"a: 2\n"}
    assert shown(repository, "%s") == subject
    assert shown(repository, "%an <%ae>") == author
    assert shown(repository, "%cn <%ce>") == GITHUB
    assert shown(repository, "%P").split()[0] == base
    assert len(shown(repository, "%P").split()) == parents
    pull.update()
    assert (pull.merged, pull.state, pull.merge_commit_sha) == (True, "closed", result.sha)


def test_title_and_message_are_taken_as_given(repository, pull):
    pull.merge("Words.\n\nProfile-CD: merge", "ledger v1.1.0", "squash")
    assert shown(repository, "%B") == "ledger v1.1.0\n\nWords.\n\nProfile-CD: merge"


def test_several_commits_are_squashed_under_the_title(repository, pull):
    repository.commit({"values.yaml": "tag: v1.2.0\n"}, "Take v1.2.0", branch="update")
    pull.merge(merge_method="squash")
    assert shown(repository, "%B") == "ledger v1.1.0 (#1)\n\n* Take v1.1.0\n\nIt is new.\n\n* Take v1.2.0"


def test_the_branch_goes_where_the_settings_say_so(repository, pull):
    repository.settings.delete_branch_on_merge = True
    pull.merge(merge_method="squash")
    assert repository.head("update") is None
    assert repository.pulls[1].merged


def draft(repository):
    repository.pulls[1].draft = True


def one_check(repository):
    repository.settings.required_checks = ["test"]


def two_checks(repository):
    repository.settings.required_checks = ["test", "lint"]


def mixed_checks(repository):
    repository.settings.required_checks = ["test", "lint"]
    repository.checks[repository.pulls[1].head_sha] = {"test": ""}


def failed_check(repository):
    repository.settings.required_checks = ["test"]
    repository.checks[repository.pulls[1].head_sha] = {"test": "failure"}


def review(repository):
    repository.settings.required_reviews = 1


def ruleset(repository):
    repository.settings.required_checks, repository.settings.rulesets = ["test"], True


def queue(repository):
    repository.settings.merge_queue = True


def no_squash(repository):
    repository.settings.allow_squash_merge = False


def conflict(repository):
    repository.commit({"values.yaml": "tag: v3.0.0\n"})


def nothing_left(repository):
    repository.commit({"values.yaml": "tag: v1.1.0\n"})


def moved(repository):
    repository.settings.base_race = True
    repository.commit({"other.yaml": "a: 2\n"})


def race(repository):
    repository.refusals.append((405, "Base branch was modified. Review and try the merge again."))


def pushed(repository):
    repository.commit({"values.yaml": "tag: v1.1.1\n"}, branch="update")


def closed(repository):
    repository.close(1)


REFUSALS = [
    (draft, 405, "Pull Request is still a draft"),
    (one_check, 405, 'Required status check "test" is expected.'),
    (two_checks, 405, "2 of 2 required status checks are expected."),
    (mixed_checks, 405, "2 of 2 required status checks have not succeeded: 1 pending, 1 expected."),
    (failed_check, 405, 'Required status check "test" is failing.'),
    (review, 405, "At least 1 approving review is required by reviewers with write access."),
    (ruleset, 405, 'Repository rule violations found\n\nRequired status check "test" is expected.\n\n'),
    (queue, 405, "Changes must be made through the merge queue"),
    (no_squash, 405, "Squash merges are not allowed on this repository."),
    (conflict, 405, "Pull Request is not mergeable"),
    (race, 405, "Base branch was modified. Review and try the merge again."),
    (nothing_left, 405, "Base branch was modified. Review and try the merge again."),
    (moved, 405, "Base branch was modified. Review and try the merge again."),
    (pushed, 409, "Head branch was modified. Review and try the merge again."),
    (closed, 405, "Pull Request is not mergeable"),
]


@pytest.mark.parametrize(("prepare", "status", "words"), REFUSALS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_merge_is_refused_in_githubs_words(repository, pull, prepare, status, words):
    prepare(repository)
    base = repository.head()
    with pytest.raises(pygithub.GithubException) as caught:
        pull.merge(merge_method="squash", sha=pull.head.sha)
    assert (caught.value.status, caught.value.data["message"]) == (status, words)
    assert repository.head() == base
    assert len(repository.open_pulls()) == (prepare is not closed)


def test_a_race_is_over_after_one_refusal(repository, pull):
    race(repository)
    with pytest.raises(pygithub.GithubException):
        pull.merge(merge_method="squash")
    assert pull.merge(merge_method="squash").merged


def armed(repository):
    kept = repository.pulls[1]
    kept.auto_merge = AutoMerge(kept.user, "squash", "ledger v1.1.0", "Words.", repository.now())


def test_an_armed_pull_request_merges_when_its_checks_pass(site, repository, pull):
    one_check(repository)
    armed(repository)
    site.complete_checks(REPOSITORY, conclusion="failure")
    assert not repository.pulls[1].merged
    site.complete_checks(REPOSITORY)
    assert repository.pulls[1].merged
    assert shown(repository, "%B") == "ledger v1.1.0\n\nWords."


def test_an_armed_pull_request_merges_when_it_is_approved(site, repository, pull):
    review(repository)
    armed(repository)
    site.complete_checks(REPOSITORY)
    assert not repository.pulls[1].merged
    site.approve(REPOSITORY, 1)
    assert repository.pulls[1].merged


def test_checks_end_by_themselves_after_some_looks(repository, pull):
    one_check(repository)
    repository.settings.checks_after_reads = 2
    armed(repository)
    states = []
    for _ in range(4):
        pull.update()
        states.append(pull.state)
    assert states == ["open", "open", "closed", "closed"]


def test_the_queue_merges_what_is_in_it(site, repository, pull):
    queue(repository)
    site.run_queue(REPOSITORY)
    assert not repository.pulls[1].merged
    repository.pulls[1].queued = True
    site.run_queue(REPOSITORY)
    assert repository.pulls[1].merged


def test_a_disarmed_pull_request_stays(site, repository, pull):
    one_check(repository)
    site.complete_checks(REPOSITORY)
    assert not repository.pulls[1].merged
