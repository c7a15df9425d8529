"""Circle CI's end: every profile repository that wants to know what was published starts its workflow."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.net import Reset, Response, faults
from sandbox.runner import fork_server
from sandbox.world import TOKEN
from tests.paths import ROOT

UNKNOWN = b'{"message": "return_run_details is not a permitted key."}'
PUBLISHED = ("--image", "acme/ledger:v1.5.0", "--tag", "latest", "--upstream", "https://ci.acme.example/42")


def dispatch(scene, *words, **variables):
    environment = {**scene.world.environment(), "DOWNSTREAM_IMAGE_PROFILE": f"acme/profile:{TOKEN}", **variables}
    environment.pop("GITHUB_TOKEN", None)
    return fork_server().run_apart(
        ["dispatch", *(words or PUBLISHED)],
        cwd=ROOT,
        environment={name: value for name, value in environment.items() if value},
        timeout=30,
    )


def test_the_workflow_is_started_with_what_was_published_and_the_run_s_page_is_printed(scene):
    done = dispatch(scene)

    (asked,) = scene.world.github.dispatches
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("acme/profile: started https://github.com/acme/profile/actions/runs/")
    assert (asked.what, asked.ref) == ("docker-image.yaml", "main")
    assert asked.payload == {"image": "acme/ledger:v1.5.0", "tag": "latest", "upstream": "https://ci.acme.example/42"}


def test_the_whole_chain_from_the_dispatch_to_the_pipelines(scene):
    dispatch(scene)

    (done,) = scene.dispatched()
    ended = scene.fan_out(done)

    assert done.outputs["operation"] == "merged"
    assert [each.outputs["status"] for each in ended] == ["created", "created"]


def test_a_repository_dispatch_is_sent_when_asked_for(scene):
    done = dispatch(scene, *PUBLISHED, "--repository-dispatch", "published")

    (asked,) = scene.world.github.dispatches
    assert (done.returncode, asked.event, asked.what) == (0, "repository_dispatch", "published")


@pytest.mark.parametrize(
    ("label", "variables", "words", "likely"),
    [
        ("a revoked token", {"DOWNSTREAM_IMAGE_PROFILE": "acme/profile:ghp_gone"}, PUBLISHED, "expired or was revoked"),
        ("another name", {"DOWNSTREAM_IMAGE_PROFILE": f"acme/gone:{TOKEN}"}, PUBLISHED, "does not see"),
        ("a renamed workflow", {}, (*PUBLISHED, "--workflow", "image.yaml"), "perhaps it was renamed"),
    ],
)
def test_one_that_cannot_be_started_is_named_with_the_likely_cause_and_the_others_are_started(
    scene, label, variables, words, likely
):
    done = dispatch(scene, *words, **variables, DOWNSTREAM_IMAGE_Z="no colon")

    assert done.returncode == 1, label
    assert likely in done.stderr
    assert "DOWNSTREAM_IMAGE_PROFILE" in done.stderr
    assert "DOWNSTREAM_IMAGE_Z: it holds no token" in done.stderr
    assert TOKEN not in done.stderr + done.stdout


def test_a_lost_answer_is_not_repeated_where_a_run_has_appeared(scene):
    lost = []

    def lose(request, call):
        response = call()
        if request.path.endswith("/dispatches") and not lost:
            lost.append(response)
            raise Reset
        return response

    scene.world.street.hooks.append(lose)

    done = dispatch(scene)

    assert done.returncode == 0, done.stderr
    assert len(scene.world.github.dispatches) == 1
    assert "/actions/runs/" in done.stdout


@pytest.mark.slow
def test_the_run_of_another_dispatch_moments_before_is_not_taken_for_it_since_it_may_have_looked_already(scene):
    dispatch(scene)
    (before,) = scene.world.github.dispatches
    ago = datetime.now(UTC) - timedelta(seconds=10)
    scene.world.github.dispatches[0] = replace(before, at=ago.strftime("%Y-%m-%dT%H:%M:%SZ"))
    scene.world.street.hooks.append(faults.reset(when=lambda request: request.path.endswith("/dispatches"), times=1))

    done = dispatch(scene)

    assert done.returncode == 0, done.stderr
    assert len(scene.world.github.dispatches) == 2


@pytest.mark.slow
def test_a_dispatch_that_never_arrived_is_sent_once_more(scene):
    scene.world.street.hooks.append(faults.reset(when=lambda request: request.path.endswith("/dispatches"), times=1))

    done = dispatch(scene)

    assert done.returncode == 0, done.stderr
    assert len(scene.world.github.dispatches) == 1


def test_a_rate_limit_is_waited_for(scene):
    scene.world.street.hooks.append(
        faults.status(
            429, b'{"message": "slow down"}', headers={"Retry-After": "1"}, times=1,
            when=lambda request: request.path.endswith("/dispatches"),
        )
    )  # fmt: skip

    assert dispatch(scene).returncode == 0


def test_an_enterprise_server_that_knows_no_run_details_is_asked_without_them(scene):
    def older(request, call):
        if request.path.endswith("/dispatches") and b"return_run_details" in request.body:
            return Response(422, {"Content-Type": "application/json"}, UNKNOWN)
        return call()

    scene.world.street.hooks.append(older)
    done = dispatch(scene)

    assert done.returncode == 0, done.stderr
    assert len(scene.world.github.dispatches) == 1
