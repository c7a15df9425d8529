"""Pull requests of ours on GitHub: found, opened, brought up to date, merged, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from profile_cd import merging
from profile_cd.errors import GitHubRefused, Uncertain
from profile_cd.proposal import BRANCHES, Found, PullRequest
from profile_cd.protocols import Clock
from profile_cd.services.repository import background, seeing
from profile_cd.services.repository.answers import NEXT_RUN, Said, refused
from profile_cd.services.repository.api import GitHubApi
from profile_cd.services.repository.branches import found, opened
from profile_cd.services.repository.queries import ARM, COMMITS, DISARM, ENQUEUE, FIND, STATE

TRIES = 3
MOST_PAGES = 10
ENOUGH_DONE = 10
"""So many ended pull requests of each lane are looked at; those of forks with the same name are passed over."""

PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds between tries where GitHub does not know yet what was just pushed."""
NOT_YET = ("no commits between", "was submitted too quickly", "head invalid", "head sha can't be blank")


class PullRequests:
    """Those of one repository, read through *api* and changed through *writer*, which may bear another token."""

    def __init__(self, api: GitHubApi, writer: GitHubApi, clock: Clock) -> None:
        self._api = api
        self._writer = writer
        self._clock = clock

    def find(self, prefix: str, base: str) -> Found:
        """All branches of ours and the pull requests from them into *base*; in one question, unless they are many."""
        cursors: dict[str, str] = {}
        nodes: list[dict[str, Any]] = []
        refs: list[dict[str, Any]] = []
        for _ in range(MOST_PAGES):
            answer = self._ask(
                FIND,
                prefix=f"refs/heads/{prefix}/",
                base=base,
                update=f"{prefix}/{BRANCHES['merge']}",
                review=f"{prefix}/{BRANCHES['review']}",
                **{f"{name}After": cursor for name, cursor in cursors.items()},
            )
            refs += answer["refs"]["nodes"]
            nodes += [each for name in ("open", "update", "review", "others") for each in answer[name]["nodes"]]
            more = {
                name: answer[name]["pageInfo"]["endCursor"]
                for name in ("refs", "open", "update", "review")
                if answer[name]["pageInfo"]["hasNextPage"] and not _enough(nodes, name, prefix)
            }
            if not more:
                break
            cursors |= more
        return found(answer["id"], refs, nodes, prefix, base)

    def open(self, branch: str, base: str, title: str, body: str, *, draft: bool = False) -> PullRequest:
        """Open a pull request, or find the one that is open already. Raises GitHubRefused.

        Where an answer is lost, it is looked for before it is asked for again. What GitHub does not know yet right
        after a push ("No commits between") is asked for again for some seconds.
        """
        value = {"title": title, "body": body, "head": branch, "base": base, "draft": draft}
        pauses, lost = list(PAUSES), 0
        while True:
            try:
                said = self._writer.write(
                    "POST", "/pulls", value, needs=("number", "node_id", "html_url", "head", "base")
                )
            except Uncertain:
                said, lost = None, lost + 1
            if said is not None and said.ok:
                return opened(said.data, title, body)
            known = self._open_from(branch, base)
            if known is not None:
                return known
            if said is not None and not (pauses and any(words in said.message.lower() for words in NOT_YET)):
                raise refused("The pull request cannot be opened", said)
            if lost >= TRIES:
                raise _lost("while the pull request was opened")
            if pauses:
                self._clock.sleep(pauses.pop(0))

    def edit(self, number: int, **fields: str) -> Mapping[str, Any]:
        """Change its title, body or state; asked again where the answer was lost, since that changes nothing.

        Returns GitHub's description of it afterwards.
        """
        said = self._repeat("PATCH", f"/pulls/{number}", fields)
        if not said.ok:
            raise refused(f"Pull request #{number} cannot be changed", said)
        changed: Mapping[str, Any] = said.data
        return changed

    def comment(self, number: int, text: str) -> None:
        """Say something on it. A lost answer is not repeated: better once too few than twice."""
        try:
            self._writer.write("POST", f"/issues/{number}/comments", {"body": text})
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
        """Add what it lacks of labels, reviewers and assignees; what GitHub refuses of them comes back as warnings."""
        number = pull_request.number
        labels = [name for name in labels if name.lower() not in pull_request.labels]
        assignees = [name for name in assignees if name.lower() not in pull_request.assignees]
        people = [name for name in reviewers if name.rpartition("/")[2].lower() not in pull_request.reviewers]
        teams = [name.rpartition("/")[2] for name in people if "/" in name]
        asked = {
            "labels": (f"/issues/{number}/labels", {"labels": labels}, labels),
            "assignees": (f"/issues/{number}/assignees", {"assignees": assignees}, assignees),
            "reviewers": (
                f"/pulls/{number}/requested_reviewers",
                {"reviewers": [name for name in people if "/" not in name], "team_reviewers": teams},
                people,
            ),
        }
        answers = {name: self._repeat("POST", path, value) for name, (path, value, wanted) in asked.items() if wanted}
        return [f"The {name} could not be set: {said.message}" for name, said in answers.items() if not said.ok]

    def look(self, number: int) -> merging.Seen | merging.Unknown:
        """The pull request as it is now; GraphQL may not know one yet that REST has just opened."""
        data, trouble = self._api.ask_partly(STATE, owner=self._api.owner, name=self._api.name, number=number)
        node = data["repository"]["pullRequest"]
        return seeing.seen(node, trouble) if node else merging.Unknown()

    def commits(self, number: int) -> list[tuple[str, str, str]]:
        """The object name, the subject and the author of each of its commits, at most the last fifty."""
        node = self._ask(COMMITS, number=number)["pullRequest"] or {}
        commits = [each["commit"] for each in (node.get("commits") or {}).get("nodes") or ()]
        return [(each["oid"], each["messageHeadline"], (each["author"] or {}).get("name") or "") for each in commits]

    def merge(
        self, number: int, head: str, method: str, title: str, message: str
    ) -> merging.Merged | merging.Refused | merging.Lost:
        """Merge directly, if the head still is *head*."""
        value = {"sha": head, "merge_method": method, "commit_title": title, "commit_message": message}
        try:
            said = self._writer.write("PUT", f"/pulls/{number}/merge", value, needs=("merged",))
        except Uncertain:
            return merging.Lost()
        if said.ok and said.data.get("merged"):
            return merging.Merged(said.data["sha"])
        return merging.Refused(said.status, said.message)

    def merge_behind(self, number: int, head: str, method: str, title: str, message: str) -> merging.AnswerOfGitHub:
        """Ask GitHub to merge in the background, if the head still is *head*; an earlier request of that is joined."""
        value = {"sha": head, "merge_method": method, "commit_title": title, "commit_message": message}
        try:
            return background.answered(self._writer.write("PUT", f"/pulls/{number}/merge-async", value))
        except Uncertain:
            return merging.Lost()

    def follow(self, number: int, request: str) -> merging.AnswerOfGitHub:
        """What became of the merge in the background that GitHub calls *request*."""
        return background.answered(self._api.read(f"/pulls/{number}/merge-async/{request}"))

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
        if not isinstance(answer, merging.ArmRefused):
            return
        now = self.look(pull_request.number)
        if isinstance(now, merging.Seen) and now.armed:
            raise GitHubRefused(
                f"The auto-merge of #{pull_request.number} cannot be taken back: {answer.message}",
                now="Disable it on the pull request, then run again.",
            )

    def _ask(self, query: str, **variables: object) -> dict[str, Any]:
        data = self._api.ask(query, owner=self._api.owner, name=self._api.name, **variables)
        repository: dict[str, Any] = data["repository"]
        return repository

    def _open_from(self, branch: str, base: str) -> PullRequest | None:
        """The open pull request from *branch* into *base*; a fork's of that name is not meant."""
        parameters = {"head": f"{self._api.owner}:{branch}", "base": base, "state": "open"}
        said = self._api.read("/pulls", parameters)
        if not said.ok:
            raise refused("The open pull requests cannot be read", said)
        own = [each for each in said.data if each["head"]["ref"] == branch and each["base"]["ref"] == base]
        return opened(own[0], own[0]["title"], own[0]["body"] or "") if own else None

    def _mutated(self, query: str, **variables: str) -> merging.AnswerOfGitHub:
        try:
            said = self._writer.mutate(query, **variables)
        except Uncertain:
            return merging.Lost()
        return merging.Armed() if said.ok else merging.ArmRefused(said.message)

    def _repeat(self, verb: str, path: str, value: object) -> Said:
        """A write that may be asked for again, since a second time changes nothing."""
        for _ in range(TRIES):
            try:
                return self._writer.write(verb, path, value)
            except Uncertain:
                continue
        raise _lost("while a pull request was changed")


def _enough(nodes: Sequence[Mapping[str, Any]], name: str, prefix: str) -> bool:
    """Whether a further page of *name* is not needed: of what has ended only the newest are."""
    if name in {"refs", "open"}:
        return False
    own = [each for each in nodes if each["headRefName"] == f"{prefix}/{name}" and not each["isCrossRepository"]]
    return len({each["number"] for each in own if each["state"] != "OPEN"}) >= ENOUGH_DONE


def _lost(when: str) -> GitHubRefused:
    return GitHubRefused(
        f"GitHub lost the answer {TRIES} times {when}.",
        now=NEXT_RUN,
    )
