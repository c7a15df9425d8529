"""What is written down about a manifest while it is read: all that is wrong with it, not only what comes first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from profile_cd.errors import Unreadable
from profile_cd.hiding import SHORTEST
from profile_cd.manifest.template_actions import Value

_NAME = re.compile(r"[a-z0-9-]{1,15}|[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}")
"""A short word, or the name of a host."""
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

    def hide(self, values: Iterable[Value], *, address: bool = False) -> None:
        """Let what variables said in a login, or in an *address*, be shown as the manifest writes it.

        In an address it may be the name of a host or of an organisation: that is shown, since a word that is masked
        takes every output with it in which it stands, and GitHub would start no pipeline.
        """
        for value in values:
            names = sorted(value.names - PUBLIC)
            shown = value.unset or len(value.text) < SHORTEST or (address and _NAME.fullmatch(value.text))
            if names and not shown:
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
