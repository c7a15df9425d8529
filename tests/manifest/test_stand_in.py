"""What stands in for a text that nobody knows: it passes the checks of its field and is no other's."""

import pytest

from profile_cd import manifest, versions
from profile_cd.manifest.stand_in import stand_in
from profile_cd.sources import KINDS
from profile_cd.versions import Condition
from tests.manifest.texts import source

FIELDS = ["image", "url", "owner", "pattern", "regex", "versionfilter", "file", "key"]


@pytest.mark.parametrize("field", FIELDS)
def test_equal_templates_have_one_stand_in_and_different_ones_different(field):
    found = {stand_in(field, f"{{{{ env {name} }}}}") for name in range(2000)}

    assert len(found) == 2000
    assert stand_in(field, "{{ env 7 }}") in found
    assert not any(set(each) & set("{}\n") for each in found)


@pytest.mark.parametrize("kind", versions.KINDS)
def test_a_stand_in_is_a_pattern_for_every_kind_of_filter(kind):
    regex = stand_in("regex", "{{ x }}") if kind == "regex/semver" else ""

    assert Condition(kind, stand_in("pattern", "{{ x }}"), regex=regex)


def test_a_text_that_cannot_be_written_as_utf_8_has_one_as_well():
    assert stand_in("image", "\ud800{{ x }}")


TEXTS = {
    "dockerimage": "image: {t}, tagfilter: {t}, architecture: {t}, versionfilter: {t}",
    "helmchart": "url: {t}, name: {t}, versionfilter: {{kind: semver, pattern: {t}}}",
    "githubrelease": "owner: {t}, repository: {t}, url: {t}, versionfilter: {{kind: regex, pattern: {t}}}",
    "gittag": "url: {t}, versionfilter: {{kind: regex/semver, regex: {t}, pattern: {t}}}",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_source_takes_stand_ins_for_its_texts(kind):
    spec = TEXTS[kind].format(t="'{{ env `A` }}'")

    found = manifest.load({".updatecli/a.yaml": source(kind, f"{{{spec}}}").encode()}, None, None)

    assert (found.failures, len(found.manifests)) == ((), 1)
    assert all(each.unset == {"A"} for each in found.warnings if each.unset)
