"""What manifests of any commit mean for one value."""

from dataclasses import replace

from profile_cd.judgement import meanings
from tests.judgement.histories import MANIFEST, VALUES, Made, change, manifest, values


def test_a_manifest_means_something_for_the_values_that_it_owns_alone():
    assert meanings.of(change(), "", manifest(), "") is not None
    assert meanings.of(change(key="$.quoting"), "", manifest(), "") is None
    assert meanings.of(change(), "", None, "") is None


def test_a_directory_of_a_monorepo_is_not_part_of_the_name_in_the_manifest():
    below = replace(change(), file=f"below/{VALUES}")

    assert meanings.of(below, "below", manifest(), "") is not None


def test_today_s_meaning_is_that_of_the_snapshot():
    history = Made()
    history.commit({VALUES: values("v1.0.0"), MANIFEST: manifest("^1.2.0")})

    assert meanings.now(change(), "", history.snapshot()) == meanings.of(change(), "", manifest("^1.2.0"), "")
