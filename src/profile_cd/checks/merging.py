"""What the base branch demands before it takes a merge, and what follows for the run, in the user's words."""

from __future__ import annotations

from collections.abc import Iterator

from profile_cd.checks.exemptions import exempt, listed_name
from profile_cd.checks.facts import Demand, Facts, Line, Wanted
from profile_cd.checks.kinds import needs
from profile_cd.markdown import counted
from profile_cd.neutral import quoted

GENERAL = "Settings → General → Pull Requests"
METHODS = {"squash": "squash merging", "merge": "merge commits", "rebase": "rebase merging"}


def lines(facts: Facts, wanted: Wanted) -> Iterator[Line]:
    """Every line on what stands between a pull request and the base branch."""
    branch, base = facts.branch, quoted(facts.branch.name)
    if branch.missing:
        yield Line("set", f"There is no branch {base}: name another in `base`, or push a first commit.")
    elif branch.demands is None:
        yield Line("unknown", f"What {base} demands of a merge {needs('contents: read', facts.tokens)}.")
    elif not branch.demands:
        yield Line("fine", f"{base} demands neither checks nor approvals.")
    else:
        yield from _reviews(facts, wanted)
        yield from _checks(facts, wanted)
        yield from _rules(facts, wanted)
    yield from _push(facts)
    yield from _methods(facts, wanted)
    yield from _auto_merge(facts, wanted)


def where(demand: Demand) -> str:
    """Where a demand is set."""
    whose = {"Organization": "the organisation's ", "Enterprise": "the enterprise's "}.get(demand.source, "")
    return f"{whose}Settings → Rules, ruleset {demand.ruleset}" if demand.ruleset else "Settings → Branches"


def _reviews(facts: Facts, wanted: Wanted) -> Iterator[Line]:
    base, writer = quoted(facts.branch.name), facts.writer
    for each in facts.branch.demanded("reviews"):
        by = " of code owners" if each.owners else ""
        what = f"{base} demands {counted(max(each.count, 1), 'approval')}{by} ({where(each)})"
        free = exempt(facts.branch, each, writer)
        if free:
            yield Line("fine", f"{what}, from which `{writer.name}` is exempt.")
            continue
        if wanted.merge == "none":
            yield Line("fine", f"{what}, as `merge: none` expects.")
            continue
        again = " Each newer version asks for them anew, since a push takes approvals back." if each.stale else ""
        own = f" {quoted(writer.login)} cannot approve what that token opens." if _person(facts) else ""
        words = (
            f"{what}: with `merge: {wanted.merge}` each pull request waits for approvals that no robot gives.{again}"
            f"{own} Exempt the GitHub App behind `merge-token` there, or write `merge: none` and let people merge."
        )
        yield Line("set", words) if free is False else Line("unknown", f"Whether `{writer.name}` is exempt: {words}")


def _person(facts: Facts) -> bool:
    return facts.writer.kind in {"classic", "fine-grained", "person"} and bool(facts.writer.login)


def _checks(facts: Facts, wanted: Wanted) -> Iterator[Line]:
    base, writer = quoted(facts.branch.name), facts.writer
    for each in facts.branch.demanded("checks"):
        names = ", ".join(quoted(name) for name in each.names)
        what = f"{base} requires the checks {names} ({where(each)})"
        if each.strict:
            what += ", and that they ran on its newest commit, so that a run plans anew when somebody else merges"
        if exempt(facts.branch, each, writer):
            yield Line("fine", f"{what}; `{writer.name}` is exempt.")
        elif writer.kind == "workflow":
            yield Line(
                "set",
                f"{what}: those of pull requests that the workflow's own token opens wait until somebody presses "
                "“Approve workflows to run”. Give `merge-token` the token of a GitHub App.",
            )
        elif not wanted.own:
            yield Line(
                "fine", f"{what}: with `merge-token` they start by themselves, without it they wait for approval."
            )
        else:
            yield Line("fine", f"{what}: they start by themselves.")
        if wanted.merge == "direct" and not wanted.wait:
            yield Line(
                "set",
                f"{base} requires checks, for which `merge: direct` does not wait: write `merge: auto`, or `wait`.",
            )


def _rules(facts: Facts, wanted: Wanted) -> Iterator[Line]:
    """What is left of the demands, as far as it stands in the way."""
    for each in facts.branch.demands or ():
        free = exempt(facts.branch, each, facts.writer)
        line = None if free else _rule(facts, each, wanted)
        if line is None:
            continue
        in_doubt = free is None and each.what == "closed" and line.level == "set"
        yield Line("unknown", line.words) if in_doubt else line


def _rule(facts: Facts, demand: Demand, wanted: Wanted) -> Line | None:
    base = f"{quoted(facts.branch.name)} "
    match demand.what:
        case "queue" if wanted.merge == "direct":
            return Line(
                "set", f"{base}has a merge queue ({where(demand)}): write `merge: auto`, since `direct` uses none."
            )
        case "queue":
            return Line("fine", f"{base}has a merge queue ({where(demand)}): a run ends before it merges.")
        case "linear" if wanted.method == "merge":
            return Line("set", f"{base}takes no merge commits ({where(demand)}): write `merge-method: squash`.")
        case "signatures" if wanted.method in {"rebase", "fast-forward"} and _person(facts):
            words = (
                f"{base}takes signed commits only ({where(demand)}), and GitHub signs none of a person's token: "
                "write `merge-method: squash`, or give `merge-token` the token of a GitHub App."
            )
            return Line("set", words)
        case "closed":
            words = f"{base}takes no push and no merge but of those that are exempt ({where(demand)})"
            return Line("set", f"{words}: add the GitHub App behind `merge-token` there.")
        case "other":
            names = ", ".join(quoted(name) for name in demand.names)
            return Line("unknown", f"Whether a merge into {base}fits {names} ({where(demand)}): see there.")
    return None


def _push(facts: Facts) -> Iterator[Line]:
    """Classic protection may name the only ones who push, and thereby merge."""
    base, writer, allowed = quoted(facts.branch.name), facts.writer, facts.branch.pushers
    bound = facts.branch.everyone or not writer.administrator
    if allowed is not None and writer.login and bound and listed_name(writer) not in allowed:
        yield Line(
            "unknown" if facts.branch.teams and _person(facts) else "set",
            f"{base} lets only some push and merge (Settings → Branches), and `{writer.name}` is not among them: add "
            "the GitHub App behind `merge-token` there.",
        )
    elif writer.reaches is False and not facts.branch.seen:
        yield Line(
            "unknown",
            f"Whether `{writer.name}` may merge into {base}: GitHub says that it cannot push there. See Settings → "
            "Branches for who may.",
        )


def _methods(facts: Facts, wanted: Wanted) -> Iterator[Line]:
    method = "squash" if wanted.method == "fast-forward" else wanted.method
    if wanted.merge == "none":
        return
    if facts.methods is not None and method not in facts.methods:
        yield Line(
            "set", f"`merge-method: {wanted.method}` needs {METHODS[method]}: allow it in {GENERAL}, or write another."
        )
    for each in facts.branch.demanded("methods"):
        if method not in each.names and not exempt(facts.branch, each, facts.writer):
            names = ", ".join(quoted(name) for name in each.names)
            yield Line(
                "set",
                f"{quoted(facts.branch.name)} is merged by {names} only ({where(each)}): write that as `merge-method`.",
            )


def _auto_merge(facts: Facts, wanted: Wanted) -> Iterator[Line]:
    waits = [*facts.branch.demanded("checks"), *facts.branch.demanded("reviews")]
    if wanted.merge != "auto":
        return
    if facts.auto_merge is None:
        yield Line("unknown", f"Whether auto-merge is allowed: see {GENERAL}.")
    elif facts.auto_merge:
        yield Line("fine", "Auto-merge is allowed.")
    elif any(not exempt(facts.branch, each, facts.writer) for each in waits):
        yield Line("set", f"Auto-merge is off: in {GENERAL}, tick “Allow auto-merge”, or use the input `wait`.")
    else:
        yield Line("fine", "Auto-merge is off, and nothing requires it.")
