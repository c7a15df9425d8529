"""The documented object of `--json`."""

import json

from profile_cd import report
from profile_cd.model import Change, Kept, Plan, Problem

CHANGE = Change(
    "ledger", "Ledger", ".updatecli/ledger.yaml", 12, "dockerimage:acme/ledger", "ledger",
    "values.yaml", "$.ledger.image.tag", "v1.0.0", "v2.0.0", "v2.0.0",
)  # fmt: skip
PROBLEM = Problem("oracle", ".updatecli/oracle.yaml", 7, "The registry does not answer.")
PLAN = Plan((CHANGE,), (Kept(CHANGE, "said no"),), (PROBLEM,), (PROBLEM,), 41)


def test_json_has_the_documented_fields_and_no_others():
    said = json.loads(report.as_json(PLAN))

    assert list(said) == ["schema", "changes", "kept", "failures", "warnings", "unchanged"]
    assert said["schema"] == 1
    assert said["changes"] == [
        {
            "manifest": "ledger",
            "name": "Ledger",
            "source": "dockerimage:acme/ledger",
            "file": "values.yaml",
            "key": "$.ledger.image.tag",
            "old": "v1.0.0",
            "new": "v2.0.0",
            "version": "v2.0.0",
            "lane": "merge",
        }
    ]
    assert said["kept"][0]["reason"] == "said no"
    assert said["failures"] == [
        {"manifest": "oracle", "path": PROBLEM.path, "line": 7, "reason": PROBLEM.reason},
    ]
    assert said["unchanged"] == 41
