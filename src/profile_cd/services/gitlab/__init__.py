"""GitLab: pipelines that are started and followed."""

from __future__ import annotations

from profile_cd.services.gitlab.pace import Pace
from profile_cd.services.gitlab.pipelines import ENDS, Pipeline, Pipelines

__all__ = ["ENDS", "Pace", "Pipeline", "Pipelines"]
