"""Who must deploy, and why."""

from __future__ import annotations

from profile_cd.fanout.globs import BadPattern, Paths
from profile_cd.fanout.ledger import TASK, Deployment, Standing, standing
from profile_cd.fanout.limits import in_matrix, in_one_step
from profile_cd.fanout.projects import Project
from profile_cd.fanout.reading import Fault, entries, entry, read, unmatched
from profile_cd.fanout.routes import Head, Route, matrix, routes
from profile_cd.fanout.trace import MARK, Traced, comment
from profile_cd.fanout.trees import Entry, Listing, differing, listings, tree, unlisted

__all__ = [
    "MARK",
    "TASK",
    "BadPattern",
    "Deployment",
    "Entry",
    "Fault",
    "Head",
    "Listing",
    "Paths",
    "Project",
    "Route",
    "Standing",
    "Traced",
    "comment",
    "differing",
    "entries",
    "entry",
    "in_matrix",
    "in_one_step",
    "listings",
    "matrix",
    "read",
    "routes",
    "standing",
    "tree",
    "unlisted",
    "unmatched",
]
