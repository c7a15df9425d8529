"""Which manifest owned a value, whatever its file was called then."""

import pytest

from tests.judgement.histories import MANIFEST, ROBOT, VALUES, Made, found, manifest, values


@pytest.mark.parametrize("then", [".updatecli/books.yaml", ".updatecli/ledger.yml", "updatecli.d/ledger.yaml"])
def test_a_manifest_that_had_another_name_is_found_by_the_value_that_it_owned(then):
    history = Made()
    history.commit({VALUES: values("v0.9.0"), then: manifest()})
    history.commit({VALUES: values("v1.0.0")}, by=ROBOT)
    history.commit({then: None, MANIFEST: manifest()})

    assert found(history)[0].turn is None


def test_a_person_who_moves_the_manifest_and_writes_the_value_at_once_changed_no_condition():
    history = Made()
    history.commit({VALUES: values("v0.9.0"), "updatecli.d/ledger.yaml": manifest()})
    history.commit({VALUES: values("v1.0.0"), "updatecli.d/ledger.yaml": None, MANIFEST: manifest()})

    assert found(history)[0].turn is None
