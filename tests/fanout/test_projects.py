"""A project, and which files concern it."""

import pytest

from profile_cd.fanout import Paths, Project

URL = "https://gitlab.example.com/api/v4/projects/7/trigger/pipeline"
OWNERS = {"platform.yaml": frozenset({"ledger"})}


@pytest.mark.parametrize(
    ("label", "options", "path", "concerned"),
    [
        ("without patterns, every file", {}, "README.md", True),
        ("but none in a dot directory", {}, "sites/.hidden/x.yaml", False),
        ("a pattern that takes it", {"paths": Paths(("*.yaml",))}, "platform.yaml", True),
        ("a pattern that does not", {"paths": Paths(("*.yaml",))}, "README.md", False),
        ("a manifest that keeps it up", {"manifests": Paths(("led*",))}, "platform.yaml", True),
        ("a file that no manifest keeps up", {"manifests": Paths(("led*",))}, "other.yaml", False),
    ],
)
def test_which_files_concern_a_project(label, options, path, concerned):
    assert Project("dev", "DEV", URL, **options).concerns(path, OWNERS) is concerned, label


def test_its_deployments_bear_its_name_unless_it_has_a_public_one():
    assert Project("dev", "DEV", URL).deployed_as == "dev"
    assert Project("dev", "DEV", URL, environment="Development").deployed_as == "Development"


def test_the_matrix_carries_only_what_is_not_as_usual():
    assert Project("dev", "DEV", URL).matrix_entry() == {"name": "dev", "secret": "DEV", "url": URL}
    assert Project("dev", "", URL).matrix_entry() == {"name": "dev", "url": URL}
    assert Project("dev", "DEV", URL, variables=None).matrix_entry()["variables"] is False
