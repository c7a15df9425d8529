"""Connections that know whom to trust: the machine's own certificates, read once and not for every connection."""

from __future__ import annotations

import os
import ssl
from functools import cache
from typing import Any

import certifi
from requests.adapters import HTTPAdapter
from urllib3.util import create_urllib3_context

from profile_cd.errors import CannotStart
from profile_cd.services.web.connections import Pool, TlsPool

POOLS = {"http": Pool, "https": TlsPool}

CERTIFICATES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
"""The variables that name other certificates than the usual ones, the first one set wins."""


class Adapter(HTTPAdapter):
    """Makes the pools of connections, plain and behind a proxy, with one TLS context for all."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # as in the base class
        super().init_poolmanager(*args, ssl_context=_tls(_bundle()), **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:  # noqa: ANN401  # as in the base class
        context = self.poolmanager.connection_pool_kw["ssl_context"]
        manager = super().proxy_manager_for(proxy, ssl_context=context, **kwargs)
        manager.pool_classes_by_scheme = POOLS
        return manager

    def build_connection_pool_key_attributes(self, request: Any, _verify: Any, cert: Any = None) -> Any:  # noqa: ANN401
        return super().build_connection_pool_key_attributes(request, True, cert)

    def cert_verify(self, conn: Any, _url: str, _verify: Any, _cert: Any) -> None:  # noqa: ANN401
        conn.cert_reqs = "CERT_REQUIRED"


def _bundle() -> str:
    return next((os.environ[name] for name in CERTIFICATES if os.environ.get(name)), certifi.where())


# Reading the usual 140 authorities takes some 30 ms of CPU, and requests does it for every pool, that is for every
# host: one context for all. An `ssl.SSLContext` may be shared between threads once it is set up (Python's ssl module).
@cache
def _tls(bundle: str) -> ssl.SSLContext:
    context = create_urllib3_context()
    try:
        if os.path.isdir(bundle):  # noqa: PTH112  # OpenSSL takes text
            context.load_verify_locations(capath=bundle)
        else:
            context.load_verify_locations(cafile=bundle)
    except OSError as error:
        raise CannotStart(
            f"The certificates in {bundle} cannot be read ({type(error).__name__}).",
            now=f"Correct or remove {' and '.join(name for name in CERTIFICATES if name in os.environ)}.",
        ) from error
    return context
