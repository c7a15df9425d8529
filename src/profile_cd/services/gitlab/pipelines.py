"""GitLab pipelines: started through a project's trigger URL, and followed with a token that may read.

The POST cannot be repeated safely (GitLab keeps no idempotency key), yet a double pipeline is better than a lost
one: pipelines deploy the newest state. So after a lost answer we look where we may, else it is asked again, and said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit

from profile_cd import neutral
from profile_cd.credentials import Secret
from profile_cd.errors import PipelineRefused, SourceFailed
from profile_cd.fanout import Project
from profile_cd.hosts import is_loopback
from profile_cd.protocols import OK, Answer, Clock
from profile_cd.services.gitlab.words import TOO_MANY, refused, said, words
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

SKEW = timedelta(seconds=30)
"""How far this machine's clock may be ahead of GitLab's."""

ENDS = frozenset({"success", "failed", "canceled", "skipped", "manual"})
"""Statuses that do not change by themselves; `manual` waits for a person."""

CREATED = 201
_NUMBER = re.compile(r"[0-9]{1,20}")
_TRIGGER = re.compile(r"/(ref/.+/)?trigger/pipeline/?$")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline that GitLab created. *doubled*: an earlier answer was lost, so there may be two.

    *found* says that it was not this answer that named it, but a look after a lost one.
    """

    id: int
    url: str
    status: str
    doubled: bool = False
    found: bool = False


class Pipelines:
    """GitLab, as one step of a workflow sees it. *read_token* may read pipelines; without it nobody looks."""

    def __init__(
        self, clock: Clock, read_token: Secret | None = None, *, limits: Limits = LIMITS, debug: Debug | None = None
    ) -> None:
        self._clock = clock
        self._read_token = read_token or Secret("")
        self._limits = limits
        self._transport = Transport(limits, 1, debug)

    def trigger(self, project: Project, token: Secret, variables: Mapping[str, str]) -> Pipeline:
        """Start the pipeline of *project*. Raises PipelineRefused with GitLab's own words and what to do."""
        _check(project, token)
        question = _question(project, token, variables)
        began = self._clock.now()
        silent = False

        def once() -> Reply[Answer | Pipeline]:
            nonlocal silent
            appeared = self._appeared(project, began) if silent else None
            if appeared is not None:
                return Reply(CREATED, appeared)
            reply = self._reply(question)
            silent = silent or not reply.limited
            return reply

        result = repeat(POLICY, self._clock, once, seconds=self._limits.run)
        last = result.reply
        if isinstance(last.answer, Pipeline):
            return last.answer
        if last.answer is not None and result.end is End.ANSWERED:
            return replace(_pipeline(project, last.answer), doubled=result.lost)
        raise PipelineRefused(
            f"GitLab did not start the pipeline of {project.name}: {last.trouble}, {result.tries} times in a row.",
            probably="" if last.limited else "It may be down.",
            now="The next run of the update makes up for it; re-running this job does, too.",
        )

    def status(self, project: Project, number: int) -> str:
        """What GitLab says of a pipeline now, empty where it does not show it to us."""
        answer = self._read(project, f"/{number}")
        spoken = said(answer) if answer is not None and answer.status == OK else None
        return str(spoken.get("status") or "") if isinstance(spoken, dict) else ""

    def follow(self, project: Project, pipeline: Pipeline, seconds: float) -> str:
        """The status of *pipeline* once it has ended, or after *seconds*; empty where GitLab does not show it."""
        until, pause, status = self._clock.monotonic() + seconds, 2.0, pipeline.status
        while status not in ENDS and self._clock.monotonic() < until:
            self._clock.sleep(min(pause, max(0.0, until - self._clock.monotonic())))
            pause = min(pause * 1.5, 30.0)
            status = self.status(project, pipeline.id)
            if not status:
                return ""
        return status

    def _appeared(self, project: Project, began: datetime) -> Pipeline | None:
        """A pipeline by trigger that was made since *began*: whoever started it, it deploys what ours would."""
        if not self._read_token:
            return None
        since = (began - SKEW).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        asked = {"source": "trigger", "ref": project.ref, "updated_after": since, "per_page": "5"}
        answer = self._read(project, f"?{urlencode(asked)}")
        listed = said(answer) if answer is not None and answer.status == OK else None
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, dict) and _since(each, began - SKEW) and _NUMBER.fullmatch(str(each.get("id", ""))):
                return replace(_named(each), found=True)
        return None

    def _read(self, project: Project, ending: str) -> Answer | None:
        headers = {"PRIVATE-TOKEN": self._read_token.reveal()} if self._read_token else {}
        url = _TRIGGER.sub("/pipelines", project.url) + ending
        try:
            return self._transport.once(Question("GET", url, headers), min(20.0, self._limits.whole))
        except (Broken, SourceFailed):
            return None

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
        if answer.status == 429:  # noqa: PLR2004  # RFC 6585, section 4
            asked = retry_after(answer.headers, self._clock.now())
            wanted = NO_TIME_GIVEN if asked is None else min(asked, POLICY.longest)
            return Reply(answer.status, wanted=wanted, limited=True, trouble="GitLab's rate limit")
        if answer.status == 400 and TOO_MANY in words(answer).lower():  # noqa: PLR2004  # RFC 9110, section 15.5.1
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


def _question(project: Project, token: Secret, variables: Mapping[str, str]) -> Question:
    """As a form, which every version reads; as JSON where there are inputs, which keep their types there."""
    given = {name: literal(value) for name, value in variables.items()}
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


def _pipeline(project: Project, answer: Answer) -> Pipeline:
    spoken = said(answer)
    if answer.status == CREATED and isinstance(spoken, dict) and _NUMBER.fullmatch(str(spoken.get("id", ""))):
        return _named(spoken)
    raise refused(project.name, answer)


def _named(spoken: Mapping[str, object]) -> Pipeline:
    return Pipeline(int(str(spoken["id"])), str(spoken.get("web_url") or ""), str(spoken.get("status") or "created"))


def _since(spoken: Mapping[str, object], began: datetime) -> bool:
    try:
        made = datetime.fromisoformat(str(spoken.get("created_at")))
    except ValueError:
        return False
    return made.tzinfo is not None and made >= began
