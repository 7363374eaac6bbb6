"""Worlds written by hand, from a file."""

from tasks.written.task import Meant, Written, load_worlds, recognises

__all__ = ["Meant", "Written", "load_worlds", "recognises"]
