"""Two people divide what each values differently, each for themselves: see ``task.py``."""

from tasks.deal.published import load_worlds, recognises
from tasks.deal.task import Deal

__all__ = ["Deal", "load_worlds", "recognises"]
