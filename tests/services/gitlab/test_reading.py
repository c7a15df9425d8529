"""What GitLab shows: the pipeline that a lost answer was about, and no other one."""

from datetime import UTC, datetime, timedelta

import pytest

from profile_cd.credentials import Secret
from profile_cd.errors import PipelineRefused
from profile_cd.fanout import Project
from profile_cd.services.gitlab import Pipelines
from sandbox.clock import ManualClock
from sandbox.gitlab import GitLab, GitLabProject
from sandbox.net import Reset, Response, Street, faults

TOKEN, READER = "glptt-secret", "glpat-1"
GIVEN = {"CD_MESSAGE": "costs $5", "CD_COMMIT_URL": "https://github.com/c/2"}


@pytest.fixture
def world():
    gitlab = GitLab({"7": GitLabProject(TOKEN)}, read_tokens={READER})
    with Street() as street:
        address = street.listen(gitlab)
        yield gitlab, street, Project("dev", "DEV", f"{address}/api/v4/projects/7/trigger/pipeline")


def trigger(project, variables=GIVEN, moment=None):
    clock = ManualClock(moment or datetime.now(UTC))
    return Pipelines(clock, Secret(READER)).trigger(project, Secret(TOKEN), variables)


def lose_the_first(street):
    """The first trigger from now on does its work, and its answer is lost."""
    lost = []

    def hook(request, call):
        response = call()
        if request.method == "POST" and not lost:
            lost.append(response)
            raise Reset
        return response

    street.hooks.append(hook)


def forbid_variables(street):
    refusal = faults.status(403, b'{"message": "403 Forbidden"}', when=lambda each: each.path.endswith("/variables"))
    street.hooks.append(refusal)


@pytest.mark.parametrize("ahead", [-3600, 0, 3600])
def test_it_is_found_however_much_the_clocks_differ(world, ahead):
    gitlab, street, project = world
    lose_the_first(street)

    pipeline = trigger(project, moment=datetime.now(UTC) + timedelta(seconds=ahead))

    assert pipeline.found
    assert len(gitlab.pipelines) == 1


def test_the_pipeline_of_a_run_shortly_before_is_not_taken_for_it_since_it_may_deploy_what_was_there_before(world):
    gitlab, street, project = world
    forbid_variables(street)
    trigger(project)
    gitlab.pipelines[0].created_at -= timedelta(seconds=10)
    gitlab.projects["7"].troubles = ["down"]

    pipeline = trigger(project)

    assert (pipeline.id, pipeline.found) == (gitlab.pipelines[1].id, False)


@pytest.mark.parametrize("shown", [True, False])
def test_the_pipeline_of_another_entry_for_the_same_project_is_not_taken_for_it(world, shown):
    gitlab, street, project = world
    if not shown:
        forbid_variables(street)
    trigger(project, {**GIVEN, "SITE": "one"})
    gitlab.projects["7"].troubles = ["down"]
    other = Project("two", "TWO", project.url, variables={"SITE": "two"})

    pipeline = trigger(other, {**GIVEN, "SITE": "two"})

    assert not pipeline.found
    assert [each.variables["SITE"] for each in gitlab.pipelines] == ["one", "two"]


def test_inputs_are_shown_to_nobody_so_that_a_double_is_preferred(world):
    gitlab, street, project = world
    lose_the_first(street)

    pipeline = trigger(Project("dev", "DEV", project.url, inputs={"site": "one"}))

    assert pipeline.doubled
    assert len(gitlab.pipelines) == 2


def test_without_variables_of_its_own_a_pipeline_of_this_moment_is_ours_although_its_variables_are_hidden(world):
    gitlab, street, project = world
    forbid_variables(street)
    lose_the_first(street)

    assert trigger(project).found
    assert len(gitlab.pipelines) == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"id": null}', b'{"id": true}', b"\xff"])
def test_a_yes_without_a_number_is_looked_into_before_it_counts_as_a_no(world, body):
    gitlab, street, project = world

    def spoil(request, call):
        response = call()
        return Response(201, {}, body) if request.method == "POST" else response

    street.hooks.append(spoil)

    assert trigger(project).id == gitlab.pipelines[0].id
    with pytest.raises(PipelineRefused, match="names no pipeline"):
        Pipelines(ManualClock()).trigger(project, Secret(TOKEN), GIVEN)


@pytest.mark.parametrize("address", ["javascript:x", "https://x/ y", "https://x/" + "y" * 2000, "", 7, None])
def test_an_address_that_github_would_refuse_is_left_out_since_the_record_would_be_lost_with_it(address):
    class Odd:
        def answer(self, _):
            return Response.of_json({"id": 7, "web_url": address, "status": "::error::\n"}, 201)

    with Street() as street:
        project = Project("dev", "DEV", f"{street.listen(Odd())}/api/v4/projects/7/trigger/pipeline")
        pipeline = Pipelines(ManualClock()).trigger(project, Secret(TOKEN), GIVEN)

    assert (pipeline.id, pipeline.url, pipeline.status) == (7, "", "created")


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_gitlab_that_does_not_answer_for_a_moment_is_asked_again_while_a_pipeline_is_waited_for(world, status):
    _, street, project = world
    street.hooks.append(faults.status(status, b"<html>", when=lambda each: each.method == "GET", times=2))
    pipelines = Pipelines(ManualClock(), Secret(READER))
    started = pipelines.trigger(project, Secret(TOKEN), GIVEN)

    assert pipelines.follow(project, started, 300) == "success"


def test_a_pipeline_that_is_not_shown_is_not_waited_for(world):
    _, _, project = world
    clock = ManualClock()
    pipelines = Pipelines(clock)
    started = pipelines.trigger(project, Secret(TOKEN), GIVEN)

    assert pipelines.follow(project, started, 300) == ""
    assert len(clock.slept) == 1
