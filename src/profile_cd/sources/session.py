"""What one run asks its sources with, and what it has learnt so far and need not ask again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from profile_cd.credentials import Credentials, Login
from profile_cd.model import Source
from profile_cd.protocols import Web
from profile_cd.sources.budget import Budget
from profile_cd.sources.registry import Registries, Repository, Tokens


@dataclass(frozen=True, slots=True)
class Session:
    """The web and the logins of a run. Shared by all threads that ask.

    *tokens* let us in to registries; *manifests* are those of images, by tag; *indexes* the lines of the charts that
    were asked for, by the index's address and login; *values* are what is written for a version of a source where that
    is not its name: a commit, a title; *dates* when it was published, where a list says so. *budget* is what may still
    be kept. What is kept here was asked with a login of this run, so it stays in it.
    """

    web: Web
    credentials: Credentials
    tokens: Tokens = field(default_factory=Tokens)
    manifests: dict[tuple[Repository, str], bytes] = field(default_factory=dict, repr=False)
    indexes: dict[tuple[str, Login | None], bytes] = field(default_factory=dict, repr=False)
    values: dict[tuple[Source, str], str] = field(default_factory=dict, repr=False)
    dates: dict[tuple[Source, str], str] = field(default_factory=dict, repr=False)
    budget: Budget = field(default_factory=Budget)

    @property
    def registries(self) -> Registries:
        """Registries, as this run asks them."""
        return Registries(self.web, self.tokens, self.budget)

    def over(self, web: Web) -> Session:
        """This session over another web: what was learnt stays."""
        return replace(self, web=web)
