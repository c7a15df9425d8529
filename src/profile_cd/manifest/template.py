"""Fills in the few template functions that manifests use, on the raw text, and keeps count of its lines.

What comes from the environment is not pasted into the text: a mark stands for it until the YAML is read.
So no value can break the text, turn into keys of its own or be shown by a message about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from profile_cd.errors import Unreadable
from profile_cd.manifest import template_actions
from profile_cd.manifest.template_actions import Value, Variables

OPEN, CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with marks for what its templates say.

    *lines* holds, for each line of *text*, the line of the template that it comes from; *values* what each
    mark stands for; *warnings* are pairs of line and reason.
    """

    text: str
    lines: tuple[int, ...]
    values: tuple[Value, ...] = ()
    warnings: tuple[tuple[int, str], ...] = ()

    def parts(self, scalar: str) -> list[str | Value]:
        """*scalar* cut at its marks, with what they stand for."""
        cut = _MARK.split(scalar)
        return [self.values[int(part)] if index % 2 else part for index, part in enumerate(cut)]


def fill(text: str, variables: Variables) -> Filled:
    """Evaluate every template in *text*, also in comments.

    Raises Unreadable, with the line in *text*, where a template is no template, asks for a function that
    is not supported or for a variable that is not there.
    """
    _refuse_marks(text, 1)
    if "{{" not in text:
        return Filled(text, tuple(range(1, text.count("\n") + 2)))
    return _Filling(text, variables).filled()


def _refuse_marks(text: str, line: int) -> None:
    """Raise Unreadable where *text*, which starts on *line*, could be taken for a mark of ours."""
    for sign in (OPEN, CLOSE):
        if sign in text:
            raise Unreadable(
                f"The character U+{ord(sign):04X} cannot stand in a manifest.",
                line=line + text.count("\n", 0, text.index(sign)),
                now="Delete it.",
            )


class _Filling:
    def __init__(self, text: str, variables: Variables) -> None:
        self._text = text
        self._variables = variables
        self._pieces: list[str] = []
        self._lines: list[int] = []
        self._fresh = True
        self._values: list[Value] = []
        self._warnings: list[tuple[int, str]] = []

    def filled(self) -> Filled:
        # Go's text/template sees characters and no YAML: it fills in comments, too, and a quote that YAML would read
        # as escaped ends a text. So the templates come first here as well, and only then the YAML is read.
        at, trim, line = 0, False, 1
        while (start := self._text.find("{{", at)) >= 0:
            action = template_actions.lex(self._text, start, line + self._text.count("\n", at, start))
            line = self._literal(self._text[at:start], line, before=trim, after=action.trim_before)
            self._evaluate(action)
            line += self._text.count("\n", start, action.end)
            at, trim = action.end, action.trim_after
        self._literal(self._text[at:], line, before=trim, after=False)
        if self._fresh:
            self._lines.append(self._text.count("\n") + 1)
        return Filled("".join(self._pieces), tuple(self._lines), tuple(self._values), tuple(self._warnings))

    def _literal(self, text: str, line: int, *, before: bool, after: bool) -> int:
        end = line + text.count("\n")
        if before:
            stripped = text.lstrip(" \t\r\n")
            line += text[: len(text) - len(stripped)].count("\n")
            text = stripped
        self._put(text.rstrip(" \t\r\n") if after else text, line, moving=True)
        return end

    def _put(self, text: str, line: int, *, moving: bool) -> None:
        for piece in _LINE.findall(text):
            if self._fresh:
                self._lines.append(line)
            self._pieces.append(piece)
            self._fresh = piece.endswith("\n")
            line += moving

    def _evaluate(self, action: template_actions.Action) -> None:
        if not action.tokens:
            return
        value = template_actions.evaluate(action, self._variables, self._warnings)
        if not (value.names or value.source or value.unset):
            # A template's own text can hold any character, as `"\ue000"`.
            _refuse_marks(value.text, action.line)
            self._put(value.spelled(), action.line, moving=False)
            return
        quote = '"' if value.quoted else ""
        self._put(f"{quote}{OPEN}{len(self._values)}{CLOSE}{quote}", action.line, moving=False)
        self._values.append(value)
