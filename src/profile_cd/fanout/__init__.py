"""Who must deploy, and why."""

from __future__ import annotations

from profile_cd.fanout.globs import BadPattern, Paths
from profile_cd.fanout.ledger import TASK, Deployment, Standing, standing
from profile_cd.fanout.limits import in_matrix, in_one_step
from profile_cd.fanout.projects import Project
from profile_cd.fanout.reading import Fault, Reading, entries, entry, read, unmatched
from profile_cd.fanout.routes import Head, Route, matrix, routes
from profile_cd.fanout.trace import MARK, Traced, comment

__all__ = [
    "MARK",
    "TASK",
    "BadPattern",
    "Deployment",
    "Fault",
    "Head",
    "Paths",
    "Project",
    "Reading",
    "Route",
    "Standing",
    "Traced",
    "comment",
    "entries",
    "entry",
    "in_matrix",
    "in_one_step",
    "matrix",
    "read",
    "routes",
    "standing",
    "unmatched",
]
