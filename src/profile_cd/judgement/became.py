"""What became of an announcement, in words for people: an announced version is never passed over in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Literal

from profile_cd import neutral, sources
from profile_cd.errors import BadCondition
from profile_cd.judgement.announcement import Announcement, held, names, plain, tracking
from profile_cd.judgement.chosen import described
from profile_cd.model import Change, Choice, Loaded, Manifest, Plan, SourceUse

State = Literal["taken", "review", "kept", "failed", "there", "newer", "refused", "invisible"]
DOUBTFUL: tuple[State, ...] = ("refused", "invisible")
"""How it may end so that nothing came of the announcement, and somebody should look."""
MOST_NAMES, LONGEST_NAME = 2000, 100
"""Names among which the one that was meant is looked for, and their characters: that takes time by the square."""
MOST_SHOWN = 5
"""Manifests that are named, of those that do not take it."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """How many seconds an announced version was looked for; *trouble* is what went wrong the last time."""

    seconds: float
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Became:
    """*words* on what became of an announcement, empty where nothing was announced.

    *doubtful* where nothing came of it, so that a person should look; *path* and *line* are then of the manifest that
    it concerns, empty where none does.
    """

    words: str = ""
    doubtful: bool = False
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """What one run knows: its manifests, what each chose by (manifest, source) id, its plan, and how long it waited.

    *now* (UTC) says which holds still hold.
    """

    loaded: Loaded
    choices: Mapping[tuple[str, str], Choice] = field(default_factory=dict)
    plan: Plan = field(default_factory=Plan)
    awaited: Awaited | None = None
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """What became of it in one manifest."""

    state: State
    manifest: Manifest
    use: SourceUse
    words: str


def became(announced: Announcement, decided: Decided) -> Became:
    """What became of *announced*, by manifest where they differ."""
    if announced.kind == "everything":
        return Became()
    if announced.kind == "unreadable":
        words = "The inputs of this dispatch cannot be read as an image or a chart; everything was looked at."
        return Became(words, doubtful=True)
    what = f"Announced: {_what(announced)}"
    found = tracking(announced, decided.loaded)
    if not found:
        return Became(f"{what}, which no manifest tracks.{_meant(announced, decided.loaded)}", doubtful=True)
    if announced.no_version:
        no_version = f"{neutral.code(announced.no_version)} is no version, so that no condition can take it."
        return Became(f"{what}. {no_version}", True, found[0][0].path, found[0][1].line)
    ends = [_end(announced, manifest, use, decided) for manifest, use in found]
    words = f"{what}. {_sentences(ends)}"
    if any(each.state not in DOUBTFUL for each in ends):
        return Became(words)
    return Became(words, True, ends[0].manifest.path, ends[0].use.line)


def _what(announced: Announcement) -> str:
    name, version = neutral.code(announced.name or ""), announced.version
    if version:
        return f"{name} {neutral.code(version)}"
    end = announced.version_ends_with
    return f"{name} {neutral.code(f'…{end}')}" if end else name


def _meant(announced: Announcement, loaded: Loaded) -> str:
    """A tracked name that is almost the announced one: of the same last component, or spelled much alike."""
    name = plain(announced.name or "")[:LONGEST_NAME]
    known = [each for each in dict.fromkeys(names(loaded)) if len(each) <= LONGEST_NAME][:MOST_NAMES]
    alike = [each for each in known if each.rpartition("/")[2] == name.rpartition("/")[2]]
    near = alike or get_close_matches(name, known, n=1, cutoff=0.75)
    return f" Did you mean {neutral.code(near[0])}?" if near else ""


def _sentences(ends: Sequence[_End]) -> str:
    """One sentence for each way in which it ended, the same words once."""
    sayings = list(dict.fromkeys(each.words for each in ends))
    more = f" {len(sayings) - MOST_SHOWN} more manifests do not take it, either." if len(sayings) > MOST_SHOWN else ""
    return " ".join(sayings[:MOST_SHOWN]) + more


def _end(announced: Announcement, manifest: Manifest, use: SourceUse, decided: Decided) -> _End:
    state, words = _ended(announced, manifest, use, decided)
    return _End(state, manifest, use, words)


def _ended(announced: Announcement, manifest: Manifest, use: SourceUse, decided: Decided) -> tuple[State, str]:
    mine = [each for each in decided.plan.changes if _is_of(each, manifest, use)]
    taken = [each for each in mine if announced.means(each.version)]
    if taken:
        version = neutral.code(taken[0].version)
        merged = any(each.lane == "merge" for each in taken)
        return ("taken", f"Taken: {version}.") if merged else ("review", f"{version} waits for a person's review.")
    name = neutral.code(manifest.id)
    hold = held(announced, manifest, decided.now)
    if hold is not None and announced.names_a_version:
        version, why = neutral.code(hold.version), neutral.line(hold.reason.replace("`", "'")).rstrip(".")
        return "kept", f"{name} is held at {version}: {why}."
    if any(_is_of(each.change, manifest, use) for each in decided.plan.kept):
        return "kept", f"It was kept back in {name}; see below."
    if any((each.path, each.manifest) == (manifest.path, manifest.id) for each in decided.plan.failures):
        return "failed", f"{name} failed; see its error."
    choice = decided.choices.get((manifest.id, use.id)) or Choice(None, ())
    instead = f" Taken instead: {neutral.code(mine[0].version)}." if mine else ""
    if not announced.names_a_version:
        return ("taken", instead.strip().replace("instead: ", ": ")) if mine else ("there", _NOTHING_NEWER)
    state, words = _without_it(announced, manifest, use, choice, decided.awaited)
    return state, f"{words}{instead}"


_NOTHING_NEWER = "Nothing of it is newer than what stands here and allowed by its condition."


def _is_of(change: Change, manifest: Manifest, use: SourceUse) -> bool:
    return (change.path, change.manifest, change.source) == (manifest.path, manifest.id, use.source.id)


def _without_it(
    announced: Announcement, manifest: Manifest, use: SourceUse, choice: Choice, awaited: Awaited | None
) -> tuple[State, str]:
    """What is said where no change takes it."""
    picked = choice.picked
    if picked is not None and announced.means(picked):
        return "there", "It is there already."
    listed = next((each for each in choice.verdicts if announced.means(each.version)), None)
    if listed is not None and listed.taken:
        return "newer", f"{neutral.code(picked or '')} is newer, and is what its condition chooses."
    refusal = listed.reason if listed is not None else _refusal(announced, use)
    if refusal:
        return "refused", f"{neutral.code(manifest.id)} does not admit it ({described(use.condition)}): {refusal}."
    newest = picked or next((each.version for each in choice.verdicts), "")
    visible = f"; the newest that is: {neutral.code(newest)}" if newest else ""
    return "invisible", f"It is not visible at {neutral.line(use.source.host)}{_after(awaited)}{visible}."


def _refusal(announced: Announcement, use: SourceUse) -> str:
    """Why *use* would not take a version that nobody sees yet; empty where it would."""
    if announced.version is None:
        return ""
    if not sources.keeps(use.source, announced.version):
        return "its `tagfilter` leaves it out"
    try:
        verdicts = sources.choose(use.source, (announced.version,), use.condition).verdicts
    except BadCondition as error:
        return error.what.rstrip(".")
    return "" if not verdicts or verdicts[0].taken else verdicts[0].reason


def _after(awaited: Awaited | None) -> str:
    if awaited is None:
        return ""
    trouble = f" ({awaited.trouble.rstrip('.')})" if awaited.trouble else ""
    return f" after {awaited.seconds:.0f} s{trouble}"
