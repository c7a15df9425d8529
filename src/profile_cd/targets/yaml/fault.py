"""What is wrong with a text that is no YAML, in words that name its line."""

from __future__ import annotations

import re

import yaml

from profile_cd.errors import EditRefused


def not_yaml(text: str, error: Exception) -> EditRefused:
    """What a parser said, as a refusal that names the line."""
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    line = _line(text, error)
    # libyaml calls a tab in an indentation only a "character that cannot start any token".
    tab = " at a tab character" if "cannot start" in problem and _begins_with_a_tab(text, line) else ""
    return invalid(line, f"{problem}{tab}{_beginning(error)}")


def invalid(line: int, problem: str) -> EditRefused:
    """*problem* as a refusal that names the *line*, counted from 1."""
    return EditRefused(
        f"The file is not valid YAML: line {line}: {problem}.",
        probably=_guess(problem),
        now="Correct that line; nothing in the file is changed until then.",
    )


def _line(text: str, error: Exception) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    unprintable = yaml.reader.Reader.NON_PRINTABLE.search(text)
    return text.count("\n", 0, unprintable.start() if unprintable else 0) + 1


def _begins_with_a_tab(text: str, line: int) -> bool:
    lines = re.split(r"\r\n|[\r\n\x85\u2028\u2029]", text)
    return line <= len(lines) and lines[line - 1].lstrip(" ").startswith("\t")


def _beginning(error: Exception) -> str:
    context, mark = getattr(error, "context", None), getattr(error, "context_mark", None)
    return f" ({context} that begins on line {mark.line + 1})" if context and mark else ""


def _guess(problem: str) -> str:
    if "'\\t'" in problem or "tab character" in problem:
        return "Probably a tab stands where only blanks are safe, before a comment for instance."
    if "anchor" in problem:
        return "Probably an anchor is misspelt, or defined further down."
    return "Probably the indentation or a quote is wrong there or just above."
