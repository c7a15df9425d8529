"""The act `schema`: writes the JSON Schema of manifests, which is made from the reader's own tables."""

from __future__ import annotations

import json
from pathlib import Path

from profile_cd import manifest_schema

PLACE = Path(__file__).parents[1] / "docs" / "manifest.schema.json"


def main(_words: list[str]) -> int:
    """Write it."""
    PLACE.write_text(text(), "utf-8")
    return 0


def text() -> str:
    """The schema as its file holds it."""
    return json.dumps(manifest_schema.schema(), indent=2, ensure_ascii=False) + "\n"
