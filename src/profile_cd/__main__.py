"""The door: without an argument under GitHub Actions we are the action, else the command line."""

from __future__ import annotations

import argparse
import errno
import importlib
import io
import os
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from profile_cd import inputs, neutral
from profile_cd.errors import ProfileError

INTERRUPTED = 130
NOBODY_READS = 141
"""What a shell says of a program whose reader has left: 128 and the number of the signal."""


def main(argv: list[str] | None = None) -> int:
    """Run what was asked for and return the exit code: 0 fine, 1 something failed, 2 could not start."""
    words = sys.argv[1:] if argv is None else argv
    _take_any_text()
    try:
        code = _run(words)
        sys.stdout.flush()
    except ProfileError as error:
        _complain(str(error), annotate=words in ([], ["trigger"]))
        return error.exit_code
    except KeyboardInterrupt:
        # Questions that are still under way must not keep the process alive: nothing is half-written.
        os._exit(INTERRUPTED)
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
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # as long as we live
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
    under_actions = inputs.under_actions(os.environ)
    if under_actions and not words:
        from profile_cd.commands import update

        return update.run(os.environ)
    if under_actions and words == ["trigger"]:
        from profile_cd.commands import trigger

        return trigger.run(os.environ)
    arguments = _parser().parse_args(words)
    command = importlib.import_module(f"profile_cd.commands.{arguments.command}")
    return int(command.run(arguments, os.environ))


def _complain(text: str, *, annotate: bool) -> None:
    flat = neutral.line(text, 2000)
    if annotate and inputs.under_actions(os.environ):
        print(f"::error::{flat.replace('%', '%25')}")
    print(f"profile-cd: {flat}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="profile-cd", description="Keep the deployments that a Git repository describes up to date."
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _command(commands, "plan", "show what would change; writes nothing", asks=True)
    _command(commands, "apply", "change the files", asks=True)
    _command(commands, "validate", "check the manifests without asking anybody", asks=False)
    hold = _command(commands, "hold", "let a manifest hold a version, whatever is newer", asks=False)
    hold.add_argument("manifest", metavar="ID", help="the manifest: its file's name without ending")
    hold.add_argument("version", metavar="VERSION", help="the version that stays, as its source spells it")
    hold.add_argument("--reason", required=True, help="why, for whoever wonders next")
    hold.add_argument("--until", default="", metavar="DAY", help="the last day of the hold, like 2025-07-01")
    unhold = _command(commands, "unhold", "end a manifest's hold", asks=False)
    unhold.add_argument("manifest", metavar="ID", help="the manifest: its file's name without ending")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str, *, asks: bool
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
    command.add_argument("--directory", default=".", help="the profile repository (default: here)")
    command.add_argument(
        "--manifest-dir", default="", help="where the manifests lie (default: .updatecli, else updatecli.d)"
    )
    if not asks:
        return command
    command.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    command.add_argument("--workers", type=_workers, default=32, help="questions asked at once (default: 32)")
    command.add_argument(
        "--manifest-env", action="append", default=[], metavar="NAME",
        help="a variable that manifests may read, beside GITHUB_TOKEN and GITHUB_ACTOR",
    )  # fmt: skip
    return command


def _workers(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0  # noqa: PLR2004  # up to 999
    if not number:
        raise argparse.ArgumentTypeError(f"{neutral.quoted(text)} is no number of questions: write one from 1 to 999")
    return number


def _version() -> str:
    try:
        return version("profile-cd")
    except PackageNotFoundError:
        return "0.1.0"


if __name__ == "__main__":
    sys.exit(main())
