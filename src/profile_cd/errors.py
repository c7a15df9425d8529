"""Every way to fail, each with its exit code and its advice.

ProfileError                  1   somebody else's mistake; says what, probably and now
├── CannotStart               2   the run could not begin
├── Unreadable                1   a manifest, at one of its lines
├── BadCondition              1   a version filter or a transformer that can never be right, whatever is listed
├── SourceFailed              1   a registry, a repository of charts or a release list gave no versions
│   ├── Unreachable               …because its host did not answer
│   └── NothingChosen             …because the condition takes none of them
├── EditRefused               1   a value cannot be written without touching something else
├── GitHubRefused             1   GitHub said no
├── Uncertain                 1   GitHub's answer to a write was lost: it may have happened
└── PipelineRefused           1   GitLab said no

Anything else that is raised is a mistake of ours: `unexpected` makes it the failure of the one manifest, source or
project that was looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

REPORT = "https://github.com/infitx-org/profile-cd-action/issues"
"""Where a mistake of ours is reported."""


class ProfileError(Exception):
    """What happened, what it probably means and what to do now, in whole sentences."""

    exit_code = 1
    others: Sequence[ProfileError] = ()

    def __init__(self, what: str, *, probably: str = "", now: str = "") -> None:
        super().__init__(" ".join(part for part in (what, probably, now) if part))
        self.what = what
        self.probably = probably
        self.now = now

    @property
    def each(self) -> tuple[ProfileError, ...]:
        """This one, and the others that it was found together with."""
        return (self, *self.others)


class CannotStart(ProfileError):
    """The run could not begin: *others* are further reasons, where several things that were asked are wrong."""

    exit_code = 2

    def __init__(self, what: str, *, probably: str = "", now: str = "", others: Sequence[CannotStart] = ()) -> None:
        super().__init__(what, probably=probably, now=now)
        self.others: Sequence[CannotStart] = others

    @property
    def each(self) -> tuple[CannotStart, ...]:
        """This one, and the others that it was found together with."""
        return (self, *self.others)


def together(found: Sequence[CannotStart]) -> CannotStart:
    """All of *found*, which is not empty, as one."""
    first, *others = found
    return CannotStart(first.what, probably=first.probably, now=first.now, others=others)


class Unreadable(ProfileError):
    """A manifest that cannot be used, at *line* (1 is the first) of its file.

    *unset* names the variables without whose values it cannot even be said that it is wrong.
    """

    def __init__(
        self, what: str, *, line: int, probably: str = "", now: str = "", unset: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(what, probably=probably, now=now)
        self.line = line
        self.unset = unset


class BadCondition(ProfileError):
    pass


class SourceFailed(ProfileError):
    pass


class Unreachable(SourceFailed):
    """No usable answer from *host*: everything else that is asked of it fails alike."""

    def __init__(self, what: str, *, host: str, probably: str = "", now: str = "") -> None:
        super().__init__(what, probably=probably, now=now)
        self.host = host


class NothingChosen(SourceFailed):
    pass


class EditRefused(ProfileError):
    pass


class GitHubRefused(ProfileError):
    pass


class Uncertain(ProfileError):
    """A write whose answer was lost, for *why*: it may or may not have happened, so look before you decide."""

    def __init__(self, why: str) -> None:
        super().__init__(f"GitHub's answer to a write was lost ({why}).", now="The next run looks what became of it.")


class PipelineRefused(ProfileError):
    pass


Kind = TypeVar("Kind", bound=ProfileError)


def without_frames(error: Kind) -> Kind:
    """*error* as a value to keep: without the frames that it came through, which keep all their variables alive.

    Twenty failures with a page of tags behind each took 600 MB.
    """
    each: BaseException | None = error
    while each is not None:
        each.__traceback__ = None
        each = each.__cause__ or each.__context__
    return error


def unexpected(error: Exception, kind: type[Kind]) -> Kind:
    """A mistake of ours as a failure of *kind*. Of *error* only its type and its place in our code are named.

    Its own words are left out: they repeat the value that nobody expected, which may be a secret or hostile.
    """
    return kind(
        f"This is a mistake of profile-cd ({type(error).__name__} {_raised_at(error)}).",
        now=f"Report it at {REPORT} with this line and the manifest.",
    )


def _raised_at(error: Exception) -> str:
    """The innermost line of ours that *error* came through."""
    where = "somewhere"
    step = error.__traceback__
    while step is not None:
        name = str(step.tb_frame.f_globals.get("__name__", ""))
        if name.partition(".")[0] == __name__.partition(".")[0]:
            where = f"in {name}, line {step.tb_lineno}"
        step = step.tb_next
    return where
