"""The best option, which shared findings speak against: see ``task.py``."""

from tasks.hidden_profile.task import HiddenProfile

__all__ = ["HiddenProfile"]
