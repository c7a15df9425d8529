"""The command line: which commands there are, and what each takes. Nothing heavy is imported for it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from profile_cd import __version__, neutral
from profile_cd.inputs.dispatch import PREFIX, WORKFLOW
from profile_cd.inputs.texts import number


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it does, and who adds its options."""

    what: str
    options: Callable[[argparse.ArgumentParser], None]


def parser() -> argparse.ArgumentParser:
    """Reads the words of a command line; `command` is then the name of a module in `commands/`."""
    made = argparse.ArgumentParser(
        prog="profile-cd", description="Keep the deployments that a Git repository describes up to date."
    )
    made.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        description = f"{command.what[0].upper()}{command.what[1:]}."
        command.options(commands.add_parser(name, help=command.what, description=description))
    return made


def _manifests(command: argparse.ArgumentParser) -> None:
    command.add_argument("--directory", default=".", help="the profile repository (default: here)")
    command.add_argument(
        "--manifest-dir", default="", help="where the manifests lie (default: .updatecli, else updatecli.d)"
    )


def _workers(text: str) -> int:
    found = number(text, len("999"))
    if not found:
        raise argparse.ArgumentTypeError(f"{neutral.quoted(text)} is no number of questions: write one from 1 to 999")
    return found


def _held(command: argparse.ArgumentParser) -> None:
    _manifests(command)
    command.add_argument("manifest", metavar="ID", help="the manifest: its file's name without ending")


def _hold(command: argparse.ArgumentParser) -> None:
    _held(command)
    command.add_argument("version", metavar="VERSION", help="the version that stays, as its source spells it")
    command.add_argument("--reason", required=True, help="why, for whoever wonders next")
    command.add_argument("--until", default="", metavar="DAY", help="the last day of the hold, like 2030-07-01")


def _debug(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--debug", action="store_true", help="say on standard error what is asked, what came and how long it took"
    )


def _asking(command: argparse.ArgumentParser) -> None:
    _manifests(command)
    _debug(command)
    command.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    command.add_argument("--workers", type=_workers, default=32, help="questions asked at once (default: 32)")
    command.add_argument(
        "--manifest-env", action="append", default=[], metavar="NAME",
        help="a variable that manifests may read, beside GITHUB_TOKEN and GITHUB_ACTOR",
    )  # fmt: skip


def _check(command: argparse.ArgumentParser) -> None:
    _asking(command)
    command.add_argument("--repository", default="", metavar="OWNER/NAME", help="the repository on GitHub")
    command.add_argument("--base", default="", help="the branch that is kept up to date (default: the default branch)")


def _compare(command: argparse.ArgumentParser) -> None:
    _asking(command)
    command.add_argument(
        "finished", metavar="DIR", help="a checkout of the same commit that the other tool has finished"
    )
    command.add_argument("--ignore-format", action="store_true", help="be content with files that read the same")


def _plan(command: argparse.ArgumentParser) -> None:
    _asking(command)
    command.add_argument("names", nargs="*", metavar="NAME", help="only these manifests, by their files' names")


def _validate(command: argparse.ArgumentParser) -> None:
    _manifests(command)
    command.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    command.add_argument("files", nargs="*", metavar="FILE", help="only these files of manifests, below the directory")


def _dispatch(command: argparse.ArgumentParser) -> None:
    _debug(command)
    for name, what in (
        ("image", "the image that was published, with its tag, like acme/ledger:v1.5.0"),
        ("chart", "the chart that was published, instead of an image"),
        ("tag", "its version or channel"),
        ("upstream", "the address of the job that published it"),
    ):
        command.add_argument(f"--{name}", default="", help=what)
    command.add_argument(
        "--prefix", action="append", default=[],
        help=f"what the variables with `owner/repository:token` begin with (default: {PREFIX}); may be repeated",
    )  # fmt: skip
    command.add_argument("--workflow", default=WORKFLOW, help=f"the workflow that is started (default: {WORKFLOW})")
    command.add_argument("--ref", default="", help="the branch it is started on (default: the default branch)")
    command.add_argument(
        "--repository-dispatch", default="", metavar="EVENT",
        help="send this repository_dispatch instead of starting a workflow",
    )  # fmt: skip


def _completion(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell that is to complete")


COMMANDS: Mapping[str, Command] = {
    "plan": Command("show what would change; writes nothing", _plan),
    "apply": Command("change the files", _asking),
    "validate": Command("check the manifests without asking anybody", _validate),
    "hold": Command("let a manifest hold a version, whatever is newer", _hold),
    "unhold": Command("end a manifest's hold", _held),
    "check": Command("say what of tokens, settings and manifests is fine, and what to set; writes nothing", _check),
    "compare": Command("say which files another tool left differently, and why; writes nothing", _compare),
    "dispatch": Command(
        "start the workflow of every profile repository that wants to know what was published", _dispatch
    ),
    "completion": Command("print what a shell reads to complete commands, options and names", _completion),
}


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("profile-cd")
    except PackageNotFoundError:
        return __version__
