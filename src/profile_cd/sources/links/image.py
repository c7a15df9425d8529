"""Where an image says that it comes from: the labels of its configuration and the annotations of its manifest.

Source of the names: opencontainers/image-spec, annotations.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from profile_cd.credentials import DOCKER_HUB
from profile_cd.model import Link
from profile_cd.protocols import NOT_FOUND, OK
from profile_cd.sources import registry
from profile_cd.sources.answers import json_of, parsed
from profile_cd.sources.links import forge
from profile_cd.sources.registry import Registries, Repository

SOURCE, REVISION = "org.opencontainers.image.source", "org.opencontainers.image.revision"
CREATED = "org.opencontainers.image.created"
LARGEST_CONFIG = 1024 * 1024
"""Bytes."""


def of_image(
    repository: Repository, old: str, new: str, manifest: bytes | None, registries: Registries
) -> tuple[Link, ...]:
    """The pages of the source of the image tagged *new*, whose *manifest* may be known already. Raises SourceFailed.

    At most one question is a pull that Docker Hub counts.
    """
    labels = _said(repository, new, manifest, registries)
    return forge.about(forge.page(labels.get(SOURCE)), old, new, labels.get(REVISION))


def created(repository: Repository, tag: str, manifest: bytes | None, registries: Registries) -> str:
    """When the image tagged *tag* was made, as its configuration says; empty where it does not. Raises SourceFailed.

    Images that are built to be the same every time say 1970 or the like: that is no date.
    """
    image = _single(repository, tag, manifest, registries)
    said = _config(repository, image, registries).get("created") or _mapping(image.get("annotations")).get(CREATED)
    return said if isinstance(said, str) and not said.startswith(("0001", "1970", "1980")) else ""


def _single(repository: Repository, tag: str, known: bytes | None, registries: Registries) -> Mapping[str, Any]:
    """The manifest of one image behind *tag*, the first of an index."""
    manifest = _mapping(json_of(known)) if known is not None else _asked(repository, tag, registries)
    entries = manifest.get("manifests")
    digest = _first(entries) if isinstance(entries, list) else ""
    return _mapping(parsed(registry.manifest(repository, digest, registries, whole=True))) if digest else manifest


def _said(repository: Repository, tag: str, known: bytes | None, registries: Registries) -> Mapping[str, Any]:
    """What the image says of itself."""
    manifest = _mapping(json_of(known)) if known is not None else _asked(repository, tag, registries)
    said = _mapping(manifest.get("annotations"))
    if SOURCE in said:
        return said
    entries = manifest.get("manifests")
    if isinstance(entries, list):
        # Another manifest would be another pull where pulls are counted.
        digest = "" if repository.host == DOCKER_HUB else _first(entries)
        manifest = _mapping(parsed(registry.manifest(repository, digest, registries, whole=True))) if digest else {}
    return {**said, **_mapping(manifest.get("annotations")), **_labels(repository, manifest, registries)}


def _asked(repository: Repository, tag: str, registries: Registries) -> Mapping[str, Any]:
    """The manifest of one image, which many registries choose out of an index; else the index."""
    answer = registry.manifest(repository, tag, registries, whole=True, single=True)
    if answer.status == NOT_FOUND:
        # An OCI index is not resolved but refused, and what is refused is not counted.
        answer = registry.manifest(repository, tag, registries, whole=True)
    return _mapping(parsed(answer)) if answer.status == OK else {}


def _labels(repository: Repository, manifest: Mapping[str, Any], registries: Registries) -> Mapping[str, Any]:
    return _mapping(_mapping(_config(repository, manifest, registries).get("config")).get("Labels"))


def _config(repository: Repository, manifest: Mapping[str, Any], registries: Registries) -> Mapping[str, Any]:
    """The configuration of an image."""
    config = _mapping(manifest.get("config"))
    digest, size = config.get("digest"), config.get("size")
    if not registry.is_digest(digest):
        return {}
    if not isinstance(size, int) or size > LARGEST_CONFIG:
        return {}
    return _mapping(parsed(registry.blob(repository, digest, registries)))


def _first(entries: list[Any]) -> str:
    """The first image of an index that is one; attestations are for an `unknown` platform."""
    for entry in map(_mapping, entries):
        digest = entry.get("digest")
        real = _mapping(entry.get("platform")).get("os") != "unknown"
        if real and registry.is_digest(digest):
            return digest
    return ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
