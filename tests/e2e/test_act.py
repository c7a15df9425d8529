"""Our examples as a team copies them, run by act from the event to the pipelines, against real protocols."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from sandbox.world import GITLAB_HOST, PERSON, READ_TOKEN, REPOSITORY, TOKEN
from tests.e2e import acting
from tests.e2e.engine import needs_image
from tests.e2e.team import TRIGGER_TOKEN, UPSTREAM, Team, founded
from tests.paths import ROOT
from tests.real_registry import PROGRAM

pytestmark = [
    needs_image,
    pytest.mark.skipif(PROGRAM is None, reason="docker-registry is not installed: `make e2e` sees to it"),
]

EXAMPLES = ROOT / "examples"
WORKFLOW = "docker-image.yaml"
TAGS = 5000
OVERRIDE = "platform-values-override.yaml"
GITHUB = f"https://github.com/{REPOSITORY}"
UNKNOWN_IMAGE = """\
name: Update a product that nobody has published
sources: {image: {kind: dockerimage, spec: {image: acme/nobody}}}
targets: {yaml: {kind: yaml, spec: {file: nobody.yaml, key: $.tag}}}
"""


@dataclass(frozen=True)
class Dispatched:
    """A run that a dispatch started: the *team* after it, and what its main held *before*."""

    team: Team
    played: acting.Played
    before: dict[str, bytes]

    @property
    def outputs(self) -> dict[str, str]:
        return self.played.jobs["update"].outputs


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dispatched]:
    """Circle CI has published v1.5.0 of an image with 5,000 tags, and has started the workflow."""
    with founded(tmp_path_factory.mktemp("team"), EXAMPLES / WORKFLOW, TAGS) as team:
        team.publish("acme/ledger", "v1.5.0")
        before = team.files()
        yield Dispatched(team, team.dispatch(WORKFLOW, "acme/ledger:v1.5.0", "latest"), before)


def test_a_dispatch_runs_all_three_jobs_and_the_matrix_over_the_projects_concerned(run: Dispatched) -> None:
    assert run.played.code == 0, run.played.log[-6000:]
    assert {name: job.result for name, job in run.played.jobs.items() if name} == dict.fromkeys(
        ("update", "trigger dev", "trigger test", "trace"), "success"
    )


def test_the_version_comes_from_a_real_registry_of_five_thousand_tags(run: Dispatched) -> None:
    assert "/v2/acme/ledger/tags/list" in {target.partition("?")[0] for target in run.team.hub.asked}
    assert run.team.tags("acme/ledger") > TAGS


def test_main_holds_exactly_the_bytes_wanted_and_the_branch_is_gone(run: Dispatched) -> None:
    wanted = run.before[OVERRIDE].replace(b"tag: v1.4.2 ", b"tag: v1.5.0 ")

    assert wanted != run.before[OVERRIDE]
    assert run.team.files() == {**run.before, OVERRIDE: wanted}
    assert run.team.branches() == ["main"]


def test_one_pull_request_was_merged_with_the_robot_s_commit(run: Dispatched) -> None:
    ((number, pull),) = run.team.repository.pulls.items()

    assert (number, pull.state, pull.title) == (1, "closed", "ledger v1.5.0")
    assert run.team.repository.head("main") == run.outputs["merge-sha"] == pull.merge_sha
    assert "github-actions[bot]" in run.team.repository.git("log", "-1", "--format=%an", "main")


def test_each_project_concerned_got_one_pipeline_with_the_three_variables(run: Dispatched) -> None:
    commit = f"{GITHUB}/commit/{run.outputs['merge-sha']}"
    variables = {"CD_UPDATE_PROFILE": "true", "CD_MESSAGE": "ledger v1.5.0", "CD_COMMIT_URL": commit}

    started = sorted((each.project.path, each.ref, dict(each.variables)) for each in run.team.world.gitlab.pipelines)
    assert started == [("acme/dev", "main", variables), ("acme/test", "main", variables)]


def test_each_pipeline_is_recorded_as_a_deployment_in_progress_of_the_merge_commit(run: Dispatched) -> None:
    pages = {
        each.project.path.removeprefix("acme/"): f"https://{GITLAB_HOST}/{each.project.path}/-/pipelines/{each.id}"
        for each in run.team.world.gitlab.pipelines
    }
    recorded = [each for each in run.team.repository.deployments if each.sha == run.outputs["merge-sha"]]

    assert {each.environment: (each.state, each.statuses[-1].log_url) for each in recorded} == {
        name: ("in_progress", page) for name, page in pages.items()
    }
    assert len(recorded) == len(pages)
    for name, page in pages.items():
        outputs = run.played.jobs[f"trigger {name}"].outputs
        assert outputs == {"pipeline-id": page.rpartition("/")[2], "pipeline-url": page, "status": "created"}


def test_outputs_are_those_that_the_action_promises(run: Dispatched) -> None:
    merged = run.outputs["merge-sha"]
    projects = json.loads(run.outputs["projects"])

    assert set(run.outputs) == set(yaml.safe_load((ROOT / "action.yml").read_text())["outputs"])
    assert run.outputs == {
        "operation": "merged",
        "pull-request-number": "1",
        "pull-request-url": f"{GITHUB}/pull/1",
        "merge-sha": merged,
        "review-operation": "none",
        "review-url": "",
        "projects": run.outputs["projects"],
        "has-projects": "true",
        "project-count": "2",
        "changed": "1",
        "failed": "0",
        "message": "ledger v1.5.0",
        "commit-url": f"{GITHUB}/commit/{merged}",
    }
    assert [(each["name"], each["secret"]) for each in projects] == [
        ("dev", "DEV_TRIGGER_TOKEN"),
        ("test", "TEST_TRIGGER_TOKEN"),
    ]


def test_the_summary_says_the_outcome_first_and_then_what_from_what_to_what(run: Dispatched) -> None:
    summary = run.played.jobs["update"].summary
    heading, counts = summary.strip().splitlines()[:2]

    assert heading == f"## ✅ Merged [\\#1]({GITHUB}/pull/1) ledger v1.5.0 → 2 pipelines"
    assert counts == "1 changed · 10 up to date · **0 failed** · 1 warning"
    assert re.search(rf"^\| \*\*ledger\*\* \| `v1.4.2` \| \*\*`v1.5.0`\*\* \| `?{OVERRIDE}`? \|", summary, re.MULTILINE)
    assert UPSTREAM in summary
    for name in ("dev", "test"):
        job = run.played.jobs[f"trigger {name}"]
        assert (
            job.summary.strip()
            == f"**{name}**: [pipeline {job.outputs['pipeline-id']}]({job.outputs['pipeline-url']}) `created`"
        )


def test_the_only_annotation_is_the_warning_at_its_manifest(run: Dispatched) -> None:
    found = {name: [each[:2] for each in job.annotations] for name, job in run.played.jobs.items()}

    assert found.pop("update") == [("warning", ".updatecli/helm-toolkit.yaml")]
    assert not any(found.values())


def test_one_comment_traces_the_announced_image_to_both_pipelines(run: Dispatched) -> None:
    (comment,) = run.team.repository.pulls[1].comments

    assert UPSTREAM in comment.body
    for each in run.team.world.gitlab.pipelines:
        assert f"/-/pipelines/{each.id}" in comment.body


def test_no_token_stands_anywhere_in_the_log_of_the_run(run: Dispatched) -> None:
    assert "Merged" in run.played.log
    assert [each for each in (TOKEN, TRIGGER_TOKEN, READ_TOKEN) if each in run.played.log] == []


def test_a_night_without_anything_new_triggers_nothing_and_writes_nothing(run: Dispatched) -> None:
    writes, pipelines = len(run.team.world.github.writes), len(run.team.world.gitlab.pipelines)

    night = run.team.play(WORKFLOW, "schedule", {"schedule": "17 0 * * *"})

    assert night.code == 0, night.log[-6000:]
    assert [name for name in night.jobs if name] == ["update"]
    assert (night.jobs["update"].outputs["operation"], night.jobs["update"].outputs["has-projects"]) == (
        "none",
        "false",
    )
    assert (len(run.team.world.github.writes), len(run.team.world.gitlab.pipelines)) == (writes, pipelines)


def test_what_a_red_update_has_merged_is_deployed_all_the_same(run: Dispatched) -> None:
    run.team.publish("acme/ledger", "v1.5.1")
    files = {".updatecli/nobody.yaml": UNKNOWN_IMAGE, "nobody.yaml": "tag: v1.0.0\n"}
    commit = run.team.repository.commit(files, "Track it", author=PERSON)
    known = len(run.team.world.gitlab.pipelines)

    pushed = run.team.play(WORKFLOW, "push", {"before": f"{commit}~", "after": commit})

    assert pushed.code == 1
    assert {name: job.result for name, job in pushed.jobs.items() if name} == {
        "update": "failure",
        **dict.fromkeys(("trigger dev", "trigger test", "trace"), "success"),
    }
    red = [each for each in pushed.jobs["update"].annotations if each[0] == "error"]
    assert [each[1] for each in red if each[1]] == [".updatecli/nobody.yaml"]
    assert "acme/nobody" in red[0][2]
    assert b"tag: v1.5.1 " in run.team.files()[OVERRIDE]
    assert len(run.team.world.gitlab.pipelines) == known + 2


@pytest.mark.parametrize("name", ["short.yaml", "one-job.yaml", "secrets-by-name.yaml", "waiting.yaml"])
def test_every_other_form_of_the_workflow_deploys_too(name: str, tmp_path: Path) -> None:
    with founded(tmp_path, EXAMPLES / name, 10) as team:
        team.publish("acme/ledger", "v1.5.0")
        dev = json.dumps([each for each in json.loads(team.world.projects) if each["name"] == "dev"])

        played = team.dispatch(name, "acme/ledger:v1.5.0", "latest", PROJECTS=dev)

        assert played.code == 0, played.log[-6000:]
        assert [each.project.path for each in team.world.gitlab.pipelines] == ["acme/dev"]
        state = "success" if name == "waiting.yaml" else "in_progress"
        assert team.repository.deployments[-1].state == state


def test_refusals_of_both_actions_reach_the_next_job(tmp_path: Path) -> None:
    with founded(tmp_path, EXAMPLES / WORKFLOW, 1) as team:
        text = (EXAMPLES / WORKFLOW).read_text()
        wrong = text.replace("          tag: ", "          merge-method: octopus\n          tag: ", 1)
        forced = re.sub(r"has-projects: \$\{\{.*\}\}", "has-projects: ${{ true }}", wrong)
        (tmp_path / WORKFLOW).write_text(re.sub(r"projects: \$\{\{ steps.*\}\}", "projects: '[{\"name\": 1}]'", forced))
        team.copy(tmp_path / WORKFLOW)

        played = team.dispatch(WORKFLOW, "acme/ledger:v1.5.0", "latest")

    assert {name: job.result for name, job in played.jobs.items() if name} == {
        "update": "failure",
        "trigger 1": "failure",
    }
    assert "merge-method" in played.jobs["update"].annotations[0][2]
    assert "octopus" in played.jobs["update"].annotations[0][2]
    assert "Traceback" not in played.log
