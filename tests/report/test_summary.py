"""The job summary."""

from dataclasses import replace

from profile_cd import report
from profile_cd.fanout import Project, Route
from profile_cd.model import Change, Kept, Plan, Problem
from profile_cd.report import Outcome

CHANGE = Change(
    "ledger", "Ledger", ".updatecli/ledger.yaml", 12, "dockerimage:acme/ledger", "ledger",
    "values.yaml", "$.ledger.image.tag", "v1.0.0", "v2.0.0", "v2.0.0",
)  # fmt: skip
PROBLEM = Problem("oracle", ".updatecli/oracle.yaml", 7, "The registry does not answer.")
PLAN = Plan((CHANGE,), (Kept(CHANGE, "said no"),), (PROBLEM,), (PROBLEM,), 41)


def test_the_summary_tells_changes_failures_and_projects():
    project = Project("dev", "DEV", "https://gitlab.example.com")
    text = report.summary(
        PLAN,
        {"merge": Outcome("merged", 7, "https://github.com/acme/profile/pull/7", title="ledger v2.0.0")},
        [
            Route(project, True, "values.yaml changed"),
            Route(replace(project, name="test"), False, "nothing of it changed"),
        ],
        announced="Announced: `acme/ledger`.",
    )

    assert "**merge: merged** [\\#7](https://github.com/acme/profile/pull/7) `ledger v2.0.0`" in text
    assert "| `ledger` | `values.yaml` |" in text
    assert "The registry does not answer." in text
    assert "| `dev` | values.yaml changed |" in text
    assert "Not concerned: `test` (nothing of it changed)." in text


def test_hostile_text_does_not_leave_its_cell():
    hostile = Plan((replace(CHANGE, new="x|y\n::error::z"),))

    text = report.summary(hostile, {}, [])

    assert "x\\|y ::error::z" in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
