"""Hold and unhold as a person types them."""

from datetime import date

import pytest

from profile_cd import manifest
from profile_cd.__main__ import main
from profile_cd.model import Hold

MANIFEST = ".updatecli/ledger.yaml"


def typed(profile, *words):
    return main([*words, "--directory", str(profile)])


def held(profile):
    (found,), _ = manifest.read((profile / MANIFEST).read_text("utf-8"), MANIFEST, {})
    return found.policy.hold


def test_a_hold_that_is_ended_leaves_every_byte_as_it_was(profile, capsys):
    before = (profile / MANIFEST).read_bytes()

    assert typed(profile, "hold", "ledger", "v1.4.2", "--reason", "v1.5.0 crashes", "--until", "2099-07-01") == 0

    assert held(profile) == Hold("v1.4.2", "v1.5.0 crashes", date(2099, 7, 1))
    assert "Commit and push it" in capsys.readouterr().out
    assert typed(profile, "unhold", "ledger") == 0
    assert (profile / MANIFEST).read_bytes() == before


def test_a_hold_takes_the_place_of_another(profile):
    typed(profile, "hold", "ledger", "v1.4.2", "--reason", "one")
    typed(profile, "hold", "ledger", "v1.4.1", "--reason", "two")

    assert held(profile) == Hold("v1.4.1", "two")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("hold", "legder", "v1", "--reason", "x"), 2, "Perhaps `ledger` is meant"),
        (("unhold", "nothing"), 2, "There is no manifest"),
        (("hold", "ledger", "v1", "--reason", "x", "--until", "soon"), 2, "is no day"),
        (("hold", "ledger", "v1", "--reason", "x", "--until", "2025-07-01"), 2, "is over (UTC), so that it would hold"),
        (("hold", "ledger", "v1", "--reason", " "), 1, "helps nobody"),
    ],
)
def test_what_cannot_be_held_is_said_in_words(profile, capsys, words, code, said):
    before = (profile / MANIFEST).read_bytes()

    assert typed(profile, *words) == code
    assert said in capsys.readouterr().err
    assert (profile / MANIFEST).read_bytes() == before


def test_a_byte_order_mark_stays(profile):
    path = profile / MANIFEST
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    typed(profile, "hold", "ledger", "v1.4.2", "--reason", "x")

    assert path.read_bytes().startswith(b"\xef\xbb\xbf# ") or path.read_bytes().startswith(b"\xef\xbb\xbfname")
    assert path.read_bytes().count(b"\xef\xbb\xbf") == 1
