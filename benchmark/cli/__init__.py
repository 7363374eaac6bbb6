"""The command line. Every command is a few lines over ``benchmark.api``; what is heavy is imported when it is used."""

from benchmark.cli import (
    boards,
    bonds,
    checking,
    completion,
    engines,
    judging,
    leaderboard,
    people,
    playing,
    publishing,
    showing,
    submitting,
    tournament,
)
from benchmark.cli.group import main

__all__ = [
    "boards",
    "bonds",
    "checking",
    "completion",
    "engines",
    "judging",
    "leaderboard",
    "main",
    "people",
    "playing",
    "publishing",
    "showing",
    "submitting",
    "tournament",
]
