"""The schema for editors is made from the reader's tables, and takes what the reader takes."""

import jsonschema
import pytest
import yaml

from profile_cd import manifest, versions
from profile_cd.errors import ProfileError
from profile_cd.manifest import FILTER
from profile_cd.manifest import schema as manifest_schema
from profile_cd.transformers import ORDER
from tests.paths import DATA, ROOT

PROFILES = DATA / "profile"
SCHEMA = ROOT / "docs" / "manifest.schema.json"
GOOD = """\
name: Update
sources:
  image:
    kind: {kind}
    spec: {spec}
    transformers: {transformers}
targets:
  yaml: {{kind: yaml, spec: {{engine: yamlpath, file: values.yaml, key: $.tag}}}}
"""


def written(kind="dockerimage", spec="{image: acme/ledger, versionfilter: ^1.0.0}", transformers="[]"):
    return GOOD.format(kind=kind, spec=spec, transformers=transformers)


def errors(text):
    validator = jsonschema.Draft202012Validator(manifest_schema.schema())
    return [error.message for error in validator.iter_errors(yaml.load(text, Loader=yaml.CSafeLoader))]


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(manifest_schema.schema())


def test_the_file_in_docs_is_the_schema_of_the_code():
    assert SCHEMA.read_text("utf-8") == manifest_schema.rendered(), "run: make schema"


def test_the_transformers_are_those_that_can_be_applied():
    assert [*manifest_schema.TRANSFORMERS] == [name for name in ORDER if name != "jsonmatch"]


def test_the_kinds_of_filter_are_those_that_can_be_chosen_by():
    assert set(FILTER["kind"].choices) == set(versions.KINDS)


@pytest.mark.parametrize("moment", ["2025-10", "head"])
def test_every_real_manifest_fits_the_schema(moment):
    if not PROFILES.exists():
        pytest.skip("the test data beside the checkout (../shared/data) is absent")
    paths = [path for path in (PROFILES / moment).rglob("*.yaml") if path.parent.name in (".updatecli", "updatecli.d")]

    assert {path.name: errors(path.read_text("utf-8")) for path in paths} == {path.name: [] for path in paths}


BOTH_TAKE = {
    "a plain text as filter": written(),
    "a chart": written("helmchart", "{url: 'https://charts.example.com', name: ledger, versionfilter: {pattern: '1'}}"),
    "a release": written("githubrelease", "{owner: a, repository: b, typefilter: {prerelease: true}, key: tagname}"),
    "a tag by url": written("gittag", "{url: 'https://example.com/a.git', versionfilter: {kind: lex}}"),
    "a tag by owner": written("gittag", "{owner: a, repository: b, versionfilter: {kind: lex}}"),
    "a login": written(spec="{image: a/b, username: u, password: p, versionfilter: '*'}"),
    "architectures": written(spec="{image: a/b, architectures: [linux/arm64, amd64], versionfilter: '*'}"),
    "every transformer": written(
        transformers="[{trimprefix: v}, {addsuffix: x}, {replacers: [{from: a, to: b}]}, {replacer: {from: a, to: b}},"
        " {find: a}, {findsubmatch: {pattern: (a), captureindex: 1}}, {semverinc: minor}, {quote: true}]"
    ),
    "an earlier spelling": written(transformers="[{trimPrefix: v}]"),
    "a key of one's own": "x-common: &it {a: b}\n" + written(),
}
BOTH_REFUSE = {
    "another kind": written("npm"),
    "an unknown filter": written(spec="{image: a/b, versionfilter: {kind: newest}}"),
    "no image": written(spec="{versionfilter: '*'}"),
    "a number as pattern": written(spec="{image: a/b, versionfilter: {pattern: 1.2}}"),
    "half a login": written(spec="{image: a/b, username: u, versionfilter: '*'}"),
    "two logins": written(spec="{image: a/b, username: u, password: p, token: t, versionfilter: '*'}"),
    "both architectures": written(spec="{image: a/b, architecture: x, architectures: [y], versionfilter: '*'}"),
    "url and owner": written("gittag", "{url: 'https://example.com/a', owner: a, repository: b}"),
    "an unknown transformer": written(transformers="[{trimleft: v}]"),
    "conditions": written() + "conditions: {a: {kind: file}}\n",
    "file and files": written().replace("file: values.yaml", "file: a.yaml, files: [b.yaml]"),
    "no key": written().replace(", key: $.tag", ""),
}


@pytest.mark.parametrize("text", BOTH_TAKE.values(), ids=BOTH_TAKE)
def test_what_the_schema_takes_is_read(text):
    assert errors(text) == []
    assert len(manifest.read(text, "a.yaml", {})[0]) == 1


@pytest.mark.parametrize("text", BOTH_REFUSE.values(), ids=BOTH_REFUSE)
def test_what_the_schema_refuses_is_refused_when_read(text):
    assert errors(text) != []
    with pytest.raises(ProfileError):
        manifest.read(text, "a.yaml", {})
