"""What is written down about a manifest while it is read: all that is wrong with it, not only what comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from profile_cd.errors import Unreadable
from profile_cd.hiding import SHORTEST
from profile_cd.manifest.template_actions import Value

PUBLIC = frozenset({"GITHUB_ACTOR"})
"""Variables that manifests may read and everybody knows."""

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


@dataclass(slots=True)
class Notes:
    """*warnings* are pairs of line and reason; *failures* are what makes the manifest unusable.

    *unset* holds a line for each text that could not be checked without the variables beside it, *stand_ins* the
    texts that were read in the place of such. *hidden* are values that must not be shown, each with what the manifest
    writes in its place. With *lenient*, a text of the past is read: keys that are refused
    today bear on nothing, and each source and target stands for itself.
    """

    lenient: bool = False
    warnings: list[tuple[int, str]] = field(default_factory=list)
    failures: list[Unreadable] = field(default_factory=list)
    unset: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    stand_ins: dict[str, frozenset[str]] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict, repr=False)

    def warn(self, line: int, reason: str) -> None:
        """Note *reason* at *line*."""
        self.warnings.append((line, reason))

    def fail(self, error: Unreadable) -> None:
        """Note *error*: the manifest cannot be used, but the rest of it is read."""
        self.failures.append(error)

    def hide(self, values: Iterable[Value]) -> None:
        """Let what variables said in an address or a login be shown as the manifest writes it."""
        for value in values:
            names = sorted(value.names - PUBLIC)
            if names and not value.unset and len(value.text) >= SHORTEST:
                self.hidden[value.text] = f'{{{{ requiredEnv "{names[0]}" }}}}'

    def attempt(
        self, read: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Result | None:
        """What *read* makes of its *arguments*; None where that fails, which is noted."""
        try:
            return read(*arguments, **named)
        except Unreadable as error:
            self.failures.append(error)
            return None
