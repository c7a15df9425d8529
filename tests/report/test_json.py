"""The documented object of `--json`."""

import json

from profile_cd import report
from profile_cd.model import Change, Kept, Plan, Problem

CHANGE = Change(
    "ledger", "Ledger", ".updatecli/ledger.yaml", 12, "dockerimage:acme/ledger", "ledger",
    "values.yaml", "$.ledger.image.tag", "v1.0.0", "v2.0.0", "v2.0.0",
)  # fmt: skip
PROBLEM = Problem("oracle", ".updatecli/oracle.yaml", 7, "The registry does not answer.")
KEPT = Kept(CHANGE, "said no", by="Ada", at="2025-06-01T10:00:00Z", commit="abc", release="something newer")
PLAN = Plan((CHANGE,), (KEPT,), (PROBLEM,), (PROBLEM,), 41, ("a remark",))


def test_json_has_the_documented_fields_and_no_others():
    said = json.loads(report.as_json(PLAN))

    assert list(said) == ["schema", "changes", "kept", "failures", "warnings", "unchanged", "notes"]
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
            "major": False,
            "why": "",
        }
    ]
    assert {name: said["kept"][0][name] for name in ("reason", "release", "by", "at", "commit", "url")} == {
        "reason": "said no",
        "release": "something newer",
        "by": "Ada",
        "at": "2025-06-01T10:00:00Z",
        "commit": "abc",
        "url": "",
    }
    assert said["notes"] == ["a remark"]
    assert said["failures"] == [
        {"manifest": "oracle", "path": PROBLEM.path, "line": 7, "reason": PROBLEM.reason},
    ]
    assert said["unchanged"] == 41
