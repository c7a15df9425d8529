"""Choices and texts become a draft: every way in which a manifest can fail, and that the others go on."""

import pytest

from profile_cd import manifest, plan
from profile_cd.errors import SourceFailed
from profile_cd.model import File, Published, Snapshot

MANIFEST = """\
name: Update {name}
sources:
  image:
    kind: dockerimage
    spec:
      image: acme/{name}
      versionfilter: ^1.0.0
    transformers:
      - addprefix: '{prefix}'
targets:
  yaml:
    kind: yaml
    spec:
      file: values.yaml
      key: $.{key}
"""


def text(name, *, key=None, prefix=""):
    return MANIFEST.format(name=name, key=key or name, prefix=prefix).encode()


def drafted(files, answers, values=b"ledger: v1.0.0\nquoting: v1.0.0\n", mode="100644"):
    named = {f".updatecli/{name}.yaml": data for name, data in files.items()}
    loaded = manifest.load(named, ".updatecli", {})
    everything = {path: File(data) for path, data in named.items()}
    if values is not None:
        everything["values.yaml"] = File(values, mode)
    snapshot = Snapshot(everything)
    sources = {use.source: answers[use.source.product] for each in loaded.manifests for use in each.sources}
    return plan.draft(loaded, sources, snapshot), snapshot


def test_a_newer_version_becomes_a_change_with_everything_that_is_told_of_it():
    made, snapshot = drafted({"ledger": text("ledger")}, {"ledger": ("v1.0.0", "v1.1.0")})

    (change,) = made.changes
    assert (change.manifest, change.file, change.key, change.old, change.new, change.version) == (
        "ledger",
        "values.yaml",
        "$.ledger",
        "v1.0.0",
        "v1.1.0",
        "v1.1.0",
    )
    assert (change.path, change.line, change.product) == (".updatecli/ledger.yaml", 15, "ledger")
    assert plan.texts(made.changes, snapshot) == {"values.yaml": b"ledger: v1.1.0\nquoting: v1.0.0\n"}


def test_what_is_odd_about_a_choice_is_a_warning_at_its_source():
    open_ended = text("ledger").replace(b"^1.0.0", b"'*-0'")

    made, _ = drafted({"ledger": open_ended}, {"ledger": ("3.0.0-ci.12", "6943991")})

    (warning,) = made.warnings
    assert (warning.manifest, warning.path, warning.line) == ("ledger", ".updatecli/ledger.yaml", 3)
    assert "name of a commit" in warning.reason


@pytest.mark.parametrize("odd", [None, 5, ({},), ("v1.1.0", None)])
def test_a_value_that_nobody_thought_of_fails_its_own_manifest_only(odd):
    made, _ = drafted(
        {"ledger": text("ledger"), "quoting": text("quoting")}, {"ledger": odd, "quoting": ("v1.0.0", "v1.1.0")}
    )

    assert [change.product for change in made.changes] == ["quoting"]
    (failure,) = made.failures
    assert failure.manifest == "ledger"
    assert "This is a mistake of profile-cd (" in failure.reason


def test_what_stands_as_chosen_is_counted_and_not_changed():
    made, _ = drafted({"ledger": text("ledger")}, {"ledger": ("v1.0.0",)})

    assert (made.changes, made.unchanged, made.failures) == ((), 1, ())


def test_one_manifest_that_fails_stops_no_other():
    files = {"ledger": text("ledger"), "quoting": text("quoting")}
    answers = {"ledger": SourceFailed("The registry is down."), "quoting": ("v1.2.0",)}

    made, _ = drafted(files, answers)

    assert [change.manifest for change in made.changes] == ["quoting"]
    assert [(each.manifest, each.line, each.reason) for each in made.failures] == [
        ("ledger", 3, "The registry is down.")
    ]


@pytest.mark.parametrize(
    ("label", "values", "mode", "words"),
    [
        ("no such file", None, "100644", "does not exist"),
        ("not UTF-8", b"ledger: \xff\n", "100644", "is not UTF-8"),
        ("a symbolic link", b"other.yaml", "120000", "symbolic link"),
        ("no such key", b"other: v1.0.0\n", "100644", "ledger"),
        ("no YAML", b"a: [\n", "100644", "YAML"),
    ],
)
def test_a_file_that_cannot_be_edited_fails_at_the_targets_line(label, values, mode, words):
    made, _ = drafted({"ledger": text("ledger")}, {"ledger": ("v1.1.0",)}, values, mode)

    assert made.changes == ()
    (failure,) = made.failures
    assert words in failure.reason, label
    assert failure.line > 10


def test_nothing_that_the_condition_takes_is_a_failure_that_names_the_newest():
    made, _ = drafted({"ledger": text("ledger")}, {"ledger": ("v2.0.0",)})

    assert "2.0.0" in made.failures[0].reason


def test_a_value_of_another_shape_is_refused():
    swapped = {"ledger": text("ledger", prefix="ghcr.io/acme/ledger:")}

    made, _ = drafted(swapped, {"ledger": ("v1.1.0",)})

    assert "something of another kind" in made.failures[0].reason


def test_a_version_that_cannot_be_had_fails_its_manifest_alone():
    files = {"ledger": text("ledger"), "quoting": text("quoting")}
    made, _ = drafted(files, {"ledger": ("v1.1.0",), "quoting": ("v1.2.0",)})
    published = {pair: Published(exists=pair[0].product == "quoting") for pair in plan.chosen(made)}

    confirmed = plan.confirm(made, published)

    assert [change.manifest for change in confirmed.changes] == ["quoting"]
    assert "has no image for it" in confirmed.failures[0].reason


def test_whether_the_replaced_value_still_stands():
    made, snapshot = drafted({"ledger": text("ledger")}, {"ledger": ("v1.1.0",)})
    (change,) = made.changes

    assert plan.stands(change, snapshot)
    assert not plan.stands(change, Snapshot({"values.yaml": File(b"ledger: v1.0.5\n")}))
    assert not plan.stands(change, Snapshot({}))
