"""One template, from `{{` to `}}`: its words, and what they come to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from profile_cd.errors import Unreadable
from profile_cd.fields import ALWAYS_READABLE
from profile_cd.neutral import line as shown

MOST_NESTED = 20
# A comment that is opened and not closed is no word: each would be looked for to the end of the text again.
_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r\n]+)|(?P<comment>/\*.*?\*/)|(?P<trim>-(?=\}\}))|(?P<end>\}\})"""
    r"""|(?P<text>"(?:\\.|[^"\\\n])*"|`[^`]*`)|(?P<sign>[|()])|(?P<word>(?!/\*)[^\s"`|()}]+)|(?P<odd>.)""",
    re.DOTALL,
)
_ALLOW = "List it in the input `manifest-env`, at a terminal in `--manifest-env`, and set it in the step's `env`."
_FUNCTIONS = {"requiredEnv": 1, "env": 1, "default": 2, "quote": 1, "source": 1}
SUPPORTED = "Supported are `requiredEnv`, `env`, `default`, `quote` and `source`."


@dataclass(frozen=True, slots=True)
class Variables:
    """What templates may read: *values* and nothing else.

    What is not in them is not set; where they are not *complete*, it is set to something that nobody knows here.
    With *forgiving*, a template that cannot be evaluated is of that kind as well, as in a text of the past.
    """

    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    complete: bool = True
    forgiving: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A text, the environment variables it was made from, and the source it stands for, if any.

    *unset* are the names that it cannot be known without; *text* is then the template itself.
    """

    text: str
    names: frozenset[str] = frozenset()
    source: str = ""
    quoted: bool = False
    unset: frozenset[str] = frozenset()

    def spelled(self) -> str:
        """The text, in the quotes that were asked for."""
        return json.dumps(self.text, ensure_ascii=False) if self.quoted else self.text


@dataclass(frozen=True, slots=True)
class Action:
    """What stands between `{{` and `}}`: *tokens* without blanks and comments, *end* behind the braces."""

    tokens: tuple[str, ...]
    line: int
    end: int
    trim_before: bool = False
    trim_after: bool = False


def lex(text: str, start: int, line: int) -> Action:
    """The template that opens at *start*, on *line*. Raises Unreadable where it is not closed."""
    at = start + 2
    trim_before = text[at : at + 1] == "-" and text[at + 1 : at + 2].isspace()
    at += trim_before
    tokens: list[str] = []
    trim = False
    while found := _TOKEN.match(text, at):
        at = found.end()
        kind = found.lastgroup
        if kind == "end":
            return Action(tuple(tokens), line, at, trim_before, trim)
        if kind == "odd":
            break
        trim = kind == "trim"
        if kind in ("text", "sign", "word"):
            tokens.append(found[0])
    raise Unreadable(
        "A template is opened with `{{` and not closed.",
        line=line,
        probably="Perhaps its `}}` or a closing quote is missing; within a template quotes are not escaped.",
        now='Write it like `{{ requiredEnv "NAME" }}`.',
    )


def evaluate(action: Action, variables: Variables, warnings: list[tuple[int, str]]) -> Value:
    """What *action* comes to; where a variable is empty, *warnings* grows. Raises Unreadable at its line."""
    try:
        value = _Evaluation(action, variables, warnings).value()
    except Unreadable:
        if not variables.forgiving:
            raise
        value = Value("", unset=frozenset(action.tokens[:1]))
    # Spelled in one way, so that equal templates are equal however their blanks were written.
    return replace(value, text=f"{{{{ {' '.join(action.tokens)} }}}}") if value.unset else value


class _Evaluation:
    def __init__(self, action: Action, variables: Variables, warnings: list[tuple[int, str]]) -> None:
        self._tokens = list(reversed(action.tokens))
        self._whole = shown(" ".join(action.tokens), 80)
        self._line = action.line
        self._variables = variables
        self._warnings = warnings
        self._empty: dict[str, str] = {}

    def value(self) -> Value:
        value = self._pipeline(0)
        if self._tokens:
            raise self._bad(f"`{shown(self._tokens[-1], 80)}` is one too many.")
        self._warnings += [(self._line, reason) for reason in self._empty.values()]
        return value

    def _pipeline(self, depth: int) -> Value:
        if depth > MOST_NESTED:
            raise self._bad("It is nested too deeply.")
        value = self._command(depth, None)
        while self._tokens and self._tokens[-1] == "|":
            self._tokens.pop()
            value = self._command(depth, value)
        return value

    def _command(self, depth: int, piped: Value | None) -> Value:
        if not self._tokens or self._tokens[-1] in ("|", ")"):
            raise self._bad("A value is missing.")
        name = self._tokens[-1]
        if name[0] in '"`(':
            if piped is not None:
                raise self._bad("Only a function can stand behind `|`.")
            return self._operand(depth)
        if name not in _FUNCTIONS:
            raise self._unsupported(name)
        self._tokens.pop()
        operands: list[Value] = []
        while self._tokens and self._tokens[-1] not in ("|", ")"):
            operands.append(self._operand(depth))
        return self._call(name, operands if piped is None else [*operands, piped])

    def _operand(self, depth: int) -> Value:
        word = self._tokens.pop()
        if word == "(":
            value = self._pipeline(depth + 1)
            if not self._tokens or self._tokens.pop() != ")":
                raise self._bad("A `)` is missing.")
            return value
        if word[0] == "`":
            return Value(word[1:-1])
        if word[0] in ".$":
            raise self._unsupported(word)
        if word[0] != '"':
            raise self._bad(f"`{shown(word, 80)}` is no text in quotes.")
        try:
            return Value(json.loads(word))
        except ValueError as error:
            raise self._bad(f"`{shown(word, 80)}` is no text that can be read.") from error

    def _call(self, name: str, operands: list[Value]) -> Value:
        wanted = _FUNCTIONS[name]
        if len(operands) != wanted:
            raise self._bad(f"`{name}` takes {wanted} value{'s' * (wanted > 1)}, not {len(operands)}.")
        if any(each.quoted or each.source for each in operands):
            raise self._bad("`quote` must come last, and `source` must stand alone.")
        first = operands[0]
        if name == "default" and operands[1].unset:
            return replace(operands[1], names=first.names | operands[1].names, unset=first.unset | operands[1].unset)
        if name == "default":
            return operands[1] if operands[1].text else self._instead(operands[1], first)
        if name == "quote":
            return replace(first, quoted=True)
        if name == "source":
            return Value("", source=first.text)
        return self._variable(first.text, required=name == "requiredEnv")

    def _instead(self, empty: Value, first: Value) -> Value:
        """*first*; whoever has a default for *empty* need not hear that it is empty."""
        for name in empty.names:
            self._empty.pop(name, None)
        return first

    def _variable(self, name: str, *, required: bool) -> Value:
        if name.upper().startswith("INPUT_"):
            raise Unreadable(
                f"The variable `{shown(name, 80)}` is an input of the action, which no manifest may read.",
                line=self._line,
                now="Use another variable.",
            )
        if name not in self._variables.values and not self._variables.complete:
            return Value("", frozenset((name,)), unset=frozenset((name,)))
        value = self._variables.values.get(name, "")
        always = name in ALWAYS_READABLE
        advice = f"Set it before the command: `export {name}=…`. The action sets it itself." if always else _ALLOW
        wrong = "is not set" if always else "is not set or not allowed"
        if not value and required:
            raise Unreadable(f"The variable `{shown(name, 80)}` {wrong}.", line=self._line, now=advice)
        if not value:
            self._empty[name] = f"The variable `{shown(name, 80)}` is empty, {wrong.removeprefix('is ')}. {advice}"
        return Value(value, frozenset((name,)))

    def _unsupported(self, name: str) -> Unreadable:
        if name[0] in ".$":
            return Unreadable(
                f"The template value `{shown(name, 80)}` is not supported: there are no files of values.",
                line=self._line,
                now='Write the value itself, or the name of a variable in quotes: `{{ requiredEnv "GITHUB_TOKEN" }}`.',
            )
        return Unreadable(
            f"The template function `{shown(name, 80)}` is not supported.", line=self._line, now=SUPPORTED
        )

    def _bad(self, what: str) -> Unreadable:
        return Unreadable(
            f"The template `{{{{ {self._whole} }}}}` cannot be read. {what}", line=self._line, now=SUPPORTED
        )
