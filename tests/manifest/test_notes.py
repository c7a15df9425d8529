"""What is written down while a manifest is read."""

import pytest

from profile_cd.errors import Unreadable
from profile_cd.manifest.notes import Notes


def test_what_fails_is_noted_and_the_next_thing_is_read():
    notes = Notes()

    def bad(line):
        raise Unreadable("No.", line=line)

    assert notes.attempt(bad, 3) is None
    assert notes.attempt(str.upper, "a") == "A"
    assert [error.line for error in notes.failures] == [3]


def test_a_mistake_of_ours_is_not_taken_for_one_of_the_author():
    with pytest.raises(ZeroDivisionError):
        Notes().attempt(divmod, 1, 0)
