"""Random texts, keys and values: whatever is written, only the span differs and every reader reads the value."""

import random

import pytest
import yaml as pyyaml
from ruamel.yaml import YAML

from profile_cd.errors import EditRefused
from profile_cd.targets import yaml

SCALARS = [
    "v1.0.0", "'v1'", '"v1"', "1.20", "12", "true", "2024-01-01", "it''s", "'it''s'", '"esc \\u00e9\\n"', "~",
    "a b", "x/y:v1", "https://x.y/z?a=b#c", "x#y", "😀", "'😀 é'", '""', "''", "two\n{i}  lines", '"two\n{i}  lines"',
    "!!str 5", "!!str 'x'", "&{a} v1", "&{a} !!str v1", "! v1", "-1", "a,b",
]  # fmt: skip
VALUES = [
    "v2.0.0", "1.30", "1.2.3", "", " lead", "trail ", "yes", "off", "n", "null", "~", "=", "<<", "2024-02-02",
    "12:30:45", "1e3", "012", "0o14", "0x1F", "1_000", ".inf", "-", "--- x", "...", "- x", "? x", "?x", ":x",
    "x:", "x: y", "x #y", "x#y", "#x", "*x", "&x", "!x", "@x", "`x", "%x", "|", ">", "{x}", "[x]", "a,b", "a, b",
    "a]b", "it's", 'say "x"', "back\\slash", "\\n", "x/y:v2", "ghcr.io/a/b@sha256:0ab", "é😀", "true", "+1", "0b1",
    "a:b:c", "-x", "---x", "'", '"', "x y", "1:2", "2024-2-3 1:2:3", "!!str x", "$x", "a?b", "{{ x }}", "NaN", ".nan",
]  # fmt: skip
COMMENTS = ["", "", "", " # note", "   # a: b", " #"]


class Writer:
    """Builds a text in pieces, and remembers which piece each scalar is."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.pieces = []
        self.scalars = []
        self.names = 0
        self.new_line = self.random.choice(["\n", "\n", "\r\n"])

    def text(self):
        return "".join(self.pieces)

    def put(self, text):
        self.pieces.append(text.replace("\n", self.new_line))

    def name(self):
        self.names += 1
        return self.random.choice(["k", "key-", "a.b", "é", "x y"]) + str(self.names)

    def scalar(self, path, indent, *, flow=False):
        spelled = self.random.choice(SCALARS)
        if flow and set(spelled) & set(",?"):
            spelled = "v1"
        self.names += 1
        spelled = spelled.replace("{a}", f"a{self.names}").replace("{i}", indent)
        properties = ""
        while spelled.startswith(("&", "!")):
            head, _, spelled = spelled.partition(" ")
            properties += head + " "
        self.put(properties)
        self.scalars.append((len(self.pieces), path))
        self.put(spelled)

    def block(self, path, indent, depth):
        shape = self.random.choice(["mapping", "mapping", "sequence"])
        for at in range(self.random.randint(1, 4)):
            if shape == "mapping":
                name = self.name()
                self.put(f"{indent}{name}:")
                below = [*path, name]
            else:
                self.put(f"{indent}-")
                below = [*path, at]
            self.value(below, indent + self.random.choice(["  ", "    ", " "]), depth)

    def value(self, path, indent, depth):
        kind = self.random.random()
        if depth > 0 and kind < 0.4:
            self.put(self.random.choice(COMMENTS) + "\n")
            self.block(path, indent, depth - 1)
            return
        self.put(self.random.choice([" ", "  "]))
        if kind < 0.6:
            self.flow(path, depth)
        else:
            self.scalar(path, indent)
        self.put(self.random.choice(COMMENTS) + "\n" + self.random.choice(["", "", "\n", "# between\n"]))

    def flow(self, path, depth):
        mapping = self.random.random() < 0.5
        self.put("{" if mapping else "[")
        for at in range(self.random.randint(1, 3)):
            self.put(self.random.choice(["", " "]) if at == 0 else ", ")
            name = self.name() if mapping else at
            if mapping:
                self.put(f"{name}: ")
            if depth > 0 and self.random.random() < 0.3:
                self.flow([*path, name], depth - 1)
            else:
                self.scalar([*path, name], "", flow=True)
        self.put(self.random.choice(["", " "]) + ("}" if mapping else "]"))


def key_of(path):
    return "$" + "".join(f"[{each}]" if isinstance(each, int) else f"['{each}']" for each in path)


def at(data, path):
    for each in path:
        data = data[each]
    return data


def trial(seed):
    writer = Writer(seed)
    writer.put(writer.random.choice(["", "", "---\n", "\ufeff", "# head\n"]))
    writer.block([], "", 3)
    if writer.random.random() < 0.2:
        writer.pieces[-1] = writer.pieces[-1].rstrip("\r\n")
    piece, path = writer.random.choice(writer.scalars)
    return writer, piece, path, writer.random.choice(VALUES)


@pytest.mark.parametrize("seed", range(150))
def test_only_the_span_differs_and_every_reader_reads_the_value(seed):
    writer, piece, path, value = trial(seed)
    before = writer.text()
    try:
        old = yaml.read(before, key_of(path))[0].value
    except EditRefused:
        with pytest.raises(EditRefused):
            yaml.write(before, key_of(path), value)
        return

    after = yaml.write(before, key_of(path), value)

    if old == value:
        assert after is before
        return
    head, tail = "".join(writer.pieces[:piece]), "".join(writer.pieces[piece + 1 :])
    assert after.startswith(head)
    assert after.endswith(tail)
    assert len(after) > len(head) + len(tail)
    assert at(pyyaml.safe_load(after), path) == value
    assert at(YAML(typ="safe", pure=True).load(after), path) == value
