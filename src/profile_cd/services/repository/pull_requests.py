"""Pull requests of ours on GitHub: found, opened, brought up to date, merged, closed."""

from __future__ import annotations

import json
from collections.abc import Sequence

from profile_cd import merging
from profile_cd.errors import GitHubRefused, Uncertain
from profile_cd.services.repository.answers import Said, refused
from profile_cd.services.repository.api import GitHubApi
from profile_cd.services.repository.branches import Branch, PullRequest, branch, made
from profile_cd.services.repository.queries import ARM, BRANCH, DISARM, ENQUEUE, STATE

OPENINGS = 3


class PullRequests:
    """Those of one repository, read with one token and merged with another where there is one."""

    def __init__(self, api: GitHubApi, merge_api: GitHubApi | None = None) -> None:
        self._api = api
        self._merge_api = merge_api or api

    def of_branches(self, branches: Sequence[str]) -> list[Branch]:
        """What there is of each of *branches*, in one question."""
        fields = [
            f"r{number}: ref(qualifiedName: {json.dumps(f'refs/heads/{branch}')}) {{ ...BranchFields }}\n"
            f"p{number}: pullRequests(headRefName: {json.dumps(branch)}, first: 10, "
            "orderBy: {field: CREATED_AT, direction: DESC}) { ...Ours }"
            for number, branch in enumerate(branches)
        ]
        query = (
            "query Branches($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {\n"
            + "\n".join(fields)
            + "\n} }\n"
            + BRANCH
        )
        data = self._api.ask(query, owner=self._api.owner, name=self._api.name)["repository"]
        return [branch(name, data[f"r{n}"], data[f"p{n}"]["nodes"]) for n, name in enumerate(branches)]

    def of_branch(self, branch: str) -> Branch:
        """What there is of *branch*."""
        return self.of_branches([branch])[0]

    def open(self, branch: str, base: str, title: str, body: str, *, draft: bool = False) -> PullRequest:
        """Open a pull request, or find the one that is open already. Raises GitHubRefused.

        Where an answer is lost, it is looked for before it is asked for again.
        """
        value = {"title": title, "body": body, "head": branch, "base": base, "draft": draft}
        for _ in range(OPENINGS):
            try:
                said = self._api.write("POST", "/pulls", value)
            except Uncertain:
                said = None
            if said is not None and said.ok:
                return made(said.data, title, body)
            found = self.of_branch(branch).open
            if found is not None:
                return found
            if said is not None:
                raise refused("The pull request cannot be opened", said)
        raise GitHubRefused(
            f"GitHub lost the answer {OPENINGS} times while the pull request was opened.",
            now="Nothing is lost: the next run does everything again.",
        )

    def edit(self, number: int, **fields: str) -> None:
        """Change its title, body or state; asked again where the answer was lost, since that changes nothing."""
        said = self._repeat("PATCH", f"/pulls/{number}", fields)
        if not said.ok:
            raise refused(f"Pull request #{number} cannot be changed", said)

    def files(self, number: int) -> list[str]:
        """The paths that a pull request changed, at most a hundred. Raises GitHubRefused."""
        said = self._api.read(f"/pulls/{number}/files", {"per_page": "100"})
        if not said.ok:
            raise refused(f"The files of #{number} cannot be read", said)
        return [each["filename"] for each in said.data]

    def comment(self, pull_request: PullRequest, text: str) -> None:
        """Say something on it. A lost answer is not repeated: better once too few than twice."""
        try:
            self._api.write("POST", f"/issues/{pull_request.number}/comments", {"body": text})
        except Uncertain:
            return

    def label_and_assign(
        self,
        pull_request: PullRequest,
        *,
        labels: Sequence[str] = (),
        reviewers: Sequence[str] = (),
        assignees: Sequence[str] = (),
    ) -> list[str]:
        """Add labels, reviewers and assignees; what GitHub refuses of them comes back as warnings."""
        number = pull_request.number
        teams = [name.rpartition("/")[2] for name in reviewers if "/" in name]
        people = [name for name in reviewers if "/" not in name]
        asked = [
            ("labels", f"/issues/{number}/labels", {"labels": list(labels)}, labels),
            ("assignees", f"/issues/{number}/assignees", {"assignees": list(assignees)}, assignees),
            (
                "reviewers",
                f"/pulls/{number}/requested_reviewers",
                {"reviewers": people, "team_reviewers": teams},
                reviewers,
            ),
        ]
        warnings = []
        for name, path, value, wanted in asked:
            said = self._repeat("POST", path, value) if wanted else Said(200, None)
            if not said.ok:
                warnings.append(f"The {name} could not be set: {said.message}")
        return warnings

    def look(self, number: int) -> merging.Seen:
        """The pull request as it is now."""
        node = self._api.ask(STATE, owner=self._api.owner, name=self._api.name, number=number)["repository"][
            "pullRequest"
        ]
        commits = node["commits"]["nodes"]
        rollup = (commits[-1]["commit"].get("statusCheckRollup") or {}) if commits else {}
        return merging.Seen(
            state=node["state"],
            head=node["headRefOid"],
            mergeable=node["mergeable"],
            status=node["mergeStateStatus"],
            review=node["reviewDecision"] or "",
            armed=bool(node["autoMergeRequest"]),
            queued=bool(node["isInMergeQueue"]),
            merge_sha=(node["mergeCommit"] or {}).get("oid", ""),
            checks=(rollup.get("contexts") or {}).get("totalCount", 0),
        )

    def merge(
        self, number: int, head: str, method: str, title: str, message: str
    ) -> merging.Merged | merging.Refused | merging.Lost:
        """Merge directly, if the head still is *head*."""
        value = {"sha": head, "merge_method": method, "commit_title": title, "commit_message": message}
        try:
            said = self._merge_api.write("PUT", f"/pulls/{number}/merge", value)
        except Uncertain:
            return merging.Lost()
        if said.ok and said.data.get("merged"):
            return merging.Merged(said.data["sha"])
        return merging.Refused(said.status, said.message)

    def arm(
        self, pull_request: PullRequest, head: str, method: str, title: str, message: str
    ) -> merging.AnswerOfGitHub:
        """Ask GitHub to merge when its requirements are met."""
        return self._mutated(ARM, id=pull_request.id, head=head, method=method.upper(), title=title, body=message)

    def enqueue(self, pull_request: PullRequest, head: str) -> merging.AnswerOfGitHub:
        """Put it into the merge queue."""
        return self._mutated(ENQUEUE, id=pull_request.id, head=head)

    def disarm(self, pull_request: PullRequest) -> None:
        """Take the auto-merge back, before anything of it is changed. Raises GitHubRefused."""
        answer = self._mutated(DISARM, id=pull_request.id)
        if isinstance(answer, merging.ArmRefused) and self.look(pull_request.number).armed:
            raise GitHubRefused(
                f"The auto-merge of #{pull_request.number} cannot be taken back: {answer.message}",
                now="Disable it on the pull request, then run again.",
            )

    def _mutated(self, query: str, **variables: str) -> merging.AnswerOfGitHub:
        try:
            said = self._merge_api.mutate(query, **variables)
        except Uncertain:
            return merging.Lost()
        return merging.Armed() if said.ok else merging.ArmRefused(said.message)

    def _repeat(self, verb: str, path: str, value: object) -> Said:
        """A write that may be asked for again, since a second time changes nothing."""
        for _ in range(OPENINGS):
            try:
                return self._api.write(verb, path, value)
            except Uncertain:
                continue
        raise GitHubRefused(
            f"GitHub lost the answer {OPENINGS} times.", now="Nothing is lost: the next run does everything again."
        )
