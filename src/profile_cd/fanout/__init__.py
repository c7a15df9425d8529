"""Who must deploy, and why."""

from __future__ import annotations

from profile_cd.fanout import projects, routes
from profile_cd.fanout.projects import Project
from profile_cd.fanout.routes import Route

__all__ = ["Project", "Route", "projects", "routes"]
