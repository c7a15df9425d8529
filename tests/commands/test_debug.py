"""What a person sees who wants to know what a run asks, at a terminal and in the action; never a secret."""

import json

import pytest

from sandbox.net import faults
from sandbox.world import TOKEN, Scene
from tests.terminal import apart, environment

FEED = "s3cret_feed_token_of_2026"


def run(world, profile, *words, **more):
    """What a run prints, errors apart."""
    return apart(profile, *words, **environment(world, profile, **more))


def said(text):
    return [line for line in text.splitlines() if line.startswith("debug: ")]


@pytest.mark.parametrize("words", [["--debug"], []], ids=["asked for", "of a run with debug logging"])
def test_each_request_stands_on_standard_error_and_the_object_alone_on_standard_output(world, profile, words):
    more = {} if words else {"RUNNER_DEBUG": "1"}
    done = run(world, profile, "plan", "--json", *words, GITHUB_TOKEN=TOKEN, **more)

    assert json.loads(done.stdout)["failures"] == []
    lines = said(done.stderr)
    assert any("tags/list?n=1000: 401" in line for line in lines)
    assert any("POST https://api.github.com/graphql: 200" in line for line in lines)
    assert all(line.partition(" s")[0][-1].isdigit() for line in lines)
    assert TOKEN not in done.stderr


def test_without_it_nothing_is_said(world, profile):
    assert said(run(world, profile, "plan").stderr) == []


def test_a_variable_that_a_manifest_reads_into_an_address_is_said_as_the_manifest_writes_it(world, profile):
    chart = profile / ".updatecli" / "helm-platform.yaml"
    address = "url: https://acme.github.io/charts"
    text = chart.read_text("utf-8")
    assert address in text
    chart.write_text(
        text.replace(address, "url: 'https://acme.github.io/{{ requiredEnv \"FEED_TOKEN\" }}/charts'"), "utf-8"
    )

    done = run(
        world, profile, "plan", "--debug", "--manifest-env", "FEED_TOKEN", FEED_TOKEN=FEED,
    )  # fmt: skip

    assert FEED not in done.stdout + done.stderr
    assert any("https://acme.github.io/" in line and "FEED_TOKEN" in line for line in said(done.stderr))


def test_a_run_of_the_action_with_debug_logging_says_each_request_of_every_step(tmp_path):
    with Scene(tmp_path) as scene:
        usual = scene.world.environment
        scene.world.environment = lambda *given, **named: {**usual(*given, **named), "RUNNER_DEBUG": "1"}
        scene.world.hub.publish("acme/ledger", "v1.5.0")
        scene.world.street.hooks.append(faults.status(503, when=faults.host("ghcr.io"), times=1))
        done = scene.update()
        (first, *_) = scene.fan_out(done)
        traced = scene.trace(done)

    assert done.outputs["operation"] == "merged"
    lines = [line for line in done.log.splitlines() if line.startswith("::debug::")]
    assert any(line.startswith("::debug::PUT ") and "/merge: 200" in line for line in lines)
    assert any("ghcr.io" in line and line.endswith(", try 2") for line in lines)
    assert "/trigger/pipeline: 201" in first.log
    assert "::debug::POST " in traced.log
    for log in (done.log, first.log, traced.log):
        assert not [secret for secret in (TOKEN, *scene.world.secrets.values()) if secret in log]
