"""The job summary."""

from dataclasses import replace

import pytest

from profile_cd import report
from profile_cd.model import Kept, Plan
from profile_cd.report import Ended
from tests.report.known import CHANGE, ENDED, EVERYTHING, PROBLEM


def test_the_outcome_stands_first_then_what_failed_then_what_changed():
    text = report.summary(EVERYTHING)

    order = [
        "## ❌ Merged", "1 changed ·", "### 1 manifest failed", "| **ledger** |", "**Triggers** `dev`", "Announced:",
        "```mermaid", "### 1 value kept", "<summary>⚠️ 1 warning",
    ]  # fmt: skip
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)


def test_no_word_of_the_inside_is_in_it():
    text = report.summary(ENDED)

    assert not [word for word in ("lane", "merge:", "review:", "$.ledger") if word in text]


def test_hostile_text_does_not_leave_its_cell():
    text = report.summary(Ended(Plan((replace(CHANGE, new="x|y\n::error::z"),))))

    assert "x\\|y ::error::z" in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())


@pytest.mark.slow
def test_ten_thousand_of_everything_stay_below_what_the_runner_takes():
    changes = tuple(replace(CHANGE, product=f"p{n}" + "x" * 500, old=f"v{n}") for n in range(10_000))
    problems = tuple(replace(PROBLEM, reason="y" * 2000) for _ in range(10_000))
    plan = Plan(changes, tuple(Kept(each, "z" * 2000) for each in changes), problems, problems)

    text = report.summary(replace(ENDED, plan=plan, notes=[f"{n}" * 300 for n in range(10_000)]))

    assert len(text.encode()) < 1_000_000
    assert text.startswith("## ❌ Merged")
    assert text.count("more") >= 4
