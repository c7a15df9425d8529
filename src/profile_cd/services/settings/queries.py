"""What is asked of GitHub by GraphQL about a token and its branch."""

VIEWER_ALONE = "query { viewer { login } }"

VIEWER = """
query Viewer($owner: String!, $name: String!, $ref: String!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) {
      refUpdateRule {
        requiredApprovingReviewCount requiredStatusCheckContexts requiresCodeOwnerReviews requiresLinearHistory
        requiresSignatures viewerCanPush
      }
    }
  }
}
"""
"""What of classic protection everyone sees who sees the branch; the rest needs `administration: read`."""
