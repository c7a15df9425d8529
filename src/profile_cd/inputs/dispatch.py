"""What a CI job that published something asked for: whom to start, and what to hand over."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from dataclasses import dataclass

from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart
from profile_cd.inputs.github import REPOSITORY, api_url
from profile_cd.inputs.machine import debugs
from profile_cd.inputs.texts import is_token

PREFIX = "DOWNSTREAM_IMAGE_"
WORKFLOW = "docker-image.yaml"
MOST_INPUT = 1000
"""Characters of one input: a name, a version or an address."""


@dataclass(frozen=True, slots=True)
class Downstream:
    """One repository to start, and the token for it. *variable* is where both were found, for messages."""

    variable: str
    repository: str
    token: Secret


@dataclass(frozen=True, slots=True)
class Unusable:
    """A variable that names no repository with a token; *reason* never holds its value."""

    variable: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What is handed over to each repository: *inputs* are those of the workflow, as they were always called.

    *ref* is empty for the default branch. *event* names a `repository_dispatch`, empty for a `workflow_dispatch`.
    *debug*: each question is said.
    """

    downstream: tuple[Downstream, ...]
    unusable: tuple[Unusable, ...]
    inputs: Mapping[str, str]
    workflow: str
    ref: str
    event: str
    api_url: str
    debug: bool = False


def of_dispatch(arguments: argparse.Namespace, environment: Mapping[str, str]) -> Dispatch:
    """What one run of `dispatch` was asked for. Raises CannotStart where there is nothing to hand over, or nobody."""
    inputs = {name: (getattr(arguments, name) or "").strip() for name in ("image", "chart", "tag", "upstream")}
    for name, value in inputs.items():
        if len(value) > MOST_INPUT or re.search(r"[\x00-\x1f\x7f]", value):
            raise CannotStart(f"`--{name}` is longer than {MOST_INPUT} characters or holds control characters.")
    if not (inputs["image"] or inputs["chart"]):
        raise CannotStart("Nothing was published.", now="Say what with `--image` or `--chart`.")
    prefixes = tuple(arguments.prefix or [PREFIX])
    names = sorted(name for name, value in environment.items() if name.startswith(prefixes) and value.strip())
    if not names:
        listed = " or ".join(f"`{each}`" for each in prefixes)
        raise CannotStart(
            f"No environment variable begins with {listed}.",
            probably="Perhaps the context that holds them is not given to this job, or not handed on to the container.",
            now="Set one to `owner/repository:token`, and hand it on with `docker run -e NAME`.",
        )
    found = [_downstream(name, environment[name]) for name in names]
    return Dispatch(
        downstream=tuple(each for each in found if isinstance(each, Downstream)),
        unusable=tuple(each for each in found if isinstance(each, Unusable)),
        inputs={name: value for name, value in inputs.items() if value},
        workflow=arguments.workflow,
        ref=arguments.ref.removeprefix("refs/heads/"),
        event=arguments.repository_dispatch,
        api_url=api_url(environment),
        debug=arguments.debug or debugs(environment),
    )


def _downstream(name: str, value: str) -> Downstream | Unusable:
    repository, colon, token = value.strip().removeprefix("https://github.com/").partition(":")
    repository = repository.strip("/").removesuffix(".git")
    if not colon or not token.strip():
        return Unusable(name, "it holds no token. Write `owner/repository:token`.")
    if not REPOSITORY.fullmatch(repository):
        return Unusable(name, "it begins with no `owner/repository`. Write `owner/repository:token`.")
    if not is_token(token.strip()):
        return Unusable(name, "its token holds characters that no token has; perhaps something was pasted with it.")
    return Downstream(name, repository, Secret(token.strip()))
