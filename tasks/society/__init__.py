"""Whether labels and news spread in a society of pairs: see ``task.py``."""

from tasks.society.task import Society

__all__ = ["Society"]
