"""Two people divide what each values differently, each for themselves: see ``task.py``."""

from tasks.deal.task import Deal, load_worlds, recognises

__all__ = ["Deal", "load_worlds", "recognises"]
