"""What a proposal says, in one digest."""

from dataclasses import replace

from profile_cd.model import File
from tests.proposal.changes import BASE, change, proposed


def says(*changes, files=None, base=BASE, **fields):
    return proposed(changes or [change()], files, base, **fields).contents.says


def test_the_same_changes_of_the_same_files_say_the_same_whatever_else_the_base_got():
    elsewhere = replace(BASE, commit="b0b0", files={**BASE.files, "other.yaml": File(b"b: 2\n")})

    assert says() == says(base=elsewhere)


def test_another_value_another_file_another_text_around_it_say_something_else():
    around = replace(BASE, files={**BASE.files, "values.yaml": File(b"a: 1 # mind\n")})
    others = {
        says(change(version="v3")),
        says(files={"values.yaml": b"a: 3\n"}),
        says(base=around),
        says(names=("abcd",)),
        says(lane="review"),
    }

    assert says() not in others
    assert len(others) == 5
