"""Tags and patterns from outside raise nothing but our errors."""

import random
import time

import pytest

from profile_cd import versions
from profile_cd.errors import BadCondition
from profile_cd.model import Condition, Order
from tests.versions.choices import picked


@pytest.mark.parametrize("kind", ["semver", "regex/semver", "latest", "pep440"])
@pytest.mark.parametrize(
    "text",
    ["0" * 5000 + ".0.0", "1." + "0" * 5000, "1.0.0-" + "9" * 5000, "9" * 5000, "1.0.post" + "9" * 5000, "1." * 5000],
    ids=lambda text: f"{text[:3]}…{text[-3:]}",
)
def test_a_tag_with_more_digits_than_python_reads_raises_nothing(kind, text):
    choice = versions.choose([text, "2.0.0"], Condition(kind, regex="(.*)"))

    assert choice.picked == "2.0.0"


def test_a_pattern_with_more_zeros_than_python_reads_is_its_number():
    assert picked(">=" + "0" * 5000 + "1.0.0", "0.9.0 1.0.0") == "1.0.0"


def test_no_tag_and_no_condition_raises_anything_but_our_errors():
    rng = random.Random(4)
    pieces = ["1", "0", "9" * 25, "0" * 4400, ".", "-", "+", "v", "rc", "alpha", "*", "x", ">=", "^", "~", "!=",
              "||", ",", " ", "(", ")", "[", "\\", "$", "$1", "\ud800", "\0", "\u0663", "é", "!", "dev", "post", "`",
              "sha256-", "\n", "%s", "a" * 300]  # fmt: skip

    def text():
        return "".join(rng.choices(pieces, k=rng.randrange(7)))

    kinds = [*versions.KINDS, "time", "semvr", ""]
    until = time.monotonic() + 3
    for _ in range(3000):
        tags = [text() for _ in range(rng.randrange(12))]
        replaceall = (text(), text()) if rng.random() < 0.3 else None
        try:
            condition = Condition(rng.choice(kinds), text(), rng.random() < 0.2, f"({text()})", replaceall)
        except BadCondition:
            continue
        versions.check(condition)
        for order in Order:
            choice = versions.choose(tags, condition, order)
            assert sorted(each.version for each in choice.verdicts) == sorted(tags)
        if time.monotonic() > until:
            break
