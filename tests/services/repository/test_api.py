"""GitHub's answers that are neither yes nor no: limits, moves, silence, and refusals with their way out."""

import json
import time
from dataclasses import dataclass, field

import pytest

from profile_cd.credentials import Secret
from profile_cd.errors import GitHubRefused
from profile_cd.services.repository import GitHubApi, Said, Uncertain, refused
from profile_cd.services.web import Limits
from sandbox.clock import ManualClock
from sandbox.net import Request, Response, Street, hostile

DONE = Response.of_json({"data": {"repository": {"id": "R"}}})


@dataclass
class Script:
    """A site that gives its *answers* in turn, the last one for ever."""

    answers: list[Response]
    hosts: tuple[str, ...] = ("api.github.com",)
    asked: list[Request] = field(default_factory=list)

    def answer(self, request: Request) -> Response:
        self.asked.append(request)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def street():
    with Street() as street:
        yield street


def api_of(street, script, *, clock=None, prefix=""):
    return GitHubApi("acme/profile", Secret("t"), street.listen(script) + prefix, clock or ManualClock())


def limited(status=403, words="You have exceeded a secondary rate limit.", **headers):
    return Response.of_json({"message": words}, status, headers)


def test_a_secondary_limit_without_a_time_is_waited_for_a_minute(street):
    script, clock = Script([limited(), Response.of_json({}, 201)]), ManualClock()
    before = clock.monotonic()

    assert api_of(street, script, clock=clock).write("POST", "/pulls", {}).ok
    assert clock.monotonic() - before == 60


def test_a_run_waits_for_limits_five_minutes_in_all_and_then_ends_clearly(street):
    script, clock = Script([limited(**{"Retry-After": "59"})]), ManualClock()
    api, before = api_of(street, script, clock=clock), clock.monotonic()

    with pytest.raises(GitHubRefused, match="out of order: a rate limit"):
        api.read("/git/ref/heads/main")
    with pytest.raises(GitHubRefused, match="rate limit asks for 59 more seconds, after 295 of waiting"):
        api.write("POST", "/pulls", {})

    assert clock.monotonic() - before < 330


def test_a_limit_longer_than_a_minute_ends_the_run_at_once(street):
    with pytest.raises(GitHubRefused, match="asks for 1800 more seconds"):
        api_of(street, Script([limited(429, **{"Retry-After": "1800"})])).read("/git/ref/heads/main")


@pytest.mark.parametrize(
    "error",
    [
        pytest.param({"type": "RATE_LIMITED", "message": "API rate limit exceeded"}, id="primary"),
        pytest.param({"message": "You have exceeded a secondary rate limit."}, id="secondary"),
    ],
)
def test_a_limit_that_graphql_tells_with_status_200_is_waited_for(street, error):
    script = Script([Response.of_json({"errors": [error]}), DONE])

    assert api_of(street, script).ask("query { x }") == {"repository": {"id": "R"}}
    assert len(script.asked) == 2


def test_a_file_that_speaks_of_limits_is_none(street):
    words = 'You have exceeded a secondary rate limit. "RATE_LIMITED"'
    script = Script([Response.of_json({"data": {"repository": {"text": words}}})])

    assert api_of(street, script).ask("query { x }") == {"repository": {"text": words}}


def test_a_repository_that_graphql_does_not_show_is_told_in_its_words(street):
    words = "Could not resolve to a Repository with the name 'acme/profile'."
    script = Script([Response.of_json({"data": {"repository": None}, "errors": [{"message": words}]})])

    with pytest.raises(GitHubRefused, match=r"Could not resolve.*does not see this repository"):
        api_of(street, script).ask("query { x }")


def test_a_write_follows_a_renamed_repository_on_an_enterprise_server_too(street):
    script = Script([Response(307), Response.of_json({"id": 1}, 201)])
    api = api_of(street, script, prefix="/api/v3")
    script.answers[0] = Response(307, {"Location": f"{street.listen(script)}/api/v3/repositories/1/pulls"})

    with pytest.raises(GitHubRefused, match="another host"):
        api_of(street, Script([Response(307, {"Location": "https://evil.example/x"})])).write("POST", "/pulls", {})
    script.answers[0] = Response(307, {"Location": "/api/v3/repositories/1/pulls"})

    assert api.write("POST", "/pulls", {"title": "t"}).ok
    assert [each.path for each in script.asked] == ["/api/v3/repos/acme/profile/pulls", "/api/v3/repositories/1/pulls"]
    assert json.loads(script.asked[1].body) == {"title": "t"}


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("GitHub Actions is not permitted to create or approve pull requests.", "Settings → Actions → General"),
        ("Resource not accessible by integration", "permissions: contents: write"),
        ("Bad credentials", "expired or was revoked"),
        ("Resource protected by organization SAML enforcement.", "Configure SSO"),
        ("Repository was archived so is read-only.", "Unarchive"),
        ("Draft pull requests are not supported in this repository.", "input `draft`"),
        ("Repository rule violations found", "exempt `profile-cd/*`"),
        ("Cannot update this protected branch.", "branch-prefix"),
        ("Reference update failed", "branch-prefix"),
        ("Not Found", "give it access"),
    ],
)
def test_each_refusal_names_what_to_change_where(words, way):
    assert way in str(refused("It cannot be done", Said(403, {"message": words})))


def test_a_write_whose_answer_is_no_json_is_uncertain_and_not_repeated(street):
    script = Script([Response(200, {}, b"<html>")])

    with pytest.raises(Uncertain):
        api_of(street, script).write("POST", "/pulls", {})
    assert len(script.asked) == 1


def test_a_github_that_never_finishes_an_answer_ends_in_time():
    started = time.monotonic()
    with hostile.serving(hostile.dripped_header) as url:
        api = GitHubApi("acme/profile", Secret("t"), url, ManualClock(), limits=Limits(read=0.5, whole=0.4))
        with pytest.raises(GitHubRefused, match=r"not complete after 0\.4 s"):
            api.read("/git/ref/heads/main")
        with pytest.raises(Uncertain):
            api.write("POST", "/pulls", {})

    assert time.monotonic() - started < 4


def test_what_github_takes_for_all_answers_is_bounded():
    clock = ManualClock()

    class Slow:
        def answer(self, _):
            clock.sleep(100)
            return DONE

    with Street() as street:
        api = GitHubApi("acme/profile", Secret("t"), street.listen(Slow()), clock, limits=Limits(run=250))
        for _ in range(3):
            api.ask("query { x }")
        with pytest.raises(GitHubRefused, match="250 s"):
            api.write("POST", "/pulls", {})
        assert len(street.exchanges) == 3


@pytest.mark.parametrize("token", ["gh\u0161", "gh\ud800", "gh\n", "gh\u201d"])
def test_a_token_that_no_header_can_hold_is_said_so(street, token):
    api = GitHubApi("acme/profile", Secret(token), street.listen(Script([DONE])), ManualClock())

    with pytest.raises(GitHubRefused, match="characters that no login can have") as failed:
        api.ask("query { x }")
    assert token not in str(failed.value)


@pytest.mark.parametrize("wait", ["Fri, 31 Dec 99999999999 23:59:59 GMT", "²"])
def test_a_wait_that_is_no_time_is_waited_for_as_if_none_were_given(street, wait):
    script = Script([limited(**{"Retry-After": wait}), DONE])

    assert api_of(street, script).ask("query { x }")
