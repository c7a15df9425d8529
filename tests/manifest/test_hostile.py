"""Whatever stands in a manifest, one of our errors says so: by chance, with a seed, for a few seconds."""

import random

import pytest

from profile_cd import manifest
from profile_cd.errors import ProfileError
from profile_cd.manifest import template
from profile_cd.manifest.template_actions import Variables
from tests.manifest.texts import GOOD, source

SEEDS = [
    GOOD,
    source("helmchart", "{url: 'https://c.io', name: a, versionfilter: {kind: pep440, pattern: '>=1'}}"),
    source("githubrelease", "{owner: a, repository: b, token: '{{ env `T` }}', typefilter: {prerelease: true}}"),
    source("gittag", "{owner: a, repository: b, versionfilter: {kind: regex/semver, regex: (.*), pattern: '*'}}"),
    GOOD.replace(
        "targets:", "    transformers: [{findsubmatch: {pattern: x, captureindex: 1}}, {semverinc: minor}]\ntargets:"
    ),
    GOOD.replace("      engine: yamlpath\n", "      documentindex: 1\n      value: 'v{{ source \"image\" }}'\n"),
    "x: &a {b: 1}\ny: {<<: *a}\n---\n" + GOOD,
    '{"sources": {"i": {"kind": "dockerimage", "spec": {"image": "a"}}}, "targets": {"y": {"kind": "yaml"}}}',
]
PIECES = [
    "\x00", "\x85", "\u2028", "\ud800", "\udfff", "\ue000", "\ue001", "\ue0000\ue001", "\ufeff", "\U0010ffff", "\u202e",
    '"\\ue000', '"\\uE0000\\uE001"', '"\\x00"', '"\\ud800"', "{{", "}}", "{{ env `A` }}", "{{ requiredEnv .x }}",
    '{{ "\\ud800" }}', '{{ "\\ue0000\\ue001" }}', "{{ env `A` | default `b` | quote }}", "{{/* x */}}", "{{- ", " -}}",
    '{{ source "image" }}', "{{ source `x` }}", "1" * 5000, "-" + "9" * 400, "1e999999", ".inf", "0x" + "f" * 300, "٣",
    "&a", "*a", "<<: *a", "!!binary x", "!!int x", "!x", "? ", ": ", "- ", "|", ">", "|9", "%YAML 9.9\n",
    "---\n", "...\n",
    "[", "]", "{", "}", "'", '"', "\t", "\n", "\r", "#", "@", "`", "\\", "null", "~", "true", "2024-01-31", "=",
    "a" * 3000,
    "[" * 60, "{a: " * 60, "(" * 60, "[?(" * 30, "$..*" * 20, "(?P<n>x)", "\\1", "[[:alpha:]]", "a{1000}", ">=1 || <2",
    "^0.0.0.0", "*-0", "===x", "~=1", "1!2", "https://[x", "https://a:99999999", "https://[::1", "oci://",
    "git~1", "../",
]  # fmt: skip


def mutated(chance, text, pieces=PIECES):
    """*text* with a few pieces put in, taken out, doubled or changed for others."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        length = chance.choice([0, 0, 1, 3, 10, 40])
        middle = chance.choice([chance.choice(pieces), "", text[at : at + length] * 2, chance.choice(pieces) * 2])
        text = text[:at] + middle + text[at + length :]
    return text


@pytest.mark.parametrize("seed", range(10))
def test_a_manifest_is_read_or_refused_in_our_words(seed):
    chance = random.Random(seed)
    for _ in range(120):
        text = mutated(chance, chance.choice(SEEDS))
        for environment in ({"A": "b", "T": "t"}, {}, None):
            try:
                manifest.read(text, "ledger.yaml", environment, chance.choice(["", "", "a: b", "{{ env `A` }}"]))
            except ProfileError as error:
                assert error.line >= 1  # noqa: PT017 - either way is fine
                assert len(str(error)) < 2000  # noqa: PT017 - either way is fine
        means = manifest.meaning(text, "ledger.yaml", "values.yaml", "$.ledger.image.tag")
        assert means == manifest.meaning(text, "ledger.yaml", "values.yaml", "ledger.image.tag")
        hash(means)


@pytest.mark.parametrize("seed", range(4))
def test_bytes_of_any_kind_are_loaded_or_refused_in_our_words(seed):
    chance = random.Random(seed)
    for _ in range(60):
        data = bytearray(chance.choice(SEEDS).encode())
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        found = manifest.load({".updatecli/a.yaml": bytes(data), ".updatecli/b.yaml": GOOD.encode()}, None, {})
        assert "b" in {each.id for each in found.manifests}


@pytest.mark.parametrize("seed", range(4))
def test_a_template_comes_to_something_or_is_refused_in_our_words(seed):
    chance = random.Random(seed)
    words = [
        '"a"',
        "`b`",
        "env",
        "requiredEnv",
        "default",
        "quote",
        "source",
        "|",
        "(",
        ")",
        ".x",
        "$y",
        "-",
        "/*",
        "*/",
        "é",
    ]
    for _ in range(400):
        inside = " ".join(chance.choices(words, k=chance.randint(0, 8)))
        text = mutated(chance, f"a: {{{{ {inside} }}}}\n")
        for variables in (Variables({"a": "x"}), Variables(complete=False), Variables(complete=False, forgiving=True)):
            try:
                filled = template.fill(text, variables)
                assert len(filled.lines) == len(filled.text.split("\n"))
                filled.parts(filled.text)
            except ProfileError as error:
                assert len(str(error)) < 1000  # noqa: PT017 - either way is fine
