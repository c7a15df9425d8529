"""Hundreds of projects in one job: within GitLab's limit, and none stops the others."""

import pytest

from profile_cd.credentials import Secret
from profile_cd.fanout import Project
from profile_cd.inputs import Entry, Trigger
from profile_cd.services.gitlab import Pace, Pipelines
from profile_cd.services.repository import Deployments, GitHubApi
from profile_cd.services.runner import Runner
from profile_cd.steps.trigger import Services, trigger
from sandbox.clock import ManualClock
from sandbox.gitlab import GitLabProject
from sandbox.world import REPOSITORY, TOKEN, World


@pytest.fixture
def world(tmp_path):
    with World.of_example(tmp_path) as world:
        yield world


@pytest.mark.timeout(120)
@pytest.mark.parametrize("many", [60, pytest.param(300, marks=pytest.mark.slow)])
def test_hundreds_of_projects_are_triggered_but_for_the_one_that_gitlab_refuses(world, many):
    addresses, clock = world.addresses(), ManualClock()
    names = [f"p{n}" for n in range(many)]
    for name in names:
        world.gitlab.add(f"acme/{name}", GitLabProject(f"t-{name}"))
    world.gitlab.project("acme/p7").trouble = "owner lost rights"
    commit = world.github.repository(REPOSITORY).tip("main")
    entries = [
        Entry(
            Project(name, "", f"{addresses['gitlab.acme.example']}/api/v4/projects/acme%2F{name}/trigger/pipeline"),
            Secret(f"t-{name}"), "ledger v2", f"https://github.com/acme/profile/commit/{commit}", commit,
        )
        for name in names
    ]  # fmt: skip
    api = [GitHubApi(REPOSITORY, Secret(TOKEN), addresses["api.github.com"], clock) for _ in range(2)]
    asked = Trigger(tuple(entries), Secret(TOKEN), Secret(""), 0, REPOSITORY, addresses["api.github.com"], "1.1", "")
    services = Services(asked, Pipelines(clock), *map(Deployments, api), Runner(), Pace(clock))

    ends = [trigger(services, each) for each in entries]

    assert [each.entry.project.name for each in ends if each.red] == ["p7"]
    assert "lost the right" in next(each.words for each in ends if each.red)
    assert len(world.gitlab.pipelines) == many - 1
    assert sum(clock.slept) <= 15 * 60
