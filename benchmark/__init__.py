"""Parley: the same world played with and without private information, by separate model instances, scored exactly."""

__version__ = "0.1.0"
