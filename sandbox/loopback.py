"""A guard for a process: it connects to nobody but this machine."""

from __future__ import annotations

import ipaddress
import sys

CONNECTS = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
"""Audit events (PEP 578) that name an address, and which of their arguments it is."""
LOOKS_UP = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0}
"""Audit events that name a host."""


class NotLoopback(BaseException):
    """Somebody wanted to talk to another machine. No OSError, so that nobody takes it for a server that is down."""


def guard() -> None:
    """Refuse, from now on and for ever, whatever leaves this machine; sockets that are files stay allowed."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in CONNECTS:
        address = arguments[CONNECTS[event]]
        host = address[0] if isinstance(address, tuple) and address else None
    elif event in LOOKS_UP:
        host = arguments[LOOKS_UP[event]]
    else:
        return
    if isinstance(host, str) and not _is_here(host):
        raise NotLoopback(f"{event}: {host} is not this machine.")


def _is_here(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
