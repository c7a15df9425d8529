"""The JSON Schema of manifests, made from the reader's own tables."""

from __future__ import annotations

from pathlib import Path

from profile_cd.manifest import schema as manifest_schema

PLACE = Path(__file__).parents[1] / "docs" / "manifest.schema.json"


def main(_words: list[str]) -> int:
    """Write it."""
    PLACE.write_text(manifest_schema.rendered(), "utf-8")
    return 0
