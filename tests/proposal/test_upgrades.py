"""What changed as people see it."""

import pytest

from profile_cd.model import Link
from profile_cd.proposal import upgrades
from profile_cd.proposal.upgrades import ends
from tests.proposal.changes import change


@pytest.mark.parametrize(
    ("old", "new", "version", "shown"),
    [
        ("v1", "v2", "v2", ("v1", "v2")),
        ("ghcr.io/acme/a:v1", "ghcr.io/acme/a:v2", "v2", ("v1", "v2")),
        ("a v1 b", "a v2 b", "v2", ("v1", "v2")),
        ("elsewhere/a:v1", "ghcr.io/acme/a:v2", "v2", ("elsewhere/a:v1", "ghcr.io/acme/a:v2")),
        ("x", "typed", "v2", ("x", "typed")),
        ("v1", "v2", "", ("v1", "v2")),
    ],
)
def test_what_stands_around_both_versions_is_left_out(old, new, version, shown):
    assert ends(change(old=old, new=new, version=version)) == shown


def test_one_product_in_several_files_is_one_row():
    (found,) = upgrades([change(), change(file="b.yaml"), change(file="b.yaml", key="$.x")])

    assert found.files == ("values.yaml", "b.yaml")
    assert found.cells() == ["**ledger**", "`v1.0.0`", "**`v2.0.0`**"]


def test_two_products_two_lanes_two_versions_are_rows_of_their_own():
    assert len(upgrades([change(), change("b"), change(lane="review"), change(version="v3")])) == 4


def test_a_long_value_does_not_push_the_next_column_out_of_sight():
    (found,) = upgrades([change(old="x" * 300)])

    assert len(found.cells()[1]) < 50


def test_pages_stand_in_the_order_in_which_they_are_read():
    source, comparison = Link("Source", "https://x.example/s"), Link("Comparison", "https://x.example/c")
    (found,) = upgrades([change()])

    def shown(*pages):
        return found.pages({("dockerimage:acme/ledger", "v2.0.0"): pages})

    release = Link("Releases", "https://x.example/r")
    assert shown(source, comparison, release) == "[Releases](https://x.example/r) · [Comparison](https://x.example/c)"
    assert shown(source) == "[Source](https://x.example/s)"
    assert found.pages({}) == ""
