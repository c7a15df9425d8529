"""A merge that GitHub does in the background: asked for, waited for, looked at by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sandbox.github.people import Person
from sandbox.github.pulls import Method

Action = Literal["default", "direct_merge", "merge_queue"]


@dataclass
class AsyncMerge:
    """One request. *head* is what the pull request's head must still be; *waits* so many looks find it pending."""

    uuid: str
    number: int
    method: Method | Literal["default"]
    action: Action
    head: str
    given: tuple[str | None, str | None]
    by: Person
    waits: int
    status: Literal["pending", "merged", "enqueued", "failed"] = "pending"
    words: str = "Merge request enqueued."
    sha: str = ""

    def shown(self) -> dict[str, object]:
        """What GitHub says of it."""
        details = {"message": self.words}
        if self.status == "pending":
            details |= {
                "uuid": self.uuid,
                "merge_method": self.method,
                "merge_action": self.action,
                "expected_head_sha": self.head,
            }
        elif self.status == "merged":
            details["sha"] = self.sha
        return {"status": self.status, "details": details}
