"""Triggering pipelines at a GitLab of the sandbox."""

import ssl
import time
from dataclasses import replace

import pytest
import trustme

from profile_cd.credentials import Secret
from profile_cd.errors import PipelineRefused
from profile_cd.fanout import Project
from profile_cd.services.gitlab import Pipelines
from profile_cd.services.web import Limits
from profile_cd.services.web.tls import CERTIFICATES
from sandbox.clock import ManualClock
from sandbox.gitlab import GitLab, GitLabProject
from sandbox.net import Reset, Response, Street, hostile

TOKEN = "glptt-secret"
VARIABLES = {"CD_UPDATE_PROFILE": "true", "CD_MESSAGE": "ledger v2 [x]", "CD_COMMIT_URL": "https://github.com/c"}


@pytest.fixture
def world():
    gitlab = GitLab({"7": GitLabProject(TOKEN)})
    with Street() as street:
        address = street.listen(gitlab)
        project = Project("dev", "DEV", f"{address}/api/v4/projects/7/trigger/pipeline")
        yield gitlab, street, project


def trigger(project, clock=None, token=TOKEN):
    return Pipelines(clock or ManualClock()).trigger(project, Secret(token), VARIABLES)


def test_a_pipeline_is_started_with_the_variables_that_the_consumer_reads(world):
    gitlab, _, project = world

    pipeline = trigger(project)

    (started,) = gitlab.pipelines
    assert (pipeline.id, pipeline.status, pipeline.doubled) == (started.id, "created", False)
    assert started.ref == "main"
    assert dict(started.variables) == VARIABLES


def test_gitlab_expands_nothing_in_what_it_is_given(world):
    gitlab, _, project = world
    Pipelines(ManualClock()).trigger(project, Secret(TOKEN), {"CD_MESSAGE": "ledger ${CI_JOB_TOKEN} $CI_JOB_TOKEN"})

    (started,) = gitlab.pipelines
    assert dict(started.variables) == {"CD_MESSAGE": "ledger $${CI_JOB_TOKEN} $$CI_JOB_TOKEN"}


@pytest.mark.parametrize(
    ("label", "setting", "words"),
    [
        ("variables are forbidden", {"variables_role": "no_one_allowed"}, "Minimum role to use pipeline variables"),
        ("no such branch", {"refs": {"other"}}, "Create the branch"),
        ("workflow rules", {"trouble": "filtered"}, 'admit `$CI_PIPELINE_SOURCE == "trigger"`'),
        ("no ci file", {"trouble": "no ci file"}, ".gitlab-ci.yml"),
    ],
)
def test_a_refusal_is_told_in_gitlabs_words_with_what_to_do(world, label, setting, words):
    gitlab, _, project = world
    for name, value in setting.items():
        setattr(gitlab.projects["7"], name, value)

    with pytest.raises(PipelineRefused) as caught:
        trigger(project)

    assert words in str(caught.value), label
    assert TOKEN not in str(caught.value)
    assert gitlab.pipelines == []


def test_a_wrong_token_is_explained(world):
    with pytest.raises(PipelineRefused, match="wrong, revoked or of another project"):
        trigger(world[2], token="other")


def test_an_empty_token_names_the_secret(world):
    with pytest.raises(PipelineRefused, match="no secret named `DEV`"):
        trigger(world[2], token="")
    with pytest.raises(PipelineRefused, match="the environment `Dev` lacks the secret"):
        trigger(replace(world[2], secret="", environment="Dev"), token="")


def test_a_token_is_not_sent_in_the_clear():
    with pytest.raises(PipelineRefused, match="not https"):
        trigger(Project("dev", "DEV", "http://gitlab.example.com/x"))


def test_a_rate_limit_is_waited_for(world):
    gitlab, _, project = world
    gitlab.projects["7"].troubles = ["too many"]
    gitlab.projects["7"].retry_after = 11
    clock = ManualClock()

    trigger(project, clock)

    assert 11.0 in clock.slept
    assert len(gitlab.pipelines) == 1


def test_a_lost_answer_is_asked_again_and_told_since_a_double_is_better_than_a_loss(world):
    gitlab, street, project = world
    lost = []

    def lose_the_first(_request, call):
        response = call()
        if not lost:
            lost.append(response)
            raise Reset
        return response

    street.hooks.append(lose_the_first)

    pipeline = trigger(project)

    assert pipeline.doubled
    assert len(gitlab.pipelines) == 2


def test_a_gitlab_that_is_down_ends_red(world):
    world[0].projects["7"].trouble = "down"

    with pytest.raises(PipelineRefused, match="4 times in a row"):
        trigger(world[2])


def test_a_gitlab_that_is_down_costs_each_further_project_one_try_until_it_answers_again(world):
    gitlab, _, project = world
    pipelines = Pipelines(ManualClock())
    gitlab.projects["7"].troubles = ["down"] * 5
    for tries in ("4 times", "again"):
        with pytest.raises(PipelineRefused, match=tries):
            pipelines.trigger(project, Secret(TOKEN), VARIABLES)
        assert pipelines.is_silent(project)

    pipelines.trigger(project, Secret(TOKEN), VARIABLES)

    assert not pipelines.is_silent(project)


def test_a_redirect_is_not_followed_since_the_token_would_go_along(world):
    _, street, project = world
    street.hooks.append(lambda _request, _call: Response(302, {"Location": "http://127.0.0.1:1/x"}))

    with pytest.raises(PipelineRefused, match="leads elsewhere"):
        trigger(project)


def test_a_gitlab_that_never_finishes_an_answer_ends_in_time():
    started = time.monotonic()
    with hostile.serving(hostile.endless_continue) as url, pytest.raises(PipelineRefused, match="4 times in a row"):
        Pipelines(ManualClock(), limits=Limits(read=0.5, whole=0.3)).trigger(
            Project("dev", "DEV", url), Secret(TOKEN), VARIABLES
        )

    assert time.monotonic() - started < 4


def test_a_gitlab_that_goes_on_asking_for_patience_is_not_waited_for_without_end(world):
    gitlab, _, project = world
    gitlab.projects["7"].troubles = ["too many"] * 9
    gitlab.projects["7"].retry_after = 99_999
    clock = ManualClock()

    with pytest.raises(PipelineRefused, match="rate limit"):
        Pipelines(clock, limits=Limits(run=200)).trigger(project, Secret(TOKEN), VARIABLES)
    assert sum(clock.slept) <= 200


@pytest.mark.parametrize("number", ['"x"', "null", "[1]", "1e400", "true", '"²"', "9" * 5000])
def test_a_pipeline_without_a_number_is_refused_in_words(number):
    class Odd:
        def answer(self, _):
            return Response(201, {}, b'{"id": %b}' % number.encode())

    with Street() as street, pytest.raises(PipelineRefused, match="status 201"):
        trigger(Project("dev", "DEV", street.listen(Odd())))


def test_a_token_of_any_characters_is_sent_as_it_is(world):
    with pytest.raises(PipelineRefused, match="wrong, revoked"):
        trigger(world[2], token="gl\u0161-\u201d")


def started():
    said = b'{"id": 12, "status": "created", "web_url": "https://gitlab.example/-/12"}'
    yield b"HTTP/1.1 201 Created\r\nContent-Length: %d\r\n\r\n" % len(said) + said
    # This server reads nothing: closed at once, the connection would be reset before the answer is read.
    time.sleep(1)


@pytest.mark.parametrize("trusted", [False, True])
def test_a_gitlab_with_an_authority_of_its_own_is_refused_with_how_to_trust_it(monkeypatch, tmp_path, trusted):
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    for name in CERTIFICATES:
        monkeypatch.delenv(name, raising=False)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with hostile.serving(started, tls=context) as address:
        project = Project("dev", "DEV", f"{address}/api/v4/projects/7/trigger/pipeline")
        if trusted:
            assert trigger(project).id == 12
            return
        clock = ManualClock()
        with pytest.raises(PipelineRefused, match="SSL_CERT_FILE"):
            trigger(project, clock)

    assert clock.slept == []
