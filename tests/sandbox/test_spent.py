"""What a process takes is its own, however large the process is that starts it."""

import os
import sys

from sandbox.acts import spent


def test_what_the_parent_holds_is_not_counted(tmp_path):
    held = bytearray(b"1") * 80_000_000

    found, said = spent.started([sys.executable, "-S", "-c", "print('done')"], tmp_path, os.environ)

    assert said == "done\n"
    assert found.code == 0
    assert found.memory < 60 < len(held) / 1e6 < spent.own_peak()


def test_what_the_command_holds_is_counted_and_its_end_is_passed_on(tmp_path):
    code = "held = bytearray(b'1') * 70_000_000; raise SystemExit(3)"

    found, _ = spent.started([sys.executable, "-S", "-c", code], tmp_path, os.environ)

    assert found.code == 3
    assert found.memory > 70
    assert 0 < found.wall < 20
