"""What became of an announced version is said, and never in silence where nothing came of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from profile_cd import sources
from profile_cd.judgement import Awaited, Decided, announcement, became
from profile_cd.model import Change, Condition, Hold, Kept, Loaded, Manifest, Plan, Policy, Problem, SourceUse
from profile_cd.sources import DockerImage

PATH = ".updatecli/ledger.yaml"
ANNOUNCED = announcement.read("acme/ledger:v1.5.0", "", "latest")


def decided(*listed, pattern="^1.0.0", plan=None, awaited=None, image="acme/ledger"):
    use = SourceUse("s", 4, DockerImage(image), Condition("semver", pattern))
    loaded = Loaded((Manifest("ledger", PATH, "Ledger", 1, (use,), ()),))
    choices = {("ledger", "s"): sources.choose(use.source, listed, use.condition)}
    return Decided(loaded, choices, plan or Plan(), awaited)


def change(version="v1.5.0", **fields):
    return Change(
        "ledger",
        "Ledger",
        PATH,
        9,
        "dockerimage:acme/ledger",
        "ledger",
        "a.yaml",
        "$.a",
        "v1",
        version,
        version,
        **fields,
    )


FAILED = Problem("ledger", PATH, 4, "x")


@pytest.mark.parametrize(
    ("label", "known", "words"),
    [
        ("taken", decided("v1.5.0", plan=Plan((change(),))), "Taken: `v1.5.0`"),
        ("reviewed", decided("v1.5.0", plan=Plan((change(lane="review"),))), "`v1.5.0` waits for a person's review"),
        ("there already", decided("v1.5.0"), "It is there already."),
        ("kept", decided("v1.5.0", plan=Plan(kept=(Kept(change(), "x"),))), "kept back in `ledger`"),
        ("failed", decided("v1.5.0", plan=Plan(failures=(FAILED,))), "`ledger` failed"),
        ("newer", decided("v1.5.0", "v1.6.0", plan=Plan((change("v1.6.0"),))), "Taken instead: `v1.6.0`"),
    ],
)
def test_what_became_of_it_is_said(label, known, words):
    found = became(ANNOUNCED, known)

    assert words in found.words, label
    assert not found.doubtful, label


@pytest.mark.parametrize(
    ("label", "inputs", "known", "words"),
    [
        ("not admitted", ("acme/ledger:v2.0.0", "", ""), decided("v1.5.0", "v2.0.0"),
         "(`semver ^1.0.0`): above the range"),
        ("nor when it were listed", ("acme/ledger:v2.0.0", "", ""), decided("v1.5.0"), "above the range"),
        ("not tracked", ("acme/legder:v1.5.0", "", ""), decided("v1.5.0"), "Did you mean `acme/ledger`?"),
        ("another's", ("other/ledger:v1.5.0", "", ""), decided("v1.5.0"), "Did you mean `acme/ledger`?"),
        ("not visible", ("acme/ledger:v1.5.0", "", ""), decided("v1.4.0", awaited=Awaited(120.0)),
         "not visible at registry-1.docker.io after 120 s; the newest that is: `v1.4.0`"),
        ("an older one is taken", ("acme/ledger:v1.5.0", "", ""),
         decided("v1.4.0", plan=Plan((change("v1.4.0"),)), awaited=Awaited(9.0)), "Taken instead: `v1.4.0`"),
        ("unreadable", ("$X", "", ""), decided("v1.5.0"), "cannot be read"),
        ("no version", ("acme/ledger", "", "v1.5.2.-1"), decided("v1.5.0"), "`v1.5.2.-1` is no version"),
    ],
)  # fmt: skip
def test_where_nothing_came_of_it_a_person_is_warned_with_the_reason(label, inputs, known, words):
    found = became(announcement.read(*inputs), known)

    assert words in found.words, (label, found.words)
    assert found.doubtful, label


def test_the_warning_stands_at_the_manifest_that_it_concerns():
    found = became(ANNOUNCED, decided("v1.4.0", awaited=Awaited(120.0)))

    assert (found.path, found.line) == (PATH, 4)


def test_a_hold_of_another_version_is_the_reason_and_no_riddle():
    known = decided("v1.4.0")
    manifest = replace(known.loaded.manifests[0], policy=Policy(hold=Hold("v1.4.0", "v1.5.0 `leaks`.")))
    found = became(ANNOUNCED, replace(known, loaded=Loaded((manifest,)), now=datetime(2026, 5, 1, tzinfo=UTC)))

    assert found.words == "Announced: `acme/ledger` `v1.5.0`. `ledger` is held at `v1.4.0`: v1.5.0 'leaks'."
    assert not found.doubtful


def test_nothing_is_said_where_nothing_was_announced():
    assert became(announcement.read("", "", ""), decided("v1.5.0")).words == ""
