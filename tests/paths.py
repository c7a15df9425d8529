"""Where things lie: the checkout, and the shared data beside it, which need not be there."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
