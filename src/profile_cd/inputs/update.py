"""The inputs of the action's main step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from profile_cd import fanout
from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart
from profile_cd.fanout import Fault, Project
from profile_cd.fields import ALWAYS_READABLE
from profile_cd.inputs.github import GitHubContext, context
from profile_cd.inputs.machine import LoginFiles, login_files
from profile_cd.inputs.texts import boolean, names, one_of, seconds, seconds_if_given, text

MergeMode = Literal["auto", "direct", "none"]
MergeMethod = Literal["squash", "merge", "rebase", "fast-forward"]
METHODS = ("squash", "merge", "rebase", "fast-forward")
ReviewMode = Literal["changed-manifests", "none"]
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
    """The inputs of one run of the action. Raises CannotStart for one that cannot be meant.

    *event* is the parsed file at GITHUB_EVENT_PATH.
    """
    github = context(environment, event)
    token = Secret(text(environment, "token"))
    if not token:
        raise CannotStart(
            "The input `token` is empty.",
            now="Leave it out to use the workflow's own token, or name a secret that is set.",
        )
    found, faults = fanout.read(text(environment, "projects"), within=text(environment, "directory"))
    return Update(
        github=github,
        token=token,
        merge_token=Secret(text(environment, "merge-token")),
        base=text(environment, "base").removeprefix("refs/heads/"),
        manifest_dir=text(environment, "manifest-dir").strip("/"),
        directory=text(environment, "directory").strip("/"),
        projects=found,
        project_faults=faults,
        fan_out=cast("FanOutForm", one_of(environment, "fan-out", ("matrix", "one-job"))),
        force_projects=boolean(environment, "force-projects", default=False),
        merge=cast("MergeMode", one_of(environment, "merge", ("auto", "direct", "none"))),
        merge_method=cast("MergeMethod", one_of(environment, "merge-method", METHODS)),
        review=cast("ReviewMode", one_of(environment, "review", ("changed-manifests", "none"))),
        branch_prefix=_branch_prefix(environment),
        wait=seconds(environment, "wait"),
        dry_run=boolean(environment, "dry-run", default=False),
        strict=boolean(environment, "strict", default=True),
        draft=boolean(environment, "draft", default=False),
        labels=names(environment, "labels"),
        reviewers=names(environment, "reviewers"),
        assignees=names(environment, "assignees"),
        machine_authors=names(environment, "machine-authors") or ("github-actions[bot]",),
        image=text(environment, "image"),
        chart=text(environment, "chart"),
        tag=text(environment, "tag"),
        upstream=text(environment, "upstream"),
        wait_for_announced=seconds_if_given(environment, "wait-for-announced"),
        registry_credentials=Secret(text(environment, "registry-credentials")),
        login_files=login_files(environment),
        manifest_environment=_readable(environment, token, github.actor),
    )


def _branch_prefix(environment: Mapping[str, str]) -> str:
    prefix = (text(environment, "branch-prefix") or "profile-cd").rstrip("/")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*", prefix) or ".." in prefix:
        raise CannotStart(
            f"The input `branch-prefix` is `{prefix}`, which no branch can start with.",
            now="Use letters, digits, `-`, `_`, `.` and `/`.",
        )
    return prefix


def _readable(environment: Mapping[str, str], token: Secret, actor: str) -> dict[str, str]:
    """What a manifest's templates may read: design decision 9."""
    allowed = {"GITHUB_TOKEN": token.reveal(), "GITHUB_ACTOR": actor}
    for name in names(environment, "manifest-env"):
        if name.upper().startswith("INPUT_"):
            raise CannotStart(f"The input `manifest-env` names `{name}`.", now="Inputs are not for manifests.")
        if name in environment and name not in ALWAYS_READABLE:
            allowed[name] = environment[name]
    return allowed
