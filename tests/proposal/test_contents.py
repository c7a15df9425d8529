"""A proposal as a value."""

from tests.proposal.changes import RUN, change, proposed


def test_what_a_proposal_details_is_its_message_without_the_title():
    made = proposed([change()])

    assert made.details.startswith("ledger v1.0.0 -> v2.0.0 (values.yaml)")
    assert made.details.endswith(f"Profile-CD: {RUN}")
