"""The words of a pull request, all from the plan."""

from profile_cd import proposal
from profile_cd.model import Change, Kept, Link, Plan, Problem

RUN = "https://github.com/acme/profile/actions/runs/7"


def change(product="ledger", version="v2.0.0", **fields):
    values = {
        "manifest": product,
        "name": f"Update {product}",
        "path": f".updatecli/{product}.yaml",
        "line": 12,
        "source": f"dockerimage:acme/{product}",
        "product": product,
        "file": "values.yaml",
        "key": f"$.{product}.tag",
        "old": "v1.0.0",
        "new": version,
        "version": version,
        **fields,
    }
    return Change(**values)


def proposed(changes, plan=None, *, lane="merge", links=None, **origin):
    contents = proposal.Contents(
        lane, tuple(changes), plan or Plan(tuple(changes)), proposal.Origin(RUN, **origin), links=links or {}
    )
    return proposal.propose(contents, {"values.yaml": b""}, "profile-cd")


def test_one_product_is_named_with_its_version():
    assert proposed([change()]).title == "ledger v2.0.0"


def test_one_product_in_five_files_is_one_product():
    assert proposed([change(file=f"{n}.yaml") for n in range(5)]).title == "ledger v2.0.0"


def test_further_products_are_counted():
    assert proposed([change(), change("quoting"), change("oracle")]).title == "ledger v2.0.0 and 2 more"


def test_every_commit_carries_the_trailer_and_its_title_is_the_first_line():
    made = proposed([change()])

    assert made.message.splitlines()[0] == made.title
    assert made.message.splitlines()[-1] == f"Profile-CD: {RUN}"


def test_the_branch_is_that_of_the_lane_under_the_prefix():
    assert proposed([change()]).branch == "profile-cd/update"


def test_every_change_is_in_the_body_with_old_and_new():
    assert "| `ledger` | `values.yaml` | `$.ledger.tag` | `v1.0.0` | `v2.0.0` |" in proposed([change()]).body


def test_what_failed_and_what_was_left_alone_is_told_with_its_reason():
    kept = Kept(change("oracle"), "a person said no")
    problem = Problem("quoting", ".updatecli/quoting.yaml", 3, "The registry is down.")

    body = proposed([change()], Plan((change(),), (kept,), (problem,))).body

    assert "a person said no" in body
    assert "`.updatecli/quoting.yaml:3` The registry is down." in body


def test_links_to_what_is_new_are_shown():
    links = {("dockerimage:acme/ledger", "v2.0.0"): [Link("release notes", "https://github.com/acme/ledger/releases")]}

    assert "[release notes](https://github.com/acme/ledger/releases)" in proposed([change()], links=links).body


def test_hostile_text_stays_text():
    made = proposed([change("x", "v1|`@all`")], upstream="javascript:alert(1)", announced="Announced: `x` <b>@you</b>.")

    assert "](javascript" not in made.body
    assert "<b>" not in made.body
    assert "@you" not in made.body
    assert "| `v1\\|'@all'` |" in made.body
    assert "@all" not in made.title


def test_a_body_that_github_would_refuse_is_cut_at_a_line():
    made = proposed([change(f"product-{number}") for number in range(2000)])

    assert len(made.body) < 65_536
    assert made.body.endswith("The rest is in the summary of the run.")


def test_the_review_lane_says_why_a_person_should_look():
    reviewed = change(lane="review", why="the manifest decides otherwise since `abc1234`.")
    made = proposed([reviewed], lane="review")

    assert made.branch == "profile-cd/review"
    assert "the manifest decides otherwise since `abc1234`" in made.body
