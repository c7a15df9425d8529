"""What GraphQL can do to branches and tags: make one, move one, or move several at once or none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo

from sandbox.github import rules
from sandbox.github.calls import Call
from sandbox.github.graphql.repository import RefView
from sandbox.github.refusals import Refused, unprocessable
from sandbox.github.repository import Repository

Info = GraphQLResolveInfo[Any]
Given = Mapping[str, Any]
NOTHING = "0" * 40


def create(_: object, info: Info, *, input: Given) -> dict[str, Any]:  # noqa: A002  # GitHub's name
    """A new branch or tag."""
    repository = _repository(info, input["repositoryId"])
    name = input["name"]
    if repository.git.ref(name):
        raise unprocessable(f'A ref named "{name}" already exists in the repository.')
    return _moved(info, repository, input, name)


def update(_: object, info: Info, *, input: Given) -> dict[str, Any]:  # noqa: A002  # GitHub's name
    """Move one; only forward, unless by force."""
    number, _, name = input["refId"].removeprefix("REF_").partition("_")
    repository = _repository(info, f"R_{number}")
    return _moved(info, repository, {**input, "before": None}, name)


def update_all(_: object, info: Info, *, input: Given) -> dict[str, Any]:  # noqa: A002  # GitHub's name
    """Move several, or none where one of them is not where it should be before."""
    repository = _repository(info, input["repositoryId"])
    for each in input["refUpdates"]:
        now, before = repository.git.ref(each["name"]) or NOTHING, each.get("beforeOid")
        if before is not None and before != now:
            # GitHub's schema promises the refusal; its words are not known.
            raise unprocessable(f"{each['name']} is at {now} but expected {before}")
        _check(repository, each["name"], each["afterOid"], force=bool(each.get("force")))
    for each in input["refUpdates"]:
        oid = "" if each["afterOid"] == NOTHING else each["afterOid"]
        repository.point(each["name"], oid, info.context.token.person)
    return {"clientMutationId": input.get("clientMutationId")}


MUTATIONS: Mapping[str, Callable[..., Any]] = {"createRef": create, "updateRef": update, "updateRefs": update_all}


def _moved(info: Info, repository: Repository, given: Given, name: str) -> dict[str, Any]:
    _check(repository, name, given["oid"], force=bool(given.get("force")))
    repository.point(name, given["oid"], info.context.token.person)
    return {"ref": RefView(repository, name, given["oid"]), "clientMutationId": given.get("clientMutationId")}


def _check(repository: Repository, name: str, oid: str, *, force: bool) -> None:
    now = repository.git.ref(name)
    if oid == NOTHING:
        return
    if repository.git.object(oid) is None:
        raise unprocessable(f"Object does not exist: {oid}")
    if now and not force and not repository.git.is_ancestor(now, oid):
        raise unprocessable("Update is not a fast forward")
    try:
        rules.refuse_push(repository, name, oid)
    except Refused as refused:
        raise unprocessable(refused.message) from refused


def _repository(info: Info, node: str) -> Repository:
    call: Call = info.context
    found = next((each for each in call.state.repositories.values() if f"R_{each.number}" == node), None)
    if found is None:
        words = f"Could not resolve to a node with the global id of '{node}'"
        raise GraphQLError(words, extensions={"type": "NOT_FOUND"})
    if not (call.token.may("contents:write") and call.token.reaches(found.name)):
        raise GraphQLError(call.token.refusal, extensions={"type": "FORBIDDEN"})
    return found
