"""A YAML target: reads and writes single values of a text and leaves every other character alone."""

from __future__ import annotations

from profile_cd.targets.yaml.alike import alike
from profile_cd.targets.yaml.editing import Edit, Found, check, joined, lines, read, value, write, write_all
from profile_cd.targets.yaml.path import address
from profile_cd.targets.yaml.scalar import spell

__all__ = [
    "Edit",
    "Found",
    "address",
    "alike",
    "check",
    "joined",
    "lines",
    "read",
    "spell",
    "value",
    "write",
    "write_all",
]
