"""Tokens as they look today."""

from __future__ import annotations

import base64
import hashlib
import json

LENGTH = 520


def app_token(app: str) -> str:
    """A token of the GitHub App number *app*, and of GITHUB_TOKEN, which is one: `ghs_<app id>_<JWT>`.

    Since 2026 it has about 520 characters, dots and hyphens among them, so that nothing may assume a form.
    """
    head = f"ghs_{app}_{_part({'alg': 'RS256', 'typ': 'JWT'})}.{_part({'iss': app, 'exp': 1_790_000_000})}."
    noise = b"".join(hashlib.sha512(f"{app}:{number}".encode()).digest() for number in range(8))
    return head + base64.urlsafe_b64encode(noise).decode()[: LENGTH - len(head)]


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
