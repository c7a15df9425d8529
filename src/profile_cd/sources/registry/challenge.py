"""What a registry asks for before it answers, and which token server may see its login.

Source of the rules: RFC 9110, section 11.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from profile_cd.hosts import host_of, is_address, is_loopback, name_of
from profile_cd.sources.answers import LONGEST_HEADER

_CHALLENGE = re.compile(r'(?:^|,)\s*(Bearer|Basic)\b((?:[\s,]*[a-zA-Z_]+\s*=\s*(?:"[^"]*"|[^\s,"]+))*)', re.IGNORECASE)
_PARAMETER = re.compile(r'([a-zA-Z_]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))')
_SHARED_PARENT = re.compile(r"(?:ac|co|com|edu|gov|net|org)\.[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Challenge:
    """One way in that a registry offers."""

    scheme: str
    realm: str = ""
    service: str = ""
    scope: str = ""


def trusted(host: str, realm: str) -> bool:
    """Whether a login for the registry at *host* may be sent to its token server at *realm*.

    Only to the same host, to its parent domain, as `gitlab.com` for `registry.gitlab.com`, or to a
    neighbour below it, as `auth.docker.io` for Docker Hub.
    """
    encrypted, realm_host = realm.startswith("https://"), host_of(realm)
    if realm_host == host:
        return encrypted or is_loopback(host)
    name, other = name_of(host), name_of(realm_host)
    if not encrypted or is_loopback(host):
        return False
    if name == other:
        return True
    parent = name.partition(".")[2]
    if "." not in parent or is_address(name) or _SHARED_PARENT.fullmatch(parent):
        return False
    return other == parent or other.endswith(f".{parent}")


def challenges(header: str) -> list[Challenge]:
    """The challenges of a `WWW-Authenticate` header, which may hold several (RFC 9110, section 11.6.1)."""
    found = []
    for scheme, parameters in _CHALLENGE.findall(header[:LONGEST_HEADER]):
        values = {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(parameters)}
        found.append(
            Challenge(scheme.lower(), values.get("realm", ""), values.get("service", ""), values.get("scope", ""))
        )
    return found
