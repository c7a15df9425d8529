"""The container's door: the package lies beside this file in the image, under src in a checkout."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent / "src")]

from profile_cd.__main__ import main  # noqa: E402  # the path comes first

sys.exit(main())
