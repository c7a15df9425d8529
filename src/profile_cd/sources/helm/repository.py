"""A chart repository: its index, fetched with the login for its host."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from profile_cd.credentials import Login, basic
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.hosts import host_of
from profile_cd.neutral import line as shown
from profile_cd.protocols import FORBIDDEN, NOT_FOUND, OK, UNAUTHORIZED, Answer, Web
from profile_cd.sources.helm.index import ChartIndex, NoIndex, TooCostly, read

Address = tuple[str, Login | None]
"""The address of an index and the login for it."""


def fetch(index: Address, web: Web) -> bytes:
    """The text of a chart index. Raises SourceFailed where there is none, Unreachable where nobody gives it."""
    url, login = index
    host = host_of(url)
    answer = web.get(url, headers=_header(login), large=True)
    if answer.status == OK:
        return answer.body
    if answer.status in {UNAUTHORIZED, FORBIDDEN}:
        raise _denied(index, answer)
    if answer.status == NOT_FOUND:
        raise SourceFailed(
            f"There is no chart index at {shown(url)} (status 404).",
            now="Check `url`: it is the address that `helm repo add` takes.",
        )
    raise Unreachable(
        f"{host} gives no chart index (status {answer.status}).", host=host, now="The next run asks again."
    )


def _denied(index: Address, answer: Answer) -> SourceFailed:
    url, login = index
    what = f"{host_of(url)} does not let us read the chart index (status {answer.status})."
    if login is not None:
        return SourceFailed(
            what,
            probably="The login is wrong, or may not read it.",
            now="Check the user name and the password or token.",
        )
    encrypted = "Write `https://` in `url`, since no login is sent without encryption, and add"
    return SourceFailed(
        what,
        probably="The repository is private.",
        now=f"{encrypted if url.startswith('http://') else 'Add'} a login for the host to `registry-credentials`, "
        "or to the manifest.",
    )


def _header(login: Login | None) -> Mapping[str, str]:
    if login is None:
        return {}
    return {"Authorization": basic(login) if login.user else f"Bearer {login.password.reveal()}"}


def charts(index: Address, body: bytes, names: Collection[str]) -> ChartIndex:
    """The charts *names* in the text *body* of an index. Raises SourceFailed for what is none, or is not read."""
    try:
        return read(body, names)
    except TooCostly as error:
        raise SourceFailed(
            f"The chart index at {shown(index[0])} is not read: {error.why}.",
            probably="`helm repo index` writes none like it.",
            now="Have the repository's index made anew with `helm repo index`.",
        ) from error
    except NoIndex as error:
        raise SourceFailed(
            f"What stands at {shown(index[0])} is no chart index.",
            probably="Perhaps a proxy or a sign-in page answered, or `url` is that of a web page.",
            now="Check `url`: it is the address that `helm repo add` takes.",
        ) from error
