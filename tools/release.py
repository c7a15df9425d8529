"""What a release writes into files: `python3 tools/release.py image IMAGE@DIGEST`, then `… name COMMIT VERSION`.

The release's own commit names its image, so it cannot name itself: README and examples follow with the next one.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
ACTION = "infitx-org/profile-cd-action"


def with_image(action: str, image: str) -> str:
    """*action*, the text of an action.yml, running *image* instead of building. Raises ValueError where it cannot."""
    if not re.fullmatch(r"[a-z0-9./_-]+@sha256:[0-9a-f]{64}", image):
        raise ValueError(f"{image} is no image with a digest")
    text, count = re.subn(r"^  image: (\.\./)?Dockerfile$", f"  image: docker://{image}", action, flags=re.MULTILINE)
    if count != 1:
        raise ValueError("the action does not build from the Dockerfile")
    return text


def with_release(text: str, commit: str, version: str) -> str:
    """*text* of a document or workflow, using this action as released in *commit*."""
    return re.sub(rf"({ACTION}(?:/\w+)?@)[0-9a-f]{{40}} # .+", rf"\g<1>{commit} # v{version}", text)


def with_heading(changelog: str, version: str, day: str) -> str:
    """*changelog* with what is unreleased under the heading of *version*."""
    return changelog.replace("## Unreleased\n", f"## Unreleased\n\n## {version} - {day}\n", 1)


def main(words: list[str]) -> int:
    """Edit the checkout; 2 where the words are none of the two commands."""
    match words:
        case ["image", image]:
            for place in (ROOT / "action.yml", *ROOT.glob("*/action.yml")):
                place.write_text(with_image(place.read_text("utf-8"), image), "utf-8")
        case ["name", commit, version]:
            for place in (ROOT / "README.md", *(ROOT / "examples").glob("*.yaml")):
                place.write_text(with_release(place.read_text("utf-8"), commit, version), "utf-8")
            place = ROOT / "CHANGELOG.md"
            day = datetime.now(UTC).date().isoformat()
            place.write_text(with_heading(place.read_text("utf-8"), version, day), "utf-8")
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
