"""The last step writes one comment, and brings it up to date; and what each of the three jobs needs to get there."""

import json

import pytest
import yaml

from sandbox.world import TOKEN, Scene
from tests.paths import ROOT

JOBS = yaml.safe_load((ROOT / "examples/docker-image.yaml").read_text("utf-8"))["jobs"]


def test_a_merge_gets_one_comment_that_is_updated_in_place(scene):
    done = scene.update(image="acme/ledger:v1.5.0")
    first = scene.trace(done, image="acme/ledger:v1.5.0", upstream="https://ci.example/42")
    assert first.code == 0, first.log
    before = [each.body for each in scene.repository.pulls[1].comments]

    scene.world.gitlab.project("acme/test").trouble = "filtered"
    scene.fan_out(done)
    second = scene.trace(done, image="acme/ledger:v1.5.0", upstream="https://ci.example/42")

    (after,) = scene.repository.pulls[1].comments
    assert second.code == 0, second.log
    assert ["No project has been triggered" in each for each in before] == [True]
    assert "[🔄 started](https://gitlab.acme.example/acme/dev/-/pipelines/1001)" in after.body
    assert "| `test` | ❌ refused |" in after.body
    assert "onboarding" not in after.body


def test_a_run_that_merged_nothing_has_nothing_to_trace(scene):
    done = scene.update(merge="none")

    traced = scene.trace(done)

    assert traced.code == 0
    assert scene.repository.pulls[1].comments == []


def chain(tmp_path, **changed):
    """The annotations of the three jobs of the complete workflow, each with its own token, beside a manifest's."""
    rights = {name: {"metadata": "read", **job["permissions"]} | changed.get(name, {}) for name, job in JOBS.items()}
    with Scene(tmp_path) as scene:
        scene.repository.private = True
        scene.world.hub.publish("acme/ledger", "v1.5.0")
        steps = []
        for name in ("update", "trigger", "trace"):
            scene.world.github.token(TOKEN, permissions=rights[name])
            if name == "update":
                steps += [scene.update(image="acme/ledger", tag="v1.5.0")]
            elif name == "trigger":
                entry = json.loads(steps[0].outputs["projects"] or "[]")[:1]
                steps += [scene.trigger(json.dumps(each), scene.world.secrets[each["secret"]]) for each in entry]
            elif steps[0].outputs["merge-sha"]:
                steps += [scene.trace(steps[0])]
    return [each.message for step in steps for each in step.annotations if not each.file], steps


def test_what_the_complete_workflow_gives_each_job_is_enough(tmp_path):
    said, steps = chain(tmp_path)

    assert said == []
    assert [step.code for step in steps] == [0, 0, 0]


@pytest.mark.parametrize(
    ("job", "missing", "words"),
    [
        ("update", "contents", "`permissions: contents: write, pull-requests: write`"),
        ("update", "pull-requests", "`permissions: contents: write, pull-requests: write`"),
        ("trigger", "deployments", "`permissions: deployments: write`"),
        ("trace", "pull-requests", "`permissions: pull-requests: write`"),
    ],
)
def test_without_one_of_them_the_job_says_which_it_needs_and_no_other(tmp_path, job, missing, words):
    said, _ = chain(tmp_path, **{job: {missing: "read"}})

    assert said
    assert all(words in each and each.count("permissions:") == 1 for each in said)
