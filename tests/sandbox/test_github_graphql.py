"""Our own services read GitHub's GraphQL in the sandbox, over real sockets, and arm and queue merges with it."""

import pytest

from profile_cd import merging
from profile_cd.credentials import Secret
from profile_cd.model import Snapshot
from profile_cd.services.clock import SystemClock
from profile_cd.services.repository import Branches, GitHubApi, PullRequests, Repository
from sandbox.github import GitHub
from sandbox.net import Street

NAME = "acme/profile"
FILES = {
    ".updatecli/onboard.yaml": "sources: {}\n",
    ".updatecli/deep/er.yaml": "deeper: true\n",
    "onboard.yaml": "image: onboard:v1\nreplicas: 2\n",
    "umlaut.yaml": "name: Zoë\n",
    "logo.png": b"\x89PNG\0\0",
}


@pytest.fixture
def street():
    with Street() as street:
        yield street


@pytest.fixture
def github(tmp_path):
    return GitHub(tmp_path / "github")


@pytest.fixture
def repo(github):
    return github.create(NAME, FILES, message="Begin", author="Ada <ada@acme.example>")


@pytest.fixture
def api(street, github, repo):
    return GitHubApi(NAME, Secret("ghs_x"), street.listen(github), SystemClock())


@pytest.fixture
def pulls(api):
    return PullRequests(api, api, SystemClock())


def proposed(api, pulls, branch="profile-cd/update", content=b"image: onboard:v2\nreplicas: 2\n", **options):
    """A pull request that changes onboard.yaml, as the action makes it."""
    ours = Repository(api, api)
    base = ours.snapshot("main", directories=[".updatecli"])
    commit = ours.write_commit(base, {"onboard.yaml": content}, "Update onboard to v2\n\nProfile-CD: 1")
    Branches(api, api).create(branch, commit.sha)
    return pulls.open(branch, "main", "Update onboard to v2", "It is out.", **options)


def move(api, pulls, branch, before, after):
    known = pulls.find("profile-cd", "main").repository
    assert Branches(api, api).move(known, branch, before, after)


def merged(pulls, pull, method="squash"):
    return pulls.merge(pull.number, pull.head, method, "Update onboard (#1)", "Because.")


def test_the_head_of_a_branch_is_read_in_one_question(api, repo):
    snapshot = Repository(api, api).snapshot("main", directories=[".updatecli"])

    assert isinstance(snapshot, Snapshot)
    assert snapshot.commit == repo.head()
    assert sorted(snapshot.files) == [
        ".updatecli/deep/er.yaml",
        ".updatecli/onboard.yaml",
        "onboard.yaml",
        "umlaut.yaml",
    ]
    assert snapshot.files["umlaut.yaml"].data == "name: Zoë\n".encode()


def test_a_branch_and_its_pull_requests_are_found(api, pulls, repo):
    opened = proposed(api, pulls)

    found = pulls.find("profile-cd", "main")

    (pull,), ref = found.pulls, found.refs["profile-cd/update"]
    assert (pull.number, pull.head, pull.title, pull.id) == (1, opened.head, opened.title, opened.id)
    assert (ref.head, ref.parents) == (opened.head, (repo.head(),))
    assert ref.tree == repo.git("rev-parse", "profile-cd/update^{tree}").strip()
    assert "profile-cd/none" not in found.refs


def test_commits_that_are_not_ours_are_shown(api, pulls, repo):
    proposed(api, pulls)

    repo.commit({"onboard.yaml": "image: onboard:v3\n"}, "By hand", branch="profile-cd/update")

    (pull,) = pulls.find("profile-cd", "main").pulls
    assert pull.foreign == repo.head("profile-cd/update")
    assert pull.head == repo.head("profile-cd/update")


def test_a_pull_request_that_can_be_merged_is_clean(api, pulls):
    opened = proposed(api, pulls)

    seen = pulls.look(opened.number)

    assert (seen.state, seen.head, seen.base) == ("OPEN", opened.head, "main")
    assert (seen.mergeable, seen.status) == ("MERGEABLE", "CLEAN")


def test_it_is_unknown_for_as_many_looks_as_are_set(api, pulls, repo):
    repo.settings.unknown_looks = 2
    opened = proposed(api, pulls)

    assert [pulls.look(opened.number).mergeable for _ in range(3)] == ["UNKNOWN", "UNKNOWN", "MERGEABLE"]


def test_a_conflict_is_dirty(api, pulls, repo):
    opened = proposed(api, pulls)
    repo.commit({"onboard.yaml": "image: other\n"}, "Meanwhile")

    seen = pulls.look(opened.number)

    assert (seen.mergeable, seen.status) == ("CONFLICTING", "DIRTY")
    assert merged(pulls, opened) == merging.Refused(405, "Pull Request is not mergeable")


def test_a_merge_is_seen(api, pulls, repo):
    opened = proposed(api, pulls)

    answer = merged(pulls, opened)

    assert answer == merging.Merged(repo.head())
    assert pulls.look(opened.number).merge_sha == repo.head()
    assert repo.read()["onboard.yaml"] == b"image: onboard:v2\nreplicas: 2\n"
    assert (
        repo.git("log", "-1", "--format=%an|%cn|%B").strip()
        == "github-actions[bot]|GitHub|Update onboard (#1)\n\nBecause."
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "Auto merge is not allowed for this repository"),
        ({"allow_auto_merge": True}, "Pull request is in clean status"),
        ({"allow_auto_merge": True, "unknown_looks": 1}, "Pull request is in unknown status"),
        (
            {"allow_auto_merge": True, "allow_squash_merge": False},
            "Squash merges are not allowed on this repository.",
        ),
    ],
)
def test_auto_merge_is_refused_in_githubs_words(api, pulls, repo, settings, words):
    opened = proposed(api, pulls)
    for name, value in settings.items():
        setattr(repo.settings, name, value)

    assert pulls.arm(opened, opened.head, "squash", "Title", "Message") == merging.ArmRefused(words)


def test_auto_merge_waits_for_checks_and_then_merges(api, pulls, repo):
    repo.settings.required_checks, repo.settings.allow_auto_merge = ["ci"], True
    opened = proposed(api, pulls)

    refused = merged(pulls, opened)
    armed = pulls.arm(opened, opened.head, "squash", "Title", "Message")
    seen = pulls.look(opened.number)
    repo.complete_checks(opened.number)

    assert refused.status == 405
    assert 'Required status check "ci" is ' in refused.message
    assert armed == merging.Armed()
    assert (seen.armed, seen.status, seen.checks) == (True, "BLOCKED", 1)
    assert pulls.look(opened.number).state == "MERGED"
    assert repo.log()[0] == "Title"


def test_auto_merge_waits_for_a_review(api, pulls, repo):
    repo.settings.required_reviews, repo.settings.allow_auto_merge = 1, True
    opened = proposed(api, pulls)

    refused = merged(pulls, opened)
    pulls.arm(opened, opened.head, "squash", "Title", "Message")
    seen = pulls.look(opened.number)
    repo.approve(opened.number)

    assert refused == merging.Refused(405, "At least 1 approving review is required by reviewers with write access.")
    assert seen.review == "REVIEW_REQUIRED"
    assert pulls.look(opened.number).state == "MERGED"


def test_auto_merge_can_be_taken_back(api, pulls, repo):
    repo.settings.required_checks, repo.settings.allow_auto_merge = ["ci"], True
    opened = proposed(api, pulls)
    pulls.arm(opened, opened.head, "squash", "Title", "Message")

    pulls.disarm(opened)
    repo.complete_checks(opened.number)

    assert pulls.look(opened.number).state == "OPEN"


def test_a_merge_queue_takes_it_and_merges_later(api, pulls, repo):
    repo.settings.merge_queue = True
    opened = proposed(api, pulls)

    refused = merged(pulls, opened)
    queued = pulls.enqueue(opened, opened.head)
    seen = pulls.look(opened.number)
    repo.run_queue()

    assert refused == merging.Refused(405, "Changes must be made through the merge queue")
    assert queued == merging.Armed()
    assert seen.queued
    assert pulls.look(opened.number).state == "MERGED"


def test_another_head_is_refused(api, pulls, repo):
    opened = proposed(api, pulls)
    repo.commit({"onboard.yaml": "image: onboard:v3\n"}, "By hand", branch="profile-cd/update")

    refused = merged(pulls, opened)

    assert refused == merging.Refused(409, "Head branch was modified. Review and try the merge again.")


def test_deleting_its_branch_closes_it(api, pulls):
    opened = proposed(api, pulls)

    move(api, pulls, "profile-cd/update", opened.head, "")

    assert pulls.look(opened.number).state == "CLOSED"


def test_pointing_its_branch_at_the_base_closes_it(api, pulls, repo):
    opened = proposed(api, pulls)

    move(api, pulls, "profile-cd/update", opened.head, repo.head())

    assert pulls.look(opened.number).state == "CLOSED"


def test_what_main_takes_over_is_merged(api, pulls, repo):
    opened = proposed(api, pulls)

    move(api, pulls, "main", repo.head(), opened.head)

    assert pulls.look(opened.number).state == "MERGED"
    assert repo.head() == opened.head


PAST = """
query Past($owner: String!, $name: String!, $oid: GitObjectID!) { repository(owner: $owner, name: $name) {
  b0: object(oid: $oid) { ... on Commit { blame(path: "onboard.yaml") { ranges { startingLine endingLine
    commit { oid message author { name user { login } } parents(first: 1) { nodes { oid } } } } } } }
  h0: object(oid: $oid) { ... on Commit { history(path: ".updatecli/onboard.yaml", first: 1) { nodes { oid } } } }
  t0: object(oid: $oid) { ... on Commit { file(path: "onboard.yaml") { object { ... on Blob { text } } } } }
  t1: object(oid: $oid) { ... on Commit { file(path: "none.yaml") { object { ... on Blob { text } } } } }
  e0: object(expression: "main:logo.png") { ... on Blob { isBinary byteSize text } }
} }
"""


def test_blame_history_and_files_are_gits_own(api, repo):
    first = repo.head()
    second = repo.commit({"onboard.yaml": "image: onboard:v2\nreplicas: 2\n"}, "Two", author="Bea <bea@acme.example>")

    data = api.ask(PAST, owner="acme", name="profile", oid=second)["repository"]

    ranges = data["b0"]["blame"]["ranges"]
    assert [(each["startingLine"], each["endingLine"], each["commit"]["oid"]) for each in ranges] == [
        (1, 1, second),
        (2, 2, first),
    ]
    assert ranges[0]["commit"]["parents"] == {"nodes": [{"oid": first}]}
    assert ranges[0]["commit"]["author"] == {"name": "Bea", "user": None}
    assert data["h0"]["history"]["nodes"] == [{"oid": first}]
    assert data["t0"]["file"]["object"]["text"].startswith("image: onboard:v2")
    assert data["t1"]["file"] is None
    assert data["e0"] == {"isBinary": True, "byteSize": 6, "text": None}
