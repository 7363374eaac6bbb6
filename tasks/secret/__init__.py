"""Telling an ally something in the hearing of one who must not learn it: see ``task.py``."""

from tasks.secret.task import Secret

__all__ = ["Secret"]
