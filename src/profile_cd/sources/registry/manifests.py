"""Manifests and blobs of images in a registry.

Source of the rules: opencontainers/distribution-spec.
"""

from __future__ import annotations

import re
from typing import TypeGuard
from urllib.parse import quote

from profile_cd.errors import SourceFailed
from profile_cd.protocols import NOT_FOUND, OK, Answer
from profile_cd.sources.answers import words
from profile_cd.sources.registry.access import Registries, Repository, asked

SINGLE_TYPES = "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json"
MANIFEST_TYPES = (
    "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, "
    f"{SINGLE_TYPES}"
)

_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}", re.ASCII)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}")

NO_HEAD = frozenset({404, 405, 501})
"""What registries and proxies answer to a HEAD that they do not know, although a GET is served (RFC 9110, 9.3.2)."""


def is_tag(text: str) -> bool:
    """Whether *text* can be a tag."""
    return _TAG.fullmatch(text) is not None


def is_digest(value: object) -> TypeGuard[str]:
    """Whether *value*, out of an answer, is the digest of something."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def manifest(
    repository: Repository, reference: str, registries: Registries, *, whole: bool, single: bool = False
) -> Answer:
    """The manifest of *reference*: its head only, or with *whole* all of it, which Docker Hub counts as a pull.

    A registry that does not answer a HEAD is asked for all of it once: what is not there is not counted.
    *single* asks for one image instead of the index of several.
    """
    url = f"{repository.base}/manifests/{quote(reference, safe=':')}"
    accept = {"Accept": SINGLE_TYPES if single else MANIFEST_TYPES}
    if not whole:
        answer = asked(repository, url, registries.web.head, accept, registries)
        if answer.status not in NO_HEAD:
            return answer
    return asked(repository, url, registries.web.get, accept, registries)


def has_tag(repository: Repository, tag: str, registries: Registries) -> bool:
    """Whether *tag* is there, asked for by its name: a list may lag behind. Raises SourceFailed where nobody says."""
    answer = manifest(repository, tag, registries, whole=False)
    if answer.status not in {OK, NOT_FOUND}:
        raise SourceFailed(f"{repository.host} does not say whether {repository.name}:{tag} exists ({words(answer)}).")
    return answer.status == OK


def blob(repository: Repository, digest: str, registries: Registries) -> Answer:
    """A blob, such as an image's configuration: small, and no pull."""
    url = f"{repository.base}/blobs/{quote(digest, safe=':')}"
    return asked(repository, url, registries.web.get, {}, registries)
