"""The cheapest slot that everyone can make, if any: see ``task.py``."""

from tasks.schedule.task import Schedule

__all__ = ["Schedule"]
