"""Repositories of every shape: directories, modes, encodings, lanes side by side; and pull requests in every state."""

import pytest

from sandbox.github import person
from sandbox.world import PERSON, ROBOT

FILE = "platform-values-override.yaml"


def robot(scene, files, mode="100644"):
    """An earlier robot writes *files*, with one *mode*."""
    repository = scene.repository
    git, parent = repository.git, repository.tip("main")
    lines = [(mode, git.write_blob(data), path) for path, data in files.items()]
    who = (person(ROBOT), repository.now())
    repository.point("refs/heads/main", git.write_commit(git.write_tree(parent, lines), [parent], "robot", who))


def retarget(scene, name, file, key):
    """Let the manifest *name* keep another value up to date, as it did when an earlier robot wrote that value."""
    path = f".updatecli/{name}.yaml"
    text = scene.text(path)
    old = [line.strip() for line in text.splitlines() if line.strip().startswith(("file:", "key:"))]
    changed = text.replace(old[0], f"file: {file}").replace(old[1], f"key: {key}")
    scene.repository.commit({path: changed}, "elsewhere", author=PERSON)


# Lanes side by side


def adjoin(scene):
    """Ledger and quoting on adjoining lines; quoting waits for a person."""
    retarget(scene, "ledger", "two.yaml", "$.ledger")
    retarget(scene, "quoting", "two.yaml", "$.quoting")
    robot(scene, {"two.yaml": b"ledger: v1.4.2\nquoting: '2.2.1'\n"})
    scene.person(".updatecli/quoting.yaml", "^2.0.0", "^3.0.0")


def test_lanes_on_adjoining_lines_both_merge_when_the_first_is_merged_by_us(scene):
    adjoin(scene)

    done = scene.update()

    assert (done.outputs["operation"], done.outputs["review-operation"]) == ("merged", "created"), done.log
    assert "ledger: v1.5.0\nquoting: '3.0.0'" in scene.text("two.yaml", "profile-cd/review")
    assert scene.repository.git("merge-base", "main", "profile-cd/review").strip() == scene.repository.head("main")


def test_a_review_whose_line_adjoins_a_proposal_that_is_not_merged_waits_for_it(scene):
    adjoin(scene)

    first = scene.update(merge="none")
    assert (first.outputs["operation"], first.outputs["review-operation"]) == ("created", "none"), first.log
    assert "Its line adjoins one of #1" in first.summary.replace("\\", "").replace("\u2060", "")

    second = scene.update()
    assert (second.outputs["operation"], second.outputs["review-operation"]) == ("merged", "created"), second.log


def test_a_review_of_lines_apart_does_not_wait(scene):
    scene.person(".updatecli/quoting.yaml", "^2.0.0", "^3.0.0")

    done = scene.update(merge="none")

    assert (done.outputs["operation"], done.outputs["review-operation"]) == ("created", "created"), done.log
    git = scene.repository.git
    assert git.tried("merge-tree", "--write-tree", "profile-cd/update", "profile-cd/review").returncode == 0


# Pull requests in every state


def test_an_armed_proposal_of_which_nothing_is_left_is_disarmed_and_closed_with_the_reason(scene):
    scene.repository.settings.required_checks = ["ci"]
    scene.repository.settings.allow_auto_merge = True
    assert scene.update().outputs["operation"] == "armed"
    scene.person(FILE, "v1.4.2", "v1.5.0")

    done = scene.update()

    pull = scene.repository.pulls[1]
    assert (done.outputs["operation"], pull.state, pull.auto_merge) == ("closed", "closed", None), done.log
    assert [each.body for each in pull.comments] == ["Nothing is left of this proposal: each of its values is decided."]
    assert "Nothing is left of this proposal" in pull.body


def test_what_was_only_proposed_is_merged_as_soon_as_it_may_be(scene):
    number = scene.update(merge="none").outputs["pull-request-number"]

    done = scene.update(merge="auto")

    assert (done.outputs["operation"], done.outputs["pull-request-number"]) == ("merged", number), done.log


def test_a_draft_is_proposed_and_neither_merged_nor_red(scene):
    done = scene.update(draft="true")

    assert (done.outputs["operation"], done.code) == ("created", 0), done.log
    assert scene.repository.pulls[1].draft


def test_another_prefix_is_used_for_both_lanes(scene):
    scene.person(".updatecli/quoting.yaml", "^2.0.0", "^3.0.0")

    scene.update(merge="none", branch_prefix="bots/cd")

    assert {pull.head for pull in scene.repository.pulls.values()} == {"bots/cd/update", "bots/cd/review"}


def test_a_prefix_that_is_a_branch_already_says_what_to_do(scene):
    scene.repository.commit({"x": "y"}, branch="profile-cd")

    done = scene.update()

    assert (done.code, done.outputs["operation"]) == (1, "refused")
    assert "branch-prefix" in done.log, done.log


def test_a_push_that_is_deployed_while_a_proposal_waits_is_not_called_by_its_title(scene):
    scene.repository.settings.required_checks = ["ci"]
    scene.repository.settings.allow_auto_merge = True
    before = scene.repository.head("main")
    after = scene.person(FILE, "tag: v0.4.0", "tag: v0.4.1")

    done = scene.update(event_name="push", event={"before": before, "after": after})

    assert done.outputs["operation"] == "armed"
    assert '"message": "a person\'s edit"' in done.outputs["projects"], done.outputs
    assert done.outputs["commit-url"].endswith(after)


# Files of every kind


@pytest.mark.parametrize(
    ("path", "data"),
    [
        pytest.param("odd.yaml", b"\xef\xbb\xbfledger: v1.4.2\r\n# caf\xc3\xa9\r\nlast: 1", id="BOM, CRLF, no end"),
        pytest.param("envs/dev/odd.yaml", b"ledger: v1.4.2 \t \n\n\n# \xf0\x9f\x9a\x80\n", id="blanks and four bytes"),
        pytest.param("odd.yaml", b"ledger: v1.4.2\n" + b"# filler\n" * 80_000, id="700 kB", marks=pytest.mark.slow),
    ],
)
def test_only_the_value_s_bytes_change(scene, path, data):
    retarget(scene, "ledger", path, "$.ledger")
    robot(scene, {path: data}, "100755")

    done = scene.update()

    assert done.outputs["operation"] == "merged", done.log
    assert scene.repository.read("main")[path] == data.replace(b"v1.4.2", b"v1.5.0")
    assert scene.repository.git("ls-tree", "main", path).startswith("100755")


@pytest.mark.parametrize(
    ("mode", "data", "words"),
    [
        pytest.param("120000", b"platform-values-override.yaml", "symbolic link", id="link"),
        pytest.param("100644", b"ledger: v1.4.2 # \xff\n", "not UTF-8", id="Latin-1"),
    ],
)
def test_a_file_that_cannot_be_written_fails_at_its_manifest_s_line(scene, mode, data, words):
    retarget(scene, "ledger", "odd.yaml", "$.ledger")
    robot(scene, {"odd.yaml": data}, mode)

    done = scene.update()

    (error,) = [each for each in done.annotations if each.level == "error"]
    assert words in error.message
    assert (error.file, done.code) == (".updatecli/ledger.yaml", 1)
    assert done.outputs["operation"] == "none"


def test_two_manifests_that_want_one_value_end_red_with_all_outputs_written(scene):
    text = scene.text(".updatecli/ledger.yaml").replace("^1.4.0", "~1.4.0 || ~1.3.0")
    scene.repository.commit({".updatecli/zz.yaml": text.replace("kind: semver", "kind: latest")}, "x", author=PERSON)
    scene.world.hub.publish("acme/ledger", "v9.0.0")

    done = scene.update()

    assert done.code == 1
    assert done.outputs["has-projects"] == "false", done.log
    assert "v1.4.2" in scene.text(FILE)


# A repository of several


def monorepo(scene, manifests=".updatecli"):
    """Everything moves below `sites/one`, as the earlier robot's last commit."""
    files = scene.repository.read("main")
    moved = {f"sites/one/{path.replace('.updatecli', manifests)}": data for path, data in files.items()}
    scene.repository.commit(dict.fromkeys(files), "gone", author=PERSON)
    robot(scene, moved)


@pytest.mark.parametrize("manifests", [".updatecli", "updatecli.d"])
def test_a_directory_of_a_monorepo_is_read_written_and_annotated_in_its_place(scene, manifests):
    monorepo(scene, manifests)
    scene.person(f"sites/one/{manifests}/gateway.yaml", "kind: semver", "kind: semwer")

    done = scene.update(directory="sites/one")

    assert done.outputs["operation"] == "merged", done.log
    assert "v1.5.0" in scene.text(f"sites/one/{FILE}")
    (error,) = [each for each in done.annotations if each.level == "error"]
    assert (error.file, error.line) == (f"sites/one/{manifests}/gateway.yaml", 8)


def test_a_manifest_directory_of_another_name_is_read(scene):
    monorepo(scene, "conf/versions")

    done = scene.update(directory="sites/one", manifest_dir="conf/versions")

    assert done.outputs["operation"] == "merged", done.log
    assert "v1.5.0" in scene.text(f"sites/one/{FILE}")
