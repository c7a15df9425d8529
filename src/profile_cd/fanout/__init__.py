"""Who must deploy, and why."""

from __future__ import annotations

from profile_cd.fanout.globs import BadPattern, Paths
from profile_cd.fanout.ledger import TASK, Deployment, Standing, standing
from profile_cd.fanout.limits import too_much
from profile_cd.fanout.projects import Project
from profile_cd.fanout.reading import Fault, entries, entry, read, unmatched
from profile_cd.fanout.routes import Head, Route, Tree, matrix, routes
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
    "Route",
    "Standing",
    "Traced",
    "Tree",
    "comment",
    "entries",
    "entry",
    "matrix",
    "read",
    "routes",
    "standing",
    "too_much",
    "unmatched",
]
