"""What tokens see of the settings, over the interface that GitHub documents."""

import pytest

from profile_cd.checks import Demand, Variable
from profile_cd.credentials import Secret
from profile_cd.fanout import Project
from profile_cd.services.repository import GitHubApi
from profile_cd.services.settings import Settings
from sandbox.clock import ManualClock
from sandbox.net import faults
from sandbox.world import Scene

OWN = {"contents": "write", "pull-requests": "write", "metadata": "read"}


@pytest.fixture
def scene(tmp_path):
    with Scene(tmp_path) as scene:
        scene.world.github.token("ghp_1", kind="personal", login="ada")
        scene.world.github.token("ghs_1", permissions=OWN)
        scene.world.github.token("ghs_2", kind="app", login="acme-cd[bot]", permissions=OWN)
        yield scene


def settings(scene, *tokens):
    address = scene.world.addresses()["api.github.com"]
    names = ("token", "merge-token")
    apis = [GitHubApi("acme/profile", Secret(each), address, ManualClock()) for each in tokens]
    return Settings(dict(zip(names, apis, strict=False)))


def look(scene, *tokens):
    return settings(scene, *tokens).look()


def asked(scene):
    return [(each.request.method, each.request.path) for each in scene.world.street.exchanges]


def test_a_token_that_may_sees_all_of_it(scene):
    scene.world.github.expires("ghp_1", "2026-12-31 23:59:59 UTC")
    scene.repository.settings.required_checks = ["build"]

    facts = look(scene, "ghp_1")
    (token,) = facts.tokens

    assert (token.kind, token.login, token.expires) == ("classic", "ada", "2026-12-31 23:59:59 UTC")
    assert (token.scopes, token.pushes) == (("repo", "workflow"), True)
    assert (facts.branch.name, facts.pulls, facts.auto_merge) == ("main", True, False)
    assert facts.branch.demands == (Demand("checks", names=("build",)),)
    assert facts.methods == {"squash", "merge", "rebase"}


def test_what_the_workflow_s_own_token_may_not_see_stays_unknown(scene):
    facts = look(scene, "ghs_1")

    assert (facts.tokens[0].kind, facts.tokens[0].expires, facts.pulls) == ("workflow", "", None)


def test_classic_protection_is_read_whole_where_a_token_may_and_in_part_otherwise(scene):
    wanted = scene.repository.settings
    wanted.required_checks, wanted.required_reviews, wanted.strict_checks = ["build"], 2, True
    wanted.dismisses_stale, wanted.pushers, wanted.enforces_admins = True, ["ada", "acme-cd[bot]"], False
    wanted.exempt = ["acme-cd[bot]"]

    whole, part = look(scene, "ghp_1").branch, look(scene, "ghs_1")

    assert whole.demands == (
        Demand("checks", names=("build",), strict=True),
        Demand("reviews", count=2, stale=True),
    )
    assert (whole.seen, whole.everyone, whole.exempt) == (True, False, {"acme-cd"})
    assert whole.pushers == {"ada", "acme-cd"}
    assert part.branch.demands == (Demand("checks", names=("build",)), Demand("reviews", count=2))
    assert (part.branch.seen, part.tokens[0].reaches) == (False, False)


def test_rulesets_are_read_and_whether_the_merge_token_may_bypass_them(scene):
    wanted = scene.repository.settings
    wanted.rulesets, wanted.required_reviews, wanted.linear_history, wanted.code_owners = True, 1, True, True
    wanted.bypasses["acme-cd[bot]"] = "always"

    facts = look(scene, "ghs_1", "ghs_2")

    assert facts.branch.demands == (
        Demand("reviews", 1, "Repository", count=1, owners=True),
        Demand("linear", 1, "Repository"),
    )
    assert [dict(each.bypasses) for each in facts.tokens] == [{}, {1: "always"}]
    assert [each.kind for each in facts.tokens] == ["workflow", "app"]


def test_what_the_first_token_may_not_see_is_asked_of_the_other(scene):
    assert look(scene, "ghs_1", "ghp_1").pulls is True


def test_a_token_that_is_refused_is_a_fact_and_the_other_is_looked_at(scene):
    scene.world.github.token("ghp_2", kind="personal", expired=True)

    facts = look(scene, "ghs_1", "ghp_2")

    assert "Bad credentials" in facts.tokens[1].trouble
    assert facts.branch.demands == ()
    assert facts.tokens[0].login == "github-actions[bot]"


def test_a_person_s_repository_has_no_organisation_to_ask(scene):
    scene.repository.owner_kind = "User"
    asker = settings(scene, "ghp_1")
    asker.look()

    found = asker.secrets([Project("dev", "DEV_TOKEN", "https://gitlab.example.com/x")])

    assert (found.organisation.found, found.organisation.complete) == (frozenset(), True)
    assert asker.variable() == Variable("")
    assert not [path for _, path in asked(scene) if "organization" in path]


def test_each_thing_is_asked_once(scene):
    scene.repository.settings.rulesets, scene.repository.settings.required_reviews = True, 1
    look(scene, "ghp_1")

    rest = [each for each in asked(scene) if each[1] != "/graphql"]
    assert len(rest) == len(set(rest)) <= 8
    assert len(asked(scene)) - len(rest) == 1


@pytest.mark.parametrize("status", [403, 404, 410, 500])
def test_no_single_answer_ends_the_check(scene, status):
    """Every route in turn is refused or out of order."""
    scene.repository.settings.rulesets, scene.repository.settings.required_reviews = True, 1
    look(scene, "ghp_1")
    paths = dict.fromkeys(path for _, path in asked(scene) if path != "/repos/acme/profile")
    for path in paths:
        body = b'{"message": "Something is wrong with ::error::`this`"}'
        fault = faults.status(status, body, headers={"Content-Type": "application/json"}, when=faults.path(path))
        scene.world.street.hooks[:] = [fault]

        facts = look(scene, "ghp_1")

        assert facts.tokens[0].trouble == "", path


def test_a_repository_that_is_out_of_order_is_said_of_each_token(scene):
    scene.world.street.hooks.append(faults.status(503, when=faults.path("/repos/acme/profile")))

    facts = look(scene, "ghp_1", "ghs_2")

    assert all("out of order" in each.trouble for each in facts.tokens)
    assert (facts.branch.name, facts.branch.demands) == ("", None)


def test_a_branch_that_is_not_there_is_known_as_such(scene):
    assert settings(scene, "ghp_1").look("mian").branch.missing
    assert not look(scene, "ghp_1").branch.missing
