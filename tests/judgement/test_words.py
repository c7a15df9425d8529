"""Sentences about commits."""

import pytest

from profile_cd.judgement import Writer
from profile_cd.judgement.words import wrote


@pytest.mark.parametrize(
    ("writer", "words"),
    [
        (Writer("a" * 40, "", "Roll back\n\nbecause", ("Ada",), "2025-06-01T22:00:00Z"),
         "Ada, on 2025-06-01, in `aaaaaaa` (“Roll back”)"),
        (Writer("a" * 40, "", "", ()), "somebody, in `aaaaaaa`"),
        (Writer("", "b" * 40, "", ("you",)), "you, not committed yet"),
        (Writer("a" * 40, "", "use `x`\ttwice", ("A`da",)), "A'da, in `aaaaaaa` (“use 'x' twice”)"),
    ],
)  # fmt: skip
def test_who_when_and_which_with_nobody_else_s_backquotes(writer, words):
    assert wrote(writer) == words


def test_a_long_subject_is_cut():
    assert len(wrote(Writer("a" * 40, "", "x" * 900, ("y" * 900,)))) < 200
