"""The trigger step: recorded, started, settled, followed, and repaired wherever it is killed."""

import json

import pytest

from sandbox.gitlab import GitLab, GitLabProject
from sandbox.net import Reset, Street, faults
from sandbox.runner import fork_server
from sandbox.world import READ_TOKEN, TOKEN, Once, Scene, on_github

NEWER = {"image": "acme/ledger:v1.5.0", "tag": "latest"}


@pytest.fixture
def entry(scene):
    """The entry of `dev`, which lags behind after a merge."""
    done = scene.update(**NEWER)
    return json.loads(done.outputs["projects"])[0]


def trigger(scene, entry, **inputs):
    return scene.trigger(json.dumps(entry), scene.world.secrets[entry["secret"]], **inputs)


def record(scene, back=1):
    found = [each for each in scene.repository.deployments if each.environment == "dev"][-back]
    return [each.state for each in found.statuses]


@pytest.mark.parametrize(
    ("statuses", "status", "code", "recorded"),
    [
        (("created", "running", "success"), "success", 0, ["in_progress", "success"]),
        (("created", "failed"), "failed", 1, ["in_progress", "failure"]),
        (("created", "canceled"), "canceled", 1, ["in_progress", "failure"]),
        (("created", "skipped"), "skipped", 1, ["in_progress", "failure"]),
        (("created", "manual"), "manual", 0, ["in_progress"]),
        (("created", "running"), "running", 0, ["in_progress"]),
    ],
)
def test_a_pipeline_that_is_waited_for_is_recorded_as_it_ended(scene, entry, statuses, status, code, recorded):
    scene.world.gitlab.project("acme/dev").statuses = statuses

    done = trigger(scene, entry, wait="7", read_token=READ_TOKEN)

    assert (done.code, done.outputs["status"]) == (code, status), done.log
    assert record(scene) == recorded


def test_the_line_that_sums_up_is_among_the_errors_that_github_shows_however_many_projects_fail(scene, entry):
    entries = [{**entry, "name": f"dev-{number}"} for number in range(12)]
    inputs = {"projects": json.dumps(entries), "trigger-tokens": "other=glptt-other"}

    done = scene.step("trigger", inputs, scene.event("workflow_dispatch"), TOKEN)

    errors = [each.message for each in done.annotations if each.level == "error"]
    assert len(errors) == 10
    assert errors[-1].startswith("12 of 12 projects failed: dev-0, ")
    assert done.summary.count("refused") >= 12


def test_without_a_token_that_may_read_it_is_said_that_the_end_is_not_shown(scene, entry):
    done = trigger(scene, entry, wait="5")

    assert (done.code, done.outputs["status"]) == (0, "created")
    assert "read-token" in done.log


def test_after_a_lost_answer_a_pipeline_that_was_made_is_found_and_not_doubled(scene, entry):
    scene.world.gitlab.project("acme/dev").troubles = ["answer lost"]

    done = trigger(scene, entry, read_token=READ_TOKEN)

    assert done.code == 0, done.log
    assert len(scene.world.gitlab.pipelines) == 1
    assert "answer was lost" in done.log


def test_without_a_token_that_may_read_a_double_is_better_than_a_loss_and_is_said(scene, entry):
    scene.world.gitlab.project("acme/dev").troubles = ["answer lost"]

    done = trigger(scene, entry)

    assert done.code == 0, done.log
    assert len(scene.world.gitlab.pipelines) == 2
    assert "there may be two" in done.log


@pytest.mark.parametrize(
    ("token", "ended", "state"),
    [("", "success", "inactive"), (READ_TOKEN, "success", "success"), (READ_TOKEN, "failed", "failure")],
)
def test_a_record_that_nobody_waited_for_is_settled_by_the_next_trigger(scene, entry, token, ended, state):
    scene.world.gitlab.project("acme/dev").statuses = ("created", ended)
    trigger(scene, entry)

    trigger(scene, entry, **({"read_token": token} if token else {}))

    assert record(scene, back=2) == ["in_progress", state]
    assert record(scene) == ["in_progress"]


def test_a_pipeline_that_still_runs_is_left_in_progress(scene, entry):
    scene.world.gitlab.project("acme/dev").statuses = ("created", "running")
    trigger(scene, entry)

    trigger(scene, entry, read_token=READ_TOKEN)

    assert record(scene, back=2) == ["in_progress"]


def test_the_project_s_own_variables_go_along_and_false_sends_none(scene, entry):
    trigger(scene, {**entry, "variables": {"SITE": "one"}})
    trigger(scene, {**entry, "variables": False})

    first, second = scene.world.gitlab.pipelines
    assert first.variables == {
        "SITE": "one", "CD_UPDATE_PROFILE": "true", "CD_MESSAGE": "ledger v1.5.0", "CD_COMMIT_URL": entry["commit-url"]
    }  # fmt: skip
    assert second.variables == {}


def test_inputs_keep_their_types(scene, entry):
    trigger(scene, {**entry, "inputs": {"count": 3, "on": True}})

    assert scene.world.gitlab.pipelines[0].inputs == {"count": 3, "on": True}


WRITES = {"the record": "/deployments", "the pipeline": "/trigger/pipeline", "what became of it": "/statuses"}


@pytest.mark.parametrize("write", WRITES)
def test_killed_after_a_write_the_next_runs_end_as_if_nothing_had_happened(scene, entry, write):
    def is_it(request):
        return request.method == "POST" and request.path.rstrip("/").endswith(WRITES[write])

    death = Once(is_it, after=fork_server().kill_runs)
    scene.world.street.hooks.append(death)
    killed = trigger(scene, entry)
    assert death.acted
    assert killed.code != 0
    for each in scene.repository.deployments:
        object.__setattr__(each, "created_at", "2020-01-01T00:00:00Z")  # ten minutes later

    scene.fan_out(scene.update(event_name="schedule"))

    again = scene.update(event_name="schedule")
    assert again.outputs["has-projects"] == "false", again.outputs["projects"]
    started = [each for each in scene.world.gitlab.pipelines if each.project.path == "acme/dev"]
    assert 1 <= len(started) <= 2


@pytest.mark.parametrize("write", ["/deployments", "/statuses"])
def test_a_lost_answer_of_github_leaves_one_record(scene, entry, write):
    lost = []

    def lose(request, call):
        response = call()
        if request.method == "POST" and request.path.endswith(write) and not lost:
            lost.append(response)
            raise Reset
        return response

    scene.world.street.hooks.append(lose)
    before = len(scene.repository.deployments)

    done = trigger(scene, entry)

    assert done.code == 0, done.log
    assert len(scene.repository.deployments) == before + 1
    assert set(record(scene)) == {"in_progress"}


def test_a_trigger_asks_four_times_in_a_row_at_most(tmp_path):
    away = 0.25  # seconds to every server
    with Scene(tmp_path) as scene:
        scene.world.hub.publish("acme/ledger", "v1.5.0")
        entry = json.loads(scene.update(**NEWER).outputs["projects"])[0]
        trigger(scene, entry)
        scene.world.street.latency = away

        def in_a_row():
            before = len(scene.world.street.exchanges)
            trigger(scene, entry)
            times = [each.at for each in scene.world.street.exchanges[before:]]
            assert len(times) <= 6
            return (max(times) - min(times)) / away + 1

        # A machine that has other work makes it later, never earlier.
        assert any(in_a_row() < 4.9 for _ in range(4))


@pytest.mark.parametrize("cut", [0, 75])  # of a description GitHub takes 140 characters
def test_a_token_that_gitlab_repeats_in_its_refusal_gets_into_no_public_record(scene, entry, cut):
    token = scene.world.secrets[entry["secret"]]
    said = f'{{"message": "{"x" * cut} the token {token} is not valid"}}'.encode()
    scene.world.street.hooks.append(faults.status(400, said, when=lambda each: "trigger" in each.path))
    other = {**entry, "reason": f"because of {token}"}

    done = trigger(scene, other)

    assert done.code == 1
    made = scene.repository.deployments[-1]
    assert [each.state for each in made.statuses] == ["error"]
    shown = [done.summary, made.description, *(each.description for each in made.statuses), *done.outputs.values()]
    assert not any(token[:9] in each for each in shown), shown


@pytest.mark.parametrize("body", [b"", b"[]", b'{"id": "x"}', b"{}"])
def test_whatever_github_says_to_the_record_the_pipeline_is_started(scene, entry, body):
    scene.world.street.hooks.append(faults.status(201, body, when=on_github("POST", "/deployments")))

    done = trigger(scene, entry)

    assert (done.code, done.outputs["status"]) == (0, "created")
    assert "is not recorded" in done.log
    scene.world.street.exchanges.clear()  # what was answered wrongly on purpose


@pytest.mark.parametrize("answer", [b'{"data": {"repository": {"e0": null}}}', b'{"data": {"repository": {}}}', b"[]"])
def test_whatever_github_says_of_earlier_records_the_pipeline_is_started_and_recorded(scene, entry, answer):
    scene.world.street.hooks.append(
        faults.status(200, answer, when=lambda each: b"query Deployments" in (each.body or b""))
    )

    done = trigger(scene, entry)

    assert (done.code, record(scene)) == (0, ["in_progress"])
    scene.world.street.exchanges.clear()  # as above


def test_where_a_start_cannot_be_recorded_it_is_said_of_which_project_and_what_follows(scene, entry):
    scene.world.street.hooks.append(faults.reset(when=faults.path("/statuses", method="POST")))

    done = trigger(scene, entry)

    assert done.outputs["status"] == "created", done.log
    assert "What became of the deployment of dev is not recorded: GitHub lost the answer three times" in done.log
    assert "The next run triggers it again, unless its start was recorded." in done.log


def test_a_pipeline_that_gitlab_does_not_show_at_the_moment_is_settled_later(scene, entry):
    scene.world.gitlab.project("acme/dev").statuses = ("failed",)
    trigger(scene, entry)
    scene.world.street.hooks.append(faults.status(502, b"", when=lambda each: "/pipelines/" in each.path, times=1))

    trigger(scene, entry, read_token=READ_TOKEN)
    assert record(scene, back=2) == ["in_progress"]
    trigger(scene, entry, read_token=READ_TOKEN)

    assert record(scene, back=3) == ["in_progress", "failure"]


def test_one_job_starts_the_others_beside_a_line_of_tokens_that_cannot_be_used(scene, entry):
    tokens = f"dev={scene.world.secrets[entry['secret']]}\nglptt-alone"
    given = {"projects": json.dumps([entry]), "trigger-tokens": tokens}

    done = scene.step("trigger", given, scene.event("workflow_dispatch"), TOKEN)

    assert (done.code, len(scene.world.gitlab.pipelines)) == (1, 1)
    assert "Line 2" in done.log
    assert "alone" not in done.log


def test_one_job_starts_every_project_before_it_waits_for_any(scene):
    entries = json.loads(scene.update(**NEWER, fan_out="one-job").outputs["projects"])
    scene.world.gitlab.project("acme/dev").statuses = ("created", "running")
    scene.world.gitlab.project("acme/test").statuses = ("created", "failed")
    tokens = "\n".join(f"{each['name']}={scene.world.secrets[each['secret']]}" for each in entries)
    given = {"projects": json.dumps(entries), "trigger-tokens": tokens, "wait": "3", "read-token": READ_TOKEN}

    done = scene.step("trigger", given, scene.event("workflow_dispatch"), TOKEN)

    asked = [each.request for each in scene.world.street.exchanges if each.request.host.startswith("gitlab.")]
    assert [each.method for each in asked[:3]] == ["POST", "POST", "GET"]
    assert (done.code, done.outputs["status"]) == (1, "failed")
    assert "It has not ended after 3 s" in done.log
    assert "1 of 2 projects failed: test" in done.log


@pytest.mark.slow
def test_one_job_asks_a_gitlab_that_is_down_after_all_others(scene):
    dev, test = json.loads(scene.update(**NEWER, fan_out="one-job").outputs["projects"])
    with Street() as street:
        away = street.listen(GitLab({"7": GitLabProject("glptt-away", trouble="down")}))
        gone = {**dev, "url": f"{away}/api/v4/projects/7/trigger/pipeline"}
        entries = [{**gone, "name": "one"}, {**gone, "name": "two"}, test]
        tokens = f"one=glptt-away\ntwo=glptt-away\ntest={scene.world.secrets[test['secret']]}"
        given = {"projects": json.dumps(entries), "trigger-tokens": tokens}

        done = scene.step("trigger", given, scene.event("workflow_dispatch"), TOKEN)

        assert len(street.exchanges) == 5
    assert done.code == 1
    names = [each.environment for each in scene.repository.deployments]
    assert names[-3:] == ["one", "test", "two"]
    assert "2 of 3 projects failed: one, two" in done.log
