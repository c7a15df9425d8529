"""What a registry holds of one image: an index, a manifest and a configuration for each platform, layers left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
ACCEPTED_INDEXES = (INDEX,)
BOTH = ("linux/amd64", "linux/arm64")


@dataclass(frozen=True, slots=True)
class Image:
    """One tag of *repo*. Without platforms it has a bare manifest and no index; *created* is RFC 3339.

    *given_labels* are labels in place of the usual ones; they are annotations too where it is *annotated*.
    """

    repo: str
    tag: str
    platforms: tuple[str, ...]
    created: str
    given_labels: Mapping[str, object] | None = None
    annotated: bool = True

    @property
    def labels(self) -> Mapping[str, object]:
        """Where the image says that it came from."""
        if self.given_labels is not None:
            return self.given_labels
        return {
            "org.opencontainers.image.created": self.created,
            "org.opencontainers.image.revision": hashlib.sha1(f"{self.repo}:{self.tag}".encode()).hexdigest(),
            "org.opencontainers.image.source": f"https://github.com/{self.repo.removeprefix('library/')}",
            "org.opencontainers.image.version": self.tag,
        }

    def contents(self) -> list[tuple[str, bytes]]:
        """Media type and bytes of everything there is, what the tag points to first."""
        children = [self._child(platform) for platform in self.platforms or BOTH[:1]]
        flat = [part for manifest, config in children for part in ((MANIFEST, manifest), (CONFIG, config))]
        if not self.platforms:
            return flat
        entries = [
            {**_descriptor(MANIFEST, manifest), "platform": _platform(platform)}
            for platform, (manifest, _) in zip(self.platforms, children, strict=True)
        ]
        index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": entries, **self._annotations}
        return [(INDEX, _bytes(index)), *flat]

    @property
    def _annotations(self) -> dict[str, object]:
        return {"annotations": self.labels} if self.annotated else {}

    def _child(self, platform: str) -> tuple[bytes, bytes]:
        config = _bytes(
            {
                **_platform(platform),
                "created": self.created,
                "config": {"Labels": self.labels},
                "rootfs": {"type": "layers", "diff_ids": []},
            }
        )
        manifest = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": _descriptor(CONFIG, config),
            "layers": [],
            **self._annotations,
        }
        return _bytes(manifest), config


def _descriptor(kind: str, body: bytes) -> dict[str, object]:
    return {"mediaType": kind, "digest": f"sha256:{hashlib.sha256(body).hexdigest()}", "size": len(body)}


def _platform(text: str) -> dict[str, str]:
    return dict(zip(("os", "architecture", "variant"), text.split("/"), strict=False))


def _bytes(value: object) -> bytes:
    return json.dumps(value, sort_keys=True).encode()
