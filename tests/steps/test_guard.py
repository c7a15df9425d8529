"""One part of a run that goes wrong does not keep the others from being done."""

import pytest

from profile_cd.errors import GitHubRefused
from profile_cd.services.runner import Runner
from profile_cd.steps.guard import Guard


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("s3cret"), "This is a mistake of profile-cd (ValueError in profile_cd.steps.guard, line"),
        (GitHubRefused("GitHub is out of order."), "GitHub is out of order."),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "s3cret"), "mistake of profile-cd (UnicodeEncodeError"),
    ],
)
def test_what_goes_wrong_in_one_part_is_said_and_remembered(error, words, capsys):
    guard, done = Guard(Runner()), []
    with guard.part():
        raise error
    with guard.part():
        done.append("the next part")

    said = capsys.readouterr().out
    assert (guard.failed, done) == (True, ["the next part"])
    assert said.startswith("::error::")
    assert words in said
    assert "s3cret" not in said


def test_what_goes_well_is_no_failure(capsys):
    guard = Guard(Runner())
    with guard.part():
        pass

    assert not guard.failed
    assert capsys.readouterr().out == ""


def test_ctrl_c_is_not_held_up():
    with pytest.raises(KeyboardInterrupt), Guard(Runner()).part():
        raise KeyboardInterrupt
