"""What GitHub would lose between two jobs is found out before."""

import pytest

from profile_cd.fanout import too_much

ENTRY = {"name": "dev", "secret": "DEV", "url": "https://gitlab.example.com"}


@pytest.mark.parametrize(
    ("label", "entries", "words"),
    [
        ("as many as a matrix has jobs", [ENTRY] * 256, ""),
        ("one more", [ENTRY] * 257, "a matrix has 256 jobs at most"),
        ("too large an output", [{**ENTRY, "x-notes": "x" * 500_000}], "larger than an output may be"),
        ("a masked word in one of them", [ENTRY, {**ENTRY, "name": "hidden"}], "the entry of `hidden`"),
        ("none", [], ""),
    ],
)
def test_the_reason_says_what_to_do(label, entries, words):
    said = too_much(entries, lambda text: "hidden" in text)

    assert words in said, label
    assert bool(said) == bool(words)
    assert not said or "one-job" in said
