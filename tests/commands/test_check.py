"""check, as a person runs it before the first run."""

import json
import shutil
from datetime import UTC, datetime, timedelta

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
        scene.repository.settings.actions_can_create_prs = False
        scene.world.github.token("ghp_1", kind="personal", login="ada")

        done = scene.update(check="true", token="ghp_1")

        assert scene.world.github.writes == []
    assert done.code == 1
    assert "**set**: Actions may not create pull requests" in done.summary
    assert [each for each in done.annotations if "may not create pull requests" in each.message]
