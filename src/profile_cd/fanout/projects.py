"""The input `projects`: which GitLab projects deploy this repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from profile_cd.fanout.globs import Paths


@dataclass(frozen=True, slots=True)
class Project:
    """One entry of the input `projects`: a GitLab project whose pipeline deploys this repository.

    *secret* is the name of the secret that holds its trigger token, never the token. *paths* are GitHub's patterns
    of the files that concern it, *manifests* the same of manifests' ids; without either, every file outside dot
    directories does. *environment* is the public name of its deployments. *variables* (None: not even ours) and
    *inputs* go to its pipelines, *wait* is how many seconds the trigger step waits for one to end. *extra* are the
    user's own keys, which start with `x-` and go to the matrix as they are.
    """

    name: str
    secret: str
    url: str
    ref: str = "main"
    paths: Paths | None = None
    manifests: Paths | None = None
    variables: Mapping[str, str] | None = field(default_factory=dict, hash=False)
    inputs: Mapping[str, object] = field(default_factory=dict, hash=False)
    wait: int = 0
    environment: str = ""
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def deployed_as(self) -> str:
        """The environment that its deployments are recorded under."""
        return self.environment or self.name

    def concerns(self, path: str, owners: Mapping[str, frozenset[str]]) -> bool:
        """Whether it deploys the file at *path*; *owners* are the ids of the manifests that keep up each file."""
        if self.manifests is not None:
            return any(self.manifests.matches(each) for each in owners.get(path, ()))
        if self.paths is not None:
            return self.paths.matches(path)
        return not any(part.startswith(".") for part in path.split("/"))

    def matrix_entry(self) -> dict[str, object]:
        """The entry as the second job's matrix carries it: only what is not as it would be without."""
        secret = {"secret": self.secret} if self.secret else {}
        entry: dict[str, object] = {"name": self.name, **secret, "url": self.url}
        if self.ref != "main":
            entry["ref"] = self.ref
        optional = {
            "environment": self.environment,
            "variables": dict(self.variables or {}),
            "inputs": dict(self.inputs),
        }
        entry |= {name: value for name, value in optional.items() if value}
        if self.variables is None:
            entry["variables"] = False
        if self.wait:
            entry["wait"] = self.wait
        return {**entry, **self.extra}
