"""What was not done, at its line and with the commit that says why."""

from profile_cd.model import Kept, Problem
from profile_cd.proposal import not_done
from tests.proposal.changes import change

FILES = "https://github.com/acme/profile/blob/c0ffee/"


def test_a_problem_links_to_its_line():
    problem = Problem("m", ".updatecli/m.yaml", 3, "Broken.")

    assert not_done.problems([problem], FILES) == [f"- [`.updatecli/m.yaml:3`]({FILES}.updatecli/m.yaml#L3) Broken."]
    assert not_done.problems([problem]) == ["- `.updatecli/m.yaml:3` Broken."]


def test_a_kept_value_says_what_was_chosen_and_links_the_commit_that_wrote_it():
    url = "https://github.com/acme/profile/commit/abc1234def"
    kept = Kept(change(), "written by Ada in `abc1234`.", commit="abc1234def", url=url)

    (line,) = not_done.kept([kept])

    assert line == (
        f"- **ledger** stays `v1.0.0` in `values.yaml` (chosen: `v2.0.0`): written by Ada in [`abc1234`]({url})."
    )


def test_a_commit_that_is_not_spoken_of_is_linked_behind_the_reason():
    assert not_done.linked("why", "abc1234def", "https://x.example") == "why ([`abc1234`](https://x.example))"
    assert not_done.linked("why", "abc1234def", "") == "why"
