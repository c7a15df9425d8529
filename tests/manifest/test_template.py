"""Templates on raw text: what they come to, what they refuse, and that lines stay countable."""

import pytest

from profile_cd.errors import Unreadable
from profile_cd.manifest import template
from profile_cd.manifest.template_actions import Variables

VALUES = {"TOKEN": "se:cret'\"\n", "ACTOR": "somebody", "EMPTY": "", "INPUT_TOKEN": "no"}
ENVIRONMENT = Variables(VALUES)


def filled(text, variables=ENVIRONMENT):
    """The text with what its marks stand for put back in."""
    found = template.fill(text, variables)
    return "".join(part if isinstance(part, str) else part.text for part in found.parts(found.text))


BECOMES = {
    "plain text": ("a: b\n", "a: b\n"),
    "a variable": ('a: {{ requiredEnv "ACTOR" }}', "a: somebody"),
    "a raw text as name": ("a: {{ requiredEnv `ACTOR` }}", "a: somebody"),
    "no blanks": ('a: {{env "ACTOR"}}', "a: somebody"),
    "an empty variable with a default": ('a: {{ env "EMPTY" | default "b" }}', "a: b"),
    "an unset variable with a default": ('a: {{ env "UNSET" | default "b" }}', "a: b"),
    "a set variable with a default": ('a: {{ env "ACTOR" | default "b" }}', "a: somebody"),
    "a default in front": ('a: {{ default "b" (env "EMPTY") }}', "a: b"),
    "quotes": ('a: {{ env "ACTOR" | quote }}', 'a: "somebody"'),
    "quotes around a text": (r'a: {{ "x\"y" | quote }}', r'a: "x\"y"'),
    "a text alone": ('a: {{ "b" }}', "a: b"),
    "a comment": ("a: {{/* nothing \n at all */}}b", "a: b"),
    "a trimmed comment": ("a: {{- /* nothing */ -}} b", "a:b"),
    "trimmed in front": ('a  \n {{- "b" }} c', "ab c"),
    "trimmed behind": ('a {{ "b" -}} \n\n c', "a bc"),
    "a dash that trims nothing": ('a {{-"b"}}', None),
    "two on a line": ('{{ "a" }}-{{ "b" }}', "a-b"),
    "braces that close nothing": ("a: }}", "a: }}"),
    "a YAML flow mapping": ("a: {b: {c: d}}", "a: {b: {c: d}}"),
    "nested": ('{{ (("a")) }}', "a"),
}


@pytest.mark.parametrize(("text", "expected"), BECOMES.values(), ids=BECOMES)
def test_a_template_comes_to(text, expected):
    if expected is None:
        with pytest.raises(Unreadable):
            filled(text)
    else:
        assert filled(text) == expected


REFUSED = {
    "a variable that is not set": ('\n\na: {{ requiredEnv "UNSET" }}', 3, "`UNSET` is not set or not allowed"),
    "an empty variable": ('a: {{ requiredEnv "EMPTY" }}', 1, "`manifest-env`"),
    "a variable in a comment": ('# x\n# {{ requiredEnv "UNSET" }}', 2, "UNSET"),
    "an input of the action": ('a: {{ env "INPUT_TOKEN" }}', 1, "which no manifest may read"),
    "an input in lower case": ('a: {{ env "input_token" }}', 1, "which no manifest may read"),
    "another function": ('a: {{ upper "x" }}', 1, "`upper` is not supported"),
    "a function behind a pipe": ('a: {{ "x" | trunc 3 }}', 1, "`trunc` is not supported"),
    "a condition": ("{{ if eq 1 2 }}\na: b\n{{ end }}", 1, "`if` is not supported"),
    "the pipeline function": ('a: {{ pipeline "name" }}', 1, "`pipeline` is not supported"),
    "the token where there is none": ('a: {{ requiredEnv "GITHUB_TOKEN" }}', 1, "`export GITHUB_TOKEN=…`"),
    "a value of a values file as name": ("a: {{ requiredEnv .github.token }}", 1, "there are no files of values"),
    "what to write instead of one": ("a: {{ requiredEnv .github.token }}", 1, '{{ requiredEnv "GITHUB_TOKEN" }}'),
    "a value of a values file": ("a: {{ .image.tag }}", 1, "there are no files of values"),
    "a variable of the template": ("a: {{ $x }}", 1, "there are no files of values"),
    "escaped quotes": ('a: "{{ requiredEnv \\"ACTOR\\" }}"', 1, "quotes are not escaped"),
    "an open template": ("\na: {{ env", 2, "not closed"),
    "an open text": ('a: {{ env "x }}', 1, "not closed"),
    "nothing to do": ("a: {{ | quote }}", 1, "A value is missing"),
    "a bare word": ("a: {{ env ACTOR }}", 1, "no text in quotes"),
    "too few values": ("a: {{ requiredEnv }}", 1, "takes 1 value, not 0"),
    "too many values": ('a: {{ env "A" "B" }}', 1, "takes 1 value, not 2"),
    "too few for default": ('a: {{ default "A" }}', 1, "takes 2 values, not 1"),
    "a text behind a pipe": ('a: {{ "x" | "y" }}', 1, "Only a function"),
    "an open parenthesis": ('a: {{ ("x" }}', 1, "A `)` is missing"),
    "one parenthesis too many": ('a: {{ "x") }}', 1, "one too many"),
    "nested without end": ("a: {{ " + "(" * 30 + '"x"', 1, "not closed"),
    "nested too deeply": ("a: {{ " + "(" * 30 + '"x"' + ")" * 30 + " }}", 1, "nested too deeply"),
    "quoted and more": ('a: {{ env "ACTOR" | quote | default "x" }}', 1, "`quote` must come last"),
    "a source in a pipe": ('a: {{ source "x" | quote }}', 1, "`source` must stand alone"),
    "a character of ours": ("a: b\nc: \ue000", 2, "U+E000"),
    "a name with a bad escape": (r'a: {{ env "\q" }}', 1, "no text that can be read"),
}


@pytest.mark.parametrize(("text", "line", "words"), REFUSED.values(), ids=REFUSED)
def test_a_template_is_refused_at_its_line(text, line, words):
    with pytest.raises(Unreadable) as caught:
        template.fill(text, ENVIRONMENT)

    assert caught.value.line == line
    assert words in str(caught.value)


LINES = {
    "without templates": ("a\nb\n", [1, 2, 3]),
    "with one": ('a\n{{ "b" }}\nc', [1, 2, 3]),
    "a comment over three lines": ("a\n{{/* b\nc\nd */}}\ne", [1, 4, 5]),
    "trimmed on both sides": ("a\n\n{{- /* b */ -}}\n\nc\nd", [1, 6]),
    "trimmed behind": ('{{ "a" -}}\n\nb\nc', [1, 4]),
    "a text with a line end": ('{{ "a\\nb" }}\nc', [1, 1, 2]),
    "nothing but a comment": ("{{/* a\n */ -}}\n", [3]),
    "line ends of Windows": ('a\r\n{{ "b" }}\r\nc', [1, 2, 3]),
}


@pytest.mark.parametrize(("text", "lines"), LINES.values(), ids=LINES)
def test_every_line_knows_where_it_comes_from(text, lines):
    found = template.fill(text, ENVIRONMENT)

    assert len(found.text.split("\n")) == len(lines)
    assert [*found.lines] == lines


def test_a_value_from_outside_is_not_pasted_into_the_text():
    found = template.fill('a: {{ requiredEnv "TOKEN" }}\nb: c', ENVIRONMENT)

    assert "cret" not in found.text
    assert found.text.count("\n") == 1
    assert [value.text for value in found.values] == [VALUES["TOKEN"]]


def test_an_empty_variable_is_warned_of_at_its_line():
    found = template.fill('a: b\nc: {{ env "OTHER" }}', ENVIRONMENT)

    assert [line for line, _ in found.warnings] == [2]
    assert "`OTHER` is empty, not set or not allowed" in found.warnings[0][1]


@pytest.mark.parametrize("text", ['{{ env "OTHER" | default "x" }}', '{{ default "x" (env "OTHER") | quote }}'])
def test_an_empty_variable_with_a_default_is_not_warned_of(text):
    assert template.fill(text, ENVIRONMENT).warnings == ()


def test_a_variable_that_nobody_knows_leaves_its_template_standing():
    unknown = Variables({"ACTOR": "somebody"}, complete=False)

    assert filled('a: {{ requiredEnv   "X" }}', unknown) == 'a: {{ requiredEnv "X" }}'
    assert filled('a: {{ env "ACTOR" }}', unknown) == "a: somebody"
    assert filled('a: {{ "b" }}{{/* nothing */}}', unknown) == "a: b"
    found = template.fill('{{ env "X" | default (env "Y") }}', unknown)
    assert [value.unset for value in found.values] == [{"X", "Y"}]
    with pytest.raises(Unreadable, match="not supported"):
        filled("a: {{ .anything | at all }}", unknown)


def test_a_text_of_the_past_may_hold_templates_that_nobody_can_evaluate():
    forgiving = Variables(complete=False, forgiving=True)

    assert filled("a: {{ .anything | at all }}", forgiving) == "a: {{ .anything | at all }}"


def test_much_of_nothing_takes_no_time():
    with pytest.raises(Unreadable):
        template.fill("{{ " + " " * 300_000 + "`", ENVIRONMENT)
    with pytest.raises(Unreadable):
        template.fill("{{ " + "/* " * 40_000, ENVIRONMENT)
    assert len(template.fill('{{ "a" }}\n' * 20_000, ENVIRONMENT).lines) == 20_001
