"""What was written in the past is what would be chosen again, from the versions known at the time."""

import gzip
import json
from itertools import takewhile

import pytest
import yaml

from profile_cd import transformers, versions
from profile_cd.model import Condition
from tests.paths import DATA

TYPED_BEFORE_IT_WAS_PUBLISHED = {"e4a11fa", "3379543", "f47b5a6", "724ebf0"}


@pytest.fixture(scope="module")
def replay():
    if not DATA.is_dir():
        pytest.skip("the data for tests is not beside this checkout, at ../shared/data")
    with gzip.open(DATA / "replay-until-2025-06.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def published():
    if not DATA.is_dir():
        pytest.skip("the data for tests is not beside this checkout, at ../shared/data")
    sources = json.loads((DATA / "versions.json").read_text(encoding="utf-8"))["sources"]
    return {name: source["versions"] for name, source in sources.items()}


def _known(listed, date):
    """The versions that a source listed at *date*; they stand in the order in which they were first seen."""
    return [each["version"] for each in takewhile(lambda each: each["first_seen"] <= date, listed)]


def _source(text):
    (source,) = yaml.safe_load(text)["sources"].values()
    steps = [step for item in source.get("transformers", ()) for step in transformers.read(item)]
    return Condition(**source["spec"]["versionfilter"]), steps


def test_of_708_values_704_are_chosen_again_and_the_others_a_person_had_typed_ahead(replay, published):
    different = []
    count = 0
    for record in replay:
        texts = {each["path"]: each["text"] for each in record["manifest"]}
        for change in record["changes"]:
            condition, steps = _source(texts[change["manifests"][0]])
            picked = versions.choose(_known(published[change["sources"][0]], record["date"]), condition).picked
            count += 1
            if picked is None or transformers.apply(steps, picked) != change["new"]:
                different.append(record["commit"][:7])

    assert count == 708
    assert len(different) == 4
    assert set(different) == TYPED_BEFORE_IT_WAS_PUBLISHED


def test_no_real_condition_is_refused(replay):
    conditions = {_source(each["text"])[0] for record in replay for each in record["manifest"]}

    assert len(conditions) == 41
    for condition in conditions:
        versions.check(condition)


@pytest.mark.parametrize(("folder", "count"), [("2025-10/updatecli.d", 56), ("head/.updatecli", 60)])
def test_no_condition_of_the_real_repository_is_refused(replay, folder, count):
    manifests = sorted((DATA / "profile" / folder).glob("*.yaml"))

    assert len(manifests) == count
    for path in manifests:
        condition, _ = _source(path.read_text(encoding="utf-8"))
        versions.check(condition)
