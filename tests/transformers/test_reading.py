"""Transformers as a manifest writes them."""

import pytest

from profile_cd import transformers
from profile_cd.errors import BadCondition
from profile_cd.model import Transformer


def test_the_keys_of_one_item_run_in_a_fixed_order_whatever_their_own():
    item = {"addsuffix": "-b", "trimprefix": "v", "addprefix": "v"}

    assert [each.name for each in transformers.read(item)] == ["addprefix", "addsuffix", "trimprefix"]


@pytest.mark.parametrize(
    ("label", "item", "words"),
    [
        ("a typo", {"addprefx": "v"}, "Perhaps `addprefix` was meant."),
        ("another letter case", {"addPrefix": "v"}, "Perhaps `addprefix` was meant."),
        ("nothing like it", {"zzz": "v"}, "`unquote`"),
        ("jsonmatch", {"jsonmatch": {"key": "a"}}, "`jsonmatch` is not supported"),
        ("a list for a text", {"addprefix": ["v"]}, "wants a text"),
        ("a text for a mapping", {"replacer": "a"}, "`replacer` wants a mapping"),
        ("a mapping for a list", {"replacers": {"from": "a"}}, "wants a list"),
        ("a replacer without from", {"replacer": {"to": "a"}}, "what to replace"),
        ("a key of a pair", {"replacers": [{"form": "a"}]}, "Perhaps `from` was meant."),
        ("a list in a pair", {"replacer": {"from": ["a"]}}, "`replacer.from` wants a text"),
        ("findsubmatch without pattern", {"findsubmatch": {"captureindex": 1}}, "no `pattern`"),
        ("an index that is none", {"findsubmatch": {"pattern": "a", "captureindex": "-1"}}, "`-1`"),
        ("lookbehind", {"find": "(?<=v)1"}, "no lookbehind"),
        ("lookahead in findsubmatch", {"findsubmatch": {"pattern": "1(?=a)"}}, "findsubmatch.pattern"),
        ("semverinc", {"semverinc": "major, minor"}, "does not know `minor`"),
        ("semverinc of all", {"semverinc": "all"}, "`major`, `minor` or `patch`"),
        ("a flag of another kind", {"quote": "yes"}, "`true`"),
    ],
)
def test_what_can_never_work_is_refused_before_anything_is_asked(label, item, words):
    with pytest.raises(BadCondition) as caught:
        transformers.read(item)

    assert words in str(caught.value)


def test_an_unknown_transformer_made_elsewhere_is_refused_as_well():
    with pytest.raises(BadCondition):
        transformers.apply((Transformer("trim", "v"),), "v1")


def test_all_transformers_have_a_place_in_the_order():
    assert transformers.ORDER[0] == "addprefix"
    assert len(transformers.ORDER) == len(set(transformers.ORDER)) == 12
