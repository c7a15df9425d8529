"""How an image is called: the registry and the repository in its name, as `docker pull` reads it.

The grammar is that of https://pkg.go.dev/github.com/distribution/reference, without a tag or a digest.
"""

from __future__ import annotations

import re

from profile_cd.credentials import DOCKER_HUB, DOCKER_HUB_ALIASES
from profile_cd.errors import Unreadable
from profile_cd.fields import Written
from profile_cd.neutral import line as shown

_COMPONENT = r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*"
_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)"
_REGISTRY = rf"(?:localhost|{_HOST}+|{_HOST}*:[0-9]+)/"
_IMAGE = re.compile(rf"(?:{_REGISTRY})?{_COMPONENT}(?:/{_COMPONENT})*")
_TAGGED = re.compile(r"[:@][A-Za-z0-9_][A-Za-z0-9._:-]*\Z")


def read(spec: Written) -> str:
    """The name that stands at `image`. Raises Unreadable."""
    image = spec.text("image")
    if _IMAGE.fullmatch(image):
        return image
    tagged = _TAGGED.search(image)
    bare = image[: tagged.start()] if tagged else ""
    raise Unreadable(
        f"`image` is `{shown(image, 80)}`, which is no name of an image.",
        line=spec.at("image"),
        now=f"Leave the tag to `versionfilter`: `{shown(bare, 80)}`."
        if _IMAGE.fullmatch(bare)
        else "Write it like `acme/ledger` or `ghcr.io/acme/ledger`, in lower case.",
    )


def parts(image: str) -> tuple[str, str]:
    """The registry of *image*, with its port where it has one, and the repository there, as its addresses spell it."""
    first, slash, rest = image.partition("/")
    # Docker's own rule: only what looks like a host is one; `acme/ledger` lies on Docker Hub.
    host, name = (first, rest) if slash and ("." in first or ":" in first or first == "localhost") else ("", image)
    if host and host not in DOCKER_HUB_ALIASES:
        return host, name
    # Docker Hub keeps its official images in `library`, which nobody writes.
    return DOCKER_HUB, name if "/" in name else f"library/{name}"
