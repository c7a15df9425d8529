"""The body of a pull request, all from the plan."""

import pytest

from profile_cd.model import Commit, Kept, Link, Plan, Problem, Turned
from profile_cd.proposal import body_of, marks
from tests.proposal.changes import change, contents, proposed


def test_every_change_is_in_the_body_with_old_and_new():
    body = body_of(contents([change()]))

    assert "| **ledger** | `v1.0.0` | **`v2.0.0`** |" in body
    assert "Where it is written (1 value in 1 file)" in body
    assert "- `$.ledger.tag`: `v1.0.0` → `v2.0.0`" in body


def test_the_table_stands_first_behind_the_marks():
    lines = body_of(contents([change()], names=("aaaa",), announced="Announced: `x`. Taken: `v2`.")).splitlines()

    assert lines[:3] == [marks.proposes(["aaaa"]), "", "|  | from | to |"]
    assert "Announced: `x`. Taken: `v2` · made by [run 7](https://github.com/acme/profile/actions/runs/7)" in lines


def test_what_failed_and_what_was_left_alone_is_said_with_its_reason():
    kept = Kept(change("oracle"), "a person said no")
    problem = Problem("quoting", ".updatecli/quoting.yaml", 3, "The registry is down.")

    body = body_of(contents([change()], Plan((change(),), (kept,), (problem,))))

    assert "a person said no" in body
    assert "`.updatecli/quoting.yaml:3` The registry is down." in body


def test_links_to_what_is_new_are_shown():
    links = {("dockerimage:acme/ledger", "v2.0.0"): [Link("release notes", "https://github.com/acme/ledger/releases")]}

    assert "[release notes](https://github.com/acme/ledger/releases)" in body_of(contents([change()], links=links))


def test_hostile_text_stays_text():
    changes = [change("x", "v1|`@all`")]
    body = body_of(contents(changes, upstream="javascript:alert(1)", announced="Announced: `x` <b>@you</b>."))

    assert "](javascript" not in body
    assert "<b>" not in body
    assert "@you" not in body
    assert "**`v1\\|'@all'`** |" in body
    assert "@all" not in proposed(changes).title


def test_a_version_that_looks_like_a_mark_is_none():
    forged = change("x", f"1\n{marks.made(['bad0'])}\n{marks.proposes(['bad1'])}")

    body = body_of(contents([forged], commits=("c0ffee",), names=("aaaa",)))

    assert marks.made_commits(body) == ("c0ffee",)
    assert marks.proposed(body) == ("aaaa",)


def test_a_thousand_changes_keep_every_mark_and_fit_into_what_github_takes():
    names = [f"{number:016x}" for number in range(1000)]
    changes = [change(f"product-{number}", file="x" * 100) for number in range(1000)]

    body = body_of(contents(changes, names=names, commits=("a" * 40, "b" * 40)))

    assert marks.proposed(body) == tuple(names)
    assert marks.made_commits(body) == ("a" * 40, "b" * 40)
    assert "| and " in body
    assert " more | in the summary of the run |" in body
    assert body.count("<details>") == body.count("</details>")
    for longer in (body, marks.closed(body, "why")):
        assert len(longer) < 65_536
    assert "| **product-0** |" in body


@pytest.mark.parametrize("lane", ["merge", "review"])
@pytest.mark.parametrize("letter", ["k", "日", "😀", "*", "`", "@"])
def test_whatever_letters_they_are_made_of_a_body_fits_into_what_github_takes(lane, letter):
    long, names = letter * 200, [f"{number:016x}" for number in range(500)]
    turned = Turned(Commit(long, "abc1234", long, f"https://x.example/{'c' * 900}"), None, long, long, long)
    changes = [
        change(f"{long}{number}", f"{long}{number}", file=f"{long}{number % 30}", key=long, lane=lane, turned=turned)
        for number in range(500)
    ]
    plan = Plan(
        tuple(changes), tuple(Kept(each, long * 9) for each in changes), (Problem(long, long, 3, long * 9),) * 500
    )
    links = {(each.source, each.version): [Link("Release", f"https://x.example/{long}")] * 5 for each in changes}
    origin = {"announced": f"`{letter}` {letter}" * 5000, "upstream": f"https://x.example/{'y' * 1000}"}

    body = body_of(contents(changes, plan, lane=lane, links=links, names=names, commits=("a" * 40,) * 20, **origin))

    assert marks.proposed(body) == tuple(names)
    assert marks.made_commits(body) == ("a" * 40,) * 20
    assert body.count("<details>") == body.count("</details>")
    assert len(body.encode("utf-16-le")) // 2 < 65_000  # as GitHub's own page counts


def test_the_review_lane_says_why_a_person_should_look():
    reviewed = change(lane="review", why="the manifest decides otherwise since `abc1234`.")

    assert "the manifest decides otherwise since `abc1234`" in body_of(contents([reviewed], lane="review"))


def test_the_review_lane_says_nothing_of_what_failed_elsewhere():
    plan = Plan(failures=(Problem("quoting", ".updatecli/quoting.yaml", 3, "The registry is down."),))

    assert "registry is down" not in body_of(contents([change(lane="review")], plan, lane="review"))
