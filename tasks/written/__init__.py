"""Worlds written by hand, from a file."""

from tasks.written.task import HiddenBench, Meant, Written, load_worlds, recognises

__all__ = ["HiddenBench", "Meant", "Written", "load_worlds", "recognises"]
