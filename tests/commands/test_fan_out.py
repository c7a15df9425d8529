"""Nothing counts as deployed because an output was written, only because GitLab accepted a pipeline."""

import json

import pytest

from sandbox.gitlab import GitLabProject
from sandbox.net import faults
from sandbox.runner import fork_server
from sandbox.world import TOKEN, Once, on_github

LEDGER = "platform-values-override.yaml"
REFUSED = b'{"message": "Resource not accessible by integration"}'
NEWER = {"image": "acme/ledger:v1.5.0", "tag": "latest"}


def lagging(done):
    return [each["name"] for each in json.loads(done.outputs["projects"])]


def nightly(scene, **inputs):
    return scene.update(event_name="schedule", **inputs)


def states(scene, environment):
    return [
        [status.state for status in each.statuses]
        for each in scene.repository.deployments
        if each.environment == environment
    ][1:]


# The record


def test_a_pipeline_is_recorded_before_it_is_started_and_settled_with_its_page(scene):
    done = scene.update(**NEWER)
    (dev, _) = scene.fan_out(done)

    assert dev.code == 0, dev.log
    record = [each for each in scene.repository.deployments if each.environment == "dev"][-1]
    assert (record.sha, record.task) == (scene.repository.head("main"), "profile-cd")
    assert [each.state for each in record.statuses] == ["in_progress"]
    assert record.statuses[0].log_url == dev.outputs["pipeline-url"]


def test_only_projects_whose_files_changed_since_their_last_deployment_lag_and_the_others_are_named(scene):
    done = scene.update(**NEWER)

    assert lagging(done) == ["dev", "test"]
    assert done.outputs["project-count"] == "2"
    assert "not concerned: `onboarding`" in done.summary


def test_what_was_deployed_is_not_deployed_again(scene):
    scene.fan_out(scene.update(**NEWER))

    assert lagging(nightly(scene)) == []


def test_a_person_s_push_to_main_deploys_too(scene):
    after = scene.person("onboard.yaml", "onboard", "onboarded")

    done = scene.update(event_name="push", event={"after": after}, merge="none")

    assert lagging(done) == ["dev", "onboarding"]
    assert done.outputs["message"] == "a person's edit"
    assert done.outputs["commit-url"].endswith(after)


def test_force_projects_triggers_everybody_though_nothing_changed(scene):
    assert lagging(nightly(scene, force_projects="true")) == ["dev", "test", "onboarding"]


# None lost


def test_a_push_run_that_github_dropped_is_made_up_for_by_the_nightly_run(scene):
    scene.person("onboard.yaml", "onboard", "onboarded")

    assert lagging(nightly(scene, merge="none")) == ["dev", "onboarding"]


def test_the_update_killed_right_after_its_merge_is_made_up_for(scene):
    scene.world.street.hooks.append(Once(on_github("PUT", "/merge"), after=fork_server().kill_runs))
    killed = scene.update(**NEWER)
    assert killed.code != 0

    assert lagging(nightly(scene)) == ["dev", "test"]


def test_a_trigger_that_never_ran_is_made_up_for(scene):
    scene.update(**NEWER)

    assert lagging(nightly(scene)) == ["dev", "test"]


def test_a_gitlab_that_refused_is_asked_again_by_the_next_run(scene):
    gitlab = scene.world.gitlab.project("acme/dev")
    gitlab.trouble = "filtered"
    dev, test = scene.fan_out(scene.update(**NEWER))
    assert (dev.code, test.code) == (1, 0)
    assert states(scene, "dev") == [["error"]]
    gitlab.trouble = ""

    done = nightly(scene)
    (again,) = scene.fan_out(done)

    assert lagging(done) == ["dev"]
    assert again.code == 0
    assert lagging(nightly(scene)) == []


@pytest.mark.slow
def test_a_gitlab_that_is_down_for_one_run_is_made_up_for(scene):
    scene.world.gitlab.project("acme/test").trouble = "down"
    scene.fan_out(scene.update(**NEWER))
    scene.world.gitlab.project("acme/test").trouble = ""

    assert lagging(nightly(scene)) == ["test"]


def test_a_trigger_killed_before_gitlab_answered_counts_as_under_way_and_then_as_not_triggered(scene):
    done = scene.update(**NEWER)
    scene.world.street.hooks.append(Once(lambda request: "trigger" in request.path, before=fork_server().kill_runs))
    scene.fan_out(done)
    assert states(scene, "dev") == [[]]

    assert "dev" not in lagging(nightly(scene))
    stale = [each for each in scene.repository.deployments if each.environment == "dev"][-1]
    object.__setattr__(stale, "created_at", "2020-01-01T00:00:00Z")
    assert "dev" in lagging(nightly(scene))


def test_an_armed_merge_that_completes_between_two_runs_is_deployed_however_many_files_it_changed(scene):
    scene.repository.settings.required_checks = ["ci"]
    scene.repository.settings.allow_auto_merge = True
    scene.update(**NEWER)
    scene.repository.complete_checks(1)

    assert lagging(nightly(scene)) == ["dev", "test"]


def test_a_rerun_of_the_trigger_job_is_a_second_pipeline_and_never_a_lost_one(scene):
    done = scene.update(**NEWER)
    scene.fan_out(done)

    again = scene.fan_out(done)

    assert [each.code for each in again] == [0, 0]
    assert states(scene, "dev") == [["in_progress", "inactive"], ["in_progress"]]


def test_a_vanished_commit_triggers_rather_than_guesses(scene):
    for each in scene.repository.deployments:
        object.__setattr__(each, "sha", "0" * 39 + "1")

    done = nightly(scene)

    assert lagging(done) == ["dev", "test", "onboarding"]
    assert "cannot be known" in done.summary


def test_a_renamed_project_has_no_record_and_this_run_s_own_changes_decide(scene):
    renamed = scene.world.projects.replace('"dev"', '"development"')

    assert "development" not in lagging(nightly(scene, projects=renamed, merge="none"))
    assert "development" in lagging(scene.update(**NEWER, projects=renamed))


def test_what_a_person_merged_is_deployed_although_our_own_pull_requests_cannot_be_read(scene):
    scene.person("onboard.yaml", "onboard", "onboarded")
    scene.world.street.hooks.append(faults.status(403, REFUSED, when=lambda r: b"query Find" in (r.body or b"")))

    done = nightly(scene)

    assert (done.code, done.outputs["operation"]) == (1, "refused")
    assert lagging(done) == ["dev", "onboarding"]


def test_without_the_permission_for_deployments_this_run_s_own_changes_decide_and_it_is_said(scene):
    scene.world.street.hooks.append(faults.status(403, REFUSED, when=lambda r: b"query Deployments" in (r.body or b"")))

    done = scene.update(**NEWER)

    assert lagging(done) == ["dev", "test"]
    assert "deployments: read" in done.summary
    assert "contents: write" not in done.summary


def test_a_trigger_whose_record_github_refuses_starts_the_pipeline_all_the_same(scene):
    done = scene.update(**NEWER)
    scene.world.street.hooks.append(faults.status(403, REFUSED, when=on_github("POST", "/deployments")))

    dev, _ = scene.fan_out(done)

    assert (dev.code, dev.outputs["status"]) == (0, "created")
    assert "is not recorded" in dev.log


# What PROJECTS says


def test_a_bad_entry_is_an_error_that_names_it_and_the_others_go_on(scene):
    entries = json.loads(scene.world.projects)
    entries[0]["file"] = "x"

    done = scene.update(**NEWER, projects=json.dumps(entries))

    assert done.outputs["operation"] == "merged"
    assert lagging(done) == ["test"]
    assert done.code == 1
    assert any("entry 1 (`dev`)" in each.message and "`paths`" in each.message for each in done.annotations)


def test_a_pattern_that_fits_no_file_is_a_warning(scene):
    entries = json.loads(scene.world.projects)
    entries[0]["paths"] = ["devv*.yaml"]

    done = nightly(scene, projects=json.dumps(entries))

    assert any("`devv*.yaml` in `paths` fits no file" in each.message for each in done.annotations)
    assert "fits no file" in done.summary
    assert done.code == 0


def test_more_projects_than_a_matrix_has_jobs_are_red_and_one_job_does_them(scene):
    url = json.loads(scene.world.projects)[0]["url"]
    many = json.dumps([{"name": f"p{n}", "secret": "DEV_TRIGGER_TOKEN", "url": url} for n in range(300)])

    red = scene.update(**NEWER, projects=many)
    assert (red.code, red.outputs["has-projects"], lagging(red)) == (1, "false", [])
    assert "one-job" in red.log
    scene.world.hub.publish("acme/ledger", "v1.5.1")
    assert scene.update(projects=many, fan_out="one-job").outputs["project-count"] == "300"


def test_a_masked_word_in_one_entry_is_red_and_does_not_erase_the_output_with_the_others(scene):
    done = scene.update(**NEWER, registry_credentials="quay.io robot test")

    assert (done.code, lagging(done)) == (1, ["dev"])
    assert "would drop the output `projects`" in done.log


def test_one_job_goes_on_when_one_project_fails_and_names_it(scene):
    done = scene.update(**NEWER, fan_out="one-job")
    scene.world.gitlab.project("acme/dev").trouble = "owner lost rights"

    ended = scene.step(
        "trigger",
        {"projects": done.outputs["projects"], "trigger-tokens": "dev=glptt-dev\ntest=glptt-test"},
        scene.event("workflow_dispatch"),
        TOKEN,
    )

    assert ended.code == 1
    assert "1 of 2 projects failed: dev" in ended.log
    assert [each.project.path for each in scene.world.gitlab.pipelines] == ["acme/test"]


# How fast


def test_thirty_projects_that_were_deployed_from_a_commit_each_cost_no_more_requests_to_github_than_three(scene):
    url = json.loads(scene.world.projects)[0]["url"]

    def asked(count):
        names = [f"{n}of{count}" for n in range(count)]
        for name in names:
            scene.world.gitlab.add(f"acme/{name}", GitLabProject("x"))
            scene.repository.commit({f"sites/{name}/values.yaml": f"of: {count}\n"})
            scene.world.deployed(name)
        before = len(scene.world.street.exchanges)
        entries = [{"name": name, "secret": "S", "url": url, "paths": [f"sites/{name}/**"]} for name in names]
        lag = lagging(nightly(scene, projects=json.dumps(entries), merge="none"))
        requests = scene.world.street.exchanges[before:]
        return lag, len([each for each in requests if each.request.host.startswith("api.")])

    nightly(scene, merge="none")

    assert asked(3) == asked(30)


def test_what_a_push_changed_is_known_without_a_request_after_the_merge(scene):
    before = scene.repository.head("main")
    after = scene.person("onboard.yaml", "onboard", "onboarded")
    new = scene.world.projects.replace('"onboarding"', '"new"')

    done = scene.update(**NEWER, event_name="push", event={"before": before, "after": after}, projects=new)

    assert lagging(done) == ["dev", "test", "new"]
    requests = [each.request for each in scene.world.street.exchanges]
    merged = next(n for n, each in enumerate(requests) if each.path.endswith("/merge"))
    pushed = [n for n, each in enumerate(requests) if before in each.path or before.encode() in (each.body or b"")]
    assert pushed
    assert max(pushed) < merged


def test_a_push_after_a_force_push_whose_commit_is_gone_triggers_what_has_no_record(scene):
    after = scene.person("onboard.yaml", "onboard", "onboarded")
    new = scene.world.projects.replace('"test"', '"new"')

    done = scene.update(event_name="push", event={"before": "1" * 40, "after": after}, projects=new, merge="none")

    assert lagging(done) == ["dev", "new", "onboarding"]
    assert "what changed cannot be known" in done.summary
