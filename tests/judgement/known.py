"""What is known of one made-up change: the rules are asked about it."""

from dataclasses import replace
from datetime import UTC, datetime

from profile_cd.judgement import Evidence, Facts, Turn, Writer, judge, verdict
from profile_cd.model import Change, Condition, SourceUse
from profile_cd.plan import Draft
from profile_cd.sources import DockerImage
from profile_cd.versions import choose

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
CHANGE = Change(
    "a", "A", ".updatecli/a.yaml", 1, "dockerimage:acme/a", "a", "v.yaml", "$.a", "v1.0.0", "v1.1.0", "v1.1.0"
)
USE = SourceUse("s", 1, DockerImage("acme/a"), Condition("semver"))
ROBOT = Writer("b" * 40, "", "a v1.0.0\n\nProfile-CD: run", ("bot",), "2025-05-01T10:00:00Z")
ADA = Writer("a" * 40, "", "Roll a back: it crashes", ("Ada", "ada"), "2025-05-31T22:00:00Z")
BY_ROBOT, BY_ADA = Evidence(ROBOT, facts=Facts(USE)), Evidence(ADA, by_person=True, facts=Facts(USE))
BLIND, RACED = Evidence(blind=True, facts=Facts(USE)), Evidence(raced=True, facts=Facts(USE))
TURNED = replace(BY_ROBOT, turn=Turn(ADA, "`semver ^1.0.0`", "`semver ^1.1.0`", "v1.0.9"))


def change(old, new):
    return replace(CHANGE, old=old, new=new, version=new)


def said(old, new, evidence):
    return verdict(change(old, new), evidence, NOW)


def facts(evidence, **known):
    """*evidence* where manifest and source say something else."""
    return replace(evidence, facts=replace(evidence.facts or Facts(USE), **known))


def unlisted(evidence, *listed):
    """*evidence* where the source lists only *listed*."""
    return facts(evidence, choice=choose(listed, USE.condition))


def plan_of(evidence, review="changed-manifests", of=CHANGE):
    return judge(Draft((of,)), {of: evidence}, review, NOW, "https://github.com/acme/profile/commit/")
