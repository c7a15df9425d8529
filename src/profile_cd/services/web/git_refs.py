"""The references of a Git repository over smart HTTP, read by dulwich: the image has no git."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from urllib.parse import urlsplit

from profile_cd import __version__
from profile_cd.credentials import Login, basic
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.protocols import OK, Answer

ADVERTISEMENT = "application/x-git-upload-pack-advertisement"
AGENT = {"User-Agent": f"git/2.0 (profile-cd {__version__})"}
"""Some servers show a page to whoever is no Git."""
TAG = b" refs/tags/"
LONGEST_NAME = 80
"""Bytes of a line that are searched: an object name of 64 digits at most, and the beginning of the reference's."""
MOST_TAGS = 100_000
HIDDEN = frozenset({401, 403, 404})
"""What servers say of a repository that is private or absent; GitHub and GitLab do not say which."""


def ask(get: Callable[..., Answer], url: str, login: Login | None) -> Answer:
    """The answer in which a server advertises the references of the repository at *url*, as `git ls-remote` asks.

    Raises Unreachable where nobody answers, SourceFailed where there is no repository.
    Source of the rules: gitprotocol-http(5).
    """
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    address = f"{parts.scheme}://{host}{parts.path.rstrip('/')}/info/refs?service=git-upload-pack"
    sent = Login(login.user or "x-access-token", login.password) if login else None
    answer = get(address, headers={**AGENT, **({"Authorization": basic(sent)} if sent else {})})
    if answer.status in HIDDEN:
        raise SourceFailed(
            f"{host} has no Git repository at `{parts.path}` (status {answer.status}).",
            probably="It is private, or its name is misspelt.",
            now="Check the address, or give the source a `token`.",
        )
    if answer.status != OK or answer.headers.get("content-type", "").partition(";")[0] != ADVERTISEMENT:
        raise _no_git(host, f"status {answer.status}")
    return answer


def advertised(body: bytes, host: str) -> Mapping[str, str]:
    """Reference name → object name; `tag^{}` names what an annotated tag points to. Raises Unreachable for none."""
    # Imported here: it would be an eighth of every run's start, and few manifests ask for Git's tags.
    from dulwich.client import read_pkt_refs_v1
    from dulwich.errors import GitProtocolError, HangupException
    from dulwich.protocol import Protocol

    protocol = Protocol(BytesIO(body).read, lambda _: None)
    try:
        first = next(iter(protocol.read_pkt_seq()), b"")
        if not first.startswith(b"# service=git-upload-pack"):
            raise _no_git(host, "no advertisement of git-upload-pack")
        protocol.read_pkt_line()
        refs, _ = read_pkt_refs_v1(_tags_only(protocol.read_pkt_seq(), host))
    except (GitProtocolError, HangupException, ValueError, AssertionError) as error:
        raise _no_git(host, type(error).__name__) from error
    return {name.decode("utf-8", "replace"): sha.decode("ascii", "replace") for name, sha in refs.items()}


def _tags_only(lines: Iterable[bytes], host: str) -> Iterator[bytes]:
    """The first line, which holds the capabilities, and those of tags: a busy repository has ten times as many others.

    GitHub advertises two references for every pull request that ever was.
    """
    tags = 0
    for number, line in enumerate(lines):
        tags += TAG in line[:LONGEST_NAME]
        if tags > MOST_TAGS:
            raise SourceFailed(
                f"{host} advertises more than {MOST_TAGS:,} tags.", now="Choose by releases or images instead."
            )
        if number == 0 or TAG in line[:LONGEST_NAME] or line.startswith(b"ERR "):
            yield line


def _no_git(host: str, trouble: str) -> Unreachable:
    return Unreachable(
        f"{host} does not answer as a Git server ({trouble}).",
        host=host,
        probably="The address may be that of a page instead of a repository.",
        now="Check it with `git ls-remote`; the next run asks again.",
    )
