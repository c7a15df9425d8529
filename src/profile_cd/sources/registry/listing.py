"""The tags of repositories in registries that speak the distribution protocol.

Source of the rules: opencontainers/distribution-spec.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from profile_cd.credentials import Login
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.neutral import line as shown
from profile_cd.protocols import FORBIDDEN, NOT_FOUND, OK, TOO_MANY, UNAUTHORIZED, Answer
from profile_cd.sources.answers import MOST_LISTED, next_page, parsed, words
from profile_cd.sources.registry.access import Registries, Repository, asked, denied, known, log_in
from profile_cd.sources.registry.manifests import is_tag

PAGE = 1000
MOST_PAGES = 1000

# Where a registry cannot say what refers to an image, signatures are tags of this shape (distribution-spec, cosign).
_REFERRER = re.compile(r"sha256-[0-9a-f]{64}(\.[a-z]+)?")

Tags = tuple[str, ...] | SourceFailed


def tags(repositories: Sequence[Repository], registries: Registries) -> dict[Repository, Tags]:
    """All tags of every repository, each registry challenged once and one token asked for all its repositories.

    In the order in which the registry lists them, without the tags that only hold signatures.
    """
    groups: dict[tuple[str, Login | None], list[Repository]] = {}
    for repository in dict.fromkeys(repositories):
        groups.setdefault((repository.host, repository.login), []).append(repository)
    every = registries.web.side_by_side(lambda group: _tags_of(group, registries), list(groups.values()))
    found: dict[Repository, Tags] = {}
    for group, answers in zip(groups.values(), every, strict=True):
        found |= dict.fromkeys(group, answers) if isinstance(answers, SourceFailed) else answers
    return found


def _tags_of(group: Sequence[Repository], registries: Registries) -> dict[Repository, Tags]:
    """The tags of repositories that share a host and a login: one challenge, one token, then all side by side."""
    first = registries.web.get(_first_page(group[0]), headers=known(group[0], registries))
    waiting = list(group[1:])
    found: dict[Repository, Tags] = {}
    if first.status == UNAUTHORIZED:
        log_in(group, first, registries)
        waiting = list(group)
    else:
        answers = registries.web.side_by_side(lambda each: _pages(each, first, registries), group[:1])
        found |= dict(zip(group, answers, strict=False))
    every = registries.web.side_by_side(lambda each: _all_pages(each, registries), waiting)
    return found | dict(zip(waiting, every, strict=True))


def _all_pages(repository: Repository, registries: Registries) -> tuple[str, ...]:
    return _pages(repository, _page(repository, _first_page(repository), registries), registries)


def _first_page(repository: Repository) -> str:
    return f"{repository.base}/tags/list?n={PAGE}"


def _page(repository: Repository, url: str, registries: Registries) -> Answer:
    """One page, with a token of its own where the common one does not cover it or has expired."""
    return asked(repository, url, registries.web.get, {}, registries)


def _pages(repository: Repository, answer: Answer, registries: Registries) -> tuple[str, ...]:
    """The tags of all pages, from the first page's *answer* on. Raises SourceFailed."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    while True:
        with registries.budget.parsing(len(answer.body)):
            found |= dict.fromkeys(_tags_in(repository, answer))
        registries.budget.check(repository.host, repository.name, len(found))
        link = _next(repository, answer)
        if not link:
            registries.budget.take(repository.host, repository.name, len(found))
            return tuple(found)
        if link in seen or len(seen) >= MOST_PAGES:
            raise SourceFailed(
                f"{repository.host} never ends the tags of {repository.name}: "
                f"it links {shown(link, 200)} again, or a thousand pages.",
                now="Report it to the registry's operator.",
            )
        seen.add(link)
        answer = _page(repository, link, registries)


def _next(repository: Repository, answer: Answer) -> str:
    """The next page's address, which must be on the registry's own host; empty behind the last page."""
    link = next_page(answer)
    if not link:
        return ""
    parts = urlsplit(link)
    if parts.netloc.lower() != repository.host.lower():
        raise SourceFailed(
            f"{repository.host} sends us to another host for the next page of tags, which is not followed: "
            f"{shown(link, 200)}.",
            now="Report it to the registry's operator.",
        )
    # Behind a proxy that ends TLS, some registries write http:// for themselves.
    return urlunsplit(parts._replace(scheme=urlsplit(repository.base).scheme))


def _tags_in(repository: Repository, answer: Answer) -> list[str]:
    """The tags of one page, but for signatures and for what the distribution-spec allows nobody to push."""
    if answer.status == NOT_FOUND:
        login = "check the login for it" if repository.login else "add a login for the host to `registry-credentials`"
        raise SourceFailed(
            f"{repository.host} knows no image `{repository.name}` ({words(answer)}).",
            probably="Its name is misspelt, or it is private.",
            now=f"Check the name, or {login}.",
        )
    if answer.status in {UNAUTHORIZED, FORBIDDEN}:
        raise denied(repository, answer)
    said = parsed(answer, MOST_LISTED)
    listed = said.get("tags") if isinstance(said, dict) else 0
    if answer.status != OK or not (listed is None or isinstance(listed, list)):
        raise Unreachable(
            f"{repository.host} does not list the tags of {repository.name} ({words(answer)}).",
            host=repository.host,
            now=_advice(repository, answer),
        )
    return [tag for tag in listed or [] if isinstance(tag, str) and is_tag(tag) and not _REFERRER.fullmatch(tag)]


def _advice(repository: Repository, answer: Answer) -> str:
    if answer.status != TOO_MANY or repository.login:
        return "The next run asks again."
    return (
        "Add a login for the host to `registry-credentials`: without one it is limited sooner. The next run asks again."
    )
