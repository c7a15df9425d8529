"""Releases and tags over REST."""

from __future__ import annotations

from sandbox.github.calls import Call, Routes, paged
from sandbox.github.people import Person
from sandbox.github.pulls import Release
from sandbox.github.refusals import Refused
from sandbox.github.rest.shapes import Json, node, user
from sandbox.net import Response

MOST = 10_000
"""GitHub lists no more releases than this."""


def releases(call: Call) -> Response:
    """The releases, last created first; drafts only for those who may write."""
    found = [each for each in call.repository.releases if not each.draft or call.token.may("contents:write")]
    found.sort(key=lambda each: (each.at, each.id), reverse=True)
    return paged(call, [_release(call, each) for each in found[:MOST]])


def latest(call: Call) -> Response:
    """The latest release that is neither draft nor prerelease."""
    found = call.repository.latest_release()
    if not found:
        raise Refused(404, "Not Found")
    return Response.of_json(_release(call, found))


def by_tag(call: Call) -> Response:
    """The release of a tag."""
    found = [each for each in call.repository.releases if each.tag == call.parts["tag"] and not each.draft]
    if not found:
        raise Refused(404, "Not Found")
    return Response.of_json(_release(call, found[0]))


def tags(call: Call) -> Response:
    """The tags, by name from the last to the first."""
    git = call.repository.git
    lines = git("for-each-ref", "--format=%(refname:strip=2) %(objectname) %(*objectname)", "refs/tags").splitlines()
    found = sorted((line.split() for line in lines), reverse=True)
    return paged(call, [_tag(call, name, oids[-1]) for name, *oids in found])


def _tag(call: Call, name: str, oid: str) -> Json:
    return {
        "name": name,
        "node_id": node("REF", call, name),
        "commit": {"sha": oid, "url": f"{call.root}/commits/{oid}"},
        "zipball_url": f"{call.root}/zipball/refs/tags/{name}",
        "tarball_url": f"{call.root}/tarball/refs/tags/{name}",
    }


def _release(call: Call, found: Release) -> Json:
    url = f"{call.root}/releases/{found.id}"
    return {
        "url": url,
        "assets_url": f"{url}/assets",
        "upload_url": f"{url}/assets{{?name,label}}",
        "html_url": f"{call.page}/releases/tag/{found.tag}",
        "id": found.id,
        "node_id": node("RE", call, found.id),
        "author": user(call, Person("ada", "", "ada")),
        "tag_name": found.tag,
        "target_commitish": call.repository.default_branch,
        "name": found.name,
        "body": found.body,
        "draft": found.draft,
        "prerelease": found.prerelease,
        "created_at": found.at,
        "published_at": None if found.draft else found.at,
        "tarball_url": f"{call.root}/tarball/{found.tag}",
        "zipball_url": f"{call.root}/zipball/{found.tag}",
        "assets": [],
    }


ROUTES: Routes = {
    "GET /repos/{owner}/{repo}/releases": ("contents:read", releases),
    "GET /repos/{owner}/{repo}/releases/latest": ("contents:read", latest),
    "GET /repos/{owner}/{repo}/releases/tags/{tag}": ("contents:read", by_tag),
    "GET /repos/{owner}/{repo}/tags": ("contents:read", tags),
}
