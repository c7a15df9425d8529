"""One level of a manifest, read by its table: values with their types, and what to say of keys that do not belong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from profile_cd.credentials import Secret
from profile_cd.errors import Unreadable
from profile_cd.fields import Field, Table
from profile_cd.manifest.notes import Notes
from profile_cd.manifest.scalar import SPOKEN, text
from profile_cd.manifest.stand_in import stand_in
from profile_cd.manifest.yaml import Node
from profile_cd.neutral import line as shown

MOST_UNKNOWN = 20
LONGEST_KEY = 50
LONGEST_NUMBER = 9
"""Digits; Python reads no number of more than 4,300."""
NOTHING = Node("nothing", 0)


class Level:
    """The mapping *node*, named *where* in messages, whose keys *table* knows.

    With *caseless*, keys match in any case and scalars keep their type, as below updatecli's `spec`.
    Raises Unreadable where a key is refused or missing; of unknown ones the *notes* tell.
    """

    def __init__(
        self, node: Node, table: Table, where: str, notes: Notes, *, caseless: bool = False, owner: str = ""
    ) -> None:
        if node.kind not in ("mapping", "nothing"):
            raise Unreadable(
                f"{where} is {SPOKEN[node.kind]} where a mapping must stand.",
                line=node.line,
                now=f"Its keys are {_listed([name for name, each in table.items() if each.says])}.",
            )
        self.line = node.line
        self.where = where
        self._owner = owner or _lower(where)
        self.notes = notes
        self._table = table
        self._caseless = caseless
        self._found = self._sorted_out(node.fields)

    def has(self, name: str) -> bool:
        """Whether *name* is there and holds something."""
        return name in self._found

    def node(self, name: str) -> Node:
        """The value of *name*, of kind `nothing` where it is not there."""
        return self._found.get(name, NOTHING)

    def at(self, name: str) -> int:
        """The line of *name*, or of the whole where it is not there."""
        return self.node(name).line or self.line

    def text(self, name: str, default: str = "") -> str:
        """A text. Below `spec` a number is not taken for one."""
        node = self.node(name)
        if node.kind == "nothing" and not node.values:
            return default
        value = self._known(name, node, text(node, self._name(name), strict=self._caseless))
        choices = self._table[name].choices
        if choices and node.unset:
            raise self._undecided(name)
        if choices and value not in choices:
            raise Unreadable(
                f"{self._name(name)} cannot be `{shown(value, 80)}`.",
                line=node.line,
                now=f"Write one of {_listed([each for each in choices if each])}.",
            )
        return value

    def word(self, name: str, default: str = "") -> str:
        """A text on which it depends what else is read, so that no other can stand in for it."""
        node = self.node(name)
        if node.unset:
            raise self._undecided(name)
        return default if node.kind == "nothing" else text(node, self._name(name), strict=self._caseless)

    def label(self, name: str, default: str = "") -> str:
        """A text that only people read: whatever it says, nothing depends on it."""
        node = self.node(name)
        if node.kind == "nothing" and not node.values:
            return default
        asked = [f'{{{{ source "{each.source}" }}}}' for each in node.values if each.source]
        own = replace(node, values=tuple(each for each in node.values if not each.source))
        return " ".join([text(own, self._name(name), strict=False), *asked]).strip()

    def secret(self, name: str) -> Secret:
        """A text that is shown to nobody."""
        node = self.node(name)
        return Secret("" if node.kind == "nothing" else text(node, self._name(name), strict=True, secret=True))

    def flag(self, name: str) -> bool:
        """`true` or `false`; false where it is not there."""
        node = self.node(name)
        if node.kind == "nothing":
            return False
        if node.unset:
            raise self._undecided(name)
        if (node.kind == "flag" or node.values) and node.text.lower() in ("true", "false"):
            return node.text.lower() == "true"
        raise self._wrong(name, "`true` or `false`, without quotes")

    def number(self, name: str) -> int | None:
        """A whole number from 0, or None where it is not there."""
        node = self.node(name)
        if node.kind == "nothing":
            return None
        if node.unset:
            raise self._undecided(name)
        if node.kind != "number" or not node.text.isdecimal() or len(node.text) > LONGEST_NUMBER:
            raise self._wrong(name, "a whole number from 0, without quotes")
        return int(node.text)

    def texts(self, name: str) -> tuple[tuple[str, int], ...]:
        """A list of texts, each with its line."""
        node = self.node(name)
        if node.kind == "nothing":
            return ()
        if node.kind != "list":
            raise self._wrong(name, "a list")
        each_name = f"An entry of {self._name(name)}"
        return tuple(
            (self._known(name, each, text(each, each_name, strict=self._caseless)), each.line) for each in node.items
        )

    def each(self, name: str) -> Iterator[tuple[str, Node]]:
        """The entries of a mapping, by names of the author's choice."""
        node = self.node(name)
        if node.kind not in ("mapping", "nothing"):
            raise self._wrong(name, "a mapping from names to details")
        yield from node.fields.items()

    def below(self, name: str, table: Table, *, caseless: bool | None = None) -> Level:
        """The level under *name*; an empty one where it is not there."""
        node = self.node(name)
        if node.kind == "nothing":
            node = Node("mapping", self.line)
        caseless = self._caseless if caseless is None else caseless
        return Level(node, table, self._name(name), self.notes, caseless=caseless, owner=self._owner)

    def only_one(self, one: str, other: str, *, required: bool) -> None:
        """Raise Unreadable where both are there, or where one is *required* and none is."""
        if self.has(one) and self.has(other):
            raise Unreadable(
                f"{self.where} has both `{one}` and `{other}`.", line=self.at(other), now="Keep one of them."
            )
        if required and not self.has(one) and not self.has(other):
            raise Unreadable(f"{self.where} has no `{one}`.", line=self.line, now=f"Write `{one}` or `{other}`.")

    def warn(self, name: str, reason: str) -> None:
        """Tell something at the line of *name*."""
        self.notes.warn(self.at(name), reason)

    def _known(self, name: str, node: Node, value: str) -> str:
        """*value*, or what stands in for it where the variables of its templates are not known."""
        if not node.unset:
            return value
        self.notes.unset.append((node.line, node.unset))
        instead = stand_in(name, value)
        self.notes.stand_ins[instead] = node.unset
        return instead

    def _undecided(self, name: str) -> Unreadable:
        node = self.node(name)
        return Unreadable(f"{self._name(name)} is not known.", line=node.line, unset=node.unset)

    def _name(self, name: str) -> str:
        return f"`{name}` of {self._owner}"

    def _wrong(self, name: str, wanted: str) -> Unreadable:
        kind = SPOKEN[self.node(name).kind]
        return Unreadable(f"{self._name(name)} is {kind}.", line=self.at(name), now=f"Write {wanted}.")

    def _sorted_out(self, fields: Mapping[str, Node]) -> dict[str, Node]:
        found: dict[str, Node] = {}
        unknown: list[tuple[str, Node]] = []
        old = {spelling: name for name, each in self._table.items() for spelling in each.old}
        for written, node in fields.items():
            name = old.get(written, written.lower() if self._caseless else written)
            field = self._table.get(name)
            if field is None:
                unknown.append((written, node))
                continue
            if name in found:
                raise Unreadable(f"{self.where} has `{name}` twice.", line=node.line, now="Keep one of them.")
            if name != written and not self._caseless:
                self.notes.warn(node.line, f"`{written}` is an earlier spelling. Write `{name}`.")
            if self._counts(name, field, node):
                found[name] = node
        self._missing(found, unknown)
        return found

    def _counts(self, name: str, field: Field, node: Node) -> bool:
        if node.kind == "nothing" and not node.values:
            return False
        empty = node.kind in ("mapping", "list") and not node.fields and not node.items
        if field.required and empty:
            return False
        if field.refused and not empty and (node.kind, node.text.lower()) != ("flag", "false"):
            # updatecli's own pull requests and conditions say nothing of the version that is taken.
            if self.notes.lenient and not self._caseless:
                return False
            raise Unreadable(
                f"The key `{name}` of {_lower(self.where)} is not supported.", line=node.line, now=field.refused
            )
        if field.ignored:
            self.notes.warn(node.line, f"`{name}` has no effect here. {field.ignored}")
        return not (field.refused or field.ignored)

    def _missing(self, found: Mapping[str, Node], unknown: list[tuple[str, Node]]) -> None:
        required = [name for name, each in self._table.items() if each.required and name not in found]
        for written, node in unknown[:MOST_UNKNOWN]:
            meant = self._meant(written)
            reason = f"The key `{shown(written, 80)}` is unknown in {_lower(self.where)}."
            if meant in required:
                raise Unreadable(reason, line=node.line, now=f"Did you mean `{meant}`?")
            if not written.startswith("x-"):
                advice = f"Did you mean `{meant}`?" if meant else "It has no effect."
                self.notes.warn(node.line, f"{reason} {advice}")
        if required:
            raise Unreadable(f"{self.where} has no `{required[0]}`.", line=self.line, now="Write it.")

    def _meant(self, written: str) -> str:
        known = [name for name, each in self._table.items() if not each.refused and not each.ignored]
        return next(iter(get_close_matches(written[:LONGEST_KEY].lower(), known, 1)), "")


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _lower(where: str) -> str:
    return where[0].lower() + where[1:]
