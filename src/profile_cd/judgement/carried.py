"""What an open proposal of ours says of manifests that failed this time: a passing fault takes nothing back."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence

from profile_cd.errors import ProfileError
from profile_cd.judgement.past import Answers, At, Questions
from profile_cd.model import Change, Manifest, Problem, Snapshot, TargetUse
from profile_cd.plan import path_of
from profile_cd.targets import yaml

Ends = tuple[str, str]
"""The commit that an open proposal of ours was made on, and its head."""

Walk = Generator[Questions, Answers, list[Change]]
_Target = tuple[Manifest, TargetUse]


def collect(
    manifests: Iterable[Manifest],
    failures: Iterable[Problem],
    proposals: Sequence[Ends],
    snapshot: Snapshot,
    within: str,
) -> Walk:
    """Ask for the files of the *proposals*; returns the changes that stay proposed, where the value has not moved.

    Raises ProfileError where they cannot be read: without them, a proposal would lose what it says.
    """
    failed = {problem.manifest for problem in failures}
    targets = [(each, target) for each in manifests if each.id in failed for target in each.targets]
    paths = {path_of(target.file, within) for _, target in targets}
    questions = Questions(texts=frozenset((commit, path) for ends in proposals for commit in ends for path in paths))
    answers = (yield questions) if questions else Answers()
    if answers.trouble:
        raise ProfileError(answers.trouble)
    return [
        change
        for ends in proposals
        for each in targets
        if (change := _carried(each, path_of(each[1].file, within), ends, answers.texts, snapshot)) is not None
    ]


def _carried(
    owner: _Target, path: str, ends: Ends, texts: Mapping[At, str | None], snapshot: Snapshot
) -> Change | None:
    each, target = owner
    before, after = (texts.get((commit, path)) for commit in ends)
    if before is None or after is None or path not in snapshot.files:
        return None
    today = snapshot.files[path].data.decode("utf-8", "replace")
    try:
        was, proposed, stands = (
            yaml.value(text, target.key, document=target.document) for text in (before, after, today)
        )
    except ProfileError:
        return None
    # Somebody has written the value since: carrying on the proposal would undo that.
    if was == proposed or was != stands:
        return None
    source = next(use for use in each.sources if use.id == target.source_id).source
    return Change(
        each.id, each.name, each.path, target.line, source.id, source.product,
        path, target.key, stands, proposed, proposed, target.document,
    )  # fmt: skip
