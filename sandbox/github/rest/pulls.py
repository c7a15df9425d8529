"""Pull requests over REST: opened, listed, changed, merged."""

from __future__ import annotations

from typing import Any

from sandbox.github import auto
from sandbox.github.calls import Call, Routes, paged
from sandbox.github.pulls import Delays, PullRequest
from sandbox.github.refusals import Refused, invalid
from sandbox.github.rest import shapes_pulls
from sandbox.net import Response

MOST_TITLE, MOST_BODY = 256, 65_536


def create(call: Call) -> Response:
    """Open a pull request."""
    body, repository = call.body(), call.repository
    if call.token.kind == "actions" and not repository.settings.actions_can_create_prs:
        raise Refused(403, "GitHub Actions is not permitted to create or approve pull requests.")
    title, text, base = str(body.get("title") or ""), str(body.get("body") or ""), str(body.get("base") or "")
    owner, _, head = str(body.get("head") or "").rpartition(":")
    base_sha = repository.tip(base)
    # Branches of forks are proposed by `propose_from_fork`: here they do not exist.
    head_sha = repository.tip(head) if owner in ("", repository.owner) else ""
    if not title:
        raise invalid("title can't be blank", "PullRequest", "title", "missing_field")
    _not_too_long(title, text)
    if not head_sha or not base_sha:
        field = "base" if head_sha else "head"
        raise Refused(422, "Validation Failed", [{"resource": "PullRequest", "field": field, "code": "invalid"}])
    if any(each.head == head and each.base == base and not each.fork for each in repository.open_pulls()):
        raise invalid(f"A pull request already exists for {repository.owner}:{head}.", "PullRequest")
    if repository.git.is_ancestor(head_sha, base_sha) or _used_up(repository.delays, "unseen_pushes"):
        raise invalid(f"No commits between {base} and {head}", "PullRequest")
    if _used_up(repository.delays, "too_quick"):
        raise invalid("was submitted too quickly", "PullRequest")
    pull = PullRequest(
        number=repository.next_number(),
        title=title,
        body=text,
        base=base,
        head=head,
        user=call.token.person,
        base_sha=base_sha,
        head_sha=head_sha,
        created_at=repository.now(),
        draft=bool(body.get("draft")),
        base_known=base_sha,
        unseen=repository.delays.unseen_pulls,
    )
    repository.pulls[pull.number] = pull
    repository.start_checks(head_sha)
    return Response.of_json(shapes_pulls.full(call, pull), 201, {"Location": f"{call.root}/pulls/{pull.number}"})


def listed(call: Call) -> Response:
    """Pull requests by state, head and base; newest first."""
    ask = call.request.first
    owner, _, branch = ask("head").rpartition(":")
    ours = call.repository.owner
    found = [
        pull
        for pull in call.repository.pulls.values()
        if ask("state", "open") in ("all", pull.state)
        and ask("base") in ("", pull.base)
        and branch in ("", pull.head)
        and owner in ("", pull.fork_owner if pull.fork else ours)
    ]
    found.sort(key=lambda pull: pull.number, reverse=ask("direction", "desc") != "asc")
    return paged(call, [shapes_pulls.simple(call, pull) for pull in found])


def get(call: Call) -> Response:
    """One pull request; each look is counted."""
    pull = the_pull(call)
    auto.look(call.repository, pull)
    return Response.of_json(shapes_pulls.full(call, pull))


def edit(call: Call) -> Response:
    """Change title, body, base or state."""
    body, pull = call.body(), the_pull(call)
    _not_too_long(str(body.get("title") or ""), str(body.get("body") or ""))
    pull.title = str(body.get("title") or pull.title)
    pull.body = str(body["body"] or "") if "body" in body else pull.body
    pull.base = str(body.get("base") or pull.base)
    pull.updated_at = call.repository.now()
    if body.get("state") == "closed" and pull.state == "open":
        pull.close(call.repository.now(), call.token.person)
    if body.get("state") == "open" and pull.state == "closed":
        _reopen(call, pull)
    return Response.of_json(shapes_pulls.full(call, pull))


def files(call: Call) -> Response:
    """What the pull request changes."""
    pull = the_pull(call)
    return paged(
        call,
        shapes_pulls.files(
            call, call.repository.git("merge-base", pull.base_sha, pull.head_sha).strip(), pull.head_sha
        ),
    )


def request_reviewers(call: Call) -> Response:
    """Ask people and teams for a review."""
    body, pull = call.body(), the_pull(call)
    for login in body.get("reviewers") or []:
        if login == pull.user.login:
            raise Refused(422, "Review cannot be requested from pull request author.")
        if call.state.collaborators and login not in call.state.collaborators:
            raise Refused(
                422,
                "Reviews may only be requested from collaborators. "
                f"One or more of the users or teams you specified is not a collaborator of the {call.repository.name} "
                "repository.",
            )
    _add(pull.reviewers, body.get("reviewers") or [])
    _add(pull.teams, body.get("team_reviewers") or [])
    return Response.of_json(shapes_pulls.simple(call, pull), 201)


def the_pull(call: Call) -> PullRequest:
    """The pull request that the path names."""
    text = call.parts.get("pull_number") or call.parts["issue_number"]
    pull = call.repository.pulls.get(int(text)) if text.isdigit() else None
    if pull is None:
        raise Refused(404, "Not Found")
    return pull


def _not_too_long(title: str, body: str) -> None:
    for field, text, most in (("title", title, MOST_TITLE), ("body", body, MOST_BODY)):
        if len(text) > most:
            raise invalid(f"{field} is too long (maximum is {most} characters)", "PullRequest", field)


def _used_up(delays: Delays, name: str) -> bool:
    """Whether one more question is spoilt by the delay *name*, which is then one less."""
    left = getattr(delays, name)
    setattr(delays, name, max(0, left - 1))
    return bool(left)


def _add(there: list[str], new: list[Any]) -> None:
    there += [str(each) for each in new if str(each) not in there]


def _reopen(call: Call, pull: PullRequest) -> None:
    head = call.repository.tip(pull.head)
    if pull.merged or head != pull.head_sha:
        why = "The pull request is merged" if pull.merged else f"The {pull.head} branch was force-pushed or recreated."
        raise invalid(f"state cannot be changed. {why}", "PullRequest", "state", "invalid")
    if any(other.head == pull.head and other.base == pull.base for other in call.repository.open_pulls()):
        raise invalid("state cannot be changed. There is already an open pull request.", "PullRequest", "state")
    pull.reopen(call.repository.now(), call.token.person)


ROUTES: Routes = {
    "GET /repos/{owner}/{repo}/pulls": ("pull_requests:read", listed),
    "POST /repos/{owner}/{repo}/pulls": ("pull_requests:write", create),
    "GET /repos/{owner}/{repo}/pulls/{pull_number}": ("pull_requests:read", get),
    "PATCH /repos/{owner}/{repo}/pulls/{pull_number}": ("pull_requests:write", edit),
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": ("pull_requests:read", files),
    "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers": ("pull_requests:write", request_reviewers),
}
