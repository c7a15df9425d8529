"""The keys of a level: which count, which were meant to decide something, and which only describe."""

import pytest

from profile_cd.manifest.fields import FILTER, ROOT, SOURCE, TARGET, YAML_TARGET
from profile_cd.manifest.keys import Place, sort_out
from profile_cd.manifest.notes import Notes
from profile_cd.manifest.yaml import Node
from profile_cd.sources import KINDS

SPEC = KINDS["dockerimage"].fields


def sorted_out(table, *names, lenient=False, caseless=False):
    notes = Notes(lenient=lenient)
    fields = {name: Node("text", line, "x") for line, name in enumerate(names, 2)}
    keys = sort_out(fields, Place("The level", table, 1, caseless), notes)
    return keys, notes


@pytest.mark.parametrize(
    ("table", "name"),
    [
        (ROOT, "transformers"),
        (ROOT, "versionfilter"),
        (SOURCE, "versionfilter"),
        (SOURCE, "image"),
        (SOURCE, "transformer"),
        (TARGET, "documentindex"),
        (TARGET, "disableSourceInput"),
        (SPEC, "pattern"),
        (SPEC, "sourceid"),
        (SPEC, "architectur"),
        (YAML_TARGET, "transformers"),
        (YAML_TARGET, "keyz"),
        (FILTER, "anything"),
    ],
)
def test_what_was_meant_to_decide_something_is_a_failure_at_its_line(table, name):
    _, notes = sorted_out(table, name)

    assert [error.line for error in notes.failures] == [2]
    assert notes.warnings == []


@pytest.mark.parametrize(
    ("table", "name"),
    [(ROOT, "description"), (ROOT, "nmae"), (ROOT, "url"), (SOURCE, "Name"), (YAML_TARGET, "indent"), (SPEC, "zzz")],
)
def test_what_only_describes_is_warned_of(table, name):
    _, notes = sorted_out(table, name)

    assert notes.failures == []
    assert [line for line, _ in notes.warnings] == [2]


def test_a_key_that_is_there_already_was_hardly_meant_again():
    assert sorted_out(TARGET, "kind", "spec", "indent")[1].failures == []
    assert [error.line for error in sorted_out(FILTER, "kind", "pattern", "patern")[1].failures] == [4]


def test_a_missing_key_is_an_error_and_one_that_was_meant_by_another_is_named_there():
    keys, _ = sorted_out(SOURCE, "kinf")

    assert [(error.line, error.now) for error in keys.missing] == [(2, "Did you mean `kind`?"), (1, "Write it.")]


def test_keys_of_one_s_own_are_nobody_s_business():
    keys, notes = sorted_out(ROOT, "x-pattern", "x-anything")

    assert (keys.found, notes.failures, notes.warnings) == ({}, [], [])


def test_in_a_text_of_the_past_no_key_stands_in_the_way_but_one_that_decides():
    assert sorted_out(SOURCE, "kind", "scmid", "image", lenient=True)[1].failures == []
    assert sorted_out(YAML_TARGET, "searchpattern", lenient=True, caseless=True)[1].failures != []
