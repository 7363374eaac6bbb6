"""The command line. Every command is a few lines over ``benchmark.api``; what is heavy is imported when it is used."""

from benchmark.cli import checking, engines, judging, leaderboard, people, playing, showing, submitting, tournament
from benchmark.cli.group import main

__all__ = ["checking", "engines", "judging", "leaderboard", "main", "people", "playing", "showing", "submitting", "tournament"]
