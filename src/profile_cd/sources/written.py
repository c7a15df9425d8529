"""What several kinds of source read alike: a login, an address, a name on GitHub."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from profile_cd.errors import Unreadable
from profile_cd.fields import Field, Table, Written
from profile_cd.neutral import line as shown

LOGIN: Table = {
    "username": Field("User name, together with `password`.", secret=True, public=True),
    "password": Field("Password, together with `username`.", secret=True),
    "token": Field("Token instead of user name and password.", secret=True),
}
_SSH = re.compile(r"(?:(?:git\+)?ssh://(?:[^/@\s]+@)?([\w.-]+)(?::\d+)?/|[\w.-]+@([\w.-]+):(?!//))(\S+)", re.ASCII)
_GITHUB_NAME = re.compile(r"[A-Za-z0-9_.-]+")


def login_is_whole(spec: Written) -> None:
    """Raise Unreadable for a half of a login, or for two."""
    for one, other in (("username", "password"), ("password", "username")):
        if spec.has(one) and not spec.has(other):
            raise Unreadable(f"There is a `{one}` without a `{other}`.", line=spec.at(one), now=f"Write the `{other}`.")
    if spec.has("token") and spec.has("password"):
        raise Unreadable(
            "There is a `token` beside `username` and `password`.", line=spec.at("token"), now="Keep one login."
        )


def github_name(spec: Written, name: str) -> str:
    """The owner or the repository that stands at *name*. Raises Unreadable."""
    value = spec.text(name)
    if _GITHUB_NAME.fullmatch(value) and value not in (".", ".."):
        return value
    raise Unreadable(
        f"`{name}` is `{shown(value, 80)}`, which is no name on GitHub.",
        line=spec.at(name),
        now="Of `github.com/acme/ledger`, `acme` is the owner and `ledger` the repository.",
    )


def address(spec: Written, schemes: tuple[str, ...], default: str = "") -> str:
    """The address at `url`, of one of *schemes*; *default* is put in front where it has none. Raises Unreadable."""
    url = spec.text("url")
    if "://" not in url and default:
        url = f"{default}://{url}"
    try:
        parts = urlsplit(url)
        host, user, _ = parts.hostname, parts.username, parts.port
    except ValueError:
        parts, host, user = urlsplit(""), None, None
    if "https" in schemes:
        _refuse_ssh(spec)
    if user is not None:
        raise Unreadable(
            "`url` holds a user name.",
            line=spec.at("url"),
            now="Write it into `username`, and a password into `password`.",
        )
    if host and parts.scheme in schemes and not re.search(r"[\s\x00-\x1f\\]", url):
        return url
    raise Unreadable(
        f"`url` is `{shown(url, 80)}`, which cannot be asked.",
        line=spec.at("url"),
        now=f"Write an address that begins with {' or '.join(f'`{each}://`' for each in schemes)}.",
    )


def _refuse_ssh(spec: Written) -> None:
    # `git@` is no user name of ours: it goes with the scheme, or with the colon that stands for it.
    found = _SSH.fullmatch(spec.text("url"))
    if found:
        better = f"https://{found[1] or found[2]}/{found[3]}"
        raise Unreadable(
            "`url` is an address for SSH, and no key is there to ask it with.",
            line=spec.at("url"),
            now=f"Write it for HTTPS: `{shown(better, 120)}`, and a login where it needs one into `username` and "
            "`password`, or `token`.",
        )
