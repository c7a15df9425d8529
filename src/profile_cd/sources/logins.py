"""Which login a source is asked with, and where none is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from profile_cd.credentials import Credentials, Login
from profile_cd.errors import SourceFailed, without_frames
from profile_cd.hosts import host_of, is_loopback
from profile_cd.model import Source

Spec = TypeVar("Spec", bound=Source)
Address = TypeVar("Address")


def login_for(url: str, own: Login | None, credentials: Credentials) -> Login | None:
    """The login for the address *url*: the manifest's *own*, else the one that this run knows for its host.

    Raises SourceFailed where the manifest's own one may not go there: over a connection that others can read, or
    with the run's GitHub token to somebody else. One that was not written for this address is then left out.
    """
    host = host_of(url)
    if url.startswith("http://") and not is_loopback(host):
        if own is not None:
            raise SourceFailed(
                f"{host} is not asked: its login would be sent without encryption.",
                now="Write `https://` in `url`, or leave the login out.",
            )
        return None
    if own is not None and credentials.leaks(own, host):
        raise SourceFailed(
            f"{host} is not asked: it would be shown GITHUB_TOKEN, which is for GitHub's own hosts.",
            now="Give the source a login of its own, in a variable that `manifest-env` names.",
        )
    return own or credentials.for_host(host)


def addresses(
    sources: Iterable[Spec], address: Callable[[Spec], Address]
) -> tuple[dict[Spec, Address], dict[Spec, SourceFailed]]:
    """Where each source is asked, with its login; apart from those, the ones that must not be asked, and why."""
    found: dict[Spec, Address] = {}
    failed: dict[Spec, SourceFailed] = {}
    for source in sources:
        try:
            found[source] = address(source)
        except SourceFailed as error:
            failed[source] = without_frames(error)
    return found, failed
