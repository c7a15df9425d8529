"""GitLab pipelines: started through a project's trigger URL, and followed with a token that may read.

The POST cannot be repeated safely (GitLab keeps no idempotency key), yet a double pipeline is better than a lost
one: pipelines deploy the newest state. So after a lost answer we look where we may, else it is asked again, and said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from profile_cd import neutral
from profile_cd.credentials import Secret
from profile_cd.errors import PipelineRefused, SourceFailed
from profile_cd.fanout import Project
from profile_cd.hosts import is_loopback
from profile_cd.protocols import BAD_REQUEST, TOO_MANY, Answer, Clock
from profile_cd.services.gitlab.reading import Pipeline, Reader, named
from profile_cd.services.gitlab.words import CREATION_LIMIT, is_yes, refused, said, words
from profile_cd.services.retry import End, Policy, Reply, repeat, retry_after
from profile_cd.services.web import UNTRUSTED, Broken, Debug, Limits, Question, Transport

POLICY = Policy(tries=4, passing=frozenset(range(500, 600)), longest=90.0, first=2.0)
"""How GitLab is asked. Whoever asks for a longer wait is asked again after the longest: a pipeline would be lost."""

NO_TIME_GIVEN = 5.0
"""Seconds to wait for a rate limit that gives no time."""

A_MINUTE = 61.0
"""Seconds to wait for the creation limit, which counts "the last minute" and gives no time."""

LIMITS = Limits(read=60.0, whole=60.0, run=300.0)
"""GitLab ends a request after a minute; making a pipeline out of many included files takes it half of that."""

ENDS = frozenset({"success", "failed", "canceled", "skipped", "manual"})
"""Statuses that do not change by themselves; `manual` waits for a person."""

CREATED = 201


class Pipelines:
    """GitLab, as one step of a workflow sees it. *read_token* may read pipelines; without it nobody looks."""

    def __init__(
        self, clock: Clock, read_token: Secret | None = None, *, limits: Limits = LIMITS, debug: Debug | None = None
    ) -> None:
        self._clock = clock
        self._limits = limits
        self._transport = Transport(limits, 1, debug)
        self._silent: set[str] = set()
        self._reader = Reader(self._transport, clock, read_token or Secret(""))

    def trigger(self, project: Project, token: Secret, variables: Mapping[str, str]) -> Pipeline:
        """Start the pipeline of *project*. Raises PipelineRefused with GitLab's own words and what to do."""
        _check(project, token)
        given = {name: literal(value) for name, value in variables.items()}
        question = _question(project, token, given)
        began = self._clock.now()
        silent = False

        def once() -> Reply[Answer | Pipeline]:
            nonlocal silent
            appeared = self._reader.appeared(project, began, given) if silent else None
            if appeared is not None:
                return Reply(CREATED, appeared)
            reply = self._reply(question)
            silent = silent or not reply.limited
            return reply

        # Hundreds of projects on a GitLab that is down would take hours of one job, each with all its tries.
        policy = replace(POLICY, tries=1) if self.is_silent(project) else POLICY
        result = repeat(policy, self._clock, once, seconds=self._limits.run)
        last = result.reply
        at = self._clock.monotonic()
        if result.end is End.EXHAUSTED and not last.limited:
            self._silent.add(question.host)
        else:
            self._silent.discard(question.host)
        if isinstance(last.answer, Pipeline):
            return replace(last.answer, at=at)
        if last.answer is not None and result.end is End.ANSWERED:
            return replace(self._pipeline(project, last.answer, began, given), doubled=result.lost, at=at)
        often = f", {result.tries} times in a row" if result.tries > 1 else " again"
        raise PipelineRefused(
            f"GitLab did not start the pipeline of {project.name}: {last.trouble}{often}.",
            probably="" if last.limited else "It may be down.",
            now="The next run of the update makes up for it; re-running this job does, too.",
        )

    def _pipeline(self, project: Project, answer: Answer, began: datetime, given: Mapping[str, str]) -> Pipeline:
        """The pipeline that *answer* names. One that says yes without a name is as good as lost: we look, too."""
        found = named(said(answer)) if answer.status == CREATED else None
        if found is None and is_yes(answer):
            found = self._reader.appeared(project, began, given)
        if found is None:
            raise refused(project.name, answer)
        return found

    def is_silent(self, project: Project) -> bool:
        """Whether the GitLab of *project* gave no answer when it was asked last."""
        return urlsplit(project.url).netloc.lower() in self._silent

    def status(self, project: Project, number: int) -> str | None:
        """What GitLab says of a pipeline now: empty where it does not show it to us, None where it does not answer."""
        return self._reader.status(project, number)

    def follow(self, project: Project, pipeline: Pipeline, seconds: float) -> str:
        """The status of *pipeline* once it has ended, or *seconds* after its start; empty where it is not shown."""
        until, pause, status = pipeline.at + seconds, 2.0, pipeline.status
        look = pipeline.at + pause
        while status not in ENDS:
            self._clock.sleep(max(0.0, min(look, until) - self._clock.monotonic()))
            seen = self.status(project, pipeline.id)
            if seen == "":
                return ""
            # A GitLab that is restarted or too busy for a moment says nothing of the pipeline: it is asked again.
            status = seen or status
            if self._clock.monotonic() >= until:
                break
            pause = min(pause * 1.5, 30.0)
            look = self._clock.monotonic() + pause
        return status

    def _reply(self, question: Question) -> Reply[Answer | Pipeline]:
        """What one try comes to."""
        try:
            answer = self._transport.once(question, self._limits.whole)
        except Broken as broken:
            if broken.why == UNTRUSTED:
                raise _untrusted(question.host) from broken
            return Reply(trouble=broken.why)
        except SourceFailed as error:
            raise PipelineRefused(error.what, probably=error.probably, now="Correct `url` in PROJECTS.") from error
        if answer.status == TOO_MANY:
            asked = retry_after(answer.headers, self._clock.now())
            wanted = NO_TIME_GIVEN if asked is None else min(asked, POLICY.longest)
            return Reply(answer.status, wanted=wanted, limited=True, trouble="GitLab's rate limit")
        if answer.status == BAD_REQUEST and CREATION_LIMIT in words(answer).lower():
            return Reply(answer.status, wanted=A_MINUTE, limited=True, trouble="GitLab's limit of new pipelines")
        return Reply(answer.status, answer, trouble=f"status {answer.status}")


def _untrusted(host: str) -> PipelineRefused:
    return PipelineRefused(
        f"The certificate of {host} is not trusted.",
        probably="Perhaps that GitLab has an authority of its own.",
        now="Put the authority's certificate into a file of the workspace, and name it in the step's `env` as "
        "SSL_CERT_FILE.",
    )


def literal(value: str) -> str:
    """*value* as GitLab must be given it to hand it on unchanged.

    It expands `$NAME` in a pipeline's variables, so that a version `$CI_JOB_TOKEN` would become the job's token; `$$`
    is its escape ("Use CI/CD variables in other variables", GitLab's documentation).
    """
    return value.replace("$", "$$")


def _question(project: Project, token: Secret, given: Mapping[str, str]) -> Question:
    """As a form, which every version reads; as JSON where there are inputs, which keep their types there."""
    if project.inputs:
        value = {"token": token.reveal(), "ref": project.ref, "inputs": dict(project.inputs)}
        return Question("POST", project.url, json={**value, **({"variables": given} if given else {})})
    form = {"token": token.reveal(), "ref": project.ref}
    return Question("POST", project.url, form=form | {f"variables[{name}]": each for name, each in given.items()})


def _check(project: Project, token: Secret) -> None:
    if not token:
        what = f"The trigger token of {project.name} is empty."
        if not project.secret:
            raise PipelineRefused(
                what,
                probably=f"Perhaps the environment {neutral.quoted(project.deployed_as)} lacks the secret that the "
                "workflow reads, or `trigger-tokens` no line for it.",
                now="Add it in Settings → Environments; in the form with `secrets[matrix.project.secret]`, write "
                "`secret` in PROJECTS.",
            )
        raise PipelineRefused(
            what,
            probably=f"Perhaps there is no secret named `{project.secret}`.",
            now="Create it under Settings → Secrets → Actions, or correct `secret` in PROJECTS.",
        )
    parts = urlsplit(project.url)
    if parts.scheme != "https" and not is_loopback(parts.netloc):
        raise PipelineRefused(
            f"The url of {project.name} is not https, and a token is not sent in the clear.",
            now="Write https:// in PROJECTS.",
        )
