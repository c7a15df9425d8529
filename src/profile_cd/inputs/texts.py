"""One input of a step: its text in the environment, as a word, a flag, a number or a list of names.

The runner writes `INPUT_` and the name in capitals; only blanks become `_`, hyphens stay (actions/runner, Handler.cs).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from profile_cd.credentials import Secret
from profile_cd.errors import CannotStart, together
from profile_cd.neutral import quoted

Value = TypeVar("Value")

_TOKEN = re.compile(r"[\x21-\x7e]+")
LONGEST_NUMBER = 6
"""Digits: eleven days in seconds."""
TRUE, FALSE = ("true", "True", "TRUE"), ("false", "False", "FALSE", "")


def text(environment: Mapping[str, str], name: str) -> str:
    """The input *name*, empty where it was not given."""
    return environment.get(f"INPUT_{name.upper()}", "").strip()


def one_of(environment: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """One of *allowed*, the first of them where nothing was given. Raises CannotStart."""
    value = text(environment, name) or allowed[0]
    if value not in allowed:
        raise CannotStart(f"The input `{name}` is {quoted(value)}.", now=f"Write one of {', '.join(allowed)}.")
    return value


def boolean(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    """`true` or `false` as YAML 1.2's core schema spells them. Raises CannotStart."""
    value = text(environment, name)
    if not value:
        return default
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise CannotStart(f"The input `{name}` is {quoted(value)}.", now="Write `true` or `false`.")


def number(value: str, digits: int) -> int | None:
    """The whole number that *value* is, in at most so many *digits*; None where it is none."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= digits else None


def seconds(environment: Mapping[str, str], name: str) -> int:
    """A whole number of seconds. Raises CannotStart."""
    value = text(environment, name) or "0"
    found = number(value, LONGEST_NUMBER)
    if found is None:
        raise CannotStart(
            f"The input `{name}` is {quoted(value)}.",
            now=f"Write a whole number of seconds, up to {LONGEST_NUMBER} digits.",
        )
    return found


def seconds_if_given(environment: Mapping[str, str], name: str) -> int | None:
    """A whole number of seconds, None where nothing was given. Raises CannotStart."""
    return seconds(environment, name) if text(environment, name) else None


def is_token(value: str) -> bool:
    """Whether *value* can be a token of any kind: one goes into a header, where nothing else fits (RFC 9110, 5.5)."""
    return _TOKEN.fullmatch(value) is not None


def token(environment: Mapping[str, str], name: str) -> Secret:
    """A token, which may be empty; its text is never shown. Raises CannotStart."""
    value = text(environment, name)
    if value and not is_token(value):
        raise CannotStart(
            f"The input `{name}` holds characters that no token has, such as a blank or the end of a line.",
            probably="Perhaps something was pasted into its secret beside it.",
            now="Set the secret again, to the token alone.",
        )
    return Secret(value)


def own_token(environment: Mapping[str, str]) -> Secret:
    """The input `token`, which is the workflow's own token by default. Raises CannotStart where it is empty, too."""
    found = token(environment, "token")
    if not found:
        raise CannotStart(
            "The input `token` is empty.",
            now="Leave it out to use the workflow's own token, or name a secret that is set.",
        )
    return found


def directory(environment: Mapping[str, str], name: str) -> str:
    """A directory below the root of the repository, empty for the root. Raises CannotStart."""
    value = text(environment, name).strip("/")
    if ".." in value.split("/") or re.search(r"[\x00-\x1f\x7f\\]", value):
        raise CannotStart(
            f"The input `{name}` is {quoted(value)}, which no directory of the repository can be.",
            now="Write its path from the root, with `/` and without `..`.",
        )
    return value


def names(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Names separated by commas or line ends."""
    return tuple(part.strip() for part in re.split(r"[,\n]", text(environment, name)) if part.strip())


@dataclass(frozen=True, slots=True)
class Given:
    """The inputs of one step while they are read: what is *wrong* with any is kept, to be said of all in one go."""

    environment: Mapping[str, str]
    wrong: list[CannotStart] = field(default_factory=list)

    def read(self, one: Callable[[], Value], otherwise: Value) -> Value:
        """What *one* reads; *otherwise*, with the reason kept, where that raises CannotStart."""
        try:
            return one()
        except CannotStart as error:
            self.wrong.extend(error.each)
            return otherwise

    def check(self) -> None:
        """Raise CannotStart with everything that is wrong, where anything is."""
        if self.wrong:
            raise together(self.wrong)

    def text(self, name: str) -> str:
        """As the function of that name."""
        return text(self.environment, name)

    def token(self, name: str) -> Secret:
        """As the function of that name."""
        return self.read(lambda: token(self.environment, name), Secret(""))

    def own_token(self) -> Secret:
        """As the function of that name."""
        return self.read(lambda: own_token(self.environment), Secret(""))

    def directory(self, name: str) -> str:
        """As the function of that name."""
        return self.read(lambda: directory(self.environment, name), "")

    def names(self, name: str) -> tuple[str, ...]:
        """As the function of that name."""
        return names(self.environment, name)

    def names_like(self, name: str, form: re.Pattern[str], now: str) -> tuple[str, ...]:
        """As `names`, without those that are not of the *form*; *now* says what to write instead."""
        found = names(self.environment, name)
        for each in found:
            if not form.fullmatch(each):
                self.wrong.append(
                    CannotStart(f"The input `{name}` names {quoted(each)}, which GitHub has none of.", now=now)
                )
        return tuple(each for each in found if form.fullmatch(each))

    def one_of(self, name: str, *allowed: str) -> str:
        """As the function of that name."""
        return self.read(lambda: one_of(self.environment, name, allowed), allowed[0])

    def boolean(self, name: str, *, default: bool = False) -> bool:
        """As the function of that name."""
        return self.read(lambda: boolean(self.environment, name, default=default), default)

    def seconds_if_given(self, name: str) -> int | None:
        """As the function of that name."""
        return self.read(lambda: seconds_if_given(self.environment, name), None)

    def seconds(self, name: str) -> int:
        """As the function of that name."""
        return self.read(lambda: seconds(self.environment, name), 0)
