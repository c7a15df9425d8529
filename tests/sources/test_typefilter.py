"""Which releases count, by updatecli's rule."""

import pytest

from profile_cd.sources.github import Release
from profile_cd.sources.typefilter import TypeFilter, passes


@pytest.mark.parametrize(
    ("release", "wanted", "counts"),
    [
        (Release("v1"), TypeFilter(), True),
        (Release("v1", prerelease=True), TypeFilter(), False),
        (Release("v1", prerelease=True), TypeFilter(prerelease=True), True),
        (Release("v1"), TypeFilter(prerelease=True), False),
        (Release("v1", draft=True), TypeFilter(release=True), False),
        (Release("v1"), TypeFilter(latest=True), False),
    ],
)
def test_a_release_counts_where_its_type_is_wanted(release, wanted, counts):
    assert passes(release, wanted) is counts
