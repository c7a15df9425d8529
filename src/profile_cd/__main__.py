"""The door: without an argument under GitHub Actions we are the action, else the command line."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.metadata import PackageNotFoundError, version

from profile_cd import neutral
from profile_cd.errors import ProfileError

INTERRUPTED = 130


def main(argv: list[str] | None = None) -> int:
    """Run what was asked for and return the exit code: 0 fine, 1 something failed, 2 could not start."""
    words = sys.argv[1:] if argv is None else argv
    try:
        return _run(words)
    except ProfileError as error:
        _complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        # Questions that are still under way must not keep the process alive: nothing is half-written.
        sys.stdout.flush()
        os._exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(words: list[str]) -> int:
    under_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    if under_actions and not words:
        from profile_cd.commands import update

        return update.run(os.environ)
    if under_actions and words == ["trigger"]:
        from profile_cd.commands import trigger

        return trigger.run(os.environ)
    from profile_cd.commands import terminal

    return terminal.run(_parser().parse_args(words), os.environ)


def _complain(text: str) -> None:
    flat = neutral.line(text, 2000)
    if os.environ.get("GITHUB_ACTIONS") == "true":
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
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str, *, asks: bool
) -> None:
    command = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
    command.add_argument("--directory", default=".", help="the profile repository (default: here)")
    command.add_argument(
        "--manifest-dir", default="", help="where the manifests lie (default: .updatecli, else updatecli.d)"
    )
    if not asks:
        return
    command.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    command.add_argument("--workers", type=int, default=32, help="questions asked at once (default: 32)")
    command.add_argument(
        "--manifest-env", action="append", default=[], metavar="NAME",
        help="a variable that manifests may read, beside GITHUB_TOKEN and GITHUB_ACTOR",
    )  # fmt: skip


def _version() -> str:
    try:
        return version("profile-cd")
    except PackageNotFoundError:
        return "0.1.0"


if __name__ == "__main__":
    sys.exit(main())
