"""A price for one thing between two who each have a limit that the other does not know: see ``task.py``."""

from tasks.haggle.task import Haggle

__all__ = ["Haggle"]
