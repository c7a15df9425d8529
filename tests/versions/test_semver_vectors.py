"""Real and awkward patterns take what they take in updatecli."""

import json

import pytest

from profile_cd import versions
from profile_cd.errors import BadCondition
from profile_cd.model import Condition
from tests.paths import DATA

FILE = DATA / "semver-vectors.json"
VECTORS = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {"versions": [], "cases": []}
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="needs ../shared/data/semver-vectors.json")


def _tied(found):
    """v7.1 and 07.1.0 are the same version: their order says nothing."""
    return ["v7.1" if each == "07.1.0" else each for each in found]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["pattern"])
def test_a_pattern_takes_what_masterminds_takes_newest_first(case):
    if case["masterminds_error"]:
        with pytest.raises(BadCondition) as caught:
            Condition("semver", case["pattern"])
        assert case["pattern"] in str(caught.value)
        return

    choice = versions.choose(VECTORS["versions"], Condition("semver", case["pattern"]))

    assert _tied(each.version for each in choice.verdicts if each.taken) == _tied(case["masterminds_match_desc"])
    assert choice.picked in [*case["masterminds_match_desc"][:1], None]
    assert (choice.picked is None) == (not case["masterminds_match_desc"])


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["pattern"])
def test_what_a_person_should_know_of_a_pattern_is_said_in_sentences(case):
    if not case["masterminds_error"]:
        assert all(sentence.endswith(".") for sentence in versions.check(Condition("semver", case["pattern"])))


def test_every_version_has_one_verdict_with_a_reason():
    choice = versions.choose(VECTORS["versions"], Condition("semver", "^1.0.0-0"))

    assert sorted(each.version for each in choice.verdicts) == sorted(VECTORS["versions"])
    assert all(each.reason for each in choice.verdicts)


def test_all_vectors_are_there():
    assert len(VECTORS["cases"]) == 128
