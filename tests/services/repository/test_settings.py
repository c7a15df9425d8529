"""What a token sees of the settings, over the interface that GitHub documents."""

import pytest

from profile_cd.credentials import Secret
from profile_cd.services.repository import GitHubApi, Settings
from sandbox.clock import ManualClock
from sandbox.world import Scene


@pytest.fixture
def scene(tmp_path):
    with Scene(tmp_path) as scene:
        yield scene


def look(scene, token):
    api = GitHubApi("acme/profile", Secret(token), scene.world.addresses()["api.github.com"], ManualClock())
    return Settings(api).look()


def test_a_token_that_may_sees_all_of_it(scene):
    scene.world.github.token("ghp_1", kind="personal", login="ada")
    scene.world.github.expires("ghp_1", "2026-12-31 23:59:59 UTC")
    scene.repository.secrets.append("DEV_TOKEN")
    scene.repository.settings.required_checks = ["build"]

    facts = look(scene, "ghp_1")

    assert (facts.base, facts.login, facts.expires) == ("main", "ada", "2026-12-31 23:59:59 UTC")
    assert (facts.pulls, facts.required) == (True, ("build",))
    assert "DEV_TOKEN" in facts.secrets


def test_what_the_workflow_s_own_token_may_not_see_stays_unknown(scene):
    scene.world.github.token("ghs_1", permissions={"contents": "write", "pull-requests": "write", "metadata": "read"})

    facts = look(scene, "ghs_1")

    assert (facts.pulls, facts.secrets, facts.expires) == (None, None, "")
