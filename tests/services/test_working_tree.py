"""A profile on the disk: read as a snapshot, written whole files at a time, and never through a link."""

import os

import pytest

from profile_cd.errors import CannotStart, ProfileError
from profile_cd.model import File, Snapshot
from profile_cd.services.working_tree import WorkingTree, differing


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "profile"
    (root / ".git").mkdir(parents=True)
    (root / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (root / "deep").mkdir()
    (root / "deep" / "values.yaml").write_text("a: v1\n")
    (root / "values.yaml").write_text("a: v1\n")
    return WorkingTree(str(root)), root


LINKS = {
    "into .git": ("link", ".git", "link/HEAD"),
    "to a directory of the repository": ("link", "deep", "link/values.yaml"),
    "to a file of the repository": ("link", "values.yaml", "link"),
    "out of the repository": ("link", "..", "link/outside.yaml"),
    "further up": ("deep/link", "../.git", "deep/link/HEAD"),
    "that leads nowhere": ("link", "nowhere", "link"),
}


@pytest.mark.parametrize(("link", "to", "path"), LINKS.values(), ids=LINKS)
def test_a_link_on_the_way_is_neither_read_nor_written_through(tree, link, to, path):
    disk, root = tree
    (root.parent / "outside.yaml").write_text("a: v1\n")
    (root / link).symlink_to(to)
    before = {each: each.read_bytes() for each in root.parent.rglob("*") if each.is_file()}

    snapshot = disk.with_files(Snapshot({}), [path])

    assert snapshot.files[path] == File(b"", "120000")
    with pytest.raises(ProfileError, match="is a link"):
        disk.write({path: b"a: v2\n"})
    assert {each: each.read_bytes() for each in root.parent.rglob("*") if each.is_file()} == before


def test_a_repository_that_is_itself_behind_a_link_can_be_edited(tree, tmp_path):
    _, root = tree
    (tmp_path / "alias").symlink_to(root)

    WorkingTree(str(tmp_path / "alias")).write({"deep/values.yaml": b"a: v2\n"})

    assert (root / "deep" / "values.yaml").read_bytes() == b"a: v2\n"


def test_a_file_is_replaced_with_its_mode_and_no_other_is_left(tree):
    disk, root = tree
    (root / "values.yaml").chmod(0o640)

    disk.write({"values.yaml": b"a: v2\n"})

    assert (root / "values.yaml").read_bytes() == b"a: v2\n"
    assert (root / "values.yaml").stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in root.iterdir()) == [".git", "deep", "values.yaml"]


def test_a_directory_of_manifests_that_is_not_there_is_named_with_the_one_that_was_meant(tree):
    disk, root = tree
    (root / ".updatecli").mkdir()

    with pytest.raises(CannotStart, match=r"There is no directory `.updatecl` in .*Perhaps `.updatecli` is meant"):
        disk.snapshot([".updatecl"])
    assert disk.snapshot([".updatecli", "updatecli.d"]) == Snapshot({})


def test_what_is_not_there_is_not_in_the_snapshot(tree):
    disk, _ = tree

    found = disk.with_files(Snapshot({}), ["values.yaml", "other.yaml", "deep"])

    assert {path: file.mode for path, file in found.files.items()} == {"values.yaml": "100644", "deep": "040000"}


def test_two_directories_differ_in_files_beside_git(tree, tmp_path):
    _, root = tree
    other = tmp_path / "other"
    (other / "deep").mkdir(parents=True)
    (other / "deep" / "values.yaml").write_text("a: v1\n")
    (other / "values.yaml").write_text("a: v2\n")
    (other / "new.yaml").symlink_to("values.yaml")

    assert differing(str(root), str(other)) == ("new.yaml", "values.yaml")
    assert differing(str(root), str(root)) == ()


def test_of_what_is_no_regular_file_only_its_kind_is_known(tree):
    disk, root = tree
    folder = root / ".updatecli"
    folder.mkdir()
    os.mkfifo(folder / "pipe.yaml")
    (folder / "link.yaml").symlink_to(root / "values.yaml")
    (folder / ".#locked.yaml").symlink_to("ada@machine.4711:1")
    os.mkfifo(root / "pipe")

    seen = disk.snapshot([".updatecli"])

    assert {path: file.mode for path, file in seen.files.items()} == {
        ".updatecli/link.yaml": "120000",
        ".updatecli/pipe.yaml": "000000",
    }
    assert disk.with_files(Snapshot({}), ["pipe", "deep"]).files == {
        "pipe": File(b"", "000000"),
        "deep": File(b"", "040000"),
    }
