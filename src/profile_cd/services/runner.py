"""The GitHub Actions runner: outputs, the job summary, annotations and groups in the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from actions_toolkit import core

from profile_cd import bounded_json, neutral
from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart
from profile_cd.hiding import STARS, Hiding, lines_of
from profile_cd.inputs import RunnerFiles
from profile_cd.report import Annotation
from profile_cd.services.web import Debug, DebugLog

LARGEST_SUMMARY = 1_000_000
"""Bytes; the runner drops a summary over 1 MiB."""

MOST_PARTS = 5_000_000
"""Values of an event's payload. It is GitHub's own, and a push names every file of its commits."""

NO_FILES = RunnerFiles()


class Runner:
    """The step that we are, speaking with the runner through *files* and the log."""

    def __init__(self, files: RunnerFiles = NO_FILES) -> None:
        self._files = files
        self._hidden = Hiding()

    @property
    def debug(self) -> Debug | None:
        """Says each request in the log, where a person started the run anew for that; else None."""
        return DebugLog(self._debug) if self._files.debug else None

    def _debug(self, text: str) -> None:
        core.info(command("debug", neutral.line(self._hidden(text), 2000)))

    def event(self) -> dict[str, Any]:
        """The payload of the event, empty where there is none. Raises CannotStart for one that is not JSON."""
        path = self._files.event
        if not path or not Path(path).is_file():
            return {}
        try:
            event = bounded_json.loads(Path(path).read_bytes(), most=MOST_PARTS)
        except bounded_json.NoJson as error:
            raise CannotStart(f"GITHUB_EVENT_PATH is {error}.") from error
        return event if isinstance(event, dict) else {}

    def mask(self, *secrets: Secret) -> None:
        """Let the runner hide *secrets* wherever they might appear."""
        for secret in secrets:
            if secret:
                core.set_secret(secret.reveal())
                self._hidden = Hiding({**self._hidden.instead, **dict.fromkeys(lines_of(secret.reveal()), STARS)})

    def say(self, text: str) -> None:
        """One line in the log, neutralised."""
        core.info(neutral.line(self._hidden(text), 2000))

    @contextmanager
    def group(self, name: str) -> Iterator[None]:
        """A part of the log that folds."""
        core.start_group(neutral.line(name))
        try:
            yield
        finally:
            core.end_group()

    def annotate(self, annotations: Iterable[Annotation]) -> None:
        """Show messages at their lines."""
        for each in annotations:
            message, line = self._hidden(each.message), str(each.line) if each.path else ""
            core.info(command(each.level, message, file=each.path, line=line))

    def fail(self, text: str) -> None:
        """An error that belongs to no file."""
        core.info(command("error", neutral.line(self._hidden(text), 2000)))

    def warn(self, text: str) -> None:
        """A warning that belongs to no file."""
        core.info(command("warning", neutral.line(self._hidden(text), 2000)))

    def hidden(self, text: str) -> str:
        """*text* without masked values, for a place that the runner does not mask."""
        return self._hidden(text)

    def hides(self, text: str) -> bool:
        """Whether a masked value stands in *text*, so that GitHub hands it to no other job."""
        return any(secret in text for secret in self._hidden.instead)

    def set_outputs(self, outputs: Mapping[str, str]) -> None:
        """Write the step's outputs, and say which of them GitHub drops on the way to another job."""
        for name, value in outputs.items():
            core.set_output(name, whole(value))
            if self.hides(value):
                self.fail(
                    f"GitHub hands the output {name} to no other job, since a secret stands in it. Take the secret out "
                    "of the variable or the file that it comes from: PROJECTS holds only names of secrets."
                )

    def summarise(self, text: str) -> None:
        """Append to the job summary, cut at what the runner takes."""
        path = self._files.summary
        if not path:
            return
        data = whole(self._hidden.escaped(text)).encode("utf-8")
        if len(data) > LARGEST_SUMMARY:
            data = data[:LARGEST_SUMMARY].rpartition(b"\n")[0] + b"\n\nThe rest is in the log.\n"
        with Path(path).open("ab") as file:
            file.write(data)


def whole(text: str) -> str:
    """*text* with a sign in place of half a pair (a lone surrogate), which no file can take."""
    return text.encode("utf-8", "replace").decode("utf-8")


def command(name: str, message: str, **properties: str) -> str:
    """A workflow command in one line, with those *properties* that have a value.

    Escaped as the runner unescapes it (actions/runner, ActionCommand.cs): a message and, stricter, a property.
    """
    given = ",".join(f"{key}={_escaped(value, IN_PROPERTIES)}" for key, value in properties.items() if value)
    return f"::{name}{' ' if given else ''}{given}::{_escaped(message, IN_MESSAGES)}"


IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
IN_PROPERTIES = {**IN_MESSAGES, ":": "%3A", ",": "%2C"}


def _escaped(text: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(each, each) for each in text)
