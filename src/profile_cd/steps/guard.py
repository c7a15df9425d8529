"""Parts of a run that are done whatever happens in the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from profile_cd.services.runner import Runner
from profile_cd.steps.so_far import words_of


class Guard:
    """Says what goes wrong in each part; *failed* where something did."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self.failed = False

    @contextmanager
    def part(self) -> Iterator[None]:
        """One part. What it raises is said and ends it alone: a summary that crashes must not hide a merge."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  # see above
            self.failed = True
            self._runner.fail(words_of(error))
