"""Each fact is a line: fine, to be set, or unknown to the token that asked."""

from dataclasses import replace
from datetime import UTC, datetime

from profile_cd import checks
from profile_cd.checks import Facts
from profile_cd.fanout import Project

NOW = datetime(2026, 5, 1, tzinfo=UTC)
SOUND = Facts("main", "ada", "2026-12-31 23:59:59 UTC", True, True, True, ("build",), 0, frozenset({"DEV_TOKEN"}))
DEV = Project("dev", "DEV_TOKEN", "https://gitlab.example.com")


def levels(facts, *projects):
    return [each.level for each in checks.found(facts, projects, NOW)]


def to_set(facts, *projects):
    return [each.words for each in checks.found(facts, projects, NOW) if each.level == "set"]


def test_where_all_is_set_every_line_is_fine():
    assert set(levels(SOUND, DEV)) == {"fine"}


def test_what_a_token_cannot_see_is_unknown_and_never_fine():
    assert set(levels(Facts("main"), DEV)) == {"unknown"}


def test_each_setting_that_stands_in_the_way_is_named_with_the_place_to_set_it():
    assert "Settings → Actions → General" in to_set(replace(SOUND, pulls=False))[0]
    assert "Allow auto-merge" in to_set(replace(SOUND, auto_merge=False))[0]
    assert "2 approvals" in to_set(replace(SOUND, reviews=2))[0]
    assert "contents: write" in to_set(replace(SOUND, pushes=False))[0]
    assert "expires in 3 days" in to_set(replace(SOUND, expires="2026-05-04 12:00:00 UTC"))[0]


def test_auto_merge_is_not_wanted_where_nothing_has_to_be_waited_for():
    assert to_set(replace(SOUND, auto_merge=False, required=())) == []


def test_a_secret_that_projects_name_and_the_repository_lacks_is_named():
    assert "no secret `DEV_TOKEN`" in to_set(replace(SOUND, secrets=frozenset({"OTHER"})), DEV)[0]
    assert to_set(replace(SOUND, secrets=frozenset({"dev_token"})), DEV) == []
