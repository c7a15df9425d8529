"""The world that a profile repository lives in: registries, charts, GitHub and GitLab, each under its real name."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from sandbox.github import Deployment, Status, person
from sandbox.gitlab import GitLab, GitLabProject
from sandbox.net import Site, Street
from sandbox.world import known_versions, sites
from sandbox.world.known_versions import Known
from sandbox.world.tokens import app_token

EXAMPLE = Path(__file__).with_name("example")
EXAMPLE_VERSIONS = Path(__file__).with_name("example-versions.json")
QUIET = "2026-05-31T00:00:00Z"
"""Until then, everything that the example's conditions allow is what its files say."""

REPOSITORY = "acme/profile"
GITLAB_HOST = "gitlab.acme.example"
TOKEN = app_token("2100001")
"""The workflow's own token, in today's form."""
MERGE_TOKEN = app_token("2100002")
"""An App's, for the input `merge-token`: its login is `acme-app[bot]`."""
PERSON = "Ada <ada@acme.example>"
ROBOT = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
READ_TOKEN = "glpat-sandbox"
PROJECTS = {"dev": ["**"], "test": ["acme-tests.yaml", "platform-*.yaml"], "onboarding": ["onboard.yaml"]}
"""The environments of the example and the files that concern them."""


class World:
    """A street with everything on it. Use it as a context manager.

    *hub*, *ghcr*, *helm* (by repository URL), *github* and *gitlab* are its sites; *secrets* are the trigger
    tokens by the names of their secrets.
    """

    def __init__(self, known: Known, *, root: Path | None = None, latency: float = 0.0) -> None:
        """*root* is a folder for git repositories and certificates, made and removed by us where it is None."""
        self._temporary = None if root else tempfile.TemporaryDirectory(prefix="sandbox-")
        self.root = root or Path(self._temporary.name if self._temporary else "")
        self.root.mkdir(parents=True, exist_ok=True)
        self.known = known
        registries = sites.registries(known)
        self.hub, self.ghcr = registries["registry-1.docker.io"], registries["ghcr.io"]
        self.helm = sites.charts(known)
        self.secrets = {_secret(name): f"glptt-{name}" for name in PROJECTS}
        self.gitlab = _gitlab(self.secrets)
        self.github = sites.github(self.root, known)
        self.github.token(TOKEN)
        self.github.token(MERGE_TOKEN, kind="app")
        hosts: dict[str, Site] = {**registries, **sites.pages(self.helm), GITLAB_HOST: self.gitlab}
        hosts |= dict.fromkeys(("api.github.com", "github.com"), self.github)
        self.street = Street(hosts, latency=latency)
        self.proxy = ""

    @classmethod
    def of_example(cls, root: Path | None = None, *, until: str | None = QUIET, latency: float = 0.0) -> Self:
        """The example's world: acme/profile on GitHub, and what had been published by *until* (None: everything)."""
        world = cls(known_versions.read(EXAMPLE_VERSIONS, until), root=root, latency=latency)
        if world.github:
            # A person wrote the manifests, an earlier robot the values: so it is in a repository that has lived.
            files = example_files()
            manifests = {path: data for path, data in files.items() if path.startswith(".")}
            repository = world.github.create(REPOSITORY, manifests, message="Track our products", author=PERSON)
            values = {path: data for path, data in files.items() if path not in manifests}
            repository.commit(values, "Update [schedule]", author=ROBOT)
            world.deployed(*PROJECTS)
        return world

    def deployed(self, *names: str) -> None:
        """Record that main's head was deployed to the environments *names*, as a trigger that went well would."""
        repository = self.github.repository(REPOSITORY)
        robot, now = person(ROBOT), repository.now()
        for name in names:
            made = Deployment(repository.next_id(), repository.tip("main"), "main", "profile-cd", name, robot, now)
            made.statuses += [Status(repository.next_id(), state, robot, now) for state in ("in_progress", "success")]
            repository.deployments.append(made)

    @classmethod
    def of_versions(
        cls,
        path: Path | None,
        until: str | None = None,
        *,
        profile: Path | None = None,
        root: Path | None = None,
        latency: float = 0.0,
    ) -> Self:
        """The world of the sources in the file at *path*, as it was at *until* (RFC 3339; None: at its end).

        What the manifests and files of the folder *profile* name beyond it is published too.
        """
        known = known_versions.read(path, until)
        if profile:
            known = known_versions.filled(known, known_versions.in_use(profile))
        return cls(known, root=root, latency=latency)

    def __enter__(self) -> Self:
        self.street.__enter__()
        self.proxy = self.street.proxy()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.street.__exit__(kind, error, trace)
        if self._temporary:
            self._temporary.cleanup()

    @property
    def projects(self) -> str:
        """The JSON for the action's input `projects`: the environments that GitLab deploys."""
        return _projects()

    @property
    def api_url(self) -> str:
        """The address of GitHub's API, for GITHUB_API_URL."""
        return "https://api.github.com"

    @property
    def pulls(self) -> int:
        """The pulls that Docker Hub has counted."""
        return self.hub.pulls

    def environment(self, root: Path | None = None, *, inside: bool = False) -> dict[str, str]:
        """What a child process needs to live in this world. It must be entered first.

        The certificate is put into *root*/temp, which is where a runner's container has /github/runner_temp;
        *inside* gives the address in there.
        """
        folder = (root or self.root) / "temp"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "authority.pem").write_bytes(self.street.authority_pem())
        trusted = "/github/runner_temp/authority.pem" if inside else str(folder / "authority.pem")
        proxies = dict.fromkeys(("HTTPS_PROXY", "https_proxy"), self.proxy)
        certificates = dict.fromkeys(("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE"), trusted)
        local = dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1,localhost")
        return {**proxies, **certificates, **local, "GITHUB_TOKEN": TOKEN, "GITHUB_ACTOR": "sandbox"}

    def addresses(self) -> dict[str, str]:
        """A plain address on loopback for every site, by host name, for clients without a proxy."""
        return {host: self.street.listen(site) for host, site in self.street.sites.items()}

    def summary(self) -> str:
        """How much was asked, in one line."""
        asked = len(self.street.exchanges)
        return f"{asked} requests, {self.street.connections} connections, {self.pulls} pulls counted by Docker Hub"


def example_files() -> dict[str, bytes]:
    """The example's files by path."""
    paths = sorted(path for path in EXAMPLE.rglob("*") if path.is_file())
    return {path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in paths}


def _secret(name: str) -> str:
    return f"{name.upper()}_TRIGGER_TOKEN"


def _gitlab(secrets: Mapping[str, str]) -> GitLab:
    projects = {f"acme/{name}": GitLabProject(secrets[_secret(name)], path=f"acme/{name}") for name in PROJECTS}
    return GitLab(projects, read_tokens={READ_TOKEN})


def _projects() -> str:
    address = f"https://{GITLAB_HOST}/api/v4/projects/acme%2F{{}}/trigger/pipeline"
    return json.dumps(
        [
            {"name": name, "secret": _secret(name), "url": address.format(name), "paths": files}
            for name, files in PROJECTS.items()
        ]
    )
