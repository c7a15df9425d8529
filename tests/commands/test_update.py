"""The action's main step, run as the runner runs it, against real git behind GitHub's interface."""

import json

import pytest

from sandbox.net import faults
from sandbox.world import TOKEN, Once, on_github

LEDGER = "platform-values-override.yaml"
NEWER = {"image": "acme/ledger:v1.5.0", "tag": "latest", "upstream": "https://ci.acme.example/42"}


def test_a_dispatch_is_found_changed_proposed_and_merged(scene):
    before = scene.text(LEDGER)

    done = scene.update(**NEWER)

    assert done.code == 0, done.log
    assert scene.text(LEDGER) == before.replace("v1.4.2", "v1.5.0")
    assert done.outputs["operation"] == "merged"
    assert done.outputs["merge-sha"] == scene.repository.head("main")
    assert done.outputs["message"] == "ledger v1.5.0"
    assert done.outputs["commit-url"].endswith(f"/commit/{scene.repository.head('main')}")
    assert done.outputs["has-projects"] == "true"
    assert scene.repository.pulls[int(done.outputs["pull-request-number"])].title == "ledger v1.5.0"


def test_every_commit_carries_the_trailer_and_the_branch_is_gone_afterwards(scene):
    scene.update(**NEWER)

    assert "Profile-CD: " in scene.repository.git("log", "-1", "--format=%B", "main")
    assert not scene.repository.head("profile-cd/update")


def test_the_matrix_entry_starts_the_pipeline(scene):
    done = scene.update(**NEWER)

    for entry in json.loads(done.outputs["projects"]):
        triggered = scene.trigger(json.dumps(entry), scene.world.secrets[entry["secret"]])
        assert triggered.code == 0, triggered.log
        assert triggered.outputs["status"] == "created"
    sent = scene.world.gitlab.pipelines[0].variables
    assert sent["CD_UPDATE_PROFILE"] == "true"
    assert sent["CD_MESSAGE"] == "ledger v1.5.0"
    assert sent["CD_COMMIT_URL"] == done.outputs["commit-url"]


@pytest.mark.parametrize("known", [False, True])
def test_from_plan_to_verified_there_are_at_most_six_requests_in_a_row(scene, known):
    if known:
        scene.update(merge="none")
        scene.world.hub.publish("acme/ledger", "v1.5.1")
    before = len(scene.world.street.exchanges)

    scene.update(**NEWER)

    asked = [each.request for each in scene.world.street.exchanges[before:] if each.request.host.startswith("api.")]
    names = [f"{each.method} {each.path.rpartition('acme/profile')[2]}" for each in asked]
    first = next(number for number, name in enumerate(names) if name == "POST /git/trees")
    last = next(number for number, name in enumerate(names) if name.startswith("GET /git/commits/"))
    assert last - first + 1 <= 6, names[first : last + 1]


def test_nothing_new_writes_nothing(scene):
    scene.fan_out(scene.update(**NEWER))
    head, writes = scene.repository.head("main"), len(scene.world.github.writes)

    done = scene.update(event_name="schedule")

    assert done.outputs["operation"] == "none"
    assert done.outputs["has-projects"] == "false"
    assert (scene.repository.head("main"), len(scene.world.github.writes)) == (head, writes)


def test_a_dry_run_writes_nothing_and_tells_the_plan(scene):
    done = scene.update(dry_run="true")

    assert done.outputs["operation"] == "planned"
    assert scene.world.github.writes == []
    assert "`v1.5.0`" in done.summary


def test_without_merging_the_pull_request_is_opened_once_and_brought_up_to_date(scene):
    first = scene.update(merge="none")
    scene.world.hub.publish("acme/ledger", "v1.5.1")

    second = scene.update(merge="none")

    assert (first.outputs["operation"], second.outputs["operation"]) == ("created", "updated")
    assert first.outputs["pull-request-number"] == second.outputs["pull-request-number"]
    assert scene.repository.pulls[1].title == "ledger v1.5.1"
    assert "v1.5.1" in scene.text(LEDGER, "profile-cd/update")


def test_a_failing_manifest_fails_the_step_at_its_end_and_stops_nothing(scene):
    scene.person(".updatecli/gateway.yaml", "kind: semver", "kind: semwer")

    done = scene.update(**NEWER)

    assert done.outputs["operation"] == "merged"
    assert done.code == 1
    (error,) = [each for each in done.annotations if each.level == "error"]
    assert (error.file, error.line) == (".updatecli/gateway.yaml", 8)
    assert scene.update(strict="false").code == 0


def test_room_is_left_among_the_errors_that_github_shows_for_what_may_end_the_run(scene):
    broken = {f".updatecli/broken-{number}.yaml": "name: broken\nsources: 1\n" for number in range(12)}
    scene.repository.commit(broken, "break some", author="Ada <a@x>")

    errors = [each for each in scene.update(**NEWER).annotations if each.level == "error"]

    assert len(errors) == 8
    assert errors[-1].message == "5 more are in the summary of this run."


def test_no_secret_appears_in_the_log_the_outputs_or_the_summary(scene):
    done = scene.update(merge_token="ghp_hidden", registry_credentials="quay.io robot hunter2")

    shown = done.log + done.summary + json.dumps(done.outputs)
    assert "hunter2" not in shown
    assert "ghp_hidden" not in shown
    assert TOKEN not in shown


def test_hostile_inputs_stay_text(scene):
    done = scene.update(image="$(id)::error::owned", tag="`id`", upstream="javascript:alert(1)\n::warning::owned")

    assert done.code == 0, done.log
    assert [each for each in done.annotations if "owned" in each.message] == []
    assert "](javascript" not in scene.repository.pulls[1].body


# Lanes


def test_a_widened_condition_waits_for_a_person_and_says_why(scene):
    commit = scene.person(".updatecli/quoting.yaml", "^2.0.0", "^3.0.0")

    done = scene.update()

    assert done.outputs["operation"] == "merged"
    assert done.outputs["review-operation"] == "created"
    assert "2.2.1" in scene.text(LEDGER)
    review = scene.repository.pulls[2]
    assert review.title == "Review: quoting 3.0.0 (major, condition changed)"
    assert commit[:7] in review.body
    assert scene.repository.git("merge-base", "main", "profile-cd/review").strip() == scene.repository.head("main")


def test_a_renamed_manifest_or_another_name_in_it_is_no_change_of_meaning(scene):
    scene.person(".updatecli/ledger.yaml", "name: Update ledger", "name: The ledger")

    assert scene.update().outputs["operation"] == "merged"


def test_reformatting_a_line_does_not_make_its_author_the_writer(scene):
    scene.person(LEDGER, "tag: v1.4.2  # keeps its books", "tag: v1.4.2   # books", "tidy")

    assert scene.update().outputs["operation"] == "merged"


def test_without_the_review_lane_everything_is_merged(scene):
    scene.person(".updatecli/quoting.yaml", "^2.0.0", "^3.0.0")

    done = scene.update(review="none")

    assert done.outputs["review-operation"] == "none"
    assert "3.0.0" in scene.text(LEDGER)


def test_what_a_person_closed_is_not_proposed_again_until_its_choice_changes(scene):
    scene.update(merge="none")
    scene.repository.close(1)

    again = scene.update(merge="none")
    assert again.outputs["operation"] == "none"
    assert "A person closed" in again.summary

    scene.world.hub.publish("acme/ledger", "v1.5.1")
    assert scene.update(merge="none").outputs["operation"] == "created"


def test_a_proposal_of_which_nothing_is_left_is_closed_with_its_branch(scene):
    scene.update(merge="none")
    scene.person(LEDGER, "v1.4.2", "v1.5.0")

    done = scene.update(merge="none")

    assert done.outputs["operation"] == "closed"
    assert scene.repository.pulls[1].state == "closed"
    assert not scene.repository.head("profile-cd/update")


def test_a_manifest_that_fails_keeps_what_the_open_proposal_says_about_it(scene):
    scene.update(merge="none")
    scene.world.ghcr.publish("acme/onboard", "v1.2.0")
    scene.world.street.hooks.append(faults.status(503, when=faults.path("acme/ledger/tags/list")))

    done = scene.update(merge="none")

    assert done.code == 1

    proposed = scene.text(LEDGER, "profile-cd/update")
    assert "v1.5.0" in proposed
    assert "v1.2.0" in scene.text("onboard.yaml", "profile-cd/update")


def test_commits_of_a_person_on_our_branch_are_not_overwritten(scene):
    scene.update(merge="none")
    theirs = scene.repository.commit({"note.md": "mine"}, "mine", author="Ada <a@x>", branch="profile-cd/update")
    scene.world.hub.publish("acme/ledger", "v1.5.1")

    scene.update(merge="none")

    assert scene.repository.head("profile-cd/update") == theirs
    assert "v1.5.1" in scene.text(LEDGER, "profile-cd/update-2")


def test_nothing_goes_down_unless_its_manifest_changed(scene):
    scene.person(LEDGER, "tag: v1.4.2", "tag: v1.9.9", "not published yet")

    done = scene.update()

    assert done.outputs["operation"] == "none", done.log
    assert "v1.9.9" in scene.text(LEDGER)
    assert "is not newer" in done.summary


# Pushes


def test_a_persons_push_tells_the_projects_what_it_changed(scene):
    before = scene.repository.head("main")
    after = scene.person("onboard.yaml", "v1.1.0", "v1.1.0  # mind", "A comment")

    done = scene.update(
        event_name="push",
        event={"before": before, "after": after, "head_commit": {"message": "A comment"}},
        merge="none",
    )

    assert done.outputs["has-projects"] == "true"
    assert done.outputs["commit-url"].endswith(after)


def test_the_push_of_our_own_merge_triggers_nothing_that_the_run_which_merged_has_triggered(scene):
    before = scene.repository.head("main")
    scene.fan_out(scene.update(**NEWER))
    after = scene.repository.head("main")
    message = scene.repository.git("log", "-1", "--format=%B", "main")

    done = scene.update(
        event_name="push", event={"before": before, "after": after, "head_commit": {"message": message}}
    )

    assert done.outputs["has-projects"] == "false"


# Races


def merging_meets(scene, act):
    scene.world.street.hooks.append(Once(on_github("PUT", "/merge"), before=act))


def test_a_person_pushes_to_another_file_meanwhile(scene):
    merging_meets(scene, lambda: scene.repository.commit({"README.md": "hello"}, "read me", author="Ada <a@x>"))

    done = scene.update(**NEWER)

    assert done.outputs["operation"] == "merged"
    assert "v1.5.0" in scene.text(LEDGER)
    assert scene.text("README.md") == "hello"


def test_a_person_pushes_to_another_line_of_the_file_meanwhile(scene):
    merging_meets(scene, lambda: scene.person(LEDGER, "tag: v0.4.0", "tag: v0.4.1"))

    scene.update(**NEWER)

    assert "v1.5.0" in scene.text(LEDGER)
    assert "tag: v0.4.1" in scene.text(LEDGER)


def test_a_person_writes_another_value_on_the_same_line_meanwhile(scene):
    merging_meets(scene, lambda: scene.person(LEDGER, "tag: v1.4.2", "tag: v1.5.0  # by hand"))
    before = len(scene.repository.log("main"))

    done = scene.update(**NEWER)

    assert "tag: v1.5.0" in scene.text(LEDGER)
    assert len(scene.repository.log("main")) == before + 1
    assert done.code == 0, done.log


def test_a_person_changes_the_manifest_meanwhile(scene):
    merging_meets(scene, lambda: scene.person(".updatecli/ledger.yaml", "^1.4.0", "~1.4.0"))

    scene.update(**NEWER)

    assert "tag: v1.4.2" in scene.text(LEDGER)
    assert scene.update().outputs["has-projects"] == "false", "both merges of the first run were fanned out by it"


def test_the_branch_is_deleted_under_us(scene):
    merging_meets(scene, lambda: scene.repository.delete_branch("profile-cd/update"))

    done = scene.update(**NEWER)

    assert done.outputs["operation"] == "merged", done.log
    assert "v1.5.0" in scene.text(LEDGER)


def test_a_second_run_from_the_same_base_does_not_merge_an_empty_diff(scene):
    merging_meets(scene, lambda: scene.update(**NEWER))
    before = len(scene.repository.log("main"))

    done = scene.update(**NEWER)

    assert done.code == 0, done.log
    assert len(scene.repository.log("main")) == before + 1
    assert "v1.5.0" in scene.text(LEDGER)


def test_a_renamed_repository_is_followed(scene):
    scene.world.github.rename("acme/profile", "acme/profiles")

    done = scene.update(**NEWER)

    assert done.outputs["operation"] == "merged", done.log


# What GitHub's settings say


def test_required_checks_arm_the_auto_merge_which_is_never_called_merged(scene):
    scene.repository.settings.required_checks = ["ci"]
    scene.repository.settings.allow_auto_merge = True

    done = scene.update(**NEWER)

    assert done.outputs["operation"] == "armed", done.log
    assert "v1.4.2" in scene.text(LEDGER)
    assert done.outputs["has-projects"] == "false"
    assert "starts no workflow" in done.summary


def test_an_armed_merge_that_comes_later_is_deployed_by_the_next_run_and_only_once(scene):
    scene.repository.settings.required_checks = ["ci"]
    scene.repository.settings.allow_auto_merge = True
    scene.update(**NEWER)
    scene.repository.complete_checks(1)
    assert "v1.5.0" in scene.text(LEDGER)

    done = scene.update(event_name="schedule")
    scene.fan_out(done)
    again = scene.update(event_name="schedule")

    assert (done.outputs["operation"], done.outputs["has-projects"]) == ("none", "true")
    assert done.outputs["message"] == "ledger v1.5.0"
    assert done.outputs["commit-url"].endswith(scene.repository.head("main"))
    assert again.outputs["has-projects"] == "false"


def test_an_armed_pull_request_is_disarmed_before_it_is_changed(scene):
    scene.repository.settings.required_checks = ["ci"]
    scene.repository.settings.allow_auto_merge = True
    scene.update(**NEWER)
    scene.world.hub.publish("acme/ledger", "v1.5.1")

    done = scene.update()

    assert done.outputs["operation"] == "armed", done.log
    assert "v1.5.1" in scene.text(LEDGER, "profile-cd/update")


def test_a_merge_queue_is_entered_and_never_called_merged(scene):
    scene.repository.settings.merge_queue = True

    done = scene.update(**NEWER)

    assert done.outputs["operation"] == "queued", done.log
    assert done.outputs["has-projects"] == "false"


def test_checks_that_pass_while_we_wait_are_merged_in_this_run(scene):
    scene.repository.settings.required_checks = ["ci"]
    passes = Once(on_github("PUT", "/merge"), after=lambda: scene.repository.complete_checks(1))
    scene.world.street.hooks.append(passes)

    done = scene.update(wait="1", **NEWER)

    assert done.outputs["operation"] == "merged", done.log


def test_direct_merging_that_may_not_wait_says_what_is_missing(scene):
    scene.repository.settings.required_checks = ["ci"]

    done = scene.update(merge="direct", **NEWER)

    assert done.outputs["operation"] == "refused"
    assert "Required checks are not met" in done.log


def test_mergeability_that_is_not_known_yet_is_waited_for(scene):
    scene.repository.settings.unknown_looks = 2

    assert scene.update(**NEWER).outputs["operation"] == "merged"


def test_a_token_without_permissions_says_which_are_missing(scene):
    scene.world.github.token("ghs_poor", permissions={"contents": "read", "metadata": "read"})

    done = scene.update(token="ghs_poor", **NEWER)

    assert done.code == 1
    assert "permissions: contents: write, pull-requests: write" in done.log


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("required_reviews", 1, "review"),
        ("allow_squash_merge", False, "merge-method"),
    ],
)
def test_a_policy_is_final_and_said_in_words(scene, setting, value, words):
    setattr(scene.repository.settings, setting, value)

    done = scene.update(**NEWER)

    assert done.outputs["operation"] == "refused"
    assert done.code == 1
    assert words in done.log


def test_that_actions_may_not_open_pull_requests_says_where_to_allow_it(scene):
    scene.repository.settings.actions_can_create_prs = False

    done = scene.update(**NEWER)

    assert done.code == 1
    assert "Allow GitHub Actions to create and approve pull requests" in done.log


def test_an_expired_token_says_so(scene):
    scene.world.github.token("ghs_expired", expired=True)

    done = scene.update(token="ghs_expired")

    assert done.code != 0
    assert "expired or was revoked" in done.log
