"""What each kind of source is: the spec that a manifest writes down, frozen, so that equal specs share one question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from profile_cd.credentials import DOCKER_HUB, DOCKER_HUB_ALIASES, Secret

NO_SECRET = Secret("")

ReleaseKey = Literal["tagname", "taghash", "title"]


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
        registry, _ = self._parts()
        return DOCKER_HUB if registry in DOCKER_HUB_ALIASES else registry

    @property
    def repository(self) -> str:
        """The image's name inside its registry, as its addresses spell it."""
        registry, name = self._parts()
        return f"library/{name}" if registry in DOCKER_HUB_ALIASES and "/" not in name else name

    def _parts(self) -> tuple[str, str]:
        first, slash, rest = self.image.partition("/")
        if slash and ("." in first or ":" in first or first == "localhost"):
            return first, rest
        return DOCKER_HUB, self.image


@dataclass(frozen=True, slots=True)
class HelmChart:
    """`kind: helmchart`: the versions of the chart *name* in the repository at *url* (`https:`, `http:` or `oci:`)."""

    url: str
    name: str
    username: str = field(default="", repr=False)
    password: Secret = field(default=NO_SECRET, repr=False)
    token: Secret = field(default=NO_SECRET, repr=False)

    @property
    def id(self) -> str:
        """`helmchart:`, the repository and the chart."""
        return f"helmchart:{self.url}#{self.name}"

    @property
    def product(self) -> str:
        """The chart's name."""
        return self.name

    @property
    def host(self) -> str:
        """The host of the repository, with its port where it has one."""
        return _host(self.url)

    @property
    def oci(self) -> bool:
        """Whether the chart lies in a registry rather than behind an `index.yaml`."""
        return self.url.startswith("oci://")


@dataclass(frozen=True, slots=True)
class TypeFilter:
    """Which releases count: `{prerelease: true}` alone means *only* those flagged so.

    Where draft, prerelease and release are all false, release is meant.
    """

    draft: bool = False
    prerelease: bool = False
    release: bool = False
    latest: bool = False


@dataclass(frozen=True, slots=True)
class GitHubRelease:
    """`kind: githubrelease`: the releases of a repository on GitHub, or at *url* on a GitHub Enterprise Server."""

    owner: str
    repository: str
    url: str = ""
    username: str = field(default="", repr=False)
    token: Secret = field(default=NO_SECRET, repr=False)
    typefilter: TypeFilter | None = None
    key: ReleaseKey = "tagname"

    @property
    def id(self) -> str:
        """`githubrelease:owner/repository`."""
        return f"githubrelease:{self.owner}/{self.repository}"

    @property
    def product(self) -> str:
        """The repository's name."""
        return self.repository

    @property
    def host(self) -> str:
        """The host whose interface answers: `api.github.com` or the Enterprise Server's own."""
        host = _host(self.url)
        return "api.github.com" if host in ("", "github.com", "www.github.com") else host


@dataclass(frozen=True, slots=True)
class GitTag:
    """`kind: gittag`: the tags of the Git repository at *url*, over http or https."""

    url: str
    username: str = field(default="", repr=False)
    password: Secret = field(default=NO_SECRET, repr=False)
    token: Secret = field(default=NO_SECRET, repr=False)

    @property
    def id(self) -> str:
        """`gittag:` and the repository's address."""
        return f"gittag:{self.url}"

    @property
    def product(self) -> str:
        """The last component of the address, without `.git`."""
        return self.url.rstrip("/").rpartition("/")[2].removesuffix(".git")

    @property
    def host(self) -> str:
        """The host of the repository, with its port where it has one."""
        return _host(self.url)


def _host(url: str) -> str:
    """Host and port of *url*, which may lack its scheme; never a user name or password in it."""
    return urlsplit(url if "://" in url else f"//{url}").netloc.rpartition("@")[2].lower()
