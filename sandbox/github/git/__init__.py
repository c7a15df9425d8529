"""Bare Git repositories on the disk, as GitHub keeps them."""

from sandbox.github.git import blame
from sandbox.github.git.objects import Entry, GitFailed, GitObject, Signature, moment
from sandbox.github.git.repository import Git, Line, environment

__all__ = ["Entry", "Git", "GitFailed", "GitObject", "Line", "Signature", "blame", "environment", "moment"]
