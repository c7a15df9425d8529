"""From a version to the value that is written."""

import pytest

from profile_cd import transformers
from profile_cd.errors import ProfileError


def transformed(item, version="v1.2.3"):
    return transformers.apply(transformers.read(item), version)


@pytest.mark.parametrize(
    ("label", "item", "version", "value"),
    [
        ("a prefix is always added", {"addprefix": "v"}, "v1.2.3", "vv1.2.3"),
        ("a suffix is always added", {"addsuffix": "-alpine"}, "1-alpine", "1-alpine-alpine"),
        ("a prefix is trimmed once", {"trimprefix": "v"}, "vv1", "v1"),
        ("a suffix is trimmed once", {"trimsuffix": ".0"}, "1.0.0", "1.0"),
        ("all occurrences are replaced", {"replacer": {"from": ".", "to": "_"}}, "1.2.3", "1_2_3"),
        ("a replacer may delete", {"replacer": {"from": "."}}, "1.2.3", "123"),
        (
            "replacers make one pass, without a rescan",
            {"replacers": [{"from": "a", "to": "b"}, {"from": "b", "to": "a"}]},
            "ab",
            "ba",
        ),
        (
            "of two that fit at one place the earlier wins",
            {"replacers": [{"from": "1", "to": "one"}, {"from": "12", "to": "twelve"}]},
            "12",
            "one2",
        ),
        (
            "of two that are the same the earlier wins",
            {"replacers": [{"from": "1", "to": "one"}, {"from": "1", "to": "eins"}]},
            "1",
            "one",
        ),
        ("find takes the leftmost match", {"find": r"\d+\.\d+"}, "v1.2.3", "1.2"),
        ("find without a match leaves nothing", {"find": "x"}, "v1.2.3", ""),
        ("findsubmatch takes the whole by default", {"findsubmatch": {"pattern": r"v(\d+)"}}, "v1.2", "v1"),
        ("findsubmatch takes a group", {"findsubmatch": {"pattern": r"v(\d+)\.(\d+)", "captureindex": 2}}, "v1.2", "2"),
        ("an index as text", {"findsubmatch": {"pattern": r"v(\d+)", "captureindex": "1"}}, "v1.2", "1"),
        ("an index beyond leaves nothing", {"findsubmatch": {"pattern": "v", "captureindex": 1}}, "v1.2", ""),
        ("no match leaves nothing", {"findsubmatch": {"pattern": "x"}}, "v1.2", ""),
        ("a group that took no part", {"findsubmatch": {"pattern": "v(x)?", "captureindex": 1}}, "v1", ""),
        (
            "groups are put together",
            {"findsubmatch": {"pattern": r"v(\d+)\.(\d+)", "capturepattern": r"\2.\1 of \0\9"}},
            "v1.2",
            "2.1 of v1.2",
        ),
        ("a plain text is the pattern", {"findsubmatch": r"\d"}, "v1.2", "1"),
        ("the major", {"semverinc": "major"}, "v1.2.3", "2.0.0"),
        ("the minor", {"semverinc": "minor"}, "v1.2.3", "1.3.0"),
        ("the patch", {"semverinc": "patch"}, "1.2", "1.2.1"),
        ("several, in their order", {"semverinc": "minor,patch"}, "1.2.3-rc.1+b", "1.3.1"),
        ("the patch after a prerelease is its release", {"semverinc": "patch"}, "1.2.3-rc.1", "1.2.3"),
        ("then the next", {"semverinc": "patch,patch"}, "1.2.3-rc.1", "1.2.4"),
        ("quotes, as Go writes them", {"quote": "true"}, 'a"\\\t\x01\x7f\u2028é', '"a\\"\\\\\\t\\x01\\x7f\\u2028é"'),
        ("beyond the basic plane", {"quote": True}, "\U000e0001", '"\\U000e0001"'),
        ("all quotes at the ends are stripped", {"unquote": "true"}, '""a"b"', 'a"b'),
        ("a number is text", {"addsuffix": 1}, "v", "v1"),
        ("a flag is text", {"addsuffix": True}, "v", "vtrue"),
    ],
)
def test_what_a_transformer_does(label, item, version, value):
    assert transformed(item, version) == value


@pytest.mark.parametrize(
    ("label", "item"),
    [
        ("empty text", {"addprefix": ""}),
        ("null", {"trimprefix": None}),
        ("switched off", {"quote": "false"}),
        ("an empty list", {"replacers": []}),
        ("no key at all", {}),
        ("a prefix that is not there", {"trimprefix": "V"}),
        ("a suffix that is not there", {"trimsuffix": "-rc"}),
        ("a text that does not occur", {"replacer": {"from": "x", "to": "y"}}),
    ],
)
def test_what_changes_nothing(label, item):
    assert transformed(item) == "v1.2.3"


def test_items_run_in_the_order_of_the_list():
    steps = (*transformers.read({"trimprefix": "v"}), *transformers.read({"addprefix": "release-"}))

    assert transformers.apply(steps, "v1.2.3") == "release-1.2.3"


def test_without_transformers_the_version_is_the_value():
    assert transformers.apply((), "") == ""


@pytest.mark.parametrize(
    ("label", "item", "version", "words"),
    [
        ("an empty version", {"addprefix": "v"}, "", "nothing to work on"),
        ("nothing left before the next", {"find": "x", "quote": True}, "v1", "does not match"),
        ("no version to count up", {"semverinc": "patch"}, "release-1", "`release-1`"),
    ],
)
def test_what_a_version_makes_impossible_is_said_in_words(label, item, version, words):
    with pytest.raises(ProfileError) as caught:
        transformed(item, version)

    assert words in str(caught.value)
