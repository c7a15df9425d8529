"""What a person reads who has to decide: what merging and closing do, who changed the condition, and how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from profile_cd import markdown, neutral
from profile_cd.model import Change, Commit, Turned
from profile_cd.proposal.contents import MORE, Contents
from profile_cd.proposal.upgrades import Upgrade, ends, upgrades


def lines_of(contents: Contents, most: int) -> list[str]:
    """What *contents* ask a person to decide, in at most some *most* bytes."""
    found = upgrades(contents.changes)
    why = [line for each in found for line in _why(each, contents)]
    return [
        *_decision(found),
        *_table(found, most // 2),
        "",
        *markdown.fitting(why, most // 2, lambda left: f"- and {left} lines more, {MORE}"),
    ]


def _decision(found: Sequence[Upgrade]) -> list[str]:
    one = found[0]
    others = f" and {len(found) - 1} more" if len(found) > 1 else ""
    product, old, new = neutral.markdown(one.product), neutral.code(one.old), neutral.code(one.new)
    kept = old if len(found) == 1 else "what stands"
    until = "the same is proposed again only when something newer comes or the condition changes"
    return [
        "> [!IMPORTANT]",
        f"> **Merge** to deploy {product} {new}{others}. **Close** to keep {kept}: {until}. Nothing else waits.",
    ]


def _table(found: Sequence[Upgrade], most: int) -> list[str]:
    conditions = any(each.first.turned is not None for each in found)
    head = ["", "from", "to", *(["condition before", "condition now"] if conditions else [])]
    rows = [[*each.cells(), *(_conditions(each) if conditions else [])] for each in found]
    return markdown.table(head, rows, most, MORE)


def _conditions(each: Upgrade) -> list[str]:
    turned = each.first.turned or Turned(Commit("", ""))
    _, new = ends(each.first)
    return [_chose(turned.then, "chose", turned.chose), _chose(turned.now, "chooses", new)]


def _chose(condition: str, word: str, version: str) -> str:
    # Within a table, a pipe of a regular expression would begin another cell: `neutral.code` escapes it.
    said = neutral.sentence(condition) if condition else "not known"
    if not condition or not version:
        return said
    return f"{said} {word} {'nothing' if version == 'nothing' else neutral.code(version)}"


def _why(each: Upgrade, contents: Contents) -> Iterable[str]:
    change, files = each.first, contents.origin.files
    name = neutral.markdown(each.product)
    yield f"- **{name}**: {_turned(each.old, change.turned) if change.turned else _said(change)}"
    if pages := each.pages(contents.links):
        yield f"  {pages}"
    for written in each.changes:
        manifest = neutral.link("manifest", f"{files}{written.path}#L{written.line}" if files else "")
        yield f"  {neutral.code(written.file)} · {neutral.code(written.key)} · {manifest}"


def _turned(old: str, turned: Turned) -> str:
    before = f", after {neutral.code(old)} was written by {_commit(turned.writer)}" if turned.writer else ""
    return f"condition changed by {_commit(turned.commit)}{before}."


def _said(change: Change) -> str:
    page = f" ({neutral.link('the commit', change.commit_url)})" if change.commit_url else ""
    return f"{neutral.sentence(change.why)}{page}"


def _commit(commit: Commit) -> str:
    by = neutral.markdown(commit.by) or "somebody"
    if not commit.name:
        return f"**{by}**, not committed yet"
    subject = neutral.markdown(commit.subject[:LONGEST_SUBJECT])
    page = neutral.code_link(commit.name[:7], commit.url)
    return f"**{by}** in {page}{f' “{subject}”' if subject else ''}"


LONGEST_SUBJECT = 72
"""Characters, as Git's own advice has it."""
