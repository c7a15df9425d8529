"""Each kind of request of a run fails in each way: it ends well or red with words, and the next run repairs it."""

import pytest

from sandbox.acts import faults as faults_act
from sandbox.acts.faults import FAULTS, REQUESTS

KINDS = [kind for kind in FAULTS if kind != "never ends"]
"""Without the one that takes a minute each time, until the clock ends it: `make faults` plays it."""
TABLE = [(request, kind) for request in REQUESTS for kind in KINDS]
PATIENT = {"question to GitHub (GraphQL)", "read the merge commit"}
"""What is asked again for so long that a fault which lasts costs a quarter of a minute."""
ALWAYS = [
    (
        request,
        "reset" if request in PATIENT and KINDS[row % len(KINDS)].endswith("for ever") else KINDS[row % len(KINDS)],
    )
    for row, request in enumerate(REQUESTS)
]
"""A part of the table that `make test` plays: each request once, each way to fail at least once."""
WITHOUT_A_BODY = {"existence of an image"}
PASSING = {"503", "reset", "truncated"}


@pytest.fixture(scope="session")
def undisturbed():
    return faults_act.play_undisturbed()


def hold(request_name, kind, undisturbed):
    played = faults_act.play(request_name, kind, undisturbed)

    assert played.struck, "this request belongs to every run"
    assert played.repaired, played.difference
    assert played.code == 0 or played.words, "a red end says what happened"
    if kind in PASSING and request_name not in WITHOUT_A_BODY:
        assert played.code == 0, f"what passes by itself is not red: {played.words}"


@pytest.mark.parametrize(("request_name", "kind"), ALWAYS)
def test_a_request_that_fails_is_made_up_for_and_never_doubled(request_name, kind, undisturbed):
    hold(request_name, kind, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize(("request_name", "kind"), [pair for pair in TABLE if pair not in ALWAYS])
def test_each_request_that_fails_in_each_way_is_made_up_for_and_never_doubled(request_name, kind, undisturbed):
    hold(request_name, kind, undisturbed)
