"""Each fact as a line: what is fine, what to set where, and what this token cannot know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from profile_cd.checks.expiry import end, soon
from profile_cd.checks.facts import Facts, Line
from profile_cd.fanout import Project
from profile_cd.neutral import quoted

ACTIONS = "Settings → Actions → General"


def found(facts: Facts, projects: Sequence[Project], now: datetime) -> tuple[Line, ...]:
    """Every line, in the order in which a run needs the things. *now* is in UTC."""
    return (*_token(facts, now), *_pulls(facts), *_merging(facts), *_secrets(facts, projects))


def _token(facts: Facts, now: datetime) -> Iterator[Line]:
    yield (
        Line("fine", f"The token is {quoted(facts.login)}'s.")
        if facts.login
        else Line("unknown", "Whose token it is: GitHub does not say.")
    )
    warning, moment = soon("token", facts.expires, now), end(facts.expires)
    if warning:
        yield Line("set", warning)
    elif moment:
        yield Line("fine", f"It expires on {moment:%Y-%m-%d}.")
    else:
        yield Line("unknown", "When it expires: GitHub says so of personal tokens with an end only.")
    if facts.pushes is None:
        yield Line("unknown", "Whether it may write contents: GitHub says so to people's tokens only.")
    elif facts.pushes:
        yield Line("fine", "Its owner may write contents.")
    else:
        yield Line("set", "It cannot write contents: give the job `contents: write`, or its owner the role Write.")


def _pulls(facts: Facts) -> Iterator[Line]:
    if facts.pulls is None:
        yield Line(
            "unknown", f"Whether Actions may create pull requests (needs `administration: read`): see {ACTIONS}."
        )
    elif facts.pulls:
        yield Line("fine", "Actions may create pull requests.")
    else:
        yield Line(
            "set",
            f"Actions may not create pull requests: in {ACTIONS}, tick “Allow GitHub Actions to create and approve "
            "pull requests”, or give `merge-token` the token of a GitHub App.",
        )


def _merging(facts: Facts) -> Iterator[Line]:
    base = quoted(facts.base)
    if facts.required is None:
        yield Line("unknown", f"Which checks {base} requires (needs `contents: read`).")
    elif facts.required:
        names = ", ".join(quoted(each) for each in facts.required)
        yield Line("fine", f"{base} requires the checks {names}: with `merge-token` they start by themselves.")
    else:
        yield Line("fine", f"{base} requires no checks.")
    if facts.reviews:
        yield Line(
            "set",
            f"{base} demands {facts.reviews} approvals: exempt the GitHub App behind `merge-token` in its ruleset, "
            "or somebody must approve each pull request.",
        )
    if facts.auto_merge is None:
        yield Line("unknown", "Whether auto-merge is allowed: see Settings → General → Pull Requests.")
    elif facts.auto_merge:
        yield Line("fine", "Auto-merge is allowed.")
    elif facts.required or facts.reviews:
        yield Line("set", "Auto-merge is off: in Settings → General, tick “Allow auto-merge”, or use the input `wait`.")
    else:
        yield Line("fine", "Auto-merge is off, and nothing requires it.")


def _secrets(facts: Facts, projects: Sequence[Project]) -> Iterator[Line]:
    for project in projects:
        if not project.secret:
            continue
        name, secret = quoted(project.name), quoted(project.secret)
        if facts.secrets is None:
            yield Line("unknown", f"Whether the secret {secret} of the project {name} is set (needs `secrets: read`).")
        # Names of secrets know no case ("Naming your secrets" in GitHub's documentation).
        elif project.secret.upper() in {each.upper() for each in facts.secrets}:
            yield Line("fine", f"The secret {secret} of the project {name} is set.")
        else:
            yield Line(
                "set",
                f"The repository has no secret {secret}, which the project {name} names: add it in Settings → Secrets "
                "and variables → Actions, unless it is one of the organisation's or of an environment's.",
            )
