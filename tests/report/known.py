"""A run that the tests of this room are about."""

from dataclasses import replace

from profile_cd.fanout import Project, Route
from profile_cd.model import Change, Kept, Link, Plan, Problem
from profile_cd.report import Ended, Outcome

CHANGE = Change(
    "ledger", "Ledger", ".updatecli/ledger.yaml", 12, "dockerimage:acme/ledger", "ledger",
    "values.yaml", "$.ledger.image.tag", "v1.0.0", "v2.0.0", "v2.0.0",
)  # fmt: skip
OTHER = replace(CHANGE, product="quoting", source="dockerimage:acme/quoting", lane="review", file="b.yaml")
PROBLEM = Problem("oracle", ".updatecli/oracle.yaml", 7, "The registry does not answer.")
MERGED = Outcome("merged", 7, "https://github.com/acme/profile/pull/7", "c0ffee", title="ledger v2.0.0")
DEV, QA = (Project(name, "", "https://gitlab.example.com") for name in ("dev", "qa"))
ROUTES = (Route(DEV, True, "values.yaml changed"), Route(QA, False, "nothing of it changed"))
ENDED = Ended(
    Plan((CHANGE,), unchanged=41),
    MERGED,
    routes=ROUTES,
    merged=(CHANGE,),
    links={("dockerimage:acme/ledger", "v2.0.0"): [Link("Comparison", "https://x.example/c")]},
    announced="Announced: `acme/ledger`. Taken: `v2.0.0`.",
    upstream="https://circleci.example/gh/ledger/42",
    concerns={"dev": ["values.yaml"], "qa": []},
    files="https://github.com/acme/profile/blob/c0ffee/",
)
EVERYTHING = replace(
    ENDED, plan=replace(ENDED.plan, kept=(Kept(CHANGE, "said no"),), failures=(PROBLEM,), warnings=(PROBLEM,))
)
