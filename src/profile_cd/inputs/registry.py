"""The input `registry-credentials`: logins for private registries, one a line."""

from __future__ import annotations

import re

from profile_cd.credentials import Login, Secret, canonical
from profile_cd.errors import CannotStart, together

PARTS = 3
_HOST = re.compile(r"[A-Za-z0-9._-]+(:[0-9]+)?|\[[0-9A-Fa-f:]+\](:[0-9]+)?")


def registry_logins(text: str) -> dict[str, Login]:
    """A host, a user name and a password a line. Raises CannotStart with every wrong line, never its text."""
    found: dict[str, Login] = {}
    wrong: list[CannotStart] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            host, login = _login(number, line)
        except CannotStart as error:
            wrong.append(error)
        else:
            found[host] = login
    if wrong:
        raise together(wrong)
    return found


def _login(number: int, line: str) -> tuple[str, Login]:
    parts = line.split(None, PARTS - 1)
    if len(parts) != PARTS:
        raise CannotStart(
            f"Line {number} of the input `registry-credentials` has {len(parts)} parts instead of three.",
            probably="A secret that it is made of may be empty.",
            now="Write: host, user name and password, with blanks between them.",
        )
    host = canonical(parts[0])
    if not _HOST.fullmatch(host):
        raise CannotStart(
            f"Line {number} of the input `registry-credentials` begins with no host.",
            now="Write the host alone, like `ghcr.io` or `registry.acme.example:5000`; a login is for all of it.",
        )
    return host, Login(parts[1], Secret(parts[2].strip()))
