"""The web as sources see it."""

from __future__ import annotations

from profile_cd.services.web.cache import SMALLEST, DirectoryCache, NoCache, of_user
from profile_cd.services.web.client import HttpWeb
from profile_cd.services.web.git_refs import advertised
from profile_cd.services.web.session import session
from profile_cd.services.web.transport import Limits

__all__ = [
    "SMALLEST",
    "DirectoryCache",
    "HttpWeb",
    "Limits",
    "NoCache",
    "advertised",
    "of_user",
    "session",
]
