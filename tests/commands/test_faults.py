"""Each kind of request of a run fails in each way: it ends well or red with words, and the next run repairs it."""

import pytest

from sandbox.acts import faults as faults_act
from sandbox.acts.faults import FAULTS, REQUESTS

WITHOUT_A_BODY = {"existence of an image", "delete the branch"}


@pytest.fixture(scope="module")
def table():
    return {(each.request, each.fault): each for each in faults_act.play_all(list(REQUESTS), list(FAULTS))}


@pytest.mark.parametrize("request_name", REQUESTS)
@pytest.mark.parametrize("kind", FAULTS)
def test_a_request_that_fails_is_made_up_for_and_never_doubled(table, request_name, kind):
    played = table[request_name, kind]

    assert played.struck, "this request belongs to every run"
    assert played.repaired, played.difference
    assert played.code == 0 or played.words, "a red end says what happened"


@pytest.mark.parametrize("request_name", sorted(set(REQUESTS) - WITHOUT_A_BODY))
@pytest.mark.parametrize("kind", ["503", "reset", "truncated"])
def test_what_passes_by_itself_is_not_red(table, request_name, kind):
    assert table[request_name, kind].code == 0, table[request_name, kind].words
