"""What an image's name says: where it lies, and what is no name."""

import pytest

from profile_cd import manifest
from profile_cd.errors import Unreadable
from profile_cd.sources.imagename import parts


@pytest.mark.parametrize(
    ("image", "registry", "repository"),
    [
        ("acme/ledger", "registry-1.docker.io", "acme/ledger"),
        ("ledger", "registry-1.docker.io", "library/ledger"),
        ("docker.io/ledger", "registry-1.docker.io", "library/ledger"),
        ("docker.io/acme/ledger", "registry-1.docker.io", "acme/ledger"),
        ("ghcr.io/ledger", "ghcr.io", "ledger"),
        ("ghcr.io/acme/deep/ledger", "ghcr.io", "acme/deep/ledger"),
        ("localhost/ledger", "localhost", "ledger"),
        ("registry:5000/ledger", "registry:5000", "ledger"),
    ],
)
def test_only_what_looks_like_a_host_is_one_and_everything_else_lies_on_docker_hub(image, registry, repository):
    assert parts(image) == (registry, repository)


@pytest.mark.parametrize(
    ("image", "advice"),
    [
        ("acme/ledger:v1", "Leave the tag to `versionfilter`: `acme/ledger`"),
        ("acme/ledger@sha256:0", "Leave the tag to `versionfilter`: `acme/ledger`"),
        ("Acme/Ledger", "in lower case"),
        ("https://ghcr.io/acme/ledger", "Write it like `acme/ledger`"),
    ],
)
def test_what_is_no_name_is_refused_at_its_line_with_the_likely_one(image, advice):
    text = (
        f"sources: {{s: {{kind: dockerimage, spec: {{versionfilter: '*', image: '{image}'}}}}}}\n"
        "targets: {t: {kind: yaml, spec: {file: v.yaml, key: $.a}}}\n"
    )
    with pytest.raises(Unreadable, match="no name of an image") as refused:
        manifest.read(text, "ledger.yaml", {})

    assert advice in str(refused.value)
