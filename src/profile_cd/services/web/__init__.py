"""The web as sources see it."""

from __future__ import annotations

from profile_cd.services.web.broken import UNTRUSTED, Broken
from profile_cd.services.web.budget import MEGABYTE, Allowance, Size
from profile_cd.services.web.cache import SMALLEST, DirectoryCache, NoCache, of_user
from profile_cd.services.web.client import HttpWeb
from profile_cd.services.web.debug import DebugLog
from profile_cd.services.web.git_refs import advertised
from profile_cd.services.web.transport import REDIRECTS, Asked, Debug, Limits, Question, Transport

__all__ = [
    "MEGABYTE",
    "REDIRECTS",
    "SMALLEST",
    "UNTRUSTED",
    "Allowance",
    "Asked",
    "Broken",
    "Debug",
    "DebugLog",
    "DirectoryCache",
    "HttpWeb",
    "Limits",
    "NoCache",
    "Question",
    "Size",
    "Transport",
    "advertised",
    "of_user",
]
