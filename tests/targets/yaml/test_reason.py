"""Why a key finds nothing that could be written, in words to act on."""

import time

import pytest

from profile_cd.errors import EditRefused
from profile_cd.targets import yaml

TEXT = """\
image:
  tag: v1
  repository: x/y
config_files:
  rules_response__default.json: v1
base: &base
  tag: v1
copy: *base
merged:
  <<: *base
  other: 1
several:
  <<: [*base, {deep: v1}]
items: [{name: x}, {name: y}]
block: |
  v1
folded: >-
  v1
none:
name: !!int 5
secret: !vault v1
twice: {a: v1, a: v2}
"""

REASONS = {
    "how far it got": (
        "$.image.tagg",
        "`$.image` is there, a mapping without `tagg`. Did you mean `$.image.tag`?",
    ),
    "nothing like it": ("$.image.version", "a mapping without `version`. It has `tag`, `repository`."),
    "a long list is cut": ("$.zzz", "`$` is there, a mapping without `zzz`. It has `image`, `config_files`, "),
    "a name with dots": (
        "$.config_files.rules_response__default.json",
        "Did you mean `$.config_files['rules_response__default.json']`?",
    ),
    "below a scalar": ("$.image.tag.x", "`$.image.tag` is there, a scalar, with nothing below it."),
    "a name in a sequence": ("$.items.name", "`$.items` is there, a sequence, in which `.name` finds nothing."),
    "a filter": ("$.items[?(@.name == 'z')].name", "`$.items` is there, a sequence, in which `[?("),
    "through an alias": ("$.copy.tag", "the value stands at `$.base.tag` (line 7)"),
    "through a merge": ("$.merged.tag", "the value stands at `$.base.tag` (line 7)"),
    "through one of several merges": ("$.several.deep", "the value stands at `$.several['<<'][1].deep` (line 13)"),
    "an alias": ("$.copy", "an alias (`*base`), which has no value of its own; the value stands at `$.base`"),
    "a mapping": ("$.image", "a mapping, not a single value. Address one value in it, like `$.image.tag`."),
    "a sequence": ("$.items", "a sequence, not a single value. Address one value in it, like `$.items[0].name`."),
    "everything": ("$..*", "a mapping, not a single value"),
    "a block": ("$.block", "a block scalar (|)"),
    "a folded block": ("$.folded", "a folded block scalar (>)"),
    "an empty value": ("$.none", "(line 19 of the file) addresses an empty value"),
    "a number by its tag": ("$.name", "the tag `tag:yaml.org,2002:int`"),
    "a tag of its own": ("$.secret", "the tag `!vault`"),
    "a doubled key": ("$.twice.a", "`a` is there twice in one mapping"),
}


@pytest.mark.parametrize(("key", "words"), REASONS.values(), ids=REASONS)
def test_a_refusal_says_why_and_where_to_look(key, words):
    with pytest.raises(EditRefused) as read:
        yaml.read(TEXT, key)
    with pytest.raises(EditRefused) as written:
        yaml.write(TEXT, key, "v2")

    assert words in str(read.value)
    assert read.value.now
    assert str(written.value) == str(read.value)


def test_an_anchor_that_merges_itself_is_no_trap():
    with pytest.raises(EditRefused, match="matches nothing"):
        yaml.read("a: &a\n  <<: *a\n  b: 1\n", "$.a.c")


def test_merges_upon_merges_cost_no_more_than_their_number():
    lines = ["a0: &a0 {x: 1}"] + [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 60)]
    start = time.process_time()

    with pytest.raises(EditRefused, match=r"stands at `\$.a0.x` \(line 1\)"):
        yaml.read("\n".join(lines), "$.a59.x")

    assert time.process_time() - start < 1
