"""Cut GitHub's GraphQL schema down to what the sandbox answers; see sandbox/github/NOTICE.md."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from graphql import (
    DefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
    parse,
    print_ast,
)

SCHEMA = Path(__file__).parents[1] / "sandbox" / "github" / "schema.graphql"
BUILT_IN = {"Boolean", "Float", "ID", "Int", "String"}

WANTED = {
    "Query": "id repository viewer rateLimit node",
    "RateLimit": "cost limit remaining resetAt used",
    "Mutation": "enablePullRequestAutoMerge disablePullRequestAutoMerge enqueuePullRequest closePullRequest "
    "updatePullRequestBranch convertPullRequestToDraft markPullRequestReadyForReview createRef updateRef updateRefs",
    "EnablePullRequestAutoMergePayload": "pullRequest clientMutationId",
    "DisablePullRequestAutoMergePayload": "pullRequest clientMutationId",
    "EnqueuePullRequestPayload": "mergeQueueEntry clientMutationId",
    "ClosePullRequestPayload": "pullRequest clientMutationId",
    "UpdatePullRequestBranchPayload": "pullRequest clientMutationId",
    "ConvertPullRequestToDraftPayload": "pullRequest clientMutationId",
    "MarkPullRequestReadyForReviewPayload": "pullRequest clientMutationId",
    "CreateRefPayload": "ref clientMutationId",
    "UpdateRefPayload": "ref clientMutationId",
    "UpdateRefsPayload": "clientMutationId",
    "MergeQueueEntry": "id position state pullRequest",
    "Node": "id",
    "Actor": "login",
    "GitObject": "id oid abbreviatedOid",
    "RepositoryOwner": "id login",
    "User": "id login name",
    "Bot": "id login",
    "Team": "id slug name",
    "Repository": "id name nameWithOwner url isPrivate autoMergeAllowed mergeCommitAllowed squashMergeAllowed "
    "rebaseMergeAllowed deleteBranchOnMerge defaultBranchRef ref refs object pullRequest pullRequests releases "
    "latestRelease release deployments isEmpty viewerPermission owner",
    "Ref": "id name prefix target refUpdateRule",
    "RefUpdateRule": "pattern requiredApprovingReviewCount requiredStatusCheckContexts requiresCodeOwnerReviews "
    "requiresLinearHistory requiresSignatures viewerCanPush",
    "RefConnection": "nodes edges pageInfo totalCount",
    "RefEdge": "cursor node",
    "PageInfo": "hasNextPage hasPreviousPage startCursor endCursor",
    "Commit": "id oid abbreviatedOid message messageHeadline messageBody tree author committer authoredDate "
    "committedDate parents history blame file statusCheckRollup",
    "GitActor": "name email date user",
    "CommitConnection": "nodes edges pageInfo totalCount",
    "CommitEdge": "cursor node",
    "CommitHistoryConnection": "nodes edges pageInfo totalCount",
    "Blame": "ranges",
    "BlameRange": "age commit startingLine endingLine",
    "Tree": "id oid abbreviatedOid entries",
    "TreeEntry": "name path mode type oid object",
    "Blob": "id oid abbreviatedOid text isBinary isTruncated byteSize",
    "Tag": "id oid abbreviatedOid name message target",
    "StatusCheckRollup": "id state contexts",
    "StatusCheckRollupContextConnection": "nodes pageInfo totalCount",
    "StatusCheckRollupContext": "",
    "CheckRun": "id name status conclusion isRequired detailsUrl startedAt completedAt",
    "StatusContext": "id context state isRequired targetUrl description",
    "PullRequest": "id number url title body state merged isCrossRepository isDraft headRefName headRefOid "
    "baseRefName baseRefOid author mergeable mergeStateStatus reviewDecision isInMergeQueue autoMergeRequest "
    "mergeCommit commits createdAt mergedAt closed closedAt updatedAt mergedBy timelineItems headRepositoryOwner "
    "headRepository labels assignees reviewRequests latestReviews",
    "PullRequestReviewConnection": "nodes pageInfo totalCount",
    "PullRequestReview": "id author state",
    "PullRequestConnection": "nodes edges pageInfo totalCount",
    "PullRequestEdge": "cursor node",
    "PullRequestCommitConnection": "nodes pageInfo totalCount",
    "PullRequestCommit": "id commit",
    "PullRequestTimelineItemsConnection": "nodes pageInfo totalCount filteredCount",
    "PullRequestTimelineItems": "",
    "ClosedEvent": "id actor createdAt",
    "ReopenedEvent": "id actor createdAt",
    "MergedEvent": "id actor createdAt commit",
    "Label": "id name",
    "LabelConnection": "nodes pageInfo totalCount",
    "UserConnection": "nodes pageInfo totalCount",
    "ReviewRequest": "id requestedReviewer",
    "ReviewRequestConnection": "nodes pageInfo totalCount",
    "RequestedReviewer": "",
    "AutoMergeRequest": "enabledAt mergeMethod commitHeadline commitBody enabledBy",
    "Release": "id tagName name isDraft isPrerelease isLatest tagCommit createdAt publishedAt url description",
    "Deployment": "id databaseId commit commitOid task environment originalEnvironment latestEnvironment description "
    "payload state latestStatus statuses creator createdAt updatedAt",
    "DeploymentConnection": "nodes edges pageInfo totalCount",
    "DeploymentEdge": "cursor node",
    "DeploymentStatus": "id state description environment environmentUrl logUrl creator createdAt updatedAt",
    "DeploymentStatusConnection": "nodes edges pageInfo totalCount",
    "DeploymentStatusEdge": "cursor node",
    "ReleaseConnection": "nodes edges pageInfo totalCount",
    "ReleaseEdge": "cursor node",
}
"""The fields of each type that the sandbox answers; of a union, those members are kept that are types here."""


def main(paths: list[str]) -> int:
    """Write `schema.graphql` from the file named on the command line."""
    document = parse(Path(paths[0]).read_text(encoding="utf-8"), no_location=True)
    SCHEMA.write_text(print_ast(cut(document)) + "\n", encoding="utf-8")
    return 0


def cut(document: DocumentNode) -> DocumentNode:
    """*document* without the types and fields that are not wanted, and without comments."""
    known = {each.name.value: each for each in document.definitions if hasattr(each, "name")}
    kept: dict[str, DefinitionNode] = {}
    waiting = list(WANTED)
    while waiting:
        name = waiting.pop()
        if name in kept or name in BUILT_IN:
            continue
        kept[name] = _cut_one(known[name])
        waiting += _used_by(kept[name])
    return DocumentNode(definitions=tuple(kept[name] for name in sorted(kept)))


def _cut_one(node: Any) -> Any:
    bare = _bare(node)
    if isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
        wanted = WANTED[node.name.value].split()
        missing = set(wanted) - {each.name.value for each in node.fields or ()}
        if missing:
            raise SystemExit(f"{node.name.value} has no {', '.join(sorted(missing))}")
        fields = tuple(_cut_field(each) for each in node.fields or () if each.name.value in wanted)
        kept = tuple(each for each in node.interfaces or () if each.name.value in WANTED)
        return replace(bare, fields=fields, interfaces=kept)
    if isinstance(node, InputObjectTypeDefinitionNode):
        return replace(bare, fields=tuple(_bare(each) for each in node.fields or ()))
    if isinstance(node, UnionTypeDefinitionNode):
        return replace(bare, types=tuple(each for each in node.types or () if each.name.value in WANTED))
    if isinstance(node, EnumTypeDefinitionNode):
        return replace(bare, values=tuple(_bare(each) for each in node.values or ()))
    return bare


def _cut_field(field: FieldDefinitionNode) -> Any:
    return _bare(replace(field, arguments=tuple(_bare(each) for each in field.arguments or ())))


def _bare(node: Any) -> Any:
    return replace(node, description=None, directives=())


def _used_by(node: Any) -> list[str]:
    if isinstance(node, EnumTypeDefinitionNode | ScalarTypeDefinitionNode):
        return []
    if isinstance(node, UnionTypeDefinitionNode):
        return [each.name.value for each in node.types or ()]
    fields = [*(getattr(node, "fields", None) or ())]
    arguments = [argument for field in fields for argument in getattr(field, "arguments", None) or ()]
    return [_name(each.type) for each in (*fields, *arguments)]


def _name(node: TypeNode) -> str:
    while not isinstance(node, NamedTypeNode):
        node = node.type  # type: ignore[attr-defined]  # lists and non-nulls have one
    return node.name.value
