"""Git's history as GitHub answers: batched, asked once, and the same as the machine's own git says."""

import subprocess

import pytest

from profile_cd.credentials import Secret
from profile_cd.judgement import Questions
from profile_cd.services.git_history import open_history
from profile_cd.services.repository import GitHubApi, History
from sandbox.clock import ManualClock
from sandbox.net import faults
from sandbox.world import PERSON, REPOSITORY, ROBOT, TOKEN, Scene

LEDGER, MANIFEST = "platform-values-override.yaml", ".updatecli/ledger.yaml"


@pytest.fixture
def scene(tmp_path):
    with Scene(tmp_path) as scene:
        scene.repository.commit({LEDGER: scene.text(LEDGER).replace("v1.4.2", "v1.4.1")}, "down\n\nwhy", author=PERSON)
        scene.repository.commit({MANIFEST: scene.text(MANIFEST) + "# seen\n"}, "a comment", author=ROBOT)
        yield scene


@pytest.fixture
def history(scene):
    return History(GitHubApi(REPOSITORY, Secret(TOKEN), scene.world.street.listen(scene.world.github), ManualClock()))


def questions(head):
    return Questions(
        blames=frozenset({(head, LEDGER)}),
        texts=frozenset({(head, MANIFEST), (head, "no.yaml")}),
        directories=frozenset({(head, ".updatecli"), (head, "no")}),
        revisions=frozenset({(head, MANIFEST)}),
    )


def plain(answers):
    """What can be compared: who holds which line, whatever a history calls a person beside the name."""
    blames = [
        (line, writer.commit, writer.parent, writer.message.strip(), writer.by, writer.at)
        for ranges in answers.blames.values()
        for first, last, writer in ranges
        for line in range(first, last + 1)
    ]
    revisions = [(writer.commit, text) for each in answers.revisions.values() for writer, text in each]
    return blames, revisions, answers.texts, answers.directories, answers.trouble


def test_github_and_the_machine_s_git_give_the_same_answers(scene, history, tmp_path):
    head = scene.repository.head("main")
    subprocess.run(["git", "clone", "-q", scene.repository.git.path, tmp_path / "clone"], check=True)

    of_github = plain(history.answer(questions(head)))
    of_git = plain(open_history(str(tmp_path / "clone")).answer(questions(head)))

    assert of_github == of_git
    assert len(of_github[1]) == 2


def test_what_was_asked_is_not_asked_again(scene, history):
    asked = questions(scene.repository.head("main"))
    history.answer(asked)
    before = len(scene.world.street.exchanges)

    again = history.answer(asked)

    assert again == history.answer(asked)
    assert len(scene.world.street.exchanges) == before


def test_all_that_is_asked_at_once_is_one_request(scene, history):
    before = len(scene.world.street.exchanges)

    history.answer(questions(scene.repository.head("main")))

    assert len(scene.world.street.exchanges) == before + 1


def test_a_github_that_is_out_of_order_is_trouble_and_no_guess(scene, history):
    scene.world.street.hooks.append(faults.status(503))

    assert "History gave no answer" in history.answer(questions(scene.repository.head("main"))).trouble
