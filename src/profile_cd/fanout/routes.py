"""Which projects lag behind the base, and why: each project's last accepted deployment is held against the head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from profile_cd.fanout.ledger import Standing
from profile_cd.fanout.projects import Project
from profile_cd.model import Tree
from profile_cd.trees import differing


@dataclass(frozen=True, slots=True)
class Route:
    """What becomes of one project. *reason* is for people; *since* is its last accepted commit."""

    project: Project
    concerned: bool
    reason: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What the base holds now: its *tree*, None where it cannot be read whole.

    *trees* are those that deployments were made from, by object name, None where one cannot be read. *own* are the
    paths that this run itself changed, None where that cannot be known; they decide where a project has no record.
    *owners* are the ids of the manifests that keep each file up to date. *forced* triggers everybody.
    """

    tree: Tree | None = None
    trees: Mapping[str, Tree | None] = field(default_factory=dict)
    own: Sequence[str] | None = ()
    owners: Mapping[str, frozenset[str]] = field(default_factory=dict)
    forced: bool = False


def routes(projects: Sequence[Project], standings: Mapping[str, Standing], head: Head) -> tuple[Route, ...]:
    """A route for each project, concerned or not. *standings* are by the name of the environment."""
    return tuple(_route(project, standings.get(project.deployed_as, Standing()), head) for project in projects)


def _route(project: Project, standing: Standing, head: Head) -> Route:
    since = standing.commit
    if head.forced:
        return Route(project, True, "asked for by `force-projects`", since)
    if not since:
        return _first(project, standing, head)
    then = head.trees.get(standing.tree) if standing.tree else None
    # A double pipeline is better than a lost one: the same once more changes nothing, and what is lost is noticed by
    # nobody (in a real history a new file started no pipeline for 27 days).
    if head.tree is None or then is None:
        return Route(project, True, f"what changed since {since[:7]} cannot be known: its tree cannot be read", since)
    paths = _changed(project, then, head)
    if not paths:
        return Route(project, False, f"nothing of it changed since {since[:7]}", since)
    if _covered(project, standing, head):
        return Route(project, False, f"another run is triggering it for {standing.pending[:7]}", since)
    again = f", refused {standing.refused} times so far" if standing.refused else ""
    return Route(project, True, f"{_named(paths)} changed since {since[:7]}{again}", since)


def _first(project: Project, standing: Standing, head: Head) -> Route:
    """There is no record yet: what this run itself changed decides."""
    if _covered(project, standing, head):
        return Route(project, False, f"another run is triggering it for {standing.pending[:7]}")
    if standing.refused:
        return Route(project, True, "its first deployment has not been accepted yet")
    # Without a record the whole tree would count as changed, and the first run after the set-up would deploy everybody.
    if head.own is None:
        return Route(project, True, "it has no deployment yet, and what changed cannot be known")
    paths = [path for path in dict.fromkeys(head.own) if project.concerns(path, head.owners)]
    if not paths:
        return Route(project, False, "it has no deployment yet, and this run changed nothing of it")
    return Route(project, True, f"{_named(paths)} changed")


def _covered(project: Project, standing: Standing, head: Head) -> bool:
    """Whether a deployment that is under way holds all that the base holds of *project*."""
    then = head.trees.get(standing.pending_tree) if standing.pending_tree else None
    return then is not None and head.tree is not None and not _changed(project, then, head)


def _changed(project: Project, then: Tree, head: Head) -> list[str]:
    return [path for path in differing(then, head.tree or {}) if project.concerns(path, head.owners)]


def _named(paths: Sequence[str]) -> str:
    return paths[0] if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"


def matrix(found: Sequence[Route], message: str, commit_url: str) -> list[dict[str, object]]:
    """The entries for the second job's matrix: those that are concerned, each with its reason; never a secret."""
    return [
        {
            **route.project.matrix_entry(),
            "reason": route.reason,
            "message": message,
            "commit-url": commit_url,
            **({"since": route.since} if route.since else {}),
        }
        for route in found
        if route.concerned
    ]
