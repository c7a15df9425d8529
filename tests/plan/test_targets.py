"""Where the targets of manifests lead, before any source is asked."""

import pytest

from profile_cd.model import Condition, File, Manifest, Snapshot, SourceUse, TargetUse
from profile_cd.plan import path_of, problems
from profile_cd.sources import DockerImage

TEXT = "ledger:\n  image:\n    tag: v1\n  other: v2\na.b: v3\n---\nledger: {image: {tag: v1}}\n"
USE = SourceUse("image", 2, DockerImage("acme/ledger"), Condition(), ())


def manifest(name, *targets):
    uses = tuple(
        TargetUse("yaml", line, source, "v.yaml", key, document=document)
        for line, (key, document, source) in enumerate(targets, 10)
    )
    return Manifest(name, f".updatecli/{name}.yaml", name, 1, (USE,), uses)


def told(*manifests, files=None):
    snapshot = Snapshot({"v.yaml": File(TEXT.encode())} if files is None else files)
    return [(each.path, each.line, each.reason) for each in problems(manifests, snapshot)]


@pytest.mark.parametrize(
    ("name", "within", "path"),
    [
        ("values.yaml", "", "values.yaml"),
        ("./values.yaml", "", "values.yaml"),
        ("values.yaml", "sites/one", "sites/one/values.yaml"),
        ("./values.yaml", "sites/one", "sites/one/values.yaml"),
        ("deep/values.yaml", "sites/one", "sites/one/deep/values.yaml"),
    ],
)
def test_a_file_is_found_however_its_manifest_spells_it(name, within, path):
    assert path_of(name, within) == path


@pytest.mark.parametrize(
    "other",
    [("$..tag", None, "image"), ("$.ledger.*.tag", None, "image"), ("$.*.image.tag", 0, "image")],
    ids=lambda each: each[0],
)
def test_two_manifests_that_reach_one_value_by_different_keys_fail_both(other):
    found = told(manifest("a", ("$.ledger.image.tag", None, "image")), manifest("b", other))

    assert [(path, line) for path, line, _ in found] == [(".updatecli/a.yaml", 10), (".updatecli/b.yaml", 10)]
    assert ".updatecli/b.yaml:10" in found[0][2]
    assert ".updatecli/a.yaml:10 (`$.ledger.image.tag`)" in found[1][2]


@pytest.mark.parametrize("other", ["$.ledger.image.tag", "ledger['image'].tag", ".ledger.image.tag"])
def test_two_manifests_that_name_one_value_fail_both(other):
    key = "$.ledger.image.tag"
    found = told(
        manifest("a", (key, 0, "image")), manifest("b", (other, 0, "image")), manifest("c", ("$.ledger.other", 0, "i"))
    )

    assert [path for path, _, _ in found] == [".updatecli/a.yaml", ".updatecli/b.yaml"]


def test_a_claim_counts_although_its_manifest_fails_elsewhere():
    found = told(manifest("a", ("$.ledger.nothing", 0, "image"), ("$.ledger.other", 0, "image")),
                 manifest("b", ("$.ledger.other", 0, "image")))  # fmt: skip

    assert [(path, line) for path, line, _ in found] == [
        (".updatecli/a.yaml", 10),
        (".updatecli/a.yaml", 11),
        (".updatecli/b.yaml", 10),
    ]


def test_of_many_who_want_one_value_a_few_are_named():
    found = told(*(manifest(f"m{number}", ("$.ledger.other", 0, "image")) for number in range(50)))

    assert len(found) == 50
    assert all("and 44 more" in reason and len(reason) < 600 for _, _, reason in found)


def test_a_target_whose_file_only_a_variable_knows_is_not_looked_up():
    unknown = TargetUse("yaml", 10, "image", "x1", "$.ledger.tagg", unset=frozenset({"SITE"}))

    assert told(Manifest("a", ".updatecli/a.yaml", "a", 1, (USE,), (unknown,))) == []


@pytest.mark.parametrize(
    ("label", "manifests"),
    [
        ("two values", [manifest("a", ("$..tag", None, "image")), manifest("b", ("$.ledger.other", None, "image"))]),
        ("two documents", [manifest("a", ("$..tag", 0, "image")), manifest("b", ("$..tag", 1, "image"))]),
        ("one version twice", [manifest("a", ("$..tag", None, "image"), ("$.ledger.image.tag", None, "image"))]),
    ],
)
def test_who_does_not_quarrel_over_a_value_is_fine(label, manifests):
    assert told(*manifests) == [], label


def test_two_sources_of_one_manifest_for_one_value_are_named_at_both_lines():
    found = told(manifest("a", ("$.ledger.image.tag", 0, "image"), ("$..tag", 0, "other")))

    assert [line for _, line, _ in found] == [10, 11]


@pytest.mark.parametrize(
    ("files", "key", "words"),
    [
        ({}, "$.ledger.image.tag", "does not exist"),
        ({"v.yaml": File(b"w.yaml", "120000")}, "$.ledger.image.tag", "symbolic link"),
        ({"v.yaml": File(b"", "040000")}, "$.ledger.image.tag", "is a directory"),
        ({"v.yaml": File(b"a: \xff\n")}, "$.a", "not UTF-8"),
        (None, "$.a.b", "Did you mean `$['a.b']`?"),
        (None, "$.ledger.image", "a mapping, not a single value"),
        (None, "$.ledger.image.tagg", "Did you mean `$.ledger.image.tag`?"),
    ],
)
def test_a_target_that_leads_nowhere_is_named_at_its_line(files, key, words):
    ((path, line, reason),) = told(manifest("a", (key, None, "image")), files=files)

    assert (path, line) == (".updatecli/a.yaml", 10)
    assert words in reason
