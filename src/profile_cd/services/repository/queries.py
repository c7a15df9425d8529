"""What is asked of GitHub about pull requests in GraphQL, held against its schema by the tests."""

BRANCH = """
fragment BranchFields on Ref {
  target { oid ... on Commit { message tree { oid } parents(first: 1) { nodes { oid } } } }
}
fragment Ours on PullRequestConnection {
  nodes {
    id number url title body state headRefOid isCrossRepository
    autoMergeRequest { enabledAt }
    mergeCommit { oid }
    commits(last: 50) { nodes { commit { oid message } } }
    timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { actor { __typename login } } } }
  }
}
"""

STATE = """
query State($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      state headRefOid mergeable mergeStateStatus reviewDecision isInMergeQueue
      autoMergeRequest { enabledAt }
      mergeCommit { oid }
      commits(last: 1) { nodes { commit { statusCheckRollup { contexts { totalCount } } } } }
    }
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
