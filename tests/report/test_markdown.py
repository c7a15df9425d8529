"""Tables and lists of the summary: complete, and nothing in a cell gets out of it."""

import re

import pytest

from profile_cd.fanout import Project, Route
from profile_cd.model import Change, Problem
from profile_cd.report import Outcome, markdown

HOSTILE = "a|b`c`\n| d | <img src=x> [x](javascript:x) @all"


def change(**fields):
    values = ("m", "M", ".updatecli/m.yaml", 3, "s:x", "x", "v.yaml", "$.a", "v1", "v2", "v2")
    return Change(**{**dict(zip(Change.__dataclass_fields__, values, strict=False)), **fields})


def test_a_lane_with_nothing_to_do_is_not_mentioned():
    assert markdown.lane("Update", Outcome()) == []


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (
            Outcome("merged", 7, "https://x.example/7", title="ledger v2"),
            "**Update: merged** [\\#7](https://x.example/7) `ledger v2`",
        ),
        (Outcome("refused", words="GitHub says `no`."), "**Update: refused** GitHub says `no`."),
        (Outcome("none", words="Nothing was announced."), "**Update: none** Nothing was announced."),
    ],
)
def test_a_lane_is_one_line_with_what_is_known(outcome, line):
    blank, shown = markdown.lane("Update", outcome)

    assert (blank, shown) == ("", line)


@pytest.mark.parametrize(
    "lines",
    [
        markdown.changes([change(product=HOSTILE, old=HOSTILE)])[3:],
        markdown.projects([Route(Project(HOSTILE, "S", "https://x"), True, HOSTILE)])[5:],
        markdown.warnings([Problem("m", HOSTILE, 1, HOSTILE)])[3:],
        markdown.lane("Update", Outcome("merged", title=HOSTILE, words=HOSTILE))[1:],
    ],
    ids=["changes", "projects", "warnings", "lane"],
)
def test_no_text_gets_out_of_its_line_or_cell(lines):
    (line,) = lines

    outside = re.sub(r"`[^`]*`", "", line)

    assert len(line.splitlines()) == 1
    assert "<img" not in re.sub(r"\\.", "", outside)
    assert "](" not in re.sub(r"\\.", "", outside)
    assert "@all" not in outside


def test_a_table_has_as_many_columns_in_each_row_whatever_the_cells_hold():
    rows = markdown.changes([change(), change(product=HOSTILE, new=HOSTILE)])[1:]

    assert {len(row.replace("\\|", "").split("|")) for row in rows} == {8}


def test_nothing_makes_no_heading():
    assert (markdown.changes([]), markdown.warnings([]), markdown.projects([])) == ([], [], [])
