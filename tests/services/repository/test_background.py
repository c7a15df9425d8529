"""GitHub's answers to a merge in the background, whatever they hold."""

import pytest

from profile_cd.merging import Armed, Lost, Merged, Pending, Refused
from profile_cd.services.repository import background
from profile_cd.services.repository.answers import Said


@pytest.mark.parametrize(
    ("status", "data", "expected"),
    [
        (202, {"status": "pending", "details": {"uuid": "u-1"}}, Pending("u-1")),
        (409, {"status": "pending", "details": {"uuid": "u-1"}}, Pending("u-1")),
        (200, {"status": "merged", "details": {"sha": "d"}}, Merged("d")),
        (200, {"status": "merged"}, Lost()),
        (200, {"status": "enqueued", "details": {}}, Armed()),
        (200, {"status": "failed", "details": {"message": "No"}}, Refused(405, "No")),
        (404, {"message": "Not Found"}, Refused(404, "Not Found")),
    ],
)
def test_what_an_answer_means(status, data, expected):
    assert background.answered(Said(status, data)) == expected


def test_a_name_that_would_lead_elsewhere_is_none():
    said = Said(202, {"status": "pending", "details": {"uuid": "../../x"}})

    assert isinstance(background.answered(said), Refused)
