"""A lane's proposal: title and commit message, and the digest by which a later run sees that it says the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from profile_cd.model import Lane, Snapshot
from profile_cd.proposal.contents import Contents, Proposal
from profile_cd.proposal.patches import NEAR, hunks
from profile_cd.proposal.title import message_of, review_title_of, title_of

BRANCHES: Mapping[Lane, str] = {"merge": "update", "review": "review"}


def propose(contents: Contents, files: Mapping[str, bytes], base: Snapshot) -> Proposal:
    """The proposal of one lane. *files* are the planned bytes by path, made on *base*."""
    subject = title_of(contents.changes)
    title = review_title_of(contents.changes) if contents.lane == "review" else subject
    said = replace(contents, says=digest(contents, files, base))
    return Proposal(said, title, message_of(subject, contents.changes, contents.origin.run_url), files)


def digest(contents: Contents, files: Mapping[str, bytes], base: Snapshot) -> str:
    """What is proposed, in 16 hexadecimal digits: the changes, and the lines that they replace with those beside.

    The base's commit is no part of it, nor is the rest of a file: where somebody pushed elsewhere, an open proposal
    still says the same and still merges.
    """
    hashed = hashlib.sha256(
        repr((contents.lane, contents.names, title_of(contents.changes))).encode("utf-8", "replace")
    )
    for path, data in sorted(files.items()):
        changed = repr((path, hunks(base.files[path].data, data, NEAR)))
        hashed.update(hashlib.sha256(changed.encode("utf-8", "replace")).digest())
    return hashed.hexdigest()[:16]
