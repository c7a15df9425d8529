"""Prefixes of PEP 440, as go-pep440-version reads them."""

import pytest

from profile_cd.versions.prefixes import begins, compatible


@pytest.mark.parametrize(
    ("version", "prefix", "expected"),
    [
        ("2.0.1", "2.0", True),
        ("2.0", "2.0", True),
        ("2", "2.0", False),
        ("2.0rc1", "2.0", True),
        ("2.1", "2.0", False),
        ("2.0.1", "2", True),
        ("20.1", "2", False),
        ("1.5rc1", "1.5rc1", True),
    ],
)
def test_a_version_begins_with_a_prefix(version, prefix, expected):
    assert begins(version, prefix) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.4.2", "1.4"), ("1.4", "1"), ("1.4rc1", "1.4"), ("1.4.2.post1", "1.4"), ("1.4.2.dev3", "1.4")],
)
def test_compatible_versions_share_all_but_the_last_number(text, expected):
    assert compatible(text) == expected
