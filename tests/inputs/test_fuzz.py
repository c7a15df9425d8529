"""Whatever is written into an input, it is taken or refused in words."""

from contextlib import suppress

import pytest
import yaml

from profile_cd import inputs
from profile_cd.errors import CannotStart
from tests.fuzzed import spoilt, texts
from tests.paths import ROOT

ENVIRONMENT = {
    "GITHUB_REPOSITORY": "acme/profile",
    "GITHUB_EVENT_NAME": "push",
    "GITHUB_REF": "refs/heads/main",
    "INPUT_TOKEN": "ghs_secret",
}
NAMES = [
    "GITHUB_REPOSITORY", "GITHUB_REF", "GITHUB_API_URL", "GITHUB_EVENT_NAME", "INPUT_TOKEN", "INPUT_MERGE-TOKEN",
    "INPUT_MANIFEST-DIR", "INPUT_DIRECTORY", "INPUT_PROJECTS", "INPUT_MERGE", "INPUT_BRANCH-PREFIX", "INPUT_WAIT",
    "INPUT_DRY-RUN", "INPUT_LABELS", "INPUT_IMAGE", "INPUT_CHART", "INPUT_TAG", "INPUT_UPSTREAM", "INPUT_MANIFEST-ENV",
    "INPUT_REGISTRY-CREDENTIALS",
]  # fmt: skip
EVENTS = [{}, {"head_commit": 1}, {"head_commit": {"message": {}}, "before": [], "after": None}, {"repository": "x"}]


@pytest.mark.parametrize("name", NAMES)
def test_any_text_in_any_input_is_taken_or_refused(name):
    for text in texts():
        for event in EVENTS:
            with suppress(CannotStart):
                asked = inputs.of_update({**ENVIRONMENT, name: text}, event)
                inputs.registry_logins(asked.registry_credentials.reveal())


PROJECT = (
    b'{"name": "dev", "secret": "DEV", "url": "https://gitlab.example/x", "files": ["dev*.yaml"], "message": "v1"}'
)


def test_a_spoilt_project_is_taken_or_refused():
    for number in range(1000):
        text = spoilt(PROJECT, number).decode("utf-8", "replace")
        with suppress(CannotStart):
            inputs.of_trigger({"INPUT_PROJECT": text, "INPUT_TRIGGER-TOKEN": "t"}, {})
        with suppress(CannotStart):
            inputs.of_update({**ENVIRONMENT, "INPUT_PROJECTS": f"[{text}]"}, {})


TRIGGER = "/api/v4/projects/7/trigger/pipeline"
HOSTILE = "a`\x07::error::${{ secrets.X }}\n../..,INPUT_X\\"
COMMIT = {"INPUT_COMMIT": "0" * 40, "INPUT_PULL-REQUEST-NUMBER": "7"}
STEPS = {
    "action.yml": lambda given: inputs.of_update({**ENVIRONMENT, **given}, {}),
    "trigger/action.yml": lambda given: inputs.of_trigger({**PROJECTS, **given}, {}),
    "trace/action.yml": lambda given: inputs.of_trace({"INPUT_TOKEN": "ghs_1", **COMMIT, **given}),
}
PROJECTS = {"INPUT_PROJECT": PROJECT.decode().replace('"files"', '"paths"').replace("/x", TRIGGER), "INPUT_TOKEN": "t"}
HINTS = {"image", "chart", "tag", "upstream"}
FREE = {"action.yml": HINTS | {"machine-authors"}, "trace/action.yml": HINTS}
"""Whatever is written into these is a text and no more; each place that shows one neutralises it."""
GIVEN = [
    (step, name) for step in STEPS for name in yaml.safe_load((ROOT / step).read_text("utf-8"))["inputs"]
]  # fmt: skip


@pytest.mark.parametrize(("step", "name"), GIVEN)
def test_each_input_refuses_a_hostile_value_by_its_name_unless_any_text_is_one(step, name):
    try:
        STEPS[step]({f"INPUT_{name.upper()}": HOSTILE})
    except CannotStart as error:
        assert name not in FREE.get(step, ())
        for each in error.each:
            assert f"`{name}`" in str(each)
            assert each.now
            assert "\n" not in str(each)
            assert "\x07" not in str(each)
    else:
        assert name in FREE.get(step, ())


@pytest.mark.parametrize("step", STEPS)
def test_all_of_them_are_refused_in_one_go(step):
    wrong = [name for place, name in GIVEN if place == step and name not in FREE.get(step, ())]
    with pytest.raises(CannotStart) as caught:
        STEPS[step]({f"INPUT_{name.upper()}": HOSTILE for name in wrong})

    said = " ".join(str(each) for each in caught.value.each)
    assert [name for name in wrong if f"`{name}`" not in said] == []
