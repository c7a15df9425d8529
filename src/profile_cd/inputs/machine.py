"""Files of the machine that a run may read or write, by the variables that name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class RunnerFiles:
    """Paths of the files through which GitHub's runner and a step speak, empty where there is none.

    *debug*: the run was started anew with debug logging.
    """

    event: str = ""
    summary: str = ""
    debug: bool = False


@dataclass(frozen=True, slots=True)
class LoginFiles:
    """Paths of the files in which `docker login` and `podman login` keep logins; the first that is there counts.

    *named* says that DOCKER_CONFIG names the first, so that one which cannot be read is a mistake.
    """

    paths: tuple[str, ...] = ()
    named: bool = False


def runner_files(environment: Mapping[str, str]) -> RunnerFiles:
    """The files of the step that we are."""
    event, summary = environment.get("GITHUB_EVENT_PATH", ""), environment.get("GITHUB_STEP_SUMMARY", "")
    return RunnerFiles(event, summary, debugs(environment))


def debugs(environment: Mapping[str, str]) -> bool:
    """Whether a person started the run anew with debug logging (RUNNER_DEBUG: "Default environment variables").

    ACTIONS_STEP_DEBUG is the secret or variable that does it; a container sees it only where a workflow hands it on.
    """
    return environment.get("RUNNER_DEBUG") == "1" or environment.get("ACTIONS_STEP_DEBUG", "").lower() == "true"


def login_files(environment: Mapping[str, str]) -> LoginFiles:
    """Where Docker, and then Podman, keep their logins (docker/cli, config.Dir; containers-auth.json(5))."""
    return LoginFiles(tuple(_login_files(environment)), bool(environment.get("DOCKER_CONFIG")))


def _login_files(environment: Mapping[str, str]) -> Iterator[str]:
    if environment.get("DOCKER_CONFIG"):
        yield _joined(environment["DOCKER_CONFIG"], "config.json")
    elif environment.get("HOME"):
        yield _joined(environment["HOME"], ".docker", "config.json")
    if environment.get("REGISTRY_AUTH_FILE"):
        yield environment["REGISTRY_AUTH_FILE"]
    if environment.get("XDG_RUNTIME_DIR"):
        yield _joined(environment["XDG_RUNTIME_DIR"], "containers", "auth.json")


def cache_directory(environment: Mapping[str, str]) -> str:
    """The cache of the person at the terminal, where the XDG rules put it; empty without a home."""
    if environment.get("XDG_CACHE_HOME"):
        return _joined(environment["XDG_CACHE_HOME"], "profile-cd")
    return _joined(environment["HOME"], ".cache", "profile-cd") if environment.get("HOME") else ""


def _joined(*parts: str) -> str:
    return str(PurePosixPath(*parts))
