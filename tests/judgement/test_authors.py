"""Whose a commit is."""

import pytest

from profile_cd.judgement.authors import is_machine, reverts

OLD_ROBOT = "github-actions[bot]"


@pytest.mark.parametrize(
    ("label", "message", "names", "machine"),
    [
        ("a person", "ledger v1", ["Ada"], False),
        ("ours, by its trailer", "ledger v1\n\nProfile-CD: https://x", ["Ada"], True),
        ("a trailer in running text is none", "see Profile-CD: x", ["Ada"], False),
        ("an earlier robot, by its name", "Update", ["github-actions", OLD_ROBOT], True),
    ],
)
def test_a_robot_is_known_by_trailer_or_name(label, message, names, machine):
    assert is_machine(message, names, (OLD_ROBOT,)) is machine, label


@pytest.mark.parametrize(
    ("label", "message", "expected"),
    [
        ("git's own", f'Revert "ledger v1"\n\nThis reverts commit {"a" * 40}.', True),
        ("of a merge", f'Revert "x"\n\nThis reverts commit {"a" * 40}, reversing\nchanges made to b.', True),
        ("GitHub's button", 'Revert "ledger v1" (#13)\n\nReverts acme/profile#12', True),
        ("running text", "as in 'This reverts commit abc', see above", False),
        ("a title alone", 'Revert "ledger v1"', False),
    ],
)
def test_a_revert_is_known_by_the_words_of_git_and_github(label, message, expected):
    assert reverts(message) is expected, label
