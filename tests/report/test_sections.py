"""The parts of the summary: complete, within their room, and nothing in a cell gets out of it."""

import re
from dataclasses import replace

import pytest

from profile_cd.fanout import Project, Route
from profile_cd.model import Kept, Plan, Problem
from profile_cd.report import Ended, Outcome, sections
from tests.report.known import CHANGE, ENDED, EVERYTHING, OTHER

HOSTILE = "a|b`c`\n| d | <img src=x> [x](javascript:x) @all"


def test_the_table_says_from_what_to_what_where_and_what_is_new():
    assert sections.changes(ENDED)[-1] == (
        "| **ledger** | `v1.0.0` | **`v2.0.0`** | values.yaml | [Comparison](https://x.example/c) |"
    )


def test_where_nothing_is_known_of_what_is_new_there_is_no_column_for_it():
    assert sections.changes(replace(ENDED, links={}))[-1] == "| **ledger** | `v1.0.0` | **`v2.0.0`** | values.yaml |"


def test_what_a_person_reviews_is_in_the_same_table_and_says_so():
    review = Outcome("created", 8, "https://github.com/acme/profile/pull/8")

    rows = sections.changes(Ended(Plan((CHANGE, OTHER)), review=review))

    assert rows[-1].endswith("waits for a person: [\\#8](https://github.com/acme/profile/pull/8) |")


def test_projects_concerned_and_not_concerned_are_one_line_each_with_its_reason():
    assert sections.projects(ENDED) == [
        "",
        "**Triggers** `dev` (values.yaml changed) · not concerned: `qa` (nothing of it changed)",
    ]


def test_failures_and_warnings_link_to_their_lines():
    link = "[`.updatecli/oracle.yaml:7`](https://github.com/acme/profile/blob/c0ffee/.updatecli/oracle.yaml#L7)"

    assert f"- {link} The registry does not answer." in sections.failures(EVERYTHING)
    assert f"- {link} The registry does not answer." in sections.warnings(EVERYTHING)
    assert "<details><summary>⚠️ 1 warning</summary>" in sections.warnings(EVERYTHING)


def test_what_was_announced_is_one_line_with_its_job():
    assert sections.announced(ENDED)[1] == (
        "Announced: `acme/ledger`. Taken: `v2.0.0` · job [ledger/42](https://circleci.example/gh/ledger/42)"
    )


@pytest.mark.parametrize(
    "lines",
    [
        sections.changes(Ended(Plan((replace(CHANGE, product=HOSTILE, old=HOSTILE, file=HOSTILE),))))[3:],
        sections.projects(Ended(Plan(), routes=[Route(Project(HOSTILE, "S", "https://x"), True, HOSTILE)]))[1:],
        sections.failures(Ended(Plan(failures=(Problem("m", HOSTILE, 1, HOSTILE),))))[3:],
        sections.kept(Ended(Plan(kept=(Kept(replace(CHANGE, product=HOSTILE), HOSTILE),))))[3:],
    ],
    ids=["changes", "projects", "failures", "kept"],
)
def test_no_text_gets_out_of_its_line_or_cell(lines):
    (line,) = lines

    outside = re.sub(r"\\.", "", re.sub(r"`[^`]*`", "", line))

    assert len(line.splitlines()) == 1
    assert "<img" not in outside
    assert "](" not in outside
    assert "@all" not in outside


def test_nothing_makes_no_heading():
    nothing = Ended(Plan())

    parts = (
        sections.failures, sections.changes, sections.projects, sections.announced, sections.kept, sections.warnings,
    )  # fmt: skip
    assert [part(nothing) for part in parts] == [[]] * 6
