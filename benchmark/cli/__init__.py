"""The command line. Every command is a few lines over ``benchmark.api``; what is heavy is imported when it is used."""

from benchmark.cli import engines, judging, playing, showing
from benchmark.cli.group import main

__all__ = ["engines", "judging", "main", "playing", "showing"]
