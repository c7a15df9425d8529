"""check, as a person runs it before the first run."""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.net import faults
from sandbox.runner import fork_server
from sandbox.world import EXAMPLE, Scene


def test_a_check_says_what_is_fine_what_to_set_and_what_is_unknown_and_changes_nothing(tmp_path):
    directory = shutil.copytree(EXAMPLE, tmp_path / "profile")
    with Scene(tmp_path / "scene") as scene:
        scene.world.github.token("ghp_1", kind="personal", login="ada")
        scene.repository.settings.actions_can_create_prs = False
        words = ["check", "--repository", "acme/profile", "--directory", str(directory), "--json"]
        environment = {**scene.world.environment(), "GITHUB_TOKEN": "ghp_1", "PROJECTS": scene.world.projects}
        code, output = fork_server().run(words, cwd=directory, environment=environment, timeout=30)
        writes = list(scene.world.github.writes)

    lines = json.loads(output)["lines"]
    assert code == 1
    assert [each for each in lines if each["level"] == "set" and "may not create pull requests" in each["words"]]
    assert [each for each in lines if each["level"] == "fine" and "`ada`" in each["words"]]
    assert writes == []


def test_a_token_that_is_refused_is_a_line_and_the_manifests_are_looked_at_all_the_same(tmp_path):
    directory = shutil.copytree(EXAMPLE, tmp_path / "profile")
    with Scene(tmp_path / "scene") as scene:
        scene.world.github.token("ghp_1", kind="personal", expired=True)
        words = ["check", "--repository", "acme/profile", "--directory", str(directory)]
        environment = {**scene.world.environment(), "GITHUB_TOKEN": "ghp_1"}
        code, output = fork_server().run(words, cwd=directory, environment=environment, timeout=30)

    assert code == 1
    assert b"Bad credentials" in output


def test_every_run_warns_of_a_token_that_expires_soon(tmp_path):
    with Scene(tmp_path) as scene:
        scene.world.github.token("ghp_1", kind="personal", login="ada")
        soon = datetime.now(UTC) + timedelta(days=3, hours=1)
        scene.world.github.expires("ghp_1", f"{soon:%Y-%m-%d %H:%M:%S} UTC")

        done = scene.update(dry_run="true", token="ghp_1")

    assert [each.level for each in done.annotations if "`token` expires in 3 days" in each.message] == ["warning"]


def test_a_run_with_the_input_check_changes_nothing_and_says_everything_in_its_summary(tmp_path):
    with Scene(tmp_path) as scene:
        scene.repository.settings.required_reviews = 1
        scene.world.github.token("ghs_2", kind="app", login="acme-cd[bot]")

        done = scene.update(check="true", merge_token="ghs_2")

        assert scene.world.github.writes == []
    assert done.code == 1
    assert "**fine**: `merge-token` is the token of the GitHub App `acme-cd`." in done.summary
    assert "**set**: `main` demands 1 approval" in done.summary
    assert [each for each in done.annotations if "demands 1 approval" in each.message]


def test_a_variable_of_the_repository_stands_in_for_projects_that_are_not_given(tmp_path):
    directory = shutil.copytree(EXAMPLE, tmp_path / "profile")
    with Scene(tmp_path / "scene") as scene:
        scene.world.github.token("ghp_1", kind="personal", login="ada")
        scene.repository.variables["PROJECTS"] = scene.world.projects
        words = ["check", "--repository", "acme/profile", "--directory", str(directory)]
        environment = {**scene.world.environment(), "GITHUB_TOKEN": "ghp_1"}
        _, read = fork_server().run(words, cwd=directory, environment=environment, timeout=30)
        scene.repository.variables["PROJECTS"] = "[{"
        code, unread = fork_server().run(words, cwd=directory, environment=environment, timeout=30)

    assert b"PROJECTS is a variable of the repository, with 3 projects." in read
    assert b"The secret `DEV_TRIGGER_TOKEN` of the project `dev`" in read
    assert code == 1
    assert b"set      The input `projects` is" in unread
    assert b"with 0 projects" not in unread


def test_the_merge_token_of_the_environment_is_checked_too(tmp_path):
    directory = shutil.copytree(EXAMPLE, tmp_path / "profile")
    with Scene(tmp_path / "scene") as scene:
        scene.world.github.token("ghp_1", kind="personal", login="ada")
        scene.world.github.token("ghp_2", kind="personal", login="bob", expired=True)
        words = ["check", "--repository", "acme/profile", "--directory", str(directory)]
        environment = {**scene.world.environment(), "GITHUB_TOKEN": "ghp_1", "MERGE_TOKEN": "ghp_2"}
        code, output = fork_server().run(words, cwd=directory, environment=environment, timeout=30)

    assert code == 1
    assert b"set      `merge-token`: GitHub does not accept the token: Bad credentials" in output
    assert b"ghp_2" not in output


def test_what_hostile_names_say_is_no_command_no_markup_and_no_end_of_a_line(tmp_path):
    evil = "x`\n::error::<img src=x>@acme ##[error]"
    with Scene(tmp_path) as scene:
        scene.repository.settings.required_checks = [evil]
        scene.repository.settings.pushers = [evil]
        scene.world.github.token("ghp_2", kind="personal", login=evil)

        done = scene.update(check="true", merge_token="ghp_2")

    assert not [line for line in done.log.splitlines() if line.startswith(("::error", "##["))]
    assert "<img" not in re.sub(r"`[^`\n]*`", "", done.summary), "within a code span it is a text"
    assert "\n::error" not in done.summary
    assert all("\n" not in each.message for each in done.annotations)
    assert len(done.summary.splitlines()) == sum(line.startswith("- **") for line in done.summary.splitlines()) + 2


@pytest.mark.slow  # waits for real between its tries
def test_a_github_that_answers_nothing_more_ends_the_questions_and_not_the_check(tmp_path):
    with Scene(tmp_path) as scene:
        for path in ("/branches/", "/rules/", "/actions/", "/environments/", "/rulesets/"):
            scene.world.street.hooks.append(faults.status(502, when=faults.path(path)))

        done = scene.update(check="true")

        spoilt = [each for each in scene.world.street.exchanges if each.response.status == 502]
    assert "**unknown**: What `main` demands of a merge" in done.summary
    assert "Every manifest can be read" in done.summary
    assert len(spoilt) <= 8, "two questions of four tries each"
