"""Which projects a change concerns."""

import json

import pytest

from profile_cd.fanout import Project
from profile_cd.fanout import routes as routing

ALL = Project("all", "ALL", "https://gitlab.example.com/1")
DEV = Project("dev", "DEV", "https://gitlab.example.com/2", files=("dev*.yaml", "common.yaml"))


@pytest.mark.parametrize(
    ("label", "changed", "names"),
    [
        ("nothing", [], []),
        ("a file of everybody", ["ledger.yaml"], ["all"]),
        ("a file of dev", ["dev-vars.yaml"], ["all", "dev"]),
        ("several", ["common.yaml", "ledger.yaml"], ["all", "dev"]),
        ("a manifest is not deployed", [".updatecli/ledger.yaml"], []),
        ("a workflow is not deployed", [".github/workflows/update.yaml"], []),
        ("a document is not deployed", ["README.md"], []),
        ("a file in a directory", ["profiles/dev.yaml"], ["all"]),
        ("a file in a dot directory further down", ["profiles/.hidden/dev.yaml"], []),
    ],
)
def test_which_projects_lag_behind(label, changed, names):
    assert [route.project.name for route in routing.routes((ALL, DEV), changed)] == names, label


def test_the_reason_names_the_file_and_counts_the_others():
    (route,) = routing.routes((ALL,), ["a.yaml", "b.yaml", "c.yaml"])

    assert route.reason == "a.yaml and 2 more changed"


def test_the_matrix_carries_names_of_secrets_and_what_the_pipelines_are_told():
    entries = routing.matrix(routing.routes((DEV,), ["common.yaml"]), "ledger v2", "https://github.com/c/1")

    assert json.loads(json.dumps(entries)) == [
        {
            "name": "dev",
            "secret": "DEV",
            "url": "https://gitlab.example.com/2",
            "message": "ledger v2",
            "commit-url": "https://github.com/c/1",
        }
    ]
