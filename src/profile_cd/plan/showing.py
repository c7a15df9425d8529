"""A plan as it may be shown: without what variables said in addresses and logins."""

from __future__ import annotations

from dataclasses import replace

from profile_cd.hiding import Hiding
from profile_cd.model import Change, Plan, Problem, Turned


def shown(plan: Plan, hide: Hiding) -> Plan:
    """*plan* with every text that people read as the manifests write it.

    Done once and before anything is escaped: in Markdown, in a pull request's body and in `--json` nobody finds a
    secret again. What is written to files stays as it is.
    """
    if not hide.instead:
        return plan
    return replace(
        plan,
        changes=tuple(_change(each, hide) for each in plan.changes),
        kept=tuple(replace(each, change=_change(each.change, hide), reason=hide(each.reason)) for each in plan.kept),
        failures=tuple(_problem(each, hide) for each in plan.failures),
        warnings=tuple(_problem(each, hide) for each in plan.warnings),
    )


def _change(change: Change, hide: Hiding) -> Change:
    return replace(
        change,
        source=hide(change.source),
        product=hide(change.product),
        why=hide(change.why),
        name=hide(change.name),
        turned=_turned(change.turned, hide) if change.turned else None,
    )


def _turned(turned: Turned, hide: Hiding) -> Turned:
    commit = replace(turned.commit, subject=hide(turned.commit.subject))
    return replace(turned, commit=commit, then=hide(turned.then), now=hide(turned.now), chose=hide(turned.chose))


def _problem(problem: Problem, hide: Hiding) -> Problem:
    return replace(problem, reason=hide(problem.reason))
