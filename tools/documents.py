"""The parts of the README that are made from action.yml: `python -m tools documents` writes them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]


def tables() -> dict[str, str]:
    """Markdown by the name of its marker in the README."""
    action = _read("action.yml")
    trigger = _read("trigger/action.yml")
    return {
        "inputs": _table(("input", "meaning", "default"), _inputs(action)),
        "outputs": _table(("output", "meaning"), _outputs(action)),
        "trigger": "\n\n".join(
            [
                _table(("input", "meaning", "default"), _inputs(trigger)),
                _table(("output", "meaning"), _outputs(trigger)),
            ]
        ),
    }


def filled(readme: str) -> str:
    """*readme* with every marked part made anew."""
    for name, table in tables().items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        pattern = re.escape(begin) + r".*?" + re.escape(end)
        made = f"{begin}\n{table}\n{end}".replace("\\", r"\\")
        readme = re.sub(pattern, made, readme, flags=re.DOTALL)
    return readme


def main(_words: list[str]) -> int:
    """Write the README."""
    place = ROOT / "README.md"
    place.write_text(filled(place.read_text("utf-8")), "utf-8")
    return 0


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / name).read_text("utf-8"))
    return found


def _inputs(action: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(f"`{name}`", _sentence(each["description"]), _default(each)) for name, each in action["inputs"].items()]


def _default(each: dict[str, Any]) -> str:
    if each.get("required"):
        return "required"
    return f"`{each['default']}`" if each.get("default") else ""


def _outputs(action: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f"`{name}`", _sentence(each["description"])) for name, each in action["outputs"].items()]


def _sentence(text: str) -> str:
    return text.replace("|", "\\|")


def _table(head: tuple[str, ...], rows: list[Any]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
