"""However a manifest writes an argument, it has one shape; what is switched off is as good as not there."""

import pytest

from profile_cd.errors import BadCondition
from profile_cd.transformers.shape import shaped, suggestion


@pytest.mark.parametrize(
    ("name", "argument", "shape"),
    [
        ("addprefix", "v", "v"),
        ("addprefix", 1.5, "1.5"),
        ("addprefix", True, "true"),
        ("addprefix", "", None),
        ("addprefix", None, None),
        ("quote", True, "true"),
        ("quote", "True", "true"),
        ("quote", False, None),
        ("unquote", "FALSE", None),
        ("replacer", {"from": "a", "to": "b"}, {"from": "a", "to": "b"}),
        ("replacer", {"from": "a"}, {"from": "a", "to": ""}),
        ("replacer", {"from": "a", "to": None}, {"from": "a", "to": ""}),
        ("replacer", {"from": 1, "to": 2}, {"from": "1", "to": "2"}),
        ("replacers", [{"from": "a"}, {"from": "b"}], [{"from": "a", "to": ""}, {"from": "b", "to": ""}]),
        ("replacers", [], None),
        ("findsubmatch", "(x)", {"pattern": "(x)"}),
        ("findsubmatch", {"pattern": "(x)", "captureindex": 1}, {"pattern": "(x)", "captureindex": "1"}),
        ("findsubmatch", {"pattern": "(x)", "captureindex": "007"}, {"pattern": "(x)", "captureindex": "007"}),
        ("jsonmatch", {"key": "a"}, {"key": "a"}),
    ],
)
def test_an_argument_has_one_shape(name, argument, shape):
    assert shaped(name, argument) == shape


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("addprefix", {}),
        ("quote", "yes"),
        ("replacer", {"from": ""}),
        ("replacer", {1: "a"}),
        ("replacers", "a"),
        ("replacers", {"from": "a"}),
        ("findsubmatch", []),
        ("findsubmatch", {"pattern": "x", "captureindex": 1000}),
        ("findsubmatch", {"pattern": "x", "captureindex": "1.0"}),
        ("findsubmatch", {"pattern": "x", "captureindex": "²"}),
    ],
)
def test_another_shape_is_refused(name, argument):
    with pytest.raises(BadCondition, match=f"`{name}|`captureindex`"):
        shaped(name, argument)


def test_what_was_probably_meant_is_the_nearest_name_else_all_of_them():
    assert suggestion("FORM", ("from", "to")) == "Perhaps `from` was meant."
    assert suggestion("zzz", ("from", "to")) == "There are `from`, `to`."
