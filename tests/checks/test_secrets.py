"""Where PROJECTS and the trigger tokens are set, or where to set them."""

import pytest

from profile_cd import checks
from profile_cd.checks import Names, Secrets, Variable
from profile_cd.fanout import Project
from tests.checks.known import ADA, OWN

URL = "https://gitlab.example.com/api/v4/projects/7/trigger/pipeline"
DEV, NAMELESS = Project("dev", "DEV_TOKEN", URL), Project("dev", "", URL)
NONE = Names(frozenset())


def line(secrets, project=DEV, token=ADA):
    (found,) = checks.secrets(secrets, [project], (token,))
    return found.level, found.words


def names(*given, complete=True):
    return Names(frozenset(given), complete)


@pytest.mark.parametrize(
    ("secrets", "place"),
    [
        (Secrets(names("DEV_TOKEN")), "the repository"),
        (Secrets(NONE, names("DEV_TOKEN")), "the organisation"),
        (Secrets(NONE, NONE, {"dev": names("DEV_TOKEN")}), "the environment `dev`"),
    ],
)
def test_a_secret_may_be_the_repository_s_the_organisation_s_or_the_environment_s(secrets, place):
    level, words = line(secrets)

    assert (level, words) == ("fine", f"The secret `DEV_TOKEN` of the project `dev` is set in {place}.")


def test_names_know_no_case():
    assert line(Secrets(names("DEV_TOKEN")), Project("dev", "dev_token", URL))[0] == "fine"


def test_one_that_is_set_nowhere_is_to_be_set():
    assert line(Secrets(NONE, NONE, {"dev": NONE}))[0] == "set"


def test_the_form_by_environment_does_not_need_it():
    assert line(Secrets(NONE, NONE, {"dev": names("TRIGGER_TOKEN")}))[0] == "fine"


def test_what_may_be_where_nobody_can_look_is_unknown_with_the_permission():
    level, words = line(Secrets(NONE, None, {"dev": NONE}), token=OWN)

    assert level == "unknown"
    assert "the organisation (needs `secrets: read`; no `permissions:`" in words
    assert "needs `environments: read`" in line(Secrets(NONE, NONE))[1]


@pytest.mark.parametrize("project", [DEV, NAMELESS])
def test_an_environment_that_was_not_asked_for_is_not_said_to_need_a_permission(project):
    words = line(Secrets(NONE, NONE, {"another": NONE}), project)[1]

    assert "was not asked, since it is one of too many" in words
    assert "needs" not in words.partition(";")[0]


def test_a_list_that_was_cut_proves_nothing():
    assert line(Secrets(names("OTHER", complete=False), NONE, {"dev": NONE}))[0] == "unknown"


def test_a_project_without_a_secret_s_name_gets_it_from_its_environment():
    assert line(Secrets(environments={"dev": names("TRIGGER_TOKEN")}), NAMELESS)[0] == "fine"
    level, words = line(Secrets(environments={"dev": NONE}), NAMELESS)
    assert level == "set"
    assert "`TRIGGER_TOKEN` in Settings → Environments; in the one-job form, `trigger-tokens`" in words
    assert line(Secrets(), NAMELESS)[0] == "unknown"


@pytest.mark.parametrize(
    ("found", "count", "level", "words"),
    [
        (None, None, "unknown", "needs `variables: read`"),
        (Variable(""), None, "fine", "no pipeline will be started"),
        (Variable("environment", name="prod"), None, "set", "of the environment `prod`"),
        (Variable("organisation", "[]"), 2, "fine", "a variable of the organisation, with 2 projects"),
        (Variable("repository", "[]"), None, "set", "write `projects: ${{ vars.PROJECTS }}`"),
    ],
)
def test_where_projects_is_set_is_said_where_none_are_given(found, count, level, words):
    line = checks.variable(found, count, (ADA,))

    assert line.level == level
    assert words in line.words
