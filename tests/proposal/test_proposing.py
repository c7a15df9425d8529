"""What a proposal says, in one digest."""

from dataclasses import replace

from profile_cd.model import File
from tests.proposal.changes import BASE, change, proposed


def says(*changes, files=None, base=BASE, **fields):
    return proposed(changes or [change()], files, base, **fields).contents.says


LINES = b"a: 1\nx: 0\ny: 0\nz: 0\nb: 1\n"


def test_a_push_to_other_lines_of_the_file_says_the_same_and_one_beside_does_not():
    def said(text):
        base = replace(BASE, files={**BASE.files, "values.yaml": File(text)})
        return says(files={"values.yaml": text.replace(b"a: 1", b"a: 2")}, base=base)

    assert said(LINES) == said(LINES.replace(b"b: 1", b"b: 2"))
    assert said(LINES) == said(LINES + b"c: 1\n")
    assert said(LINES) != said(LINES.replace(b"x: 0", b"x: 9"))


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
