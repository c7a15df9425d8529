"""What was published and written over months, and by whom: the diary of a made-up shop, and what has its shape."""

from sandbox.history.diary import Event
from sandbox.history.records import ENVIRONMENT, History, Seen, of_folder, seen
from sandbox.history.shape import history_of
from sandbox.history.shop import SHOP, Commit, Moment, moments
from sandbox.history.state import State

__all__ = [
    "ENVIRONMENT", "SHOP", "Commit", "Event", "History", "Moment", "Seen", "State", "history_of", "moments",
    "of_folder", "seen",
]  # fmt: skip
