"""Quotes as Go writes them."""

import pytest

from profile_cd.transformers.quoting import quote


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("plain text", "v1.2.3", '"v1.2.3"'),
        ("quotes, backslashes and control characters", 'a"\\\t\x01\x7f', '"a\\"\\\\\\t\\x01\\x7f"'),
        ("what is not printed, and what is", "\u2028é", '"\\u2028é"'),
        ("beyond the basic plane", "\U000e0001", '"\\U000e0001"'),
        ("nothing", "", '""'),
    ],
)
def test_a_text_in_quotes(label, text, expected):
    assert quote(text) == expected
