"""One name that may stand for two, and notes of which the later hold: see ``task.py``."""

from tasks.crossed_wires.reference import asks_reference, is_reference_open, is_time_open
from tasks.crossed_wires.task import CrossedWires

__all__ = ["CrossedWires", "asks_reference", "is_reference_open", "is_time_open"]
