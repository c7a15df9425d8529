"""One entry of PROJECTS, key by key; the refusals are in test_reading.py."""

import pytest

from profile_cd.fanout.entries import Unusable, project_of

DEV = {"name": "dev", "secret": "DEV", "url": "https://gitlab.example.com/api/v4/projects/7/trigger/pipeline"}


@pytest.mark.parametrize(
    "url",
    [
        "https://gitlab.example.com/api/v4/projects/7/trigger/pipeline",
        "https://gitlab.example.com/api/v4/projects/acme%2Fdev/trigger/pipeline/",
        "https://example.com/gitlab/api/v4/projects/7/ref/main/trigger/pipeline",
        "http://127.0.0.1:8080/api/v4/projects/7/trigger/pipeline",
    ],
)
def test_every_form_of_a_trigger_address_is_taken(url):
    assert project_of({**DEV, "url": url}, "").url == url


def test_variables_false_sends_none_at_all():
    assert project_of({**DEV, "variables": False}, "").variables is None
    assert project_of(DEV, "").variables == {}


@pytest.mark.parametrize("value", [None, [], "dev", 7])
def test_what_is_no_object_cannot_be_used(value):
    with pytest.raises(Unusable, match="no object"):
        project_of(value, "")
