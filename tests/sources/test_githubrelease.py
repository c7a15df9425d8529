"""Releases of GitHub repositories: by GraphQL with a token, by REST without, and which of them count."""

import json
import re

import pytest

from profile_cd.credentials import Credentials, Secret
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.services.web import HttpWeb
from profile_cd.sources import GitHubRelease, Session, TypeFilter, github, githubrelease
from profile_cd.sources.github import Found, Release, Server, Wanted
from sandbox.net import Response, Street, faults
from tests.paths import ROOT

TOKEN = "ghp_of_the_run"
SCHEMA = ROOT / "sandbox" / "github" / "schema.graphql"
FIELD = re.compile(r'(r\d+): repository\(owner: ("[^"]*"), name: ("[^"]*")\) { (releases|refs)\((.*?)\) {')


def release(tag, **more):
    return {"tag": tag, "name": f"Release {tag}", "draft": False, "prerelease": False, **more}


class GitHub:
    """Repositories with releases and tags, oldest first, as both of GitHub's interfaces show them."""

    def __init__(self, repositories, *, token=TOKEN, page=100, below=""):
        self.repositories, self.token, self.page, self.below = repositories, token, page, below

    def answer(self, request):
        sent = request.headers.get("authorization", "")
        if sent not in ("", f"Bearer {self.token}"):
            return Response.of_json({"message": "Bad credentials"}, 401)
        if request.path == "/api/graphql":
            return self.graphql(request) if sent else Response.of_json({"message": "Requires authentication"}, 401)
        _, _, _, _, owner, name, *what = request.path.split("/")
        found = self.repositories.get(f"{owner}/{name}")
        if found is None:
            return Response.of_json({"message": "Not Found"}, 404)
        return self.rest(request, found, what)

    def graphql(self, request):
        data, errors = {}, []
        for alias, owner, name, what, arguments in FIELD.findall(request.json()["query"]):
            full = f"{json.loads(owner)}/{json.loads(name)}"
            found = self.repositories.get(full)
            if found is None:
                words = f"Could not resolve to a Repository with the name '{full}'."
                errors.append({"type": "NOT_FOUND", "path": [alias], "message": words})
                data[alias] = None
                continue
            after = re.search(r'after: "(\d+)"', arguments)
            start = int(after[1]) if after else 0
            nodes = [self.node(each, what) for each in found["releases" if what == "releases" else "tags"]]
            end = start + self.page
            info = {"hasNextPage": end < len(nodes), "endCursor": str(end)}
            data[alias] = {what: {"nodes": nodes[start:end], "pageInfo": info}}
        return Response.of_json({"data": data, **({"errors": errors} if errors else {})})

    def node(self, each, what):
        if what == "refs":
            return {"name": each, "target": {"oid": f"tag-object-{each}", "target": {"oid": f"commit-{each}"}}}
        return {
            "tagName": each["tag"],
            "name": each["name"],
            "isDraft": each["draft"],
            "isPrerelease": each["prerelease"],
            "isLatest": each.get("latest", False),
            "tagCommit": {"oid": f"commit-{each['tag']}"},
        }

    def rest(self, request, found, what):
        if what == ["releases", "latest"]:
            latest = [each for each in found["releases"] if each.get("latest")]
            return Response.of_json({"tag_name": latest[0]["tag"]}) if latest else Response.of_json({}, 404)
        if what == ["tags"]:
            listed = [{"name": tag, "commit": {"sha": f"commit-{tag}"}} for tag in found["tags"]]
        else:
            seen = [each for each in found["releases"] if not each["draft"]]
            listed = [{"tag_name": each["tag"], **each} for each in seen]
        start = (int(request.first("page", "1")) - 1) * self.page
        listed = listed[::-1]
        headers = {}
        if start + self.page < len(listed):
            following = f"{request.origin}{request.path}?per_page=100&page={start // self.page + 2}"
            headers["Link"] = f'<{following}>; rel="next", <{following}>; rel="last"'
        return Response.of_json(listed[start : start + self.page], headers=headers)


APP = {
    "releases": [
        release("v1.0.0"),
        release("v2.0.0-rc.1", prerelease=True),
        release("v2.0.0", latest=True),
        release("v1.0.1"),
        release("v3.0.0", draft=True),
    ],
    "tags": ["v0.9.0", "v1.0.0", "v2.0.0-rc.1", "v2.0.0", "v1.0.1"],
}
ONLY_TAGS = {"releases": [], "tags": ["v0.1.0", "v0.2.0"]}
ONLY_PRERELEASES = {"releases": [release("v1.0.0-rc.1", prerelease=True)], "tags": ["v0.9.0", "v1.0.0-rc.1"]}
EVERYTHING = {"acme/app": APP, "acme/tags": ONLY_TAGS, "acme/candidates": ONLY_PRERELEASES}


@pytest.fixture
def street():
    with Street() as street:
        yield street


@pytest.fixture(params=["token", "no token"])
def with_token(request):
    return request.param == "token"


def source(address, repository="acme/app", **more):
    owner, _, name = repository.partition("/")
    return GitHubRelease(owner, name, url=address, **more)


def known(address):
    return Credentials(github_tokens={address.partition("://")[2]: Secret(TOKEN)})


def asked(sources, credentials, web=None):
    answers = githubrelease.ask(sources, Session(web or HttpWeb(), credentials))
    return [answers[each] for each in sources]


def values(street, site, *, with_token=True, **more):
    """What would be written for each tag."""
    address = street.listen(site)
    session = Session(HttpWeb(), known(address) if with_token else Credentials())
    (tags,) = githubrelease.ask([source(address, **more)], session).values()
    return {tag: session.values[source(address, **more), tag] for tag in tags}


def versions(street, site, *, with_token=True, **more):
    address = street.listen(site)
    return asked([source(address, **more)], known(address) if with_token else Credentials())[0]


def test_releases_come_oldest_first_without_drafts_and_prereleases(street, with_token):
    assert versions(street, GitHub(EVERYTHING), with_token=with_token) == ("v1.0.0", "v2.0.0", "v1.0.1")


def test_all_pages_are_read(street, with_token):
    many = [release(f"v1.0.{number}") for number in range(250)]

    found = versions(street, GitHub({"acme/app": {"releases": many, "tags": []}}), with_token=with_token)

    assert found == tuple(f"v1.0.{number}" for number in range(250))
    assert len(street.exchanges) == 3


@pytest.mark.parametrize("repository", ["acme/tags", "acme/candidates"])
def test_tags_count_where_no_release_is_left_and_no_type_is_named(street, with_token, repository):
    found = versions(street, GitHub(EVERYTHING), with_token=with_token, repository=repository)

    assert found == tuple(EVERYTHING[repository]["tags"])


def test_tags_do_not_count_where_a_type_is_named(street, with_token):
    site = GitHub(EVERYTHING)

    found = versions(
        street, site, with_token=with_token, repository="acme/tags", typefilter=TypeFilter(prerelease=True)
    )

    assert isinstance(found, SourceFailed)
    assert "acme/tags has no releases." in str(found)


def test_the_latest_is_the_one_that_github_calls_so(street, with_token):
    found = versions(street, GitHub(EVERYTHING), with_token=with_token, typefilter=TypeFilter(latest=True))

    assert found == ("v2.0.0",)


def test_the_commit_of_a_tag_can_be_asked_for(street, with_token):
    found = values(street, GitHub(EVERYTHING), with_token=with_token, key="taghash")

    assert found == {"v1.0.0": "commit-v1.0.0", "v2.0.0": "commit-v2.0.0", "v1.0.1": "commit-v1.0.1"}


def test_the_commit_of_a_tag_without_release_is_not_the_tag_object(street, with_token):
    found = values(street, GitHub(EVERYTHING), with_token=with_token, repository="acme/tags", key="taghash")

    assert found == {"v0.1.0": "commit-v0.1.0", "v0.2.0": "commit-v0.2.0"}


def test_the_title_can_be_asked_for(street, with_token):
    found = values(street, GitHub(EVERYTHING), with_token=with_token, key="title")

    assert found == {tag: f"Release {tag}" for tag in ("v1.0.0", "v2.0.0", "v1.0.1")}


def test_a_tag_without_release_has_its_name_for_a_title(street, with_token):
    found = values(street, GitHub(EVERYTHING), with_token=with_token, repository="acme/tags", key="title")

    assert found == {"v0.1.0": "v0.1.0", "v0.2.0": "v0.2.0"}


FOUND = Found(
    (
        Release("stable"),
        Release("pre", prerelease=True),
        Release("draft", draft=True),
        Release("draft-pre", draft=True, prerelease=True),
        Release("newest", latest=True),
    ),
    tags=(Release("tag"),),
)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(None, ("stable", "newest"), id="no filter"),
        pytest.param(TypeFilter(), ("stable", "newest"), id="nothing named means releases"),
        pytest.param(TypeFilter(release=True), ("stable", "newest"), id="releases"),
        pytest.param(TypeFilter(prerelease=True), ("pre",), id="only prereleases"),
        pytest.param(TypeFilter(prerelease=True, release=True), ("stable", "pre", "newest"), id="both"),
        pytest.param(TypeFilter(draft=True), ("draft", "draft-pre"), id="a draft is a draft whatever else"),
        pytest.param(TypeFilter(latest=True), ("newest",), id="the latest"),
        pytest.param(TypeFilter(latest=True, release=True), ("newest",), id="the latest release"),
    ],
)
def test_types_are_filtered_as_updatecli_does(wanted, expected):
    found = githubrelease.releases(GitHubRelease("acme", "app", typefilter=wanted), FOUND)

    assert tuple(each.tag for each in found) == expected


def test_several_repositories_are_one_question(street):
    address = street.listen(GitHub(EVERYTHING))

    answers = asked([source(address), source(address, "acme/candidates"), source(address, key="title")], known(address))

    assert [len(answer) for answer in answers] == [3, 2, 3]
    # One for the releases of both, one for the tags of the one that has no release.
    assert [exchange.request.path for exchange in street.exchanges] == ["/api/graphql"] * 2


def test_an_unknown_repository_fails_alone_with_githubs_words(street, with_token):
    address = street.listen(GitHub(EVERYTHING))

    good, bad = asked(
        [source(address), source(address, "acme/nowhere")], known(address) if with_token else Credentials()
    )

    assert good == ("v1.0.0", "v2.0.0", "v1.0.1")
    assert isinstance(bad, SourceFailed)
    assert "acme/nowhere" in str(bad)
    assert ("Could not resolve" in str(bad)) is with_token


def test_the_manifests_own_token_wins(street):
    address = street.listen(GitHub(EVERYTHING, token="ghp_of_the_manifest"))

    found = asked([source(address, token=Secret("ghp_of_the_manifest"))], known(address))[0]

    assert found == ("v1.0.0", "v2.0.0", "v1.0.1")


def test_the_token_of_one_github_is_not_shown_to_another(street):
    address = street.listen(GitHub(EVERYTHING))

    asked([source(address)], Credentials(github_tokens={"api.github.com": Secret(TOKEN)}))

    assert [exchange.request.headers.get("authorization") for exchange in street.exchanges] == [None]


def test_a_token_that_is_not_accepted_fails_and_is_not_shown(street):
    found = versions(street, GitHub(EVERYTHING, token="another"))

    assert isinstance(found, SourceFailed)
    assert "does not accept the token" in str(found)
    assert TOKEN not in repr(found)
    assert TOKEN not in str(found)


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        pytest.param(200, {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}, "rate limit"),
        pytest.param(403, {"message": "You have exceeded a secondary rate limit"}, "rate limit"),
        pytest.param(403, {"message": "Resource protected by SAML"}, "SAML"),
        pytest.param(404, {"message": "Not Found"}, "no GitHub interface"),
        pytest.param(200, {"data": {"r0": {"releases": {"nodes": "?"}}}}, "in an unexpected shape"),
        pytest.param(200, {"data": {"r0": {}}}, "in an unexpected shape"),
        pytest.param(200, ["?"], "does not list releases"),
    ],
)
def test_other_refusals_are_told_in_githubs_words(street, status, body, words):
    street.hooks.append(faults.status(status, json.dumps(body).encode()))

    found = versions(street, GitHub(EVERYTHING))

    assert isinstance(found, SourceFailed)
    assert words in str(found)


def test_strangers_who_asked_too_often_are_told_to_bring_a_token(street):
    street.hooks.append(faults.status(403, b"{}", headers={"X-RateLimit-Remaining": "0"}))

    found = versions(street, GitHub(EVERYTHING), with_token=False)

    assert isinstance(found, Unreachable)
    assert "rate limit" in str(found)
    assert "`token`" in str(found)


def test_a_list_that_goes_on_at_another_host_is_not_followed(street):
    street.hooks.append(
        lambda _, __: Response.of_json([], headers={"Link": '<http://127.0.0.2:1/releases>; rel="next"'})
    )

    found = versions(street, GitHub(EVERYTHING), with_token=False)

    assert isinstance(found, SourceFailed)
    assert "another host" in str(found)


def test_a_list_that_stands_still_ends(street):
    page = {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": "same"}}
    street.hooks.append(lambda _, __: Response.of_json({"data": {"r0": {"releases": page}}}))

    found = versions(street, GitHub(EVERYTHING))

    assert isinstance(found, SourceFailed)
    assert "do not end" in str(found)


@pytest.mark.parametrize(
    ("host", "rest", "graphql"),
    [
        ("api.github.com", "https://api.github.com", "https://api.github.com/graphql"),
        ("ghe.acme.example", "https://ghe.acme.example/api/v3", "https://ghe.acme.example/api/graphql"),
        ("api.acme.ghe.com", "https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql"),
        ("127.0.0.1:9", "http://127.0.0.1:9/api/v3", "http://127.0.0.1:9/api/graphql"),
    ],
)
def test_every_github_has_its_own_addresses(host, rest, graphql):
    server = Server(host, Secret(""))

    assert (server.rest, server.graphql) == (rest, graphql)


def test_the_interface_of_a_company_on_github_has_another_name():
    assert githubrelease.server_of(source("https://acme.ghe.com"), Credentials()).host == "api.acme.ghe.com"
    assert githubrelease.server_of(source("https://github.com"), Credentials()).host == "api.github.com"


def test_the_questions_are_valid_in_githubs_own_schema(street):
    graphql = pytest.importorskip("graphql")
    if not SCHEMA.is_file():
        pytest.skip("GitHub's schema is not there")
    schema = graphql.build_schema(SCHEMA.read_text("utf-8"), assume_valid=True)
    address = street.listen(GitHub({"acme/app": ONLY_PRERELEASES}))
    server = Server(address.partition("://")[2], Secret(TOKEN))

    github.ask(server, [Wanted(("acme", "app"), tags=True)], HttpWeb())

    queries = [exchange.request.json()["query"] for exchange in street.exchanges]
    assert len(queries) == 2
    assert [graphql.validate(schema, graphql.parse(query)) for query in queries] == [[], []]
