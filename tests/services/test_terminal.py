"""What a terminal, a pipe that closes early, an odd locale and Ctrl-C get to see."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import termios
import threading
import time
from pathlib import Path

import pytest
from rich.cells import cell_len

from profile_cd.services import terminal
from sandbox.world import World
from tests.terminal import PROFILE_CD, apart, environment, files


@pytest.fixture
def hanging():
    """A proxy that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = []
        came = threading.Event()

        def accept():
            while True:
                try:
                    taken.append(server.accept())
                except OSError:
                    return
                came.set()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", came
        server.shutdown(socket.SHUT_RDWR)
    for connection, _ in taken:
        connection.close()


def command(profile, *words):
    return [PROFILE_CD, *words, "--directory", str(profile)]


def on_a_terminal(words, env, columns=80):
    """What *words* show on a terminal of that many *columns*, and their exit code."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(words, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while select.select([ours], [], [], 20)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return shown.decode("utf-8"), process.wait()


def test_a_terminal_gets_progress_colours_and_one_line_that_sums_up(profile, tmp_path):
    with World.of_example(tmp_path / "far-away", until=None, latency=0.15) as world:
        shown, code = on_a_terminal(command(profile, "plan"), environment(world, profile, TERM="xterm-256color"))

    assert code == 0
    assert "waiting for" in shown
    assert "\x1b[32m+    tag: v1.4.10  # keeps its books" in shown
    assert "9 changes, 2 up to date, 0 failed" in shown.rstrip().splitlines()[-1]


LONG = "a word that is too-long-for-any-row-of-the-terminal-and-stays-whole 'v^1.0' and wide: 更新更新 更新更新 end"


@pytest.mark.parametrize("width", [1, 10, 20, 33, 40, 80, 140])
def test_no_word_is_cut_however_narrow_a_terminal_is(width):
    found = terminal.rows(f"  {LONG}", width, 4)

    assert " ".join(each.strip() for each in found) == LONG
    assert not [each for each in found if cell_len(each) > width and " " in each.strip()]
    assert all(each.startswith("      ") for each in found[1:])


def test_blanks_within_a_row_stay():
    assert terminal.rows("set      one two", 14, 9) == ["set      one", "         two"]


def test_a_wide_sign_takes_two_columns():
    assert terminal.rows("更新 更新", 8, 0) == ["更新", "更新"]


@pytest.mark.parametrize("columns", [40, 80, pytest.param(140, marks=pytest.mark.slow)])
def test_an_error_is_red_and_breaks_between_its_words_and_the_last_line_says_how_it_ended(profile, columns):
    manifest = profile / ".updatecli" / "ledger.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("kind: dockerimage", "kind: dockerimmage"), "utf-8")
    env = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "HOME": str(profile)}

    shown, code = on_a_terminal(command(profile, "validate"), env, columns)

    plain = re.sub("\x1b\\[[0-9;]*m", "", shown).splitlines()
    assert code == 1
    assert "\x1b[31m.updatecli/ledger.yaml:4:" in shown
    assert "\x1b[1;31m" in shown.rstrip().rpartition("\r\n")[2]
    assert max(map(len, plain)) <= columns
    assert "`kind: dockerimmage` is no known kind of source." in " ".join(each.strip() for each in plain)


def test_what_cannot_start_is_red_too(profile):
    env = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "HOME": str(profile)}

    shown, code = on_a_terminal(command(profile, "unhold", "no-such-manifest"), env)

    assert (code, shown.startswith("\x1b[31mprofile-cd: There is no manifest")) == (2, True)


def test_a_terminal_that_wants_no_colour_gets_none(world, profile):
    env = environment(world, profile, TERM="dumb", NO_COLOR="1", COLUMNS="30")
    shown, code = on_a_terminal(command(profile, "plan"), env)

    assert code == 0
    assert "\x1b[3" not in shown


@pytest.mark.parametrize(
    "words",
    [["plan"], ["validate"], *(pytest.param(each, marks=pytest.mark.slow) for each in (["plan", "--json"], ["apply"]))],
    ids=" ".join,
)
def test_a_reader_that_leaves_gets_no_traceback(world, profile, words):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        command(profile, *words), env=environment(world, profile), stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)

    assert done.returncode == 141
    assert b"rror" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full, /dev/full")
def test_a_full_disk_is_told_in_words(world, profile):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command(profile, "plan", "--json"),
            env=environment(world, profile),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr == "profile-cd: The output cannot be written: No space left on device.\n"


@pytest.mark.parametrize(
    "encoding", ["ascii", *(pytest.param(each, marks=pytest.mark.slow) for each in ("latin-1", "utf-8"))]
)
@pytest.mark.parametrize("words", [["plan"], ["plan", "--json"], ["validate"]], ids=" ".join)
def test_no_locale_stops_a_run(world, profile, encoding, words):
    manifest = profile / ".updatecli" / "ledger.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("pattern: ^1.4.0", "pattern: ^1.4.0-☃ü"), "utf-8")

    done = subprocess.run(
        command(profile, *words),
        env=environment(world, profile, PYTHONIOENCODING=encoding),
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    if "--json" in words:
        assert "☃ü" in json.loads(done.stdout)["failures"][0]["reason"]


@pytest.mark.parametrize("words", [["plan"], ["apply"], ["plan", "--workers", "1"]], ids=" ".join)
def test_ctrl_c_ends_at_once_and_leaves_everything_as_it_was(profile, hanging, words):
    proxy, came = hanging
    before = files(profile)
    process = subprocess.Popen(
        command(profile, *words),
        env={"PATH": os.environ["PATH"], "HOME": str(profile), "HTTPS_PROXY": proxy, "GITHUB_TOKEN": "x"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert came.wait(20)

    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    said, complained = process.communicate(timeout=20)

    assert process.returncode == 130
    assert time.monotonic() - began < 3
    assert (said, complained) == (b"", b"")
    assert files(profile) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "more"),
    [
        (["compare", "profile", "--directory", "profile"], {}),
        (["check", "--repository", "acme/profile", "--directory", "profile"], {}),
        (["dispatch", "--image", "acme/ledger:v1.5.0"], {"DOWNSTREAM_IMAGE_X": "acme/profile:t"}),
        ([], {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "acme/profile", "INPUT_TOKEN": "t"}),
    ],
    ids=["compare", "check", "dispatch", "the action"],
)
def test_ctrl_c_ends_whoever_waits_for_somebody(profile, hanging, words, more):
    proxy, came = hanging
    variables = {"PATH": os.environ["PATH"], "HOME": str(profile), "HTTPS_PROXY": proxy, "GITHUB_TOKEN": "x", **more}
    process = subprocess.Popen(
        [PROFILE_CD, *words], cwd=profile.parent, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert came.wait(20)

    process.send_signal(signal.SIGINT)
    said, complained = process.communicate(timeout=20)

    assert process.returncode == 130
    assert b"Traceback" not in said + complained


def test_a_run_that_cannot_start_says_so_on_standard_error_alone(world, profile):
    variables = environment(world, profile, GITHUB_ACTIONS="true")
    done = apart(profile, "plan", "--json", "--manifest-dir", "nowhere", **variables)

    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no directory `nowhere`" in done.stderr


def test_a_directory_as_file_fails_its_manifest_and_no_other(world, profile):
    manifest = profile / ".updatecli" / "onboard.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("file: onboard.yaml", "file: .updatecli"), "utf-8")

    done = apart(profile, "plan", "--json", **environment(world, profile))

    said = json.loads(done.stdout)
    assert [failure["manifest"] for failure in said["failures"]] == ["onboard"]
    assert "is a directory" in said["failures"][0]["reason"]
    assert len(said["changes"]) == 8


def test_transformers_that_leave_nothing_fail_their_manifest(world, profile):
    manifest = profile / ".updatecli" / "ledger.yaml"
    text = manifest.read_text("utf-8").replace("targets:", "    transformers:\n      - find: ^nothing$\ntargets:")
    manifest.write_text(text, "utf-8")
    before = (profile / "platform-values-override.yaml").read_bytes()

    done = apart(profile, "apply", "--json", **environment(world, profile))

    (failure,) = json.loads(done.stdout)["failures"]
    assert "leave nothing of `v1.4.10`" in failure["reason"]
    assert b"tag: v1.4.2  # keeps its books" in before
    assert b"tag: v1.4.2  # keeps its books" in (profile / "platform-values-override.yaml").read_bytes()


@pytest.mark.parametrize("place", ["absolute", "with a slash", "one file"])
def test_the_directory_of_manifests_may_be_written_as_one_likes(profile, place):
    given = {
        "absolute": str(profile / ".updatecli"),
        "with a slash": "./.updatecli/",
        "one file": ".updatecli/ledger.yaml",
    }[place]
    done = apart(profile, "validate", "--manifest-dir", given)

    assert done.returncode == (2 if place == "one file" else 0), done.stderr
    assert "Traceback" not in done.stderr
