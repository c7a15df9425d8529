"""The events on which a workflow runs, as a step sees them."""

import json

import pytest
import requests

from sandbox.runner import Runner, events
from sandbox.world import TOKEN, Scene

SHA, OTHER = "a" * 40, "b" * 40
SEEN = {
    "a branch": (events.dispatch("refs/heads/feature", SHA), ("refs/heads/feature", "feature", "branch", SHA)),
    "a tag": (events.push("refs/tags/v1.0.0", SHA), ("refs/tags/v1.0.0", "v1.0.0", "tag", SHA)),
    "the queue": (
        events.merge_group("main", OTHER, 7, SHA),
        (
            f"refs/heads/gh-readonly-queue/main/pr-7-{OTHER}",
            f"gh-readonly-queue/main/pr-7-{OTHER}",
            "branch",
            SHA,
        ),
    ),
    "a pull request": (
        events.pull_request(7, ("update", SHA), ("main", OTHER), "eve/profile"),
        ("refs/pull/7/merge", "7/merge", "branch", SHA),
    ),
}


@pytest.mark.parametrize(("event", "expected"), SEEN.values(), ids=SEEN)
def test_an_event_says_where_it_happened(event, expected):
    names = ("GITHUB_REF", "GITHUB_REF_NAME", "GITHUB_REF_TYPE", "GITHUB_SHA")
    assert tuple(event.variables()[name] for name in names) == expected


def test_a_pull_request_names_its_ends():
    event = events.pull_request(7, ("update", SHA), ("main", OTHER), "eve/profile")
    assert (event.variables()["GITHUB_HEAD_REF"], event.variables()["GITHUB_BASE_REF"]) == ("update", "main")
    assert event.payload["pull_request"]["head"]["repo"]["full_name"] == "eve/profile"


def test_a_scene_runs_on_any_ref(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(Runner, "run", lambda _self, _inputs, **more: seen.append(more))
    with Scene(tmp_path) as scene:
        main = scene.repository.head()
        feature = scene.repository.commit({"a": "b"}, branch="feature")
        scene.update(ref="refs/heads/feature")
        scene.update(event_name="push", ref="refs/heads/feature")
        scene.update(on=events.push("refs/tags/v1", main, main))
    dispatched, pushed, tagged = ([each["env"][name] for name in ("GITHUB_REF", "GITHUB_SHA")] for each in seen)
    assert dispatched == pushed == ["refs/heads/feature", feature]
    assert tagged == ["refs/tags/v1", main]
    payload = json.loads(json.dumps(seen[1]["event"]))
    assert (payload["before"], payload["head_commit"]["message"]) == (main, "Change files")


def test_a_scene_answers_what_was_started_from_outside(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(Runner, "run", lambda _self, inputs, **more: seen.append((inputs, more["event_name"])))
    with Scene(tmp_path) as scene:
        address = scene.world.addresses()["api.github.com"]
        value = {"ref": "main", "inputs": {"image": "acme/ledger:v1.5.0", "tag": "latest"}}
        url = f"{address}/repos/acme/profile/actions/workflows/docker-image.yaml/dispatches"
        requests.post(url, json=value, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5).raise_for_status()
        scene.dispatched()
        scene.dispatched()
    ((inputs, name),) = seen
    assert (inputs["image"], inputs["tag"], name) == ("acme/ledger:v1.5.0", "latest", "workflow_dispatch")
