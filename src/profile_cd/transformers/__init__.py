"""The version that was picked → the value that is written, and back from a value to the versions behind it."""

from __future__ import annotations

from profile_cd.transformers.applying import apply
from profile_cd.transformers.reading import check, read
from profile_cd.transformers.shape import ORDER
from profile_cd.transformers.undoing import cuts_and_adds, origins

__all__ = ["ORDER", "apply", "check", "cuts_and_adds", "origins", "read"]
