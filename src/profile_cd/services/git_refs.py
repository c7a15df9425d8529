"""The references of a Git repository over smart HTTP, by dulwich: the image has no git."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import urllib3
from dulwich.client import HttpGitClient, default_urllib3_manager
from dulwich.errors import GitProtocolError, HangupException, NotGitRepository

from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.model import Login


def git_refs(url: str, login: Login | None, *, timeout: float) -> Mapping[str, str]:
    """Reference name → object name, as `git ls-remote`; `tag^{}` names what an annotated tag points to.

    Raises Unreachable where nobody answers in *timeout* seconds, SourceFailed where there is no repository.
    """
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    base = f"{parts.scheme}://{host}"
    user, password = (login.user or "x-access-token", login.password.reveal()) if login else (None, None)
    try:
        client = HttpGitClient(base, username=user, password=password, pool_manager=_pool(timeout))
        refs = client.get_refs(parts.path.encode("utf-8")).refs
    except NotGitRepository as error:
        raise SourceFailed(
            f"{host} has no Git repository at `{parts.path}`.",
            probably="It may be private.",
            now="Check the address, or give the source a `token`.",
        ) from error
    except (GitProtocolError, HangupException, urllib3.exceptions.HTTPError, OSError) as error:
        raise Unreachable(
            f"{host} does not answer as a Git server ({type(error).__name__}).",
            host=host,
            now="The next run asks again.",
        ) from error
    return {name.decode("utf-8", "replace"): sha.decode("ascii") for name, sha in refs.items() if sha}


def _pool(timeout: float) -> urllib3.PoolManager:
    """Dulwich's own pool, which knows the machine's proxy and certificates, with our time-outs."""
    made = default_urllib3_manager(None)
    made.connection_pool_kw["timeout"] = urllib3.Timeout(connect=5.0, read=timeout)
    if not isinstance(made, urllib3.PoolManager):
        raise TypeError("dulwich made no pool")
    return made
