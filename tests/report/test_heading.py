"""The outcome in one line."""

from dataclasses import replace

import pytest

from profile_cd.model import Kept, Plan
from profile_cd.report import Ended, Outcome, heading
from tests.report.known import CHANGE, ENDED, EVERYTHING, MERGED, OTHER, PROBLEM

PULL = "[\\#7](https://github.com/acme/profile/pull/7) ledger v2.0.0"


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        (ENDED, f"## ✅ Merged {PULL} → 1 pipeline"),
        (EVERYTHING, f"## ❌ Merged {PULL} → 1 pipeline"),
        (Ended(Plan()), "## ✅ Everything is up to date"),
        (Ended(Plan((CHANGE,)), replace(MERGED, operation="armed")), f"## ⏳ Waiting for checks: {PULL}"),
        (Ended(Plan((CHANGE,)), replace(MERGED, operation="refused")), f"## ❌ Not merged: {PULL}"),
        (Ended(Plan((CHANGE,)), Outcome("planned")), "## 📋 Planned, nothing written: ledger v2.0.0"),
        (Ended(Plan((OTHER,)), review=replace(MERGED, operation="created")), f"## ⏳ Waiting for a person: {PULL}"),
        (
            Ended(Plan((OTHER,)), review=replace(MERGED, operation="created", title="Review: ledger v2.0.0")),
            f"## ⏳ Waiting for a person: {PULL}",
        ),
        (Ended(Plan(failures=(PROBLEM,))), "## ❌ 1 manifest failed, nothing to merge"),
        (Ended(Plan(kept=(Kept(CHANGE, "x"),))), "## ✅ Nothing to merge: 1 value kept"),
        (Ended(Plan(), Outcome("refused", words="x")), "## ❌ This run could not do its work"),
    ],
)
def test_the_heading_is_the_outcome(ended, said):
    assert heading.heading(ended) == said


def test_counts_are_one_line():
    assert heading.counts(ENDED) == "1 changed · 41 up to date · **0 failed**"
    assert heading.counts(EVERYTHING) == "1 changed · 41 up to date · 1 kept · **1 manifest failed** · 1 warning"


def test_only_what_was_merged_is_called_changed():
    both = Plan((CHANGE, OTHER))

    assert heading.counts(Ended(both, MERGED, merged=(CHANGE,))).startswith("1 changed · 1 to review · 0 up to date")
    assert heading.counts(Ended(both, Outcome("planned"))).startswith("1 to change · 1 to review")
    assert heading.counts(Ended(both, Outcome("armed"))).startswith("1 proposed · 1 to review")
    assert heading.counts(Ended(both, Outcome("refused"))).startswith("1 not merged · 1 to review")
    assert heading.counts(Ended(Plan())).startswith("0 changed · ")


def test_what_ends_the_run_is_said_once_and_what_waits_for_a_person_too():
    ended = replace(
        ENDED, merge=replace(MERGED, words="Look."), troubles=("Look.",), review=replace(MERGED, operation="created")
    )

    said = heading.said(ended)

    assert said.count("Look.") == 1
    assert said[-1] == f"**Review:** Proposed {PULL}, a person decides."
