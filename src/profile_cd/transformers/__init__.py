"""The version that was picked → the value that is written."""

from __future__ import annotations

from profile_cd.transformers.applying import ORDER, apply, check, read

__all__ = ["ORDER", "apply", "check", "read"]
