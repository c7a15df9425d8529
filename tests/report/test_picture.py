"""The picture of a run."""

from dataclasses import replace

from profile_cd.model import Plan
from profile_cd.report import Ended
from profile_cd.report.picture import picture
from tests.report.known import CHANGE, ENDED, ROUTES


def test_it_leads_from_what_was_published_through_the_file_to_the_project():
    assert picture(ENDED) == [
        "",
        "```mermaid",
        "flowchart LR",
        '  p0["ledger v2.0.0"]',
        '  f0["values.yaml"]',
        '  d0["dev"]',
        "  p0 --> f0",
        "  f0 --> d0",
        "```",
    ]


def test_where_no_project_is_concerned_nothing_is_drawn():
    assert picture(replace(ENDED, routes=ROUTES[1:])) == []
    assert picture(replace(ENDED, plan=Plan(), merged=())) == []


def test_many_of_a_kind_are_one_node():
    changes = tuple(replace(CHANGE, product=f"p{number}", file=f"{number}.yaml") for number in range(100))

    drawn = picture(Ended(Plan(changes), routes=ROUTES, concerns={"dev": [each.file for each in changes]}))

    assert drawn[1].startswith("<details><summary>Picture: ")
    assert len(drawn) < 40
    assert '  p6["and 94 more"]' in drawn


def test_no_name_ends_its_quotes_or_steers_the_picture():
    hostile = replace(CHANGE, product='x"] --> y %%{init: {}}%%\n```')

    drawn = "\n".join(picture(replace(ENDED, plan=Plan((hostile,)), merged=())))

    assert drawn.count('"') == 6
    assert "%%{" not in drawn
    assert drawn.count("```") == 2
