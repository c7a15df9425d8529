"""Whose a value is, and whether its manifest decides otherwise since: asked of history, whatever files are called."""

import pytest

from sandbox.world import PERSON, ROBOT, Scene

LEDGER = "platform-values-override.yaml"
MANIFEST = ".updatecli/ledger.yaml"


@pytest.fixture
def scene(tmp_path):
    with Scene(tmp_path) as scene:
        scene.world.hub.publish("acme/ledger", "v1.5.0")
        yield scene


def move(scene, source, target, old="", new="", author=PERSON, **more):
    text = scene.text(source)
    return scene.repository.commit({source: None, target: text.replace(old, new, 1), **more}, "move", author=author)


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(".updatecli/books.yaml", id="another name"),
        pytest.param(".updatecli/ledger.yml", id="another ending"),
        pytest.param("updatecli.d/ledger.yaml", id="the old directory, and back"),
    ],
)
def test_a_manifest_that_was_moved_since_the_value_was_written_is_unchanged(scene, target):
    move(scene, MANIFEST, target)
    if target.startswith("updatecli.d"):
        scene.repository.commit({LEDGER: scene.text(LEDGER).replace("v1.4.2", "v1.4.1")}, "down", author=ROBOT)
        scene.repository.commit({LEDGER: scene.text(LEDGER).replace("v1.4.1", "v1.4.2")}, "up", author=ROBOT)
        move(scene, target, MANIFEST)

    done = scene.update()

    assert (done.outputs["operation"], done.outputs["review-operation"]) == ("merged", "none"), done.log


def test_a_manifest_that_was_moved_and_changed_is_looked_at_by_a_person(scene):
    move(scene, MANIFEST, ".updatecli/books.yaml", "^1.4.0", "^1.5.0")

    done = scene.update()

    assert (done.outputs["operation"], done.outputs["review-operation"]) == ("none", "created"), done.log


def test_a_person_who_moves_the_manifest_and_writes_the_value_at_once_changed_no_condition(scene):
    value = scene.text(LEDGER).replace("v1.4.2", "v1.4.1")
    move(scene, MANIFEST, ".updatecli/books.yaml", **{LEDGER: value})

    assert scene.update().outputs["operation"] == "merged"


def test_a_person_who_writes_manifest_and_value_together_waits_for_a_look(scene):
    value = scene.text(LEDGER).replace("v1.4.2", "v1.4.1")
    move(scene, MANIFEST, ".updatecli/books.yaml", "^1.4.0", "^1.4.1", **{LEDGER: value})

    done = scene.update()

    assert (done.outputs["operation"], done.outputs["review-operation"]) == ("none", "created"), done.log


def test_a_partial_belongs_to_the_manifest_whatever_else_is_called_like_one(scene):
    scene.repository.commit({".updatecli/_notes.md": "no partial", ".updatecli/_b.yaml": "# a\n"}, "x", author=PERSON)

    assert scene.update().outputs["operation"] == "merged"
