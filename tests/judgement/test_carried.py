"""What an open proposal says of a manifest that fails this time."""

import pytest

from profile_cd import manifest as manifests
from profile_cd.errors import ProfileError
from profile_cd.judgement import Answers, carried
from profile_cd.model import Problem
from profile_cd.steps.judge import answered
from tests.judgement.histories import MANIFEST, VALUES, Made, manifest, values

LOADED, _ = manifests.read(manifest(), MANIFEST, {})
FAILED = (Problem("ledger", MANIFEST, 4, "The registry does not answer."),)


def carried_over(today, proposed, failures=FAILED):
    history = Made()
    base = history.commit({VALUES: values("v1.0.0"), MANIFEST: manifest()})
    head = history.commit({VALUES: values(proposed)})
    history.commit({VALUES: values(today)})
    return answered(carried.collect(LOADED, failures, [(base, head)], history.snapshot(), ""), history), history


def test_what_was_proposed_stays_proposed_while_its_manifest_fails():
    ((change,), _) = carried_over("v1.0.0", "v1.1.0")

    assert (change.old, change.new, change.source, change.line) == ("v1.0.0", "v1.1.0", "dockerimage:acme/ledger", 11)


@pytest.mark.parametrize(
    ("label", "today", "proposed"),
    [("the value has moved since", "v1.0.5", "v1.1.0"), ("nothing was proposed of it", "v1.0.0", "v1.0.0")],
)
def test_nothing_is_carried_over_where(label, today, proposed):
    assert carried_over(today, proposed)[0] == [], label


def test_where_nothing_failed_nothing_is_asked():
    changes, history = carried_over("v1.0.0", "v1.1.0", failures=())

    assert changes == []
    assert history.asked == []


class Silent:
    def answer(self, _questions):
        return Answers(trouble="History gave no answer.")


def test_a_proposal_that_cannot_be_read_is_not_taken_for_an_empty_one():
    snapshot = carried_over("v1.0.0", "v1.1.0")[1].snapshot()

    with pytest.raises(ProfileError):
        answered(carried.collect(LOADED, FAILED, [("a", "b")], snapshot, ""), Silent())
