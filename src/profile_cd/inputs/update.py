"""The inputs of the action's main step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from profile_cd import fanout
from profile_cd.credentials import Login, Secret
from profile_cd.errors import CannotStart
from profile_cd.fanout import Fault, Project, Reading
from profile_cd.fields import ALWAYS_READABLE
from profile_cd.inputs.github import GitHubContext, context
from profile_cd.inputs.machine import LoginFiles, login_files
from profile_cd.inputs.registry import registry_logins
from profile_cd.inputs.texts import Given
from profile_cd.neutral import quoted

MergeMode = Literal["auto", "direct", "none"]
MergeMethod = Literal["squash", "merge", "rebase", "fast-forward"]
METHODS = ("squash", "merge", "rebase", "fast-forward")
ReviewMode = Literal["changed-manifests", "none"]
_NO_BRANCH = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|^-|\.$")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Generous where GitHub has no published rule: whom it does not know it names itself, which costs a warning only.
_PERSON = re.compile(r"[A-Za-z0-9][\w-]*(?:\[bot\])?", re.ASCII)
_REVIEWER = re.compile(rf"{_PERSON.pattern}|[A-Za-z0-9][\w-]*/[\w.-]+", re.ASCII)
_LABEL = re.compile(r"[^\x00-\x1f\x7f]{1,50}")
FanOutForm = Literal["matrix", "one-job"]


@dataclass(frozen=True, slots=True)
class Update:
    """The inputs of action.yml, each under its name there with `-` as `_`."""

    github: GitHubContext
    token: Secret
    merge_token: Secret
    base: str
    manifest_dir: str
    directory: str
    projects: tuple[Project, ...]
    project_faults: tuple[Fault, ...]
    fan_out: FanOutForm
    force_projects: bool
    merge: MergeMode
    merge_method: MergeMethod
    review: ReviewMode
    branch_prefix: str
    wait: int
    dry_run: bool
    check: bool
    strict: bool
    draft: bool
    labels: tuple[str, ...]
    reviewers: tuple[str, ...]
    assignees: tuple[str, ...]
    machine_authors: tuple[str, ...]
    image: str
    chart: str
    tag: str
    upstream: str
    wait_for_announced: int | None
    registry_credentials: Secret
    login_files: LoginFiles
    manifest_environment: Mapping[str, str] = field(repr=False)

    def keeps(self, base: str) -> bool:
        """Whether this run may write to the branch *base* (design decision 14).

        Only a run for that branch may. A schedule and a dispatch run for the default branch, since GitHub starts
        workflows from there, so that they count for an input `base` which names another one.
        """
        github = self.github
        if github.event_name.startswith("pull_request"):
            return False
        started = github.event_name in {"schedule", "repository_dispatch", "workflow_dispatch"}
        default = started and github.default_branch and github.ref == f"refs/heads/{github.default_branch}"
        return github.ref == f"refs/heads/{base}" or bool(default)

    @property
    def token_is_default(self) -> bool:
        """Whether the workflow's own token opens and merges, so that neither starts a workflow.

        An App's token starts with `ghs_` too; it is known by being given as `merge-token`.
        """
        return self.token.reveal().startswith("ghs_") and not self.merge_token


def of_update(environment: Mapping[str, str], event: Mapping[str, object]) -> Update:
    """The inputs of one run of the action. Raises CannotStart with everything that cannot be meant.

    *event* is the parsed file at GITHUB_EVENT_PATH.
    """
    given = Given(environment)
    asked = _asked(given, context(environment, event))
    none: dict[str, Login] = {}
    given.read(lambda: registry_logins(asked.registry_credentials.reveal()), none)
    given.check()
    return asked


def _asked(given: Given, github: GitHubContext) -> Update:
    token = given.own_token()
    nothing: Reading = ((), ())
    found, faults = given.read(lambda: fanout.read(given.text("projects"), within=given.text("directory")), nothing)
    return Update(
        github=github,
        token=token,
        merge_token=given.token("merge-token"),
        base=given.read(lambda: _base(given), ""),
        manifest_dir=given.directory("manifest-dir"),
        directory=given.directory("directory"),
        projects=found,
        project_faults=faults,
        fan_out=cast("FanOutForm", given.one_of("fan-out", "matrix", "one-job")),
        force_projects=given.boolean("force-projects"),
        merge=cast("MergeMode", given.one_of("merge", "auto", "direct", "none")),
        merge_method=cast("MergeMethod", given.one_of("merge-method", *METHODS)),
        review=cast("ReviewMode", given.one_of("review", "changed-manifests", "none")),
        branch_prefix=given.read(lambda: _branch_prefix(given), "profile-cd"),
        wait=given.seconds("wait"),
        dry_run=given.boolean("dry-run"),
        check=given.boolean("check"),
        strict=given.boolean("strict", default=True),
        draft=given.boolean("draft"),
        labels=given.names_like("labels", _LABEL, "Write at most 50 characters for each, on one line."),
        reviewers=given.names_like("reviewers", _REVIEWER, "Write logins and `organisation/team`, without `@`."),
        assignees=given.names_like("assignees", _PERSON, "Write logins alone, without `@`."),
        machine_authors=given.names("machine-authors") or ("github-actions[bot]",),
        image=given.text("image"),
        chart=given.text("chart"),
        tag=given.text("tag"),
        upstream=given.text("upstream"),
        wait_for_announced=given.seconds_if_given("wait-for-announced"),
        registry_credentials=Secret(given.text("registry-credentials")),
        login_files=login_files(given.environment),
        manifest_environment=_readable(given, token, github.actor),
    )


def _base(given: Given) -> str:
    """A branch, as Git's own rules for names have it (git-check-ref-format)."""
    base = given.text("base").removeprefix("refs/heads/")
    if base and (
        _NO_BRANCH.search(base) or any(part.endswith(".lock") or part[0:1] in {"", "."} for part in base.split("/"))
    ):
        raise CannotStart(
            f"The input `base` is {quoted(base)}, which no branch is called.", now="Write a branch's name, like `main`."
        )
    return base


def _branch_prefix(given: Given) -> str:
    prefix = (given.text("branch-prefix") or "profile-cd").rstrip("/")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*", prefix) or ".." in prefix:
        raise CannotStart(
            f"The input `branch-prefix` is {quoted(prefix)}, which no branch can start with.",
            now="Use letters, digits, `-`, `_`, `.` and `/`.",
        )
    return prefix


def _readable(given: Given, token: Secret, actor: str) -> dict[str, str]:
    """What a manifest's templates may read: whoever may write one must not read every secret of the job by it."""
    allowed = {"GITHUB_TOKEN": token.reveal(), "GITHUB_ACTOR": actor}
    for name in given.names("manifest-env"):
        if name.upper().startswith("INPUT_"):
            what = f"The input `manifest-env` names {quoted(name)}."
            given.wrong.append(CannotStart(what, now="Inputs are not for manifests: name another variable."))
        elif not _VARIABLE.fullmatch(name):
            what = f"The input `manifest-env` names {quoted(name)}, which no variable is called."
            given.wrong.append(
                CannotStart(what, now="Write names alone, separated by commas, like `FEED, FEED_TOKEN`.")
            )
        elif name in given.environment and name not in ALWAYS_READABLE:
            allowed[name] = given.environment[name]
    return allowed
