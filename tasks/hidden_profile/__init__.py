"""The best option, which shared findings speak against: see ``task.py``."""

from tasks.hidden_profile.task import HiddenBench, HiddenProfile, load_worlds, recognises

__all__ = ["HiddenBench", "HiddenProfile", "load_worlds", "recognises"]
