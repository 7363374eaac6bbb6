"""Buying and delivering a bundle, with or without a log that everyone can read: see ``task.py``."""

from tasks.settlement.task import Settlement

__all__ = ["Settlement"]
