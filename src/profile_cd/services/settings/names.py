"""Names of secrets, and the variable PROJECTS, of a repository, its organisation and its environments."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from profile_cd.checks import Names, Secrets, Variable
from profile_cd.fanout import Project
from profile_cd.protocols import NOT_FOUND
from profile_cd.services.settings.readers import Readers, mapping_of, texts

MOST_ENVIRONMENTS = 50
"""That are asked one by one: a workflow's own token may ask a thousand times an hour in all."""
PROJECTS = "PROJECTS"
VARIABLES = 30
"""Of one page: GitHub lists no more of them at once."""


def secrets(readers: Readers, projects: Sequence[Project], *, organised: bool = True) -> Secrets:
    """Where the trigger tokens of *projects* could be: nothing is asked for that is not needed to find them.

    *organised*: the repository belongs to an organisation, and to no person, who has no secrets to share.
    """
    wanted = {each.secret.upper() for each in projects if each.secret}
    own = _names(readers, "/actions/secrets") if wanted else None
    missing = wanted - (own.found if own else frozenset())
    shared = None if organised else Names(frozenset())
    if organised and missing:
        shared = _names(readers, "/actions/organization-secrets")
    missing -= shared.found if shared else frozenset()
    left = [each.deployed_as for each in projects if not each.secret or each.secret.upper() in missing]
    kept: dict[str, Names | None] = {}
    for environment in list(dict.fromkeys(left))[:MOST_ENVIRONMENTS]:
        kept[environment.casefold()] = found = _secrets_of(readers, environment)
        if found is None:
            break
    return Secrets(own, shared, kept)


def _names(readers: Readers, path: str) -> Names | None:
    listed = readers.listed(path, "secrets")
    return Names(frozenset(each.upper() for each in texts(listed[0], "name")), listed[1]) if listed else None


def _secrets_of(readers: Readers, name: str) -> Names | None:
    """None where no token may see it; one that is not there has no secrets."""
    path = f"/environments/{quote(name, safe='')}"
    found = _names(readers, f"{path}/secrets")
    if found is not None:
        return found
    said = readers.get(path)
    return Names(frozenset()) if said is not None and said.status == NOT_FOUND else None


def variable(readers: Readers, *, organised: bool = True) -> Variable | None:
    """Where PROJECTS is set; None where no token may see that."""
    said = readers.get(f"/actions/variables/{PROJECTS}")
    if said is None or not (said.ok or said.status == NOT_FOUND):
        return None
    own = mapping_of(said)
    if own is not None:
        return Variable("repository", str(own.get("value") or ""))
    if not organised:
        return _in_environments(readers)
    shared = readers.listed("/actions/organization-variables", "variables", VARIABLES)
    for each in shared[0] if shared else ():
        if str(each.get("name")).upper() == PROJECTS:
            return Variable("organisation", str(each.get("value") or ""))
    return _in_environments(readers) if shared and shared[1] else None


def _in_environments(readers: Readers) -> Variable | None:
    """An environment that has PROJECTS, or nowhere; None where no token may see that of all of them."""
    listed = readers.listed("/environments", "environments")
    names = list(texts(listed[0], "name")) if listed else []
    for name in names[:MOST_ENVIRONMENTS]:
        said = readers.get(f"/environments/{quote(name, safe='')}/variables/{PROJECTS}")
        if said is not None and said.ok:
            return Variable("environment", name=name)
        if said is None or said.status != NOT_FOUND:
            return None
    return Variable("") if listed and listed[1] and len(names) <= MOST_ENVIRONMENTS else None
