"""Whose a value is, and whether its manifest decides otherwise since: asked of history, whatever files are called."""

import pytest

from sandbox.world import PERSON, ROBOT

LEDGER = "platform-values-override.yaml"
MANIFEST = ".updatecli/ledger.yaml"


def move(scene, source, target, old="", new="", author=PERSON, **more):
    text = scene.text(source)
    return scene.repository.commit({source: None, target: text.replace(old, new, 1), **more}, "move", author=author)


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(".updatecli/books.yaml", id="another name"),
        pytest.param(".updatecli/ledger.yml", id="another ending"),
        pytest.param("updatecli.d/ledger.yaml", id="the old directory, and back"),
    ],
)
def test_a_manifest_that_was_moved_since_the_value_was_written_is_unchanged(scene, target):
    move(scene, MANIFEST, target)
    if target.startswith("updatecli.d"):
        scene.repository.commit({LEDGER: scene.text(LEDGER).replace("v1.4.2", "v1.4.1")}, "down", author=ROBOT)
        scene.repository.commit({LEDGER: scene.text(LEDGER).replace("v1.4.1", "v1.4.2")}, "up", author=ROBOT)
        move(scene, target, MANIFEST)

    done = scene.update()

    assert (done.outputs["operation"], done.outputs["review-operation"]) == ("merged", "none"), done.log


def test_a_manifest_that_was_moved_and_changed_is_looked_at_by_a_person(scene):
    move(scene, MANIFEST, ".updatecli/books.yaml", "^1.4.0", "^1.5.0")

    done = scene.update()

    assert (done.outputs["operation"], done.outputs["review-operation"]) == ("none", "created"), done.log


def test_a_person_who_moves_the_manifest_and_writes_the_value_at_once_changed_no_condition(scene):
    value = scene.text(LEDGER).replace("v1.4.2", "v1.4.1")
    move(scene, MANIFEST, ".updatecli/books.yaml", **{LEDGER: value})

    assert scene.update().outputs["operation"] == "merged"


def test_a_person_who_writes_manifest_and_value_together_waits_for_a_look(scene):
    value = scene.text(LEDGER).replace("v1.4.2", "v1.4.1")
    move(scene, MANIFEST, ".updatecli/books.yaml", "^1.4.0", "^1.4.1", **{LEDGER: value})

    done = scene.update()

    assert (done.outputs["operation"], done.outputs["review-operation"]) == ("none", "created"), done.log


def test_a_partial_belongs_to_the_manifest_whatever_else_is_called_like_one(scene):
    scene.repository.commit({".updatecli/_notes.md": "no partial", ".updatecli/_b.yaml": "# a\n"}, "x", author=PERSON)

    assert scene.update().outputs["operation"] == "merged"


# A person's no


def merged_and_taken_back(scene, message="Roll ledger back: it crashes"):
    """The robot merges v1.5.0, a person puts v1.4.2 back; returns the person's commit."""
    assert scene.update().outputs["operation"] == "merged"
    return scene.person(LEDGER, "tag: v1.5.0", "tag: v1.4.2", message)


def test_a_person_s_rollback_is_not_undone_by_the_run_that_it_starts(scene):
    commit = merged_and_taken_back(scene)

    done = scene.update(event_name="push", event={"before": f"{commit}~", "after": commit})

    assert done.outputs["operation"] == "none", done.log
    assert "tag: v1.4.2" in scene.text(LEDGER)
    for part in ("Roll ledger back: it crashes", commit[:7], f"/commit/{commit}", "newer than `v1.5.0`"):
        assert part in done.summary


def test_a_rollback_is_released_by_something_newer_than_what_was_taken_away(scene):
    merged_and_taken_back(scene)
    scene.world.hub.publish("acme/ledger", "v1.4.3")
    assert scene.update().outputs["operation"] == "none"

    scene.world.hub.publish("acme/ledger", "v1.5.1")

    assert scene.update().outputs["operation"] == "merged"
    assert "tag: v1.5.1" in scene.text(LEDGER)


def test_git_s_own_revert_of_our_merge_is_a_no(scene):
    scene.update()
    merge = scene.repository.head("main")
    text = scene.text(LEDGER).replace("tag: v1.5.0", "tag: v1.4.2")
    scene.repository.commit({LEDGER: text}, f'Revert "ledger v1.5.0"\n\nThis reverts commit {merge}.', author=ROBOT)

    assert scene.update().outputs["operation"] == "none"
    assert "tag: v1.4.2" in scene.text(LEDGER)


def test_a_manifest_that_changes_ends_a_rollback(scene):
    merged_and_taken_back(scene)
    scene.person(MANIFEST, "^1.4.0", "^1.5.0", "We want it after all")

    done = scene.update()

    assert (done.outputs["operation"], done.outputs["review-operation"]) == ("none", "created"), done.log
    body = scene.repository.pulls[2].body
    for part in ("We want it after all", "`semver ^1.4.0`", "`semver ^1.5.0`", "**Close** to keep `v1.4.2`"):
        assert part in body


def test_a_branch_name_that_a_person_typed_stays(scene):
    scene.person(LEDGER, "tag: v1.4.2", "tag: my-fix", "try my fix")

    done = scene.update()

    assert done.outputs["operation"] == "none"
    assert "It stays until the manifest changes" in done.summary


def test_a_list_that_lost_the_version_in_use_is_an_error_at_the_manifest_s_line(scene):
    scene.update()
    scene.world.hub.delete("acme/ledger", "v1.5.0")

    done = scene.update()

    assert done.code == 1
    assert "tag: v1.5.0" in scene.text(LEDGER)
    assert "::error file=.updatecli/ledger.yaml,line=" in done.log
    assert "no longer lists" in done.log


@pytest.mark.parametrize(("login", "operation"), [("ada", "none"), ("github-actions[bot]", "created")])
def test_only_a_person_s_closing_is_a_no(scene, login, operation):
    scene.update(merge="none")
    scene.repository.close(1, login)

    assert scene.update(merge="none").outputs["operation"] == operation


def questions_of_history(scene, *, since):
    return [each for each in scene.world.street.exchanges[since:] if b"query Past" in each.request.body]


def test_evidence_takes_at_most_three_questions_in_a_row_even_behind_a_formatted_line_and_a_moved_manifest(scene):
    scene.person(LEDGER, "tag: v1.4.2", "tag: v1.4.2  # formatted")
    move(scene, MANIFEST, ".updatecli/books.yaml")
    since = len(scene.world.street.exchanges)

    assert scene.update().outputs["operation"] == "merged"

    assert 0 < len(questions_of_history(scene, since=since)) <= 3


def test_where_nothing_is_doubtful_history_is_not_asked(scene):
    scene.update()
    since = len(scene.world.street.exchanges)

    scene.update()

    assert not questions_of_history(scene, since=since)


# What a manifest's policy wants


def policy(scene, text, message="policy"):
    whole = scene.text(MANIFEST) + f"policy: {text}\n"
    return scene.repository.commit({MANIFEST: whole}, message, author=PERSON)


def test_a_hold_is_written_at_once_and_stays_whatever_is_newer(scene):
    scene.update()
    policy(scene, "{hold: {version: v1.4.2, reason: v1.5.0 crashes}}")

    first = scene.update()
    scene.world.hub.publish("acme/ledger", "v1.6.0")
    second = scene.update()

    assert (first.outputs["operation"], first.outputs["review-operation"]) == ("merged", "none"), first.log
    assert "tag: v1.4.2" in scene.text(LEDGER)
    assert second.outputs["operation"] == "none"
    assert "v1.5.0 crashes" in second.summary


def test_a_hold_rules_over_an_open_proposal(scene):
    scene.update(merge="none")
    policy(scene, "{hold: {version: v1.4.2, reason: not yet}}")

    assert scene.update(merge="none").outputs["operation"] == "closed"


def test_a_hold_that_is_taken_out_ends(scene):
    text = scene.text(MANIFEST)
    policy(scene, "{hold: {version: v1.4.2, reason: not yet}}")
    assert scene.update().outputs["operation"] == "none"

    scene.repository.commit({MANIFEST: text}, "unhold", author=PERSON)

    assert scene.update().outputs["operation"] == "merged"


def test_a_major_waits_for_a_person_and_is_named_in_title_body_and_summary(scene):
    scene.person(MANIFEST, "^1.4.0", "^1.4.0 || ^2.0.0", "take majors")
    scene.repository.commit({LEDGER: scene.text(LEDGER).replace("v1.4.2", "v1.4.1")}, "x", author=ROBOT)
    policy(scene, "{major: review}")
    scene.world.hub.publish("acme/ledger", "v2.0.0")

    done = scene.update()

    pull = scene.repository.pulls[1]
    assert (done.outputs["operation"], done.outputs["review-operation"]) == ("none", "created"), done.log
    assert pull.title == "Review: ledger v2.0.0 (major)"
    assert "another major version" in pull.body
    assert "(major)" in done.summary


def test_a_version_waits_until_it_is_as_old_as_the_policy_wants(scene):
    scene.world.hub.publish("acme/ledger", "v1.5.0", created="2025-01-01T00:00:00Z")
    policy(scene, "{minimum-age: 520w}")

    young = scene.update()
    text = scene.text(MANIFEST).replace("520w", "1d")
    scene.repository.commit({MANIFEST: text}, "sooner", author=PERSON)

    assert young.outputs["operation"] == "none"
    assert "is from 2025-01-01 00:00 UTC" in young.summary
    assert scene.update().outputs["operation"] == "merged"


def test_a_version_that_is_left_out_waits_to_be_taken_back_by_a_person(scene):
    scene.update()
    text = scene.text(MANIFEST).replace(
        "pattern: ^1.4.0", "pattern: ^1.4.0\n        exclude: [{version: v1.5.0, reason: no}]"
    )
    scene.repository.commit({MANIFEST: text}, "It crashes", author=PERSON)

    done = scene.update()

    assert (done.outputs["operation"], done.outputs["review-operation"]) == ("none", "created"), done.log
    assert "tag: v1.4.2" in scene.text(LEDGER, "profile-cd/review")
