"""The street's side of HTTP/1.1: one connection, plain or inside a tunnel, request by request."""

from __future__ import annotations

import socket
import ssl
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from sandbox.net.messages import Request, Reset, Response, Site

PIECES = 50


class Host(Protocol):
    """What a connection needs of the street that it belongs to. *latency* is in seconds."""

    latency: float

    def connected(self) -> int:
        """Count a new connection, and return its number."""
        ...

    def tls_context(self, name: str) -> ssl.SSLContext:
        """What serves TLS for the host *name*."""
        ...

    def answer(self, site: Site | None, request: Request, connection: int) -> Response:
        """Answer one request of the connection of this number; without a *site*, as the host that it names."""
        ...


class Server(ThreadingHTTPServer):
    """Threads that end with the process, and silence about clients that hang up."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    ends = False
    """Set as soon as the world ends: what is still being answered may find its folder gone."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet about a client that hung up, and at the end; anything else is a mistake of a site."""
        if not (self.ends or isinstance(sys.exception(), OSError)):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One connection. *site* None means: find it by name, behind the proxy."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    street: Host
    site: Site | None
    scheme = "http"
    tunnel = ""

    def setup(self) -> None:
        super().setup()
        self.connection_number = self.street.connected()

    def finish(self) -> None:
        with suppress(OSError, ValueError):
            super().finish()
        if self.connection is not self.request:
            self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Say nothing: the street keeps the log."""

    def do_CONNECT(self) -> None:
        host = self.path.partition(":")[0]
        time.sleep(self.street.latency)
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

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _serve_one  # noqa: N815  # http.server wants these

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
        # Behind a proxy urllib3 leaves Nagle's algorithm on: the body comes when the headers are acknowledged, which
        # the kernel would put off for 40 ms.
        if hasattr(socket, "TCP_QUICKACK"):
            with suppress(OSError):
                self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
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
            self._send_body(response)
        self.wfile.flush()

    def _send_body(self, response: Response) -> None:
        if int(response.headers.get("Content-Length", len(response.body))) > len(response.body):
            self.close_connection = True
        if not response.trickle:
            self.wfile.write(response.body)
            return
        size = max(1, len(response.body) // PIECES)
        for start in range(0, len(response.body), size):
            self.wfile.write(response.body[start : start + size])
            self.wfile.flush()
            time.sleep(response.trickle / PIECES)
