"""The platforms that an image is for.

Source of the rules: opencontainers/image-spec.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from profile_cd.errors import SourceFailed
from profile_cd.protocols import NOT_FOUND, OK
from profile_cd.sources.answers import json_of, words
from profile_cd.sources.registry.access import Registries, Repository
from profile_cd.sources.registry.manifests import blob, is_digest, manifest


def lacking(wanted: Iterable[str], known: Collection[str]) -> str:
    """The first platform *wanted* (`amd64`, `linux/arm64/v8`) that is not *known*; empty where all are."""
    full = map(_full, wanted)
    return next((each for each in full if not any(_is(each, one) for one in known)), "")


def platforms(repository: Repository, body: bytes, wanted: Collection[str], registries: Registries) -> tuple[str, ...]:
    """The platforms that the manifest *body* has an image for; of a bare one, what its configuration names.

    Of the *wanted* ones of an index, only those whose own manifest is there: an index outlives what it names where
    somebody cleans up. Raises SourceFailed where that cannot be found out.
    """
    found = json_of(body)
    if not isinstance(found, dict):
        return ()
    entries = found.get("manifests")
    if isinstance(entries, list):
        return tuple(
            platform
            for platform, digest in _named(entries)
            if not any(_is(_full(each), platform) for each in wanted) or _exists(repository, digest, registries)
        )
    config = found.get("config")
    digest = config.get("digest") if isinstance(config, dict) else None
    if not is_digest(digest):
        return ()
    return tuple(filter(None, [_platform(json_of(blob(repository, digest, registries).body))]))


def unfit(image: str, missing: str, known: Collection[str], newest: str) -> SourceFailed:
    """The failure for an *image* with its tag that has no platform *missing*, but the *known* ones.

    *newest* is a tag that has all, empty where none was found.
    """
    has = "" if known else " (it names no platform at all)"
    if newest:
        return SourceFailed(
            f"{image} has no image for {missing}{has}; the newest tag that has one is {newest}.",
            probably="Its push may not be finished.",
            now=f"Publish the image, or narrow the `versionfilter` to {newest}; the next run looks again.",
        )
    return SourceFailed(
        f"{image} has no image for {missing}{has}, nor have the tags just before it.",
        now="Publish the image, or correct `architectures`.",
    )


def _named(entries: Iterable[object]) -> list[tuple[str, str]]:
    """The platforms that an index names, each with the digest of its manifest."""
    mappings = [each for each in entries if isinstance(each, dict)]
    named = [(_platform(each.get("platform")), each.get("digest")) for each in mappings]
    return [(platform, digest) for platform, digest in named if platform and isinstance(digest, str)]


def _exists(repository: Repository, digest: str, registries: Registries) -> bool:
    if not is_digest(digest):
        return False
    answer = manifest(repository, digest, registries, whole=False)
    if answer.status in {OK, NOT_FOUND}:
        return answer.status == OK
    raise SourceFailed(
        f"{repository.host} does not say whether an image of {repository.name} exists ({words(answer)}).",
        now="The next run asks again.",
    )


def _full(platform: str) -> str:
    return platform if "/" in platform else f"linux/{platform}"


def _is(wanted: str, platform: str) -> bool:
    """Whether *platform* is the *wanted* one, perhaps in a variant of its own."""
    return platform == wanted or platform.startswith(f"{wanted}/")


def _platform(named: object) -> str:
    """`os/architecture` and perhaps `/variant`; empty for what is none, as for attestations (`unknown`)."""
    if not isinstance(named, dict):
        return ""
    parts = [named.get("os"), named.get("architecture"), named.get("variant") or ""]
    if not all(isinstance(part, str) for part in parts) or not all(parts[:2]) or "unknown" in parts:
        return ""
    return "/".join(filter(None, parts))
