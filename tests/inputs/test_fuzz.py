"""Whatever is written into an input, it is taken or refused in words."""

from contextlib import suppress

import pytest

from profile_cd import inputs
from profile_cd.errors import CannotStart
from tests.fuzzed import spoilt, texts

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
