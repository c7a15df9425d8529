"""The values of a file that manifests keep up to date: before, as we would write them, as the other tool left them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from profile_cd.errors import ProfileError
from profile_cd.model import Manifest, Plan, TargetUse
from profile_cd.plan import path_of
from profile_cd.targets import yaml

NOTHING = ""
"""What stands where a key leads nowhere."""


@dataclass(frozen=True, slots=True)
class Known:
    """A key that a manifest keeps up to date, where the manifest says so, and what our plan says of it.

    *why* is the reason for which we leave its value alone or failed, empty where it stands as chosen or is written.
    """

    manifest: str
    path: str
    line: int
    key: str
    document: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """What stands at a known key, of the three sides; empty where the key leads nowhere."""

    known: Known
    before: str
    ours: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Whether the other tool left something else than we would write."""
        return self.ours != self.theirs


def known(manifests: Iterable[Manifest], plan: Plan) -> dict[str, list[Known]]:
    """The keys that *manifests* keep up to date, by the path of their file."""
    why = _reasons(plan)
    found: dict[str, list[Known]] = {}
    for manifest in manifests:
        for target in manifest.targets:
            if target.unset:
                continue
            file = path_of(target.file, "")
            reason = why.get((manifest.path, manifest.id, file, target.key)) or why.get(
                (manifest.path, manifest.id), ""
            )
            found.setdefault(file, []).append(_known(manifest, target, reason))
    return found


def _known(manifest: Manifest, target: TargetUse, why: str) -> Known:
    return Known(manifest.id, manifest.path, target.line, target.key, target.document, why)


def _reasons(plan: Plan) -> Mapping[tuple[str, ...], str]:
    """Why we leave a value, by manifest, file and key; of a manifest that failed, by the manifest alone."""
    failed: dict[tuple[str, ...], str] = {(each.path, each.manifest): each.reason for each in reversed(plan.failures)}
    kept = {(each.change.path, each.change.manifest, each.change.file, each.change.key): each for each in plan.kept}
    return failed | {key: f"we leave it alone: {each.reason}" for key, each in kept.items()}


def values(wanted: Sequence[Known], before: str, ours: str, theirs: str) -> tuple[Value, ...]:
    """What stands at each of the keys *wanted* in the three texts of one file."""
    return tuple(Value(each, *(_at(text, each) for text in (before, ours, theirs))) for each in wanted)


def _at(text: str, known: Known) -> str:
    try:
        return yaml.value(text, known.key, document=known.document)
    except ProfileError:
        return NOTHING
