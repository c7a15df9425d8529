"""`kind: dockerimage`: the tags of images, at any registry that speaks the distribution protocol."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from profile_cd.credentials import NO_SECRET, Credentials, Secret, own
from profile_cd.errors import SourceFailed, Unreachable, Unreadable
from profile_cd.fields import CONDITION_ONLY, VERSIONFILTER, Field, Table, Written
from profile_cd.model import Condition, Link, Order, Published
from profile_cd.neutral import line as shown
from profile_cd.protocols import NOT_FOUND, OK
from profile_cd.sources import imagename, links, registry, tagfilter
from profile_cd.sources.answers import words
from profile_cd.sources.kind import Kind, Versions
from profile_cd.sources.logins import addresses, login_for
from profile_cd.sources.registry import Repository
from profile_cd.sources.session import Session
from profile_cd.sources.written import LOGIN, login_is_whole

MOST_LOOKED_AT = 5
"""How many older tags are asked for a platform that the chosen one lacks: each question counts as a pull."""

FIELDS: Table = {
    "image": Field("The image without its tag, like `acme/ledger` or `ghcr.io/acme/ledger`.", required=True),
    "architecture": Field("A platform that the image must have, like `linux/arm64`."),
    "architectures": Field("Platforms that the image must have.", "texts"),
    "tagfilter": Field("RE2 expression that tags must match.", old=("tagFilter",)),
    "versionfilter": VERSIONFILTER,
    **LOGIN,
    "tag": CONDITION_ONLY,
}

_PLATFORM = re.compile(r"[a-z0-9]+(?:/[a-z0-9]+){0,2}")


@dataclass(frozen=True, slots=True)
class DockerImage:
    """`kind: dockerimage`: the tags of an image in a registry.

    *architectures* are as the manifest writes them, like `amd64` or `linux/arm64/v8`; *tagfilter* is an RE2
    expression that keeps the tags it is found in, empty for all.
    """

    image: str
    architectures: tuple[str, ...] = ()
    tagfilter: str = ""
    username: str = field(default="", repr=False)
    password: Secret = field(default=NO_SECRET, repr=False)
    token: Secret = field(default=NO_SECRET, repr=False)

    @property
    def id(self) -> str:
        """`dockerimage:` and the image as the manifest writes it."""
        return f"dockerimage:{self.image}"

    @property
    def product(self) -> str:
        """The last component of the image's name."""
        return self.image.rpartition("/")[2]

    @property
    def host(self) -> str:
        """The registry that answers, with its port where it has one."""
        return imagename.parts(self.image)[0]

    @property
    def repository(self) -> str:
        """The image's name inside its registry, as its addresses spell it."""
        return imagename.parts(self.image)[1]


def read(spec: Written) -> DockerImage:
    """What is written below `spec`. Raises Unreadable."""
    image = imagename.read(spec)
    spec.only_one("architecture", "architectures", required=False)
    single = ((spec.text("architecture"), spec.at("architecture")),) if spec.has("architecture") else ()
    platforms = single or spec.texts("architectures")
    for platform, line in platforms:
        if not _PLATFORM.fullmatch(platform):
            raise Unreadable(
                f"`{shown(platform, 80)}` is no architecture.", line=line, now="Write it like `amd64` or `linux/arm64`."
            )
    tagfilter.check(spec)
    login_is_whole(spec)
    return DockerImage(
        image=image,
        architectures=tuple(platform for platform, _ in platforms),
        tagfilter=spec.text("tagfilter"),
        username=spec.secret("username").reveal(),
        password=spec.secret("password"),
        token=spec.secret("token"),
    )


def ask(sources: Sequence[DockerImage], session: Session) -> Mapping[DockerImage, Versions]:
    """The tags of every image, as its registry lists them, after the image's `tagfilter`."""
    repositories, failed = addresses(sources, lambda source: _repository_of(source, session.credentials))
    answers = registry.tags(list(repositories.values()), session.registries)
    found: dict[DockerImage, Versions] = {**failed}
    for source, repository in repositories.items():
        answer = answers[repository]
        if isinstance(answer, SourceFailed):
            found[source] = _with_helper(answer, repository, session.credentials)
        else:
            found[source] = tagfilter.kept(source.tagfilter, answer)
    return found


def detail(source: DockerImage, version: str, older: Sequence[str], session: Session) -> Published:
    """Whether the tag has an image, for every platform that the manifest names.

    Raises SourceFailed where a platform is lacking; it names the newest of *older* that has them all.
    """
    found = published(source, version, session)
    missing = lacks(source, found)
    if not missing:
        return found
    newest = next((each for each in older[:MOST_LOOKED_AT] if _has_all(source, each, session)), "")
    raise registry.unfit(f"{source.image}:{version}", missing, found.platforms, newest)


def _has_all(source: DockerImage, version: str, session: Session) -> bool:
    try:
        found = published(source, version, session)
    except SourceFailed:
        return False
    return found.exists and not lacks(source, found)


def published(source: DockerImage, version: str, session: Session) -> Published:
    """Whether the tag has an image, and for which platforms where the manifest names some.

    A HEAD, which no registry counts as a pull; only a spec with an architecture needs the index itself.
    """
    repository = _repository_of(source, session.credentials)
    answer = registry.manifest(repository, version, session.registries, whole=bool(source.architectures))
    if answer.status == NOT_FOUND:
        return Published(exists=False)
    if answer.status != OK:
        raise SourceFailed(
            f"{repository.host} does not say whether {source.image}:{version} exists ({words(answer)}).",
            now="The next run asks again.",
        )
    if not source.architectures:
        return Published(exists=True)
    session.manifests[repository, version] = answer.body
    platforms = registry.platforms(repository, answer.body, source.architectures, session.registries)
    return Published(exists=True, platforms=platforms)


def pages(source: DockerImage, old: str, new: str, session: Session) -> tuple[Link, ...]:
    """The pages of the image's source. Raises SourceFailed. At most one question is a pull that Docker Hub counts."""
    repository = _repository_of(source, session.credentials)
    manifest = session.manifests.get((repository, new))
    return links.of_image(repository, old, new, manifest, session.registries)


def created(source: DockerImage, version: str, session: Session) -> str:
    """When the tag's image was made, as it says itself. Raises SourceFailed."""
    repository = _repository_of(source, session.credentials)
    return links.created(repository, version, session.manifests.get((repository, version)), session.registries)


def exists(source: DockerImage, version: str, session: Session) -> bool:
    """Whether the registry has the tag *version*, listed or not: a HEAD, which no registry counts as a pull.

    Raises SourceFailed where it does not say.
    """
    return keeps(source, version) and registry.has_tag(
        _repository_of(source, session.credentials), version, session.registries
    )


def keeps(source: DockerImage, version: str) -> bool:
    """Whether `tagfilter` keeps a tag; True where it cannot be read, which `ask` says."""
    kept = tagfilter.kept(source.tagfilter, (version,))
    return isinstance(kept, SourceFailed) or bool(kept)


def check(_source: DockerImage, condition: Condition) -> Sequence[str]:
    """What to say of a *condition* that reads an age out of a list that has none."""
    return registry.unordered(condition)


def _repository_of(source: DockerImage, credentials: Credentials) -> Repository:
    """Where an image lies, and the login for it: the manifest's own, else the one known for its host."""
    login = login_for(f"https://{source.host}", own(source.username, source.password, source.token), credentials)
    return Repository(source.host, source.repository, login, credentials.paired(login))


def lacks(source: DockerImage, found: Published) -> str:
    """The first architecture of *source* that *found* has no image for; empty where it has all, or does not exist."""
    return registry.lacking(source.architectures, found.platforms) if found.exists else ""


def _with_helper(failed: SourceFailed, repository: Repository, credentials: Credentials) -> SourceFailed:
    """*failed*, with why a login that Docker has is not used: the program that keeps it is not in our container."""
    if isinstance(failed, Unreachable) or repository.login or repository.host not in credentials.helpers:
        return failed
    return SourceFailed(
        failed.what,
        probably="Docker's configuration leaves the login to a helper program, which does not run here.",
        now=f"Add a login for {repository.host} to `registry-credentials`.",
    )


KIND = Kind(
    spec=DockerImage,
    fields=FIELDS,
    read=read,
    ask=ask,
    order=lambda _: Order.NONE,
    detail=detail,
    links=pages,
    check=check,
    created=created,
    exists=exists,
    keeps=keeps,
)
