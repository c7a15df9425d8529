"""A container that is stopped ends at once, whatever it is about."""

import shutil
import signal
import subprocess
import sys
import time

import pytest

from sandbox.net import hostile
from tests.paths import ROOT

MANIFEST = """\
name: chart
sources:
  chart:
    kind: helmchart
    spec: {{url: "{url}", name: app, versionfilter: {{kind: semver, pattern: "*"}}}}
targets:
  chart: {{kind: yaml, sourceid: chart, spec: {{file: values.yaml, key: $.version}}}}
"""


def started(entrypoint, *words, cwd):
    return subprocess.Popen(
        [sys.executable, str(entrypoint), *words], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def stopped(process, after):
    """The exit code and the seconds until it came, for SIGTERM *after* seconds."""
    time.sleep(after)
    process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    try:
        _, errors = process.communicate(timeout=10)
    finally:
        process.kill()
    return process.returncode, time.monotonic() - began, errors


@pytest.mark.parametrize("pieces", [hostile.silence, hostile.dripped_header], ids=lambda each: each.__name__)
def test_a_run_that_waits_for_somebody_ends_within_two_seconds(tmp_path, pieces):
    (tmp_path / ".updatecli").mkdir()
    (tmp_path / "values.yaml").write_text("version: 1.0.0\n")
    with hostile.serving(pieces) as url:
        (tmp_path / ".updatecli" / "chart.yaml").write_text(MANIFEST.format(url=url))
        code, seconds, errors = stopped(started(ROOT / "entrypoint.py", "apply", cwd=tmp_path), 1.5)

    assert (code, "ended by SIGTERM" in errors) == (143, True)
    assert seconds < 2
    assert (tmp_path / "values.yaml").read_text() == "version: 1.0.0\n"


def test_it_ends_during_its_slow_imports_too(tmp_path):
    shutil.copy(ROOT / "entrypoint.py", tmp_path)
    (tmp_path / "src" / "profile_cd").mkdir(parents=True)
    (tmp_path / "src" / "profile_cd" / "__init__.py").touch()
    (tmp_path / "src" / "profile_cd" / "__main__.py").write_text("import time\nopen('ready', 'w')\ntime.sleep(30)\n")
    process = started(tmp_path / "entrypoint.py", cwd=tmp_path)
    while not (tmp_path / "ready").exists() and process.poll() is None:
        time.sleep(0.02)

    assert stopped(process, 0)[:1] == (143,)


def test_what_was_written_beside_a_file_is_cleared_away(tmp_path):
    shutil.copy(ROOT / "entrypoint.py", tmp_path)
    (tmp_path / "src" / "profile_cd").mkdir(parents=True)
    (tmp_path / "src" / "profile_cd" / "__init__.py").touch()
    (tmp_path / "src" / "profile_cd" / "__main__.py").write_text(
        "import time\nopen('part', 'w')\ntry:\n    time.sleep(30)\nfinally:\n    __import__('os').unlink('part')\n"
    )
    process = started(tmp_path / "entrypoint.py", cwd=tmp_path)
    while not (tmp_path / "part").exists() and process.poll() is None:
        time.sleep(0.02)

    assert stopped(process, 0)[0] == 143
    assert not (tmp_path / "part").exists()
