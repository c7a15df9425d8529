"""`kind: dockerimage`: the tags of images, at any registry that speaks the distribution protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from profile_cd.credentials import Credentials, own
from profile_cd.errors import BadCondition, SourceFailed, Unreachable
from profile_cd.expressions import compiled
from profile_cd.model import Published
from profile_cd.protocols import Web
from profile_cd.sources.answers import NOT_FOUND, OK, json_of, words
from profile_cd.sources.registry import Place
from profile_cd.sources.registry import tags as registry
from profile_cd.sources.specs import DockerImage


def ask(
    sources: Sequence[DockerImage], web: Web, credentials: Credentials
) -> Mapping[DockerImage, tuple[str, ...] | SourceFailed]:
    """The tags of every image, as its registry lists them, after the image's `tagfilter`."""
    answers = registry.tags([place_of(source, credentials) for source in sources], web)
    found: dict[DockerImage, tuple[str, ...] | SourceFailed] = {}
    for source in sources:
        place = place_of(source, credentials)
        answer = answers[place]
        if isinstance(answer, SourceFailed):
            found[source] = _with_helper(answer, place, credentials)
        else:
            found[source] = _filtered(source, answer)
    return found


def detail(source: DockerImage, version: str, web: Web, credentials: Credentials) -> Published:
    """Whether the tag has an image, and for which platforms where the manifest names some.

    A HEAD, which no registry counts as a pull; only a spec with an architecture needs the index itself.
    """
    place = place_of(source, credentials)
    answer = registry.manifest(place, version, web, whole=bool(source.architectures))
    if answer.status == NOT_FOUND:
        return Published(exists=False)
    if answer.status != OK:
        raise SourceFailed(
            f"{place.host} does not say whether {source.image}:{version} exists ({words(answer)}).",
            now="The next run asks again.",
        )
    if not source.architectures:
        return Published(exists=True)
    web.memory["manifest", place, version] = answer.body
    return Published(exists=True, platforms=_platforms(place, answer.body, web))


def place_of(source: DockerImage, credentials: Credentials) -> Place:
    """Where an image lies, and the login for it: the manifest's own, else the one known for its host."""
    login = own(source.username, source.password, source.token) or credentials.for_host(source.host)
    return Place(source.host, source.repository, login, credentials.pairs)


def lacks(source: DockerImage, published: Published) -> str:
    """The first architecture of *source* that *published* has no image for; empty where it has all."""
    if not published.platforms:
        return ""
    for wanted in source.architectures:
        full = wanted if "/" in wanted else f"linux/{wanted}"
        if not any(each == full or each.startswith(f"{full}/") for each in published.platforms):
            return full
    return ""


def unfit(source: DockerImage, version: str, platform: str, newest: str) -> SourceFailed:
    """The failure for a tag without *platform*; *newest* is a tag that has all, empty where none was found."""
    if newest:
        return SourceFailed(
            f"{source.image}:{version} has no image for {platform}; the newest tag that has one is {newest}.",
            probably="Its push may not be finished.",
            now=f"Publish the image, or narrow the `versionfilter` to {newest}; the next run looks again.",
        )
    return SourceFailed(
        f"{source.image}:{version} has no image for {platform}, nor have the tags just before it.",
        now="Publish the image, or correct `architectures`.",
    )


def _with_helper(failed: SourceFailed, place: Place, credentials: Credentials) -> SourceFailed:
    """Tell why a login that Docker has is not used: the program that keeps it is not in our container."""
    if isinstance(failed, Unreachable) or place.login or place.host not in credentials.helpers:
        return failed
    return SourceFailed(
        failed.what,
        probably="Docker's configuration leaves the login to a helper program, which does not run here.",
        now=f"Add a login for {place.host} to `registry-credentials`.",
    )


def _filtered(source: DockerImage, tags: tuple[str, ...]) -> tuple[str, ...] | SourceFailed:
    if not source.tagfilter:
        return tags
    try:
        kept = compiled(source.tagfilter, "tagfilter")
    except BadCondition as error:
        return SourceFailed(error.what, now=error.now)
    return tuple(tag for tag in tags if kept.search(tag))


def _platforms(place: Place, body: bytes, web: Web) -> tuple[str, ...]:
    """The platforms of an index; those of a bare manifest stand in its configuration. Empty where none are named."""
    manifest = json_of(body)
    if not isinstance(manifest, dict):
        return ()
    entries = manifest.get("manifests")
    if isinstance(entries, list):
        return tuple(filter(None, (_platform(each.get("platform")) for each in entries if isinstance(each, dict))))
    config = manifest.get("config")
    digest = config.get("digest") if isinstance(config, dict) else None
    if not isinstance(digest, str):
        return ()
    return tuple(filter(None, [_platform(json_of(registry.blob(place, digest, web).body))]))


def _platform(named: object) -> str:
    """`os/architecture` and perhaps `/variant`; empty for attestations, which are for `unknown`."""
    if not isinstance(named, dict):
        return ""
    parts = [named.get("os"), named.get("architecture"), named.get("variant")]
    return "" if "unknown" in parts else "/".join(part for part in parts if isinstance(part, str) and part)
