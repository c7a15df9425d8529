"""How a run ends where GitHub is slow, strict or not yet sure: it waits as long as it may, or says what to do."""

import pytest

from sandbox.net import faults
from sandbox.world import MERGE_TOKEN, PERSON, Once, on_github

LEDGER = "platform-values-override.yaml"
BRANCH = "profile-cd/update"


# Not yet known is no error


@pytest.mark.parametrize(("delay", "count"), [("unseen_pulls", 2), ("unseen_pushes", 2), ("too_quick", 2)])
def test_what_github_does_not_know_yet_is_asked_for_again(scene, delay, count):
    setattr(scene.repository.delays, delay, count)
    scene.repository.settings.required_checks = ["ci"]
    scene.repository.settings.allow_auto_merge = True

    done = scene.update()

    assert (done.code, done.outputs["operation"]) == (0, "armed"), done.log


def test_a_pull_request_that_cannot_be_opened_leaves_no_branch_behind(scene):
    scene.repository.settings.actions_can_create_prs = False

    for _ in range(2):
        done = scene.update()
        assert (done.code, done.outputs["operation"]) == (1, "refused")

    assert scene.repository.git.refs("refs/heads/profile-cd/") == {}


# The token that merges


def test_a_merge_token_makes_branch_pull_request_and_merge(scene):
    scene.repository.settings.actions_can_create_prs = False

    done = scene.update(merge_token=MERGE_TOKEN)

    assert done.outputs["operation"] == "merged", done.log
    pull = scene.repository.pulls[1]
    assert (pull.user.login, pull.merged_by.login) == ("acme-app[bot]", "acme-app[bot]")
    assert MERGE_TOKEN not in done.log + done.summary


def test_a_merge_token_that_is_armed_says_nothing_of_workflows_that_do_not_start(scene):
    scene.repository.settings.required_checks = ["ci"]
    scene.repository.settings.allow_auto_merge = True

    done = scene.update(merge_token=MERGE_TOKEN)

    assert done.outputs["operation"] == "armed"
    assert "starts no workflow" not in done.summary


# What never ends well is said, and what may still end well is waited for


@pytest.mark.parametrize(
    ("settings", "inputs", "words"),
    [
        ({"allow_merge_commit": False}, {"merge_method": "merge"}, "merge-method"),
        ({"linear_history": True}, {"merge_method": "merge"}, "squash` or `rebase"),
        ({"linear_history": True, "rulesets": True}, {"merge_method": "merge"}, "squash` or `rebase"),
    ],
)
def test_a_method_that_the_base_never_takes_is_refused_at_once_with_the_way_out(scene, settings, inputs, words):
    for name, value in settings.items():
        setattr(scene.repository.settings, name, value)

    done = scene.update(**inputs)

    assert (done.code, done.outputs["operation"]) == (1, "refused")
    assert words in done.log
    merges = [each for each in scene.world.street.exchanges if on_github("PUT", "/merge")(each.request)]
    assert len(merges) == 1, "asked once"
    assert "next run tries again" not in done.log


def test_a_required_check_that_failed_is_red_every_night_and_not_called_armed(scene):
    scene.repository.settings.required_checks = ["ci"]
    scene.repository.settings.allow_auto_merge = True
    scene.update()
    scene.repository.complete_checks(1, "failure")

    for _ in range(2):
        done = scene.update()
        assert (done.code, done.outputs["operation"]) == (1, "refused"), done.log
        assert "`ci` failed" in done.log


@pytest.mark.parametrize("rulesets", [True, False])
def test_code_scanning_that_is_not_done_is_waited_for(scene, rulesets):
    scene.repository.settings.code_scanning = True
    scene.repository.settings.rulesets = rulesets
    scene.repository.settings.allow_auto_merge = True

    done = scene.update()

    assert (done.code, done.outputs["operation"]) == (0, "armed"), done.log
    scene.repository.complete_checks(1)
    assert scene.repository.pulls[1].merged


def test_checks_that_the_token_may_not_read_are_not_called_never_started(scene):
    scene.repository.private = True
    scene.repository.settings.required_checks = ["ci"]
    scene.repository.settings.allow_auto_merge = True
    permissions = {"contents": "write", "pull_requests": "write", "metadata": "read"}
    scene.world.github.token("ghs_narrow", permissions=permissions)

    done = scene.update(token="ghs_narrow")

    assert done.outputs["operation"] == "armed", done.log
    assert "No check has started" not in done.log + done.summary


def test_a_refusal_is_shown_however_many_manifests_fail(scene):
    text = scene.text(".updatecli/ledger.yaml").replace("kind: semver", "kind: semwer")
    scene.repository.commit({f".updatecli/broken{number}.yaml": text for number in range(12)}, "x", author=PERSON)
    scene.repository.settings.required_reviews = 1

    done = scene.update()

    errors = [each for each in done.annotations if each.level == "error"]
    assert len(errors) <= 10
    assert any("review" in each.message for each in errors)


# A fast-forward


def test_a_fast_forward_makes_the_planned_commit_the_base_and_counts_as_merged(scene):
    done = scene.update(merge_method="fast-forward")

    assert (done.code, done.outputs["operation"]) == (0, "merged"), done.log
    pull = scene.repository.pulls[1]
    assert done.outputs["merge-sha"] == scene.repository.head("main") == pull.head_sha
    assert pull.merged
    assert not scene.repository.head(BRANCH)
    assert done.outputs["has-projects"] == "true"


def test_a_rival_that_lands_the_same_change_before_the_fast_forward_leaves_no_empty_commit(scene):
    def rival():
        scene.person(LEDGER, "v1.4.2", "v1.5.0", "take v1.5.0")

    scene.world.street.hooks.append(Once(on_github("PATCH", "/git/refs/heads/main"), before=rival))

    done = scene.update(merge_method="fast-forward")

    assert done.code == 0, done.log
    assert scene.repository.log()[0] == "take v1.5.0"
    assert not scene.repository.pulls[1].merged


def test_an_open_proposal_on_an_older_base_is_written_anew_and_forwarded(scene):
    scene.update(merge="none")
    scene.person("onboard.yaml", "v1.1.0", "v1.1.0 # mind")

    done = scene.update(merge_method="fast-forward")

    assert done.outputs["operation"] == "merged", done.log
    assert scene.repository.head("main") == scene.repository.pulls[1].head_sha


def test_a_merge_of_the_base_upon_the_proposal_is_not_forwarded_and_that_is_said(scene):
    scene.update(merge="none")
    scene.person("onboard.yaml", "v1.1.0", "v1.1.0 # mind")
    scene.repository.update_branch(1)

    done = scene.update(merge_method="fast-forward")

    assert done.outputs["operation"] == "merged", done.log
    assert "`squash` was used" in done.log


def test_rules_that_forbid_a_fast_forward_are_named_and_squash_is_used(scene):
    scene.world.street.hooks.append(
        faults.status(
            422,
            b'{"message": "Changes must be made through a pull request.", "documentation_url": "https://docs.github.com"}',
            headers={"Content-Type": "application/json"},
            when=on_github("PATCH", "/git/refs/heads/main"),
        )
    )

    done = scene.update(merge_method="fast-forward")

    assert (done.code, done.outputs["operation"]) == (0, "merged"), done.log
    assert "through a pull request" in done.log


@pytest.mark.slow
def test_a_direct_merge_that_times_out_is_done_once_in_the_background(scene):
    directly = lambda request: request.method == "PUT" and request.path.endswith("/merge")  # noqa: E731
    scene.world.street.hooks.append(faults.reset(when=directly))
    scene.repository.delays.async_merge = 1

    done = scene.update()

    assert (done.code, done.outputs["operation"]) == (0, "merged"), done.log
    assert [each.status for each in scene.repository.async_merges] == ["merged"]


# A merge that held something else


class Stowaway:
    """A person's commit gets onto our branch, and GitHub merges it all the same: its guard of our head is passed by."""

    def __init__(self, scene):
        self._scene = scene
        self._done = False

    def __call__(self, request, call):
        if on_github("PUT", "/merge")(request) and not self._done:
            self._done = True
            expected = self._scene.repository.pulls[1].head_sha
            files = {"stowaway.yaml": "x: 1"}
            theirs = self._scene.repository.commit(files, "a stowaway", author=PERSON, branch=BRANCH)
            object.__setattr__(request, "body", request.body.replace(expected.encode(), theirs.encode()))
        return call()


@pytest.mark.parametrize(("method", "revert"), [("squash", "git revert "), ("merge", "git revert -m 1 ")])
def test_a_merge_that_held_something_else_is_fanned_out_and_says_what_came_along_and_how_to_revert(
    scene, method, revert
):
    scene.world.street.hooks.append(Stowaway(scene))

    done = scene.update(merge_method=method)

    assert (done.code, done.outputs["operation"]) == (1, "refused"), done.log
    assert done.outputs["merge-sha"] == scene.repository.head("main")
    assert done.outputs["has-projects"] == "true"
    assert done.outputs["commit-url"].endswith(scene.repository.head("main"))
    assert "`stowaway.yaml`" in done.log
    assert "a stowaway` by Ada" in done.log
    assert f"{revert}{scene.repository.head('main')[:10]}" in done.log
    scene.fan_out(done)
    assert scene.update(event_name="schedule").outputs["has-projects"] == "false", "it was fanned out once"
