"""What a person sees at a terminal, for the pictures of the documents: a real run on a terminal of so many columns."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from sandbox.world import EXAMPLE, World

DARK = TerminalTheme(
    (13, 17, 23),
    (201, 209, 217),
    [(72, 79, 88), (255, 123, 114), (63, 185, 80), (210, 153, 34), (88, 166, 255), (188, 140, 255), (57, 197, 207),
     (177, 186, 196)],
)  # fmt: skip
"""GitHub's own colours for a dark page."""
FORMAT = """<!doctype html><meta charset=utf-8><style>{stylesheet}
body {{ margin: 0; background: {background}; color: {foreground} }}
pre {{ font: 15px/1.35 'DejaVu Sans Mono', monospace; padding: 14px 18px; margin: 0; width: max-content }}</style>
<body><pre>{code}</pre><script>
const box = document.querySelector("pre").getBoundingClientRect()
document.title = "high " + Math.ceil(box.height)</script>"""


def page(words: list[str], columns: int, folder: Path) -> str:
    """A page that shows `profile-cd` with *words* in the example, a new clone below *folder*, and what it says."""
    profile = Path(shutil.copytree(EXAMPLE, folder / f"profile-{columns}"))
    git = ["git", "-C", str(profile), "-c", "user.name=github-actions[bot]", "-c", "user.email=bot@acme.example"]
    for each in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "set up"]):
        subprocess.run([*git, *each], check=True)
    with World.of_example(folder / f"world-{columns}", until=None) as world:
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "xterm-256color", **world.environment()}
        shown = _shown([str(Path(sys.executable).with_name("profile-cd")), *words], columns, profile, environment)
    console = Console(record=True, width=columns, file=io.StringIO())
    console.print(Text.from_ansi(f"$ profile-cd {' '.join(words)}\n{_without_progress(shown)}"), soft_wrap=True)
    return console.export_html(theme=DARK, code_format=FORMAT)


def _shown(command: list[str], columns: int, cwd: Path, environment: dict[str, str]) -> str:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with subprocess.Popen(command, cwd=cwd, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = bytearray()
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:  # Linux says so where the other side has hung up
            os.close(ours)
        process.wait()
    return shown.decode("utf-8").replace("\r\n", "\n")


def _without_progress(shown: str) -> str:
    """What stays on the terminal: each sign of progress is wiped off before the next."""
    return shown.rpartition("\x1b[2K")[2].removeprefix("\x1b[?25h")
