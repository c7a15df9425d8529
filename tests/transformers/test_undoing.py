"""Back from a value to the versions behind it: never one that does not give it, and a listed one first."""

import random
import time

import pytest

from profile_cd import transformers
from profile_cd.errors import BadCondition

VERSIONS = ["v1.2.3", "1.10.0", "app-1.9.0-alpine", "app-v2.0.0-alpine", "2024-01-31", "release/v1.2.3", "1.2.3+b.4"]
STEPS = [
    {"addprefix": "v"}, {"addprefix": "ghcr.io/acme/x:"}, {"addsuffix": "-slim"}, {"trimprefix": "v"},
    {"trimprefix": "app-"}, {"trimsuffix": "-alpine"}, {"replacer": {"from": ".", "to": "_"}},
    {"replacers": [{"from": "-", "to": "."}, {"from": "/", "to": "-"}]}, {"replacer": {"from": "-"}},
    {"find": r"\d+\.\d+\.\d+"}, {"findsubmatch": {"pattern": r"^(?:app-)?v?(.*?)(?:-alpine)?$", "captureindex": 1}},
    {"findsubmatch": {"pattern": r"(\d+)\.(\d+)", "capturepattern": r"\2.\1"}}, {"semverinc": "minor"},
    {"quote": "true"}, {"unquote": "true"},
]  # fmt: skip


def test_no_version_comes_back_that_does_not_give_the_value_and_a_listed_one_does_where_there_is_one():
    rng = random.Random(9)
    for _ in range(3000):
        steps = [step for item in rng.choices(STEPS, k=rng.randrange(4)) for step in transformers.read(item)]
        old, new = rng.sample(VERSIONS, 2)
        try:
            value = transformers.apply(steps, old)
        except BadCondition:
            continue

        found = transformers.origins(steps, value, new, VERSIONS if rng.random() < 0.5 else [new])
        assert all(transformers.apply(steps, each) == value for each in found), (steps, value)
        assert set(transformers.origins(steps, value, new, VERSIONS)) & set(VERSIONS), (steps, value)


@pytest.mark.parametrize(
    ("label", "item", "value", "like", "expected"),
    [
        ("what was cut off is put back", {"find": r"\d.*"}, "1.10.0", "app-1.9.0", ["app-1.10.0", "1.10.0"]),
        ("at each place where it may have stood", {"find": r"\d+"}, "8", "b7-7", ["b8-7", "8"]),
        ("a prefix that is not there", {"addprefix": "x:"}, "y:1", "2", []),
        ("a prefix that may have been there", {"trimprefix": "v"}, "1.2.3", "v1.0.0", ["v1.2.3", "1.2.3"]),
        ("deleted signs", {"replacer": {"from": "."}}, "123", "1.2.4", []),
        ("nothing to go by", {"trimprefix": "v"}, "1.2.3", "", ["1.2.3", "v1.2.3"]),
        ("an empty value", {"trimprefix": "v"}, "", "v1", ["v"]),
    ],
)
def test_guesses_without_a_list(label, item, value, like, expected):
    assert list(transformers.origins(transformers.read(item), value, like)) == expected


def test_many_steps_and_many_tags_take_no_long_time():
    steps = [
        step for _ in range(20) for step in transformers.read({"trimprefix": "v", "replacer": {"from": "a", "to": "b"}})
    ]
    began = time.process_time()

    transformers.origins(steps, "b" * 200, "a1.2.3", [f"1.{n}.0" for n in range(2000)])

    assert time.process_time() - began < 5
