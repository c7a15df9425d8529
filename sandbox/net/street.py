"""HTTP servers on loopback: a site answers requests; a world of sites stands behind real host names.

A `Site` is one server of the outside world. `Street.listen(site)` gives it a plain address on
loopback. `Street.proxy()` is an HTTPS proxy that lets every client (ours, updatecli, a browser)
reach the sites under their real names: it ends TLS with a certificate of its own authority.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Self

from sandbox.net.messages import Exchange, Hook, Request, Response, Site
from sandbox.net.wire import Handler, Server

if TYPE_CHECKING:
    import ssl

    import trustme


class Street:
    """A row of sites under one log, one latency and one set of hooks. Use it as a context manager."""

    def __init__(self, sites: Mapping[str, Site] | None = None, *, latency: float = 0.0) -> None:
        """*sites* are found by host name behind the proxy; *latency* in seconds is one round trip: it is added
        to each answer and, behind the proxy, to each new connection.
        """
        self.sites: dict[str, Site] = dict(sites or {})
        self.latency = latency
        self.hooks: list[Hook] = []
        self.exchanges: list[Exchange] = []
        self._servers: list[Server] = []
        self._lock = threading.Lock()
        self._connections = 0
        self._authority: trustme.CA | None = None
        self._contexts: dict[str, ssl.SSLContext] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.ends = True
        for server in self._servers:
            server.shutdown()
            server.server_close()
        self._servers.clear()

    def listen(self, site: Site, port: int = 0) -> str:
        """Serve *site* on loopback and return its address, like `http://127.0.0.1:40123`."""
        return f"http://127.0.0.1:{self._serve(site, port)}"

    def proxy(self, port: int = 0) -> str:
        """Start the HTTPS proxy in front of `sites` and return its address."""
        return f"http://127.0.0.1:{self._serve(None, port)}"

    def authority_pem(self) -> bytes:
        """The certificate that clients of the proxy have to trust."""
        return self._ca().cert_pem.bytes()

    def connected(self) -> int:
        """Number a new connection."""
        with self._lock:
            self._connections += 1
            return self._connections

    @property
    def connections(self) -> int:
        """How many connections were opened so far."""
        return self._connections

    def tls_context(self, name: str) -> ssl.SSLContext:
        """A server's TLS context for *name*, by our own authority."""
        import ssl

        authority = self._ca()
        with self._lock:
            if name not in self._contexts:
                self._contexts[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                authority.issue_cert(name).configure_cert(self._contexts[name])
            return self._contexts[name]

    def answer(self, site: Site | None, request: Request, connection: int) -> Response:
        """Pass *request* through the hooks to its site, after the latency, and write it down."""
        if self.latency:
            time.sleep(self.latency)
        found = site or self.sites.get(request.host.partition(":")[0])

        def ask() -> Response:
            if found is None:
                return Response(502, {"Content-Type": "text/plain"}, b"no such host in the sandbox")
            return found.answer(request)

        call: Callable[[], Response] = ask
        for hook in list(self.hooks):
            call = _behind(hook, request, call)
        response = Response(0)
        try:
            response = call()
        finally:
            with self._lock:
                self.exchanges.append(Exchange(request, response, time.monotonic(), connection))
        return response

    def _ca(self) -> trustme.CA:
        import trustme

        with self._lock:
            if self._authority is None:
                self._authority = trustme.CA()
        return self._authority

    def _serve(self, site: Site | None, port: int) -> int:
        street = self

        class Here(Handler):
            pass

        Here.street, Here.site = street, site
        server = Server(("127.0.0.1", port), Here)
        self._servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return int(server.server_address[1])


def _behind(hook: Hook, request: Request, call: Callable[[], Response]) -> Callable[[], Response]:
    return lambda: hook(request, call)
