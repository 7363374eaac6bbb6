"""Which object is the same in two partly overlapping views: see ``task.py``."""

from tasks.reference.ambiguity import fitting, is_ambiguous
from tasks.reference.onecommon import SharedDots, load_worlds, recognises
from tasks.reference.task import Reference

__all__ = ["Reference", "SharedDots", "fitting", "is_ambiguous", "load_worlds", "recognises"]
