"""One lane's pull request as text, and what of it is on GitHub already."""

from __future__ import annotations

from profile_cd.proposal import marks, not_done
from profile_cd.proposal.body import body_of, job, written
from profile_cd.proposal.contents import Contents, Links, Origin, Proposal
from profile_cd.proposal.found import Found, Proposed, PullRequest, Ref
from profile_cd.proposal.ours import Place, Standing, held, lane_of, left_behind, place, standing
from profile_cd.proposal.patches import brings_only
from profile_cd.proposal.proposing import BRANCHES, propose
from profile_cd.proposal.title import title_of
from profile_cd.proposal.upgrades import Upgrade, ends, upgrades

__all__ = [
    "BRANCHES",
    "Contents",
    "Found",
    "Links",
    "Origin",
    "Place",
    "Proposal",
    "Proposed",
    "PullRequest",
    "Ref",
    "Standing",
    "Upgrade",
    "body_of",
    "brings_only",
    "ends",
    "held",
    "job",
    "lane_of",
    "left_behind",
    "marks",
    "not_done",
    "place",
    "propose",
    "standing",
    "title_of",
    "upgrades",
    "written",
]
