"""What a manifest decides about a value: the same however it is spelled, another where it decides otherwise."""

import random
import re
from dataclasses import replace

import pytest

from profile_cd import manifest
from tests.manifest.texts import ENVIRONMENT, GOOD, SPEC, changed, owning, source


def meaning(text, key="$.ledger.image.tag", partials=""):
    return manifest.meaning(text, "ledger.yaml", "values.yaml", key, partials)


TOKEN = """      token: '{{ requiredEnv "GITHUB_TOKEN" }}'\n"""
SAME_MEANING = {
    "another name": changed(("Update the ledger", "Something else")),
    "a comment": "# comment\n" + GOOD,
    "quotes": changed(("^1.4.0", '"^1.4.0"')),
    "names of source and target": changed(("  image:\n", "  it:\n"), ("  yaml:\n", "  that:\n")),
    "a login": changed(("      image:", f"{TOKEN}      image:")),
    "labels": GOOD + "labels: {a: b}\n",
    "the engine": changed((SPEC, "")),
    "camel case": changed(("versionfilter", "versionFilter")),
    "the short form": changed(("\n        kind: semver\n        pattern: ^1.4.0", " ^1.4.0")),
    "another spelling of the key": changed(("$.ledger.image.tag", "ledger['image'].tag")),
    "another spelling of the file": changed(("values.yaml", "./values.yaml")),
    "one more key": changed(("key: $.ledger.image.tag", "keys: [$.other, $.ledger.image.tag]")),
    "the source named": changed(("kind: yaml", "kind: yaml\n    sourceid: image")),
    "the source as value": changed((SPEC, "      value: '{{ source \"image\" }}'\n")),
    "a second document": f"{GOOD}---\n{owning('$.other')}",
    "a broken document in front": f"a: [\n---\n{GOOD}",
    "unset fields": changed(("        pattern", "        strict: false\n        regex: ''\n        pattern")),
}
OTHER_MEANING = {
    "the pattern": changed(("^1.4.0", "^1.5.0")),
    "the kind of filter": changed(("kind: semver", "kind: regex")),
    "no filter": GOOD.replace("      versionfilter:\n        kind: semver\n        pattern: ^1.4.0\n", ""),
    "the image": changed(("acme/ledger", "acme/other")),
    "an architecture": changed(("      image:", "      architecture: arm64\n      image:")),
    "a transformer": changed(("targets:", "    transformers: [{trimprefix: v}]\ntargets:")),
    "a transformer of the target": changed(("kind: yaml", "kind: yaml\n    transformers: [{trimprefix: v}]")),
    "a fixed value": changed((SPEC, "      value: x\n")),
    "a document": changed((SPEC, "      documentindex: 0\n")),
}


@pytest.mark.parametrize("text", SAME_MEANING.values(), ids=SAME_MEANING)
def test_it_means_the_same(text):
    assert meaning(text) == meaning(GOOD) != None  # noqa: E711 - one chain says it all


@pytest.mark.parametrize("text", OTHER_MEANING.values(), ids=OTHER_MEANING)
def test_it_means_something_else(text):
    assert meaning(text) is not None
    assert meaning(text) != meaning(GOOD)


def test_templates_mean_themselves():
    one_, other = (changed(("^1.4.0", f"{{{{ env {name} }}}}")) for name in ('"A"', '"B"'))

    assert meaning(one_) != meaning(other)
    assert meaning(one_) == meaning(one_.replace("{{ env", "{{   env"))


def test_partials_are_part_of_the_meaning():
    cut = GOOD.index("targets:")
    partials = GOOD[:cut]

    assert meaning(GOOD[cut:], partials=partials) == meaning(GOOD)
    assert meaning(GOOD[cut:], partials=partials.replace("^1.4.0", "^2.0.0")) != meaning(GOOD)


@pytest.mark.parametrize("text", ["", "a: [", "- a", "targets: [a]", "targets: {a: b}", owning("$.other"), "sources:"])
def test_a_text_that_does_not_own_the_value_means_nothing(text):
    assert meaning(text) is None


def test_a_key_that_is_no_path_means_nothing():
    assert meaning(GOOD, "$.a b") is None


def test_a_secret_is_no_part_of_the_meaning():
    assert "GITHUB_TOKEN" not in repr(meaning(SAME_MEANING["a login"]))


# Spellings: each of these pairs loads as one manifest, so it must mean one thing.

ONE_RELEASE = "{owner: acme, repository: ledger, versionfilter: '*'%s}"
STEPS = "    transformers: [%s]\ntargets:"
PAIRS = {
    "an earlier key of a release": [
        source("githubrelease", ONE_RELEASE % f", key: {key}") for key in ("name", "tagname")
    ],
    "the key of a release left out": [source("githubrelease", ONE_RELEASE % each) for each in ("", ", key: tagname")],
    "an earlier key of a commit": [
        source("githubrelease", ONE_RELEASE % f", key: {key}") for key in ("hash", "taghash")
    ],
    "a short findsubmatch": [
        changed(("targets:", STEPS % each)) for each in ("{findsubmatch: x}", "{findsubmatch: {pattern: x}}")
    ],
    "tags by owner or by url": [
        source("gittag", f"{{{each}, versionfilter: '*'}}")
        for each in ("owner: acme, repository: ledger", "url: 'https://github.com/acme/ledger.git'")
    ],
    "a type filter spelled out": [
        source("githubrelease", ONE_RELEASE % f", typefilter: {{{each}}}")
        for each in ("release: true", "draft: false, release: true")
    ],
}


@pytest.mark.parametrize("texts", PAIRS.values(), ids=PAIRS)
def test_two_spellings_of_one_manifest_mean_the_same(texts):
    one, other = (manifest.read(text, "ledger.yaml", ENVIRONMENT)[0][0] for text in texts)

    assert without_names(one) == without_names(other)
    assert meaning(texts[0]) == meaning(texts[1]) != None  # noqa: E711 - one chain says it all
    assert repr(meaning(texts[0])) == repr(meaning(texts[1]))


def without_names(loaded):
    """A manifest without what only people read, and without lines."""
    return replace(
        loaded,
        name="",
        line=0,
        sources=tuple(replace(use, line=0) for use in loaded.sources),
        targets=tuple(replace(target, line=0) for target in loaded.targets),
    )


CHOICES = [
    (
        "kind: dockerimage\n    spec: {image: acme/ledger, VERSIONFILTER}",
        ["architecture: arm64", "architectures: [arm64]"],
    ),
    ("kind: helmchart\n    spec: {url: 'https://c.io', name: ledger, VERSIONFILTER}", ["", "username: u, password: p"]),
    (
        "kind: githubrelease\n    spec: {owner: acme, repository: ledger, VERSIONFILTER}",
        ["", "key: tagname", "key: name", "key: taghash", "key: hash", "typefilter: {release: true}"],
    ),
    (
        "kind: gittag\n    spec: {lsremote: true, VERSIONFILTER}",
        ["owner: a, repository: b", "url: 'https://github.com/a/b.git'"],
    ),
]
FILTERS = [
    "versionfilter: ^1.0.0",
    "versionFilter: {kind: semver, pattern: ^1.0.0}",
    "VersionFilter: {Kind: semver, Pattern: '^1.0.0', strict: false}",
    "versionfilter: {kind: semver}",
    "versionfilter: {kind: semver, pattern: '*'}",
    "versionfilter: {kind: regex/semver, regex: (.*), pattern: 1.x}",
    "versionfilter: {kind: lex, replaceall: {pattern: a, replacement: ''}}",
    "versionfilter: {kind: lex, replaceall: {pattern: a}}",
]
ARGUMENTS = [
    "",
    "{trimprefix: v}",
    "{trimPrefix: v}",
    "{findsubmatch: (x)}",
    "{findSubMatch: {pattern: (x)}}",
    "{addsuffix: 1, addprefix: '2'}, {quote: false}",
    "{addPrefix: 2, addSuffix: '1'}",
    "{replacer: {to: b, from: a}}",
    "{replacer: {from: a, to: b}}",
    "{replacers: []}",
]
KEYS = ["key: $.a.b", "key: a.b", "key: \"a['b']\"", "keys: [$.a.b]", "keys: [$.c, $.a.b]"]
FILES = ["file: v.yaml", "file: ./v.yaml", "files: [v.yaml]"]
INPUTS = ["", "sourceid: s\n    ", "sourceID: s\n    "]
VALUES = ["", ", value: '{{ source \"s\" }}'", ", value: x", ", documentindex: 0", ", engine: go-yaml"]


def spelled(chance):
    """A manifest in some spelling, out of a few that differ in what they say."""
    source_, more = chance.choice(CHOICES[: 1 + chance.randrange(len(CHOICES))])
    fields = ", ".join(filter(None, [chance.choice(FILTERS), chance.choice(more)]))
    return (
        f"sources:\n  s:\n    {source_.replace('VERSIONFILTER', fields)}\n"
        f"    transformers: [{chance.choice(ARGUMENTS)}]\n"
        f"targets:\n  t:\n    kind: yaml\n    {chance.choice(INPUTS)}"
        f"spec: {{{chance.choice(FILES)}, {chance.choice(KEYS)}{chance.choice(VALUES)}}}\n"
    )


def decided(text):
    """What the reader makes of *text* for the value, as it is: the manifest itself is the judge of equality."""
    (found,), _ = manifest.read(text, "ledger.yaml", {})
    target = next(each for each in found.targets if "b" in each.key)
    use = next(each for each in found.sources if each.id == target.source_id)
    return found, target, (use.source, use.condition, use.transformers, target.file, target.value, target.document)


def test_equal_manifests_have_equal_meanings_and_different_ones_different():
    chance = random.Random(13)
    meanings = {}
    for _ in range(600):
        text = spelled(chance)
        found, target, plain = decided(text)
        means = manifest.meaning_of(found, target)
        assert manifest.meaning(text, "ledger.yaml", "v.yaml", "$.a.b") == means, text
        assert hash(means) == hash(manifest.meaning(text, "ledger.yaml", "v.yaml", "$.a.b"))
        known = meanings.setdefault(repr(plain), means)
        assert known == means, text
        assert repr(known) == repr(means), text
    # No two of them are confused: those that differ in nothing but an empty pattern are the same on purpose.
    assert len(set(map(repr, meanings.values()))) > 100
    for plain, means in meanings.items():
        same = [other for other, others in meanings.items() if others == means]
        assert len({re.sub(r"pattern='\*?'", "", other) for other in same}) == 1, plain


# Templates, and texts of the past

TEMPLATED = changed(("acme/ledger", '{{ requiredEnv "REGISTRY" }}/ledger'))


def test_what_a_loaded_manifest_means_is_what_its_text_means_whatever_its_variables_hold():
    for registry in ("a.io", "b.io/deep"):
        (found,), _ = manifest.read(TEMPLATED, "ledger.yaml", {"REGISTRY": registry})
        assert manifest.meaning_of(found, found.targets[0]) == meaning(TEMPLATED) != None  # noqa: E711
        assert registry not in repr(manifest.meaning_of(found, found.targets[0]))


@pytest.mark.parametrize(
    "templated",
    [
        changed(("^1.4.0", '{{ env "A" }}')),
        changed(("^1.4.0", '^1.4.0-{{ env "A" | default "x" }}')),
        changed(("targets:", STEPS % """{addprefix: '{{ env "A" }}'}""")),
        changed((SPEC, """      value: '{{ env "A" }}'\n""")),
        source("helmchart", """{url: 'https://c.io/{{ env "A" }}', name: ledger}"""),
    ],
)
def test_another_variable_is_another_meaning_wherever_it_stands(templated):
    other = templated.replace('"A"', '"B"')

    assert meaning(templated) is not None
    assert meaning(templated) != meaning(other)
    assert meaning(templated) == meaning(templated.replace("{{ env", "{{-   env").replace("{{-  ", "{{ "))


def test_a_value_is_found_where_a_variable_says_that_it_stands():
    text = changed(("values.yaml", '{{ requiredEnv "SITE" }}/values.yaml'))
    (found,), _ = manifest.read(text, "ledger.yaml", {"SITE": "one"})
    past = manifest.meaning(text, "ledger.yaml", "one/values.yaml", "$.ledger.image.tag", environment={"SITE": "one"})

    assert manifest.meaning_of(found, found.targets[0]) == past != None  # noqa: E711
    assert manifest.meaning(text, "ledger.yaml", "one/values.yaml", "$.ledger.image.tag") == past
    assert manifest.meaning(text, "ledger.yaml", "one/values.yaml", "$.other") is None


def test_a_condition_that_changed_is_seen_where_only_a_variable_knows_the_file():
    text = changed(("values.yaml", '{{ requiredEnv "SITE" }}/values.yaml'))
    other = text.replace("^1.4.0", "^2.0.0")

    assert meaning(text) != meaning(other)
    assert None not in (meaning(text), meaning(other))


PAST = {
    "a variable that is not set any more": changed(
        ("      image:", "      token: {{ requiredEnv `OLD` }}\n      image:")
    ),
    "a function that was never known": changed(("      image:", "      token: '{{ .github.token }}'\n      image:")),
    "an input of the action": changed(("      image:", "      token: '{{ env `INPUT_X` }}'\n      image:")),
    "updatecli's own pull requests": GOOD + "scms: {a: {kind: github}}\nactions: {a: {kind: github/pullrequest}}\n",
    "an scm of the target": changed(("kind: yaml", "kind: yaml\n    scmid: default")),
    "a key that was never known": changed(("kind: yaml", "kind: yaml\n    transformer: []")),
    "another source that cannot be read": changed(
        ("sources:", "sources:\n  b: {kind: shell, spec: {command: x}}")
    ).replace("kind: yaml", "kind: yaml\n    sourceid: image"),
    "another target that cannot be read": changed(("targets:", "targets:\n  b: {kind: file, spec: {file: x}}")),
    "another manifest in front": f"sources: {{a: {{kind: npm, spec: {{}}}}}}\ntargets: {{a: b}}\n---\n{GOOD}",
}


@pytest.mark.parametrize("text", PAST.values(), ids=PAST)
def test_a_text_of_the_past_that_does_not_load_today_has_the_meaning_that_its_value_had(text):
    assert meaning(text) == meaning(GOOD)


def test_a_source_of_the_past_that_cannot_be_read_is_not_guessed():
    assert meaning(changed(("dockerimage", "shell"))) is None
    assert meaning(changed((SPEC, "      searchpattern: true\n"))) is None


def test_what_is_left_of_a_text_of_the_past_can_be_asked_for_its_condition():
    kept = manifest.recall(PAST["another source that cannot be read"], "ledger.yaml", {})
    found, target = manifest.owner(kept, "./values.yaml", "ledger.image.tag")

    assert next(use.condition.pattern for use in found.sources if use.id == target.source_id) == "^1.4.0"
    assert manifest.owner(kept, "values.yaml", "$.other") is None
    assert manifest.recall("a: [", "ledger.yaml", {}) == ()
