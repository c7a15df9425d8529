"""Changes become texts: each file is proved once for all of them, and a failure stays its manifest's."""

import random
import time
import tracemalloc

import pytest

from profile_cd import plan
from profile_cd.errors import EditRefused
from profile_cd.model import Change, Condition, File, Loaded, Manifest, Snapshot, SourceUse, TargetUse
from profile_cd.plan.writing import refused
from profile_cd.sources import DockerImage
from profile_cd.targets import yaml

SERVICE = """\
service{n}:
  image:
    repository: acme/service{n}  # keeps its books
    tag: v1.{n}.0
  replicas: 2
  env:
    - name: LEVEL
      value: "info"
"""


def services(count):
    return "".join(SERVICE.format(n=number) for number in range(count))


def manifests(keys, file="values.yaml"):
    """One manifest for each key, all of one image."""
    use = SourceUse("image", 3, DockerImage("acme/ledger"), Condition("semver", "*"))
    return tuple(
        Manifest(f"m{n}", f".updatecli/m{n}.yaml", f"M{n}", 1, (use,), (TargetUse("yaml", 9, "image", file, key),))
        for n, key in enumerate(keys)
    )


def drafted(text, keys):
    loaded = Loaded(manifests(keys))
    snapshot = Snapshot({"values.yaml": File(text.encode())})
    return plan.draft(loaded, {DockerImage("acme/ledger"): ("v2.0.0",)}, snapshot), snapshot


def change(key, new="v2", file="values.yaml"):
    return Change("m", "M", ".updatecli/m.yaml", 1, "s:x", "x", file, key, "v1", new, new)


@pytest.fixture
def proofs(monkeypatch):
    """How many edits each proof was about."""
    counted = []
    write_all = yaml.write_all

    def counting(text, edits):
        counted.append(len(edits))
        return write_all(text, edits)

    monkeypatch.setattr(yaml, "write_all", counting)
    return counted


def test_a_file_is_proved_once_with_all_of_its_changes(proofs):
    made, snapshot = drafted(services(30), [f"$.service{n}.image.tag" for n in range(30)])

    assert len(made.changes) == 30
    assert proofs == [30]
    assert plan.texts(made.changes, snapshot)["values.yaml"].count(b"tag: v2.0.0") == 30
    assert proofs == [30, 30]


# A next line is a line end to one reader and a character to the other: it can be read, and never be written.
ODD = "odd{n}: v1.0.0\x85x: 1\n"


@pytest.mark.parametrize("bad", [[7], [0, 19], [3, 4, 11], range(20)])
def test_what_cannot_be_written_fails_its_manifest_and_no_other(bad):
    text = "".join(ODD.format(n=n) if n in bad else f"odd{n}: v1.0.0\n" for n in range(20)) + "end: 1\n"

    made, snapshot = drafted("begin: 1\n" + text, [f"$.odd{n}" for n in range(20)])

    assert {failure.manifest for failure in made.failures} == {f"m{n}" for n in bad}
    assert [each.manifest for each in made.changes] == [f"m{n}" for n in range(20) if n not in bad]
    assert (made.changes == ()) or plan.texts(made.changes, snapshot)


def test_a_manifest_that_cannot_write_in_one_place_writes_in_none():
    use = SourceUse("image", 3, DockerImage("acme/ledger"), Condition("semver", "*"))
    targets = tuple(TargetUse("yaml", line, "image", "values.yaml", key) for line, key in [(9, "$.a"), (10, "$.odd1")])
    loaded = Loaded((Manifest("m", ".updatecli/m.yaml", "M", 1, (use,), targets),))
    snapshot = Snapshot({"values.yaml": File(("a: v1.0.0\n" + ODD.format(n=1) + "z: 1\n").encode())})

    made = plan.draft(loaded, {DockerImage("acme/ledger"): ("v2.0.0",)}, snapshot)

    assert (made.changes, made.unchanged) == ((), 0)
    assert [(each.line, "not valid YAML" in each.reason) for each in made.failures] == [(10, True)]


def test_the_search_for_what_cannot_be_written_ends(proofs):
    text = "".join(ODD.format(n=n) for n in range(300))

    found = refused([change(f"$.odd{n}") for n in range(300)], Snapshot({"values.yaml": File(text.encode())}))

    assert len(found) == 300
    assert all(isinstance(error, EditRefused) for error in found.values())
    assert len(proofs) < 100


def test_two_changes_of_one_value_are_refused_together():
    found = refused([change("$.a"), change("a", "v3")], Snapshot({"values.yaml": File(b"a: v1\n")}))

    assert len(found) == 2


def test_the_lines_that_changes_write_are_those_that_differ():
    text = "a: v1\n# c\nb: [v1, x]\nc: v1\n  or so\n"
    snapshot = Snapshot({"values.yaml": File(text.encode())})

    assert plan.lines([change("$.a"), change("$.b[0]"), change("$.x", file="other.yaml")], "values.yaml", snapshot) == {
        0,
        2,
    }
    assert plan.lines([change("$.c")], "values.yaml", snapshot) == set(range(6))
    assert plan.lines([change("$.a", "v1")], "values.yaml", snapshot) == set()
    assert plan.lines([], "values.yaml", snapshot) == set()


def test_eighty_changes_in_one_file_take_a_moment_and_little_memory():
    text = services(380)
    keys = [f"$.service{n * 4}.image.tag" for n in range(80)]
    drafted(text, keys[:1])
    began = time.process_time()

    made, snapshot = drafted(text, keys)
    plan.texts(made.changes, snapshot)

    assert len(made.changes) == 80
    assert time.process_time() - began < 1.5


def test_no_reading_of_a_file_is_kept_for_each_change():
    text = services(60)
    tracemalloc.start()
    try:
        made, snapshot = drafted(text, [f"$.service{n}.image.tag" for n in range(60)])
        plan.texts(made.changes, snapshot)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 5_000_000


def test_a_broken_file_is_told_once_and_pointed_to_by_the_others():
    made, _ = drafted("a: [\n", ["$.a", "$.b", "$.c"])

    first, *others = made.failures
    assert "not valid YAML: line 2" in first.reason
    assert [each.reason for each in others] == [
        "`values.yaml` cannot be edited: see .updatecli/m0.yaml:9.",
        "`values.yaml` cannot be edited: see .updatecli/m0.yaml:9.",
    ]
    assert [each.manifest for each in made.failures] == ["m0", "m1", "m2"]


def test_a_pointer_of_git_lfs_is_named_as_one():
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"

    made, _ = drafted(pointer, ["$.a"])

    assert "pointer of Git LFS" in made.failures[0].reason


def test_large_files_are_cut_down_to_what_a_slow_reader_must_see():
    chance = random.Random(7)
    text = services(3000)
    keys = [f"$.service{chance.randrange(3000)}.image.tag" for _ in range(40)]
    began = time.process_time()

    made, _ = drafted(text, list(dict.fromkeys(keys)))

    assert made.failures == ()
    assert time.process_time() - began < 4


def test_a_mistake_of_ours_fails_the_manifest_that_meets_it_and_no_other(monkeypatch):
    read, write_all = yaml.read, yaml.write_all

    def reading(text, key, **more):
        return 1 // 0 if key == "$.a" else read(text, key, **more)

    def writing(text, edits):
        return 1 // 0 if "$.b" in [key for key, _, _ in edits] else write_all(text, edits)

    monkeypatch.setattr(yaml, "read", reading)
    monkeypatch.setattr(yaml, "write_all", writing)

    made, _ = drafted("a: v1\nb: v1\nc: v1\n", ["$.a", "$.b", "$.c"])

    assert [each.manifest for each in made.changes] == ["m2"]
    assert [(each.manifest, "mistake of profile-cd" in each.reason) for each in made.failures] == [
        ("m0", True),
        ("m1", True),
    ]
