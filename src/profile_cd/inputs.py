"""What was asked of us: reads the environment mapping that it is handed, once, into one frozen value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart
from profile_cd.fanout import Project, projects

MergeMode = Literal["auto", "direct", "none"]
MergeMethod = Literal["squash", "merge", "rebase"]
ReviewMode = Literal["changed-manifests", "none"]

ALWAYS_READABLE = ("GITHUB_TOKEN", "GITHUB_ACTOR")
TRUE, FALSE = ("true", "True", "TRUE"), ("false", "False", "FALSE", "")


@dataclass(frozen=True, slots=True)
class GitHubContext:
    """Where this run happens, as the runner tells it. *pushed* is the message of the commit that was pushed."""

    repository: str
    api_url: str
    server_url: str
    event_name: str
    actor: str
    run_id: str
    base: str
    before: str = ""
    after: str = ""
    pushed: str = ""

    @property
    def run_url(self) -> str:
        """The page of this run."""
        return f"{self.server_url}/{self.repository}/actions/runs/{self.run_id}"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of action.yml, each under its name there with `-` as `_`."""

    github: GitHubContext
    token: Secret
    merge_token: Secret
    manifest_dir: str
    directory: str
    projects: tuple[Project, ...]
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
    registry_credentials: Secret
    manifest_environment: Mapping[str, str] = field(repr=False)

    @property
    def token_is_default(self) -> bool:
        """Whether `token` merges and is the workflow's own, so that its merges start no workflow.

        An App's token starts with `ghs_` too; it is told apart by being given as `merge-token`.
        """
        return self.token.reveal().startswith("ghs_") and not self.merge_token


def read(environment: Mapping[str, str], event: Mapping[str, object]) -> Inputs:
    """The inputs of one run of the action. Raises CannotStart for one that cannot be meant.

    *event* is the parsed file at GITHUB_EVENT_PATH.
    """
    github = _github(environment, event)
    token = Secret(_text(environment, "token"))
    if not token:
        raise CannotStart(
            "The input `token` is empty.",
            now="Leave it out to use the workflow's own token, or name a secret that is set.",
        )
    return Inputs(
        github=github,
        token=token,
        merge_token=Secret(_text(environment, "merge-token")),
        manifest_dir=_text(environment, "manifest-dir").strip("/"),
        directory=_text(environment, "directory").strip("/"),
        projects=projects.read(_text(environment, "projects")),
        merge=cast("MergeMode", _one_of(environment, "merge", ("auto", "direct", "none"))),
        merge_method=cast("MergeMethod", _one_of(environment, "merge-method", ("squash", "merge", "rebase"))),
        review=cast("ReviewMode", _one_of(environment, "review", ("changed-manifests", "none"))),
        branch_prefix=_branch_prefix(environment),
        wait=_seconds(environment, "wait"),
        dry_run=_boolean(environment, "dry-run", default=False),
        strict=_boolean(environment, "strict", default=True),
        draft=_boolean(environment, "draft", default=False),
        labels=_names(environment, "labels"),
        reviewers=_names(environment, "reviewers"),
        assignees=_names(environment, "assignees"),
        machine_authors=_names(environment, "machine-authors") or ("github-actions[bot]",),
        image=_text(environment, "image"),
        chart=_text(environment, "chart"),
        tag=_text(environment, "tag"),
        upstream=_text(environment, "upstream"),
        registry_credentials=Secret(_text(environment, "registry-credentials")),
        manifest_environment=_readable(environment, token, github.actor),
    )


def _github(environment: Mapping[str, str], event: Mapping[str, object]) -> GitHubContext:
    repository = environment.get("GITHUB_REPOSITORY", "")
    if repository.count("/") != 1:
        raise CannotStart(
            "GITHUB_REPOSITORY is not set, so this is not a run of GitHub Actions.",
            now="Use one of the commands instead: `profile-cd plan`, `apply` or `validate`.",
        )
    event_name = environment.get("GITHUB_EVENT_NAME", "")
    if event_name == "pull_request_target":
        raise CannotStart(
            "The event pull_request_target is refused: it hands secrets to code of strangers.",
            now="Use push, schedule, workflow_dispatch or repository_dispatch.",
        )
    head = event.get("head_commit")
    described = event.get("repository")
    default = described.get("default_branch") if isinstance(described, dict) else None
    ref = environment.get("GITHUB_REF", "")
    branch = ref.removeprefix("refs/heads/") if ref.startswith("refs/heads/") else ""
    return GitHubContext(
        repository=repository,
        api_url=environment.get("GITHUB_API_URL") or "https://api.github.com",
        server_url=environment.get("GITHUB_SERVER_URL") or "https://github.com",
        event_name=event_name,
        actor=environment.get("GITHUB_ACTOR", ""),
        run_id=environment.get("GITHUB_RUN_ID", ""),
        base=branch or (default if isinstance(default, str) else "main"),
        before=str(event.get("before") or "") if event_name == "push" else "",
        after=str(event.get("after") or "") if event_name == "push" else "",
        pushed=str(head.get("message") or "") if isinstance(head, dict) and event_name == "push" else "",
    )


def _text(environment: Mapping[str, str], name: str) -> str:
    return environment.get(f"INPUT_{name.upper()}", "").strip()


def _one_of(environment: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = _text(environment, name) or allowed[0]
    if value not in allowed:
        raise CannotStart(f"The input `{name}` is `{value}`.", now=f"Write one of {', '.join(allowed)}.")
    return value


def _boolean(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = _text(environment, name)
    if not value:
        return default
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise CannotStart(f"The input `{name}` is `{value}`.", now="Write `true` or `false`.")


def _seconds(environment: Mapping[str, str], name: str) -> int:
    value = _text(environment, name) or "0"
    if not value.isascii() or not value.isdigit():
        raise CannotStart(f"The input `{name}` is `{value}`.", now="Write a whole number of seconds.")
    return int(value)


def _names(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[,\n]", _text(environment, name)) if part.strip())


def _branch_prefix(environment: Mapping[str, str]) -> str:
    prefix = (_text(environment, "branch-prefix") or "profile-cd").rstrip("/")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*", prefix) or ".." in prefix:
        raise CannotStart(
            f"The input `branch-prefix` is `{prefix}`, which no branch can start with.",
            now="Use letters, digits, `-`, `_`, `.` and `/`.",
        )
    return prefix


def _readable(environment: Mapping[str, str], token: Secret, actor: str) -> dict[str, str]:
    """What a manifest's templates may read: design decision 9."""
    allowed = {"GITHUB_TOKEN": token.reveal(), "GITHUB_ACTOR": actor}
    for name in _names(environment, "manifest-env"):
        if name.upper().startswith("INPUT_"):
            raise CannotStart(f"The input `manifest-env` names `{name}`.", now="Inputs are not for manifests.")
        if name in environment and name not in ALWAYS_READABLE:
            allowed[name] = environment[name]
    return allowed
