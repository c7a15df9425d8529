"""Commits, refs and trees as GitHub's REST interface describes them."""

from __future__ import annotations

from sandbox.github.calls import Call
from sandbox.github.git import GitObject, Signature
from sandbox.github.rest.shapes import Json, node, user


def verification(call: Call, oid: str) -> Json:
    """Whether GitHub signed the commit."""
    signed = oid in call.repository.verified
    return {
        "verified": signed,
        "reason": "valid" if signed else "unsigned",
        "signature": "-----BEGIN PGP SIGNATURE-----" if signed else None,
        "payload": "tree" if signed else None,
        "verified_at": call.repository.created_at if signed else None,
    }


def git_commit(call: Call, commit: GitObject) -> Json:
    """A commit of the Git database."""
    return {
        "sha": commit.oid,
        "node_id": node("C", call, commit.oid),
        "url": f"{call.root}/git/commits/{commit.oid}",
        "html_url": f"{call.page}/commit/{commit.oid}",
        "author": signature(commit.signature("author")),
        "committer": signature(commit.signature("committer")),
        "message": commit.message,
        "tree": {"sha": commit.tree, "url": f"{call.root}/git/trees/{commit.tree}"},
        "parents": [
            {"sha": oid, "url": f"{call.root}/git/commits/{oid}", "html_url": f"{call.page}/commit/{oid}"}
            for oid in commit.parents
        ],
        "verification": verification(call, commit.oid),
    }


def commit(call: Call, found: GitObject) -> Json:
    """A commit of the repository."""
    url = f"{call.root}/commits/{found.oid}"
    author, committer = found.signature("author"), found.signature("committer")
    return {
        "sha": found.oid,
        "node_id": node("C", call, found.oid),
        "url": url,
        "html_url": f"{call.page}/commit/{found.oid}",
        "comments_url": f"{url}/comments",
        "commit": {
            "url": f"{call.root}/git/commits/{found.oid}",
            "author": signature(author),
            "committer": signature(committer),
            "message": found.message,
            "comment_count": 0,
            "tree": {"sha": found.tree, "url": f"{call.root}/git/trees/{found.tree}"},
            "verification": verification(call, found.oid),
        },
        "author": account(call, author),
        "committer": account(call, committer),
        "parents": [
            {"sha": oid, "url": f"{call.root}/commits/{oid}", "html_url": f"{call.page}/commit/{oid}"}
            for oid in found.parents
        ],
    }


def account(call: Call, signature: Signature) -> Json | None:
    """The account behind an address; None where GitHub knows none."""
    found = call.state.account(signature.name, signature.email)
    return user(call, found) if found else None


def signature(signature: Signature) -> Json:
    """Who and when."""
    return {"name": signature.name, "email": signature.email, "date": signature.date}


def ref(call: Call, name: str, oid: str) -> Json:
    """A full ref *name* and what it points to."""
    found = call.repository.git.object(oid)
    kind = found.kind if found else "commit"
    return {
        "ref": name,
        "node_id": node("REF", call, name),
        "url": f"{call.root}/git/{name}",
        "object": {"type": kind, "sha": oid, "url": f"{call.root}/git/{kind}s/{oid}"},
    }
