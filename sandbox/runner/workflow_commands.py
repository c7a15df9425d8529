"""What the GitHub runner reads out of a step: its output file, and the commands in the lines of its log."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning", "notice"]
LEVELS: dict[str, Level] = {"error": "error", "warning": "warning", "notice": "notice"}
ANNOTATIONS_PER_LEVEL = 10
LONGEST_MESSAGE = 4096

_COMMAND = re.compile(r"\s*::(?P<name>[^\s:]+)(?:\s+(?P<properties>.*?))?::(?P<data>.*)")
_OLD_COMMAND = re.compile(r".*?##\[(?P<name>[^\s\]]+)(?:\s+(?P<properties>[^\]]*))?\](?P<data>.*)")
_WORKSPACE = "/github/workspace/"


class FileCommandRefused(Exception):
    """An output file that the runner does not understand; it then fails the step."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One message at a line of a file: *file* is relative to the repository, *line* 0 where none is named."""

    level: Level
    file: str
    line: int
    title: str
    message: str


@dataclass(slots=True)
class Heard:
    """What a log said to the runner: annotations shown, those beyond its limit, texts to mask, its lines."""

    annotations: list[Annotation] = field(default_factory=list)
    dropped: list[Annotation] = field(default_factory=list)
    masks: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def read_outputs(text: str) -> dict[str, str]:
    r"""Name → value of a `GITHUB_OUTPUT` file; only `\n` ends a line, and a name's last value wins.

    Raises FileCommandRefused where the runner would fail the step.
    """
    outputs: dict[str, str] = {}
    lines = deque(text.split("\n"))
    while lines:
        line = lines.popleft()
        if not line:
            continue
        name, mark, rest = _split(line)
        outputs[name] = rest if mark == "=" else _heredoc(rest, lines)
    return outputs


def _split(line: str) -> tuple[str, str, str]:
    found = re.search("=|<<", line)
    if found is None:
        raise FileCommandRefused(f"Invalid format '{line}'")
    name, rest = line[: found.start()], line[found.end() :]
    if not name or (found[0] == "<<" and not rest):
        raise FileCommandRefused(f"Invalid format '{line}'. Name and delimiter must not be empty")
    return name, found[0], rest


def _heredoc(delimiter: str, lines: deque[str]) -> str:
    value: list[str] = []
    while lines:
        line = lines.popleft()
        if line != delimiter:
            value.append(line)
        elif lines:
            return "\n".join(value)
        else:
            raise FileCommandRefused("Invalid value. EOF marker missing new line.")
    raise FileCommandRefused(f"Invalid value. Matching delimiter not found '{delimiter}'")


def job_outputs(outputs: Mapping[str, str], secrets: Iterable[str]) -> dict[str, str]:
    """The *outputs* that reach another job: not the empty ones, and none that holds a line of a secret."""
    masked = {line.strip() for secret in secrets for line in secret.splitlines()} - {""}
    return {name: value for name, value in outputs.items() if value and not any(line in value for line in masked)}


def listen(log: str) -> Heard:
    """Hear the workflow commands in *log* (stdout and stderr alike), with the runner's limits."""
    heard, stopped = Heard(), ""
    for line in re.split("\r\n|\r|\n", log):
        name, properties, data = _command(line)
        if stopped:
            stopped = "" if name == stopped.lower() else stopped
        elif name == "stop-commands":
            stopped = data
        elif name == "add-mask":
            heard.masks += [data, *data.splitlines()]
            continue
        elif name in LEVELS:
            _annotate(heard, LEVELS[name], properties, data)
        heard.lines.append(line)
    return heard


def _command(line: str) -> tuple[str, dict[str, str], str]:
    if found := _COMMAND.fullmatch(line):
        escapes = {"%3A": ":", "%2C": ",", "%0D": "\r", "%0A": "\n", "%25": "%"}
        properties = _properties(found["properties"] or "", ",", escapes)
        return (
            found["name"].lower(),
            properties,
            _unescape(found["data"], {**escapes, "%3A": "%3A", "%2C": "%2C"}),
        )
    if found := _OLD_COMMAND.fullmatch(line):
        escapes = {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%25": "%"}
        properties = _properties(found["properties"] or "", ";", escapes)
        return found["name"].lower(), properties, _unescape(found["data"], escapes)
    return "", {}, ""


def _properties(text: str, separator: str, escapes: Mapping[str, str]) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in text.split(separator))
    return {name.lower(): _unescape(value, escapes) for name, _, value in pairs if name and value}


def _unescape(text: str, escapes: Mapping[str, str]) -> str:
    for escaped, plain in escapes.items():
        text = text.replace(escaped, plain)
    return text


def _annotate(heard: Heard, level: Level, properties: Mapping[str, str], data: str) -> None:
    line = properties.get("line", "")
    annotation = Annotation(
        level=level,
        file=properties.get("file", "").removeprefix(_WORKSPACE),
        line=int(line) if line.isdecimal() else 0,
        title=properties.get("title", ""),
        message=data[:LONGEST_MESSAGE],
    )
    full = sum(other.level == level for other in heard.annotations) >= ANNOTATIONS_PER_LEVEL
    (heard.dropped if full else heard.annotations).append(annotation)
