"""What many commits hold is asked in as few questions as they are deep, and is what each of them holds."""

import pytest

from profile_cd.credentials import Secret
from profile_cd.services.repository import GitHubApi, Trees
from sandbox.clock import ManualClock
from sandbox.net import faults
from sandbox.world import REPOSITORY, TOKEN, Scene

REFUSED = b'{"data": null, "errors": [{"message": "Something went wrong while executing your query."}]}'


@pytest.fixture
def scene(tmp_path):
    with Scene(tmp_path) as scene:
        scene.repository.commit({"shared/deep/er/a.yaml": "a: 1\n", "shared/b.yaml": "b: 1\n"})
        yield scene


@pytest.fixture
def trees(scene):
    return Trees(GitHubApi(REPOSITORY, Secret(TOKEN), scene.world.street.listen(scene.world.github), ManualClock()))


def commits(scene, count):
    """Commits that each change a file of another directory; the newest is last."""
    return [scene.repository.commit({f"site{n}/deep/er/values.yaml": f"n: {n}\n"}) for n in range(count)]


def asked(scene, ask):
    before = len(scene.world.street.exchanges)
    found = ask()
    return found, len(scene.world.street.exchanges) - before


def tree_of(scene, commit):
    return scene.repository.git.resolve(commit, "tree")


def test_what_is_put_together_is_what_github_says_of_each_alone(scene, trees):
    names = [*commits(scene, 4), scene.repository.commit({"shared/deep/er/a.yaml": None, "x/y": "z"})]
    git = scene.repository.git
    link, run = git.write_blob(b"shared"), git.write_blob(b"#!/bin/sh\n")
    special = [("120000", link, "site1/link"), ("100755", run, "site1/run"), ("160000", "1" * 40, "site1/module")]
    names.append(git.write_tree(names[0], special))

    found = trees.of(tree_of(scene, names[-2]), names)

    assert [found[name] for name in names] == [trees.whole(name) for name in names]
    assert found[names[-1]]["site1/run"] == ("100755", run)
    assert found[names[-1]]["site1/module"] == ("160000", "1" * 40)


def test_thirty_commits_cost_as_many_requests_as_three(scene, trees):
    names = commits(scene, 31)
    base = tree_of(scene, names[-1])

    _, three = asked(scene, lambda: trees.of(base, names[:3]))
    found, thirty = asked(scene, lambda: trees.of(base, names[:30]))

    assert thirty == three <= 5
    assert all(f"site{n}/deep/er/values.yaml" in found[name] for n, name in enumerate(names[:30]))
    assert "site30/deep/er/values.yaml" not in found[names[29]]


def test_what_is_the_same_as_the_base_costs_nothing_more(scene, trees):
    head = scene.repository.head("main")
    base = tree_of(scene, head)

    found, requests = asked(scene, lambda: trees.of(base, [base]))

    assert (found, requests) == ({base: trees.whole(head)}, 1)


def test_more_commits_than_one_question_holds_take_another(scene, trees):
    names = commits(scene, 60)

    found = trees.of(tree_of(scene, names[-1]), names)

    assert found[names[7]] == trees.whole(names[7])
    assert None not in found.values()


def test_a_commit_that_is_gone_and_a_name_that_is_none_are_unreadable_and_the_others_are_read(scene, trees):
    one, two = commits(scene, 2)
    gone, hostile = "0" * 39 + "1", 'x") { oid } '

    found = trees.of(tree_of(scene, two), [one, gone, hostile])

    assert (found[gone], found[hostile]) == (None, None)
    assert found[one] == trees.whole(one)


def test_a_question_that_github_does_not_answer_is_made_up_for_by_a_request_for_each(scene, trees):
    names = commits(scene, 3)
    scene.world.street.hooks.append(faults.status(200, REFUSED, when=lambda r: b"query Trees" in (r.body or b"")))

    found = trees.of(tree_of(scene, names[-1]), names)

    assert [found[name] for name in names] == [trees.whole(name) for name in names]


def test_beside_a_base_that_is_too_large_nothing_is_asked(scene, trees):
    names = commits(scene, 3)
    scene.repository.settings.most_tree_entries = 2

    found, requests = asked(scene, lambda: trees.of(tree_of(scene, names[-1]), names))

    assert (set(found.values()), requests) == ({None}, 1)


def test_directories_that_hold_one_another_many_times_are_unreadable_and_cost_little(scene, trees):
    git = scene.repository.git
    level = git.write_tree("", [("100644", git.write_blob(b"x"), "x")])
    for _ in range(8):
        level = git.write_tree("", [("40000", level, f"d{n}") for n in range(10)])
    scene.repository.settings.most_tree_entries = 100
    small = git.write_tree("", [("100644", git.write_blob(b"x"), "x")])
    scene.world.street.hooks.append(faults.status(404, b"{}", when=faults.path(f"/git/trees/{level}")))

    found, requests = asked(scene, lambda: trees.of(small, [level]))

    assert (found[level], found[small] is not None) == (None, True)
    assert requests <= 11


def test_a_tree_without_files_is_read_as_such_and_everything_of_the_base_is_gone_from_it(scene, trees):
    empty = scene.repository.git.write_tree("", [])
    base = tree_of(scene, "main")

    assert trees.of(base, [empty])[empty] == {}
    assert trees.of(empty, [base])[base] == trees.whole(base)


@pytest.mark.slow
def test_more_directories_than_are_worth_asking_for_are_read_whole(scene, trees):
    wide = scene.repository.commit({f"d{n}/{n % 7}/x.yaml": f"{n}\n" for n in range(700)})

    found, requests = asked(scene, lambda: trees.of(scene.repository.git.write_tree("", []), [wide]))

    assert found[wide] == trees.whole(wide)
    assert requests == 1 + 21 + 1, "the base, a thousand directories fifty at once, and the tree in one piece"
