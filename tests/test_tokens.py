"""What a token is by how it begins, and when it ends in whatever words GitHub names the moment."""

from datetime import UTC, datetime

import pytest

from profile_cd import tokens
from profile_cd.tokens import end

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-05-10 12:00:00 UTC", "2026-05-10 14:00:00 +0200"])
def test_the_moment_is_read_in_both_of_github_s_forms(text):
    assert end(text) == datetime(2026, 5, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-05-15 11:00:00 UTC", "in 13 days, on 2026-05-15"),
        ("2026-05-02 13:00:00 UTC", "tomorrow"),
        ("2026-05-01 13:00:00 UTC", "today"),
    ],
)
def test_a_token_that_ends_within_fourteen_days_is_warned_of(text, words):
    assert words in tokens.soon("merge-token", text, NOW)


@pytest.mark.parametrize("text", ["2026-05-16 12:00:00 UTC", "", "never", "2026-99-99 00:00:00 UTC"])
def test_one_that_ends_later_or_never_is_not(text):
    assert tokens.soon("token", text, NOW) == ""


@pytest.mark.parametrize(
    ("text", "login", "merges", "kind"),
    [
        ("ghs_1", "github-actions[bot]", True, "workflow"),
        ("ghs_1", "", False, "workflow"),
        ("ghs_1", "", True, "app"),
        ("ghs_12345_eyJh.eyJp.x-y", "acme-cd[bot]", False, "app"),
        ("github_pat_1", "ada", False, "fine-grained"),
        ("ghp_1", "ada", False, "classic"),
        ("a" * 40, "ada", False, "classic"),
        ("gho_1", "ada", False, "person"),
        ("something else", "ada", False, ""),
    ],
)
def test_the_kind_of_a_token(text, login, merges, kind):
    assert tokens.kind(text, login, merges=merges) == kind
