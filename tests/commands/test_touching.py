"""Who touches what a run touches: a person's commits and buttons, an earlier run, another robot."""

import pytest

from sandbox.github import person
from sandbox.net import faults
from sandbox.world import PERSON

LEDGER = "platform-values-override.yaml"
BRANCH = "profile-cd/update"


def arming(scene):
    scene.repository.settings.required_checks = ["ci"]
    scene.repository.settings.allow_auto_merge = True


def note(scene, branch=BRANCH):
    return scene.repository.commit({"note.md": "mine"}, "a note", author=PERSON, branch=branch)


def amend(scene, branch=BRANCH):
    """A person amends our commit: its message stays, trailer included."""
    repository = scene.repository
    git, head = repository.git, repository.git.commit(repository.tip(branch))
    text = scene.text(LEDGER, branch).replace("v1.5.0", "v1.5.0  # mind the migration")
    tree = git.write_tree(head.oid, [("100644", git.write_blob(text.encode()), LEDGER)])
    author, now = head.signature("author"), repository.now()
    made = git.write_commit(
        tree,
        head.parents,
        head.message,
        (person(f"{author.name} <{author.email}>"), author.date),
        (person(PERSON), now),
    )
    repository.point(f"refs/heads/{branch}", made)
    return made


# “Update branch”


def test_update_branch_is_nobody_s_work_and_the_same_pull_request_is_merged(scene):
    number = scene.update(merge="none").outputs["pull-request-number"]
    scene.person("onboard.yaml", "v1.1.0", "v1.1.0 # mind")
    scene.repository.update_branch(1)

    done = scene.update()

    assert (done.outputs["operation"], done.outputs["pull-request-number"]) == ("merged", number), done.log
    assert list(scene.repository.pulls) == [1]
    assert "v1.5.0" in scene.text(LEDGER)
    assert "v1.1.0 # mind" in scene.text("onboard.yaml")


def test_update_branch_on_an_armed_proposal_leaves_it_armed_and_alone(scene):
    arming(scene)
    scene.update()
    scene.person("onboard.yaml", "v1.1.0", "v1.1.0 # mind")
    head = scene.repository.update_branch(1)

    done = scene.update()

    assert done.outputs["operation"] == "armed", done.log
    assert list(scene.repository.pulls) == [1]
    assert scene.repository.pulls[1].head_sha == head
    scene.repository.complete_checks(1)
    assert scene.repository.pulls[1].merged


def test_a_newer_version_is_written_over_github_s_merge_of_the_base(scene):
    scene.update(merge="none")
    scene.person("onboard.yaml", "v1.1.0", "v1.1.0 # mind")
    scene.repository.update_branch(1)
    scene.world.hub.publish("acme/ledger", "v1.5.1")

    done = scene.update(merge="none")

    assert (done.outputs["operation"], list(scene.repository.pulls)) == ("updated", [1]), done.log
    assert "v1.5.1" in scene.text(LEDGER, BRANCH)


def test_what_a_failing_manifest_proposed_stays_after_update_branch(scene):
    scene.update(merge="none")
    scene.person("onboard.yaml", "v1.1.0", "v1.1.0 # mind")
    scene.repository.update_branch(1)
    scene.world.street.hooks.append(faults.status(503, when=faults.path("acme/ledger/tags/list")))
    scene.world.ghcr.publish("acme/onboard", "v1.2.0")

    scene.update(merge="none")

    assert "v1.5.0" in scene.text(LEDGER, BRANCH)
    assert "v1.2.0" in scene.text("onboard.yaml", BRANCH)


def test_a_conflict_that_a_person_resolved_on_our_branch_is_that_person_s_work(scene):
    scene.update(merge="none")
    scene.person("onboard.yaml", "v1.1.0", "v1.1.0 # mind")
    repository = scene.repository
    head = repository.update_branch(1)
    merge, git = repository.git.commit(head), repository.git
    text = scene.text(LEDGER, BRANCH).replace("tag: v0.4.0", "tag: v0.4.9")
    tree = git.write_tree(head, [("100644", git.write_blob(text.encode()), LEDGER)])
    who = (person("GitHub <noreply@github.com>"), repository.now())
    resolved = git.write_commit(tree, merge.parents, merge.message, (person(PERSON), repository.now()), who)
    repository.point(f"refs/heads/{BRANCH}", resolved)
    scene.world.hub.publish("acme/ledger", "v1.5.1")

    done = scene.update(merge="none")

    assert repository.head(BRANCH) == resolved, done.log


# A person's commits


def test_a_note_on_an_armed_branch_disarms_it_and_nothing_is_doubled(scene):
    arming(scene)
    scene.update()
    theirs = note(scene)

    done = scene.update()

    pull = scene.repository.pulls[1]
    assert (pull.auto_merge, pull.state, list(scene.repository.pulls)) == (None, "open", [1]), done.log
    assert scene.repository.head(BRANCH) == theirs
    assert done.outputs["operation"] == "unchanged"
    assert "#1 holds a commit that is not ours" in done.log
    assert len(pull.comments) == 1
    scene.update()
    assert len(pull.comments) == 1, "it is said once"
    scene.repository.complete_checks(1)
    assert not pull.merged


def test_a_person_who_arms_a_pull_request_with_their_own_commit_is_obeyed(scene):
    arming(scene)
    scene.update(merge="none")
    note(scene)
    scene.repository.arm(1)

    scene.update()

    assert scene.repository.pulls[1].auto_merge is not None


def test_an_amended_commit_keeps_our_trailer_and_is_not_overwritten(scene):
    scene.update(merge="none")
    theirs = amend(scene)
    scene.world.hub.publish("acme/ledger", "v1.5.1")

    done = scene.update()

    assert scene.repository.head(BRANCH) == theirs, done.log
    assert "mind the migration" in scene.text(LEDGER, BRANCH)
    assert done.outputs["pull-request-number"] == "2"


def test_a_person_s_commit_that_quotes_the_trailer_is_a_person_s(scene):
    scene.update(merge="none")
    theirs = scene.repository.commit(
        {"note.md": "x"}, "about it\n\nwhat does Profile-CD: mean?", author=PERSON, branch=BRANCH
    )
    scene.world.hub.publish("acme/ledger", "v1.5.1")

    scene.update()

    assert scene.repository.head(BRANCH) == theirs


def test_where_people_hold_every_branch_none_is_overwritten_and_the_step_is_red(scene):
    names = [BRANCH, *(f"{BRANCH}-{number}" for number in range(2, 21))]
    heads = {name: note(scene, name) for name in names}

    done = scene.update()

    assert (done.code, done.outputs["operation"]) == (1, "refused")
    assert {name: scene.repository.head(name) for name in names} == heads
    assert "branch-prefix" in done.log


# A branch beside another


def test_a_second_branch_is_fanned_out_once_the_first_is_gone(scene):
    scene.update(merge="none")
    note(scene)
    scene.world.hub.publish("acme/ledger", "v1.5.1")
    arming(scene)
    assert scene.update().outputs["pull-request-number"] == "2"
    scene.repository.close(1)
    scene.repository.delete_branch(BRANCH)
    scene.repository.complete_checks(2)
    assert "v1.5.1" in scene.text(LEDGER)

    done = scene.update(event_name="schedule")
    scene.fan_out(done)
    again = scene.update(event_name="schedule")

    assert (done.outputs["operation"], done.outputs["has-projects"]) == ("none", "true"), done.log
    assert again.outputs["has-projects"] == "false"


def test_a_second_branch_is_kept_up_to_date_once_the_first_is_gone(scene):
    scene.update(merge="none")
    note(scene)
    scene.world.hub.publish("acme/ledger", "v1.5.1")
    scene.update(merge="none")
    scene.repository.close(1)
    scene.repository.delete_branch(BRANCH)
    scene.world.hub.publish("acme/ledger", "v1.5.2")

    done = scene.update(merge="none")

    assert (done.outputs["operation"], done.outputs["pull-request-number"]) == ("updated", "2"), done.log


def test_two_proposals_of_one_lane_become_one(scene):
    scene.update(merge="none")
    note(scene)
    scene.world.hub.publish("acme/ledger", "v1.5.1")
    scene.update(merge="none")
    scene.repository.point(f"refs/heads/{BRANCH}", scene.repository.git.commit(scene.repository.tip(BRANCH)).parents[0])

    done = scene.update(merge="none")

    assert done.outputs["pull-request-number"] == "1", done.log
    assert [pull.state for pull in scene.repository.pulls.values()] == ["open", "closed"]
    assert scene.repository.pulls[1].title == "ledger v1.5.1"
    assert scene.update(merge="none").outputs["operation"] == "unchanged", "the closing was ours and no person's no"


# What was armed


@pytest.mark.parametrize("inputs", [{"merge": "none"}, {"draft": "true"}])
def test_what_is_not_to_be_merged_any_more_is_disarmed(scene, inputs):
    arming(scene)
    scene.update()

    done = scene.update(**inputs)

    assert scene.repository.pulls[1].auto_merge is None, done.log
    scene.repository.complete_checks(1)
    assert not scene.repository.pulls[1].merged


def test_a_person_s_button_stays_pressed_on_a_proposal_that_says_the_same(scene):
    arming(scene)
    scene.update(merge="none")
    scene.repository.arm(1)

    done = scene.update(merge="none")

    assert scene.repository.pulls[1].auto_merge is not None, done.log


def test_what_can_no_longer_be_judged_is_not_left_armed(scene):
    arming(scene)
    scene.update()
    scene.person(".updatecli/ledger.yaml", "kind: semver", "kind: semwer")

    scene.update()

    assert scene.repository.pulls[1].auto_merge is None


def test_a_push_to_other_files_leaves_what_is_armed_alone(scene):
    arming(scene)
    scene.update()
    head = scene.repository.pulls[1].head_sha
    scene.person("onboard.yaml", "v1.1.0", "v1.1.0 # mind")
    writes = len(scene.world.github.writes)

    done = scene.update()

    assert done.outputs["operation"] == "armed", done.log
    assert scene.repository.pulls[1].head_sha == head
    assert len(scene.world.github.writes) == writes


# A silent night


@pytest.mark.parametrize("lane", ["merge", "review"])
def test_a_night_in_which_nothing_changed_writes_nothing(scene, lane):
    if lane == "review":
        scene.update()
        scene.person(".updatecli/quoting.yaml", "^2.0.0", "^3.0.0")
    scene.update(merge="none", labels="bot", assignees="ada")
    writes = len(scene.world.github.writes)

    done = scene.update(merge="none", event_name="schedule", labels="Bot", assignees="ada")

    word = "operation" if lane == "merge" else "review-operation"
    assert (done.outputs[word], done.code) == ("unchanged", 0), done.log
    assert len(scene.world.github.writes) == writes, scene.world.github.writes[writes:]


def test_a_review_is_not_written_anew_when_other_files_and_lines_change(scene):
    scene.person(".updatecli/quoting.yaml", "^2.0.0", "^3.0.0")
    scene.update()
    head = scene.repository.pulls[2].head_sha
    scene.person("onboard.yaml", "v1.1.0", "v1.1.0 # mind")
    scene.world.hub.publish("acme/ledger", "v1.5.1")

    done = scene.update()

    assert (done.outputs["operation"], done.outputs["review-operation"]) == ("merged", "unchanged"), done.log
    assert scene.repository.pulls[2].head_sha == head


def test_labels_that_were_refused_once_are_set_by_the_next_run(scene):
    refused = faults.status(
        422,
        b'{"message": "Validation Failed", "errors": [], "documentation_url": "https://docs.github.com/rest"}',
        headers={"Content-Type": "application/json"},
        when=faults.path("/labels", method="POST"),
        times=1,
    )
    scene.world.street.hooks.append(refused)
    assert "could not be set" in scene.update(merge="none", labels="bot").log

    done = scene.update(merge="none", labels="bot, nightly", reviewers="ada, acme/ops")

    pull = scene.repository.pulls[1]
    assert (pull.labels, pull.reviewers, pull.teams) == (["bot", "nightly"], ["ada"], ["ops"]), done.log


def test_a_reviewer_who_has_answered_is_not_asked_again(scene):
    scene.update(merge="none", reviewers="ada")
    pull = scene.repository.pulls[1]
    pull.reviewers.remove("ada")
    scene.repository.approve(1, "ada")

    scene.update(merge="none", reviewers="Ada")

    assert pull.reviewers == []


# A person's word


def test_a_person_who_requests_changes_is_heard_without_a_rule_that_demands_reviews(scene):
    scene.update(merge="none")
    scene.repository.pulls[1].objections.add("ada")

    done = scene.update()

    assert (done.code, done.outputs["operation"]) == (0, "unchanged"), done.log
    assert "ada requested changes" in done.summary
    scene.repository.pulls[1].objections.clear()
    assert scene.update().outputs["operation"] == "merged"


def test_a_title_that_a_person_gave_a_proposal_stays(scene):
    scene.update(merge="none")
    scene.repository.pulls[1].title = "please look before Friday"

    done = scene.update(merge="none")

    assert done.outputs["operation"] == "unchanged"
    assert scene.repository.pulls[1].title == "please look before Friday"


def test_what_we_closed_and_a_person_opened_again_stays_open(scene):
    scene.update(merge="none")
    scene.person(LEDGER, "v1.4.2", "v1.5.0")
    assert scene.update(merge="none").outputs["operation"] == "closed"
    pull = scene.repository.pulls[1]
    pull.reopen(scene.repository.now(), pull.user)
    scene.repository.point(f"refs/heads/{BRANCH}", pull.head_sha)

    done = scene.update(merge="none")

    assert (done.outputs["operation"], pull.state) == ("unchanged", "open"), done.log


def test_a_person_s_no_is_heard_on_one_that_we_had_closed_before(scene):
    scene.update(merge="none")
    scene.person(LEDGER, "v1.4.2", "v1.5.0")
    scene.update(merge="none")
    pull = scene.repository.pulls[1]
    pull.reopen(scene.repository.now(), pull.user)
    scene.repository.point(f"refs/heads/{BRANCH}", pull.head_sha)
    scene.world.hub.publish("acme/ledger", "v1.5.1")
    assert scene.update(merge="none").outputs["operation"] == "updated"
    scene.repository.close(1)

    assert scene.update(merge="none").outputs["operation"] == "none"


def test_a_merge_by_hand_is_fanned_out_once(scene):
    from sandbox.github import merge

    scene.update(merge="none")
    merge.merge(scene.repository, scene.repository.pulls[1], "squash", (None, None), person(PERSON))

    done = scene.update(event_name="schedule")
    scene.fan_out(done)
    again = scene.update(event_name="schedule")

    assert (done.outputs["has-projects"], again.outputs["has-projects"]) == ("true", "false"), done.log


# Other robots


def test_a_robot_that_closes_what_is_old_is_no_person_who_says_no(scene):
    scene.update(merge="none")
    scene.repository.close(1, "stale[bot]")

    done = scene.update(merge="none")

    assert done.outputs["operation"] == "created", done.log


def test_a_branch_that_github_deletes_after_the_merge_is_no_trouble(scene):
    scene.repository.settings.delete_branch_on_merge = True

    done = scene.update()

    assert (done.code, done.outputs["operation"]) == (0, "merged"), done.log
