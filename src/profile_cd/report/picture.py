"""A picture of a run in Mermaid: from what was published through the files to the projects that deploy them."""

from __future__ import annotations

from collections.abc import Sequence

from profile_cd import markdown, neutral
from profile_cd.proposal import Upgrade, upgrades
from profile_cd.report.ended import Ended

MOST_NODES = 6
"""Of each kind: a picture that one must scroll shows nothing."""

MOST_IN_SIGHT = 7
"""Nodes of a picture that stands open; a larger one takes more of the page than all that is written on it."""

TITLE = "Picture: what was published, the files that hold it, the projects that deploy them"


def picture(ended: Ended) -> list[str]:
    """The picture, folded where it is large; nothing where no project is concerned by what changed."""
    found = [each for each in upgrades(ended.changes) if each.first.lane == "merge"]
    files = list(dict.fromkeys(file for each in found for file in each.files))
    names = [
        each.project.name for each in ended.concerned if set(ended.concerns.get(each.project.name, ())) & set(files)
    ]
    if not found or not names:
        return []
    nodes = [*_nodes("p", [_label(each) for each in found]), *_nodes("f", files), *_nodes("d", names)]
    edges = [f"p{_at(n)} --> f{_at(files.index(file))}" for n, each in enumerate(found) for file in each.files]
    edges += [
        f"f{_at(files.index(file))} --> d{_at(n)}"
        for n, name in enumerate(names)
        for file in ended.concerns[name]
        if file in files
    ]
    drawn = ["```mermaid", "flowchart LR", *(f"  {line}" for line in (*nodes, *dict.fromkeys(edges))), "```"]
    return markdown.folded(TITLE, drawn) if len(nodes) > MOST_IN_SIGHT else ["", *drawn]


def _label(each: Upgrade) -> str:
    return f"{each.product} {each.new}"


def _nodes(kind: str, labels: Sequence[str]) -> list[str]:
    """A node for each label; what is too much is one node at the end."""
    left = len(labels) - MOST_NODES
    made = [f'{kind}{n}["{neutral.diagram(label)}"]' for n, label in enumerate(labels[:MOST_NODES])]
    return [*made, f'{kind}{MOST_NODES}["and {left} more"]'] if left > 0 else made


def _at(number: int) -> int:
    return min(number, MOST_NODES)
