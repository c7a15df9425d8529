"""The `spec` of each kind of source: from its fields to the frozen value that is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import cast
from urllib.parse import urlsplit

from profile_cd.errors import ProfileError, Unreadable
from profile_cd.expressions import compiled
from profile_cd.manifest.fields import TYPEFILTER
from profile_cd.manifest.level import Level
from profile_cd.manifest.scalar import at_line
from profile_cd.model import Source
from profile_cd.neutral import line as shown
from profile_cd.sources import DockerImage, GitHubRelease, GitTag, HelmChart, ReleaseKey, TypeFilter

_COMPONENT = r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*"
_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)"
_REGISTRY = rf"(?:localhost|{_HOST}+|{_HOST}*:[0-9]+)/"
_IMAGE = re.compile(rf"(?:{_REGISTRY})?{_COMPONENT}(?:/{_COMPONENT})*")
_TAGGED = re.compile(r"[:@][A-Za-z0-9_][A-Za-z0-9._:-]*\Z")
_PLATFORM = re.compile(r"[a-z0-9]+(?:/[a-z0-9]+){0,2}")
_OWNER = re.compile(r"[A-Za-z0-9_.-]+")
_CHART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_OLD_RELEASE_KEYS = {"name": "tagname", "hash": "taghash"}


def _dockerimage(spec: Level) -> DockerImage:
    image = spec.text("image")
    if not _IMAGE.fullmatch(image):
        tagged = _TAGGED.search(image)
        bare = image[: tagged.start()] if tagged else ""
        raise Unreadable(
            f"`image` is `{shown(image, 80)}`, which is no name of an image.",
            line=spec.at("image"),
            now=f"Leave the tag to `versionfilter`: `{shown(bare, 80)}`."
            if _IMAGE.fullmatch(bare)
            else "Write it like `acme/ledger` or `ghcr.io/acme/ledger`, in lower case.",
        )
    spec.only_one("architecture", "architectures", required=False)
    single = ((spec.text("architecture"), spec.at("architecture")),) if spec.has("architecture") else ()
    platforms = single or spec.texts("architectures")
    for platform, line in platforms:
        if not _PLATFORM.fullmatch(platform):
            raise Unreadable(
                f"`{shown(platform, 80)}` is no architecture.", line=line, now="Write it like `amd64` or `linux/arm64`."
            )
    tagfilter = spec.text("tagfilter")
    if tagfilter:
        try:
            compiled(tagfilter, "tagfilter")
        except ProfileError as error:
            raise at_line(error, spec.at("tagfilter")) from error
    _login_is_whole(spec)
    return DockerImage(
        image=image,
        architectures=tuple(platform for platform, _ in platforms),
        tagfilter=tagfilter,
        username=spec.secret("username").reveal(),
        password=spec.secret("password"),
        token=spec.secret("token"),
    )


def _helmchart(spec: Level) -> HelmChart:
    _login_is_whole(spec)
    if not _CHART.fullmatch(spec.text("name")) or ".." in spec.text("name"):
        raise Unreadable(
            f"`name` is `{shown(spec.text('name'), 80)}`, which is no name of a chart.",
            line=spec.at("name"),
            now="Write the name as it stands in the repository's index.",
        )
    return HelmChart(
        url=_address(spec, ("https", "http", "oci")),
        name=spec.text("name"),
        username=spec.secret("username").reveal(),
        password=spec.secret("password"),
        token=spec.secret("token"),
    )


def _githubrelease(spec: Level) -> GitHubRelease:
    written = spec.node("key").text
    if written in _OLD_RELEASE_KEYS:
        spec.warn("key", f"`key: {written}` is an earlier spelling. Write `key: {_OLD_RELEASE_KEYS[written]}`.")
    key = _OLD_RELEASE_KEYS.get(written) or spec.text("key", "tagname")
    typefilter = None
    if spec.has("typefilter"):
        level = spec.below("typefilter", TYPEFILTER)
        draft, prerelease, release = (level.flag(each) for each in ("draft", "prerelease", "release"))
        typefilter = TypeFilter(draft, prerelease, release or not (draft or prerelease), level.flag("latest"))
    return GitHubRelease(
        owner=_github_name(spec, "owner"),
        repository=_github_name(spec, "repository"),
        url=_address(spec, ("https", "http"), "https") if spec.has("url") else "",
        username=spec.secret("username").reveal(),
        token=spec.secret("token"),
        typefilter=typefilter,
        key=cast("ReleaseKey", key),
    )


def _gittag(spec: Level) -> GitTag:
    spec.only_one("url", "owner", required=True)
    _login_is_whole(spec)
    if spec.has("url"):
        url = _address(spec, ("https", "http"))
    else:
        url = f"https://github.com/{_github_name(spec, 'owner')}/{_github_name(spec, 'repository')}.git"
    return GitTag(
        url=url,
        username=spec.secret("username").reveal(),
        password=spec.secret("password"),
        token=spec.secret("token"),
    )


def _github_name(spec: Level, name: str) -> str:
    value = spec.text(name)
    if _OWNER.fullmatch(value) and value not in (".", ".."):
        return value
    raise Unreadable(
        f"`{name}` is `{shown(value, 80)}`, which is no name on GitHub.",
        line=spec.at(name),
        now="Of `github.com/acme/ledger`, `acme` is the owner and `ledger` the repository.",
    )


def _address(spec: Level, schemes: tuple[str, ...], default: str = "") -> str:
    url = spec.text("url")
    if "://" not in url and default:
        url = f"{default}://{url}"
    try:
        parts = urlsplit(url)
        host, user, _ = parts.hostname, parts.username, parts.port
    except ValueError:
        parts, host, user = urlsplit(""), None, None
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


def _login_is_whole(spec: Level) -> None:
    for one, other in (("username", "password"), ("password", "username")):
        if spec.has(one) and not spec.has(other):
            raise Unreadable(f"There is a `{one}` without a `{other}`.", line=spec.at(one), now=f"Write the `{other}`.")
    if spec.has("token") and spec.has("password"):
        raise Unreadable(
            "There is a `token` beside `username` and `password`.", line=spec.at("token"), now="Keep one login."
        )


READERS: Mapping[str, Callable[[Level], Source]] = {
    "dockerimage": _dockerimage,
    "helmchart": _helmchart,
    "githubrelease": _githubrelease,
    "gittag": _gittag,
}
