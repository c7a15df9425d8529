"""The manifests of the real repository, at two moments, load unchanged."""

import gzip
import json
import time

import pytest

from profile_cd import manifest
from profile_cd.sources import DockerImage, GitHubRelease, HelmChart
from tests.paths import DATA

ENVIRONMENT = {"GITHUB_TOKEN": "text", "GITHUB_ACTOR": "somebody"}
MOMENTS = [("2025-10", 56), ("head", 60)]

pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason="the test data beside the checkout (../shared/data) is absent"
)


def snapshot(moment):
    root = DATA / "profile" / moment
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("moment", "count"), MOMENTS)
def test_every_manifest_loads_and_owns_one_value(moment, count):
    loaded = manifest.load(snapshot(moment), None, ENVIRONMENT)

    assert loaded.failures == ()
    assert len(loaded.manifests) == count
    assert len({(target.file, target.key) for each in loaded.manifests for target in each.targets}) == count


def test_the_kinds_are_those_that_the_repository_uses():
    loaded = manifest.load(snapshot("head"), "", ENVIRONMENT)
    kinds = [type(use.source) for each in loaded.manifests for use in each.sources]

    assert [kinds.count(kind) for kind in (DockerImage, HelmChart, GitHubRelease)] == [47, 9, 4]


@pytest.mark.parametrize(("moment", "count"), MOMENTS)
def test_every_source_has_the_name_that_its_versions_are_filed_under(moment, count):
    known = json.loads((DATA / "versions.json").read_text("utf-8"))["sources"]
    loaded = manifest.load(snapshot(moment), None, ENVIRONMENT)
    ids = {use.source.id for each in loaded.manifests for use in each.sources}

    assert len(ids & set(known)) >= len(ids) - 5


@pytest.mark.parametrize(("moment", "count"), MOMENTS)
def test_every_line_is_that_of_its_key(moment, count):
    files = snapshot(moment)
    for each in manifest.load(files, None, ENVIRONMENT).manifests:
        lines = files[each.path].decode().split("\n")
        assert [lines[target.line - 1].strip().partition(":")[0] for target in each.targets] == ["key"]
        assert [lines[use.line - 1].strip() for use in each.sources] == [f"{use.id}:" for use in each.sources]


@pytest.mark.parametrize(("moment", "count"), MOMENTS)
def test_every_manifest_means_something_for_its_value_and_nothing_for_another(moment, count):
    files = snapshot(moment)
    for each in manifest.load(files, None, ENVIRONMENT).manifests:
        text = files[each.path].decode()
        target = each.targets[0]
        assert manifest.meaning(text, each.path, target.file, target.key) is not None
        assert manifest.meaning(text, each.path, target.file, f"{target.key}.other") is None


def test_meaning_changes_where_history_says_so():
    cases = json.loads((DATA / "people-and-robot.json").read_text("utf-8"))
    for case in cases:
        now, then = (
            manifest.meaning(case[when], case["manifest"], case["file"], case["key"]) if case[when] else None
            for when in ("manifest_now", "manifest_when_written")
        )
        assert now is not None
        assert (now != then) is case["manifest_meaning_changed"], case["robot_commit"]


def test_every_manifest_of_eighteen_months_is_read():
    with gzip.open(DATA / "replay-until-2025-06.jsonl.gz", "rt", encoding="utf-8") as records:
        texts = [(each["path"], each["text"]) for line in records for each in json.loads(line)["manifest"]]

    assert len(texts) > 700
    for path, text in texts:
        (found,), _ = manifest.read(text, path, ENVIRONMENT)
        assert manifest.meaning(text, path, found.targets[0].file, found.targets[0].key) is not None


def test_loading_takes_a_moment_only():
    files = snapshot("head")
    manifest.load(files, None, ENVIRONMENT)
    took = []
    for _ in range(5):
        start = time.process_time()
        manifest.load(files, None, ENVIRONMENT)
        took.append(time.process_time() - start)

    # A third of this on an idle machine.
    assert min(took) < 0.1
