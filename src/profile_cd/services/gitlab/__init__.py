"""GitLab: pipelines that are started and followed."""

from __future__ import annotations

from profile_cd.services.gitlab.pace import Pace
from profile_cd.services.gitlab.pipelines import ENDS, Pipelines
from profile_cd.services.gitlab.reading import Pipeline

__all__ = ["ENDS", "Pace", "Pipeline", "Pipelines"]
