"""Manifests: what they come to, what is refused at which line, and what is warned of."""

import pytest

from profile_cd import manifest
from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart, ProfileError, Unreadable
from profile_cd.manifest import files
from profile_cd.model import Condition, Transformer
from profile_cd.sources import DockerImage, GitHubRelease, GitTag, HelmChart, TypeFilter
from tests.manifest.texts import ENVIRONMENT, GOOD, SPEC, changed, owning, source


def one(text, **more):
    (found,), _ = manifest.read(text, "ledger.yaml", ENVIRONMENT, **more)
    return found


def warned(text):
    return [(problem.line, problem.reason) for problem in manifest.read(text, "ledger.yaml", ENVIRONMENT)[1]]


def load(files, directory=None, **more):
    return manifest.load({path: text.encode() for path, text in files.items()}, directory, ENVIRONMENT, **more)


# What manifests come to


def test_a_manifest_is_read_with_the_lines_of_source_and_key():
    found = one(GOOD)

    assert (found.id, found.path, found.name, found.line) == ("ledger", "ledger.yaml", "Update the ledger", 1)
    assert [(use.id, use.line) for use in found.sources] == [("image", 3)]
    assert found.sources[0].source == DockerImage("acme/ledger")
    assert found.sources[0].condition == Condition("semver", "^1.4.0")
    (target,) = found.targets
    assert (target.id, target.line, target.source_id) == ("yaml", 16, "image")
    assert (target.file, target.key, target.value, target.document) == ("values.yaml", "$.ledger.image.tag", "", None)


def test_a_manifest_without_a_name_is_called_after_its_file():
    assert one(GOOD.partition("\n")[2]).name == "LEDGER"


LOGIN = "username: u, password: p"
SOURCES = {
    "an image with everything": (
        "dockerimage",
        "{image: ghcr.io/a/b, architectures: [amd64, linux/arm64/v8], tagfilter: ^v, " + LOGIN + "}",
        DockerImage("ghcr.io/a/b", ("amd64", "linux/arm64/v8"), "^v", "u", Secret("p")),
    ),
    "one architecture": ("dockerimage", "{image: a, architecture: arm64}", DockerImage("a", ("arm64",))),
    "keys below spec in any case": ("dockerimage", "{Image: a, tagFilter: x}", DockerImage("a", (), "x")),
    "null is unset": ("dockerimage", "{image: a, tagfilter: ~, token: }", DockerImage("a")),
    "a port": ("dockerimage", "{image: 'localhost:5000/a'}", DockerImage("localhost:5000/a")),
    "a chart": ("helmchart", "{url: 'https://c.io/x', name: a}", HelmChart("https://c.io/x", "a")),
    "a chart in a registry": ("helmchart", "{url: 'oci://c.io/x', name: a}", HelmChart("oci://c.io/x", "a")),
    "a release": ("githubrelease", "{owner: a, repository: b}", GitHubRelease("a", "b")),
    "a release with a token": (
        "githubrelease",
        """{owner: a, repository: b, token: '{{ requiredEnv "GITHUB_TOKEN" }}', username: x}""",
        GitHubRelease("a", "b", username="x", token=Secret("secret")),
    ),
    "an unquoted template": (
        "githubrelease",
        """\n      owner: a\n      repository: b\n      token: {{ requiredEnv "GITHUB_TOKEN" }}""",
        GitHubRelease("a", "b", token=Secret("secret")),
    ),
    "only prereleases": (
        "githubrelease",
        "{owner: a, repository: b, typefilter: {prerelease: true}}",
        GitHubRelease("a", "b", typefilter=TypeFilter(prerelease=True)),
    ),
    "only the latest release": (
        "githubrelease",
        "{owner: a, repository: b, typeFilter: {latest: true}, key: taghash}",
        GitHubRelease("a", "b", typefilter=TypeFilter(release=True, latest=True), key="taghash"),
    ),
    "an Enterprise Server": (
        "githubrelease",
        "{owner: a, repository: b, url: github.example.com}",
        GitHubRelease("a", "b", url="https://github.example.com"),
    ),
    "tags of a repository": ("gittag", "{url: 'https://x.io/a.git'}", GitTag("https://x.io/a.git")),
    "tags by owner": ("gittag", "{owner: a, repository: b}", GitTag("https://github.com/a/b.git")),
}


@pytest.mark.parametrize(("kind", "spec", "expected"), SOURCES.values(), ids=SOURCES)
def test_a_source_is_its_spec(kind, spec, expected):
    assert one(source(kind, spec)).sources[0].source == expected


EVERY_FIELD = (
    "image: a, versionfilter: "
    "{kind: regex/semver, pattern: '>=1', regex: (.*), strict: true, replaceall: {pattern: _, replacement: .}}"
)
FILTERS = {
    "an image's default is the latest": ("dockerimage", "image: a", Condition("latest")),
    "a chart's default is semver": ("helmchart", "url: 'https://c.io', name: a", Condition("semver")),
    "a plain text is a range": ("dockerimage", "image: a, versionfilter: ^1.0.0", Condition("semver", "^1.0.0")),
    "camel case": ("dockerimage", "image: a, versionFilter: {kind: lex}", Condition("lex")),
    "everything": (
        "dockerimage",
        EVERY_FIELD,
        Condition("regex/semver", ">=1", strict=True, regex="(.*)", replaceall=("_", ".")),
    ),
    "from the environment": (
        "dockerimage",
        """image: a, versionfilter: {kind: semver, pattern: '{{ env "TAG" }}'}""",
        Condition("semver", "^2.0.0"),
    ),
    "a text that looks like a number": ("dockerimage", "image: a, versionfilter: '1.2'", Condition("semver", "1.2")),
}


@pytest.mark.parametrize(("kind", "spec", "expected"), FILTERS.values(), ids=FILTERS)
def test_a_filter_is_a_condition(kind, spec, expected):
    assert one(source(kind, f"{{{spec}}}")).sources[0].condition == expected


def test_transformers_keep_their_order_and_earlier_spellings():
    steps = "    transformers: [{trimPrefix: v}, {addsuffix: 1}, {findsubmatch: {pattern: x, captureIndex: 1}}]\n"
    text = changed(("targets:", f"{steps}targets:"))

    assert [step.name for step in one(text).sources[0].transformers] == ["trimprefix", "addsuffix", "findsubmatch"]
    assert one(text).sources[0].transformers[1] == Transformer("addsuffix", "1")
    assert warned(text) == [(10, "`trimPrefix` is an earlier spelling. Write `trimprefix`.")]


def test_files_and_keys_are_one_value_each():
    text = changed(("file: values.yaml", "files: [a.yaml, ./b.yaml]"), ("key: $.l", "keys: [$.x, $.y]\n      # $.l"))

    assert [(each.file, each.key) for each in one(text).targets] == [
        ("a.yaml", "$.x"),
        ("a.yaml", "$.y"),
        ("b.yaml", "$.x"),
        ("b.yaml", "$.y"),
    ]


def test_a_target_can_name_a_document_and_a_value():
    text = changed(("      engine: yamlpath\n", "      documentindex: 1\n      value: fixed\n"))

    assert (one(text).targets[0].document, one(text).targets[0].value) == (1, "fixed")


TWO = changed(("targets:", "  other:\n    kind: dockerimage\n    spec: {image: b, versionfilter: '*'}\ntargets:"))


def test_of_two_sources_a_target_names_one():
    text = TWO.replace("    kind: yaml\n", "    kind: yaml\n    sourceid: other\n")

    assert one(text).targets[0].source_id == "other"


def test_a_value_can_be_the_one_of_a_source():
    text = TWO.replace("      engine: yamlpath", """      value: '{{ source "other" }}'""")

    assert (one(text).targets[0].source_id, one(text).targets[0].value) == ("other", "")


def test_what_stands_around_a_source_in_a_value_is_put_around_it():
    found = one(TWO.replace("      engine: yamlpath", """      value: 'v{{ source "other" }}-x'"""))

    own = next(use for use in found.sources if use.id == found.targets[0].source_id)
    assert own.source == DockerImage("b")
    assert own.transformers == (Transformer("addprefix", "v"), Transformer("addsuffix", "-x"))


def test_the_transformers_of_a_target_follow_those_of_its_source():
    steps = "    transformers: [{trimprefix: v}]\n"
    found = one(changed(("targets:", f"{steps}targets:"), ("    kind: yaml\n", f"    kind: yaml\n{steps}")))

    own = next(use for use in found.sources if use.id == found.targets[0].source_id)
    assert own.transformers == (Transformer("trimprefix", "v"),) * 2
    assert found.sources[0].transformers == (Transformer("trimprefix", "v"),)


def test_each_document_is_a_manifest():
    found, _ = manifest.read(f"# c\n---\n{GOOD}---\n{GOOD}...\n---\n# nothing\n", "x/ledger.yaml", ENVIRONMENT)

    assert [(each.id, each.line, each.targets[0].line) for each in found] == [("ledger", 3, 18), ("ledger#2", 20, 35)]


@pytest.mark.parametrize("text", ["", "# only\n# comments\n", "---\n", "---\n# x\n---\n\n", "%YAML 1.2\n---\n"])
def test_nothing_but_comments_is_no_manifest_and_no_error(text):
    assert manifest.read(text, "ledger.yaml", ENVIRONMENT) == ([], [])


def test_anchors_aliases_and_merges_are_followed():
    text = "x-target: &it {kind: yaml, spec: {file: a.yaml, key: $.a}}\n" + changed(
        ("    kind: yaml\n", "    <<: *it\n"), ("      key: $.ledger.image.tag\n", "      key: $.b\n")
    )

    assert one(text).targets[0].key == "$.b"
    assert warned(text) == []


def test_a_partial_stands_in_front_and_lines_are_the_manifests_own():
    partial = "sources:\n  image: {kind: dockerimage, spec: {image: a, versionfilter: '*'}}"
    found = one(GOOD[GOOD.index("targets:") :], partials=partial)

    assert found.sources[0].source == DockerImage("a")
    assert (found.sources[0].line, found.targets[0].line) == (1, 7)


def test_a_template_over_several_lines_moves_no_line():
    text = "{{- /* one\ntwo\nthree */ -}}\n\n" + GOOD

    assert (one(text).sources[0].line, one(text).targets[0].line) == (7, 20)


def test_the_token_is_shown_nowhere():
    spec = """{owner: a, repository: b, token: '{{ requiredEnv "GITHUB_TOKEN" }}'}"""

    assert "secret" not in repr(one(source("githubrelease", spec)))


# What is refused

PATTERN = "pattern: ^1.4.0"
REFUSED = {
    "a list": ("- a\n- b\n", 1, "a list where a mapping must stand"),
    "a text": ("hello\n", 1, "a text where a mapping must stand"),
    "an unquoted range": (changed(("^1.4.0", ">=0.0.14")), 9, "Quote it: `pattern: '>=0.0.14'`"),
    "an unquoted window": (changed(("^1.4.0", ">=1.0 <2.0 # x")), 9, "Quote it: `pattern: '>=1.0 <2.0'`"),
    "an unquoted number behind a sign": (changed(("^1.4.0", ">1")), 9, "an empty block of text"),
    "an unquoted star": (changed(("^1.4.0", "*-0")), 9, "Quote it: `pattern: '*-0'`"),
    "an unquoted not": (changed(("^1.4.0", "!=1.2.3")), 9, "Quote it: `'!=1.2.3'`"),
    "a number as pattern": (changed(("^1.4.0", "1.2")), 9, "Put it in quotes: `'1.2'`"),
    "a date as pattern": (changed(("^1.4.0", "2024-01-31")), 9, "is a date where a text must stand"),
    "a truth as image": (changed(("acme/ledger", "true")), 6, "is true or false where a text must stand"),
    "a text as truth": (
        source("githubrelease", "{owner: a, repository: b, typefilter: {draft: 'yes'}}"),
        5,
        "is a text",
    ),
    "a text as list": (source("dockerimage", "{image: a, architectures: amd64}"), 5, "is a text. Write a list"),
    "a list as spec": (source("dockerimage", "[a]"), 5, "is a list where a mapping must stand"),
    "a tab": (changed(("      image:", "\timage:")), 6, "a tab"),
    "an open quote": (changed(("^1.4.0", '"^1.4.0')), 17, "a closing quote is missing"),
    "a colon without quotes": (changed(("Update the ledger", "Update: the ledger")), 1, "a value with a colon"),
    "a key twice": (changed((PATTERN, f"{PATTERN}\n        {PATTERN}")), 10, "stood at line 9"),
    "a key twice in another case": (changed((PATTERN, f"{PATTERN}\n        Pattern: x")), 10, "`pattern` twice"),
    "a key of several words": (changed(("name: Update the ledger", "[a]: b")), 1, "A key must be a single word"),
    "an alias that holds itself": ("a: &a [*a]\n", 1, "too deeply nested"),
    "a merge that holds itself": ("a: &a {<<: *a}\n", 1, "`<<` can only merge mappings"),
    "a merge of a text": (changed(("    kind: yaml", "    <<: x\n    kind: yaml")), 12, "`<<` can only merge mappings"),
    "a variable that is not set": (changed(("^1.4.0", '{{ requiredEnv "X" }}')), 9, "`manifest-env`"),
    "another function": (changed(("^1.4.0", '{{ lower "X" }}')), 9, "`lower` is not supported"),
    "the token outside of a login": (changed(("values.yaml", '{{ env "GITHUB_TOKEN" }}')), 15, "would show the token"),
    "a source outside of a value": (changed(("values.yaml", '{{ source "image" }}')), 15, "Use `source` only in"),
    # Root
    "no sources": (changed(("sources:", "sourcs:")), 2, "Did you mean `sources`?"),
    "no targets": (GOOD[: GOOD.index("targets:")], 1, "has no `targets`"),
    "sources as a list": ("sources: [a]\ntargets: {a: b}\n", 1, "`sources` of the manifest is a list"),
    "targets as a list": (GOOD[: GOOD.index("targets:")] + "targets: [a]\n", 10, "is a list. Write a mapping"),
    "conditions": (GOOD + "conditions: {a: {kind: shell}}\n", 17, "`conditions` of the manifest is not supported"),
    "scms": (GOOD + "scms: {a: {kind: github}}\n", 17, "`scms` of the manifest is not supported"),
    "actions": (GOOD + "actions: {a: {kind: github/pullrequest}}\n", 17, "`actions`"),
    "pullrequests": (GOOD + "pullrequests: {a: {}}\n", 17, "`actions`"),
    "autodiscovery": (GOOD + "autodiscovery: {crawlers: {a: {}}}\n", 17, "`autodiscovery`"),
    "a manifest that waits": (GOOD + "dependson: [other]\n", 17, "`dependson`"),
    # Keys that were meant to decide something
    "a misspelt filter": (changed(("versionfilter", "versionfiltr")), 7, "Did you mean `versionfilter`?"),
    "a misspelt pattern": (changed(("pattern", "patern")), 9, "Did you mean `pattern`?"),
    "a filter above its spec": (changed(("    spec:", "    versionfilter: ^1.0.0\n    spec:")), 5, "into `spec`"),
    "a filter in the root": (GOOD + "versionfilter: ^1.0.0\n", 17, "into a source or a target"),
    "a pattern above its filter": (
        changed(("      versionf", "      pattern: ^1\n      versionf")),
        7,
        "into `versionfilter`",
    ),
    "a pattern far above its filter": (
        changed(("    spec:", "    pattern: ^1\n    spec:")),
        5,
        "`versionfilter` of `spec`",
    ),
    "transformers in a spec": (changed((SPEC, f"{SPEC}      transformers: []\n")), 15, "beside `spec`, not into it"),
    "transformers in another case": (
        changed(("    kind: dock", "    Transformers: []\n    kind: dock")),
        4,
        "`transformers`?",
    ),
    "a type of release above its filter": (
        source("githubrelease", "{owner: a, repository: b, prerelease: true}"),
        5,
        "into `typefilter`",
    ),
    "a key that no filter has": (
        changed((PATTERN, f"{PATTERN}\n        since: 2024")),
        10,
        "Its keys are `kind`, `pattern`",
    ),
    "a key that no type of release has": (
        source("githubrelease", "{owner: a, repository: b, typefilter: {nightly: true}}"),
        5,
        "Its keys are `draft`",
    ),
    # Sources
    "another kind of source": (changed(("dockerimage", "shell")), 4, "`kind: shell` is not supported as a source"),
    "an unknown kind of source": (changed(("dockerimage", "dockerimages")), 4, "Perhaps `dockerimage` was meant"),
    "no kind": (changed(("    kind: dockerimage\n", "")), 3, "The source `image` has no `kind`"),
    "a source with an scm": (changed(("    kind: dock", "    scmid: x\n    kind: dock")), 4, "`scmid`"),
    "a source that waits": (changed(("    kind: dock", "    dependson: [x]\n    kind: dock")), 4, "`dependson`"),
    "no image": (changed(("image: acme", "imge: acme")), 6, "Did you mean `image`?"),
    "an image with a tag": (changed(("acme/ledger", "acme/ledger:1.0")), 6, "`versionfilter`: `acme/ledger`"),
    "an image in upper case": (changed(("acme/ledger", "Acme/Ledger")), 6, "in lower case"),
    "an owner in upper case": (changed(("acme/ledger", "Acme/ledger")), 6, "in lower case"),
    "an image that climbs": (changed(("acme/ledger", "acme/../x")), 6, "no name of an image"),
    "both architectures": (source("dockerimage", "{image: a, architecture: x, architectures: [y]}"), 5, "Keep one"),
    "an odd architecture": (source("dockerimage", "{image: a, architecture: 'a b'}"), 5, "no architecture"),
    "a bad tagfilter": (source("dockerimage", "{image: a, tagfilter: '('}"), 5, "tagfilter"),
    "a user name alone": (source("dockerimage", "{image: a, username: x}"), 5, "`username` without a `password`"),
    "a password alone": (source("helmchart", "{url: 'https://x.io', name: a, password: x}"), 5, "without a `username`"),
    "two logins": (source("dockerimage", "{image: a, token: t, " + LOGIN + "}"), 5, "Keep one login"),
    "a chart in a folder": (source("helmchart", "{url: ./charts, name: a}"), 5, "`https://` or `http://` or `oci://`"),
    "a chart in a file": (source("helmchart", "{url: 'file:///x', name: a}"), 5, "cannot be asked"),
    "a password in an address": (source("helmchart", "{url: 'https://u:p@x.io', name: a}"), 5, "holds a user name"),
    "a chart that climbs": (source("helmchart", "{url: 'https://x.io', name: ../a}"), 5, "no name of a chart"),
    "no owner": (source("githubrelease", "{repository: b}"), 5, "has no `owner`"),
    "an owner with a slash": (source("githubrelease", "{owner: a/b, repository: b}"), 5, "no name on GitHub"),
    "an app": (source("githubrelease", "{owner: a, repository: b, app: {clientid: x}}"), 5, "`app`"),
    "an odd key of a release": (source("githubrelease", "{owner: a, repository: b, key: date}"), 5, "`tagname`"),
    "tags over ssh": (source("gittag", "{url: 'git@github.com:a/b.git'}"), 5, "`https://github.com/a/b.git`"),
    "tags over ssh by its name": (
        source("gittag", "{url: 'ssh://git@x.io:22/a/b'}"),
        5,
        "`https://x.io/a/b`, and a login",
    ),
    "tags over ssh as nobody": (source("gittag", "{url: 'ssh://x.io/a/b'}"), 5, "an address for SSH"),
    "tags of nothing": (source("gittag", "{path: ~}"), 5, "Write `url` or `owner`"),
    "an empty spec": (source("gittag", "{}"), 3, "has no `spec`"),
    "empty targets": ("sources: {a: b}\ntargets: {}\n", 1, "has no `targets`"),
    "tags by date": (source("gittag", "{url: 'https://x.io/a', key: date}"), 5, "`name`, `hash`"),
    "tags in an order that no server lists": (
        source("gittag", "{url: 'https://x.io/a', versionfilter: {kind: regex, pattern: ^v}}"),
        5,
        "does not list times",
    ),
    # Conditions and transformers
    "a bad range": (changed(("^1.4.0", "^17.0.0(-.*)?")), 9, "^17.0.0(-.*)?"),
    "an unknown filter": (changed(("kind: semver", "kind: newest")), 8, "`kind: newest`"),
    "a filter by time": (changed(("kind: semver", "kind: time")), 8, "`kind: time`"),
    "a bad range as text": (source("dockerimage", "{image: a, versionfilter: 'a b c'}"), 5, "a b c"),
    "a number as filter": (source("dockerimage", "{image: a, versionfilter: 1.2}"), 5, "a number where a mapping"),
    "an unknown transformer": (changed(("targets:", "    transformers:\n    - trimleft: v\ntargets:")), 11, "trimleft"),
    "transformers as a mapping": (changed(("targets:", "    transformers: {a: b}\ntargets:")), 10, "is no list"),
    "a transformer as text": (changed(("targets:", "    transformers: [quote]\ntargets:")), 10, "is no mapping"),
    "a bad expression": (changed(("targets:", "    transformers: [{find: (}]\ntargets:")), 10, "find"),
    # Targets
    "another kind of target": (changed(("kind: yaml", "kind: file")), 12, "`kind: file` is not supported as a target"),
    "another engine": (changed(("yamlpath", "jsonpath")), 14, "Write one of `yamlpath`"),
    "no file": (changed(("file:", "fil:")), 13, "has no `file`"),
    "file and files": (changed(("file:", "files: [a]\n      file:")), 15, "both `file` and `files`"),
    "key and keys": (changed(("key:", "keys: [a]\n      key:")), 16, "both `key` and `keys`"),
    "a key twice in keys": (changed(("key: $.ledger.image.tag", "keys:\n      - $.a\n      - $.a")), 18, "twice"),
    "no keys": (changed(("key: $.ledger.image.tag", "keys: []")), 16, "`keys` is empty"),
    "an empty key": (changed(("key: $.ledger.image.tag", "key: ''")), 16, "is empty"),
    "a key that is no path": (changed(("$.ledger.image.tag", "$.a b")), 16, "not a valid path"),
    "an absolute file": (changed(("values.yaml", "/etc/passwd")), 15, "not one of the repository's own"),
    "a file outside": (changed(("values.yaml", "a/../../b.yaml")), 15, "not one of the repository's own"),
    "a file of git": (changed(("values.yaml", ".git/config")), 15, "not one of the repository's own"),
    "a file of git behind a sign nobody sees": (changed(("values.yaml", ".g\u200cit/config")), 15, "repository's own"),
    "a file of git for Windows": (changed(("values.yaml", "GIT~1/config")), 15, "not one of the repository's own"),
    "an address as file": (changed(("values.yaml", "https://x.io/a.yaml")), 15, "not one of the repository's own"),
    "a search": (changed((SPEC, "      searchpattern: true\n")), 14, "`searchpattern`"),
    "a comment": (changed((SPEC, "      comment: x\n")), 14, "`comment`"),
    "a missing key to create": (changed((SPEC, "      createMissingKey: true\n")), 14, "`createmissingkey`"),
    "a document of 5,000 digits": (
        changed((SPEC, f"      documentindex: {'1' * 5000}\n")),
        14,
        "a whole number from 0",
    ),
    "many files and many keys": (
        changed(
            ("file: values.yaml", f"files: [{', '.join(f'{n}.yaml' for n in range(1200))}]"),
            ("key: $.ledger.image.tag", f"keys: [{', '.join(f'$.k{n}' for n in range(1200))}]"),
        ),
        11,
        "1,200 files and 1,200 keys",
    ),
    "a negative document": (changed((SPEC, "      documentindex: -1\n")), 14, "a whole number from 0"),
    "a number as value": (changed((SPEC, "      value: 1\n")), 14, "Put it in quotes: `'1'`"),
    "an unknown source": (changed(("kind: yaml", "kind: yaml\n    sourceid: x")), 13, "There is no source `x`"),
    "one of two sources": (TWO, 14, "which of the 2 sources"),
    "no source wanted": (changed(("kind: yaml", "kind: yaml\n    disablesourceinput: true")), 13, "takes no source"),
    "an unknown source in a value": (changed((SPEC, "      value: '{{ source \"x\" }}'\n")), 14, "There is no source"),
    "two templates in a value": (
        changed((SPEC, '      value: \'{{ source "image" }}{{ env "TAG" }}\'\n')),
        14,
        "several templates",
    ),
    "a change that depends": (changed(("kind: yaml", "kind: yaml\n    dependsonchange: true")), 13, "dependsonchange"),
}


@pytest.mark.parametrize(("text", "line", "words"), REFUSED.values(), ids=REFUSED)
def test_a_manifest_is_refused_at_its_line(text, line, words):
    with pytest.raises(Unreadable) as caught:
        manifest.read(text, "ledger.yaml", ENVIRONMENT)

    assert words in str(caught.value)
    assert caught.value.line == line
    assert str(caught.value)[-1] in ".?"
    assert "secret" not in str(caught.value)


HARMLESS = {
    "labels": GOOD + "labels: {a: b}\nversion: 0.1.0\npipelineid: x\nid: y\n",
    "an empty section": GOOD + "conditions: {}\nscms:\nactions: {}\n",
    "a number as name": changed(("Update the ledger", "1")),
    "a false that would be refused as true": changed((SPEC, "      searchpattern: false\n")),
    "no engine": changed((SPEC, "")),
    "the default engine": changed((SPEC, "      engine: default\n")),
    "disableconditions": changed(("kind: yaml", "kind: yaml\n    disableconditions: true")),
    "a document marker with a comment": "--- # first\n" + GOOD,
    "JSON": '{"sources": {"i": {"kind": "dockerimage", "spec": {"image": "a", "versionfilter": "*"}}},\n'
    ' "targets": {"y": {"kind": "yaml", "spec": {"file": "a.yaml", "key": "$.a"}}}}',
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_is_harmless_is_read_without_a_word(text):
    assert one(text)
    assert warned(text) == []


WARNED = {
    "a misspelt name": (changed(("name: Update", "nane: Update")), (1, "Did you mean `name`?")),
    "an unknown key": (changed((SPEC, f"{SPEC}      indent: 2\n")), (15, "The key `indent` is unknown")),
    "an unknown section": (GOOD + "zzz: 1\n", (17, "It has no effect")),
    "another case": (changed(("    kind: yaml", "    Name: x\n    kind: yaml")), (12, "Did you mean `name`?")),
    "a title": (changed(("name:", "title:")), (1, "`title` is an earlier spelling. Write `name`.")),
    "sourceID": (changed(("kind: yaml", "kind: yaml\n    sourceID: image")), (13, "Write `sourceid`")),
    "a kind in upper case": (changed(("dockerimage", "DockerImage")), (4, "lower case")),
    "what only conditions use": (changed(("image: acme", "tag: x\n      image: acme")), (6, "Only conditions use it")),
    "an earlier key of a release": (source("githubrelease", "{owner: a, repository: b, key: hash}"), (5, "taghash")),
    "the latest image": (changed(("kind: semver", "kind: latest"), ("^1.4.0", "latest")), (7, "registries list tags")),
    "an image without a filter": (source("dockerimage", "{image: a}"), (5, "registries list tags")),
    "what a condition does not do": (changed(("^1.4.0", "^0.0.1")), (9, "0.0.1")),
    "an empty variable": (changed(("^1.4.0", "'^1.4.0{{ env \"X\" }}'")), (9, "`X` is empty")),
    "transformers beside a value": (
        changed((SPEC, "      value: x\n"), ("kind: yaml", "kind: yaml\n    transformers: [{addprefix: v}]")),
        (13, "no effect beside `value`"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), WARNED.values(), ids=WARNED)
def test_what_has_no_effect_is_warned_of_at_its_line(text, expected):
    line, words = expected
    assert [(at, reason) for at, reason in warned(text) if at == line and words in reason], warned(text)


def test_an_exact_image_tag_under_latest_is_not_warned_of():
    assert warned(changed(("kind: semver", "kind: latest"), ("^1.4.0", "stable"))) == []


def test_a_fault_in_a_partial_is_told_as_one():
    with pytest.raises(Unreadable) as caught:
        manifest.read(GOOD, "ledger.yaml", ENVIRONMENT, partials="a: b\nconditions: {a: b}\n")

    assert (caught.value.line, "Line 2 of the partials" in str(caught.value)) == (1, True)


# Which files


def test_manifests_are_found_below_their_directory_in_the_order_of_their_paths():
    files = {
        ".updatecli/b.yml": owning("$.b"),
        ".updatecli/a/x.json": owning("$.x"),
        ".updatecli/.hidden.tpl": owning("$.h"),
        ".updatecli/c.tmpl": owning("$.c"),
        ".updatecli/README.md": "no manifest",
        ".updatecli.yaml": "no manifest",
        "values.yaml": "no: manifest",
        "updatecli.d/d.yaml": owning("$.d"),
    }

    assert [each.id for each in load(files).manifests] == [".hidden", "x", "b", "c"]
    assert [each.id for each in load(files, "updatecli.d/").manifests] == ["d"]
    assert [each.id for each in load(files, ".updatecli/a").manifests] == ["x"]


def test_the_older_directory_counts_where_there_is_no_other():
    assert [each.path for each in load({"updatecli.d/d.yaml": GOOD}).manifests] == ["updatecli.d/d.yaml"]


def test_of_two_directories_the_other_one_is_warned_of():
    found = load({".updatecli/a.yaml": GOOD, "updatecli.d/b.yaml": owning("$.b"), "updatecli.d/c.yaml": "a: ["})

    assert [each.id for each in found.manifests] == ["a"]
    assert [(each.path, each.line) for each in found.warnings] == [("updatecli.d/b.yaml", 1)]
    assert "`updatecli.d` are not read, since there are some in `.updatecli`" in found.warnings[0].reason


def test_the_first_of_several_directories_counts_that_holds_manifests():
    files = {"x/.updatecli/README.md": "", "x/updatecli.d/b.yaml": owning("$.b")}

    assert [each.id for each in load(files, ("x/.updatecli", "x/updatecli.d")).manifests] == ["b"]


@pytest.mark.parametrize("directory", [None, "", "elsewhere"])
def test_without_a_manifest_nothing_can_start(directory):
    with pytest.raises(CannotStart, match="There is no manifest in"):
        load({"values.yaml": "a: b", ".updatecli/README.md": ""}, directory)


def test_two_files_of_one_stem_are_told_apart_by_their_paths():
    files = {".updatecli/a/x.yaml": owning("$.a"), ".updatecli/b/x.yaml": owning("$.b"), ".updatecli/y.yaml": GOOD}

    assert [each.id for each in load(files).manifests] == ["a/x.yaml", "b/x.yaml", "y"]


def test_partials_stand_in_front_of_the_manifests_beside_them_only():
    source_ = GOOD[GOOD.index("sources:") : GOOD.index("targets:")]
    target = GOOD[GOOD.index("targets:") :]
    files = {".updatecli/a/_s.yaml": source_.rstrip("\n"), ".updatecli/a/x.yaml": target, ".updatecli/y.yaml": target}
    found = load(files)

    assert [each.id for each in found.manifests] == ["x"]
    assert [(each.manifest, each.line) for each in found.failures] == [("y", 1)]


def test_a_manifest_that_starts_a_document_is_not_reached_by_partials():
    found = load({".updatecli/_p.yaml": "labels: {a: b}\n", ".updatecli/x.yaml": f"---\n{GOOD}"})

    assert [(each.id, each.targets[0].line) for each in found.manifests] == [("x", 17)]
    assert [(each.line, "nothing of the partials" in each.reason) for each in found.warnings] == [(1, True)]


def test_a_manifest_of_one_line_without_an_end_is_read():
    one_line = (
        '{"sources": {"image": {"kind": "dockerimage", "spec": {"image": "acme/ledger"}}}, '
        '"targets": {"yaml": {"kind": "yaml", "spec": {"file": "values.yaml", "key": "$.ledger.image.tag"}}}}'
    )

    found = load({".updatecli/ledger.json": one_line})

    assert [each.id for each in found.manifests] == ["ledger"]


def test_a_single_line_behind_partials_is_read_with_them():
    start = GOOD.index("targets:")
    targets = 'targets: {yaml: {kind: yaml, spec: {file: values.yaml, key: "$.ledger.image.tag"}}}'

    found = load({".updatecli/_sources.yaml": GOOD[:start], ".updatecli/ledger.yaml": targets})

    assert [each.id for each in found.manifests] == ["ledger"]


def test_a_bad_manifest_does_not_stop_the_others():
    found = load({
        ".updatecli/a.yaml": changed(("^1.4.0", ">=1.0.0")),
        ".updatecli/b.yaml": f"{GOOD}---\n{changed(('acme', 'Acme'))}---\n{owning('$.c')}",
        ".updatecli/c.cue": "a: b",
    })  # fmt: skip

    assert [each.id for each in found.manifests] == ["b", "b#3"]
    assert [(each.manifest, each.path, each.line) for each in found.failures] == [
        ("a", ".updatecli/a.yaml", 9),
        ("b#2", ".updatecli/b.yaml", 23),
        ("c", ".updatecli/c.cue", 1),
    ]


def test_a_file_that_is_no_text_is_refused_at_its_line():
    files = {".updatecli/a.yaml": b"a: b\nc: \xff\n", ".updatecli/b.yaml": b"\xef\xbb\xbf" + GOOD.encode()}
    found = manifest.load(files, None, ENVIRONMENT)

    assert [(each.line, each.reason) for each in found.failures] == [(2, "The file is not UTF-8. Save it as UTF-8.")]
    assert [each.id for each in found.manifests] == ["b"]


def test_a_partial_that_is_no_text_is_named():
    found = manifest.load({".updatecli/_p.yaml": b"\xff", ".updatecli/b.yaml": GOOD.encode()}, None, ENVIRONMENT)

    assert "The partial `.updatecli/_p.yaml` cannot be read" in found.failures[0].reason


def test_a_huge_file_is_refused():
    found = manifest.load({".updatecli/a.yaml": b"#" * 500_001}, None, ENVIRONMENT)

    assert "larger than" in found.failures[0].reason


def problems(text):
    found = load({".updatecli/ledger.yaml": text})
    return [(each.line, each.reason) for each in found.failures]


def test_everything_that_is_wrong_with_a_manifest_is_said_at_once_and_each_at_its_own_line():
    bad = changed(("acme/ledger", "Acme/Ledger"), ("^1.4.0", "^1.x("), ("values.yaml", "../v.yaml"), ("$.l", "$.a b"))

    assert [line for line, _ in problems(bad)] == [6, 9, 15, 16]
    several = bad.replace("kind: yaml", "kind: yaml\n    scmid: x").replace("      engine: yamlpath", "      engine: x")
    assert [line for line, _ in problems(several)] == [6, 9, 13, 15, 16, 17]


def test_what_follows_from_a_fault_is_not_said_as_well():
    assert [line for line, _ in problems(changed(("      image: acme/ledger\n", "")))] == [5]
    assert [line for line, _ in problems(changed(("dockerimage", "shell")))] == [4]
    assert [line for line, _ in problems(GOOD.replace("sources:", "sourcs:"))] == [2]


def test_an_unsupported_kind_is_named_although_it_has_no_spec():
    start, end = GOOD.index("    spec:"), GOOD.index("targets:")
    ((line, reason),) = problems((GOOD[:start] + GOOD[end:]).replace("dockerimage", "shell"))

    assert (line, "`kind: shell` is not supported as a source" in reason) == (4, True)


@pytest.mark.parametrize("name", ["Update to {{ source `image` }}", '{{ env "TAG" }}', "{{ source `nothing` }}"])
def test_a_name_only_describes_whatever_it_asks_for(name):
    text = changed(("Update the ledger", f"'{name}'"))

    assert problems(text) == []
    assert one(text).name


def test_a_name_does_not_show_the_token():
    assert "would show the token" in problems(changed(("Update the ledger", "'{{ env `GITHUB_TOKEN` }}'")))[0][1]


def test_many_unknown_keys_take_no_time_and_hide_no_misplaced_one():
    text = GOOD + "".join(f"zz{n}: x\n" for n in range(3000)) + "versionfilter: ^1.0.0\n"

    assert [line for line, _ in problems(text)] == [3017]


def test_a_mistake_of_ours_fails_the_manifest_that_meets_it_and_no_other(monkeypatch):
    monkeypatch.setattr(files, "joined", lambda partials, texts: "" if not partials else 1 // 0)

    found = load({".updatecli/a/_p.yaml": "", ".updatecli/a/x.yaml": GOOD, ".updatecli/b.yaml": owning("$.b")})

    assert [each.id for each in found.manifests] == ["b"]
    assert [(each.manifest, each.line) for each in found.failures] == [("x", 1)]
    assert "This is a mistake of profile-cd (ZeroDivisionError" in found.failures[0].reason


# Without the variables

UNSET = {
    "an image": (changed(("acme/", '{{ requiredEnv "REGISTRY" }}/acme/')), 6, {"REGISTRY"}),
    "a range": (changed(("^1.4.0", '{{ env "A" | default (env "B") }}')), 9, {"A", "B"}),
    "a file": (changed(("values.yaml", '{{ env "SITE" }}/values.yaml')), 15, {"SITE"}),
    "a key": (changed(("$.ledger", '$.{{ env "SITE" }}')), 16, {"SITE"}),
    "a flag": (changed((PATTERN, f'{PATTERN}\n        strict: {{{{ env "S" }}}}')), 10, {"S"}),
    "a kind": (changed(("kind: semver", 'kind: {{ env "K" }}')), 8, {"K"}),
    "a document": (changed((SPEC, '      documentindex: {{ env "N" }}\n')), 14, {"N"}),
    "a transformer": (changed(("targets:", "    transformers: [{semverinc: '{{ env `P` }}'}]\ntargets:")), 10, {"P"}),
}


@pytest.mark.parametrize(("text", "line", "names"), UNSET.values(), ids=UNSET)
def test_what_depends_on_a_variable_that_nobody_knows_is_no_failure_and_named(text, line, names):
    found = manifest.load({".updatecli/a.yaml": text.encode()}, None, None)

    assert found.failures == ()
    assert [(each.line, each.unset) for each in found.warnings] == [(line, names)]
    assert all(f"`{name}`" in found.warnings[0].reason for name in names)


def test_without_variables_everything_else_is_still_checked():
    text = UNSET["a range"][0].replace("acme/ledger", "Acme/ledger")
    found = manifest.load({".updatecli/a.yaml": text.encode()}, None, None)

    assert [(each.line, each.unset) for each in found.failures] == [(6, set())]


def test_a_template_that_can_never_be_evaluated_is_a_failure_without_variables_too():
    text = changed(("acme/ledger", '{{ env "INPUT_TOKEN" }}'))
    found = manifest.load({".updatecli/a.yaml": text.encode()}, None, None)

    assert [each.line for each in found.failures] == [6]


def test_the_login_of_a_manifest_is_no_matter_for_somebody_without_variables():
    spec = """{owner: a, repository: b, versionfilter: '*', token: '{{ requiredEnv "GITHUB_TOKEN" }}'}"""
    found = manifest.load({".updatecli/a.yaml": source("githubrelease", spec).encode()}, None, None)

    assert (found.failures, found.warnings) == ((), ())


MARKS = {
    "a text in a template": r"""'{{ "\ue0000\ue001" }}'""",
    "an escape of YAML beside a template": r""" "\uE0000\uE001{{ env `TAG` }}" """.strip(),
    "the sign itself": "\ue000{{ env `TAG` }}",
    "an escape of YAML": r'"\uE0000\uE001"',
}


@pytest.mark.parametrize("written", MARKS.values(), ids=MARKS)
def test_nobody_forges_the_mark_of_a_template(written):
    with pytest.raises(Unreadable):
        one(changed(("^1.4.0", written)))


HOSTILE = [
    "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{chr(98 + at)}: &{chr(98 + at)} [{', '.join([f'*{chr(97 + at)}'] * 9)}]\n" for at in range(9)),
    "a: "
    + "{<<: [&x " * 1
    + "".join(f"{{<<: [&y{n} " for n in range(30))
    + "{}"
    + "".join(f", *y{n}, *y{n}, *y{n}]}}" for n in reversed(range(30)))
    + "]}\n",
    "[" * 5000,
    "- " * 5000 + "a",
    "a: " + "{" * 200,
    "\0",
    "? a\n",
    "!!python/object/apply:os.system [x]",
    "a: !!binary =",
    "\ud800",
    "{{" * 1000,
    "---\n" * 1000,
    "---\na\n" * 1000,
    "".join(f"kez{at}: x\n" for at in range(5000)),
    "x" * 100_000 + ": a",
    "a: @" + " " * 100_000 + "x",
    "a:\n" + "\n".join(f"{' ' * at}a:" for at in range(1, 200)),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_refused_in_words_and_soon(text):
    try:
        assert manifest.read(text, "ledger.yaml", ENVIRONMENT)[0] == []
    except ProfileError as error:
        assert len(str(error)) < 1000  # noqa: PT017 - either way is fine
    assert manifest.meaning(text, "ledger.yaml", "values.yaml", "$.ledger.image.tag") is None
