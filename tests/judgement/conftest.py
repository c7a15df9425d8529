"""A short history that most tests begin with."""

import pytest

from tests.judgement.histories import MANIFEST, ROBOT, VALUES, Made, manifest, values


@pytest.fixture
def history():
    made = Made()
    made.commit({VALUES: values("v0.9.0", "v3"), MANIFEST: manifest()}, message="set up")
    made.commit({VALUES: values("v1.0.0", "v3")}, by=ROBOT, message="ledger v1.0.0")
    return made
