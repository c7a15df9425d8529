"""Whatever hosts answer, in bytes, JSON and headers: versions that are clean texts come out, or SourceFailed."""

import json
import random

import pytest

from profile_cd import sources
from profile_cd.credentials import Credentials, Login, Secret
from profile_cd.errors import SourceFailed
from profile_cd.model import Published
from profile_cd.sources import DockerImage, GitHubRelease, GitTag, HelmChart, Session
from tests.sources.vectors import FIELD
from tests.sources.webs import Spoken

ROUNDS = 400
ODD = [
    None, True, False, 0, -1, 1e308, "", " ", "x" * 5000, "\ud800", "a\x00b", "1.0.0\n::error::", "\u202e1.0.0",
    "9" * 5000, [], {}, [[]], [None], {"a": None}, [[[[[[]]]]]], "https://[", "//", "sha256:" + "0" * 64, "../../x",
    ["1.0.0"] * 50,
]  # fmt: skip
HEADERS = {
    "www-authenticate": [
        'Bearer realm="https://registry.example/token",service="s"', 'Bearer realm="https://["', "Basic", "Bearer",
        "," * 9000,
        'Bearer realm=""', 'Basic realm="\ud800"', "Bearer" + ' a="b"' * 500, 'Bearer realm="https://10.0.0.1/x"',
    ],
    "link": [
        "<", "<>; rel=next", '<https://[>; rel="next"', "<" * 9000, '<http://evil.example/x>; rel="next"',
        '</v2/x>; rel="next"', '<\ud800>; rel="next"', "<mailto:a@b>; rel=next",
    ],
    "x-ratelimit-remaining": ["0", "x", "9" * 5000],
    "content-type": ["", "\ud800"],
}  # fmt: skip
STATUSES = [200] * 12 + [0, 204, 301, 304, 400, 401, 403, 404, 405, 418, 429, 500, 501, 503, 999]


def mutated(value, chance):
    """*value* with some part of it replaced by something odd."""
    if chance.random() < 0.15:
        return chance.choice(ODD)
    if isinstance(value, dict):
        found = {key: mutated(each, chance) for key, each in value.items() if chance.random() > 0.03}
        return {**found, **({"\ud800": 1} if chance.random() < 0.03 else {})}
    return [mutated(each, chance) for each in value] if isinstance(value, list) else value


def broken(data, chance):
    """*data* as bytes, perhaps cut, doubled or with some of them changed."""
    kind = chance.randrange(8)
    if kind == 0:
        return data[: chance.randrange(len(data) + 1)]
    if kind == 1:
        return data * 2
    if kind == 2:
        return bytes(chance.randrange(256) if chance.random() < 0.05 else byte for byte in data)
    return (
        chance.choice([b"", b"[" * 100_000, b'{"tags":' * 100_000, b"\xff\xfe", b"9" * 10_000]) if kind == 3 else data
    )


def hostile(site, chance):
    def answer(method, url, headers, sent):
        status, body, *_ = site(method, url, headers, sent)
        data = body if isinstance(body, bytes) else json.dumps(mutated(body, chance)).encode()
        more = {name: chance.choice(values) for name, values in HEADERS.items() if chance.random() < 0.15}
        return (status if chance.random() < 0.6 else chance.choice(STATUSES)), broken(data, chance), more

    return answer


TAGS = {"name": "acme/app", "tags": ["1.0.0", "1.1.0", "latest"]}
PLATFORM = {"os": "linux", "architecture": "amd64"}
MANIFEST = {"manifests": [{"digest": "sha256:" + "1" * 64, "platform": PLATFORM}], "annotations": {"a": "b"}}
CONFIG = {**PLATFORM, "config": {"Labels": {"org.opencontainers.image.source": "https://github.com/acme/app"}}}
INDEX = b"apiVersion: v1\nentries:\n  app:\n  - version: 1.0.0\n    home: https://acme.example\n  - version: 1.1.0\n"
RELEASE = {
    "tagName": "v1",
    "name": "One",
    "isDraft": False,
    "isPrerelease": False,
    "isLatest": True,
    "tagCommit": {"oid": "a"},
}
REST = {"tag_name": "v1", "name": "One", "draft": False, "prerelease": False}
REF = {"name": "v1", "target": {"oid": "a", "target": {"oid": "b"}}}
INFO = {"hasNextPage": False, "endCursor": "x"}


def registry(_method, url, headers, _sent):
    if "/token" in url:
        return 200, {"token": "t0ken"}
    if "authorization" not in {name.lower() for name in headers}:
        return 401, {"errors": [{"code": "UNAUTHORIZED"}]}
    if "/tags/list" in url:
        return 200, TAGS
    return 200, CONFIG if "/blobs/" in url else MANIFEST


def charts(*_):
    return 200, INDEX


def json_charts(*_):
    return 200, {"entries": {"app": [{"version": "1.0.0", "home": "https://acme.example"}, {"version": 1.1}]}}


def graphql(_method, _url, _headers, sent):
    nodes = {"releases": [RELEASE, RELEASE], "refs": [REF]}
    named = FIELD.findall(sent["query"])
    return 200, {"data": {alias: {what: {"nodes": nodes[what], "pageInfo": INFO}} for alias, what in named}}


def rest(_method, url, *_):
    if url.endswith("/latest"):
        return 200, REST
    return 200, [REST, REST] if "/releases" in url else [{"name": "v1", "commit": {"sha": "a"}}]


TOKEN = Secret("t")
DOORS = {
    "an image": (registry, [DockerImage("registry.example/acme/app", ("amd64",))]),
    "a chart in a registry": (registry, [HelmChart("oci://registry.example/acme", "app")]),
    "charts in an index": (
        charts,
        [HelmChart("https://charts.example", "app"), HelmChart("https://charts.example", "b")],
    ),
    "an index in JSON": (json_charts, [HelmChart("https://charts.example", "app")]),
    "releases by GraphQL": (
        graphql,
        [GitHubRelease("acme", "app", token=TOKEN, key="taghash"), GitHubRelease("acme", "b", token=TOKEN)],
    ),
    "releases by REST": (rest, [GitHubRelease("acme", "app", key="taghash"), GitHubRelease("acme", "app")]),
}


def clean(version):
    return isinstance(version, str) and version.isprintable() and 0 < len(version) <= 300


@pytest.mark.parametrize("door", DOORS)
def test_only_clean_versions_or_failures_come_out(door):
    site, asked = DOORS[door]
    outcomes = set()
    for seed in range(ROUNDS):
        chance = random.Random(seed)
        session = Session(
            Spoken(hostile(site, chance)), Credentials({"registry.example": Login("robot", Secret("s3cret"))})
        )
        found = sources.ask(asked, session)
        assert found.keys() == set(asked)
        for source, versions in found.items():
            outcomes.add(isinstance(versions, tuple))
            assert isinstance(versions, SourceFailed) or all(map(clean, versions)), seed
            assert "s3cret" not in str(versions)
            assert not isinstance(versions, SourceFailed) or str(versions).isprintable(), (seed, str(versions))
            picked = (source, "1.1.0")
            detail = sources.detail({picked: ("1.0.0",)}, session)[picked]
            assert isinstance(detail, Published | SourceFailed), seed
            for links in sources.pages([(source, "1.0.0", "1.1.0")], session).values():
                assert all(link.url.startswith("https://") and link.url.isascii() for link in links), seed
    assert outcomes == {True, False}


def test_only_clean_tags_come_out_of_git():
    source = GitTag("https://git.example/a.git", key="hash")
    names = [
        "refs/tags/v1",
        "refs/tags/\ud800",
        "refs/tags/a\nb",
        "refs/tags/" + "x" * 999,
        "refs/heads/main",
        "refs/tags/v1^{}",
    ]
    session = Session(Spoken(refs=dict.fromkeys(names, "a" * 40)), Credentials())

    assert sources.ask([source], session) == {source: ("v1",)}
