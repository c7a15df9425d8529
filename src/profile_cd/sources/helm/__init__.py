"""The index of a chart repository."""

from __future__ import annotations

from profile_cd.sources.helm.index import ChartIndex, NoIndex, pages, read

__all__ = ["ChartIndex", "NoIndex", "pages", "read"]
