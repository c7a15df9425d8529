"""One lane's pull request as text."""

from __future__ import annotations

from profile_cd.proposal import marks
from profile_cd.proposal.body import body_of, not_done, pages
from profile_cd.proposal.contents import Contents, Links, Origin, Proposal
from profile_cd.proposal.proposing import BRANCHES, propose
from profile_cd.proposal.title import title_of

__all__ = [
    "BRANCHES",
    "Contents",
    "Links",
    "Origin",
    "Proposal",
    "body_of",
    "marks",
    "not_done",
    "pages",
    "propose",
    "title_of",
]
