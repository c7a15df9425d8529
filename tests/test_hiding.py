"""Secrets are taken out of a text before it goes anywhere."""

import pytest

from profile_cd.hiding import Hiding, lines_of

TOKEN = "feed/token+1=="
HIDING = Hiding({TOKEN: "{{ FEED }}", "abc": "{{ SHORT }}", "l" * 30: "{{ LONG }}", "l" * 20 + "x" * 10: "{{ OTHER }}"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"https://{TOKEN}/charts", "https://{{ FEED }}/charts"),
        ("https://host/feed%2Ftoken%2B1%3D%3D/charts", "https://host/{{ FEED }}/charts"),
        ("abcdef", "abcdef"),
        (f"<{'l' * 18}…>", "<{{ LONG }}…>"),
        (f"<{'l' * 18}>", f"<{'l' * 18}>"),
        ("see feed/tok", "see {{ FEED }}"),
        ("see feed/tokens", "see feed/tokens"),
        (f"<{'l' * 20}{'x' * 10}>", "<{{ OTHER }}>"),
        (f"{'l' * 30} {'l' * 30}", "{{ LONG }} {{ LONG }}"),
        ("llll", "llll"),
        ("", ""),
    ],
)
def test_a_secret_is_shown_as_its_place_in_the_manifest(text, shown):
    assert HIDING(text) == shown


def test_nothing_shows_what_is_hidden():
    assert TOKEN not in repr(HIDING)


def test_each_line_of_a_secret_is_one():
    assert lines_of("one\n\n two \r\n") == ["one", "two"]
