"""HTTP servers on loopback: a site answers requests; a world of sites stands behind real host names.

A `Site` is one server of the outside world. `Street.listen(site)` gives it a plain address on
loopback. `Street.proxy()` is an HTTPS proxy that lets every client (ours, updatecli, a browser)
reach the sites under their real names: it ends TLS with a certificate of its own authority.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    import ssl

    import trustme


@dataclass(frozen=True)
class Request:
    """One request as it arrived. Header names are lower case; *path* has no query and is not unquoted."""

    method: str
    scheme: str
    host: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    target: str = ""

    def json(self) -> object:
        """The body as JSON; None where it is empty."""
        return json.loads(self.body) if self.body else None

    def first(self, name: str, default: str = "") -> str:
        """The first value of a query field."""
        return self.query.get(name, [default])[0]

    @property
    def origin(self) -> str:
        """`scheme://host[:port]`, as the client named it."""
        return f"{self.scheme}://{self.host}"


@dataclass(frozen=True)
class Response:
    """One answer. A `Fault` among the hooks may still spoil it on its way."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def of_json(cls, value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
        """An answer in JSON."""
        return cls(
            status,
            {"Content-Type": "application/json; charset=utf-8", **(headers or {})},
            json.dumps(value).encode(),
        )


class Site(Protocol):
    """One server of the outside world. It is called from many threads."""

    def answer(self, request: Request) -> Response:
        """Answer *request*."""
        ...


class Reset(Exception):  # noqa: N818  # not a mistake: the connection is to be cut
    """Raised by a hook: cut the connection without an answer."""


@dataclass
class Exchange:
    """One request with its answer, for counting and for checks against a schema."""

    request: Request
    response: Response
    at: float
    connection: int


Hook = Callable[[Request, Callable[[], Response]], Response]
"""Stands between client and site: may answer itself, call the site, spoil its answer or raise Reset."""


class Street:
    """A row of sites under one log, one latency and one set of hooks. Use it as a context manager."""

    def __init__(self, sites: Mapping[str, Site] | None = None, *, latency: float = 0.0) -> None:
        """*sites* are found by host name behind the proxy; *latency* in seconds is added to each answer."""
        self.sites: dict[str, Site] = dict(sites or {})
        self.latency = latency
        self.hooks: list[Hook] = []
        self.exchanges: list[Exchange] = []
        self._servers: list[ThreadingHTTPServer] = []
        self._lock = threading.Lock()
        self._connections = 0
        self._authority: trustme.CA | None = None

    def __enter__(self) -> Street:
        return self

    def __exit__(self, *_: object) -> None:
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

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca().issue_cert(name).configure_cert(context)
        return context

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
        response = call()
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

        class Handler(_Handler):
            pass

        Handler.street, Handler.site = street, site
        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        server.daemon_threads = True
        server.block_on_close = False
        self._servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return int(server.server_address[1])


def _behind(hook: Hook, request: Request, call: Callable[[], Response]) -> Callable[[], Response]:
    return lambda: hook(request, call)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    street: Street
    site: Site | None
    scheme = "http"
    tunnel = ""

    def setup(self) -> None:
        super().setup()
        self.connection_number = self.street.connected()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Say nothing: the street keeps the log."""

    def do_CONNECT(self) -> None:
        host = self.path.partition(":")[0]
        self.send_response(200)
        self.end_headers()
        self.wfile.flush()
        self.connection = self.street.tls_context(host).wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = self.connection.makefile("wb", -1)
        self.scheme, self.tunnel = "https", self.path.removesuffix(":443")
        self.close_connection = False

    def _serve_one(self) -> None:
        request = self._request()
        try:
            response = self.street.answer(self.site, request, self.connection_number)
        except Reset:
            self.close_connection = True
            self.connection.close()
            return
        self._send(request, response)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _serve_one

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(
            method=self.command,
            scheme=self.scheme if not parts.scheme else parts.scheme,
            host=self.tunnel or parts.netloc or headers.get("host", ""),
            path=parts.path,
            query=parse_qs(parts.query, keep_blank_values=True),
            headers=headers,
            body=self._body(headers),
            target=self.path,
        )

    def _body(self, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            parts = []
            while size := int(self.rfile.readline().split(b";")[0], 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        return self.rfile.read(int(headers.get("content-length") or 0))

    def _send(self, request: Request, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status not in (204, 304) and "Content-Length" not in response.headers:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if request.method != "HEAD" and response.status not in (204, 304):
            self.wfile.write(response.body)
        self.wfile.flush()
