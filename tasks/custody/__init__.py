"""Keeping records and letting them go as a policy says, whoever they are of: see ``task.py``."""

from tasks.custody.task import Custody

__all__ = ["Custody"]
