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

Anything else that is raised is a mistake of ours.
"""

from __future__ import annotations


class ProfileError(Exception):
    """What happened, what it probably means and what to do now, in whole sentences."""

    exit_code = 1

    def __init__(self, what: str, *, probably: str = "", now: str = "") -> None:
        super().__init__(" ".join(part for part in (what, probably, now) if part))
        self.what = what
        self.probably = probably
        self.now = now


class CannotStart(ProfileError):
    exit_code = 2


class Unreadable(ProfileError):
    """A manifest that cannot be used, at *line* (1 is the first) of its file."""

    def __init__(self, what: str, *, line: int, probably: str = "", now: str = "") -> None:
        super().__init__(what, probably=probably, now=now)
        self.line = line


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
