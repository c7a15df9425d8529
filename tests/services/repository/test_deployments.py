"""The record of what was triggered, beside that of everybody who deploys under the same name."""

from dataclasses import replace

import pytest

from profile_cd.credentials import Secret
from profile_cd.errors import GitHubRefused
from profile_cd.services.repository import Deployments, GitHubApi, deployments
from sandbox.clock import ManualClock
from sandbox.net import faults
from sandbox.world import REPOSITORY, TOKEN


@pytest.fixture
def record(scene):
    api = GitHubApi(REPOSITORY, Secret(TOKEN), scene.world.street.listen(scene.world.github), ManualClock())
    return Deployments(api)


def by_others(scene, count):
    ours = scene.repository.deployments[0]
    for _ in range(count):
        scene.repository.deployments.append(replace(ours, id=scene.repository.next_id(), task="deploy"))
    return ours.environment


def test_one_of_ours_is_found_behind_those_of_a_job_with_the_same_environment(scene, record):
    name = by_others(scene, 130)

    (found,) = record.of([name])[name]

    assert found.accepted


def test_where_so_many_hide_it_that_nobody_looks_further_the_project_is_triggered_rather_than_forgotten(
    scene, record, monkeypatch
):
    monkeypatch.setattr(deployments, "MOST_PAGES", 2)
    name = by_others(scene, 130)

    (found,) = record.of([name])[name]

    assert (found.accepted, found.states) == (False, ())


@pytest.mark.parametrize("name", ["🚀 prod", 'a"b\\u0041', "x\\", "${{ x }}", "\u2028", "%0A"])
def test_any_name_of_an_environment_is_asked_for_as_it_is(scene, record, name):
    number = record.create(scene.repository.head("main"), name, description="", payload={"run": "1"})

    assert [each.id for each in record.of([name, "dev"])[name]] == [number]


def test_an_environment_that_github_leaves_out_of_its_answer_is_unknown_and_not_without_a_record(scene, record):
    said = b'{"data": {"repository": {"e0": null}}, "errors": [{"message": "timeout"}]}'
    scene.world.street.hooks.append(faults.status(200, said, when=lambda each: b"Deployments" in (each.body or b"")))

    with pytest.raises(GitHubRefused, match="`dev`"):
        record.of(["dev"])
