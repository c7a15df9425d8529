"""What a shell completes: commands and options by argcomplete, and here what only the profile repository knows."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable

import argcomplete
from argcomplete.completers import BaseCompleter, DirectoriesCompleter
from argcomplete.shell_integration import shellcode

from profile_cd.errors import ProfileError

_HARMLESS = re.compile(r"[\w.][\w./-]*")
"""Names that are offered. Others may steer the terminal, or mean something to the shell that completes them."""


def script(shell: str) -> str:
    """What *shell* (bash, zsh or fish) must read so that it asks us."""
    return shellcode(["profile-cd"], shell=shell)


def answer(parser: argparse.ArgumentParser) -> None:
    """Answer the shell that asks by the environment, and end the process."""
    argcomplete.autocomplete(parser, always_complete_options=False, default_completer=Known())


class Known(BaseCompleter):
    """Directories, and the manifests of the directory that the command line names."""

    def __call__(
        self,
        *,
        prefix: str,
        action: argparse.Action,
        parser: argparse.ArgumentParser,  # noqa: ARG002  # argcomplete hands it over
        parsed_args: argparse.Namespace,
    ) -> Iterable[str]:
        """What may stand for *action*, an argument, behind what was *parsed_args*."""
        if action.dest in {"directory", "manifest_dir", "finished"}:
            found: Iterable[str] = DirectoriesCompleter()(prefix=prefix)
            return [each for each in found if each.isprintable() and not each.startswith("-")]
        if action.dest in {"names", "manifest", "files"}:
            return [each for each in _manifests(parsed_args, paths=action.dest == "files") if _HARMLESS.fullmatch(each)]
        return ()


def _manifests(given: argparse.Namespace, *, paths: bool) -> Iterable[str]:
    """The names of the manifests, or the *paths* of their files; none where there are no manifests."""
    from profile_cd import manifest
    from profile_cd.services.working_tree import WorkingTree

    try:
        tree = WorkingTree(given.directory)
        places = (tree.name_of(given.manifest_dir),) if given.manifest_dir else manifest.DEFAULT_DIRECTORIES
        found = manifest.choose(tree.paths(places), places)
    except (ProfileError, OSError):
        return ()
    return [each.path if paths else each.id for each in found]
