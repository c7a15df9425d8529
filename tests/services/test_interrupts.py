"""Ctrl-C leaves no traceback, wherever it comes: it is sent from within, at the very moment that is meant."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.paths import ROOT

AT_IMPORT = """
import os, runpy, signal, sys
class Interrupts:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            sys.meta_path.pop(0)
            {at_once}
sys.meta_path.insert(0, Interrupts())
sys.argv = {words!r}
runpy.{start}
"""
INTERRUPT = "os.kill(os.getpid(), signal.SIGINT)"
AT_THE_END = """
import atexit, os, runpy, signal, sys
atexit.register(os.kill, os.getpid(), signal.SIGINT)
sys.argv = {words!r}
runpy.{start}
"""
PROFILE_CD = "run_module('profile_cd', run_name='__main__')"
ENTRYPOINT = f"run_path({str(ROOT / 'entrypoint.py')!r}, run_name='__main__')"
SANDBOX = "run_module('sandbox', run_name='__main__')"


def ended(code, **more):
    """How a program ended that interrupts itself, and what it complained of."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nowhere", **more}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30, check=False
    )
    return done.returncode, done.stderr


def at_import(name, start, *words):
    return AT_IMPORT.format(name=name, at_once=INTERRUPT, start=start, words=["x", *words])


VALIDATE = ("validate", "--directory", str(ROOT / "sandbox" / "world" / "example"))


@pytest.mark.parametrize(
    ("name", "start", "words"),
    [
        ("profile_cd.errors", PROFILE_CD, VALIDATE),
        ("argparse", ENTRYPOINT, VALIDATE),
        ("profile_cd.commands.validate", PROFILE_CD, VALIDATE),
        ("sandbox.acts.demo", SANDBOX, ("demo",)),
    ],
)
def test_within_the_imports_it_ends_the_program_without_a_word(name, start, words):
    assert ended(at_import(name, start, *words)) == (130, "")


@pytest.mark.parametrize(("start", "words"), [(PROFILE_CD, ("--version",)), (SANDBOX, ("no-such-act",))])
def test_behind_the_last_line_it_does_too(start, words):
    code, complained = ended(AT_THE_END.format(start=start, words=["x", *words]))

    assert code == 130
    assert "Traceback" not in complained


def test_what_runs_in_the_background_goes_on():
    """A shell starts it with the signal ignored."""
    code = (
        f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{at_import('argparse', PROFILE_CD, '--version')}"
    )

    assert ended(code) == (0, "")


def served(*command):
    """The world with a command in it, in a group of its own as a shell starts it."""
    return subprocess.Popen(
        [sys.executable, "-m", "sandbox", "serve", *command],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


CHILD = "import os, signal, time; signal.signal(signal.SIGINT, {handler}); print('ready', flush=True); time.sleep(30)"


@pytest.mark.parametrize(
    ("handler", "code"),
    [
        pytest.param("signal.SIG_DFL", 130, id="one that ends"),
        pytest.param("lambda *_: os._exit(7)", 7, id="one that decides for itself"),
    ],
)
def test_a_command_in_the_world_decides_what_it_means(handler, code):
    with served("--", "python", "-c", CHILD.format(handler=handler)) as process:
        assert process.stdout.readline() == "ready\n"
        os.killpg(process.pid, signal.SIGINT)
        _, complained = process.communicate(timeout=20)

    assert process.returncode == code
    assert complained == "sandbox: 0 requests, 0 connections, 0 pulls counted by Docker Hub\n"


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.0, 0.5, 3.0])
@pytest.mark.parametrize("act", ["demo", "bench", "replay", "faults", "hostile", "serve"])
def test_no_act_of_the_sandbox_leaves_a_traceback(act, after):
    code = AT_IMPORT.format(
        name=f"sandbox.acts.{act}", at_once="print('ready', flush=True)", start=SANDBOX, words=["x", act]
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "ready\n"
        time.sleep(after)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        said, complained = process.communicate(timeout=30)

    assert "Traceback" not in said + complained
    assert process.returncode in {130, -signal.SIGINT} or process.returncode == 0
