"""The action's outputs."""

import json

from profile_cd import report
from profile_cd.report import Counts, Outcome


def test_outputs_carry_names_of_secrets_and_a_small_flag_beside_the_matrix():
    entries = [{"name": "dev", "secret": "DEV_TOKEN", "url": "https://gitlab.example.com"}]
    merged = Outcome("merged", 7, "https://github.com/acme/profile/pull/7", "a" * 40, "ledger v2.0.0")

    said = report.outputs((merged, Outcome()), entries, "ledger v2.0.0", "https://github.com/c", Counts(1, 4))

    assert said["operation"] == "merged"
    assert said["has-projects"] == "true"
    assert (said["failed"], said["changed"]) == ("1", "4")
    assert json.loads(said["projects"]) == entries
    assert all(isinstance(value, str) for value in said.values())
