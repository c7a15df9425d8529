"""Merging a pull request with real git, in each of GitHub's three ways."""

from __future__ import annotations

from sandbox.github.git import Git, GitObject
from sandbox.github.people import WEB_FLOW, Person
from sandbox.github.pulls import Method, PullRequest
from sandbox.github.repository import Repository

Given = tuple[str | None, str | None]
"""Title and message of the merge commit; None means GitHub's own."""


def merged_tree(git: Git, ours: str, theirs: str) -> str:
    """The tree of both commits together; empty where they conflict."""
    done = git.tried("merge-tree", "--write-tree", ours, theirs)
    return done.stdout.decode().split()[0] if done.returncode == 0 else ""


def merge(repository: Repository, pull: PullRequest, method: Method, given: Given, by: Person) -> str:
    """Merge *pull*, which is mergeable, and return the new head of its base."""
    make = {"merge": _merge, "squash": _squash, "rebase": _rebase}[method]
    sha = make(repository, pull, given, by)
    if not sha:
        return ""
    repository.verified.add(sha)
    pull.merge(sha, by, repository.now())
    repository.point(f"refs/heads/{pull.base}", sha, by)
    if repository.settings.delete_branch_on_merge and not pull.fork and repository.tip(pull.head):
        repository.point(f"refs/heads/{pull.head}", "", by)
    return sha


def catch_up(repository: Repository, branch: str, base: str, by: Person) -> str:
    """Merge *base* into *branch*, as the button "Update branch" does; empty where they conflict.

    Such a commit is written by whoever pressed and committed by GitHub, and has no trailer of anybody's.
    """
    ours, theirs = repository.tip(branch), repository.tip(base)
    tree = merged_tree(repository.git, ours, theirs)
    if not tree:
        return ""
    who, github = (by, repository.now()), (WEB_FLOW, repository.now())
    sha = repository.git.write_commit(tree, [ours, theirs], f"Merge branch '{base}' into {branch}", who, github)
    repository.verified.add(sha)
    repository.point(f"refs/heads/{branch}", sha, by)
    return sha


def _merge(repository: Repository, pull: PullRequest, given: Given, by: Person) -> str:
    base = repository.tip(pull.base)
    title = given[0] if given[0] is not None else f"Merge pull request #{pull.number} from {_label(repository, pull)}"
    text = _joined(title, given[1] if given[1] is not None else pull.title)
    return _committed(repository, pull, [base, pull.head_sha], text, by)


def _squash(repository: Repository, pull: PullRequest, given: Given, _: Person) -> str:
    base = repository.tip(pull.base)
    commits = _commits(repository.git, base, pull.head_sha)
    title = given[0] or f"{_subject(commits[0]) if len(commits) == 1 else pull.title} (#{pull.number})"
    message = given[1] if given[1] is not None else _bodies(commits)
    return _committed(repository, pull, [base], _joined(title, message), pull.user)


def _rebase(repository: Repository, pull: PullRequest, _: Given, __: Person) -> str:
    git, onto = repository.git, repository.tip(pull.base)
    for commit in _commits(git, onto, pull.head_sha):
        tree = _picked(git, commit, onto)
        if not tree:
            return ""
        who = commit.signature("author")
        author = (Person(who.name, who.email), who.date)
        onto = git.write_commit(tree, [onto], commit.message, author, (WEB_FLOW, repository.now()))
    return onto


def _picked(git: Git, commit: GitObject, onto: str) -> str:
    """The tree of *onto* with the change of *commit*: a merge of two commits whose parent is made up."""
    now = (WEB_FLOW, "2000-01-01T00:00:00Z")
    before = git.write_commit(git.commit(commit.parents[0]).tree, [], "before", now)
    ours = git.write_commit(git.commit(onto).tree, [before], "ours", now)
    theirs = git.write_commit(commit.tree, [before], "theirs", now)
    return merged_tree(git, ours, theirs)


def _committed(repository: Repository, pull: PullRequest, parents: list[str], text: str, author: Person) -> str:
    tree = merged_tree(repository.git, parents[0], pull.head_sha)
    if not tree:
        return ""
    now = repository.now()
    return repository.git.write_commit(tree, parents, text, (author, now), (WEB_FLOW, now))


def _commits(git: Git, base: str, head: str) -> list[GitObject]:
    """The commits of a pull request without its merges, oldest first."""
    oids = git("rev-list", "--reverse", "--topo-order", "--no-merges", f"{base}..{head}").split()
    return list(git.objects(oids).values())


def _label(repository: Repository, pull: PullRequest) -> str:
    return f"{repository.owner}/{pull.head}"


def _subject(commit: GitObject) -> str:
    return commit.message.partition("\n")[0]


def _bodies(commits: list[GitObject]) -> str:
    if len(commits) == 1:
        return commits[0].message.partition("\n")[2].strip()
    return "\n\n".join(f"* {commit.message}" for commit in commits)


def _joined(title: str, message: str) -> str:
    return f"{title}\n\n{message}" if message else title
