"""What a person asked for at a terminal."""

from argparse import Namespace

import pytest

from profile_cd import inputs
from profile_cd.errors import CannotStart


def read(environment, *names):
    arguments = Namespace(
        directory="here", manifest_dir="", json=True, workers=8, manifest_env=list(names), debug=False
    )
    return inputs.of_terminal(arguments, environment)


def test_manifests_may_read_the_token_the_actor_and_what_is_named_and_no_more():
    asked = read({"GITHUB_TOKEN": "ghp_1", "QUAY": "q", "OTHER": "o"}, "QUAY", "NOT_SET")

    assert dict(asked.manifest_environment) == {"GITHUB_TOKEN": "ghp_1", "QUAY": "q"}
    assert "ghp_1" not in repr(asked)


def test_an_input_is_not_for_manifests():
    with pytest.raises(CannotStart):
        read({}, "INPUT_TOKEN")
