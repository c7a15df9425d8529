"""What a manifest of an earlier commit would choose today."""

from profile_cd.errors import SourceFailed
from profile_cd.judgement import chosen
from profile_cd.sources import DockerImage
from tests.judgement.histories import change, manifest

LISTED = {DockerImage("acme/ledger"): ("v1.0.0", "v1.9.0", "v2.0.0")}


def test_the_condition_of_then_is_asked_about_the_list_of_today():
    assert chosen(change(), manifest("^1.0.0"), "", LISTED) == ("`semver ^1.0.0`", "v1.9.0")


def test_a_condition_that_takes_nothing_chose_nothing():
    assert chosen(change(), manifest("^3.0.0"), "", LISTED) == ("`semver ^3.0.0`", "nothing")


def test_what_is_not_known_is_empty():
    failed = {DockerImage("acme/ledger"): SourceFailed("The registry does not answer.")}

    assert chosen(change(), manifest(), "", failed) == ("`semver ^1.0.0`", "")
    assert chosen(change(), "no: [manifest", "", LISTED) == ("", "")
    assert chosen(change(), manifest().replace("acme/ledger", "acme/books"), "", LISTED) == ("", "")
