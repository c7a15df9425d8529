"""One chart's part of a repository's `index.yaml`, without parsing the other megabytes.

`helm repo index` writes block style: `entries:` at the margin, below it one key per chart. A scanner
cuts out the lines of one chart and a real parser reads them. Where the text does not look like that,
the parser reads all of it.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_ENTRIES = re.compile(r"^entries:[ ]*\r?$", re.MULTILINE)
_MARGIN = re.compile(r"^[^\s#-]", re.MULTILINE)
_INDENT = re.compile(r"\n([ ]*)[^\s#]")


def entry_of(text: str, name: str) -> list[Any] | None:
    """The entries of the chart *name*, each a mapping of texts; None where the chart is not there.

    Everything is read as text, since `version: 1.10` and `created` would become a number and a date.
    Raises yaml.YAMLError for what is no YAML.
    """
    part = _cut(text, name)
    if part is None:
        whole = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506  # the base loader makes texts only
        entries = whole.get("entries") if isinstance(whole, dict) else None
        found = entries.get(name) if isinstance(entries, dict) else None
        return found if isinstance(found, list) else None
    if not part:
        return None
    found = yaml.load(part, Loader=yaml.CBaseLoader)  # noqa: S506  # the base loader makes texts only
    entries = next(iter(found.values())) if isinstance(found, dict) and len(found) == 1 else None
    return entries if isinstance(entries, list) else None


def _cut(text: str, name: str) -> str | None:
    """The lines of one chart, empty where it is not there, None where the scanner is not sure."""
    starts = [match.end() for match in _ENTRIES.finditer(text)]
    if len(starts) != 1:
        return None
    end = _MARGIN.search(text, starts[0])
    block = text[starts[0] : end.start() if end else len(text)]
    indent = _INDENT.search(block)
    if indent is None or not indent[1]:
        return None
    margin = indent[1]
    key = re.compile(rf"^{margin}(['\"]?){re.escape(name)}\1[ ]*:[ ]*\r?$", re.MULTILINE)
    found = list(key.finditer(block))
    if len(found) != 1:
        return None if found or _looks_odd(block, margin, name) else ""
    after = re.compile(rf"^{margin}[^\s#-]", re.MULTILINE).search(block, found[0].end())
    part = block[found[0].start() : after.start() if after else len(block)]
    return None if re.search(r"(?m)^\s*(- )?\S+:\s*[&*][^\s'\"]", part) else part


def _looks_odd(block: str, margin: str, name: str) -> bool:
    """Whether *name* may be there in a spelling that the scanner does not know."""
    return name in block and re.search(rf"(?m)^{margin}\S*{re.escape(name)}\S*\s*:", block) is not None
