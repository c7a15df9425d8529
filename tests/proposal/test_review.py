"""What a person reads who has to decide."""

from profile_cd.model import Commit, Link, Turned
from profile_cd.proposal import review
from tests.proposal.changes import change, contents

FILES = "https://github.com/acme/profile/blob/c0ffee/"
ADA = Commit("Ada", "272e54d0", "Take quoting 3", "https://github.com/acme/profile/commit/272e54d0")
TURNED = Turned(ADA, Commit("robot", "fa9b8ab0"), "`semver ^1`", "`semver ^2`", "v1.0.0")
CHANGE = change(lane="review", why="because", turned=TURNED)


def text(changes, most=10_000, links=None):
    return "\n".join(review.lines_of(contents(changes, lane="review", files=FILES, links=links), most))


def test_merging_and_closing_are_explained_first():
    first, second = text([CHANGE]).splitlines()[:2]

    assert first == "> [!IMPORTANT]"
    assert "**Merge** to deploy ledger `v2.0.0`. **Close** to keep `v1.0.0`" in second


def test_both_conditions_stand_with_what_they_choose():
    assert (
        "| **ledger** | `v1.0.0` | **`v2.0.0`** | `semver ^1` chose `v1.0.0` | `semver ^2` chooses `v2.0.0` |"
    ) in text([CHANGE])


def test_who_changed_the_condition_in_which_commit_stands_with_a_link():
    said = text([CHANGE])

    assert f"condition changed by **Ada** in [`272e54d`]({ADA.url}) “Take quoting 3”" in said
    assert "after `v1.0.0` was written by **robot** in `fa9b8ab`." in said
    assert f"`values.yaml` · `$.ledger.tag` · [manifest]({FILES}.updatecli/ledger.yaml#L12)" in said


def test_what_is_new_stands_below_the_reason():
    page = "https://github.com/acme/ledger/releases"

    said = text([CHANGE], links={("dockerimage:acme/ledger", "v2.0.0"): [Link("Releases", page)]})

    assert f"`fa9b8ab`.\n  [Releases]({page})\n  `values.yaml`" in said


def test_what_no_condition_brought_about_says_its_reason():
    said = text([change(lane="review", why="a major version")])

    assert "**ledger**: a major version" in said
    assert "condition" not in said.partition("[!IMPORTANT]")[2].partition("\n\n")[2]


def test_hostile_words_of_a_commit_stay_words():
    hostile = Commit("@all <b>", "abc1234", "](javascript:x) |`x`")

    said = text([change(lane="review", turned=Turned(hostile))])

    assert "@all" not in said
    assert "](javascript" not in said.replace("\\]", "")
    assert "<b>" not in said.replace("\\<b", "")


def test_a_thousand_changes_stay_in_their_room():
    changes = [change(f"product-{number}", lane="review", turned=TURNED) for number in range(1000)]

    assert len(text(changes, 20_000).encode()) < 22_000
