"""The small world: every site under its real name, what it has published, and a profile repository to play in."""

from sandbox.seen import Seen
from sandbox.world import known_versions, made_up
from sandbox.world.known_versions import Known
from sandbox.world.scene import Match, Once, Scene, on_github
from sandbox.world.sites import place
from sandbox.world.tokens import app_token
from sandbox.world.world import (
    EXAMPLE,
    EXAMPLE_VERSIONS,
    GITLAB_HOST,
    MERGE_TOKEN,
    PERSON,
    PROJECTS,
    QUIET,
    READ_TOKEN,
    REPOSITORY,
    ROBOT,
    TOKEN,
    World,
    example_files,
)

__all__ = [
    "EXAMPLE", "EXAMPLE_VERSIONS", "GITLAB_HOST", "MERGE_TOKEN", "PERSON", "PROJECTS", "QUIET", "READ_TOKEN",
    "REPOSITORY", "ROBOT", "TOKEN", "Known", "Match", "Once", "Scene", "Seen", "World", "app_token", "example_files",
    "known_versions", "made_up", "on_github", "place",
]  # fmt: skip
