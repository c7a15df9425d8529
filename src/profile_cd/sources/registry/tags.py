"""Registries that speak the distribution protocol: tag lists and manifests.

Source of the rules: opencontainers/distribution-spec.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urlsplit, urlunsplit

from profile_cd.credentials import Login
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.protocols import Answer, Web
from profile_cd.sources.answers import FORBIDDEN, NOT_FOUND, OK, TOO_MANY, UNAUTHORIZED, next_page, parsed, words
from profile_cd.sources.registry.door import Place, denied, enter, known, through

PAGE = 1000
MOST_PAGES = 1000
SINGLE_TYPES = "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json"
MANIFEST_TYPES = (
    "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, "
    f"{SINGLE_TYPES}"
)

# Where a registry cannot say what refers to an image, signatures are tags of this shape (distribution-spec, cosign).
_REFERRER = re.compile(r"sha256-[0-9a-f]{64}(\.[a-z]+)?")

Tags = tuple[str, ...] | SourceFailed


def tags(places: Sequence[Place], web: Web) -> dict[Place, Tags]:
    """All tags of every place, each registry challenged once and one token asked for all its repositories.

    In the order in which the registry lists them, without the tags that only hold signatures.
    """
    groups: dict[tuple[str, Login | None], list[Place]] = {}
    for place in dict.fromkeys(places):
        groups.setdefault((place.host, place.login), []).append(place)
    every = web.side_by_side(lambda group: _tags_of(group, web), list(groups.values()))
    found: dict[Place, Tags] = {}
    for group, answers in zip(groups.values(), every, strict=True):
        found |= dict.fromkeys(group, answers) if isinstance(answers, SourceFailed) else answers
    return found


def manifest(place: Place, reference: str, web: Web, *, whole: bool, single: bool = False) -> Answer:
    """The manifest of *reference*: its head only, or with *whole* all of it, which Docker Hub counts as a pull.

    *single* asks for one image instead of the index of several.
    """
    url = f"{place.base}/manifests/{quote(reference, safe=':')}"
    return through(
        place, url, web.get if whole else web.head, {"Accept": SINGLE_TYPES if single else MANIFEST_TYPES}, web
    )


def blob(place: Place, digest: str, web: Web) -> Answer:
    """A blob, such as an image's configuration: small, and no pull."""
    return through(place, f"{place.base}/blobs/{quote(digest, safe=':')}", web.get, {}, web)


def _tags_of(group: Sequence[Place], web: Web) -> dict[Place, Tags]:
    """The tags of places that share a host and a login: one challenge, one token, then all side by side."""
    first = web.get(_first_page(group[0]), headers=known(group[0], web))
    waiting = list(group[1:])
    found: dict[Place, Tags] = {}
    if first.status == UNAUTHORIZED:
        enter(group, first, web)
        waiting = list(group)
    else:
        found |= dict(zip(group, web.side_by_side(lambda place: _pages(place, first, web), group[:1]), strict=False))
    every = web.side_by_side(lambda place: _pages(place, _asked(place, _first_page(place), web), web), waiting)
    return found | dict(zip(waiting, every, strict=True))


def _first_page(place: Place) -> str:
    return f"{place.base}/tags/list?n={PAGE}"


def _asked(place: Place, url: str, web: Web) -> Answer:
    """One page, with a token of its own where the common one does not cover it or is worn out."""
    return through(place, url, web.get, {}, web)


def _pages(place: Place, answer: Answer, web: Web) -> tuple[str, ...]:
    """The tags of all pages, from the first page's *answer* on. Raises SourceFailed."""
    found: list[str] = []
    seen: set[str] = set()
    while True:
        found += _tags_in(place, answer)
        link = _next(place, answer)
        if not link:
            return tuple(tag for tag in dict.fromkeys(found) if not _REFERRER.fullmatch(tag))
        if link in seen or len(seen) >= MOST_PAGES:
            raise SourceFailed(
                f"{place.host} never ends the tags of {place.repository}: it links a page again, or a thousand pages.",
                now="Tell the registry's operator.",
            )
        seen.add(link)
        answer = _asked(place, link, web)


def _next(place: Place, answer: Answer) -> str:
    """The next page's address, which must be on the registry's own host; empty behind the last page."""
    link = next_page(answer)
    if not link:
        return ""
    parts = urlsplit(link)
    if parts.netloc.lower() != place.host.lower():
        raise SourceFailed(
            f"{place.host} sends us to another host for the next page of tags, which is not followed.",
            now="Tell the registry's operator.",
        )
    # Behind a proxy that ends TLS, some registries write http:// for themselves.
    return urlunsplit(parts._replace(scheme=urlsplit(place.base).scheme))


def _tags_in(place: Place, answer: Answer) -> list[str]:
    if answer.status == NOT_FOUND:
        raise SourceFailed(
            f"{place.host} knows no image `{place.repository}` ({words(answer)}).",
            probably="Its name is misspelt, or it is private.",
            now="Check the name, or add a login for the host to `registry-credentials`.",
        )
    if answer.status in {UNAUTHORIZED, FORBIDDEN}:
        raise denied(place, answer)
    said = parsed(answer)
    listed = said.get("tags") if isinstance(said, dict) else 0
    if answer.status != OK or not (listed is None or isinstance(listed, list)):
        limited = "Add a login for the host to `registry-credentials`: strangers are limited sooner. "
        raise Unreachable(
            f"{place.host} does not list the tags of {place.repository} ({words(answer)}).",
            host=place.host,
            now=f"{limited if answer.status == TOO_MANY else ''}The next run asks again.",
        )
    return [tag for tag in listed or [] if isinstance(tag, str)]
