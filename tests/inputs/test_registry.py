"""A line of `registry-credentials` is a login, or is named by its number and never by its text."""

import pytest

from profile_cd import inputs
from profile_cd.credentials import Login, Secret
from profile_cd.errors import CannotStart


def test_each_line_is_a_login_for_its_host():
    assert inputs.registry_logins("# ours\nghcr.io robot s3cret\n") == {"ghcr.io": Login("robot", Secret("s3cret"))}


def test_every_line_that_is_wrong_is_named_and_no_text_of_it():
    with pytest.raises(CannotStart) as caught:
        inputs.registry_logins("ghcr.io hunter2\nquay.io robot s3cret\nhttps://a/b/c robot hunter2\n")

    said = [str(each) for each in caught.value.each]
    assert [each.partition(" of ")[0] for each in said] == ["Line 1", "Line 3"]
    assert "hunter2" not in "".join(said)
