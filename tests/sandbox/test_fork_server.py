"""A run in a fork is a process like any other: own environment, folder, output and end."""

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from sandbox.runner import PROJECT, ForkServer
from sandbox.world import EXAMPLE


@pytest.fixture(scope="module")
def server():
    server = ForkServer()
    yield server
    server.close()


@pytest.fixture
def start(server):
    def run(*words, cwd=EXAMPLE, timeout=30, **environment):
        return server.run(words, cwd=cwd, environment={"PATH": os.environ["PATH"], **environment}, timeout=timeout)

    return run


@contextmanager
def waiting_run(start, **options):
    """A run that waits for a proxy that never answers; gives a list that will hold what it returned."""
    ended = []
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        thread = threading.Thread(target=lambda: ended.append(start("plan", HTTPS_PROXY=address, **options)))
        thread.start()
        connection, _ = proxy.accept()
        yield ended
        thread.join()
        connection.close()


def test_a_fork_ends_and_prints_as_a_fresh_process_does(start, tmp_path):
    for words in (["validate"], ["validate", "--manifest-dir", "nowhere"], ["--help"], ["dance"]):
        fresh = subprocess.run(
            [sys.executable, PROJECT / "entrypoint.py", *words],
            cwd=EXAMPLE,
            env={"PATH": os.environ["PATH"]},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )

        assert start(*words) == (fresh.returncode, fresh.stdout)


def test_a_run_has_its_own_environment_and_folder_and_leaves_the_next_one_alone(start, tmp_path):
    (tmp_path / ".updatecli").mkdir()

    first = start(cwd=tmp_path, GITHUB_ACTIONS="true")
    second = start("validate", cwd=EXAMPLE)

    assert first[1].startswith(b"::error::")
    assert second[0] == 0


def test_a_run_can_be_killed_and_the_others_go_on(server, start):
    with waiting_run(start) as ended:
        server.kill_runs()

    assert ended == [(-signal.SIGKILL, b"")]
    assert start("validate")[0] == 0


def test_a_run_that_takes_too_long_is_killed(start):
    def too_long(*words, **environment):
        with pytest.raises(subprocess.TimeoutExpired):
            start(*words, timeout=0.5, **environment)

    with waiting_run(too_long) as ended:
        pass

    assert ended == [None]


def test_runs_do_not_wait_for_each_other(server, start):
    with waiting_run(start):
        assert start("validate")[0] == 0
        server.kill_runs()


def test_a_run_is_interrupted_by_ctrl_c_even_where_we_are_not(server, start):
    with waiting_run(start) as ended:
        for number in server.running:
            os.kill(number, signal.SIGINT)

    assert ended[0][0] == 130


def test_a_server_that_died_is_replaced(start):
    server = ForkServer()
    server.run(["--help"], cwd=EXAMPLE, environment={}, timeout=30)
    server._process.kill()
    server._process.wait()

    code, _ = server.run(["--help"], cwd=EXAMPLE, environment={}, timeout=30)

    assert code == 0
    server.close()


def test_no_run_reaches_another_machine(start):
    code, output = start("plan", "--json", HTTPS_PROXY="http://192.0.2.1:1")

    assert code == 1
    assert b"192.0.2.1 is not this machine" in output
