"""Large answers kept between runs, asked for again by their ETag."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

from profile_cd.protocols import OK, Answer

SMALLEST = 100_000
"""Bytes; smaller bodies are not worth a file."""
MOST = 50
"""Files that are kept."""


class WebCache(Protocol):
    """Remembers answers by address."""

    def known(self, url: str) -> Answer | None:
        """The last answer kept for *url*."""
        ...

    def learn(self, url: str, answer: Answer) -> None:
        """Keep *answer* if it can be asked for by its ETag."""
        ...


class NoCache:
    """Remembers nothing."""

    def known(self, _url: str) -> Answer | None:
        """Nothing."""
        return None

    def learn(self, _url: str, _answer: Answer) -> None:
        """Forget it."""


class DirectoryCache:
    """One file per address below *directory*; a file that cannot be read or written counts as absent."""

    def __init__(self, directory: Path, *, most: int = MOST) -> None:
        self.directory = directory
        self._most = most

    def known(self, url: str) -> Answer | None:
        """The last answer kept for *url*."""
        try:
            head, _, body = self._place(url).read_bytes().partition(b"\n")
            kept = json.loads(head)
            return Answer(200, {"etag": str(kept["etag"])}, body, url) if kept["url"] == url else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def learn(self, url: str, answer: Answer) -> None:
        """Keep *answer* if it is large and can be asked for by its ETag."""
        etag = answer.headers.get("etag", "")
        if answer.status != OK or not etag or len(answer.body) < SMALLEST:
            return
        head = json.dumps({"url": url, "etag": etag}).encode("utf-8")
        with contextlib.suppress(OSError):
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.directory, delete=False) as part:
                part.write(head + b"\n" + answer.body)
            Path(part.name).replace(self._place(url))
            self._clear()

    def _clear(self) -> None:
        files = sorted(self.directory.iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in files[self._most :]:
            file.unlink()

    def _place(self, url: str) -> Path:
        return self.directory / hashlib.sha256(url.encode("utf-8")).hexdigest()


def of_user(directory: str) -> WebCache:
    """The cache in *directory*, that of the person at the terminal; none where it is empty."""
    return DirectoryCache(Path(directory)) if directory else NoCache()
