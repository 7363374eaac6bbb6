"""The prisoner's dilemma, many rounds of it: see ``task.py``."""

from tasks.dilemma.task import Dilemma

__all__ = ["Dilemma"]
