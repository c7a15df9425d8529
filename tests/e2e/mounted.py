"""A checkout that is mounted into the container, and what the command line does on it there."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from sandbox.world import Scene
from tests.e2e.engine import IMAGE

SOMEBODY = 1001
"""The user and group that a checkout belongs to, while the container runs as root."""
MOUNT = ("-v", "{here}:/profile", "-w", "/profile")
TRUSTED = "/etc/authority.pem"


def mounted(scene: Scene, where: Path) -> Path:
    """A clone of the scene's repository that belongs to somebody else."""
    subprocess.run(["git", "clone", "--quiet", str(scene.repository.git.path), str(where)], check=True)
    for path in (where, *where.rglob("*")):
        os.chown(path, SOMEBODY, SOMEBODY, follow_symlinks=False)
    return where


def command(scene: Scene, checkout: Path, options: Sequence[str], *words: str) -> tuple[int, str]:
    """Exit code and output of `docker run OPTIONS IMAGE WORDS`, in which `{here}` is *checkout*.

    Beyond that, the container is only given the way into the scene's world.
    """
    world = scene.world.environment()
    trusted = {name: TRUSTED if value == world["SSL_CERT_FILE"] else value for name, value in world.items()}
    way = ["--network", "host", "-v", f"{world['SSL_CERT_FILE']}:{TRUSTED}:ro"]
    given = [word for name, value in trusted.items() for word in ("-e", f"{name}={value}")]
    asked = [each.format(here=checkout) for each in options]
    done = subprocess.run(
        ["docker", "run", "--rm", *way, *given, *asked, IMAGE, *words],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout
