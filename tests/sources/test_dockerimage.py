"""An image's tags, and whether the chosen one exists for the platforms that are asked for."""

import pytest

from profile_cd import plan
from profile_cd.credentials import Credentials, Login, Secret
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.model import Change, Choice, Published, Verdict
from profile_cd.services.web import HttpWeb
from profile_cd.sources import DockerImage, Session, dockerimage
from profile_cd.sources.dockerimage import MOST_LOOKED_AT
from profile_cd.steps.draft import Asking
from sandbox.clock import ManualClock
from sandbox.net import Street, faults
from sandbox.registry import Gate, Registry
from tests.sources.webs import Spoken

TAGS = [f"1.{number}.0" for number in range(10)]
AMD = ("linux/amd64",)


@pytest.fixture
def street():
    with Street() as street:
        yield street


def image(street, site, **fields):
    host = street.listen(site).removeprefix("http://")
    return DockerImage(f"{host}/acme/app", **fields)


def asked(source, credentials=None):
    return dockerimage.ask([source], Session(HttpWeb(), credentials or Credentials()))[source]


def detail(source, version):
    return dockerimage.detail(source, version, (), Session(HttpWeb(clock=ManualClock()), Credentials()))


def test_a_tagfilter_keeps_the_tags_it_is_found_in(street):
    assert asked(image(street, Registry({"acme/app": TAGS}), tagfilter=r"^1\.[12]")) == ("1.1.0", "1.2.0")


def test_a_tagfilter_that_is_no_expression_is_a_failure(street):
    assert "RE2" in str(asked(image(street, Registry({"acme/app": TAGS}), tagfilter="(")))


def test_two_specs_of_one_image_share_its_list(street):
    source = image(street, Registry({"acme/app": TAGS}))
    other = DockerImage(source.image, tagfilter="^1.9")
    found = dockerimage.ask([source, other], Session(HttpWeb(), Credentials()))

    assert found[other] == ("1.9.0",)
    assert len(street.exchanges) == 1


@pytest.mark.parametrize(
    ("own", "known"),
    [
        pytest.param({"username": "robot", "password": Secret("s3cret")}, "", id="the manifest's own"),
        pytest.param({}, "s3cret", id="known for the host"),
        pytest.param({"username": "robot", "password": Secret("s3cret")}, "old", id="the manifest's wins"),
    ],
)
def test_a_login_comes_from_the_manifest_or_from_the_run(street, own, known):
    site = Registry({"acme/app": TAGS}, gate=Gate("basic", users={"robot": "s3cret"}))
    source = image(street, site, **own)
    credentials = Credentials({source.host: Login("robot", Secret(known))})

    assert asked(source, credentials) == tuple(TAGS)


def test_a_login_for_one_host_is_not_shown_to_another(street):
    source = image(street, Registry({"acme/app": TAGS}, gate=Gate("both-in-one-header", users={"robot": "s3cret"})))
    asked(source, Credentials({"ghcr.io": Login("robot", Secret("s3cret"))}))

    assert not [each for each in street.exchanges if "Basic" in each.request.headers.get("authorization", "")]


def test_a_tag_exists_without_a_pull(street):
    site = Registry({"acme/app": TAGS}, gate=Gate("token"))

    assert detail(image(street, site), "1.1.0") == Published(exists=True)
    assert site.pulls == 0


def test_a_tag_whose_image_is_gone_does_not_exist(street):
    assert not detail(image(street, Registry({"acme/app": TAGS}, missing=[("acme/app", "1.1.0")])), "1.1.0").exists


def test_a_registry_that_does_not_say_is_a_failure(street):
    street.hooks.append(faults.status(503))
    with pytest.raises(Unreachable):
        detail(image(street, Registry({"acme/app": TAGS})), "1.1.0")


@pytest.mark.parametrize(
    ("published", "platforms"),
    [
        (("linux/amd64", "linux/arm64/v8"), ("linux/amd64", "linux/arm64/v8")),
        (("linux/amd64", "unknown/unknown"), ("linux/amd64",)),
        ((), AMD),
    ],
)
def test_platforms_are_read_from_the_index_or_else_from_the_configuration(street, published, platforms):
    site = Registry({"acme/app": TAGS}, platforms={("acme/app", "1.1.0"): published})

    assert detail(image(street, site, architectures=("amd64",)), "1.1.0").platforms == platforms


@pytest.mark.parametrize(
    ("wanted", "there", "missing"),
    [
        (("amd64",), ("linux/amd64", "linux/arm64"), ""),
        (("linux/arm64",), ("linux/arm64/v8",), ""),
        (("linux/arm64/v8",), ("linux/arm64/v8",), ""),
        ((), ("linux/amd64",), ""),
        (("arm64",), (), "linux/arm64"),
        ((), (), ""),
        (("arm64",), ("linux/amd64",), "linux/arm64"),
        (("amd64", "arm64"), ("linux/amd64",), "linux/arm64"),
        (("windows/amd64",), ("linux/amd64",), "windows/amd64"),
        (("arm",), ("linux/arm64",), "linux/arm"),
    ],
)
def test_what_is_lacking(wanted, there, missing):
    assert dockerimage.lacks(DockerImage("acme/app", wanted), Published(exists=True, platforms=there)) == missing


def drafted(source, picked, candidates):
    change = Change("app", "App", "m/app.yaml", 3, source.id, "app", "values.yaml", "$.tag", "1.0.0", picked, picked)
    verdicts = tuple(Verdict(version, taken=True, reason="") for version in candidates)
    return plan.Draft((change,), {change: source}, {("app", "source"): Choice(picked, verdicts)})


def confirmed(source, picked="1.9.0"):
    draft = drafted(source, picked, reversed(TAGS))
    asking = Asking(Session(HttpWeb(), Credentials()))
    return plan.confirm(draft, asking.published(draft))


def test_a_tag_that_lacks_a_platform_fails_and_names_the_newest_that_has_it(street):
    platforms = {("acme/app", tag): AMD for tag in ("1.9.0", "1.8.0")}
    site = Registry({"acme/app": TAGS}, platforms=platforms)
    done = confirmed(image(street, site, architectures=("amd64", "arm64")))

    assert done.changes == ()
    assert "1.9.0 has no image for linux/arm64; the newest tag that has one is 1.7.0" in done.failures[0].reason
    assert site.pulls == 3


def test_where_no_tag_has_the_platform_few_are_asked(street):
    site = Registry({"acme/app": TAGS}, platforms={("acme/app", tag): AMD for tag in TAGS})
    done = confirmed(image(street, site, architectures=("arm64",)))

    assert "nor have the tags just before it" in done.failures[0].reason
    assert site.pulls == 1 + MOST_LOOKED_AT


def test_a_tag_with_all_platforms_stays(street):
    site = Registry({"acme/app": TAGS})

    assert confirmed(image(street, site, architectures=("amd64", "arm64"))).failures == ()
    assert site.pulls == 1


def test_a_failure_shows_no_login(street):
    source = image(street, Registry({}, gate=Gate("basic")), username="robot", password=Secret("s3cret"))
    failed = asked(source)

    assert isinstance(failed, SourceFailed)
    assert "s3cret" not in f"{failed} {failed!r} {source!r}"


def test_a_login_that_only_a_helper_program_knows_is_explained(street):
    source = image(street, Registry({"acme/app": TAGS}, gate=Gate("token", private=["acme/app"])))

    assert "helper program" in str(asked(source, Credentials(helpers=(source.host,))))
    assert "helper program" not in str(asked(source, Credentials(helpers=("ghcr.io",))))


# Platforms, over a registry of a few lines


IMAGE = DockerImage("registry.example/acme/app", ("amd64",))
DIGEST = "sha256:" + "1" * 64
CONFIG = {"config": {"digest": DIGEST, "size": 9}}


def spoken(manifest, *, children=200, config=None):
    """A web with one image: its *manifest*, what a HEAD of an image in its index says, and its configuration."""

    def site(method, url, _headers, _sent):
        if "/blobs/" in url:
            return 200, config
        if DIGEST in url:
            return children, {}
        return 200, manifest

    return Spoken(site)


def index(*platforms):
    named = [{"digest": DIGEST, **({} if each is None else {"platform": each})} for each in platforms]
    return {"manifests": named}


LINUX, ATTESTATION = {"os": "linux", "architecture": "amd64"}, {"os": "unknown", "architecture": "unknown"}


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        pytest.param(index(ATTESTATION), "names no platform", id="only attestations"),
        pytest.param({"manifests": []}, "names no platform", id="an empty index"),
        pytest.param(index(None), "names no platform", id="an entry without platform"),
        pytest.param(index({"os": "linux"}), "names no platform", id="half a platform"),
        pytest.param({"manifests": [1, "x", None]}, "names no platform", id="an index of nonsense"),
        pytest.param(CONFIG, "names no platform", id="a configuration that names none"),
        pytest.param({}, "names no platform", id="no configuration"),
        pytest.param([], "names no platform", id="no manifest"),
        pytest.param(index({"os": "linux", "architecture": "arm64"}), "linux/amd64, nor", id="another"),
    ],
)
def test_an_image_that_does_not_name_the_platform_lacks_it(manifest, words):
    with pytest.raises(SourceFailed, match=words):
        dockerimage.detail(IMAGE, "1.0.0", (), Session(spoken(manifest, config={}), Credentials()))


def test_a_bare_manifest_is_for_what_its_configuration_says():
    session = Session(spoken(CONFIG, config=LINUX), Credentials())

    assert dockerimage.detail(IMAGE, "1.0.0", (), session).platforms == ("linux/amd64",)


def test_an_image_of_an_index_that_is_gone_lacks_its_platform():
    with pytest.raises(SourceFailed, match="no image for linux/amd64"):
        dockerimage.detail(IMAGE, "1.0.0", (), Session(spoken(index(LINUX), children=404), Credentials()))


def test_an_image_of_an_index_that_nobody_can_look_at_is_a_failure_and_no_verdict():
    with pytest.raises(SourceFailed, match="does not say whether"):
        dockerimage.detail(IMAGE, "1.0.0", (), Session(spoken(index(LINUX), children=429), Credentials()))


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_registry_that_does_not_answer_a_head_is_asked_for_the_manifest_once(status):
    web = Spoken(lambda method, *_: (status if method == "HEAD" else 200, {}))

    assert dockerimage.detail(DockerImage("registry.example/acme/app"), "1.0.0", (), Session(web, Credentials())).exists
    assert [method for method, *_ in web.asked] == ["HEAD", "GET"]
