"""What a manifest reads from a variable into an address is in nothing that the action leaves behind."""

import pytest

from sandbox.net import faults
from sandbox.world import Scene

FEED = "s3cret_*feed*-token_of_2026"
CHART = ".updatecli/helm-platform.yaml"


@pytest.fixture
def scene(tmp_path):
    with Scene(tmp_path) as scene:
        environment = scene.world.environment
        scene.world.environment = lambda *given, **named: {**environment(*given, **named), "FEED_TOKEN": FEED}
        scene.world.hub.publish("acme/ledger", "v1.5.0")
        address = "url: https://acme.github.io/charts"
        scene.person(CHART, address, "url: 'https://acme.github.io/{{ requiredEnv \"FEED_TOKEN\" }}/charts'")
        yield scene


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.status(404, when=faults.host("acme.github.io")), id="absent"),
        pytest.param(faults.status(403, when=faults.host("acme.github.io")), id="forbidden"),
        pytest.param(faults.reset(when=faults.host("acme.github.io")), id="down"),
        pytest.param(faults.html(when=faults.host("acme.github.io")), id="a page"),
    ],
)
def test_a_secret_in_an_address_that_fails_is_shown_as_the_manifest_writes_it(scene, fault):
    scene.world.street.hooks.append(fault)

    done = scene.update(manifest_env="FEED_TOKEN", image="acme/ledger:v1.5.0")

    assert done.outputs["operation"] == "merged", done.log
    written = [done.log, done.summary, *done.outputs.values(), *(each.body for each in scene.repository.pulls.values())]
    assert not [text for text in written if "s3cret" in text]
    assert FEED in done.masks
