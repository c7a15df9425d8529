"""The image under test, and the engine that runs it."""

from __future__ import annotations

import os
import subprocess

import pytest

IMAGE = os.environ.get("PROFILE_CD_IMAGE", "")
PYTHON = "/opt/venv/bin/python"
needs_image = pytest.mark.skipif(not IMAGE, reason="PROFILE_CD_IMAGE names no image: `make e2e` builds one")


def docker(*words: str) -> str:
    """What the engine's client prints. Fails with its complaint."""
    done = subprocess.run(["docker", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def python(code: str) -> str:
    """What *code* prints, run by the image's own Python with the isolation that its entrypoint has."""
    return docker("run", "--rm", "--network", "host", "--entrypoint", PYTHON, IMAGE, "-I", "-B", "-c", code)
