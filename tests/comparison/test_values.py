"""Each key of a manifest is looked up on all three sides, with the reason for which we leave its value."""

from profile_cd import comparison
from profile_cd.comparison.values import values
from profile_cd.model import Change, Condition, Kept, Manifest, Plan, Problem, SourceUse, TargetUse
from profile_cd.sources import DockerImage

USE = SourceUse("image", 3, DockerImage("acme/ledger"), Condition("semver", "*"))


def manifest(name, *keys, unset=frozenset()):
    targets = tuple(TargetUse(key, 9 + at, "image", "values.yaml", key, unset=unset) for at, key in enumerate(keys))
    return Manifest(name, f".updatecli/{name}.yaml", name, 1, (USE,), targets)


def known(*manifests, plan=None):
    return comparison.known(manifests, plan or Plan())["values.yaml"]


def test_the_keys_of_a_file_are_known_with_the_place_that_names_them():
    one, two = known(manifest("ledger", "$.a", "$.b"))

    assert (one.key, one.path, one.line, one.why) == ("$.a", ".updatecli/ledger.yaml", 9, "")
    assert (two.key, two.line) == ("$.b", 10)


def test_a_value_that_we_keep_is_known_with_the_reason_and_a_failed_manifest_with_its_failure():
    change = Change(
        "ledger", "n", ".updatecli/ledger.yaml", 9, "s:x", "x", "values.yaml", "$.a", old="v1", new="v2", version="v2"
    )
    plan = Plan(
        kept=(Kept(change, "a person wrote it"),),
        failures=(Problem("switch", ".updatecli/switch.yaml", 4, "nothing answers"),),
    )

    found = known(manifest("ledger", "$.a", "$.b"), manifest("switch", "$.c"), plan=plan)

    assert [each.why for each in found] == ["we leave it alone: a person wrote it", "", "nothing answers"]


def test_what_only_a_variable_knows_is_not_looked_up():
    found = known(manifest("switch", "$.x", unset=frozenset({"NAME"})), manifest("ledger", "$.a"))

    assert [each.key for each in found] == ["$.a"]


def test_a_key_that_leads_nowhere_on_one_side_is_nothing_there():
    (found,) = values(known(manifest("ledger", "$.a")), "a: v1\n", "a: v2\n", "b: v1\n")

    assert (found.before, found.ours, found.theirs, found.differs) == ("v1", "v2", "", True)
