"""What a hostile server can cost a run is bounded, and the healthy one beside it is served."""

import pytest

from sandbox.acts.hostile import ATTACKS, attack

MOST = 500
"""MB that a run may take."""


AT_ONCE = {"dockerimage": 7, "helmchart": 1, "gittag": 1}
"""Hosts of each kind: with these an attack comes furthest before what a run may take is used up."""
SLOW = {"a large index of charts", "tags without end"}
"""Left to `make hostile`."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", [each for each in ATTACKS if each.name not in SLOW], ids=lambda each: each.name)
def test_no_answer_fills_the_memory_and_the_healthy_registry_is_served(kind):
    cost = attack([kind], AT_ONCE[kind.kind])

    assert cost.memory < MOST
    assert cost.served
    assert cost.said
