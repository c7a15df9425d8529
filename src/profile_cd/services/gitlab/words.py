"""GitLab's words, and what a person can change where they mean no."""

from __future__ import annotations

from profile_cd import bounded_json, neutral
from profile_cd.errors import PipelineRefused
from profile_cd.protocols import FORBIDDEN, NOT_FOUND, SUCCESS, Answer

ELSEWHERE = range(300, 400)
"""Statuses that lead to another address (RFC 9110, section 15.4): a POST is sent to none."""

LONGEST = 2000
"""Bytes that are looked at where an answer is no JSON."""

CREATION_LIMIT = "too many pipelines created in the last minute"
"""The creation limit, a 400 unlike all other limits: GitLab.com takes 25 a minute of one project, user or commit."""

_RULES = 'Let `workflow: rules` of its .gitlab-ci.yml admit `$CI_PIPELINE_SOURCE == "trigger"`.'
_JOBS = 'Let the `rules` of a job admit `$CI_PIPELINE_SOURCE == "trigger"`.'
_ROLE = (
    "In GitLab, Settings → CI/CD → Variables → “Minimum role to use pipeline variables”: choose that of the trigger "
    'token\'s owner. Or send none: `"variables": false` in PROJECTS, and hand over what is needed in `inputs`.'
)
ADVICE = (
    ("insufficient permissions to set pipeline variables", _ROLE),
    ("inputs not defined", "Define them under `spec:` in the project's .gitlab-ci.yml, or drop them from PROJECTS."),
    ("reference not found", "Create the branch in GitLab, or set `ref` in PROJECTS to one that exists."),
    ("workflow rules", _RULES),
    ("filtered out", _RULES),
    ("will not run for the selected trigger", _JOBS),
    ("no stages / jobs", _JOBS),
    ("missing ci config", "The project has no .gitlab-ci.yml on that branch."),
    (
        CREATION_LIMIT,
        "Trigger fewer projects of one GitLab user at once, or use the one-job form, which keeps to the limit.",
    ),
)
"""GitLab's words, in lower case, and what to change where."""


def said(answer: Answer) -> object:
    """The JSON of an answer, None where it is none."""
    try:
        return bounded_json.loads(answer.body)
    except bounded_json.NoJson:
        return None


def words(answer: Answer) -> str:
    """What GitLab said, in one line: a text, a list, a map of lists, or a proxy's page."""
    return neutral.line(_words(said(answer)) or answer.body[:LONGEST].decode("utf-8", "replace") or "nothing")


def _words(value: object) -> str:
    if isinstance(value, dict):
        inner = value.get("message", value.get("error"))
        if inner is not None:
            return _words(inner)
        return "; ".join(f"{key}: {_words(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "; ".join(_words(each) for each in value)
    return str(value) if value is not None else ""


def is_yes(answer: Answer) -> bool:
    """Whether GitLab, or whoever stands before it, says that it was done."""
    return answer.status in SUCCESS


def refused(name: str, answer: Answer) -> PipelineRefused:
    """The refusal of the pipeline of the project *name*, with what to do."""
    spoken = words(answer)
    if is_yes(answer):
        what = f"The answer for {neutral.line(name, 80)} names no pipeline: {spoken.rstrip('.')}"
        return PipelineRefused(
            f"{what} (status {answer.status}).",
            probably="Perhaps something between here and GitLab answered in its place; it may have started one.",
            now="Look at the project's pipelines. The next run of the update starts it again.",
        )
    return PipelineRefused(
        f"GitLab refused to start the pipeline of {neutral.line(name, 80)}: {spoken.rstrip('.')} "
        f"(status {answer.status}).",
        now=_advice(spoken, answer.status),
    )


def _advice(spoken: str, status: int) -> str:
    lower = spoken.lower()
    known = next((advice for phrase, advice in ADVICE if phrase in lower), "")
    if known:
        return known
    if status == NOT_FOUND:
        # GitLab says 404 of a wrong token, too: to whoever may not see it, a project does not exist.
        return "The trigger token is wrong, revoked or of another project, or the url names no project: check both."
    if status == FORBIDDEN:
        return "The owner of the trigger token has lost the right to start pipelines: let somebody else make a new one."
    if status in ELSEWHERE:
        return "The url leads elsewhere: write the address that it leads to."
    return ""
