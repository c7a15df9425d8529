"""Pages that tell what is new: whose they are, what they cost, and that no text from outside becomes one."""

import json

import pytest

from profile_cd import sources
from profile_cd.credentials import Credentials, Secret
from profile_cd.services.web import HttpWeb, Limits
from profile_cd.sources import DockerImage, GitHubRelease, GitTag, HelmChart, Session, dockerimage, helmchart, links
from profile_cd.sources.helm import pages
from sandbox.helm import Helm
from sandbox.net import Street, faults
from sandbox.registry import Gate, Registry

SOURCE, REVISION = "org.opencontainers.image.source", "org.opencontainers.image.revision"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
TAGS = {"acme/app": ["1.0.0", "1.1.0"]}


ONCE = Limits(tries=1)


@pytest.fixture
def street():
    with Street() as street:
        yield street


def session_of(limits=ONCE):
    return Session(HttpWeb(limits=limits), Credentials())


def urls(source, old="1.0.0", new="1.1.0", session=None):
    found = sources.pages([(source, old, new)], session or session_of())
    return [link.url for link in found.get((source.id, new), ())]


def image(street, site, **fields):
    return DockerImage(f"{street.listen(site).removeprefix('http://')}/acme/app", **fields)


# Releases and tags: nothing is asked


@pytest.mark.parametrize(
    ("source", "old", "new", "expected"),
    [
        pytest.param(
            GitHubRelease("acme", "app"),
            "v1.0.0",
            "v1.1.0",
            [
                "https://github.com/acme/app/releases/tag/v1.1.0",
                "https://github.com/acme/app/compare/v1.0.0...v1.1.0",
            ],
            id="release",
        ),
        pytest.param(
            GitHubRelease("acme", "app"),
            "ui/v1.0.0",
            "ui/v1.1.0",
            [
                "https://github.com/acme/app/releases/tag/ui%2Fv1.1.0",
                "https://github.com/acme/app/compare/ui/v1.0.0...ui/v1.1.0",
            ],
            id="release of a part",
        ),
        pytest.param(
            GitHubRelease("acme", "app", url="https://git.acme.example"),
            "v1",
            "v2",
            ["https://git.acme.example/acme/app/releases/tag/v2", "https://git.acme.example/acme/app/compare/v1...v2"],
            id="enterprise server",
        ),
        pytest.param(
            GitHubRelease("acme", "app"),
            "1.0.0",
            "v1.1.0",
            ["https://github.com/acme/app/releases/tag/v1.1.0"],
            id="transformed value",
        ),
        pytest.param(
            GitHubRelease("acme", "app", key="taghash"),
            COMMIT,
            "v1.1.0",
            [
                "https://github.com/acme/app/releases/tag/v1.1.0",
                f"https://github.com/acme/app/compare/{COMMIT}...{COMMIT[::-1]}",
            ],
            id="hash",
        ),
        pytest.param(
            GitHubRelease("acme", "app", key="title"),
            "One 1",
            "v2",
            ["https://github.com/acme/app/releases/tag/v2"],
            id="title",
        ),
        pytest.param(
            GitTag("https://github.com/acme/app.git"),
            "v1.0",
            "v1.1",
            ["https://github.com/acme/app/compare/v1.0...v1.1"],
            id="tag",
        ),
        pytest.param(
            GitTag("https://gitlab.com/acme/deep/app.git"),
            "v1.0",
            "v1.1",
            ["https://gitlab.com/acme/deep/app/-/compare/v1.0...v1.1"],
            id="tag at GitLab",
        ),
        pytest.param(GitTag("https://robot:pw@github.com/acme/app.git"), "v1.0", "v1.1", [], id="login in address"),
    ],
)
def test_pages_that_follow_from_the_source(source, old, new, expected):
    session = session_of()
    session.values[GitHubRelease("acme", "app", key="taghash"), "v1.1.0"] = COMMIT[::-1]

    assert urls(source, old, new, session) == expected
    assert session.web.counters.requests == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1.0.0", "v1.1.0"),
        ("latest", "1.1.0"),
        ("1.1.0", "1.1.0"),
        ("", "1.1.0"),
        ("1.0.0, 1.0.1", "1.1.0"),
        ("1.0.0...x", "1.1.0"),
        ("1.0.0)[x](1", "1.1.0"),
        ("1.0.0\n", "1.1.0"),
        ("1" * 301, "1.1.0"),
    ],
)
def test_what_is_not_compared(old, new):
    assert not links.alike(old, new)


# What stands outside


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://github.com/acme/app", "https://github.com/acme/app"),
        ("https://github.com/acme/app.git", "https://github.com/acme/app"),
        ("https://github.com/acme/app/", "https://github.com/acme/app"),
        ("https://github.com/acme/app.git#main:docker", "https://github.com/acme/app"),
        ("https://acme.example", "https://acme.example"),
    ],
)
def test_a_page_is_taken(text, expected):
    assert links.page(text) == expected


HOSTILE = [
    "javascript:alert(1)",
    "http://github.com/acme/app",
    "https://github.com/acme/app\nSet-Cookie: x",
    "https://github.com/acme/app)[x](https://evil.example",
    "https://user:password@github.com/acme/app",
    "https://github.com/acme/../../evil/x",
    "https://github.com/a b",
    "https://[::1]/x",
    "https://localhost/x",
    "//github.com/acme/app",
    "git@github.com:acme/app.git",
    "https://github.com/" + "a" * 100_000,
    "https://g\u0131thub.com/acme/app",
    "",
    None,
    ["https://github.com/acme/app"],
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_page(text):
    assert links.page(text) == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_label_gives_no_link(street, text):
    site = Registry(TAGS, labels={("acme/app", "1.1.0"): {SOURCE: text, REVISION: COMMIT}})

    assert urls(image(street, site)) == []


def test_a_revision_that_is_no_commit_gives_no_link_of_its_own(street):
    told = {SOURCE: "https://github.com/acme/app", REVISION: "main/../../evil"}
    site = Registry(TAGS, labels={("acme/app", "1.1.0"): told})

    assert urls(image(street, site)) == [
        "https://github.com/acme/app",
        "https://github.com/acme/app/compare/1.0.0...1.1.0",
    ]


# Images


@pytest.mark.parametrize("platforms", [("linux/amd64", "linux/arm64"), ()], ids=["index", "manifest"])
def test_an_image_leads_to_its_source_its_commit_and_a_comparison_for_one_pull(street, platforms):
    told = {SOURCE: "https://github.com/acme/app", REVISION: COMMIT}
    site = Registry(TAGS, platforms={("acme/app", "1.1.0"): platforms}, labels={("acme/app", "1.1.0"): told})

    assert urls(image(street, site)) == [
        "https://github.com/acme/app",
        f"https://github.com/acme/app/commit/{COMMIT}",
        "https://github.com/acme/app/compare/1.0.0...1.1.0",
    ]
    assert site.pulls == 1


def test_the_labels_of_the_configuration_are_read_where_the_manifest_has_no_annotations(street):
    told = {SOURCE: "https://gitlab.acme.example/group/app", REVISION: COMMIT}
    site = Registry(TAGS, platforms={("acme/app", "1.1.0"): ()}, labels={("acme/app", "1.1.0"): told}, annotated=False)

    assert urls(image(street, site))[1] == f"https://gitlab.acme.example/group/app/-/commit/{COMMIT}"
    assert site.pulls == 1


def test_the_first_image_of_an_index_is_asked_where_pulls_are_not_counted(street):
    told = {SOURCE: "https://github.com/acme/app"}
    site = Registry(TAGS, labels={("acme/app", "1.1.0"): told}, annotated=False)

    assert urls(image(street, site))[0] == "https://github.com/acme/app"


def test_the_configuration_may_lie_elsewhere_and_no_login_goes_there(street):
    site = Registry(
        TAGS, platforms={("acme/app", "1.1.0"): ()}, gate=Gate("basic", users={"robot": "s3cret"}), annotated=False
    )
    store = Registry({"blobs": []})
    site.blobs_at, store._blobs = street.listen(store), site._blobs
    source = image(street, site, username="robot", password=Secret("s3cret"))

    assert urls(source)[0] == "https://github.com/acme/app"
    (last,) = [each.request for each in street.exchanges if each.request.host == site.blobs_at.removeprefix("http://")]
    assert "authorization" not in last.headers


def test_what_was_read_for_the_architectures_is_not_pulled_again(street):
    site = Registry(TAGS)
    source, session = image(street, site, architectures=("amd64",)), session_of()
    dockerimage.detail(source, "1.1.0", (), session)

    assert len(urls(source, session=session.over(HttpWeb()))) == 3
    assert site.pulls == 1


def test_one_version_in_two_files_is_asked_once(street):
    site = Registry(TAGS)
    source = image(street, site)

    assert len(sources.pages([(source, "1.0.0", "1.1.0")] * 3, Session(HttpWeb(), Credentials()))) == 1
    assert site.pulls == 1


def test_only_the_first_twenty_products_are_asked(street):
    tags = [f"1.{number}.0" for number in range(30)]
    site = Registry({"acme/app": tags})
    source = image(street, site)

    found = sources.pages([(source, "1.0.0-rc", tag) for tag in tags], Session(HttpWeb(), Credentials()))

    assert list(found) == [(source.id, tag) for tag in tags[:20]]
    assert site.pulls == 20


@pytest.mark.parametrize(
    "fault",
    [
        faults.status(429, headers={"Retry-After": "20"}),
        faults.status(503),
        faults.status(404),
        faults.reset(),
        faults.truncated(),
        faults.html(),
        faults.status(200, b"[]"),
        faults.status(200, json.dumps({"config": {"digest": "../../x", "size": 1}, "annotations": [1]}).encode()),
        faults.status(200, b"[" * 100_000),
    ],
)
def test_whatever_fails_has_no_pages_and_is_asked_no_more_than_twice(street, fault):
    source, release = image(street, Registry(TAGS)), GitHubRelease("acme", "app")
    street.hooks.append(fault)

    found = sources.pages([(source, "1.0.0", "1.1.0"), (release, "v1", "v2")], session_of())

    assert list(found) == [(release.id, "v2")]
    assert len(street.exchanges) <= 2


def test_a_registry_that_hangs_is_left_alone_in_time(street, timing):
    source = image(street, Registry(TAGS))
    street.hooks.append(timing.hang)
    session = session_of(limits=Limits(connect=0.2, read=0.2, whole=0.3, run=0.4, tries=1))

    assert urls(source, session=session) == []
    assert timing.seconds() < 2


@pytest.fixture
def timing():
    import threading
    import time

    class Timing:
        def __init__(self):
            self.start, self.over = time.monotonic(), threading.Event()

        def hang(self, _, call):
            self.over.wait(10)
            return call()

        def seconds(self):
            return time.monotonic() - self.start

    timing = Timing()
    yield timing
    timing.over.set()


# Charts


CHART = {
    "sources": ["https://github.com/acme/charts/tree/main/app", "javascript:alert(1)"],
    "home": "https://acme.example",
}


def test_a_chart_leads_to_its_sources_and_home_without_a_second_download(street):
    helm = Helm({"app": ["1.0.0", "1.1.0"], "other": ["9.0.0"]}, pages={("app", "1.1.0"): CHART})
    source, session = HelmChart(street.listen(helm), "app"), session_of()
    helmchart.ask([source], session)

    assert urls(source, session=session) == [
        "https://github.com/acme/charts/tree/main/app",
        "https://github.com/acme/charts/releases",
        "https://acme.example",
    ]
    assert urls(source, new="1.0.0", session=session) == []
    assert len(street.exchanges) == 1


def test_a_chart_in_a_registry_has_no_pages(street):
    source = HelmChart(street.listen(Registry(TAGS)).replace("http:", "oci:"), "app")

    assert urls(source) == []
    assert street.exchanges == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "entries:\n  app: []\n",
        "entries:\n  app:\n  - nonsense\n",
        "entries:\n  app:\n  - version: 1.1.0\n    sources: text\n    home: [x]\n",
        "entries:\n  app:\n  - version: 1.1.0\n    sources: [1, {a: b}\n",
        "entries:\n  app:\n  - version: 9\n",
    ],
)
def test_an_odd_index_gives_no_pages(text):
    assert pages(text, "app", "1.1.0") == ()
