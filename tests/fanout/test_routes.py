"""Which projects lag behind the base, and why."""

import json

import pytest

from profile_cd.fanout import Head, Paths, Project, Standing, matrix, routes

URL = "https://gitlab.example.com/api/v4/projects/1/trigger/pipeline"
ALL = Project("all", "ALL", URL)
DEV = Project("dev", "DEV", URL, paths=Paths(("dev*.yaml", "common.yaml")))
LEDGER = Project("ledger", "LEDGER", URL, manifests=Paths(("ledger*",)))
OWNERS = {"platform.yaml": frozenset({"ledger", "gateway"}), "dev.yaml": frozenset({"portal"})}


def tree(**files):
    return {name.replace("_", "."): ("100644", content) for name, content in files.items()}


NOW = tree(dev_yaml="2", platform_yaml="2", README_md="2")
THEN = {
    "same": NOW,
    "dev": tree(dev_yaml="1", platform_yaml="2", README_md="2"),
    "platform": tree(dev_yaml="2", platform_yaml="1", README_md="2"),
    "fewer": tree(dev_yaml="2", platform_yaml="2"),
    "gone": tree(dev_yaml="2", platform_yaml="2", README_md="2", common_yaml="1"),
    "manifest": {**NOW, ".updatecli/dev.yaml": ("100644", "1")},
    "truncated": None,
}
HEAD = Head(tree=NOW, trees=THEN, owners=OWNERS)


@pytest.mark.parametrize(
    ("label", "then", "concerned"),
    [
        ("nothing changed", "same", []),
        ("a file of dev", "dev", ["all", "dev"]),
        ("a file that the ledger's manifest keeps", "platform", ["all", "ledger"]),
        ("a document is outside dot directories, too", "fewer", ["all"]),
        ("a file that is gone", "gone", ["all", "dev"]),
        ("a manifest is not deployed", "manifest", []),
        ("its tree cannot be read whole", "truncated", ["all", "dev", "ledger"]),
        ("its commit is gone from the repository", "", ["all", "dev", "ledger"]),
    ],
)
def test_a_project_is_held_against_its_last_accepted_deployment(label, then, concerned):
    projects = (ALL, DEV, LEDGER)
    standings = {each.name: Standing("1234567890", then) for each in projects}

    found = routes(projects, standings, HEAD)

    assert [each.project.name for each in found if each.concerned] == concerned, label


@pytest.mark.parametrize(
    ("label", "own", "concerned"),
    [
        ("this run merged a file of it", ["dev.yaml"], ["all", "dev"]),
        ("this run merged nothing of it", ["other/file.txt"], ["all"]),
        ("this run merged nothing", [], []),
        ("what the push changed cannot be known", None, ["all", "dev"]),
    ],
)
def test_without_a_record_this_run_s_own_changes_decide(label, own, concerned):
    found = routes((ALL, DEV), {}, Head(tree=NOW, own=own))

    assert [each.project.name for each in found if each.concerned] == concerned, label


def test_a_first_deployment_that_gitlab_refused_is_made_up_for_by_a_run_that_changes_nothing():
    (found,) = routes((DEV,), {"dev": Standing(refused=1)}, Head(tree=NOW, own=()))

    assert found.concerned


def test_a_project_that_another_run_is_triggering_is_not_triggered_again():
    standings = {"dev": Standing("1234567890", "dev", pending="abcdef0123", pending_tree="same")}

    (found,) = routes((DEV,), standings, HEAD)

    assert (found.concerned, found.reason) == (False, "another run is triggering it for abcdef0")


def test_what_changed_after_the_commit_that_another_run_triggers_is_triggered():
    standings = {"dev": Standing("1234567890", "dev", pending="abcdef0123", pending_tree="dev")}

    (found,) = routes((DEV,), standings, HEAD)

    assert found.concerned


def test_a_base_whose_tree_cannot_be_read_triggers_everybody():
    found = routes(
        (ALL, DEV), {"all": Standing("1234567", "same"), "dev": Standing("1234567", "same")}, Head(trees=THEN)
    )

    assert all(each.concerned for each in found)


def test_force_projects_triggers_everybody_though_nothing_changed():
    (found,) = routes((DEV,), {"dev": Standing("1234567", "same")}, Head(tree=NOW, trees=THEN, forced=True))

    assert found.concerned


def test_the_deployments_are_known_by_the_environment_s_public_name():
    renamed = Project("dev", "DEV", URL, environment="Development")

    (found,) = routes((renamed,), {"Development": Standing("1234567", "same")}, HEAD)

    assert found.reason == "nothing of it changed since 1234567"


def test_the_reason_names_a_file_and_counts_the_others():
    (found,) = routes((ALL,), {}, Head(tree=NOW, own=["a.yaml", "b.yaml", "c.yaml"]))

    assert found.reason == "a.yaml and 2 more changed"


def test_the_matrix_holds_only_those_that_lag_with_their_reason_and_names_of_secrets():
    project = Project("dev", "DEV", URL, ref="next", wait=60, variables={"A": "1"}, extra={"x-runner": "big"})
    found = routes((project, DEV), {"dev": Standing("1234567", "dev")}, HEAD)

    entries = matrix(found[:1], "ledger v2", "https://github.com/c/1")

    assert json.loads(json.dumps(entries)) == [
        {
            "name": "dev",
            "secret": "DEV",
            "url": URL,
            "ref": "next",
            "variables": {"A": "1"},
            "wait": 60,
            "x-runner": "big",
            "reason": "dev.yaml changed since 1234567",
            "message": "ledger v2",
            "commit-url": "https://github.com/c/1",
            "since": "1234567",
        }
    ]
    assert matrix(routes((DEV,), {"dev": Standing("1", "same")}, HEAD), "", "") == []
