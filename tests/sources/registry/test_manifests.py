"""Manifests are asked for without a pull where that is enough, and once more where a registry knows no HEAD."""

import pytest

from profile_cd.sources.registry import Registries, Repository, blob, manifest
from tests.sources.webs import Spoken

APP = Repository("r.example", "acme/app")


def asked(site, **how):
    web = Spoken(site)
    answer = manifest(APP, "1.0.0", Registries(web), **how)
    return answer.status, [(method, url) for method, url, _ in web.asked]


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_head_that_is_not_answered_becomes_one_get(status):
    found, requests = asked(lambda method, *_: (status if method == "HEAD" else 200, {}), whole=False)

    url = "https://r.example/v2/acme/app/manifests/1.0.0"
    assert (found, requests) == (200, [("HEAD", url), ("GET", url)])


@pytest.mark.parametrize("status", [200, 403, 429, 500, 503])
def test_a_head_that_is_answered_is_enough(status):
    found, requests = asked(lambda *_: (status, {}), whole=False)

    assert (found, len(requests)) == (status, 1)


def test_what_is_nowhere_is_asked_for_twice_and_no_more():
    assert [len(asked(lambda *_: (404, {}), whole=whole)[1]) for whole in (False, True)] == [2, 1]


def test_a_reference_is_a_part_of_an_address_and_no_more():
    web = Spoken(lambda *_: (200, {}))
    manifest(APP, "../../x?y#z", Registries(web), whole=True)
    blob(APP, "sha256:a/../b", Registries(web))

    assert [url for _, url, _ in web.asked] == [
        "https://r.example/v2/acme/app/manifests/..%2F..%2Fx%3Fy%23z",
        "https://r.example/v2/acme/app/blobs/sha256:a%2F..%2Fb",
    ]
