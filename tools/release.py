"""A release in Git, each step of which may be run again: `python3 tools/release.py STEP VERSION [IMAGE@DIGEST]`.

`begin` says with which image a version is tagged already, `tag` makes and pushes its commit beside main, `name` a
branch in which README, examples and changelog name it, and `move` lets `v1` follow, last of all. It needs Git alone.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
ACTION = "infitx-org/profile-cd-action"
MAIN = "main"
_VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})", re.ASCII)
_IMAGE = re.compile(r"[a-z0-9./_-]+@sha256:[0-9a-f]{64}")
_RUNS = re.compile(r"^  image: (.+)$", re.MULTILINE)


class Refused(ValueError):
    """This cannot be released; the text says what to do instead."""


def with_image(action: str, image: str) -> str:
    """*action*, the text of an action.yml, running *image* instead of building. Raises Refused where it cannot."""
    if not _IMAGE.fullmatch(image):
        raise Refused(f"{image} is no image with a digest")
    text, count = re.subn(r"^  image: (\.\./)?Dockerfile$", f"  image: docker://{image}", action, flags=re.MULTILINE)
    if count != 1:
        raise Refused("the action does not build from the Dockerfile")
    return text


def with_release(text: str, commit: str, version: str) -> str:
    """*text* of a document or workflow, using this action as released in *commit*."""
    return re.sub(rf"({ACTION}(?:/\w+)?@)[0-9a-f]{{40}} # .+", rf"\g<1>{commit} # v{version}", text)


def with_heading(changelog: str, version: str, day: str) -> str:
    """*changelog* with what is unreleased under the heading of *version*, once."""
    if f"\n## {version} - " in changelog:
        return changelog
    return changelog.replace("## Unreleased\n", f"## Unreleased\n\n## {version} - {day}\n", 1)


def git(*words: str) -> str:
    """What Git says. Raises CalledProcessError."""
    return subprocess.run(["git", *words], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def published() -> dict[str, str]:
    """Tag → commit, as origin has them now."""
    lines = [line.split("\t") for line in git("ls-remote", "--tags", "--refs", "origin").splitlines()]
    return {ref.removeprefix("refs/tags/"): commit for commit, ref in lines}


def _fetch(depth: int, refspec: str) -> None:
    """Bring a ref here, no deeper than *depth* where the checkout is shallow: a whole one is not to be cut."""
    shallow = git("rev-parse", "--is-shallow-repository") == "true"
    git("fetch", "--quiet", *(("--depth", str(depth)) if shallow else ()), "origin", refspec)


def newest(tags: Mapping[str, str], major: int | None = None) -> tuple[int, ...]:
    """The highest version among *tags* (of one *major*); none where nothing was released."""
    found = [_parts(tag[1:]) for tag in tags if tag[:1] == "v" and _VERSION.fullmatch(tag[1:])]
    return max((each for each in found if major in {None, each[0]}), default=())


def _parts(version: str) -> tuple[int, ...]:
    if not _VERSION.fullmatch(version):
        raise Refused(f"{version!r} is no version like 1.2.0")
    return tuple(int(part) for part in version.split("."))


def _tagged(version: str) -> str:
    """The commit that is tagged as *version*, brought here with the one that it was made from."""
    _fetch(2, f"+refs/tags/v{version}:refs/tags/v{version}")
    return git("rev-parse", f"v{version}^{{commit}}")


def _images(commit: str) -> set[str]:
    """What the actions of *commit* run."""
    names = [name for name in git("ls-tree", "-r", "--name-only", commit).splitlines() if name.endswith("action.yml")]
    own = [name for name in names if name.count("/") <= 1]
    return {found for name in own for found in _RUNS.findall(git("show", f"{commit}:{name}"))}


def _image_of(commit: str) -> str:
    """The one image that all actions of a release run. Raises Refused."""
    images = _images(commit)
    image = next(iter(images)).removeprefix("docker://") if len(images) == 1 else ""
    if not _IMAGE.fullmatch(image):
        raise Refused(f"the actions of {commit} do not all run one image by its digest: {', '.join(sorted(images))}")
    return image


def begin(version: str) -> dict[str, str]:
    """The digest of *version* where it is tagged already, so that a run which failed later builds nothing again."""
    parts, tags = _parts(version), published()
    if f"v{version}" in tags:
        commit = _tagged(version)
        if git("rev-parse", f"{commit}^") != git("rev-parse", "HEAD"):
            raise Refused(f"v{version} was released from another commit; choose the next version")
        return {"digest": _image_of(commit).partition("@")[2]}
    if parts <= newest(tags):
        raise Refused(f"{version} is not newer than v{'.'.join(map(str, newest(tags)))}")
    return {"digest": ""}


def tag(version: str, image: str) -> dict[str, str]:
    """The commit of *version*, beside main: only there the actions name *image*, while main goes on building."""
    _parts(version)
    if f"v{version}" in published():
        commit = _tagged(version)
        if _image_of(commit) != image:
            raise Refused(f"v{version} is tagged with another image")
        return {"commit": commit}
    git("switch", "--quiet", "--detach")
    for place in (ROOT / "action.yml", *ROOT.glob("*/action.yml")):
        place.write_text(with_image(place.read_text("utf-8"), image), "utf-8")
    git("commit", "--quiet", "--all", "--message", f"Release v{version}")
    commit = git("rev-parse", "HEAD")
    _image_of(commit)
    git("push", "--quiet", "origin", f"{commit}:refs/tags/v{version}")
    return {"commit": commit}


def name(version: str) -> dict[str, str]:
    """The branch in which README, examples and changelog name *version*; empty where main does, or a newer one."""
    if newest(published()) != _parts(version):
        return {"branch": ""}
    commit, branch = _tagged(version), f"release/v{version}"
    _fetch(1, MAIN)
    git("switch", "--quiet", "--discard-changes", "--force-create", branch, "FETCH_HEAD")
    for place in (ROOT / "README.md", *(ROOT / "examples").glob("*.yaml")):
        place.write_text(with_release(place.read_text("utf-8"), commit, version), "utf-8")
    place = ROOT / "CHANGELOG.md"
    place.write_text(with_heading(place.read_text("utf-8"), version, datetime.now(UTC).date().isoformat()), "utf-8")
    if not git("status", "--porcelain"):
        return {"branch": ""}
    git("commit", "--quiet", "--all", "--message", f"Name v{version} in README, examples and changelog")
    git("push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}")
    return {"branch": branch}


def move(version: str) -> dict[str, str]:
    """Let the tag of the major version follow, unless a newer one has it; only where nobody has moved it meanwhile."""
    parts, tags = _parts(version), published()
    major, commit = f"v{parts[0]}", _tagged(version)
    _image_of(commit)
    _fetch(1, MAIN)
    if any("Dockerfile" not in each for each in _images("FETCH_HEAD")):
        raise Refused(f"an action on {MAIN} does not build from the Dockerfile")
    if newest(tags, parts[0]) != parts:
        return {"moved": ""}
    before = tags.get(major, "")
    git("push", "--quiet", f"--force-with-lease=refs/tags/{major}:{before}", "origin", f"{commit}:refs/tags/{major}")
    return {"moved": major}


STEPS: Mapping[str, tuple[Callable[..., dict[str, str]], int]] = {
    "begin": (begin, 1), "tag": (tag, 2), "name": (name, 1), "move": (move, 1),
}  # fmt: skip
"""What does each step, and how many words it takes."""


def main(words: list[str]) -> int:
    """Do one step and print what it found as `name=value`; 1 where it is refused, 2 where it is none."""
    step, count = STEPS.get(words[0], (None, 0)) if words else (None, 0)
    if step is None or len(words) != count + 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        found = step(*words[1:])
    except Refused as error:
        print(f"::error::{error}", file=sys.stderr)
        return 1
    for key, value in found.items():
        print(f"{key}={value}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
