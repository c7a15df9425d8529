"""One lane's pull request as text."""

from __future__ import annotations

from profile_cd.proposal.text import BRANCHES, MARK, Links, Proposal, pages, propose, title_of, told

__all__ = ["BRANCHES", "MARK", "Links", "Proposal", "pages", "propose", "title_of", "told"]
