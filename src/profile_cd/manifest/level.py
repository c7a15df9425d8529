"""One level of a manifest, read by its table: values with their types, and what to say of keys that do not belong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from profile_cd.credentials import Secret
from profile_cd.errors import Unreadable
from profile_cd.fields import Table
from profile_cd.manifest.keys import Place, listed, lower, sort_out
from profile_cd.manifest.notes import Notes
from profile_cd.manifest.scalar import SPOKEN, text
from profile_cd.manifest.stand_in import stand_in
from profile_cd.manifest.yaml import Node
from profile_cd.neutral import line as shown

LONGEST_NUMBER = 9
"""Digits; Python reads no number of more than 4,300."""
NOTHING = Node("nothing", 0)


class Level:
    """The mapping *node*, named *where* in messages, whose keys *table* knows.

    With *caseless*, keys match in any case and scalars keep their type, as below updatecli's `spec`, which mapstructure
    decodes and not the YAML library: `versionFilter` is a key there, and `pattern: 1.2` no text. What is wrong with the
    keys is noted; Unreadable is raised for what is no mapping at all.
    """

    def __init__(
        self, node: Node, table: Table, where: str, notes: Notes, *, caseless: bool = False, owner: str = ""
    ) -> None:
        if node.kind not in ("mapping", "nothing"):
            raise Unreadable(
                f"{where} is {SPOKEN[node.kind]} where a mapping must stand.",
                line=node.line,
                now=f"Its keys are {listed(name for name, each in table.items() if each.says)}.",
            )
        self.line = node.line
        self.where = where
        self.notes = notes
        self._owner = owner or lower(where)
        self._table = table
        self._caseless = caseless
        self._keys = sort_out(node.fields, Place(where, table, node.line, caseless), notes)

    def require(self) -> None:
        """Raise Unreadable where a key is missing that must be there, for the last of several; the others are noted."""
        for error in self._keys.missing[:-1]:
            self.notes.fail(error)
        for error in self._keys.missing[-1:]:
            raise error

    def has(self, name: str) -> bool:
        """Whether *name* is there and holds something."""
        return name in self._keys.found

    def node(self, name: str) -> Node:
        """The value of *name*, of kind `nothing` where it is not there."""
        return self._keys.found.get(name, NOTHING)

    def at(self, name: str) -> int:
        """The line of *name*, or of the whole where it is not there."""
        return self.node(name).line or self.line

    def text(self, name: str, default: str = "") -> str:
        """A text. Below `spec` a number is not taken for one."""
        node = self.node(name)
        if node.kind == "nothing" and not node.values:
            return default
        value = self._known(name, node, text(node, self._name(name), strict=self._caseless))
        if self._table[name].address:
            self.notes.hide(node.values, address=True)
        choices = self._table[name].choices
        if choices and node.unset:
            raise self._undecided(name)
        if choices and value not in choices:
            raise Unreadable(
                f"{self._name(name)} cannot be `{shown(value, 80)}`.",
                line=node.line,
                now=f"Write one of {listed(each for each in choices if each)}.",
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
        if not self._table[name].public:
            self.notes.hide(node.values)
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
        """The level under *name*; an empty one where it is not there.

        Of a `spec` it is not required yet that it has every key, so that all that is wrong with it is said at once.
        """
        node = self.node(name)
        if node.kind == "nothing":
            node = Node("mapping", self.line)
        level = Level(
            node,
            table,
            self._name(name),
            self.notes,
            caseless=self._caseless if caseless is None else caseless,
            owner=self._owner,
        )
        if name != "spec":
            level.require()
        return level

    def only_one(self, one: str, other: str, *, required: bool) -> None:
        """Raise Unreadable where both are there, or where one is *required* and none is."""
        if self.has(one) and self.has(other):
            raise Unreadable(
                f"{self.where} has both `{one}` and `{other}`.", line=self.at(other), now="Keep one of them."
            )
        if required and not self.has(one) and not self.has(other):
            raise Unreadable(f"{self.where} has no `{one}`.", line=self.line, now=f"Write `{one}` or `{other}`.")

    def warn(self, name: str, reason: str) -> None:
        """Note a warning at the line of *name*."""
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
