"""The sites of a world, built from the versions that are known of each source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sandbox.helm import Helm, Pages
from sandbox.registry import Gate, Registry, docker_hub, ghcr
from sandbox.seen import Seen
from sandbox.world.known_versions import Known

if TYPE_CHECKING:
    from sandbox.github import GitHub

HUB = "registry-1.docker.io"
HUB_NAMES = ("docker.io", "index.docker.io", HUB)


def registries(known: Known) -> dict[str, Registry]:
    """Docker Hub under its three names, ghcr.io, and every other registry that is named, by host."""
    tags: dict[str, dict[str, list[str]]] = defaultdict(dict)
    created: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for name, seen in _of_kind(known, "dockerimage"):
        host, repo = place(name)
        tags[host][repo] = [each.version for each in seen]
        created[host] |= {(repo, each.version): each.at for each in seen}
    others = {
        host: Registry(repositories, gate=Gate("token"), created=created[host])
        for host, repositories in tags.items()
        if host not in (HUB, "ghcr.io")
    }
    return {
        **docker_hub(tags[HUB], created[HUB]),
        **ghcr(tags["ghcr.io"], created["ghcr.io"]),
        **others,
    }


def place(image: str) -> tuple[str, str]:
    """Host and repository of an image, by the rules of Docker's names."""
    first, slash, rest = image.partition("/")
    if not slash:
        return HUB, f"library/{image}"
    if "." not in first and ":" not in first:
        return HUB, image
    return (HUB if first in HUB_NAMES else first.partition(":")[0]), rest


def charts(known: Known) -> dict[str, Helm]:
    """The Helm repositories by URL."""
    entries: dict[str, dict[str, list[str]]] = defaultdict(dict)
    created: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for name, seen in _of_kind(known, "helmchart"):
        url, _, chart = name.rpartition("#")
        entries[url][chart] = [each.version for each in seen]
        created[url] |= {(chart, each.version): each.at for each in seen}
    return {url: Helm(found, created=created[url]) for url, found in entries.items()}


def pages(repositories: Mapping[str, Helm]) -> dict[str, Pages]:
    """The hosts of the Helm repositories."""
    by_host: dict[str, dict[str, Helm]] = defaultdict(dict)
    for url, repository in repositories.items():
        parts = urlsplit(url)
        by_host[parts.hostname or ""][parts.path.rstrip("/")] = repository
    return {host: Pages(found) for host, found in by_host.items()}


def releases(known: Known) -> dict[str, tuple[Seen, ...]]:
    """The releases by `owner/repository`, in order of publication."""
    return dict(_of_kind(known, "githubrelease"))


def github(root: Path, known: Known) -> GitHub:
    """GitHub with the known releases; its repositories lie in *root*."""
    from sandbox.github import GitHub

    site = GitHub(root / "github")
    for name, seen in releases(known).items():
        site.publish(name, seen)
    return site


def _of_kind(known: Known, kind: str) -> Iterator[tuple[str, tuple[Seen, ...]]]:
    return ((name.partition(":")[2], seen) for name, seen in known.items() if name.partition(":")[0] == kind)
