"""The manifests' page: each example is a manifest that can be used, and together they show every field."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from profile_cd import manifest, transformers
from tests.paths import ROOT

PAGE = (ROOT / "docs/manifests.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
SCHEMA = json.loads((ROOT / "docs/manifest.schema.json").read_text("utf-8"))["$defs"]
VARIABLES = dict.fromkeys(("GITHUB_TOKEN", "REGISTRY_PASSWORD", "GIT_PASSWORD"), "secret")
SOURCE = "sources: {image: {kind: dockerimage, spec: {image: acme/ledger, versionfilter: ^1.4.0}}}\n"
NO_EFFECT = {"username", "conditions"}


def whole(example: str) -> str:
    """*example* as a manifest: where it shows sources alone, each is written somewhere, and the other way round."""
    text = example if "sources:" in example else SOURCE + example
    if "targets:" in text:
        return text
    names = re.findall(r"^  ([\w-]+):", text.partition("sources:\n")[2] or "  image:", flags=re.MULTILINE)
    return (
        text
        + "targets:\n"
        + "".join(
            f"  {each}: {{kind: yaml, sourceid: {each}, spec: {{file: a.yaml, key: $.{each}}}}}\n" for each in names
        )
    )


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_manifest_and_nothing_is_said_of_it(example):
    loaded = manifest.load({".updatecli/ledger.yaml": whole(example).encode()}, "", VARIABLES)

    assert (loaded.failures, loaded.warnings) == ((), ())
    assert loaded.manifests


def shown(part: str, name: str) -> set[str]:
    """The keys below `spec` of each entry of the kind *name* in all examples, and those that stand deeper."""
    entries = [
        entry
        for example in EXAMPLES
        for entry in (yaml.safe_load(example).get(part) or {}).values()
        if entry["kind"] == name
    ]
    return {key for entry in entries for key in entry["spec"]}


@pytest.mark.parametrize(
    ("part", "name"),
    [("sources", each) for each in ("dockerimage", "helmchart", "githubrelease", "gittag")] + [("targets", "yaml")],
)
def test_every_field_of_a_kind_is_in_an_example(part, name):
    fields = {key.lower() for key in SCHEMA[name]["properties"]} - (NO_EFFECT if name == "githubrelease" else set())

    assert fields - shown(part, name) == set()


def test_every_field_of_a_condition_and_of_a_policy_is_in_an_example():
    written = [yaml.safe_load(example) for example in EXAMPLES]
    filters = [
        entry["spec"]["versionfilter"]
        for each in written
        for entry in each.get("sources", {}).values()
        if isinstance(entry["spec"].get("versionfilter"), dict)
    ]
    policies = [each["policy"] for each in written if "policy" in each]

    assert {key for each in filters for key in each} == set(SCHEMA["versionfilter"]["properties"])
    assert {key for each in policies for key in each} == set(SCHEMA["policy"]["properties"])


def test_every_transformer_makes_of_a_version_what_the_page_says():
    part = PAGE.partition("\n## Transformers\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(.+?)` \| `(.+?)` \| `(.+?)` \|$", part, flags=re.MULTILINE)

    made = [transformers.apply(transformers.read(yaml.load(row, yaml.BaseLoader)), of) for row, of, _ in rows]

    assert made == [expected for _, _, expected in rows]
    assert {row.partition(":")[0] for row, _, _ in rows} == set(transformers.ORDER) - {"jsonmatch"}
