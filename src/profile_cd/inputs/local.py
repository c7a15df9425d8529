"""What a person asked for at a terminal: options of the command line, and what the environment adds."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field

from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart
from profile_cd.fields import ALWAYS_READABLE
from profile_cd.inputs.github import api_url
from profile_cd.inputs.machine import LoginFiles, cache_directory, debugs, login_files


@dataclass(frozen=True, slots=True)
class Local:
    """The options of `plan` and `apply`, and the logins and files of the person who runs them.

    *cache_directory* is empty where nothing is kept between runs; *names* are the only manifests to look at, none
    for all. *debug*: each question is said.
    """

    directory: str
    manifest_dir: str
    json: bool
    workers: int
    token: Secret
    api_url: str
    login_files: LoginFiles
    cache_directory: str
    manifest_environment: Mapping[str, str] = field(repr=False)
    names: tuple[str, ...] = ()
    debug: bool = False


def of_terminal(arguments: argparse.Namespace, environment: Mapping[str, str]) -> Local:
    """What one run of `plan` or `apply` was asked for. Raises CannotStart."""
    names = (*ALWAYS_READABLE, *arguments.manifest_env)
    if any(name.upper().startswith("INPUT_") for name in names):
        raise CannotStart("Inputs are not for manifests.", now="Name another variable.")
    return Local(
        directory=arguments.directory,
        manifest_dir=arguments.manifest_dir,
        json=arguments.json,
        workers=arguments.workers,
        token=Secret(environment.get("GITHUB_TOKEN", "")),
        api_url=api_url(environment),
        login_files=login_files(environment),
        cache_directory=cache_directory(environment),
        manifest_environment={name: environment[name] for name in names if name in environment},
        names=tuple(getattr(arguments, "names", ())),
        debug=arguments.debug or debugs(environment),
    )
