"""What updatecli chooses of what each kind of source delivers: we choose the same, or differ on purpose and say why."""

import pytest

from tests.paths import DATA, ROOT
from tests.sources import vectors

FILE = DATA / "source-filter-vectors.json"
BY_LETTERS, NO_TIMES, SIGNATURES = "Tags by letters.", "Times in tags.", "Signatures."
PLATFORMS, AS_HELM_READS = "Platforms.", "Charts in registries."
NO_COMMIT_TIMES, KEY, NUMBERS = "Times of commits.", "What `key` asks for.", "Numbers in an index."

ON_PURPOSE = {
    "image-latest": (BY_LETTERS, "0.10.0"),
    "image-latest-by-letters": (BY_LETTERS, "5.0.11"),
    "image-latest-tagfilter": (BY_LETTERS, "3.20"),
    "image-latest-signatures": (SIGNATURES, "1.7.2"),
    "image-time": (NO_TIMES, None),
    "image-regex-time": (NO_TIMES, None),
    "image-platform-first-of-several": (PLATFORMS, None),
    "image-platform-no-index": (PLATFORMS, None),
    "image-platform-child-unnamed": (PLATFORMS, None),
    "chart-time": (NO_TIMES, None),
    "chart-number-for-version": (NUMBERS, "1.3.0"),
    "oci-latest": (BY_LETTERS, "2.10.0"),
    "oci-latest-named-plus": (AS_HELM_READS, "72.0.0_k8s1.30"),
    "oci-semver-underscore": (AS_HELM_READS, "72.1.3_k8s1.30"),
    "oci-semver-underscore-mixed": (AS_HELM_READS, "5.1.0_r2"),
    "oci-pep440-underscore": (AS_HELM_READS, "3.1.0_2"),
    "oci-regex-signatures": (SIGNATURES, "1.9.1"),
    "oci-time": (NO_TIMES, None),
    "release-time": (NO_TIMES, None),
    "release-key-title": (KEY, "Harbour 3.9"),
    "release-tags-taghash": (KEY, "c23e718ce716079987761f3378095732b02b2401"),
    "git-latest": (NO_COMMIT_TIMES, "v5.0.0"),
    "git-regex": (NO_COMMIT_TIMES, None),
    "git-regex-paths": (NO_COMMIT_TIMES, None),
    "git-regex-replaceall": (NO_COMMIT_TIMES, None),
    "git-annotated-later": (NO_COMMIT_TIMES, None),
    "git-time": (NO_TIMES, None),
}
"""By vector: why we differ, as docs/manifests.md explains it, and what we choose (None: it is refused)."""

VECTORS = vectors.load(FILE) if FILE.exists() else []


def test_the_vectors_are_there():
    if not VECTORS:
        pytest.skip("the test data beside the checkout (../shared/data) is absent")
    assert len(VECTORS) == 160
    assert ON_PURPOSE.keys() <= {vector["name"] for vector in VECTORS}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_what_is_written_is_what_updatecli_writes(vector):
    written, why = vectors.outcome(vector)
    reason, ours = ON_PURPOSE.get(vector["name"], ("", vector["updatecli"].get("value")))

    assert written == ours, (reason, why)
    assert bool(why) == (ours is None)


def test_every_reason_to_differ_is_in_the_manual():
    manual = (ROOT / "docs/manifests.md").read_text("utf-8")

    assert {reason for reason, _ in ON_PURPOSE.values() if f"- **{reason}** " not in manual} == set()


@pytest.mark.parametrize("name", ON_PURPOSE)
def test_no_difference_is_listed_that_is_none(name):
    if not VECTORS:
        pytest.skip("the test data beside the checkout (../shared/data) is absent")
    (vector,) = (each for each in VECTORS if each["name"] == name)

    assert ON_PURPOSE[name][1] != vector["updatecli"].get("value")
