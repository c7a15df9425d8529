"""Whether a value goes up or down when another takes its place."""

from __future__ import annotations

from profile_cd.versions.semver import parse


def goes_down(old: str, new: str, version: str) -> bool:
    """Whether the value *new*, made of *version*, stands for an older version than the value *old*.

    False where the two values do not have the same text around their versions, or hold none.
    """
    for spelled in (version, version.removeprefix("v")):
        head, found, tail = new.partition(spelled)
        if found and old.startswith(head) and old.endswith(tail) and len(old) > len(head) + len(tail):
            was, now = parse(old[len(head) : len(old) - len(tail)]), parse(spelled)
            return was is not None and now is not None and was.order > now.order
    return False
