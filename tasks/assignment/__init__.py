"""Who does which job, by a score table that is split and scaled differently for each: see ``task.py``."""

from tasks.assignment.task import Assignment, load_worlds, read_dialogues, recognises

__all__ = ["Assignment", "load_worlds", "read_dialogues", "recognises"]
