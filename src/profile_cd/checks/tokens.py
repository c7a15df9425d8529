"""The tokens of a run as lines: whose they are, when they end, and what they may do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from profile_cd.checks.facts import Facts, Line, Token
from profile_cd.checks.kinds import described
from profile_cd.neutral import quoted
from profile_cd.tokens import end, soon

BOTH = "`contents: write` and `pull-requests: write`"
READS = "`contents: read`"


def lines(facts: Facts, now: datetime) -> Iterator[Line]:
    """Every line on `token` and, where it is given, on `merge-token`. *now* is in UTC."""
    for token in facts.tokens:
        if token.trouble:
            yield Line("set", f"`{token.name}`: {token.trouble}")
            continue
        yield _whose(token)
        yield _ends(token, now)
        yield from _may(token, writes=token is facts.writer)
    if len(facts.tokens) > 1:
        yield from _beside(*facts.tokens)


def _whose(token: Token) -> Line:
    if not token.login and token.kind in {"", "person"}:
        return Line("unknown", f"Whose token `{token.name}` is: GitHub does not say.")
    return Line("fine", f"`{token.name}` is {described(token)}.")


def _ends(token: Token, now: datetime) -> Line:
    warning, moment = soon(token.name, token.expires, now), end(token.expires)
    if warning:
        return Line("set", warning)
    if moment:
        return Line("fine", f"`{token.name}` expires on {moment:%Y-%m-%d}.")
    if token.kind == "workflow":
        return Line("fine", f"`{token.name}` is made for each job and ends with it.")
    if token.kind == "app":
        return Line("fine", f"`{token.name}` lives for an hour, so that each run must make a new one.")
    if token.kind in {"classic", "fine-grained"} and not token.expires:
        return Line("fine", f"`{token.name}` has no day on which it expires, as far as GitHub says.")
    return Line("unknown", f"When `{token.name}` expires: GitHub says so of personal tokens with an end only.")


def _may(token: Token, *, writes: bool) -> Iterator[Line]:
    """What it may do; GitHub shows neither the permissions of an App's token nor those of a fine-grained one."""
    wanted = BOTH if writes else READS
    if token.kind in {"workflow", "app"}:
        yield Line(
            "unknown",
            f"Which permissions `{token.name}` has, since GitHub shows them of no such token: it needs {wanted}.",
        )
        return
    if not writes:
        yield Line("fine", f"`{token.name}` reads the repository, which is all that it is for beside `merge-token`.")
        return
    yield from _writes(token)


def _writes(token: Token) -> Iterator[Line]:
    if token.scopes is not None and not {"repo", "public_repo"} & set(token.scopes):
        yield Line("set", f"`{token.name}` has not the scope `repo`, so that it writes nothing: make one that has.")
    elif token.pushes is None:
        yield Line("unknown", f"Whether `{token.name}` may write contents: GitHub says so to people's tokens only.")
    elif not token.pushes:
        yield Line("set", f"`{token.name}` cannot write contents: give its owner the role Write.")
    else:
        yield Line("fine", f"The owner of `{token.name}` may write contents.")
        if token.kind == "fine-grained":
            yield Line("unknown", f"Whether `{token.name}` itself may, which GitHub does not show: it needs {BOTH}.")


def _beside(token: Token, merge_token: Token) -> Iterator[Line]:
    """What the two are to each other."""
    if merge_token.trouble:
        return
    if merge_token.kind == "workflow":
        yield Line(
            "set",
            "`merge-token` is the workflow's own token: checks of its pull requests wait for approval, and its merges "
            "start nothing. Give it the token of a GitHub App, or leave it out.",
        )
    elif token.login and token.login == merge_token.login:
        yield Line("fine", f"`token` and `merge-token` are both {quoted(token.login)}'s.")
    elif token.login and merge_token.login:
        yield Line("fine", f"`merge-token` is {quoted(merge_token.login)}'s, `token` is {quoted(token.login)}'s.")
