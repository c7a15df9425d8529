"""GitHub's answers about our pull requests, read as values."""

import pytest

from profile_cd.services.repository.branches import found, pull_request

OURS = "ledger v2\n\nProfile-CD: https://run"


def node(number=1, **fields):
    return {
        "id": f"PR_{number}",
        "number": number,
        "url": f"https://github.com/acme/profile/pull/{number}",
        "title": "ledger v2",
        "body": "",
        "state": "OPEN",
        "headRefName": "profile-cd/update",
        "headRefOid": "a1",
        "baseRefName": "main",
        "isCrossRepository": False,
        **fields,
    }


def read(*nodes, refs=()):
    return found("R_1", refs, nodes, "profile-cd", "main")


def test_a_pull_request_is_ours_by_head_base_and_origin():
    answer = read(
        node(1),
        node(2, isCrossRepository=True),
        node(3, headRefName="feature"),
        node(4, headRefName="profile-cd/review-2"),
        node(5, baseRefName="stage"),
        node(5, baseRefName="stage"),
        node(6, baseRefName="stage", state="MERGED", headRefName="profile-cd/update-2"),
    )

    assert [each.number for each in answer.pulls] == [4, 1]
    assert answer.taken == {"profile-cd/update"}


def test_branches_have_their_full_names_and_what_they_point_to():
    target = {"oid": "a1", "tree": {"oid": "t1"}, "parents": {"nodes": [{"oid": "p1"}, {"oid": "p2"}]}}

    answer = read(refs=[{"name": "update", "target": target}])

    ref = answer.refs["profile-cd/update"]
    assert (ref.head, ref.tree, ref.parents) == ("a1", "t1", ("p1", "p2"))


@pytest.mark.parametrize(
    ("label", "armed", "ours"),
    [
        ("not armed", None, False),
        ("with our message", {"commitBody": OURS, "mergeMethod": "SQUASH", "enabledBy": {"__typename": "User"}}, True),
        (
            "a person's button",
            {"commitBody": None, "mergeMethod": "SQUASH", "enabledBy": {"__typename": "User"}},
            False,
        ),
        ("a robot's rebase", {"commitBody": None, "mergeMethod": "REBASE", "enabledBy": {"__typename": "Bot"}}, True),
        ("a person's rebase", {"commitBody": "", "mergeMethod": "REBASE", "enabledBy": {"__typename": "User"}}, False),
        ("the account is gone", {"commitBody": "x", "mergeMethod": "MERGE", "enabledBy": None}, False),
    ],
)
def test_who_armed_it_is_told_from_the_message(label, armed, ours):
    pull = pull_request(node(autoMergeRequest=armed))

    assert (pull.armed, pull.armed_by_us) == (armed is not None, ours), label


@pytest.mark.parametrize(
    ("reviews", "objection"),
    [
        ([], ""),
        ([("APPROVED", "ada", "User")], ""),
        ([("CHANGES_REQUESTED", "Ada", "User"), ("APPROVED", "bob", "User")], "ada"),
        ([("CHANGES_REQUESTED", "linter", "Bot")], ""),
    ],
)
def test_only_a_person_s_last_word_is_an_objection(reviews, objection):
    nodes = [{"state": state, "author": {"__typename": kind, "login": login}} for state, login, kind in reviews]

    assert pull_request(node(latestReviews={"nodes": nodes})).objection == objection


def test_github_s_own_commits_are_known_by_their_committer():
    def commit(name, email):
        return {
            "commit": {
                "oid": "x",
                "message": "m",
                "committer": {"name": name, "email": email},
                "parents": {"nodes": []},
            }
        }

    commits = {
        "nodes": [commit("GitHub", "noreply@github.com"), commit("Ada", "ada@acme.example"), commit("GitHub", "x@y")]
    }

    assert [each.by_github for each in pull_request(node(commits=commits)).commits] == [True, False, False]
