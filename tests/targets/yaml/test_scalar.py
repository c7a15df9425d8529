"""How a text is spelled, so that every reader takes it for text."""

import pytest

from profile_cd.targets.yaml import spell

PLAIN = [
    "v1", "1.2.3", "17.0.2-21488-f282b43", "x/y:v1", "ghcr.io/a/b@sha256:0ab", "https://x/y#z", "a b",
    "it's", 'a"b', "a#b", "a:b", "-x", "a-", "latest", "main", "nope", "yesterday", "1.2.3-0", "a, b", "a]b", "é😀",
    "a?b", "0.0.0.0", "1-2-3", "e1", "x*", "$x", "a\\b",
]  # fmt: skip
QUOTED = [
    "", " a", "a ", "1", "1.30", "-1", "+1", "1.", ".5", "1e3", "1_000", "012", "0o14", "0x1F", "0b1", ".inf",
    "-.INF", ".nan", "true", "False", "yes", "No", "on", "OFF", "y", "N", "null", "Null", "~", "=", "<<",
    "2024-01-01", "2024-1-1", "2024-01-01T00:00:00Z", "12:30:45", "1:30", "a: b", "a #b", "a:", "- a", "-", "? a",
    "?a", ": a", ":a", "---", "--- a", "...", "[a]", "{a}", "]a", "}a", ",a", "#a", "&a", "*a", "!a", "|", ">",
    "'a'", '"a"', "%a", "@a", "`a",
]  # fmt: skip


@pytest.mark.parametrize("value", PLAIN)
def test_a_plain_text_stays_plain(value):
    assert spell(value, "", flow=False) == value


@pytest.mark.parametrize("value", QUOTED)
def test_what_would_not_read_as_that_text_gets_double_quotes(value):
    assert spell(value, "", flow=False) == '"' + value.replace('"', '\\"') + '"'


@pytest.mark.parametrize("value", ["a, b", "a]b", "a}b", "a[b", "a?b"])
def test_between_brackets_fewer_texts_are_plain(value):
    assert spell(value, "", flow=False) == value
    assert spell(value, "", flow=True) == f'"{value}"'


def test_single_quotes_stay_and_are_doubled_inside():
    assert spell("it's 1.30", "'", flow=False) == "'it''s 1.30'"


def test_double_quotes_stay_and_are_escaped_inside():
    assert spell('a\\b "c"', '"', flow=True) == '"a\\\\b \\"c\\""'


def test_a_value_that_is_tagged_as_text_needs_no_quotes():
    assert spell("1.30", "", flow=False, tag="tag:yaml.org,2002:str") == "1.30"
