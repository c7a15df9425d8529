"""Where an image says that it comes from: the labels of its configuration and the annotations of its manifest.

Source of the names: opencontainers/image-spec, annotations.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from profile_cd.credentials import DOCKER_HUB, Credentials
from profile_cd.model import Link
from profile_cd.protocols import Web
from profile_cd.sources import dockerimage
from profile_cd.sources.answers import NOT_FOUND, OK, json_of, parsed
from profile_cd.sources.links import forge
from profile_cd.sources.registry import Place
from profile_cd.sources.registry import tags as registry
from profile_cd.sources.specs import DockerImage

SOURCE, REVISION = "org.opencontainers.image.source", "org.opencontainers.image.revision"
LARGEST_CONFIG = 1024 * 1024
"""Bytes."""
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def pages(source: DockerImage, old: str, new: str, web: Web, credentials: Credentials) -> tuple[Link, ...]:
    """The pages of the image's source. Raises SourceFailed. At most one question is a pull that Docker Hub counts."""
    told = _told(dockerimage.place_of(source, credentials), new, web)
    return forge.about(forge.page(told.get(SOURCE)), old, new, told.get(REVISION))


def _told(place: Place, tag: str, web: Web) -> Mapping[str, Any]:
    """What the image tells of itself."""
    known = web.memory.get(("manifest", place, tag))
    manifest = _mapping(json_of(known)) if isinstance(known, bytes) else _asked(place, tag, web)
    told = _mapping(manifest.get("annotations"))
    if SOURCE in told:
        return told
    entries = manifest.get("manifests")
    if isinstance(entries, list):
        # Another manifest would be another pull where pulls are counted.
        digest = "" if place.host == DOCKER_HUB else _first(entries)
        manifest = _mapping(parsed(registry.manifest(place, digest, web, whole=True))) if digest else {}
    return {**told, **_mapping(manifest.get("annotations")), **_labels(place, manifest, web)}


def _asked(place: Place, tag: str, web: Web) -> Mapping[str, Any]:
    """The manifest of one image, which many registries choose out of an index; else the index."""
    answer = registry.manifest(place, tag, web, whole=True, single=True)
    if answer.status == NOT_FOUND:
        # An OCI index is not resolved but refused, and what is refused is not counted.
        answer = registry.manifest(place, tag, web, whole=True)
    return _mapping(parsed(answer)) if answer.status == OK else {}


def _labels(place: Place, manifest: Mapping[str, Any], web: Web) -> Mapping[str, Any]:
    config = _mapping(manifest.get("config"))
    digest, size = config.get("digest"), config.get("size")
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        return {}
    if not isinstance(size, int) or size > LARGEST_CONFIG:
        return {}
    said = _mapping(parsed(registry.blob(place, digest, web)))
    return _mapping(_mapping(said.get("config")).get("Labels"))


def _first(entries: list[Any]) -> str:
    """The first image of an index that is one; attestations are for an `unknown` platform."""
    for entry in map(_mapping, entries):
        digest = entry.get("digest")
        real = _mapping(entry.get("platform")).get("os") != "unknown"
        if real and isinstance(digest, str) and _DIGEST.fullmatch(digest):
            return digest
    return ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
