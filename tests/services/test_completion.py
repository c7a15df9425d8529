"""A shell completes commands, options and the names of manifests; what only looks like a name is not offered."""

import os
import pty
import select
import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from profile_cd.services.completion import Known
from tests.terminal import PROFILE_CD

SHELLS = {
    "bash": (["bash", "--norc", "-i"], 'eval "$(profile-cd completion bash)"; echo rea""dy\r'),
    "zsh": (
        ["zsh", "-f", "-i"],
        'autoload -U compinit; compinit -u; eval "$(profile-cd completion zsh)"; echo rea""dy\r',
    ),
    "fish": (["fish"], 'profile-cd completion fish | source; echo rea""dy\r'),
}


def offered(profile, dest, **given):
    arguments = Namespace(**{"directory": str(profile), "manifest_dir": "", **given})
    return list(Known()(prefix="", action=Namespace(dest=dest), parser=None, parsed_args=arguments))


def test_manifests_are_offered_by_name_and_their_files_by_path(profile):
    assert "ledger" in offered(profile, "names")
    assert "ledger" in offered(profile, "manifest")
    assert ".updatecli/ledger.yaml" in offered(profile, "files")
    assert offered(profile, "version") == []


@pytest.mark.parametrize("given", [{"directory": "/nowhere"}, {"manifest_dir": "nowhere"}])
def test_where_there_are_none_nothing_is_offered(profile, given):
    assert offered(profile, "names", **given) == []


def test_a_name_that_steers_a_terminal_or_a_shell_is_not_offered(profile):
    folder, before = profile / ".updatecli", offered(profile, "names")
    for name in ("$(touch x)", "a\x1b[31mb", "a\nb", "-rf", "`x`", "a b"):
        shutil.copy(folder / "ledger.yaml", folder / f"{name}.yaml")

    assert offered(profile, "names") == before


def test_a_directory_that_steers_a_terminal_or_reads_as_an_option_is_not_offered(profile, monkeypatch):
    monkeypatch.chdir(profile)
    before = offered(profile, "directory")
    for name in ("a\x1b]0;x\x07b", "a\nb", "a\x0bb", "-rf", "a\u202eb"):
        (profile / name).mkdir()

    assert offered(profile, "directory") == before
    assert ".updatecli/" in before


def test_nobody_who_runs_a_command_pays_for_it(profile):
    code = (
        "import sys; from profile_cd.__main__ import main;"
        f"main(['validate', '--directory', {str(profile)!r}]); print('argcomplete' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "False"


def typed(shell, profile, *keys):
    """What a shell shows that is typed *keys* into; each pair is what to type, and what to wait for."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(profile)
        path = f"{Path(PROFILE_CD).parent}:{os.environ['PATH']}"
        words = SHELLS[shell][0]
        os.execvpe(words[0], words, {"PATH": path, "HOME": str(profile), "TERM": "dumb", "PS1": "$ "})
    shown = b""
    try:
        for key, wanted in keys:
            os.write(terminal, key.encode())
            seen = len(shown)
            while wanted.encode() not in shown[seen:] and select.select([terminal], [], [], 20)[0]:
                shown += os.read(terminal, 4096)
            assert wanted.encode() in shown[seen:], shown
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(terminal)
    return shown.decode("utf-8", "replace")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_tab_completes_the_name_of_a_manifest(shell, profile):
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")

    typed(shell, profile, (SHELLS[shell][1], "ready"), ("profile-cd hold led\t", "ledger"))


def test_no_file_is_read_for_its_name_however_large_it_is(profile):
    huge = profile / ".updatecli" / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(200 * 1024**3)

    assert "huge" in offered(profile, "names")
