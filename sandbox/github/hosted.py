"""A repository as it stands on GitHub: what people press, what machines finish, and what GitHub then does by itself."""

from __future__ import annotations

from sandbox.github import auto
from sandbox.github.repository import Repository


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

    def run_queue(self) -> None:
        """Let the merge queue do its work."""
        auto.run_queue(self)
