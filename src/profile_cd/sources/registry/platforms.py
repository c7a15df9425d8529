"""The platforms that an image is for.

Source of the rules: opencontainers/image-spec.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from profile_cd.sources.answers import json_of
from profile_cd.sources.registry.access import Registries, Repository
from profile_cd.sources.registry.manifests import blob


def lacking(wanted: Iterable[str], known: Collection[str]) -> str:
    """The first platform *wanted* (`amd64`, `linux/arm64/v8`) that is not *known*; empty where all are."""
    for each in wanted:
        full = each if "/" in each else f"linux/{each}"
        if not any(one == full or one.startswith(f"{full}/") for one in known):
            return full
    return ""


def platforms(repository: Repository, body: bytes, registries: Registries) -> tuple[str, ...]:
    """The platforms of an index; those of a bare manifest stand in its configuration. Empty where none are named."""
    manifest = json_of(body)
    if not isinstance(manifest, dict):
        return ()
    entries = manifest.get("manifests")
    if isinstance(entries, list):
        return tuple(filter(None, (_platform(each.get("platform")) for each in entries if isinstance(each, dict))))
    config = manifest.get("config")
    digest = config.get("digest") if isinstance(config, dict) else None
    if not isinstance(digest, str):
        return ()
    return tuple(filter(None, [_platform(json_of(blob(repository, digest, registries).body))]))


def _platform(named: object) -> str:
    """`os/architecture` and perhaps `/variant`; empty for attestations, which are for `unknown`."""
    if not isinstance(named, dict):
        return ""
    parts = [named.get("os"), named.get("architecture"), named.get("variant")]
    return "" if "unknown" in parts else "/".join(part for part in parts if isinstance(part, str) and part)
