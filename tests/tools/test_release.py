"""A release, tried on a repository as GitHub's runner checks it out; building, pushing images and attesting are not."""

import io
import os
import shutil
import subprocess
from contextlib import redirect_stderr, redirect_stdout

import pytest
import yaml

from tests.paths import ROOT
from tools import release

IMAGE = f"ghcr.io/infitx-org/profile-cd-action@sha256:{'a' * 64}"
OTHER = IMAGE.replace("a" * 64, "b" * 64)
ACTIONS = (ROOT / "action.yml", *ROOT.glob("*/action.yml"))
FILES = ("action.yml", "trigger", "trace", "README.md", "examples", "CHANGELOG.md", "tools/release.py")
QUIET = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


class Origin:
    """The repository on the server; each step runs in a checkout of its own, as each job does."""

    def __init__(self, root, monkeypatch):
        self.root, self.bare, self.patch = root, root / "origin.git", monkeypatch
        self.checkouts = 0

    @classmethod
    def made(cls, root):
        """The server's repository, with one commit."""
        work = root / "work"
        for name in FILES:
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, work / name)
        made = cls(root, None)
        made.git("init", "-q", "-b", "main", str(work), cwd=root)
        made.git("add", ".", cwd=work)
        made.git("commit", "-qm", "Work", cwd=work)
        made.git("clone", "-q", "--bare", str(work), str(made.bare), cwd=root)
        return made.bare

    def git(self, *words, cwd=None):
        done = subprocess.run(
            ["git", *words],
            cwd=cwd or self.bare,
            env={**os.environ, **QUIET},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, message="More work"):
        """Something further on main."""
        place = self.checkout()
        (place / "more.txt").write_text(message)
        self.git("add", ".", cwd=place)
        self.git("commit", "-qm", message, cwd=place)
        self.git("push", "-q", "origin", "HEAD:main", cwd=place)

    def checkout(self, at="main"):
        """A shallow one, as actions/checkout makes it."""
        self.checkouts += 1
        place = self.root / f"checkout{self.checkouts}"
        if at == "main":
            self.git("clone", "-q", "--depth", "1", f"file://{self.bare}", str(place), cwd=self.root)
            return place
        self.git("init", "-q", str(place), cwd=self.root)
        self.git("remote", "add", "origin", f"file://{self.bare}", cwd=place)
        self.git("fetch", "-q", "--depth", "1", "origin", at, cwd=place)
        self.git("checkout", "-q", at, cwd=place)
        return place

    def step(self, *words, at="main", place=None):
        """Exit code, outputs, and what was complained of."""
        said, complained = io.StringIO(), io.StringIO()
        self.patch.setattr(release, "ROOT", place or self.checkout(at))
        with redirect_stdout(said), redirect_stderr(complained):
            code = release.main(list(words))
        return code, dict(line.split("=", 1) for line in said.getvalue().splitlines()), complained.getvalue()

    def release(self, version, image=IMAGE, at="main", only=("tag", "name", "move")):
        for step in only:
            code, _, words = self.step(step, version, *([image] if step == "tag" else []), at=at)
            assert code == 0, words

    def read(self, commit, name):
        return self.git("show", f"{commit}:{name}")

    def refs(self):
        return dict(
            line.split()[::-1] for line in self.git("for-each-ref", "--format=%(objectname) %(refname)").splitlines()
        )


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    return Origin.made(tmp_path_factory.mktemp("server"))


@pytest.fixture
def origin(tmp_path, server, monkeypatch):
    shutil.copytree(server, tmp_path / "origin.git")
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)
    return Origin(tmp_path, monkeypatch)


def images(origin, commit):
    names = ("action.yml", "trigger/action.yml", "trace/action.yml")
    return [yaml.safe_load(origin.read(commit, name))["runs"]["image"] for name in names]


def test_a_release_is_a_commit_beside_main_that_names_its_image_and_v1_follows_it(origin):
    main = origin.git("rev-parse", "main")
    assert origin.step("begin", "1.0.0")[:2] == (0, {"digest": ""})

    origin.release("1.0.0")

    commit = origin.git("rev-parse", "v1.0.0")
    assert origin.git("rev-parse", "v1", "v1.0.0^", "main").split() == [commit, main, main]
    assert images(origin, "v1") == [f"docker://{IMAGE}"] * 3
    assert images(origin, "main") == ["Dockerfile", "../Dockerfile", "../Dockerfile"]
    assert origin.git("diff", "--name-only", "main", "v1").split() == [
        "action.yml", "trace/action.yml", "trigger/action.yml",
    ]  # fmt: skip
    named = origin.read("release/v1.0.0", "README.md")
    assert f"@{commit} # v1.0.0" in named
    assert "not released yet" not in named
    assert "\n## 1.0.0 - " in origin.read("release/v1.0.0", "CHANGELOG.md")
    assert images(origin, "release/v1.0.0") == images(origin, "main")


@pytest.mark.slow
@pytest.mark.parametrize("done", [[], ["tag"], ["tag", "name"], ["tag", "name", "move"]], ids=len)
def test_a_release_that_failed_half_way_ends_the_same_when_it_is_run_again(origin, done):
    origin.release("1.0.0", only=done)
    before = origin.refs()
    code, found, _ = origin.step("begin", "1.0.0")
    assert (code, found) == (0, {"digest": f"sha256:{'a' * 64}" if done else ""})

    origin.release("1.0.0")

    commit = origin.git("rev-parse", "v1.0.0")
    assert origin.refs()["refs/tags/v1"] == commit
    assert before.get("refs/tags/v1.0.0", commit) == commit
    assert origin.read("release/v1.0.0", "CHANGELOG.md").count("## 1.0.0 - ") == 1


def test_an_image_that_was_built_again_never_takes_the_place_of_a_tagged_one(origin):
    origin.release("1.0.0", only=["tag"])
    before = origin.refs()

    code, _, words = origin.step("tag", "1.0.0", OTHER)

    assert (code, "tagged with another image" in words) == (1, True)
    assert origin.refs() == before


@pytest.mark.slow
def test_a_version_is_released_once_and_from_one_commit(origin):
    origin.release("1.0.0")
    origin.commit()

    code, _, words = origin.step("begin", "1.0.0")

    assert (code, "from another commit" in words) == (1, True)


@pytest.mark.slow
def test_a_late_second_try_of_an_old_release_takes_v1_back_from_nobody(origin):
    first = origin.git("rev-parse", "main")
    origin.release("1.0.0", only=["tag"])
    origin.commit()
    origin.release("1.0.1", OTHER)
    after = origin.refs()

    assert origin.step("name", "1.0.0", at=first)[1] == {"branch": ""}
    assert origin.step("move", "1.0.0", at=first)[1] == {"moved": ""}
    assert origin.refs() == after
    assert origin.git("rev-parse", "v1") == origin.git("rev-parse", "v1.0.1")


@pytest.mark.slow
def test_each_major_version_has_a_tag_of_its_own(origin):
    origin.release("1.9.0")
    origin.commit()
    origin.release("2.0.0", OTHER)

    assert origin.git("rev-parse", "v1", "v2") == origin.git("rev-parse", "v1.9.0", "v2.0.0")


@pytest.mark.slow
@pytest.mark.parametrize("version", ["1.9.0", "1.10.0", "0.99.99"])
def test_a_version_that_is_not_newer_is_refused_before_anything_is_built(origin, version):
    origin.release("1.10.0", only=["tag"])
    origin.commit()

    assert origin.step("begin", version)[0] == 1


@pytest.mark.parametrize(
    "version",
    ["1.2", "v1.2.0", "01.2.0", "1.2.0\n::set-output", "1.2.0; rm -rf /", "$(id)", "../1.2.0", "--force", "1.2.٣"],
)
@pytest.mark.parametrize("step", [["begin"], ["tag", IMAGE], ["name"], ["move"]], ids=lambda each: each[0])
def test_what_is_no_version_is_refused_in_one_line(monkeypatch, capsys, step, version):
    monkeypatch.setattr(release, "git", lambda *_: "")

    assert release.main([step[0], version, *step[1:]]) == 1
    errors = capsys.readouterr().err
    assert errors.startswith("::error::")
    assert errors.count("\n") == 1


@pytest.mark.slow
def test_main_that_no_longer_builds_holds_v1_back(origin):
    origin.release("1.0.0", only=["tag"])
    place = origin.checkout()
    (place / "action.yml").write_text(release.with_image((ROOT / "action.yml").read_text("utf-8"), IMAGE))
    origin.git("commit", "-qam", "Name an image", cwd=place)
    origin.git("push", "-q", "origin", "HEAD:main", cwd=place)

    code, _, words = origin.step("move", "1.0.0")

    assert (code, "does not build" in words) == (1, True)
    assert "refs/tags/v1" not in origin.refs()


@pytest.mark.slow
def test_the_next_release_follows_in_every_place(origin):
    origin.release("1.0.0")
    origin.git("update-ref", "refs/heads/main", "release/v1.0.0")
    origin.commit()
    origin.release("1.0.1", OTHER)

    named = origin.read("release/v1.0.1", "examples/docker-image.yaml")
    assert named.count(f"@{origin.git('rev-parse', 'v1')} # v1.0.1") == 3
    assert "v1.0.0" not in named
    assert images(origin, "v1") == [f"docker://{OTHER}"] * 3


@pytest.mark.slow
def test_a_whole_checkout_is_not_cut(origin, tmp_path):
    origin.commit()
    place = tmp_path / "whole"
    origin.git("clone", "-q", f"file://{origin.bare}", str(place), cwd=tmp_path)
    origin.step("tag", "1.0.0", IMAGE, place=place)
    origin.step("move", "1.0.0", place=place)

    assert origin.git("rev-parse", "--is-shallow-repository", cwd=place) == "false"


@pytest.mark.parametrize("words", [[], ["begin"], ["tag", "1.0.0"], ["publish", "1.0.0"]])
def test_words_that_are_no_step_are_answered_with_the_usage(capsys, words):
    assert release.main(words) == 2
    assert "STEP VERSION" in capsys.readouterr().err


@pytest.mark.parametrize("place", ACTIONS, ids=lambda path: path.parent.name)
def test_a_released_action_names_its_image_by_digest_and_nothing_else_changes(place):
    before = place.read_text("utf-8")
    after = release.with_image(before, IMAGE)

    assert yaml.safe_load(after)["runs"]["image"] == f"docker://{IMAGE}"
    assert len(set(before.splitlines()) ^ set(after.splitlines())) == 2


@pytest.mark.parametrize(
    "image", ["ghcr.io/infitx-org/profile-cd-action:1.2.0", f"{IMAGE}\n  pre-entrypoint: x", "x@sha256:a"]
)
def test_an_image_without_a_digest_is_not_released(image):
    with pytest.raises(release.Refused, match="no image with a digest"):
        release.with_image(ACTIONS[0].read_text("utf-8"), image)


def test_every_place_that_names_the_action_follows_a_release_and_the_next_one():
    for place in (ROOT / "README.md", *(ROOT / "examples").glob("*.yaml")):
        text = place.read_text("utf-8")
        first = release.with_release(text, "b" * 40, "1.0.0")
        second = release.with_release(first, "c" * 40, "1.0.1")

        assert "not released yet" not in first
        assert second == first.replace("b" * 40, "c" * 40).replace("# v1.0.0", "# v1.0.1") != text


def test_what_is_unreleased_moves_below_the_version_once():
    changelog = release.with_heading((ROOT / "CHANGELOG.md").read_text("utf-8"), "1.0.0", "2026-12-01")

    assert "## Unreleased\n\n## 1.0.0 - 2026-12-01\n\n### Added\n" in changelog
    assert release.with_heading(changelog, "1.0.0", "2026-12-02") == changelog
