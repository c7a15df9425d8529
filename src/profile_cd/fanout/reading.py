"""Text of the input `projects` → Projects, and what is wrong with its entries: judged before anything is merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from profile_cd import bounded_json, neutral
from profile_cd.errors import CannotStart
from profile_cd.fanout.entries import KEYS, OWN, Unusable, project_of
from profile_cd.fanout.globs import Paths
from profile_cd.fanout.limits import shared
from profile_cd.fanout.projects import Project


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the input `projects`. An *error* costs an entry, a *warning* costs nothing."""

    level: Literal["error", "warning"]
    message: str


NAMELESS = (
    "`secret` is missing, which other entries have. Where the workflow reads `secrets[matrix.project.secret]`, this "
    "project has no trigger token: write the name of its secret. The forms by `environment: {name, deployment: false}` "
    "and by one job do not need it."
)
"""Only where others name theirs: without any, the workflow is of a form that reads none."""
Reading = tuple[tuple[Project, ...], tuple[Fault, ...]]
"""The entries that can be used, and what is wrong with others."""


def read(text: str, *, within: str = "") -> Reading:
    """The entries of the input `projects`, a JSON list as in `vars.PROJECTS`, and what is wrong with others.

    *within* is the input `directory`, which patterns may be written from. Raises CannotStart where it is no list.
    """
    entries = _listed(text)
    found: dict[str, Project] = {}
    environments: dict[str, str] = {}
    nameless: list[str] = []
    faults: list[Fault] = []
    for number, value in enumerate(entries, 1):
        where = _where(number, value)
        try:
            project = project_of(value, within)
            _ensure_distinct(project, found, environments.get(_environment(project), ""))
        except Unusable as bad:
            faults.append(Fault("error", f"`projects`, {where}: {bad} The other entries are used."))
        else:
            found[project.name] = project
            environments[_environment(project)] = project.name
            nameless += [] if project.secret else [where]
    if len(nameless) < len(found):
        faults += [Fault("warning", f"`projects`, {where}: {NAMELESS}") for where in nameless]
    return tuple(found.values()), tuple(faults)


def entries(text: str) -> tuple[tuple[Project, Mapping[str, object]], ...]:
    """The entries of the first job's output `projects`, as `entry`. Raises CannotStart."""
    found = [_matrix_entry(each, f"Entry {number}") for number, each in enumerate(_listed(text), 1)]
    said = shared([beside for _, beside in found])
    return tuple((project, beside) for (project, _), beside in zip(found, said, strict=True))


def entry(text: str) -> tuple[Project, Mapping[str, object]]:
    """One entry, as the matrix carries it, and all that it holds beside. Raises CannotStart."""
    return _matrix_entry(_json(text, "project", "${{ toJSON(matrix.project) }}"), "The input `project`")


def _matrix_entry(value: object, where: str) -> tuple[Project, Mapping[str, object]]:
    if not isinstance(value, dict):
        raise CannotStart(f"{where} is no object.", now="Write ${{ toJSON(matrix.project) }}.")
    own = {key: each for key, each in value.items() if key in KEYS or key.startswith(OWN)}
    try:
        project = project_of(own, "")
    except Unusable as bad:
        raise CannotStart(f"{where} cannot be used: {bad}", now="Correct it in PROJECTS.") from None
    return project, {key: each for key, each in value.items() if key not in own}


def unmatched(projects: Sequence[Project], paths: Sequence[str], ids: Sequence[str]) -> tuple[Fault, ...]:
    """A warning for each pattern that takes no file of the repository, and no manifest: it deploys nothing."""
    faults = []
    for project in projects:
        for key, patterns, known in (("paths", project.paths, paths), ("manifests", project.manifests, ids)):
            for pattern in patterns.patterns if patterns else ():
                one = Paths((pattern.removeprefix("!"),), patterns.within if patterns else "")
                if not any(one.matches(each) for each in known):
                    faults.append(Fault("warning", _fits_nothing(project, key, pattern)))
    return tuple(faults)


def _fits_nothing(project: Project, key: str, pattern: str) -> str:
    what = "file of the repository" if key == "paths" else "manifest"
    return (
        f"`projects`, `{neutral.line(project.name, 80)}`: `{neutral.line(pattern, 120)}` in `{key}` fits no {what}. "
        "Perhaps it is misspelt; a `*` stops at a slash, a `**` does not."
    )


def _listed(text: str) -> list[object]:
    if not text.strip():
        return []
    example = '[{"name": "dev", "secret": "DEV_TOKEN", "url": "https://…"}]'
    entries = _json(text, "projects", example)
    if not isinstance(entries, list):
        raise CannotStart("The input `projects` is not a list.", now=f"Put [ ] around its entries, like {example}.")
    return entries


def _json(text: str, name: str, example: str) -> object:
    try:
        return bounded_json.loads(text)
    except bounded_json.NoJson as error:
        raise CannotStart(f"The input `{name}` is {error}.", now=f"Write it like {example}.") from None


def _where(number: int, value: object) -> str:
    name = value.get("name") if isinstance(value, dict) else None
    return (
        f"entry {number} (`{neutral.line(name, 80)}`)" if isinstance(name, str) and name.strip() else f"entry {number}"
    )


def _ensure_distinct(project: Project, found: Mapping[str, Project], twin: str) -> None:
    """Raise Unusable where *project* has the name of one that was *found*, or records under the same as *twin*."""
    if project.name in found:
        raise Unusable("`name` stands in another entry too. Rename one of them: deployments are known by it.")
    if twin:
        raise Unusable(
            f"its deployments would be recorded under the environment of `{neutral.line(twin, 80)}`, so that one of "
            "the two could lag behind unseen. Give it an `environment` of its own; upper and lower case count as the "
            "same."
        )


def _environment(project: Project) -> str:
    """What GitHub distinguishes environments by: their names are not case sensitive (docs, "Managing environments")."""
    return project.deployed_as.casefold()
