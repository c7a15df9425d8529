"""PROJECTS and the secrets that it names, as lines: where each is set, or where to set it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from profile_cd.checks.facts import Line, Names, Secrets, Token, Variable
from profile_cd.checks.kinds import needs
from profile_cd.fanout import Project
from profile_cd.markdown import counted
from profile_cd.neutral import quoted

PLACE = "Settings → Secrets and variables → Actions"
NOT_ASKED = "was not asked, since it is one of too many: see Settings → Environments"
IN_EXAMPLES = "TRIGGER_TOKEN"
"""What the secret of each environment is called in the workflows to copy."""


def lines(secrets: Secrets, projects: Sequence[Project], tokens: tuple[Token, ...]) -> Iterator[Line]:
    """A line for each project: whether the secret with its trigger token is set."""
    for project in projects:
        yield _named(secrets, project, tokens) if project.secret else _nameless(secrets, project, tokens)


def _named(secrets: Secrets, project: Project, tokens: tuple[Token, ...]) -> Line:
    whose = f"The secret {quoted(project.secret)} of the project {quoted(project.name)}"
    kept = _environment(secrets, project)
    places = {
        "the repository": secrets.repository,
        "the organisation": secrets.organisation,
        f"the environment {quoted(project.deployed_as)}": kept,
    }
    # Names of secrets know no case ("Naming your secrets" in GitHub's documentation).
    holders = [place for place, names in places.items() if names and project.secret.upper() in names.found]
    if holders:
        return Line("fine", f"{whose} is set in {holders[0]}.")
    if kept and IN_EXAMPLES in kept.found:
        where = f"{quoted(IN_EXAMPLES)} of the environment {quoted(project.deployed_as)}"
        return Line("fine", f"{whose} is not set, but {where} is, which the form by `environment` reads.")
    hidden = [place for place, names in places.items() if not names or not names.complete]
    if hidden == [f"the environment {quoted(project.deployed_as)}"] and _many(secrets, project):
        return Line("unknown", f"Whether {_lower(whose)} is set in {hidden[0]} {NOT_ASKED}.")
    if hidden:
        permission = "environments: read" if secrets.repository and secrets.organisation else "secrets: read"
        return Line("unknown", f"Whether {_lower(whose)} is set in {' or '.join(hidden)} {needs(permission, tokens)}.")
    return Line("set", f"{whose} is set nowhere: add it in {PLACE}.")


def _nameless(secrets: Secrets, project: Project, tokens: tuple[Token, ...]) -> Line:
    """Without `secret` its token is one of its environment's, or a line of `trigger-tokens`."""
    kept, environment = _environment(secrets, project), quoted(project.deployed_as)
    if kept and kept.found:
        names = ", ".join(quoted(each) for each in sorted(kept.found)[:3])
        return Line(
            "fine", f"The project {quoted(project.name)} names no secret; its environment {environment} has {names}."
        )
    also = "in the one-job form, `trigger-tokens` needs a line for it"
    if kept and kept.complete:
        return Line(
            "set",
            f"The project {quoted(project.name)} names no secret, and the environment {environment} has none: add "
            f"{quoted(IN_EXAMPLES)} in Settings → Environments; {also}.",
        )
    needed = NOT_ASKED if _many(secrets, project) else needs("environments: read", tokens)
    return Line(
        "unknown", f"Whether the environment {environment} has the trigger token of its project {needed}; {also}."
    )


def _environment(secrets: Secrets, project: Project) -> Names | None:
    return secrets.environments.get(project.deployed_as.casefold())


def _many(secrets: Secrets, project: Project) -> bool:
    """Whether the environment of *project* was not asked for, although others could be seen."""
    asked = secrets.environments
    return bool(asked) and None not in asked.values() and project.deployed_as.casefold() not in asked


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def variable(found: Variable | None, count: int | None, tokens: tuple[Token, ...]) -> Line:
    """Where PROJECTS is set, for a run that was given none; *count* are its projects, where it is read instead."""
    if found is None:
        needed = needs("variables: read", tokens)
        return Line("unknown", f"No projects are given. Whether a variable PROJECTS is set cannot be seen {needed}.")
    if not found.where:
        return Line("fine", "No projects are given, and no variable PROJECTS is set: no pipeline will be started.")
    if found.where == "environment":
        return Line(
            "set",
            f"PROJECTS is a variable of the environment {quoted(found.name)}, which only a job of that environment is "
            f"given: make it one of the repository's ({PLACE}).",
        )
    if count is not None:
        return Line("fine", f"PROJECTS is a variable of the {found.where}, with {counted(count, 'project')}.")
    return Line(
        "set",
        f"The input `projects` is empty, while the {found.where} has a variable PROJECTS: write "
        "`projects: ${{ vars.PROJECTS }}`.",
    )
