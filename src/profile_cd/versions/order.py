"""In which order a source delivers its list: only a source knows, and only some filters ask."""

from __future__ import annotations

from enum import Enum


class Order(Enum):
    """What the order of a source's list says.

    AGE: created first comes first (releases). VERSION: the lowest version comes first (an index of charts, which
    updatecli sorts). NONE: nothing (tags, which registries and Git list by their letters, `v0.0.9` behind `v0.0.14`).
    """

    AGE = "by age"
    VERSION = "by version"
    NONE = "by letters"
