"""What a host is: its name out of an address, and whether it is this machine."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """Host and port of *url* in lower case, without a user name or password; empty for what is no address.

    The scheme may be missing, as in `registry.example/acme`.
    """
    try:
        return urlsplit(url if "://" in url else f"//{url}").netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def name_of(host: str) -> str:
    """*host* without its port; an IPv6 address without its brackets."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_address(name: str) -> bool:
    """Whether *name* is an IP address and no name."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether *host* (with or without a port) is this machine."""
    name = name_of(host)
    return name == "localhost" or (is_address(name) and ip_address(name).is_loopback)


def is_private(host: str) -> bool:
    """Whether *host* (with or without a port) is the address of a private network or of this machine.

    Of a name nothing is known here: where it leads is seen only when it is asked.
    """
    name = name_of(host).partition("%")[0]
    if not is_address(name):
        return name == "localhost"
    found = ip_address(name)
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return not (mapped or found).is_global
