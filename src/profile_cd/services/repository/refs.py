"""Branches of the repository: made where there is none, and moved only from where they were looked at."""

from __future__ import annotations

from profile_cd import merging
from profile_cd.errors import Uncertain
from profile_cd.services.repository.answers import refused
from profile_cd.services.repository.api import GitHubApi
from profile_cd.services.repository.queries import MOVE

NOTHING = "0" * 40
"""What Git calls no commit at all."""
MOVES = 2


class Branches:
    """The branches of one repository, read through *api* and written through *writer*."""

    def __init__(self, api: GitHubApi, writer: GitHubApi) -> None:
        self._api = api
        self._writer = writer

    def create(self, branch: str, commit: str) -> bool:
        """Let the new *branch* point to *commit*; False where it exists by now. Raises GitHubRefused."""
        value = {"ref": f"refs/heads/{branch}", "sha": commit}
        try:
            said = self._writer.write("POST", "/git/refs", value)
        except Uncertain:
            if self.head(branch) == commit:
                return True
            said = self._writer.write("POST", "/git/refs", value)
        if said.ok:
            return True
        if "already exists" in said.message.lower():
            return self.head(branch) == commit
        raise refused(f"The branch {branch} cannot be written", said)

    def move(self, repository: str, branch: str, before: str, after: str) -> bool:
        """Let *branch*, which pointed to *before* when it was looked at, point to *after*; an empty one deletes it.

        False where it points elsewhere by now. REST's forced update takes no such condition, so that a person's
        push of this very moment would be lost; GraphQL's `updateRefs` does (`beforeOid`). *repository* is GitHub's
        name for the repository in GraphQL. Raises GitHubRefused, and Uncertain where two answers were lost.
        """
        wanted = {"repository": repository, "name": f"refs/heads/{branch}", "before": before, "after": after or NOTHING}
        trouble = ""
        for _ in range(MOVES):
            said = None
            try:
                said = self._writer.mutate(MOVE, **wanted)
            except Uncertain as lost:
                trouble = str(lost)
            if said is not None and said.ok:
                return True
            if said is not None and "updaterefs" in said.message.lower():
                return self._move_without_guard(branch, before, after)
            # GitHub's words for a branch that is elsewhere are not documented, and an answer may be lost: look.
            now = self.head(branch) or ""
            if now == after or now != before:
                return now == after
            if said is not None:
                raise refused(f"The branch {branch} cannot be written", said)
        raise Uncertain(trouble)

    def _move_without_guard(self, branch: str, before: str, after: str) -> bool:
        """As `move`, for a GitHub Enterprise Server without `updateRefs`: a look just before is all there is."""
        now = self.head(branch) or ""
        if now != before:
            return now == after
        path = f"/git/refs/heads/{branch}"
        value = {"sha": after, "force": True} if after else None
        try:
            said = self._writer.write("PATCH" if after else "DELETE", path, value)
        except Uncertain:
            return (self.head(branch) or "") == after
        if not said.ok:
            raise refused(f"The branch {branch} cannot be written", said)
        return True

    def forward(self, branch: str, commit: str) -> merging.Merged | merging.NotForwarded | merging.Lost:
        """Let *branch* point to *commit*, which GitHub refuses unless that descends from where it points now."""
        try:
            said = self._writer.write("PATCH", f"/git/refs/heads/{branch}", {"sha": commit, "force": False})
        except Uncertain:
            return merging.Lost()
        return merging.Merged(commit) if said.ok else merging.NotForwarded(said.message)

    def head(self, branch: str) -> str | None:
        """The commit that *branch* points to, None where there is no such branch."""
        said = self._api.read(f"/git/ref/heads/{branch}", needs=("object",))
        return str(said.data["object"]["sha"]) if said.ok else None
