"""Comments, labels and assignees: pull requests as issues."""

from __future__ import annotations

from sandbox.github.calls import Call, Routes, paged
from sandbox.github.pulls import Comment, Label
from sandbox.github.refusals import Refused, invalid
from sandbox.github.rest import shapes, shapes_pulls
from sandbox.github.rest.pulls import MOST_BODY, the_pull
from sandbox.net import Response


def create_comment(call: Call) -> Response:
    """Say something."""
    pull, repository = the_pull(call), call.repository
    text = str(call.body().get("body") or "")
    _check(text)
    made = Comment(repository.next_number(), text, call.token.person, repository.now())
    pull.comments.append(made)
    return Response.of_json(shapes_pulls.comment(call, pull, made), 201)


def comments(call: Call) -> Response:
    """What was said, oldest first."""
    pull = the_pull(call)
    return paged(call, [shapes_pulls.comment(call, pull, each) for each in pull.comments])


def edit_comment(call: Call) -> Response:
    """Say something else."""
    wanted, text = call.parts["comment_id"], str(call.body().get("body") or "")
    found = [
        (pull, each) for pull in call.repository.pulls.values() for each in pull.comments if str(each.id) == wanted
    ]
    if not found:
        raise Refused(404, "Not Found")
    pull, comment = found[0]
    _check(text)
    comment.body, comment.updated_at = text, call.repository.now()
    return Response.of_json(shapes_pulls.comment(call, pull, comment))


def add_labels(call: Call) -> Response:
    """Put labels on it; those that do not exist are made."""
    pull, repository = the_pull(call), call.repository
    for name in _names(call):
        if name not in repository.labels:
            repository.labels[name] = Label(repository.next_number(), name)
        if name not in pull.labels:
            pull.labels.append(name)
    return Response.of_json([shapes_pulls.label(call, repository.labels[name]) for name in pull.labels])


def add_assignees(call: Call) -> Response:
    """Assign people; those who cannot be assigned are left out without a word."""
    pull = the_pull(call)
    for login in call.body().get("assignees") or []:
        known = not call.state.collaborators or login in call.state.collaborators
        if known and login not in pull.assignees:
            pull.assignees.append(login)
    return Response.of_json(_issue(call), 201)


def _check(text: str) -> None:
    if not text:
        raise invalid("body can't be blank", "IssueComment", "body", "missing_field")
    if len(text) > MOST_BODY:
        raise invalid(f"body is too long (maximum is {MOST_BODY} characters)", "IssueComment", "body")


def _names(call: Call) -> list[str]:
    """The names that were sent: a list by itself, or in an object."""
    sent = call.request.json()
    names = sent if isinstance(sent, list) else call.body().get("labels") or []
    return [str(name) for name in names]


def _issue(call: Call) -> shapes.Json:
    pull = the_pull(call)
    whole = shapes_pulls.simple(call, pull)
    url = f"{call.root}/issues/{pull.number}"
    same = "id node_id number state title body user labels assignee assignees milestone locked html_url comments_url"
    dates = "created_at updated_at closed_at author_association"
    return {
        **{name: whole[name] for name in f"{same} {dates}".split()},
        "url": url,
        "repository_url": call.root,
        "labels_url": f"{url}/labels{{/name}}",
        "events_url": f"{url}/events",
        "comments": len(pull.comments),
        "pull_request": {name: whole[name] for name in ("url", "html_url", "diff_url", "patch_url", "merged_at")},
    }


WRITE = "issues|pull_requests:write"
READ = "issues|pull_requests:read"
ROUTES: Routes = {
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": (READ, comments),
    "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": (WRITE, create_comment),
    "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": (WRITE, edit_comment),
    "POST /repos/{owner}/{repo}/issues/{issue_number}/labels": (WRITE, add_labels),
    "POST /repos/{owner}/{repo}/issues/{issue_number}/assignees": (WRITE, add_assignees),
}
