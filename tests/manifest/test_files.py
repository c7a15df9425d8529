"""Which files are manifests, what people call them, and which partials stand in front of each."""

import pytest

from profile_cd.errors import CannotStart, Unreadable
from profile_cd.manifest.files import LARGEST, choose, joined, not_read, text_of


def ids(paths, directory=None):
    return {each.path: each.id for each in choose(paths, directory)}


def test_the_first_of_the_usual_directories_that_holds_a_manifest_counts():
    both = ["updatecli.d/old.yaml", ".updatecli/new.yaml"]

    assert ids(both) == {".updatecli/new.yaml": "new"}
    assert ids(["updatecli.d/old.yaml", ".updatecli/readme.md"]) == {"updatecli.d/old.yaml": "old"}


@pytest.mark.parametrize(
    ("directory", "found"),
    [
        ("conf", {"conf/a.yaml"}),
        ("conf/", {"conf/a.yaml"}),
        ("./conf", {"conf/a.yaml"}),
        (".", {"conf/a.yaml", "confetti/b.yaml", "top.yml"}),
        ("top.yml", {"top.yml"}),
    ],
)
def test_a_directory_that_is_named_is_the_only_one(directory, found):
    assert set(ids(["conf/a.yaml", "confetti/b.yaml", "top.yml"], directory)) == found


@pytest.mark.parametrize("ending", [".yaml", ".yml", ".json", ".tpl", ".tmpl", ".cue"])
def test_every_ending_that_updatecli_reads_is_a_manifest(ending):
    assert ids([f".updatecli/a{ending}", ".updatecli/a.txt"]) == {f".updatecli/a{ending}": "a"}


def test_two_files_of_one_name_are_told_apart_by_their_paths():
    paths = [".updatecli/dev/ledger.yaml", ".updatecli/stage/ledger.yaml", ".updatecli/other.yaml"]

    assert list(ids(paths).values()) == ["dev/ledger.yaml", "other", "stage/ledger.yaml"]


def test_partials_stand_in_front_of_the_manifests_of_their_own_directory():
    paths = [".updatecli/_a.yaml", ".updatecli/_b.tpl", ".updatecli/one.yaml", ".updatecli/sub/two.yaml"]

    assert {each.path: each.partials for each in choose(paths, None)} == {
        ".updatecli/one.yaml": (".updatecli/_a.yaml", ".updatecli/_b.tpl"),
        ".updatecli/sub/two.yaml": (),
    }


@pytest.mark.parametrize(
    ("directory", "said"),
    [
        (None, (".updatecli", "updatecli.d", "updatecli.d/old.yaml")),
        (["conf", "updatecli.d"], None),
        ("updatecli.d", None),
    ],
)
def test_a_second_directory_of_manifests_that_is_not_read_is_named(directory, said):
    assert not_read(["updatecli.d/old.yaml", ".updatecli/new.yaml"], directory) == said


@pytest.mark.parametrize(("directory", "named"), [(None, "`.updatecli` nor `updatecli.d`"), ("conf", "`conf`")])
def test_without_a_manifest_nothing_starts(directory, named):
    with pytest.raises(CannotStart, match=named):
        choose(["README.md"], directory)


def test_a_text_loses_its_bom_and_keeps_everything_else():
    assert text_of(b"\xef\xbb\xbfa: \xc3\xa9\r\n") == "a: é\r\n"


def test_a_file_that_is_no_utf_8_is_refused_at_its_line():
    with pytest.raises(Unreadable, match="not UTF-8") as refused:
        text_of(b"a: 1\nb: \xff\n")

    assert refused.value.line == 2


def test_a_file_that_is_too_large_is_refused():
    assert text_of(b"x" * LARGEST)
    with pytest.raises(Unreadable, match="larger than"):
        text_of(b"x" * (LARGEST + 1))


def test_partials_are_joined_line_by_line_and_a_bad_one_is_named():
    texts = {"_a": b"a: 1", "_b": b"b: 2\n", "_c": b"\xff"}

    assert joined(["_a", "_b"], texts) == "a: 1\nb: 2\n"
    with pytest.raises(Unreadable, match="`_c` cannot be read"):
        joined(["_a", "_c"], texts)
