"""The command line. Every command is a few lines over ``benchmark.api``; what is heavy is imported when it is used."""

from benchmark.cli import boards, checking, engines, judging, leaderboard, people, playing, showing, submitting, tournament
from benchmark.cli.group import main

__all__ = ["boards", "checking", "engines", "judging", "leaderboard", "main", "people", "playing", "showing", "submitting", "tournament"]
