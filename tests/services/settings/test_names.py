"""Secrets and the variable PROJECTS are found wherever GitHub keeps them, with as few questions as it takes."""

import pytest

from profile_cd.checks import Variable
from profile_cd.credentials import Secret
from profile_cd.fanout import Project
from profile_cd.services.repository import GitHubApi
from profile_cd.services.settings import names
from profile_cd.services.settings.readers import Readers
from sandbox.clock import ManualClock
from sandbox.net import faults
from sandbox.world import Scene

URL = "https://gitlab.example.com/api/v4/projects/7/trigger/pipeline"
DEV = Project("dev", "DEV_TOKEN", URL)


@pytest.fixture
def scene(tmp_path):
    with Scene(tmp_path) as scene:
        scene.world.github.token("ghp_1", kind="personal", login="ada")
        scene.repository.environments["dev"] = []
        yield scene


def readers(scene, token="ghp_1"):
    return Readers([GitHubApi("acme/profile", Secret(token), scene.world.addresses()["api.github.com"], ManualClock())])


def asked(scene):
    return [each.request.path.removeprefix("/repos/acme/profile") for each in scene.world.street.exchanges]


def test_a_secret_of_the_repository_is_looked_for_nowhere_else(scene):
    scene.repository.secrets.append("DEV_TOKEN")

    found = names.secrets(readers(scene), [DEV])

    assert "DEV_TOKEN" in found.repository.found
    assert asked(scene) == ["/actions/secrets"]


def test_the_organisation_and_then_the_environment_are_asked(scene):
    scene.repository.shared_secrets.append("OTHER")
    scene.repository.environments["dev"].append("DEV_TOKEN")

    found = names.secrets(readers(scene), [DEV])

    assert found.organisation.found == {"OTHER"}
    assert found.environments["dev"].found == {"DEV_TOKEN"}
    assert asked(scene) == ["/actions/secrets", "/actions/organization-secrets", "/environments/dev/secrets"]


def test_a_project_that_names_no_secret_costs_a_look_at_its_environment_only(scene):
    names.secrets(readers(scene), [Project("dev", "", URL)])

    assert asked(scene) == ["/environments/dev/secrets"]


def test_every_page_of_a_thousand_secrets_is_read(scene):
    scene.repository.shared_secrets.extend(f"S{number}" for number in range(1000))

    found = names.secrets(readers(scene), [DEV])

    assert (len(found.organisation.found), found.organisation.complete) == (1000, True)


def test_a_list_without_end_is_cut_and_says_so(scene):
    scene.repository.secrets.extend(f"S{number}" for number in range(5000))

    found = names.secrets(readers(scene), [DEV])

    assert not found.repository.complete
    assert asked(scene).count("/actions/secrets") == 12


def test_an_environment_that_is_not_there_has_no_secrets(scene):
    found = names.secrets(readers(scene), [Project("staging/eu ::error::", "", URL)])

    assert found.environments["staging/eu ::error::"].found == frozenset()


def test_where_one_environment_is_refused_the_others_are_not_asked(scene):
    scene.world.github.token("ghs_1", permissions={"contents": "read", "metadata": "read", "actions": "read"})

    found = names.secrets(readers(scene, "ghs_1"), [Project("dev", "", URL), Project("test", "", URL)])

    assert found.environments == {"dev": None}


def test_three_hundred_projects_cost_a_bounded_number_of_questions(scene):
    projects = [Project(f"dev{number}", "", URL) for number in range(300)]

    names.secrets(readers(scene), projects)

    assert len(asked(scene)) <= 2 * names.MOST_ENVIRONMENTS


def test_projects_is_found_in_the_repository_the_organisation_or_an_environment(scene):
    repository = scene.repository
    assert names.variable(readers(scene)) == Variable("")

    repository.environment_variables["prod"] = {"PROJECTS": "[]"}
    assert names.variable(readers(scene)) == Variable("environment", name="prod")

    repository.shared_variables.update({f"A{number}": "" for number in range(40)}, PROJECTS="[1]")
    assert names.variable(readers(scene)) == Variable("organisation", "[1]")

    repository.variables["PROJECTS"] = "[2]"
    assert names.variable(readers(scene)) == Variable("repository", "[2]")


def test_a_variable_that_may_not_be_seen_is_unknown(scene):
    scene.world.github.token("ghs_1", permissions={"contents": "read", "metadata": "read"})

    assert names.variable(readers(scene, "ghs_1")) is None


@pytest.mark.parametrize("body", [b"[]", b'{"secrets": 7}', b'{"secrets": [7, {"name": 7}]}', b"null", b"<html>"])
def test_an_answer_in_an_unexpected_shape_proves_nothing(scene, body):
    scene.world.street.hooks.append(
        faults.status(200, body, headers={"Content-Type": "application/json"}, when=faults.path("/actions/secrets"))
    )
    found = names.secrets(readers(scene), [DEV]).repository

    assert found is None or found.found == frozenset()
