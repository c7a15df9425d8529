"""What is written down about a manifest while it is read: all that is wrong with it, not only what comes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from profile_cd.errors import Unreadable

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


@dataclass(slots=True)
class Notes:
    """*warnings* are pairs of line and reason; *failures* are what makes the manifest unusable.

    *unset* holds a line for each text that could not be checked without the variables beside it, *stand_ins* the
    texts that were read in the place of such. With *lenient*, a text of the past is read: keys that are refused
    today bear on nothing, and each source and target stands for itself.
    """

    lenient: bool = False
    warnings: list[tuple[int, str]] = field(default_factory=list)
    failures: list[Unreadable] = field(default_factory=list)
    unset: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    stand_ins: dict[str, frozenset[str]] = field(default_factory=dict)

    def warn(self, line: int, reason: str) -> None:
        """Note *reason* at *line*."""
        self.warnings.append((line, reason))

    def fail(self, error: Unreadable) -> None:
        """Note *error*: the manifest cannot be used, but the rest of it is read."""
        self.failures.append(error)

    def attempt(
        self, read: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Result | None:
        """What *read* makes of its *arguments*; None where that fails, which is noted."""
        try:
            return read(*arguments, **named)
        except Unreadable as error:
            self.failures.append(error)
            return None
