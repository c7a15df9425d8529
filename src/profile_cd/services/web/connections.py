"""Connections that know the exchange they serve: its deadline, and whether it may reach private networks."""

from __future__ import annotations

import socket
import time
from ipaddress import IPv6Address, ip_address
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import allowed_gai_family, create_connection

from profile_cd.services.web.deadline import CURRENT, Exchange


class Inside(Exception):
    """A server sent us to an address inside a private network."""


class _Watched(HTTPConnection):
    """Reports its socket to the exchange at hand, whenever it is made or used again."""

    def _new_conn(self) -> socket.socket:
        """A socket to the first address that answers, within the time of the exchange.

        The base class gives every address of a name the whole time to connect, and a name may have any number.
        """
        exchange = CURRENT.get()
        if exchange is None:
            return super()._new_conn()
        trouble: OSError = OSError("no addresses")
        for address in self._addresses():
            _check(exchange, address, proxied=self.proxy is not None)
            left = exchange.until - time.monotonic()
            if left <= 0:
                break
            try:
                sock = create_connection(
                    (address, self.port), min(left, self.timeout or left), self.source_address, self.socket_options
                )
            except OSError as error:
                trouble = error
            else:
                exchange.use(sock)
                return sock
        if isinstance(trouble, TimeoutError):
            raise ConnectTimeoutError(self, f"{self.host} takes too long") from trouble
        raise NewConnectionError(self, f"{self.host} takes no connections: {trouble}") from trouble

    def _addresses(self) -> list[str]:
        try:
            found = socket.getaddrinfo(self._dns_host.strip("[]"), self.port, allowed_gai_family(), socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        return [str(each[4][0]) for each in found]

    def request(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  # as in the base class
        exchange = CURRENT.get()
        if exchange is not None and self.sock is not None:
            _check(exchange, str(self.sock.getpeername()[0]), proxied=self.proxy is not None)
            exchange.use(self.sock)
        super().request(*args, **options)

    def getresponse(self) -> Any:  # noqa: ANN401  # two base classes disagree
        # From here on the socket may belong to the answer alone: `Connection: close` takes it from the connection.
        exchange = CURRENT.get()
        if exchange is not None and self.sock is not None:
            exchange.use(self.sock)
        return super().getresponse()


class _WatchedTls(_Watched, HTTPSConnection):
    pass


class Pool(HTTPConnectionPool):
    """Connections in the clear."""

    ConnectionCls = _Watched


class TlsPool(HTTPSConnectionPool):
    """Connections over TLS."""

    ConnectionCls = _WatchedTls


def is_private(address: str) -> bool:
    """Whether *address*, a number, lies inside a machine or a private network (RFC 6890); False for a name."""
    try:
        found = ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return False
    inner = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return not (inner or found).is_global


def _check(exchange: Exchange, address: str, *, proxied: bool) -> None:
    """Raise Inside where *exchange* must not go. Behind a proxy it is the proxy that knows the address."""
    if proxied or not is_private(address):
        return
    exchange.private = True
    if exchange.public:
        raise Inside
