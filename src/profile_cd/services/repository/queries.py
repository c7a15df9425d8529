"""What is asked of GitHub about branches and pull requests in GraphQL, held against its schema by the tests."""

FIND = """
query Find(
  $owner: String!, $name: String!, $prefix: String!, $base: String!, $update: String!, $review: String!,
  $refsAfter: String, $openAfter: String, $updateAfter: String, $reviewAfter: String
) {
  repository(owner: $owner, name: $name) {
    id
    refs(refPrefix: $prefix, first: 100, after: $refsAfter) {
      pageInfo { hasNextPage endCursor }
      nodes { name target { oid ... on Commit { tree { oid } parents(first: 2) { nodes { oid } } } } }
    }
    open: pullRequests(
      states: [OPEN], first: 30, after: $openAfter, orderBy: {field: CREATED_AT, direction: DESC}
    ) { ...Open }
    update: pullRequests(
      states: [MERGED, CLOSED], headRefName: $update, baseRefName: $base, first: 20, after: $updateAfter,
      orderBy: {field: CREATED_AT, direction: DESC}
    ) { ...Done }
    review: pullRequests(
      states: [MERGED, CLOSED], headRefName: $review, baseRefName: $base, first: 20, after: $reviewAfter,
      orderBy: {field: CREATED_AT, direction: DESC}
    ) { ...Done }
    others: pullRequests(
      states: [MERGED, CLOSED], baseRefName: $base, first: 50, orderBy: {field: UPDATED_AT, direction: DESC}
    ) { ...Done }
  }
}
fragment Which on PullRequest {
  id number url title body state headRefName headRefOid baseRefName isCrossRepository
}
fragment Open on PullRequestConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    ...Which
    autoMergeRequest { mergeMethod commitBody enabledBy { __typename } }
    commits(last: 30) {
      nodes { commit { oid message committer { name email } parents(first: 2) { nodes { oid } } } }
    }
    labels(first: 50) { nodes { name } }
    assignees(first: 20) { nodes { login } }
    latestReviews(first: 50) { nodes { state author { __typename login } } }
    reviewRequests(first: 50) {
      nodes { requestedReviewer { __typename ... on User { login } ... on Bot { login } ... on Team { slug } } }
    }
  }
}
fragment Done on PullRequestConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    ...Which
    mergeCommit { oid }
    timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { actor { __typename login } } } }
  }
}
"""

STATE = """
query State($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      state headRefOid baseRefName mergeable mergeStateStatus reviewDecision isInMergeQueue
      autoMergeRequest { enabledAt }
      mergeCommit { oid }
      commits(last: 50) { nodes { commit { oid } } }
      last: commits(last: 1) { nodes { commit { statusCheckRollup { contexts(first: 100) {
        totalCount
        nodes {
          __typename
          ... on CheckRun { name conclusion isRequired(pullRequestNumber: $number) }
          ... on StatusContext { context state isRequired(pullRequestNumber: $number) }
        }
      } } } } }
    }
  }
}
"""

COMMITS = """
query Commits($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { commits(last: 50) { nodes { commit { oid messageHeadline author { name } } } } }
  }
}
"""

ARM = """
mutation Arm($id: ID!, $head: GitObjectID!, $method: PullRequestMergeMethod!, $title: String!, $body: String!) {
  enablePullRequestAutoMerge(input: {
    pullRequestId: $id, expectedHeadOid: $head, mergeMethod: $method, commitHeadline: $title, commitBody: $body
  }) { pullRequest { number } }
}
"""

DISARM = """
mutation Disarm($id: ID!) {
  disablePullRequestAutoMerge(input: {pullRequestId: $id}) { pullRequest { number } }
}
"""

ENQUEUE = """
mutation Enqueue($id: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: {pullRequestId: $id, expectedHeadOid: $head}) { mergeQueueEntry { id } }
}
"""

MOVE = """
mutation Move($repository: ID!, $name: GitRefname!, $before: GitObjectID!, $after: GitObjectID!) {
  updateRefs(input: {
    repositoryId: $repository, refUpdates: [{name: $name, beforeOid: $before, afterOid: $after, force: true}]
  }) { clientMutationId }
}
"""
