"""What a hostile server can cost a run is bounded, and the healthy one beside it is served."""

import pytest

from sandbox.acts.hostile import ATTACKS, attack

MOST = 500
"""MB that a run may take."""


@pytest.mark.parametrize("hosts", [1, 7])
@pytest.mark.parametrize("kind", [each for each in ATTACKS if each.kind == "dockerimage"], ids=lambda each: each.name)
def test_no_answer_fills_the_memory_and_the_healthy_registry_is_served(kind, hosts):
    cost = attack([kind], hosts)

    assert cost.memory < MOST
    assert cost.served
    assert "gives no answer that can be taken" in cost.said or "nested" in cost.said
