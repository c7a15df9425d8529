"""The door: without an argument under GitHub Actions we are the action, else the command line.

Nothing heavy is imported before `main` has seen to Ctrl-C: a person who mistyped presses it within the imports.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from profile_cd.services import interrupts
from profile_cd.services.interrupts import INTERRUPTED

COMPLETES = "_ARGCOMPLETE"
"""Is set where a shell asks what could stand here, and not a person."""
NOBODY_READS = 141
"""What a shell says of a program whose reader has left: 128 and the number of the signal."""


STEPS = (["trigger"], ["trace"])
"""Words by which a folder's action.yml names its step; the main step has none."""


def main(argv: list[str] | None = None) -> int:
    """Run what was asked for and return the exit code: 0 fine, 1 something failed, 2 could not start.

    Without *argv* we are the whole program: Ctrl-C ends it before and after the command, too.
    """
    if argv is not None:
        return _main(argv)
    interrupts.end_at_once()
    try:
        return _main(sys.argv[1:])
    finally:
        interrupts.end_at_once()


def _main(words: list[str]) -> int:
    try:
        return _ended(words)
    except KeyboardInterrupt:
        # Questions that are still under way must not keep the process alive: nothing is half-written.
        os._exit(INTERRUPTED)


def _ended(words: list[str]) -> int:
    from profile_cd.errors import ProfileError

    _take_any_text()
    try:
        code = _run(words)
        sys.stdout.flush()
    except ProfileError as error:
        # Each for itself, so that everything that is wrong with the inputs can be put right in one go.
        for each in _shown([str(each) for each in error.each]):
            _complain(each, annotate=words in ([], *STEPS))
        return error.exit_code
    except BrokenPipeError:
        _say_no_more()
        return NOBODY_READS
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _say_no_more()
        _complain(f"The output cannot be written: {error.strerror}.", annotate=False)
        return 1
    return code


def _take_any_text() -> None:
    """Let no terminal, pipe or locale stop us: what it cannot show is escaped, what is closed swallows everything."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  # as long as we live
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say_no_more() -> None:
    """What is still in the buffers goes nowhere, so that the interpreter does not complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())


def _run(words: list[str]) -> int:
    with _nothing_collected():
        from profile_cd import inputs

    if inputs.under_actions(os.environ) and words in ([], *STEPS):
        return int(_command(words[0] if words else "update").run(os.environ))
    parser = inputs.parser()
    if COMPLETES in os.environ:
        from profile_cd.services import completion

        completion.answer(parser)
    arguments = parser.parse_args(words)
    return int(_command(arguments.command).run(arguments, os.environ))


def _command(name: str) -> ModuleType:
    import importlib

    with _nothing_collected():
        found = importlib.import_module(f"profile_cd.commands.{name}")
    interrupts.raise_again()
    return found


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Import without looking for garbage, of which imports make none: it would take a fifth of their time."""
    gc.disable()
    try:
        yield
    finally:
        # Modules stay for as long as we live, so that no later collection goes through them either.
        gc.freeze()
        gc.enable()


def _shown(reasons: list[str]) -> list[str]:
    """*reasons*, the last ones in one line where the runner would not show so many."""
    from profile_cd.report import MOST_ANNOTATIONS

    if len(reasons) <= MOST_ANNOTATIONS:
        return reasons
    rest = reasons[MOST_ANNOTATIONS - 1 :]
    return [*reasons[: MOST_ANNOTATIONS - 1], f"{len(rest)} more: {' '.join(rest)}"]


def _complain(text: str, *, annotate: bool) -> None:
    from profile_cd import inputs, neutral

    flat = neutral.line(text, 2000)
    if annotate and inputs.under_actions(os.environ):
        from profile_cd.services import runner

        print(runner.command("error", flat), flush=True)
    if sys.stderr.isatty():
        from profile_cd.services import terminal

        terminal.prose(f"profile-cd: {flat}", "red", error=True)
    else:
        print(f"profile-cd: {flat}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
