"""A run with something of everything, as the texts that people see of it: what the pictures of the documents show."""

from __future__ import annotations

from datetime import UTC, datetime

from profile_cd import fanout, proposal, report
from profile_cd.fanout import Deployment, Project, Route
from profile_cd.model import Change, Commit, Kept, Lane, Link, Plan, Problem, Turned
from profile_cd.proposal import Contents, Origin
from profile_cd.report import Ended, Outcome

PROFILE = "https://github.com/acme/profile"
COMMIT = "5e4d51b01e501943bae09159a6f5af37ce5ccb0b"
PLATFORM, PORTAL = "platform-values-override.yaml", "finance-portal-values-override.yaml"


def texts() -> dict[str, str]:
    """Markdown by the name of its picture."""
    return {
        "summary": report.summary(_ended()),
        "merge-pull-request": proposal.body_of(_contents("merge", MERGED)),
        "review-pull-request": proposal.body_of(_contents("review", (REVIEWED,))),
        "trace": fanout.comment(TRACED, PROJECTS, DEPLOYMENTS),
    }


def _change(product: str, old: str, new: str, file: str = PLATFORM, **more: object) -> Change:
    values: dict[str, object] = {
        "manifest": product,
        "name": f"Update {product}",
        "path": f".updatecli/{product}.yaml",
        "line": 12,
        "source": f"dockerimage:acme/{product}",
        "product": product,
        "file": file,
        "key": f"$._DEFINE.CONTINUOUS_DEPLOYMENT.{product}.image.tag",
        "old": old,
        "new": new,
        "version": new,
        **more,
    }
    return Change(**values)  # type: ignore[arg-type]  # each value has the type of its field


MERGED = (
    _change("account-lookup-service", "v17.14.3", "v17.14.4"),
    _change("account-lookup-service", "v17.14.3", "v17.14.4", key="$.account-lookup-service-admin.image.tag"),
    _change("quoting-service", "v17.13.6", "v17.13.7"),
    _change("testing-toolkit-test-cases", "v17.2.0", "v17.3.0", PORTAL),
)
REVIEWED = _change(
    "central-ledger",
    "v19.9.0",
    "v20.0.0",
    lane="review",
    major=True,
    turned=Turned(
        Commit("Ada", "272e54d", "Take central-ledger 20", f"{PROFILE}/commit/272e54d"),
        Commit("profile-cd", "fa9b8ab", "central-ledger v19.9.0", f"{PROFILE}/commit/fa9b8ab"),
        "`^19.0.0`",
        "`^20.0.0`",
        "v19.9.0",
    ),
)
STAYS = Kept(
    _change("transfer-api", "v2.4.0", "v2.5.0"),
    "Ada took it back in `0f1e2d3`. It stays until something newer than `v2.5.0`.",
    commit="0f1e2d3",
    url=f"{PROFILE}/commit/0f1e2d3",
)
FAILED = Problem(
    "oracle",
    ".updatecli/oracle.yaml",
    7,
    "registry.acme.example answered 401 (login refused) for `acme/oracle`. Give its login in `registry-credentials`.",
)
WARNED = Problem("toolkit", ".updatecli/toolkit.yaml", 11, "`>=0.8.0-snapshot.0` does not hold to `snapshot`.")
LINKS = {
    (each.source, each.version): [
        Link("Releases", f"https://github.com/acme/{each.product}/releases"),
        Link("Comparison", f"https://github.com/acme/{each.product}/compare/{each.old}...{each.new}"),
    ]
    for each in (*MERGED, REVIEWED)
}
PROJECTS = [Project(name, "", "https://gitlab.example.com") for name in ("dev", "test", "onboarding")]
ANNOUNCED = "Announced: `acme/account-lookup-service` `v17.14.4`. Taken: `v17.14.4`."
UPSTREAM = "https://app.circleci.example/account-lookup-service/42"
TRACED = fanout.Traced(
    "account-lookup-service v17.14.4 and 2 more",
    COMMIT,
    f"{PROFILE}/commit/{COMMIT}",
    "acme/account-lookup-service:v17.14.4",
    UPSTREAM,
)
DEPLOYMENTS = {
    name: [Deployment(1, COMMIT, "", datetime(2026, 11, 2, tzinfo=UTC), (state,), log_url="https://gitlab.example.com")]
    for name, state in (("dev", "success"), ("test", "in_progress"))
}


def _plan() -> Plan:
    return Plan((*MERGED, REVIEWED), (STAYS,), (FAILED,), (WARNED,), unchanged=41)


def _ended() -> Ended:
    changed, same = f"{PLATFORM} and 1 more changed since 4a5b6c7", "nothing of it changed since 4a5b6c7"
    return Ended(
        _plan(),
        Outcome("merged", 312, f"{PROFILE}/pull/312", COMMIT, title=proposal.title_of(MERGED)),
        Outcome("created", 313, f"{PROFILE}/pull/313", title="Review: central-ledger v20.0.0 (major)"),
        routes=[
            Route(each, each.name != "onboarding", same if each.name == "onboarding" else changed) for each in PROJECTS
        ],
        merged=MERGED,
        links=LINKS,
        announced=ANNOUNCED,
        upstream=UPSTREAM,
        concerns={"dev": [PLATFORM, PORTAL], "test": [PLATFORM]},
        files=f"{PROFILE}/blob/{COMMIT}/",
    )


def _contents(lane: Lane, changes: tuple[Change, ...]) -> Contents:
    origin = Origin(f"{PROFILE}/actions/runs/7", UPSTREAM, ANNOUNCED, f"{PROFILE}/blob/{COMMIT}/")
    return Contents(lane, changes, _plan(), origin, ("aaaa",), (COMMIT,), links=LINKS)
