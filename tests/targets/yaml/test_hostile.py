"""Whatever a file or a key holds, an edit is made in full or refused in our words: by chance, with a seed."""

import random

import pytest
import yaml as pyyaml

from profile_cd.errors import EditRefused
from profile_cd.targets import yaml
from tests.manifest.test_hostile import PIECES, mutated

TEXTS = [
    "a: v1\nb: [v1, {c: v1}]\nd:\n  - n: x\n    v: v1\n",
    "%YAML 1.2\n---\na: &x v1\nb: *x\n<<: {c: v1}\n---\na: 'v1'\n...\n",
    '{"a": "v1", "b": ["v1", {"c": "v1"}]}',
    'a: |\n  v1\nb: >-\n  v1\nc: "v1\\n"\n? d\n: v1\n',
    "\ufeffa: v1\r\nb: !!str v1 # c\r\n",
]
KEYS = [
    "$.a",
    "$.b[0]",
    "$..v",
    "$.b[*].c",
    "$.d[?(@.n == 'x')].v",
    "a",
    "['a']",
    "$.b[1:].c",
    "$..[?(@ =~ /v/)]",
    "$.*",
]
SIGNS = [
    "$",
    ".",
    "..",
    "[",
    "]",
    "*",
    "?(",
    ")",
    "@",
    "'",
    '"',
    "==",
    "=~",
    "/",
    "!",
    "&&",
    "||",
    "~",
    "\\",
    ":",
    ",",
    "-",
    "0",
    *PIECES,
]
VALUES = ["v2", "1.30", "", "a: b", "'", '"', "\\", "#", " x", "é", "\ud800", "\x85", "-", "?", "y", "0o14", "x" * 500]


@pytest.mark.parametrize("seed", range(10))
def test_an_edit_is_made_in_full_or_refused_in_our_words(seed):
    chance = random.Random(seed)
    made = 0
    for _ in range(200):
        text = mutated(chance, chance.choice(TEXTS)) if chance.random() < 0.7 else chance.choice(TEXTS)
        key = mutated(chance, chance.choice(KEYS), SIGNS) if chance.random() < 0.4 else chance.choice(KEYS)
        value, document = chance.choice(VALUES), chance.choice([None, None, 0, 1, 10**30])
        try:
            after = yaml.write(text, key, value, document=document)
        except EditRefused as error:
            assert len(str(error)) < 20_000  # noqa: PT017 - either way is fine
            continue
        made += 1
        if "?" not in key:  # a filter may look at the very value that was written
            assert {each.value for each in yaml.read(after, key, document=document)} == {value}
        assert list(pyyaml.parse(after, Loader=pyyaml.CBaseLoader))
    assert made > 10


@pytest.mark.parametrize("seed", range(4))
def test_a_key_is_a_path_or_refused_in_our_words(seed):
    chance = random.Random(seed)
    for _ in range(600):
        key = mutated(chance, chance.choice(KEYS), SIGNS)
        try:
            hash(yaml.address(key))
        except EditRefused as error:
            assert len(str(error)) < 20_000  # noqa: PT017 - either way is fine
