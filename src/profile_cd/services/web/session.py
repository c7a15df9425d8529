"""Connections that carry nothing of the machine but its proxy and its certificates."""

from __future__ import annotations

from http.cookiejar import DefaultCookiePolicy

import requests

from profile_cd.services.web.tls import Adapter


class _Session(requests.Session):
    """Looks at no redirect: requests would read the whole body of one first, however long that takes."""

    def get_redirect_target(self, _response: requests.Response) -> None:
        return None


def session(connections: int) -> requests.Session:
    """A session that keeps *connections* open for each host; it reads no .netrc and keeps no cookies."""
    made = _Session()
    # Requests reads ~/.netrc wherever a session has no `auth`; a callable that adds nothing keeps it out.
    made.auth = _no_netrc
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    adapter = Adapter(pool_connections=32, pool_maxsize=connections, max_retries=0)
    made.mount("https://", adapter)
    made.mount("http://", adapter)
    return made


def _no_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
