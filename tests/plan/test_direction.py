"""Nothing goes down, whatever the kind of condition and whatever stands around the version."""

import pytest

from profile_cd import plan, sources, transformers, versions
from profile_cd.model import Condition, Order, SourceUse
from profile_cd.sources import DockerImage, HelmChart
from profile_cd.versions import Direction

APP = {"findsubmatch": {"pattern": r"^app-(.*)$", "captureindex": 1}}
REGEX_SEMVER = Condition("regex/semver", "*-0", regex=r"^app-(.*)$")


def way(condition, old, listed, *, steps=None, order=Order.NONE):
    """Where the value *old* goes when what *condition* takes of *listed* is written."""
    use = SourceUse("s", 1, DockerImage("acme/app"), condition, transformers.read(steps or {}))
    choice = versions.choose(listed.split(), condition, order)
    return plan.direction(use, choice, (old,), choice.picked).value


@pytest.mark.parametrize(
    ("label", "condition", "old", "listed", "expected"),
    [
        ("semver", Condition("semver"), "v1.10.0", "v1.8.0 v1.9.0", "down"),
        ("semver", Condition("semver"), "v1.9.0", "v1.9.0 v1.10.0", "up"),
        ("a prerelease of the same", Condition("semver", "*-0"), "2.0.0", "2.0.0-rc.1", "down"),
        ("another spelling", Condition("semver"), "1.0.0", "v1.0.0", "same"),
        ("beyond the range", Condition("semver", "^1"), "2.0.0", "1.9.0 2.0.0", "down"),
        ("no version stands there", Condition("semver"), "latest", "v1.0.0", "unknown"),
        ("regex/semver", REGEX_SEMVER, "app-1.10.0", "app-1.9.0", "down"),
        ("regex/semver", REGEX_SEMVER, "app-1.9.0", "app-1.10.0", "up"),
        ("another tag than the expression's", REGEX_SEMVER, "web-1.10.0", "app-1.9.0", "unknown"),
        ("four numbers", Condition("pep440"), "1.2.3.10", "1.2.3.8 1.2.3.9", "down"),
        ("four numbers", Condition("pep440"), "1.2.3.9", "1.2.3.10", "up"),
        ("a prerelease by Python's rules", Condition("pep440"), "1.0", "1.0rc1", "down"),
        ("a post release", Condition("pep440"), "1.0.post1", "1.0", "down"),
        ("by letters", Condition("lex"), "2024-01-31", "2023-12-31", "down"),
        ("by letters", Condition("lex"), "9", "10", "down"),
        ("regex", Condition("regex", "^build-"), "build-10", "build-8 build-9", "down"),
        ("regex, in a list without an order", Condition("regex", "^build-"), "build-10", "build-10 build-9", "down"),
        ("regex", Condition("regex", "^build-"), "build-9", "build-10", "up"),
        ("leading zeros", Condition("regex"), "2024.09", "2024.10", "up"),
        ("hashes", Condition("regex"), "main-1a2b3c", "main-d4e5f6", "unknown"),
        ("latest", Condition("latest"), "v1.10.0", "v1.9.0", "down"),
        ("latest of what is no version", Condition("latest"), "build-10", "build-9", "down"),
        ("the same", Condition("regex"), "main-1a2b3c", "main-1a2b3c", "same"),
    ],
)
def test_up_and_down_are_the_condition_s_own_order(label, condition, old, listed, expected):
    assert way(condition, old, listed) == expected


@pytest.mark.parametrize(
    ("label", "kind", "old", "listed", "expected"),
    [
        ("created later", "latest", "v4.0.0", "v4.0.0 v3.10.1", "up"),
        ("created later", "regex", "chart-2.0.0", "chart-2.0.0 chart-1.9.9", "up"),
        ("the newest is gone from the list", "latest", "v4.1.0", "v3.0.0 v4.0.0", "down"),
        ("one without order is gone", "latest", "nightly", "v3.0.0 v4.0.0", "unknown"),
        ("named, and older", "latest", "b", "a b", "up"),
    ],
)
def test_in_a_list_with_an_order_the_position_counts_as_long_as_both_are_in_it(label, kind, old, listed, expected):
    if label.startswith("named"):
        assert way(Condition(kind, "a"), old, listed, order=Order.AGE) == "down"
    else:
        assert way(Condition(kind), old, listed, order=Order.AGE) == expected


@pytest.mark.parametrize(
    ("label", "condition", "steps", "old", "listed", "expected"),
    [
        ("what is cut out", REGEX_SEMVER, APP, "1.10.0", "app-1.9.0", "down"),
        ("what is cut out", REGEX_SEMVER, APP, "1.9.0", "app-1.10.0", "up"),
        ("what is found", REGEX_SEMVER, {"find": r"\d.*"}, "1.10.0", "app-1.9.0", "down"),
        ("a prefix", Condition("semver"), {"addprefix": "ghcr.io/acme/x:"}, "ghcr.io/acme/x:v2.0.0", "v1.0.0", "down"),
        ("another prefix", Condition("semver"), {"addprefix": "acme/x:"}, "acme/y:v2.0.0", "v1.0.0", "unknown"),
        ("within an address", Condition("semver"), {"addprefix": "https://x/", "addsuffix": "/rules"},
         "https://x/v2.0.0/rules", "v1.0.0", "down"),
        ("a trimmed v", Condition("semver"), {"trimprefix": "v"}, "1.10.0", "v1.9.0", "down"),
        ("a trimmed suffix", Condition("semver", "*-0"), {"trimsuffix": "-alpine"}, "1.9.0", "1.10.0-alpine", "up"),
        ("a replaced sign", Condition("semver"), {"replacer": {"from": ".", "to": "_"}}, "1_10_0", "1.9.0", "down"),
        ("groups put together", Condition("regex/semver", regex="^r(.*)$"),
         {"findsubmatch": {"pattern": r"r(\d+)\.(\d+)\.(\d+)", "capturepattern": r"\1_\2_\3"}},
         "1_10_0", "r1.10.0 r1.9.0 r2.0.0", "up"),
        ("groups put together, and gone", Condition("regex/semver", regex="^r(.*)$"),
         {"findsubmatch": {"pattern": r"r(\d+)\.(\d+)\.(\d+)", "capturepattern": r"\1_\2_\3"}},
         "1_10_0", "r1.9.0", "unknown"),
        ("deleted signs", Condition("semver"), {"replacer": {"from": "."}}, "1100", "1.9.0", "unknown"),
        ("deleted signs, listed", Condition("semver"), {"replacer": {"from": "."}}, "190", "1.9.0 1.10.0", "up"),
        ("counted up", Condition("semver"), {"semverinc": "minor"}, "1.3.0", "1.1.0", "down"),
        ("counted up", Condition("semver"), {"semverinc": "patch"}, "1.2.0", "1.2.0", "up"),
        ("a v where none is written", Condition("semver"), {"trimprefix": "v"}, "v1.10.0", "v1.9.0", "down"),
        ("no prefix where one is written", Condition("semver"), {"addprefix": "acme/x:"}, "1.8.0", "1.9.0", "up"),
        ("the whole tag where a part is written", REGEX_SEMVER, APP, "app-1.10.0", "app-1.9.0", "down"),
        ("deleted signs are no number", Condition("semver"), {"replacer": {"from": "."}}, "200", "1.11.0", "unknown"),
        ("quoted", Condition("semver"), {"quote": "true"}, '"1.10.0"', "1.9.0", "down"),
        ("unquoted", Condition("semver"), {"unquote": "true"}, "1.10.0", "1.9.0", "down"),
    ],
)  # fmt: skip
def test_what_stands_is_taken_back_through_the_transformers(label, condition, steps, old, listed, expected):
    assert way(condition, old, listed, steps=steps) == expected


def test_a_chart_s_tag_is_compared_as_helm_reads_it():
    chart = HelmChart("oci://registry.acme.io/charts", "app")
    use = SourceUse("s", 1, chart, Condition("semver"))
    choice = sources.choose(chart, ["104.1.0_up57.0.1", "104.1.1_up57.0.3"], use.condition)

    assert choice.picked == "104.1.1_up57.0.3"
    assert plan.direction(use, choice, ("104.1.0_up57.0.1",), choice.picked) is Direction.UP
    assert plan.direction(use, choice, ("104.2.0_up58",), choice.picked) is Direction.DOWN
    assert plan.direction(use, choice, ("104.2.0+up58",), choice.picked) is Direction.DOWN


def test_without_a_list_two_values_are_compared_as_well():
    use = SourceUse("s", 1, DockerImage("acme/app"), Condition("semver"), transformers.read({"addprefix": "acme/app:"}))

    assert plan.direction(use, None, ("acme/app:1.9.0",), "acme/app:1.10.0") is Direction.UP
    assert plan.direction(use, None, ("acme/app:1.10.0",), "acme/app:1.9.0") is Direction.DOWN
    assert plan.direction(use, None, ("acme/app:main",), "acme/app:1.9.0") is Direction.UNKNOWN


def test_of_several_values_the_worst_counts():
    use = SourceUse("s", 1, DockerImage("acme/app"), Condition("semver"))

    assert plan.direction(use, None, ("1.0.0", "3.0.0"), "2.0.0") is Direction.DOWN
    assert plan.direction(use, None, ("1.0.0", "TODO"), "2.0.0") is Direction.UNKNOWN
    assert plan.direction(use, None, ("1.0.0", "2.0.0"), "2.0.0") is Direction.UP
    assert plan.direction(use, None, (), "2.0.0") is Direction.UNKNOWN


def test_what_a_source_gives_for_a_version_is_read_back_as_the_version():
    source = DockerImage("acme/app")
    use = SourceUse("s", 1, source, Condition("semver"), transformers.read({"findsubmatch": "^(.{4})"}))
    given = {(source, "v1.9.0"): "aaaabbbb", (source, "v1.10.0"): "ccccdddd", (source, "v1.8.0"): "eeeeffff"}
    choice = versions.choose(["v1.8.0", "v1.9.0", "v1.10.0"], use.condition)

    assert plan.direction(use, choice, ("aaaa",), "v1.10.0", given) is Direction.UP
    assert plan.direction(use, choice, ("cccc",), "v1.9.0", given) is Direction.DOWN
    assert plan.direction(use, choice, ("9999",), "v1.10.0", given) is Direction.UNKNOWN
