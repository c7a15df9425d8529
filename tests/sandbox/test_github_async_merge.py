"""A merge in the background: asked for once, waited for, judged when it runs."""

import pytest


@pytest.fixture
def pull(ask, repository):
    repository.commit({"values.yaml": "tag: v2\n"}, "Take v2", branch="update")
    ask("POST", "/pulls", {"title": "Take v2", "head": "update", "base": "main"})
    return repository.pulls[1]


def asked(ask, **options):
    return ask("PUT", "/pulls/1/merge-async", {"merge_method": "squash", **options})


def result(ask, said):
    return ask("GET", f"/pulls/1/merge-async/{said['details']['uuid']}")[1]


def test_it_is_pending_until_its_time_has_come(ask, repository, pull):
    repository.delays.async_merge = 1
    status, said = asked(ask, sha=pull.head_sha, commit_title="Mine")
    assert (status, said["status"], said["details"]["expected_head_sha"]) == (202, "pending", pull.head_sha)
    assert result(ask, said)["status"] == "pending"
    done = result(ask, said)
    assert (done["status"], done["details"]["sha"]) == ("merged", repository.head())
    assert repository.log()[0] == "Mine"
    assert asked(ask)[:1] == (200,)
    assert result(ask, said) == done


def test_a_second_request_is_told_of_the_first(ask, pull):
    _, first = asked(ask)
    status, second = asked(ask, merge_method="rebase")
    assert (status, second["details"]["uuid"]) == (409, first["details"]["uuid"])
    assert second["details"]["merge_method"] == "squash"


def test_rules_are_judged_when_it_runs(ask, repository, pull):
    repository.settings.required_checks = ["test"]
    _, said = asked(ask)
    assert result(ask, said) == {
        "status": "failed",
        "details": {"message": 'Required status check "test" is expected.'},
    }
    assert pull.state == "open"


def test_a_head_that_moves_meanwhile_is_not_merged(ask, repository, pull):
    _, said = asked(ask)
    repository.commit({"values.yaml": "tag: v3\n"}, "Mine", branch="update")
    assert result(ask, said)["details"]["message"].startswith("Head branch was modified")


def test_a_base_that_moves_meanwhile_is_merged_into(ask, repository, pull):
    _, said = asked(ask)
    repository.commit({"other.yaml": "a: 1\n"}, "Rival")
    assert result(ask, said)["status"] == "merged"


def test_a_closed_or_drafted_one_is_refused_at_once(ask, repository, pull):
    pull.draft = True
    assert asked(ask) == (400, {"status": "failed", "details": {"message": "Pull request is a draft."}})
    repository.close(1)
    pull.draft = False
    assert asked(ask)[1]["details"]["message"] == "Pull request is closed."


def test_a_queue_takes_it(ask, repository, pull):
    repository.settings.merge_queue = True
    _, said = asked(ask)
    assert result(ask, said)["status"] == "enqueued"
    assert asked(ask) == (
        200,
        {"status": "enqueued", "details": {"message": "Pull request is already in the merge queue."}},
    )
    repository.run_queue()
    assert pull.merged


def test_it_is_not_offered_everywhere(ask, repository, pull):
    repository.settings.offers_async_merge = False
    assert asked(ask)[0] == 404
    assert ask("GET", "/pulls/1/merge-async/nonsense")[0] == 404
