"""A lane's proposal: title and commit message, and the digest by which a later run sees that it says the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from profile_cd.model import Lane, Snapshot
from profile_cd.proposal.contents import Contents, Proposal
from profile_cd.proposal.title import message_of, title_of

BRANCHES: Mapping[Lane, str] = {"merge": "update", "review": "review"}


def propose(contents: Contents, files: Mapping[str, bytes], base: Snapshot) -> Proposal:
    """The proposal of one lane. *files* are the planned bytes by path, made on *base*."""
    title = title_of(contents.changes)
    said = replace(contents, says=digest(contents, files, base))
    return Proposal(said, title, message_of(title, contents.changes, contents.origin.run_url), files)


def digest(contents: Contents, files: Mapping[str, bytes], base: Snapshot) -> str:
    """What is proposed, in 16 hexadecimal digits: the changes, and each file before and after.

    The base's commit is no part of it: where somebody pushed to other files, an open proposal still says the same.
    """
    hashed = hashlib.sha256(
        repr((contents.lane, contents.names, title_of(contents.changes))).encode("utf-8", "replace")
    )
    for path, data in sorted(files.items()):
        for part in (path.encode("utf-8", "replace"), base.files[path].data, data):
            hashed.update(hashlib.sha256(part).digest())
    return hashed.hexdigest()[:16]
