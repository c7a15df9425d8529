"""All facts as lines: what is fine, what to set where, and what these tokens cannot know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from profile_cd.checks import merging, tokens
from profile_cd.checks.facts import Facts, Line, Wanted
from profile_cd.checks.kinds import needs

ACTIONS = "Settings → Actions → General"


def found(facts: Facts, wanted: Wanted, now: datetime) -> tuple[Line, ...]:
    """Every line, in the order in which a run needs the things. *now* is in UTC."""
    return (*tokens.lines(facts, now), *_pulls(facts, wanted), *merging.lines(facts, wanted))


def _pulls(facts: Facts, wanted: Wanted) -> Iterator[Line]:
    """The setting binds the workflow's own token alone."""
    if wanted.own and facts.writer.kind not in {"workflow", ""}:
        yield Line("fine", f"`{facts.writer.name}` may create pull requests whatever Actions may.")
    elif facts.pulls is None:
        needed = needs("administration: read", facts.tokens)
        yield Line("unknown", f"Whether Actions may create pull requests {needed}: see {ACTIONS}.")
    elif facts.pulls:
        yield Line("fine", "Actions may create pull requests.")
    else:
        yield Line(
            "set",
            f"Actions may not create pull requests: in {ACTIONS}, tick “Allow GitHub Actions to create and approve "
            "pull requests”, or give `merge-token` the token of a GitHub App.",
        )
