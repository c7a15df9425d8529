"""Where an image says that it comes from: its annotations, its labels, those of the first image of an index."""

import json

import pytest

from profile_cd.sources.links import of_image
from profile_cd.sources.registry import Registries, Repository
from tests.sources.webs import Spoken

SOURCE, REVISION = "org.opencontainers.image.source", "org.opencontainers.image.revision"
HUB, OTHER = (Repository(host, "acme/app") for host in ("registry-1.docker.io", "r.example"))
DIGEST, CHILD = "sha256:" + "1" * 64, "sha256:" + "2" * 64
SAID = {SOURCE: "https://github.com/acme/app", REVISION: "a" * 40}
IMAGE = {"config": {"digest": DIGEST, "size": 9}}
INDEX = {
    "manifests": [{"digest": DIGEST, "platform": {"os": "unknown"}}, {"digest": CHILD, "platform": {"os": "linux"}}]
}


def found(repository, manifest, *, labels=None, known=None):
    def site(_method, url, *_):
        if "/blobs/" in url:
            return 200, {"config": {"Labels": labels}}
        return 200, {**IMAGE} if CHILD in url else manifest

    web = Spoken(site)
    body = json.dumps(known).encode() if known is not None else None
    links = of_image(repository, "1.0.0", "1.1.0", body, Registries(web))
    return [link.url for link in links], [url.rpartition("/v2/acme/app/")[2] for _, url, _ in web.asked]


PAGES = [
    "https://github.com/acme/app",
    f"https://github.com/acme/app/commit/{'a' * 40}",
    "https://github.com/acme/app/compare/1.0.0...1.1.0",
]


def test_annotations_are_enough():
    assert found(OTHER, {**IMAGE, "annotations": SAID}) == (PAGES, ["manifests/1.1.0"])


def test_labels_stand_in_the_configuration():
    assert found(OTHER, IMAGE, labels=SAID) == (PAGES, ["manifests/1.1.0", f"blobs/{DIGEST}"])


def test_a_manifest_that_is_known_is_not_asked_for_again():
    assert found(OTHER, None, labels=SAID, known=IMAGE) == (PAGES, [f"blobs/{DIGEST}"])


def test_of_an_index_the_first_image_that_is_one_is_looked_at():
    assert found(OTHER, INDEX, labels=SAID)[1] == ["manifests/1.1.0", f"manifests/{CHILD}", f"blobs/{DIGEST}"]


def test_where_pulls_are_counted_no_second_manifest_is_asked_for():
    assert found(HUB, INDEX, labels=SAID) == ([], ["manifests/1.1.0"])


@pytest.mark.parametrize(
    "manifest",
    [
        [],
        {"config": {"digest": "../../x", "size": 1}},
        {"config": {"digest": DIGEST, "size": 10**9}},
        {"config": {"digest": DIGEST}},
        {"manifests": [{"digest": "x"}, 1]},
    ],
)
def test_what_is_odd_has_no_pages_and_leads_nowhere(manifest):
    assert found(OTHER, manifest, labels=SAID) == ([], ["manifests/1.1.0"])
