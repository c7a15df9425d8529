"""GitLab pipelines: started through a project's trigger URL.

The POST cannot be repeated safely (platform: GitLab keeps no idempotency key), yet a double pipeline is
better than a lost one: pipelines deploy the newest state. So a lost answer is asked again, and said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from profile_cd import bounded_json, neutral
from profile_cd.credentials import Secret
from profile_cd.errors import PipelineRefused, SourceFailed
from profile_cd.fanout import Project
from profile_cd.protocols import Answer, Clock
from profile_cd.services.retry import End, Policy, Reply, repeat, retry_after
from profile_cd.services.web import Broken, Limits, Question, Transport

POLICY = Policy(tries=4, passing=frozenset(range(500, 600)), longest=90.0, first=2.0)
"""How GitLab is asked. Whoever asks for a longer wait is asked again after the longest: a pipeline would be lost."""

NO_TIME_GIVEN = 5.0
"""Seconds to wait for a rate limit that gives no time."""

LIMITS = Limits(read=60.0, whole=60.0, run=300.0)
"""GitLab ends a request after a minute; making a pipeline out of many included files takes it half of that."""

LONGEST = 2000
"""Bytes that are looked at where an answer is no JSON."""

_NUMBER = re.compile(r"[0-9]{1,20}")

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline that GitLab created. *doubled*: an earlier answer was lost, so there may be two."""

    id: int
    url: str
    status: str
    doubled: bool = False


class Pipelines:
    """GitLab, as one step of a workflow sees it."""

    def __init__(self, clock: Clock, *, limits: Limits = LIMITS) -> None:
        self._clock = clock
        self._limits = limits
        self._transport = Transport(limits, connections=1)

    def trigger(self, project: Project, token: Secret, variables: Mapping[str, str]) -> Pipeline:
        """Start the pipeline of *project*. Raises PipelineRefused with GitLab's own words and what to do."""
        _check(project, token)
        form = {"token": token.reveal(), "ref": project.ref}
        form |= {f"variables[{name}]": literal(value) for name, value in variables.items()}
        question = Question("POST", project.url, form=form)
        result = repeat(POLICY, self._clock, lambda: self._reply(question), seconds=self._limits.run)
        last = result.reply
        if last.answer is not None and result.end is End.ANSWERED:
            return _pipeline(project, last.answer, doubled=result.lost)
        raise PipelineRefused(
            f"GitLab did not start the pipeline of {project.name}: {last.trouble}, {result.tries} times in a row.",
            probably="" if last.limited else "It may be down.",
            now="Re-run this job: a second pipeline does no harm.",
        )

    def _reply(self, question: Question) -> Reply[Answer]:
        """What one try comes to."""
        try:
            answer = self._transport.once(question, self._limits.whole)
        except Broken as broken:
            return Reply(trouble=broken.why)
        except SourceFailed as error:
            raise PipelineRefused(error.what, probably=error.probably, now="Correct `url` in PROJECTS.") from error
        if answer.status == 429:  # noqa: PLR2004  # RFC 6585, section 4
            asked = retry_after(answer.headers, self._clock.now())
            wanted = NO_TIME_GIVEN if asked is None else min(asked, POLICY.longest)
            return Reply(answer.status, wanted=wanted, limited=True, trouble="GitLab's rate limit")
        return Reply(answer.status, answer, trouble=f"status {answer.status}")


def literal(value: str) -> str:
    """*value* as GitLab must be given it to hand it on unchanged.

    It expands `$NAME` in a pipeline's variables, so that a version `$CI_JOB_TOKEN` would become the job's token; `$$`
    is its escape ("Use CI/CD variables in other variables", GitLab's documentation).
    """
    return value.replace("$", "$$")


def _check(project: Project, token: Secret) -> None:
    if not token:
        raise PipelineRefused(
            f"The trigger token of {project.name} is empty.",
            probably=f"Perhaps there is no secret named `{project.secret}`.",
            now="Create it under Settings → Secrets → Actions, or correct `secret` in PROJECTS.",
        )
    parts = urlsplit(project.url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise PipelineRefused(
            f"The url of {project.name} is not https, and a token is not sent in the clear.",
            now="Write https:// in PROJECTS.",
        )


def _pipeline(project: Project, answer: Answer, *, doubled: bool) -> Pipeline:
    said = _json(answer.body)
    number = str(said.get("id", "")) if isinstance(said, dict) else ""
    if answer.status == 201 and isinstance(said, dict) and _NUMBER.fullmatch(number):  # noqa: PLR2004  # created
        return Pipeline(int(number), str(said.get("web_url") or ""), str(said.get("status") or "created"), doubled)
    words = neutral.line(_words(said) or answer.body[:LONGEST].decode("utf-8", "replace") or "nothing")
    raise PipelineRefused(
        f"GitLab refused to start the pipeline of {project.name}: {words.rstrip('.')} (status {answer.status}).",
        now=_advice(words, answer.status),
    )


def _json(body: bytes) -> Any:  # noqa: ANN401  # JSON of an unknown shape
    try:
        return bounded_json.loads(body)
    except bounded_json.NoJson:
        return None


def _words(said: object) -> str:
    """GitLab's message: a text, a list, a map of lists, under `message` or `error`."""
    if isinstance(said, dict):
        inner = said.get("message", said.get("error"))
        if inner is not None:
            return _words(inner)
        return "; ".join(f"{key}: {_words(value)}" for key, value in said.items())
    if isinstance(said, list):
        return "; ".join(_words(each) for each in said)
    return str(said) if said is not None else ""


ADVICE = (
    ("insufficient permissions to set pipeline variables",
     "In GitLab, Settings → CI/CD → Variables: let the token's owner's role use pipeline variables."),
    ("reference not found", "Create the branch in GitLab, or set `ref` in PROJECTS to one that exists."),
    ("workflow rules", "Let the rules of the project's .gitlab-ci.yml admit pipelines from triggers."),
    ("filtered out", "Let the rules of the project's .gitlab-ci.yml admit pipelines from triggers."),
    ("missing ci config", "The project has no .gitlab-ci.yml on that branch."),
)  # fmt: skip


def _advice(words: str, status: int) -> str:
    lower = words.lower()
    known = next((advice for phrase, advice in ADVICE if phrase in lower), "")
    if known:
        return known
    if status == 404:  # noqa: PLR2004  # RFC 9110, section 15.5.5
        return "The trigger token is wrong, revoked or of another project, or the url names no project: check both."
    if 300 <= status < 400:  # noqa: PLR2004  # RFC 9110, section 15.4
        return "The url leads elsewhere: write the address that it leads to."
    return ""
