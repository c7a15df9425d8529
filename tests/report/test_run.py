"""What a run says, in every place it says it."""

import json
from dataclasses import replace

from profile_cd import report
from profile_cd.fanout import Project, Route
from profile_cd.model import Change, File, Kept, Plan, Problem, Snapshot
from profile_cd.report import Outcome

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


def test_the_line_that_existing_workflows_grep_for():
    assert report.grepped(CHANGE) == (
        'key "$.ledger.image.tag" updated from "v1.0.0" to "v2.0.0", in file "values.yaml"'
    )


def test_one_line_sums_up():
    assert report.sum_up(PLAN) == "1 change, 41 up to date, 1 left alone, 1 failed, 1 warning."


def test_a_problem_is_told_at_its_line():
    assert report.at_line(PROBLEM) == ".updatecli/oracle.yaml:7: The registry does not answer."


def test_a_diff_shows_the_changed_line():
    snapshot = Snapshot({"values.yaml": File(b"a: v1\nb: x\n")})

    assert "+a: v2" in report.diff(snapshot, {"values.yaml": b"a: v2\nb: x\n"})


def test_annotations_stand_at_the_manifests_line_and_no_more_than_the_runner_shows():
    many = Plan(failures=tuple(Problem(f"m{n}", f".updatecli/m{n}.yaml", n + 1, "broken") for n in range(30)))

    shown = report.annotated(many)

    assert len(shown) == 10
    assert (shown[0].path, shown[0].line, shown[0].level) == (".updatecli/m0.yaml", 1, "error")
    assert "21 more" in shown[-1].message


def test_outputs_carry_names_of_secrets_and_a_small_flag_beside_the_matrix():
    entries = [{"name": "dev", "secret": "DEV_TOKEN", "url": "https://gitlab.example.com"}]
    merged = Outcome("merged", 7, "https://github.com/acme/profile/pull/7", "a" * 40, "ledger v2.0.0")

    said = report.outputs(merged, Outcome(), entries, "ledger v2.0.0", "https://github.com/c")

    assert said["operation"] == "merged"
    assert said["has-projects"] == "true"
    assert json.loads(said["projects"]) == entries
    assert all(isinstance(value, str) for value in said.values())


def test_the_summary_tells_changes_failures_and_projects():
    project = Project("dev", "DEV", "https://gitlab.example.com")
    text = report.summary(
        PLAN,
        {"merge": Outcome("merged", 7, "https://github.com/acme/profile/pull/7", title="ledger v2.0.0")},
        [Route(project, "values.yaml changed")],
        announced="Announced: `acme/ledger`.",
    )

    assert "**merge: merged** [\\#7](https://github.com/acme/profile/pull/7) `ledger v2.0.0`" in text
    assert "| `ledger` | `values.yaml` |" in text
    assert "The registry does not answer." in text
    assert "| `dev` | values.yaml changed |" in text


def test_hostile_text_does_not_leave_its_cell():
    hostile = Plan((replace(CHANGE, new="x|y\n::error::z"),))

    text = report.summary(hostile, {}, [])

    assert "x\\|y ::error::z" in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
