"""What the manifest and its source say of a change, beside history: policy, condition, choice, the version's age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from profile_cd import plan, transformers, versions
from profile_cd.model import NO_POLICY, Change, Choice, Loaded, Policy, Source, SourceUse
from profile_cd.plan import Draft, path_of
from profile_cd.versions import Direction

Dates = Mapping[tuple[Source, str], datetime | None]
"""When a version was published, in UTC; None where its source does not say."""

Given = Mapping[tuple[Source, str], str]
"""What a source gives for a version where that is not its name, like the commit of a release."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a change without history.

    *use* is the source as its manifest uses it, *choice* what came of it, None where it was not asked. *fixed* says
    that the value stands in the manifest itself. *created* is when the chosen version was published.
    """

    use: SourceUse
    choice: Choice | None = None
    policy: Policy = NO_POLICY
    fixed: bool = False
    created: datetime | None = None
    given: Given = field(default_factory=dict)

    def way(self, change: Change, value: str) -> Direction:
        """Where *value*, one or several joined by commas, goes when what *change* writes takes its place.

        What the manifest itself fixes is no version: it goes neither up nor down.
        """
        if self.fixed:
            return Direction.SAME
        return plan.direction(self.use, self.choice, value.split(", "), change.version, self.given)

    def lists(self, value: str) -> bool:
        """Whether the source lists every version in *value*; True where it was not asked."""
        if self.choice is None or self.fixed:
            return True
        listed = {verdict.version for verdict in self.choice.verdicts}
        return all(set(self._versions(each, "")) & listed for each in value.split(", "))

    def is_major(self, change: Change) -> bool:
        """Whether *change* leads up to another major version."""
        new = versions.parse(change.version)
        texts = (text for each in change.old.split(", ") for text in self._versions(each, change.version))
        stand = [versions.parse(text) for text in texts]
        return new is not None and any(old is not None and old.core[0] < new.core[0] for old in stand)

    def _versions(self, value: str, like: str) -> Sequence[str]:
        listed = [verdict.version for verdict in self.choice.verdicts] if self.choice else []
        given = {self.given.get((self.use.source, each), each): each for each in listed}
        return [given.get(text, text) for text in transformers.origins(self.use.transformers, value, like, list(given))]


def gather(draft: Draft, loaded: Loaded, dates: Dates, given: Given, within: str) -> dict[Change, Facts]:
    """The facts of each change of *draft*; *dates* are known where a policy wants an age."""
    owners = {
        (each.path, each.id, path_of(target.file, within), target.key, target.document): (each, target)
        for each in loaded.manifests
        for target in each.targets
    }
    found = {}
    for change in draft.changes:
        owner = owners.get((change.path, change.manifest, change.file, change.key, change.document))
        if owner is None:
            continue
        manifest, target = owner
        use = next(each for each in manifest.sources if each.id == target.source_id)
        created = dates.get((use.source, change.version))
        choice = draft.choices.get((manifest.id, use.id))
        found[change] = Facts(use, choice, manifest.policy, bool(target.value), created, given)
    return found
