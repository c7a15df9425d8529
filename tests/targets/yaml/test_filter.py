"""The grammar of filters: what binds to what, and where a mistake stands."""

import pytest

from profile_cd.errors import EditRefused
from profile_cd.targets.yaml import path as yaml_path
from profile_cd.targets.yaml.step import AllOf, AnyOf, Below, Compare, Matches, Named, Not, Value

A, B, C = (Below(root=False, steps=(Named(f".{name}", (name,)),)) for name in "abc")


def condition(inside):
    return yaml_path.parse(f"$[?({inside})]")[0].condition


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        ("@.a", A),
        ("!@.a", Not(A)),
        ("!!@.a", Not(Not(A))),
        ("@.a && @.b", AllOf((A, B))),
        ("@.a||@.b||@.c", AnyOf((A, B, C))),
        ("@.a || @.b && @.c", AnyOf((A, AllOf((B, C))))),
        ("(@.a || @.b) && @.c", AllOf((AnyOf((A, B)), C))),
        ("!@.a && @.b", AllOf((Not(A), B))),
        ("@.a == 'x'", Compare(A, "==", Value("text", "x"))),
        ('"x" != @.a', Compare(Value("text", "x"), "!=", A)),
        ("@.a<=-1.5e3", Compare(A, "<=", Value("number", "-1.5e3"))),
        ("@.a == true", Compare(A, "==", Value("truth", "true"))),
        ("@.a == null", Compare(A, "==", Value("nothing", "null"))),
        ("@.a == @.b", Compare(A, "==", B)),
        ("$.a == @.b", Compare(Below(root=True, steps=A.steps), "==", B)),
        (r"@.a =~ /x\/y/", Matches(A, "x/y")),
        ("  @.a  ", A),
    ],
)
def test_a_condition_is_read_as_it_binds(inside, read):
    assert condition(inside) == read


@pytest.mark.parametrize(
    ("inside", "character", "words"),
    [
        ("", 5, "a filter compares"),
        ("@.a ==", 11, "a filter compares"),
        ("@.a == x", 12, "a filter compares"),
        ("@.a &&", 11, "a filter compares"),
        ("(@.a", 10, "`)]` must close the filter"),
        ("@.a =~ x", 12, "a pattern between slashes"),
        ("@.a =~ /(/", 12, "no regular expression that RE2 understands"),
        ("@.a =~ /(?=x)/", 12, "no regular expression that RE2 understands"),
    ],
)
def test_a_mistake_is_named_by_its_character(inside, character, words):
    with pytest.raises(EditRefused) as refused:
        condition(inside)

    assert f"at character {character} " in str(refused.value)
    assert words in str(refused.value)
