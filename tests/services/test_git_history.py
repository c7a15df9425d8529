"""The machine's own git: it answers what GitHub answers, and knows what is not committed yet."""

import subprocess

import pytest

from profile_cd.judgement import Questions
from profile_cd.services.git_history import Blind, open_history

FILE, MANIFEST = "values.yaml", ".updatecli/ledger.yaml"


def git(root, *words):
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *identity, "-C", str(root), *words], check=True, capture_output=True, text=True
    ).stdout


def commit(root, files, message):
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    git(root, "add", "-A")
    git(root, "commit", "-qm", message)
    return git(root, "rev-parse", "HEAD").strip()


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "profile"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    return root


def one(*places):
    return frozenset(places)


def test_blame_names_the_commit_of_each_line_with_its_author_time_and_parent(root):
    first = commit(root, {FILE: "a: 1\nb: 1\n"}, "set up")
    second = commit(root, {FILE: "a: 1\nb: 2\n"}, "raise b\n\nbecause")
    history = open_history(str(root))

    (one_, two) = history.answer(Questions(blames=one((second, FILE)))).blames[second, FILE]

    assert (one_[:2], one_[2].commit, one_[2].parent) == ((1, 1), first, "")
    assert (two[2].commit, two[2].parent, two[2].by, two[2].subject) == (second, first, "Ada", "raise b")
    assert two[2].at[:2] == "20"


def test_what_is_not_committed_yet_is_yours(root):
    head = commit(root, {FILE: "a: 1\nb: 1\n", MANIFEST: "x"}, "set up")
    (root / FILE).write_text("a: 1\nb: 3\n")
    (root / MANIFEST).write_text("y")
    history = open_history(str(root))

    answers = history.answer(
        Questions(blames=one(("", FILE)), texts=one(("", FILE), (head, FILE)), revisions=one(("", MANIFEST)))
    )

    assert [(each[2].commit, each[2].parent, each[2].by) for each in answers.blames["", FILE]] == [
        (head, "", "Ada"),
        ("", head, "you"),
    ]
    assert (answers.texts["", FILE], answers.texts[head, FILE]) == ("a: 1\nb: 3\n", "a: 1\nb: 1\n")
    assert [(writer.commit, text) for writer, text in answers.revisions["", MANIFEST]] == [("", "y"), (head, "x")]


def test_directories_and_texts_that_are_not_there_are_empty(root):
    head = commit(root, {MANIFEST: "x", ".updatecli/notes.md": "no manifest"}, "set up")
    history = open_history(str(root))

    answers = history.answer(
        Questions(texts=one((head, "no.yaml")), directories=one((head, ".updatecli"), (head, "no"), ("", ".updatecli")))
    )

    assert answers.texts == {(head, "no.yaml"): None}
    assert answers.directories == {
        (head, ".updatecli"): {MANIFEST: "x"},
        (head, "no"): {},
        ("", ".updatecli"): {MANIFEST: "x"},
    }


def test_a_directory_of_a_repository_is_a_root_of_its_own(root):
    head = commit(root, {f"below/{FILE}": "a: 1\n"}, "set up")
    history = open_history(str(root / "below"))

    answers = history.answer(Questions(blames=one((head, FILE)), texts=one((head, FILE))))

    assert answers.blames[head, FILE][0][2].commit == head
    assert answers.texts[head, FILE] == "a: 1\n"


def test_a_name_that_looks_like_an_option_is_a_name(root):
    head = commit(root, {"--help": "a: 1\n", "ü b.yaml": "a: 1\n"}, "set up")
    history = open_history(str(root))

    answers = history.answer(Questions(blames=one((head, "--help"), (head, "ü b.yaml"))))

    assert {ranges[0][2].commit for ranges in answers.blames.values()} == {head}


def test_a_shallow_clone_no_clone_and_an_empty_one_have_no_history(root, tmp_path):
    with pytest.raises(Blind):
        open_history(str(root))
    with pytest.raises(Blind):
        open_history(str(tmp_path))
    commit(root, {FILE: "a: 1\n"}, "one")
    commit(root, {FILE: "a: 2\n"}, "two")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{root}", "shallow")
    with pytest.raises(Blind, match="shallow"):
        open_history(str(tmp_path / "shallow"))


def test_without_git_there_is_no_history(root, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Blind, match="no `git`"):
        open_history(str(root))


def test_a_file_that_is_not_committed_at_all_is_yours(root):
    commit(root, {FILE: "a: 1\n"}, "one")
    (root / "new.yaml").write_text("b: 1\n")

    ((first, last, writer),) = (
        open_history(str(root)).answer(Questions(blames=one(("", "new.yaml")))).blames["", "new.yaml"]
    )

    assert (first, writer.by, writer.commit) == (1, "you", "")
    assert last > 1000


def test_a_directory_where_a_file_was_asked_for_hides_no_other_answer(root):
    head = commit(root, {FILE: "a: 1\n", MANIFEST: "x"}, "one")

    texts = open_history(str(root)).answer(Questions(texts=one((head, ".updatecli"), (head, FILE), (head, "no")))).texts

    assert texts == {(head, ".updatecli"): None, (head, FILE): "a: 1\n", (head, "no"): None}


def test_settings_of_the_user_do_not_disturb(root):
    head = commit(root, {FILE: "a: 1\n"}, "one")
    for name, value in (("log.showSignature", "true"), ("color.ui", "always"), ("log.date", "relative")):
        git(root, "config", name, value)

    (line,) = open_history(str(root)).answer(Questions(blames=one((head, FILE)))).blames[head, FILE]

    assert (line[2].commit, line[2].subject, line[2].at[-1]) == (head, "one", "Z")


def test_a_commit_that_is_not_there_is_trouble_and_no_crash(root):
    commit(root, {FILE: "a: 1\n"}, "one")

    assert "Git gave no answer" in open_history(str(root)).answer(Questions(blames=one(("f" * 40, FILE)))).trouble


def test_a_renamed_file_has_no_lines_under_its_name_before(root):
    first = commit(root, {"old.yaml": "a: 1\nb: 1\n"}, "set up")
    git(root, "mv", "old.yaml", FILE)
    git(root, "commit", "-qm", "rename")

    answers = open_history(str(root)).answer(Questions(blames=one((first, FILE), ("", FILE))))

    assert (answers.trouble, answers.blames[first, FILE]) == ("", ())
    assert [each[2].commit for each in answers.blames["", FILE]] == [first, first]
