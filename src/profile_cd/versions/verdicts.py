"""The words for why a version is not taken."""

from __future__ import annotations

import re

PICKED = "the newest that the condition takes"
OLDER = "newer is taken"
BELOW = "below the range"
ABOVE = "above the range"
BETWEEN = "between the ranges"
OUTSIDE = "outside the condition"
PRERELEASE = "a prerelease, and the condition names none"
EXCLUDED = "excluded by the condition"
NOT_A_VERSION = "not a version"
NOT_STRICT = "not three plain numbers, as `strict` wants them"
NO_MATCH = "does not match the regular expression"
NOT_NAMED = "not the version that the pattern names"
# cosign files signatures, attestations and bills of materials beside an image, under its digest as a tag.
_NOISE = re.compile(r"sha256-(?:[0-9a-f]{32,}|.*\.(?:sig|att|sbom))|", re.DOTALL)


def is_noise(text: str) -> bool:
    """Whether a tag is a signature, an attestation or the like, filed among the versions by its tool."""
    return _NOISE.fullmatch(text) is not None
