"""What a CI job hands to `profile-cd dispatch`."""

import pytest

from profile_cd import inputs
from profile_cd.errors import CannotStart


def read(*words, **environment):
    return inputs.of_dispatch(inputs.parser().parse_args(["dispatch", *words]), environment)


def test_every_variable_with_the_prefix_is_a_repository_and_its_token():
    asked = read(
        "--image", "acme/ledger:v1", "--tag", "latest",
        DOWNSTREAM_IMAGE_ONE="acme/profile:ghp_1", DOWNSTREAM_IMAGE_TWO=" https://github.com/acme/other:ghp_2 ",
        OTHER="acme/x:y",
    )  # fmt: skip

    assert [(each.variable, each.repository, each.token.reveal()) for each in asked.downstream] == [
        ("DOWNSTREAM_IMAGE_ONE", "acme/profile", "ghp_1"),
        ("DOWNSTREAM_IMAGE_TWO", "acme/other", "ghp_2"),
    ]
    assert asked.inputs == {"image": "acme/ledger:v1", "tag": "latest"}
    assert (asked.workflow, asked.ref, asked.event) == ("docker-image.yaml", "", "")
    assert "ghp_1" not in repr(asked)


def test_a_managed_user_whose_login_has_an_underline_may_own_a_repository():
    (one,) = read("--image", "a/b", DOWNSTREAM_IMAGE_ONE="ada_acme/profile:t").downstream

    assert one.repository == "ada_acme/profile"


@pytest.mark.parametrize(
    "value", ["acme/profile", "acme/profile:", "profile:tok", "acme/pro file:tok", "acme/profile:tök", "acme/..:tok"]
)
def test_a_variable_that_cannot_be_used_is_named_without_its_value(value):
    asked = read("--chart", "ledger", DOWNSTREAM_IMAGE_ONE=value)

    (bad,) = asked.unusable
    assert bad.variable == "DOWNSTREAM_IMAGE_ONE"
    assert "tok" not in bad.reason.replace("token", "")
    assert asked.downstream == ()


@pytest.mark.parametrize(
    ("words", "environment", "message"),
    [
        ([], {"DOWNSTREAM_IMAGE_A": "a/b:c"}, "Nothing was published"),
        (["--image", "a/b"], {}, "No environment variable begins with `DOWNSTREAM_IMAGE_`"),
        (["--image", "a\nb"], {"DOWNSTREAM_IMAGE_A": "a/b:c"}, "control characters"),
        (["--image", "a", "--upstream", "x" * 1001], {"DOWNSTREAM_IMAGE_A": "a/b:c"}, "longer than"),
    ],
)
def test_what_cannot_be_meant_does_not_start(words, environment, message):
    with pytest.raises(CannotStart, match=message):
        read(*words, **environment)


def test_other_prefixes_take_the_place_of_the_usual_one():
    asked = read(
        "--image", "a/b:v1", "--prefix", "X_", "--prefix", "Y_", X_1="a/b:c", Y_1="c/d:e", DOWNSTREAM_IMAGE_A="e/f:g"
    )

    assert [each.repository for each in asked.downstream] == ["a/b", "c/d"]
