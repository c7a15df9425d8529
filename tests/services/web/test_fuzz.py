"""Whatever a server sends, it is an answer or its own failure."""

import gzip
from contextlib import suppress
from functools import partial

import pytest

from profile_cd.credentials import Secret
from profile_cd.errors import PipelineRefused, ProfileError, SourceFailed
from profile_cd.fanout import Project
from profile_cd.protocols import Answer
from profile_cd.services.gitlab import Pipelines
from profile_cd.services.repository import GitHubApi, Said
from profile_cd.services.web import HttpWeb, Limits, advertised
from sandbox.clock import ManualClock
from sandbox.net import Response, Street, hostile
from tests.fuzzed import spoilt

LIMITS = Limits(connect=1, read=0.2, whole=0.4, tries=1)
PACKED = gzip.compress(b'{"tags": ["v1.0.0", "v1.1.0"]}')
ANSWERS = {
    "plain": b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{"tags": []}',
    "chunked": b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\n{"a":\r\n3\r\n[]}\r\n0\r\nT: x\r\n\r\n',
    "packed": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b" % (len(PACKED), PACKED),
    "moved": b"HTTP/1.1 302 Found\r\nLocation: /elsewhere?x=1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "limited": b"HTTP/1.1 429 Too Many\r\nRetry-After: Fri, 31 Dec 2027 23:59:59 GMT\r\nContent-Length: 2\r\n\r\n{}",
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_spoilt_http_is_an_answer_or_the_failure_of_its_host(kind):
    numbers = iter(range(10_000))
    with hostile.serving(lambda: [spoilt(ANSWERS[kind], next(numbers))], pause=0) as url:
        for _ in range(60):
            web = HttpWeb(clock=ManualClock(), limits=LIMITS)
            (answer,) = web.side_by_side(web.get, [url])
            assert isinstance(answer, Answer | SourceFailed)
            assert "mistake of profile-cd" not in str(answer)


REFERENCES = b"".join(
    b"%04x%b" % (len(line) + 4, line) if line else b"0000"
    for line in [
        b"# service=git-upload-pack\n", b"", b"1" * 40 + b" HEAD\0multi_ack agent=git/2\n",
        b"2" * 40 + b" refs/tags/v1\n", b"3" * 40 + b" refs/tags/v1^{}\n", b"",
    ]
)  # fmt: skip


def test_spoilt_references_are_references_or_the_failure_of_their_host():
    for number in range(2000):
        with suppress(SourceFailed):
            found = advertised(spoilt(REFERENCES, number), "git.example")
            assert all(isinstance(name, str) and isinstance(sha, str) for name, sha in found.items())


class Spoilt:
    """A site whose answers in JSON are spoilt, each in its own way."""

    def __init__(self, body, status):
        self.body = body
        self.status = status
        self.number = 0

    def answer(self, _):
        self.number += 1
        return Response(self.status, {"Content-Type": "application/json"}, spoilt(self.body, self.number))


GITHUB = b'{"data": {"repository": {"id": "R"}}, "errors": [{"type": "FORBIDDEN", "message": "no"}]}'
SHAPES = [
    b"", b"null", b"1", b'"x"', b"[]", b"[1]", b"{}", b'{"data": null}', b'{"data": []}', b'{"data": 1}',
    b'{"data": {}}',
    b'{"data": {"repository": []}}', b'{"errors": 1}', b'{"errors": {}}', b'{"errors": ["x"]}', b'{"errors": [1]}',
    b'{"errors": [[]], "data": null}', b'{"errors": "rate_limited"}', b'{"message": {}}',
    b'{"message": null, "errors": 5}',
    b'{"message": "secondary rate limit", "errors": {"a": 1}}', b'{"errors": [{"message": "secondary rate limit"}]}',
    b"[" * 9000, b"\xff\xfe", b'{"data": {"repository": {"x": "\\ud800"}}}',
]  # fmt: skip


def ask_everything(url):
    api = GitHubApi("acme/profile", Secret("t"), url, ManualClock(), limits=LIMITS)
    questions = [
        partial(api.ask, "q"),
        partial(api.mutate, "q"),
        partial(api.read, "/x"),
        partial(api.write, "POST", "/x", {}),
    ]
    for question in questions:
        with suppress(ProfileError):
            said = question()
            if isinstance(said, Said):
                said.message.encode()


@pytest.mark.parametrize("status", [200, 201, 403, 422, 429, 500])
def test_spoilt_answers_of_github_are_answers_or_refusals(status):
    with Street() as street:
        url = street.listen(Spoilt(GITHUB, status))
        for _ in range(25):
            ask_everything(url)


@pytest.mark.parametrize("status", [200, 403, 422])
@pytest.mark.parametrize("body", SHAPES)
def test_json_of_any_shape_is_an_answer_of_github_or_a_refusal(status, body):
    class Shaped:
        def answer(self, _):
            return Response(status, {}, body)

    with Street() as street:
        ask_everything(street.listen(Shaped()))


@pytest.mark.parametrize("status", [200, 201, 400, 404])
def test_spoilt_answers_of_gitlab_are_pipelines_or_refusals(status):
    body = b'{"id": 7, "web_url": "https://gitlab/7", "status": "created", "message": {"base": ["no"]}}'
    with Street() as street:
        project = Project("dev", "DEV", street.listen(Spoilt(body, status)))
        for _ in range(60):
            try:
                Pipelines(ManualClock(), limits=LIMITS).trigger(project, Secret("t"), {})
            except PipelineRefused:
                continue
