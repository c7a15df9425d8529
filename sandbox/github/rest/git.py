"""The Git database over REST: refs, trees, blobs and commits."""

from __future__ import annotations

import base64
import re
from typing import Any

from sandbox.github import rules
from sandbox.github.calls import Call, Routes
from sandbox.github.git import Entry, GitFailed
from sandbox.github.people import Person
from sandbox.github.refusals import Refused
from sandbox.github.rest import shapes_git
from sandbox.net import Response

MALFORMED = ("", ".", "..", ".git")
OID = re.compile(r"[0-9a-f]{40}")


def get_ref(call: Call) -> Response:
    """One ref, by its full name without `refs/`."""
    name = f"refs/{call.parts['ref']}"
    oid = call.repository.git.ref(name)
    if not oid:
        raise Refused(404, "Not Found")
    return Response.of_json(shapes_git.ref(call, name, oid))


def create_ref(call: Call) -> Response:
    """A new branch or tag."""
    body, git = call.body(), call.repository.git
    name, oid = str(body.get("ref", "")), str(body.get("sha", ""))
    if not name.startswith("refs/") or name.count("/") < 2:
        raise Refused(422, "Reference name must start with 'refs/' and contain at least two slashes.")
    if git.tried("check-ref-format", name).returncode:
        raise Refused(422, f"{name} is not a valid ref name.")
    if git.ref(name):
        raise Refused(422, "Reference already exists")
    _must_exist(call, oid)
    _point(call, name, oid)
    return Response.of_json(shapes_git.ref(call, name, oid), 201, {"Location": f"{call.root}/git/{name}"})


def update_ref(call: Call) -> Response:
    """Move a branch; only forward, unless by force."""
    body, git = call.body(), call.repository.git
    name, oid = f"refs/{call.parts['ref']}", str(body.get("sha", ""))
    now = git.ref(name)
    if not now:
        raise Refused(422, "Reference does not exist")
    _must_exist(call, oid)
    if not body.get("force", False) and not git.is_ancestor(now, oid):
        raise Refused(422, "Update is not a fast forward")
    rules.refuse_push(call.repository, name, oid)
    _point(call, name, oid)
    return Response.of_json(shapes_git.ref(call, name, oid))


def delete_ref(call: Call) -> Response:
    """Remove a branch or tag."""
    name = f"refs/{call.parts['ref']}"
    if not call.repository.git.ref(name):
        raise Refused(422, "Reference does not exist")
    call.repository.point(name, "", call.token.person)
    return Response(204)


def get_tree(call: Call) -> Response:
    """A tree, by itself or with everything below it."""
    git = call.repository.git
    oid = git.resolve(call.parts["tree_sha"], "tree")
    if not oid:
        raise Refused(404, "Not Found")
    return Response.of_json(_tree(call, oid, recursive=bool(call.request.first("recursive"))))


def create_tree(call: Call) -> Response:
    """A tree from another and a list of changes."""
    body = call.body()
    base = str(body.get("base_tree") or "")
    if base and not call.repository.git.resolve(base, "tree"):
        raise Refused(422, "base_tree is not a valid tree oid")
    items = body.get("tree")
    if not isinstance(items, list) or not items:
        raise Refused(422, "Invalid tree info")
    lines = [_line(call, item) for item in items]
    try:
        oid = call.repository.git.write_tree(base, lines)
    except GitFailed as error:
        raise Refused(422, "GitRPC::BadObjectState") from error
    return Response.of_json(_tree(call, oid, recursive=False), 201)


def get_blob(call: Call) -> Response:
    """A file by its object name."""
    found = call.repository.git.object(call.parts["file_sha"])
    if found is None or found.kind != "blob":
        raise Refused(404, "Not Found")
    content = base64.encodebytes(found.data).decode()
    value = {"content": content, "encoding": "base64", "size": len(found.data)}
    return Response.of_json({**_blob(call, found.oid), **value})


def get_commit(call: Call) -> Response:
    """A commit by its object name."""
    found = call.repository.git.object(call.parts["commit_sha"])
    if found is None or found.kind != "commit":
        raise Refused(404, "Not Found")
    return Response.of_json(shapes_git.git_commit(call, found))


def create_commit(call: Call) -> Response:
    """A commit; without an author it is the token's, and GitHub signs it for Apps and Actions."""
    body, repository = call.body(), call.repository
    tree, parents = str(body.get("tree", "")), [str(each) for each in body.get("parents") or []]
    known = repository.git.objects([tree, *parents])
    if tree not in known or known[tree].kind != "tree":
        raise Refused(422, "Tree SHA does not exist")
    if any(each not in known or known[each].kind != "commit" for each in parents):
        raise Refused(422, "Parent SHA does not exist or is not a commit object")
    own = (call.token.person, repository.now())
    author = _given(body.get("author"), own)
    committer = _given(body.get("committer"), author)
    oid = repository.git.write_commit(tree, parents, str(body.get("message", "")), author, committer)
    if call.token.kind in ("actions", "app") and not body.get("author") and not body.get("committer"):
        repository.verified.add(oid)
    return Response.of_json(shapes_git.git_commit(call, repository.git.commit(oid)), 201)


def _given(value: Any, own: tuple[Person, str]) -> tuple[Person, str]:
    if not isinstance(value, dict):
        return own
    return Person(str(value.get("name")), str(value.get("email"))), str(value.get("date") or own[1])


def _point(call: Call, name: str, oid: str) -> None:
    try:
        call.repository.point(name, oid, call.token.person)
    except GitFailed as error:
        raise Refused(422, "Reference cannot be updated") from error


def _must_exist(call: Call, oid: str) -> None:
    if not OID.fullmatch(oid):
        raise Refused(422, "The sha parameter must be exactly 40 characters and contain only [0-9a-f].")
    if call.repository.git.object(oid) is None:
        raise Refused(422, "Object does not exist")


def _line(call: Call, item: Any) -> tuple[str, str, str]:
    mode, path = str(item.get("mode", "100644")), str(item.get("path", ""))
    if any(part in MALFORMED for part in path.split("/")):
        raise Refused(422, "tree.path contains a malformed path component")
    if "content" in item:
        return mode, call.repository.git.write_blob(str(item["content"]).encode("utf-8", "surrogatepass")), path
    if item.get("sha") is None:
        return "0", "0" * 40, path
    oid = str(item["sha"])
    if call.repository.git.object(oid) is None:
        raise Refused(422, f"tree.sha {oid} is not a valid {item.get('type', 'blob')}")
    return mode, oid, path


def _tree(call: Call, oid: str, *, recursive: bool) -> dict[str, Any]:
    git = call.repository.git
    below = git.walk(oid) if recursive else ((entry.name, entry) for entry in git.objects([oid])[oid].entries)
    items = [_item(call, path, entry) for path, entry in below]
    most = call.repository.settings.most_tree_entries
    address = f"{call.root}/git/trees/{oid}"
    return {"sha": oid, "url": address, "tree": items[:most], "truncated": len(items) > most}


def _item(call: Call, path: str, entry: Entry) -> dict[str, Any]:
    url = f"{call.root}/git/{entry.kind}s/{entry.oid}"
    item = {"path": path, "mode": entry.mode, "type": entry.kind, "sha": entry.oid, "url": url}
    found = call.repository.git.object(entry.oid)
    return {**item, "size": len(found.data)} if found and entry.kind == "blob" else item


def _blob(call: Call, oid: str) -> dict[str, Any]:
    return {"sha": oid, "node_id": f"B_{oid}", "url": f"{call.root}/git/blobs/{oid}"}


ROUTES: Routes = {
    "GET /repos/{owner}/{repo}/git/ref/{ref}": ("contents:read", get_ref),
    "POST /repos/{owner}/{repo}/git/refs": ("contents:write", create_ref),
    "PATCH /repos/{owner}/{repo}/git/refs/{ref}": ("contents:write", update_ref),
    "DELETE /repos/{owner}/{repo}/git/refs/{ref}": ("contents:write", delete_ref),
    "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": ("contents:read", get_tree),
    "POST /repos/{owner}/{repo}/git/trees": ("contents:write", create_tree),
    "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": ("contents:read", get_blob),
    "GET /repos/{owner}/{repo}/git/commits/{commit_sha}": ("contents:read", get_commit),
    "POST /repos/{owner}/{repo}/git/commits": ("contents:write", create_commit),
}
