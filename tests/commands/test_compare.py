"""compare, as somebody runs it who has let another tool finish a second checkout."""

import json
import os
import shutil

import pytest

from sandbox.world import EXAMPLE
from tests import terminal


@pytest.fixture
def checkouts(tmp_path):
    return tuple(shutil.copytree(EXAMPLE, tmp_path / name) for name in ("ours", "theirs"))


def run(world, directory, *words):
    done = terminal.run(world, directory, *words)
    return done.code, done.output


def test_a_tool_that_writes_what_we_would_write_leaves_no_difference(world, checkouts):
    ours, theirs = checkouts
    run(world, theirs, "apply")
    before = terminal.files(ours), terminal.files(theirs)

    code, output = run(world, ours, "compare", str(theirs))

    assert (code, "all are as profile-cd would write them." in output) == (0, True), output
    assert (terminal.files(ours), terminal.files(theirs)) == before


def test_each_file_that_was_left_differently_is_named_with_what_accounts_for_it(world, checkouts):
    ours, theirs = checkouts
    run(world, theirs, "apply")
    values = theirs / "platform-values-override.yaml"
    values.write_text(values.read_text().replace("tag: v1.4.10", "tag: v1.4.9"))
    onboard = theirs / "onboard.yaml"
    onboard.write_text(f"---\n{onboard.read_text()}")

    code, output = run(world, ours, "compare", str(theirs))

    assert code == 1
    assert "$.ledger.image.tag: we write v1.4.10, the other tool wrote v1.4.9 (v1.4.2 before)" in output
    assert "2 left differently, 1 of them only in the way they are written." in output


def test_files_that_read_the_same_can_be_let_pass(world, checkouts):
    ours, theirs = checkouts
    run(world, theirs, "apply")
    onboard = theirs / "onboard.yaml"
    onboard.write_text(f"---\n{onboard.read_text()}")

    assert run(world, ours, "compare", str(theirs))[0] == 1
    code, output = run(world, ours, "compare", str(theirs), "--ignore-format", "--json")

    (found,) = json.loads(output)["differences"]
    assert (code, found["file"], found["format-only"]) == (0, "onboard.yaml", True)


def _link(path, outside):
    path.symlink_to(outside)


def _pipe(path, _):
    os.mkfifo(path)


def _directory(path, _):
    path.mkdir()


PLACES = {"a link": _link, "a pipe or a device": _pipe, "a directory": _directory}


@pytest.mark.parametrize("what", PLACES)
def test_what_stands_in_the_place_of_a_file_is_named_and_never_followed_or_waited_for(world, checkouts, tmp_path, what):
    ours, theirs = checkouts
    run(world, theirs, "apply")
    (tmp_path / "outside.yaml").write_text("image: s3cr3t\n")
    (theirs / "onboard.yaml").unlink()
    PLACES[what](theirs / "onboard.yaml", tmp_path / "outside.yaml")

    code, output = run(world, ours, "compare", str(theirs))

    assert (code, f"onboard.yaml\n  it is {what} on the other side\n" in output) == (1, True), output
    assert "s3cr3t" not in output
    assert "1 left differently" in output


def test_a_link_to_a_directory_is_named_as_well(world, checkouts):
    ours, theirs = checkouts
    run(world, theirs, "apply")
    (theirs / "loop").symlink_to(".")

    assert "loop\n  it is a link on the other side" in run(world, ours, "compare", str(theirs))[1]


def test_a_file_of_many_gigabytes_is_not_read_into_the_machine(world, checkouts):
    ours, theirs = checkouts
    run(world, theirs, "apply")
    for path in (theirs / "disk.img", theirs / "onboard.yaml"):
        with path.open("ab") as file:
            file.truncate(1 << 40)

    code, output = run(world, ours, "compare", str(theirs))

    assert code == 1
    for path in ("disk.img", "onboard.yaml"):
        assert f"{path}\n  it is not the same, and with more than 1 MB not compared line by line\n" in output


def test_the_other_checkout_may_lie_within_ours(world, checkouts):
    ours, theirs = checkouts
    run(world, theirs, "apply")
    theirs.rename(ours / "finished")

    code, output = run(world, ours, "compare", str(ours / "finished"))

    assert (code, "all are as profile-cd would write them." in output) == (0, True), output


def test_a_directory_that_is_not_there_does_not_start(world, checkouts, tmp_path):
    code, output = run(world, checkouts[0], "compare", str(tmp_path / "nowhere"))

    assert (code, "does not exist" in output) == (2, True)
