"""What was published and written over months, and by whom: the diary of a made-up shop, and what has its shape."""

from sandbox.history.diary import Event
from sandbox.history.records import History, Seen, of_folder
from sandbox.history.shape import history_of
from sandbox.history.shop import SHOP, Commit, Moment, moments
from sandbox.history.state import State

__all__ = [
    "SHOP", "Commit", "Event", "History", "Moment", "Seen", "State", "history_of", "moments", "of_folder",
]  # fmt: skip
