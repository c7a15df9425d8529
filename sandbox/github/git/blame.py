"""Who wrote each line of a file, by `git blame --porcelain`."""

from __future__ import annotations

import re

from sandbox.github.git.repository import Git

HEADER = re.compile(r"^(?P<oid>[0-9a-f]{40}) \d+ (?P<line>\d+)(?: \d+)?$")


def ranges(git: Git, commit: str, path: str) -> list[tuple[int, int, str]]:
    """First line, last line and commit of every run of lines that one commit wrote, from the top."""
    found: list[tuple[int, int, str]] = []
    for text in git("blame", "--porcelain", commit, "--", path).split("\n"):
        header = HEADER.fullmatch(text)
        if not header:
            continue
        line, oid = int(header["line"]), header["oid"]
        if found and found[-1][2] == oid:
            found[-1] = (found[-1][0], line, oid)
        else:
            found.append((line, line, oid))
    return found
