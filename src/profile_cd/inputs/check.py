"""What `profile-cd check` looks at: a repository on GitHub with its PROJECTS, and the manifests here."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass

from profile_cd import fanout
from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart
from profile_cd.fanout import Fault, Project
from profile_cd.inputs.github import REPOSITORY
from profile_cd.inputs.local import Local, of_terminal
from profile_cd.neutral import quoted


@dataclass(frozen=True, slots=True)
class Check:
    """*base* is empty for the default branch. *tokens* stand by the names of the inputs that they are checked for.

    *given* says that PROJECTS is in the environment.
    """

    local: Local
    repository: str
    base: str
    tokens: Mapping[str, Secret]
    given: bool
    projects: tuple[Project, ...]
    faults: tuple[Fault, ...]


def of_check(arguments: argparse.Namespace, environment: Mapping[str, str]) -> Check:
    """What one run of `check` was asked for. Raises CannotStart."""
    local = of_terminal(arguments, environment)
    repository = arguments.repository or environment.get("GITHUB_REPOSITORY", "")
    if not REPOSITORY.fullmatch(repository):
        what = f"{quoted(repository)} names no repository." if repository else "No repository is named."
        raise CannotStart(what, now="Write `--repository owner/name`.")
    if not local.token:
        raise CannotStart("GITHUB_TOKEN is not set.", now="Set it to the token that is to be checked.")
    text, merge_token = environment.get("PROJECTS", "").strip(), Secret(environment.get("MERGE_TOKEN", "").strip())
    projects, faults = fanout.read(text)
    tokens = {"token": local.token, **({"merge-token": merge_token} if merge_token else {})}
    return Check(local, repository, arguments.base, tokens, bool(text), projects, faults)
