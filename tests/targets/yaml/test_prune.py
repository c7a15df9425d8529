"""What a slow parser is shown of a large text: fewer entries, and nothing that reads otherwise."""

import json
import time

import pytest
import yaml as pyyaml
from ruamel.yaml import YAML

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml.prune import Splice, pruned, spliced
from profile_cd.targets.yaml.tree import descendants, documents
from tests.targets.yaml.test_fuzz import Writer


def cut(text, *wanted):
    """What is left of *text* around the scalars *wanted*, each of which becomes `NEW`."""
    nodes = [node for root in documents(text) for node in descendants(root) if node.value in wanted]
    splices = [Splice(node.start, node.end, "NEW", "NEW") for node in nodes]
    return spliced(*pruned(text, documents(text), splices))


CASES = {
    "entries of a mapping": ("a: 1\nb: 2\nc: v\nd: 4\ne: 5\n", "a: 1\nc: NEW\ne: 5\n"),
    "items of a list": ("- 1\n- 2\n- v\n- 4\n- 5\n", "- 1\n- NEW\n- 5\n"),
    "a level further down": (
        "a:\n  b: 1\n  c: 2\n  d: v\n  e: 3\n  f: 4\ng: 1\nh: 1\n",
        "a:\n  b: 1\n  d: NEW\n  f: 4\nh: 1\n",
    ),
    "comments go with the entry in front": ("a: 1\n# x\nb: 2\n# y\nc: v # z\nd: 4\n", "a: 1\n# x\nc: NEW # z\nd: 4\n"),
    "JSON": ('{"a": 1, "b": [2, 3], "c": "v", "d": 4, "e": 5}', '{"a": 1, "c": NEW, "e": 5}'),
    "an anchor is left alone": ("a: 1\n&x b: 2\nc: 3\nd: v\ne: 5\n", "a: 1\n&x b: 2\nd: NEW\ne: 5\n"),
    "explicit keys are left alone": ("a: 1\n? b\n: 2\n? c\n: v\nd: 4\n", "a: 1\n? b\n: 2\n? c\n: NEW\nd: 4\n"),
    "blocks go whole": ("a: 1\nb: |\n  x: 1\n\n  y\nc: v\nd: 1\n", "a: 1\nc: NEW\nd: 1\n"),
    "every document": ("a: v\nb: 1\nc: 1\n---\na: 1\nb: 1\nc: 1\n", "a: NEW\nc: 1\n---\na: 1\nc: 1\n"),
    "a byte order mark": ("\ufeffa: 1\nb: 2\nc: v\nd: 4\n", "\ufeffa: 1\nc: NEW\nd: 4\n"),
    "a scalar alone": ("v\n", "NEW\n"),
}


@pytest.mark.parametrize(("text", "left"), CASES.values(), ids=CASES)
def test_entries_without_a_change_go_but_for_the_first_and_the_last(text, left):
    assert cut(text, "v") == left


def flat(data):
    return json.dumps(data, default=str, sort_keys=True)


@pytest.mark.parametrize("seed", range(120))
def test_what_is_left_reads_as_the_same_entries_in_fewer_numbers(seed):
    writer = Writer(seed)
    for _ in range(4):
        writer.block(["x"], "  ", 3)
    text = "top:\n" + "".join(writer.pieces)
    try:
        roots = documents(text)
    except EditRefused:
        return
    scalars = [node for root in roots for node in descendants(root) if node.kind == "scalar" and node.start < node.end]
    chosen = sorted(writer.random.sample(scalars, min(3, len(scalars))), key=lambda node: node.start)

    left, splices = pruned(text, roots, [Splice(node.start, node.end, "", "") for node in chosen])

    assert [left[each.start : each.end] for each in splices] == [text[node.start : node.end] for node in chosen]
    for reader in (pyyaml.safe_load, YAML(typ="safe", pure=True).load):
        whole, part = reader(text), reader(left)
        assert _is_part(part, whole), seed


def _is_part(part, whole):
    """Whether every entry of *part* is one of *whole*."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(name in whole and _is_part(value, whole[name]) for name, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return all(any(_is_part(value, each) for each in whole) for value in part)
    return flat(part) == flat(whole)


@pytest.mark.parametrize(
    "text",
    [
        "a: v\n" + "".join(f"k{n}: 1\n" for n in range(40_000)),
        json.dumps({"a": "v", **{f"k{n}": [n] for n in range(30_000)}}),
        json.dumps({"a": "v", **{f"k{n}": [n] for n in range(10_000)}}, indent=1),
        "a: v\nb: [" + ",".join("1" for _ in range(60_000)) + "]\n",
    ],
    ids=["block", "one line of JSON", "JSON", "a long list"],
)
def test_a_large_text_is_cut_down_soon(text):
    roots = documents(text)
    began = time.process_time()

    left, _ = pruned(text, roots, [Splice(text.index("v"), text.index("v") + 1, "w", "w")])

    assert len(left) < 100
    assert time.process_time() - began < 1
