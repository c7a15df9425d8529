"""A repository as it stands on GitHub: what people press, what machines finish, and what GitHub then does by itself."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.github import auto, merge
from sandbox.github.people import account
from sandbox.github.pulls import AutoMerge, PullRequest
from sandbox.github.repository import Repository, changed


class HostedRepository(Repository):
    """A repository whose pull requests move on when a check ends or somebody approves."""

    def complete_checks(self, number: int | None = None, conclusion: str = "success") -> None:
        """End the check runs of one open pull request, or of all; what is armed merges."""
        for pull in self.open_pulls(number):
            auto.finish_checks(self, pull, conclusion)
        auto.settle(self)

    def approve(self, number: int | None = None, login: str = "ada") -> None:
        """Approve one open pull request, or all, as a person with write access; what is armed merges."""
        for pull in self.open_pulls(number):
            pull.approvals.add(login)
        auto.settle(self)

    def update_branch(self, number: int, login: str = "ada") -> str:
        """Press "Update branch" on a pull request, and return the merge of its base; empty where they conflict."""
        pull = self.pulls[number]
        return merge.catch_up(self, pull.head, pull.base, account(login))

    def arm(self, number: int, login: str = "ada") -> None:
        """Press "Enable auto-merge" on a pull request, as a person does: with GitHub's own message."""
        self.pulls[number].auto_merge = AutoMerge(account(login), "squash", None, None, self.now())

    def propose_from_fork(
        self, head: str, files: Mapping[str, bytes | str | None], *, title: str = "A fork's work", owner: str = "eve"
    ) -> PullRequest:
        """Open a pull request to the default branch from the branch *head* of *owner*'s copy of the repository.

        Its commits are here, as on GitHub, but no branch of ours points to them.
        """
        number, base = self.next_number(), self.default_branch
        ours = self.tip(base)
        tree = self.git.write_tree(ours, changed(self.git, files))
        author = (account(owner), self.now())
        sha = self.git.write_commit(tree, [ours], title, author)
        self.git.set_ref(f"refs/pull/{number}/head", sha)
        self.pulls[number] = PullRequest(
            number=number, title=title, body="", base=base, head=head, user=account(owner), base_sha=ours,
            head_sha=sha, created_at=self.now(), fork=True, fork_owner=owner, base_known=ours,
        )  # fmt: skip
        self.start_checks(sha)
        return self.pulls[number]

    def run_queue(self) -> None:
        """Let the merge queue do its work."""
        auto.run_queue(self)
