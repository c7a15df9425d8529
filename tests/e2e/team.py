"""A team's repository at the sandbox's GitHub, with the workflow that it copied and the images in a real registry."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sandbox.github import HostedRepository
from sandbox.token_server import TokenServer
from sandbox.world import (
    EXAMPLE_VERSIONS,
    PERSON,
    PROJECTS,
    QUIET,
    READ_TOKEN,
    REPOSITORY,
    TOKEN,
    World,
    known_versions,
)
from tests.e2e import acting
from tests.real_registry import Front, Storage, free_port, serving

BOTH = ("linux/amd64", "linux/arm64")
HUB = ("registry-1.docker.io", "index.docker.io")
TRIGGER_TOKEN = "glptt-of-every-project"
"""act knows no environments, and so no secret of each: GitLab's projects share one token here."""
SECRETS = ("TRIGGER_TOKEN", "DEV_TOKEN", "DEV_TRIGGER_TOKEN", "TEST_TRIGGER_TOKEN", "ONBOARDING_TRIGGER_TOKEN")
"""All names under which an example looks for it."""
UPSTREAM = "https://circleci.acme.example/ledger/42"


class Team:
    """*world* is the outside; *hub* answers for Docker Hub, and *storage* holds what is published there."""

    def __init__(self, root: Path, world: World, hub: Front, storage: Storage) -> None:
        self.root = root
        self.world = world
        self.hub = hub
        self.storage = storage
        self.actions = acting.released(root / "action")
        for name in PROJECTS:
            project = world.gitlab.project(f"acme/{name}")
            assert project
            project.token = TRIGGER_TOKEN
        self._runs = 0

    @property
    def repository(self) -> HostedRepository:
        """The team's repository."""
        return self.world.github.repository(REPOSITORY)

    def files(self) -> dict[str, bytes]:
        """What main holds."""
        return dict(self.repository.read("main"))

    def branches(self) -> list[str]:
        """The names of all branches."""
        return self.repository.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split()

    def tags(self, image: str) -> int:
        """How many tags Docker Hub holds of an image."""
        return self.storage.tags(image)

    def publish(self, image: str, tag: str) -> None:
        """Push an image to Docker Hub."""
        self.storage.publish(image, [tag], BOTH)

    def copy(self, workflow: Path) -> None:
        """Commit a workflow of the examples as it is."""
        files = {f".github/workflows/{workflow.name}": workflow.read_bytes()}
        self.repository.commit(files, "Keep versions up to date", author=PERSON)

    def dispatch(self, workflow: str, image: str, tag: str, **variables: str) -> acting.Played:
        """What Circle CI starts when it has published an image."""
        inputs = {"image": image, "tag": tag, "upstream": UPSTREAM}
        return self.play(workflow, "workflow_dispatch", {"inputs": inputs}, **variables)

    def play(self, workflow: str, event: str, payload: dict[str, object], **variables: str) -> acting.Played:
        """Run a workflow of main for *event*; *variables* are those of the repository, with PROJECTS among them."""
        self._runs += 1
        room = self.root / f"run-{self._runs}"
        room.mkdir()
        (room / "action").symlink_to(self.actions)
        checkout = self._checkout(room)
        text = (checkout / ".github/workflows" / workflow).read_text()
        (room / workflow).write_text(acting.playable(text))
        said = {"ref": "refs/heads/main", "repository": {"default_branch": "main"}, **payload}
        return acting.play(room / workflow, checkout, event, said, *self._options(room, variables))

    def _checkout(self, room: Path) -> Path:
        """act takes repository, ref and commit from a clone; that it also lies in the workspace is its own way."""
        where = room / "profile"
        for words in (
            ["clone", "--quiet", str(self.repository.git.path), str(where)],
            ["-C", str(where), "remote", "set-url", "origin", f"https://github.com/{REPOSITORY}.git"],
        ):
            subprocess.run(["git", *words], check=True)
        return where

    def _options(self, room: Path, variables: dict[str, str]) -> list[str]:
        """Secrets, variables, and the way into the world: every host keeps its name, behind a proxy."""
        world = self.world.environment(room)
        trusted = world["SSL_CERT_FILE"]
        through = ("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
        secrets = {**dict.fromkeys(SECRETS, TRIGGER_TOKEN), "GITHUB_TOKEN": TOKEN, "READ_TOKEN": READ_TOKEN}
        given = {"PROJECTS": self.world.projects, **variables}
        return [
            *("--actor", "ada", "--container-options", f"--volume {trusted}:{trusted}:ro"),
            *(word for name in through for word in ("--env", f"{name}={world[name]}")),
            *(word for name, value in secrets.items() for word in ("--secret", f"{name}={value}")),
            *(word for name, value in given.items() for word in ("--var", f"{name}={value}")),
        ]


@contextmanager
def founded(root: Path, workflow: Path, tags: int) -> Iterator[Team]:
    """A team that has copied *workflow*; Docker Hub holds *tags* more of the image `acme/ledger` than the example."""
    tokens, port = TokenServer({}), free_port()
    hub, storage = Front(tokens, port), Storage(root / "data")
    for name, seen in known_versions.read(EXAMPLE_VERSIONS, QUIET).items():
        kind, _, image = name.partition(":")
        if kind == "dockerimage" and image.startswith("acme/"):
            storage.publish(image, [each.version for each in seen], BOTH)
    storage.publish("acme/ledger", [f"v1.3.{number}" for number in range(tags)], BOTH)
    with ExitStack() as stack:
        certificate = tokens.certificate_pem()
        stack.enter_context(serving(root, port, realm="https://auth.docker.io/token", certificate=certificate))
        world = stack.enter_context(World.of_example(root / "world"))
        world.street.sites.update({**dict.fromkeys(HUB, hub), "auth.docker.io": tokens})
        team = Team(root, world, hub, storage)
        team.copy(workflow)
        yield team
