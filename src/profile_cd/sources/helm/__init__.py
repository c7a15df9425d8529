"""The index of a chart repository."""

from __future__ import annotations

from profile_cd.sources.helm.index import ChartIndex, NoIndex, TooCostly, created, pages, read
from profile_cd.sources.helm.repository import Address, charts, fetch

__all__ = ["Address", "ChartIndex", "NoIndex", "TooCostly", "charts", "created", "fetch", "pages", "read"]
