"""The comment that traces what was published to what deploys it."""

from datetime import UTC, datetime

import pytest

from profile_cd.fanout import MARK, Deployment, Project, Traced, comment

URL = "https://gitlab.example.com/api/v4/projects/7/trigger/pipeline"
ABOUT = Traced("ledger v1.5.0", "abcdef0123", "https://github.com/c/1", "acme/ledger:v1.5.0", "https://ci.example/42")
DEV, TEST = Project("dev", "DEV", URL), Project("test", "TEST", URL)


def made(*states, commit="abcdef0123", url="https://gitlab.example.com/p/1"):
    return Deployment(1, commit, "t", datetime(2026, 1, 1, tzinfo=UTC), states, log_url=url)


def test_the_way_is_told_from_what_was_announced_to_each_pipeline():
    text = comment(ABOUT, (DEV, TEST), {"dev": [made("success")], "test": [made("failure", "in_progress")]})

    assert text.splitlines() == [
        MARK,
        (
            "`acme/ledger:v1.5.0` by [its job](https://ci.example/42) → `ledger v1.5.0` → merged as "
            "[abcdef0](https://github.com/c/1)"
        ),
        "",
        "| project | pipeline |",
        "|---|---|",
        "| `dev` | [✅ succeeded](https://gitlab.example.com/p/1) |",
        "| `test` | [❌ failed](https://gitlab.example.com/p/1) |",
    ]


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ((), "being asked for"),
        (("error",), "refused"),
        (("in_progress",), "started"),
        (("x",), "being"),
        (("inactive", "in_progress"), "nobody waited"),
        # A job with `environment:` of the same name makes every other record inactive.
        (("inactive", "success", "in_progress"), "succeeded"),
        (("inactive", "failure", "in_progress"), "failed"),
        (("inactive",), "being asked for"),
    ],
)
def test_every_state_has_its_words(states, shown):
    assert shown in comment(ABOUT, (DEV,), {"dev": [made(*states, url="")]})


def test_a_project_that_is_not_concerned_is_left_out_whatever_was_deployed_before():
    text = comment(ABOUT, (DEV,), {"dev": [made("success", commit="other")]})

    assert "`dev`" not in text
    assert "No project has been triggered" in text


def test_hostile_text_stays_text():
    about = Traced("x` | <img> @all", "abcdef0123", "javascript:alert(1)", "a\n::error::b", "javascript:x")

    text = comment(about, (Project("a|b", "S", URL),), {"a|b": [made("success", url="javascript:x")]})

    assert "javascript:" not in text
    assert len(text.splitlines()) == 6


def test_a_comment_on_a_thousand_projects_fits_into_what_github_takes():
    many = [Project(f"project-{number}", "", URL) for number in range(1000)]

    text = comment(ABOUT, many, {each.name: [made("success", url=f"https://x.example/{'p' * 200}")] for each in many})

    assert len(text) < 65_536
    assert "more | on the commit's page |" in text
