"""One comment of ours on a pull request, written once and updated in place."""

from __future__ import annotations

from profile_cd.errors import GitHubRefused, Uncertain
from profile_cd.services.repository.answers import refused
from profile_cd.services.repository.api import GitHubApi

WRITES = "pull-requests: write"
"""What a job needs that comments."""
PAGE = 100
MOST_PAGES = 20


class Comments:
    """Those of one repository."""

    def __init__(self, api: GitHubApi) -> None:
        self._api = api

    def title(self, number: int) -> str:
        """The title of a pull request. Raises GitHubRefused."""
        said = self._api.read(f"/pulls/{number}")
        if not said.ok:
            raise refused(f"Pull request #{number} cannot be read", said, WRITES)
        return str(said.data["title"])

    def put(self, number: int, mark: str, text: str) -> None:
        """Let the comment that begins with *mark* say *text*, which begins with it too. Raises GitHubRefused.

        A second time changes nothing, so a lost answer is repeated; a new comment is looked for before.
        """
        for _ in range(3):
            known = self._known(number, mark)
            try:
                if known:
                    said = self._api.write("PATCH", f"/issues/comments/{known}", {"body": text})
                else:
                    said = self._api.write("POST", f"/issues/{number}/comments", {"body": text})
            except Uncertain:
                continue
            if not said.ok:
                raise refused(f"The trace cannot be written on #{number}", said, WRITES)
            return
        raise GitHubRefused("GitHub lost the answer three times while the trace was written.")

    def _known(self, number: int, mark: str) -> int:
        """The number of the comment that begins with *mark*, 0 where there is none."""
        for page in range(1, MOST_PAGES + 1):
            asked = {"per_page": str(PAGE), "page": str(page)}
            said = self._api.read(f"/issues/{number}/comments", asked)
            if not said.ok:
                raise refused(f"The comments of #{number} cannot be read", said, WRITES)
            for each in said.data:
                if str(each.get("body") or "").startswith(mark):
                    return int(each["id"])
            if len(said.data) < PAGE:
                return 0
        return 0
