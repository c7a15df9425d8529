"""How one logs in to a registry: its challenges and its token server. A login goes to its own host and no further.

Source of the rules: distribution's token specification.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from profile_cd.credentials import Login, basic
from profile_cd.errors import SourceFailed, Unreachable
from profile_cd.hosts import host_of, is_loopback, is_private
from profile_cd.protocols import FORBIDDEN, OK, UNAUTHORIZED, Answer, Web
from profile_cd.sources.answers import parsed, words
from profile_cd.sources.budget import Budget
from profile_cd.sources.registry.challenge import Challenge, challenges, trusted

SCOPES_AT_ONCE = 40
Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository in a registry, and the login for it. *paired* are the hosts that were given the same login."""

    host: str
    name: str
    login: Login | None = None
    paired: tuple[str, ...] = ()

    @property
    def base(self) -> str:
        """The address that everything of it starts with. Loopback speaks plain HTTP, as for Docker."""
        scheme = "http" if is_loopback(self.host) else "https"
        return f"{scheme}://{self.host}/v2/{quote(self.name)}"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What let us in to each repository during this run, as a header; *joint* are those whose token covers several.

    Shared by all threads that ask.
    """

    headers: dict[Repository, str] = field(default_factory=dict)
    joint: set[Repository] = field(default_factory=set)

    def learn(self, group: Sequence[Repository], header: str) -> None:
        """*header* lets us in to all of *group*."""
        self.headers.update(dict.fromkeys(group, header))

    def forget_joint(self, repository: Repository) -> bool:
        """Drop the token that *repository* shares with others; whether it had one."""
        if repository not in self.joint:
            return False
        self.joint.discard(repository)
        self.headers.pop(repository, None)
        return True


@dataclass(frozen=True, slots=True)
class Registries:
    """Registries as one run asks them: the web, what let us in so far, and how much may still be kept."""

    web: Web
    tokens: Tokens = field(default_factory=Tokens)
    budget: Budget = field(default_factory=Budget)


def asked(
    repository: Repository, url: str, ask: Callable[..., Answer], headers: Headers, registries: Registries
) -> Answer:
    """*ask* for *url* with what let us in before; on a refusal answer the challenge and ask once more."""
    sent = known(repository, registries)
    answer = ask(url, headers={**headers, **sent})
    if answer.status == FORBIDDEN and registries.tokens.forget_joint(repository):
        # One repository that is closed to us can spoil a token for many: ask for one of its own.
        answer = ask(url, headers=headers)
    if answer.status != UNAUTHORIZED:
        return answer
    log_in([repository], answer, registries)
    if sent and known(repository, registries) == sent:
        return answer  # the same login once more would be refused once more, and count as another attempt
    return ask(url, headers={**headers, **known(repository, registries)})


def known(repository: Repository, registries: Registries) -> Headers:
    """The header that let us in before, in this run; empty where there is none."""
    header = registries.tokens.headers.get(repository)
    return {"Authorization": header} if header else {}


def log_in(group: Sequence[Repository], refused: Answer, registries: Registries) -> None:
    """Answer the challenge of *refused* for every repository of *group*, which share a host and a login.

    Raises SourceFailed where there is no way in.
    """
    host, login = group[0].host, group[0].login
    offered = challenges(refused.headers.get("www-authenticate", ""))
    bearer = next((each for each in offered if each.scheme == "bearer"), None)
    if login is not None and not login.user:
        registries.tokens.learn(group, f"Bearer {login.password.reveal()}")
        return
    if bearer is None or not bearer.realm.startswith(("http://", "https://")):
        if login is None:
            raise denied(group[0], refused)
        registries.tokens.learn(group, basic(login))
        return
    _check_realm(host, bearer.realm)
    sent = login if login is not None and _may_see(group[0], bearer.realm) else None
    for start in range(0, len(group), SCOPES_AT_ONCE):
        chunk = group[start : start + SCOPES_AT_ONCE]
        token = _token(chunk, bearer, sent, refused, registries.web)
        if token:
            registries.tokens.learn(chunk, f"Bearer {token}")
            registries.tokens.joint.update(chunk if len(chunk) > 1 else ())


def _check_realm(host: str, realm: str) -> None:
    """Raise SourceFailed for a token server that nobody may make us ask: its answer goes back to the registry."""
    if realm.startswith("http://") and not is_loopback(host):
        raise SourceFailed(
            f"{host} sends us to a token server without encryption, which is not asked.",
            now="Report it to the registry's operator.",
        )
    if is_private(host_of(realm)) and not is_private(host):
        raise SourceFailed(
            f"{host} sends us to a token server inside a private network, which is not asked.",
            now="Report it to the registry's operator.",
        )


def _may_see(repository: Repository, realm: str) -> bool:
    """Whether the login of *repository* may be sent to *realm*: its own token server, or one that was paired with it.

    Never a login of the realm's own host that was not written down for the registry as well: a registry that names
    somebody else's token server would be given a token of ours for that somebody.
    """
    paired = realm.startswith("https://") and host_of(realm) in repository.paired
    return trusted(repository.host, realm) or paired


def _token(group: Sequence[Repository], challenge: Challenge, login: Login | None, refused: Answer, web: Web) -> str:
    """A token for all of *group*; empty where it is refused for several at once, so that each must ask by itself."""
    fields = [("service", challenge.service)] if challenge.service else []
    # Never the scope of the challenge: a registry could name somebody else's repository, or a right to write.
    fields += [("scope", f"repository:{repository.name}:pull") for repository in group]
    joint = "&" if "?" in challenge.realm else "?"
    headers = {"Authorization": basic(login)} if login else {}
    url = f"{challenge.realm}{joint}{urlencode(fields)}"
    answer = web.get(url, headers=headers, public=not refused.private and not is_private(group[0].host))
    said = parsed(answer)
    token = (said.get("token") or said.get("access_token")) if isinstance(said, dict) else None
    if answer.status == OK and isinstance(token, str) and re.fullmatch(r"[!-~]+", token):
        return token
    if login is not None and (answer.status == UNAUTHORIZED or (answer.status == FORBIDDEN and len(group) == 1)):
        raise SourceFailed(
            f"{group[0].host} does not accept the login ({words(answer)}).",
            now="Check the user name and the password or token in `registry-credentials` or in the manifest.",
        )
    if len(group) > 1:
        return ""
    if answer.status == OK:
        raise Unreachable(
            f"The token server of {group[0].host} gave no token ({words(answer)}).",
            host=group[0].host,
            now="The next run asks again.",
        )
    raise denied(group[0], answer)


def denied(repository: Repository, answer: Answer) -> SourceFailed:
    """The failure for a repository that may not be read, with its refusal *answer*."""
    offered = challenges(answer.headers.get("www-authenticate", ""))
    realm = next((each.realm for each in offered if each.scheme == "bearer"), answer.url)
    what = f"{repository.host} does not let us read {repository.name} ({words(answer)})."
    if repository.login is None:
        return SourceFailed(
            what,
            probably="It is private, or its name is misspelt.",
            now="Add a login for the host to `registry-credentials`, or correct the name.",
        )
    if repository.login.user and realm.startswith("https://") and not _may_see(repository, realm):
        return SourceFailed(
            what,
            probably=f"The login for it was not sent to its token server {host_of(realm)}, which is another host.",
            now=f"If that is right, add the same login for {host_of(realm)} to `registry-credentials`.",
        )
    return SourceFailed(
        what,
        probably="The login for it is wrong or may not read it, or the name is misspelt.",
        now="Check the user name and the password or token in `registry-credentials` or in the manifest.",
    )
