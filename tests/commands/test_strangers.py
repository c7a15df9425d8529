"""What strangers and colleagues leave on branches that bear our names: nothing of theirs is taken for ours, or lost."""

from sandbox.github import PullRequest, person
from sandbox.world import Once, on_github

LEDGER = "platform-values-override.yaml"
BRANCH = "profile-cd/update"


def open_by_a_stranger(scene, state="open", body=""):
    """A pull request from a fork, whose branch is called as ours is."""
    repository = scene.repository
    theirs = repository.commit({"evil.yaml": "x"}, "Profile-CD: ours, honestly", branch="theirs")
    pull = PullRequest(
        number=repository.next_number(), title="ours", body=body, base="main", head=BRANCH,
        user=person("Eve <eve@example.com>"), base_sha=repository.tip("main"), head_sha=theirs,
        created_at=repository.now(), fork=True, state=state,
    )  # fmt: skip
    repository.pulls[pull.number] = pull
    return pull


def test_a_pull_request_of_a_fork_with_our_branch_s_name_is_nobody_of_ours(scene):
    theirs = open_by_a_stranger(scene)

    done = scene.update()

    assert done.outputs["operation"] == "merged", done.log
    assert done.outputs["pull-request-number"] != str(theirs.number)
    assert theirs.title == "ours"


def test_a_person_s_commits_on_our_branch_without_a_pull_request_are_not_overwritten(scene):
    scene.update(merge="none")
    theirs = scene.repository.commit({"note.md": "mine"}, "mine", branch=BRANCH)
    scene.repository.close(1)
    scene.world.hub.publish("acme/ledger", "v1.5.1")

    scene.update(merge="none")

    assert scene.repository.head(BRANCH) == theirs
    assert "v1.5.1" in scene.text(LEDGER, f"{BRANCH}-2")


def moving(request):
    """The request that moves or deletes a branch."""
    return request.path.endswith("/graphql") and b"updateRefs" in request.body


def test_a_branch_that_is_deleted_just_before_it_is_moved_is_made_again(scene):
    scene.update(merge="none")
    scene.world.hub.publish("acme/ledger", "v1.5.1")
    gone = Once(moving, before=lambda: scene.repository.delete_branch(BRANCH))
    scene.world.street.hooks.append(gone)

    done = scene.update()

    assert gone.acted
    assert done.outputs["operation"] == "merged", done.log
    assert "v1.5.1" in scene.text(LEDGER)


def test_a_person_who_pushes_in_the_moment_before_the_branch_moves_keeps_the_commit(scene):
    scene.update(merge="none")
    scene.world.hub.publish("acme/ledger", "v1.5.1")
    push = Once(moving, before=lambda: scene.repository.commit({"note.md": "mine"}, "mine", branch=BRANCH))
    scene.world.street.hooks.append(push)

    done = scene.update(merge="none")

    assert push.acted
    assert scene.repository.read(BRANCH)["note.md"] == b"mine"
    assert "v1.5.1" in scene.text(LEDGER, f"{BRANCH}-2"), done.log
    assert scene.repository.pulls[1].title == "ledger v1.5.0", "it says what it holds"


def test_a_person_who_pushes_while_the_merge_is_made_keeps_the_commit(scene):
    push = Once(moving, before=lambda: scene.repository.commit({"note.md": "mine"}, "mine", branch=BRANCH))
    scene.world.street.hooks.append(push)

    done = scene.update()

    assert push.acted
    assert done.outputs["operation"] == "merged", done.log
    assert scene.repository.read(BRANCH)["note.md"] == b"mine"


def test_a_branch_that_somebody_makes_meanwhile_is_not_moved(scene):
    theirs = []
    make = Once(
        on_github("POST", "/git/refs"),
        before=lambda: theirs.append(scene.repository.commit({"note.md": "mine"}, "mine", branch=BRANCH)),
    )
    scene.world.street.hooks.append(make)

    done = scene.update()

    assert done.outputs["operation"] == "merged", done.log
    assert scene.repository.head(BRANCH) == theirs[0]


def test_a_person_who_pushes_to_our_branch_while_we_plan_keeps_the_commit(scene):
    scene.update(merge="none")
    scene.world.hub.publish("acme/ledger", "v1.5.1")
    push = Once(
        on_github("POST", "/git/commits"),
        before=lambda: scene.repository.commit({"note.md": "mine"}, "mine", branch=BRANCH),
    )
    scene.world.street.hooks.append(push)

    done = scene.update(merge="none")

    assert push.acted
    assert scene.repository.read(BRANCH)["note.md"] == b"mine"
    assert "v1.5.1" in scene.text(LEDGER, f"{BRANCH}-2"), done.log
