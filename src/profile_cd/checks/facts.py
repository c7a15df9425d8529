"""What GitHub says of tokens, of a base branch and of a repository's settings, and a line of a check.

None stands everywhere for what none of the tokens may see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from profile_cd.tokens import Kind

What = Literal["reviews", "checks", "queue", "linear", "signatures", "closed", "methods", "other"]


@dataclass(frozen=True, slots=True)
class Token:
    """The token of the input *name*. *expires* is in GitHub's own words, empty where it says nothing.

    *scopes* are those of a classic token. *pushes*: whoever it belongs to may write contents, as *administrator* may
    all. *reaches*: the base branch lets it push. *bypasses* is GitHub's word for each ruleset. *trouble* says why it
    sees nothing of the repository.
    """

    name: str
    kind: Kind = ""
    login: str = ""
    expires: str = ""
    scopes: tuple[str, ...] | None = None
    pushes: bool | None = None
    administrator: bool = False
    reaches: bool | None = None
    bypasses: Mapping[int, str] = field(default_factory=dict, hash=False)
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that the base branch demands: by the *ruleset* of that number, by classic protection where it is 0.

    *source* is where the ruleset belongs, in GitHub's own words: Repository, Organization or Enterprise.

    *count* are approvals, *names* those of checks, of methods or of other rules. *strict* are checks that want the
    newest base. *owners*: a code owner approves; *stale*: a push takes approvals back.
    """

    what: What
    ruleset: int = 0
    source: str = ""
    count: int = 0
    names: tuple[str, ...] = ()
    strict: bool = False
    owners: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """The base branch. *demands* is None where rules may not be read; *missing*: GitHub says that there is none.

    *seen* says that the whole of its classic protection may be read: *exempt* are then the logins and Apps that its
    reviews do not bind, *pushers* the only ones that may push (None: everyone), *everyone*: administrators, too.
    *teams*: some of them stand there as members of a team, which cannot be seen.
    """

    name: str
    demands: tuple[Demand, ...] | None = None
    seen: bool = False
    exempt: frozenset[str] = frozenset()
    pushers: frozenset[str] | None = None
    everyone: bool = True
    teams: bool = False
    missing: bool = False

    def demanded(self, what: What) -> tuple[Demand, ...]:
        """What it demands of one kind."""
        return tuple(each for each in self.demands or () if each.what == what)


@dataclass(frozen=True, slots=True)
class Names:
    """Names of secrets, in capitals. *complete*: no page is missing."""

    found: frozenset[str]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secrets of the repository, of its organisation and, by environment in lower case, of environments."""

    repository: Names | None = None
    organisation: Names | None = None
    environments: Mapping[str, Names | None] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Variable:
    """The variable PROJECTS: *where* it is set, empty for nowhere, and its *text*. *name* is the environment's."""

    where: Literal["repository", "organisation", "environment", ""]
    text: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one or two tokens see. *pulls*: Actions may create pull requests. *methods* are the allowed ones."""

    branch: Branch
    tokens: tuple[Token, ...]
    pulls: bool | None = None
    auto_merge: bool | None = None
    methods: frozenset[str] | None = None

    @property
    def writer(self) -> Token:
        """The token that proposes and merges: the last one that was given."""
        return self.tokens[-1]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the run is asked for, as far as it decides what must be set. *own*: it is the token of the run itself."""

    merge: str = "auto"
    method: str = "squash"
    wait: int = 0
    own: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at: it is *fine*, must be *set*, or is *unknown* to this token."""

    level: Literal["fine", "set", "unknown"]
    words: str
