"""Registries of images: the distribution protocol, its logins, and what an image is made of."""

from sandbox.registry.gate import Gate
from sandbox.registry.images import BOTH, INDEX, MANIFEST, Image
from sandbox.registry.registry import Registry, docker_hub, ghcr

__all__ = ["BOTH", "INDEX", "MANIFEST", "Gate", "Image", "Registry", "docker_hub", "ghcr"]
