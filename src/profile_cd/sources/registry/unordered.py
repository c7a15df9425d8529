"""What to say of conditions that go by the order of a list, since a registry's says nothing.

Docker Hub, distribution and most others list tags by their letters, GHCR in the order of their upload; the
distribution-spec asks for the first. `v0.0.9` behind `v0.0.14` was deployed by updatecli's `latest` more than once.
"""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd.model import Condition

LATEST = (
    "`kind: latest` takes the highest release, not the latest tag: registries list tags by their letters. "
    "Say which versions may be taken, like `{kind: semver, pattern: ^1.0.0}`."
)
REGEX = (
    "`kind: regex` takes the last tag that matches in the registry's own order, and registries list tags by their "
    "letters, `9` behind `10`. Catch the version in a group and order it: `kind: regex/semver`."
)


def unordered(condition: Condition) -> Sequence[str]:
    """A warning for `latest` without a name and for `regex`; nothing for conditions that order versions themselves."""
    if condition.kind == "latest":
        return (LATEST,) if condition.pattern in ("", "latest") else ()
    return (REGEX,) if condition.kind == "regex" else ()
