"""The command line. Every command is a few lines over ``benchmark.api``; what is heavy is imported when it is used."""

from benchmark.cli import checking, engines, judging, people, playing, publishing, showing, tournament
from benchmark.cli.group import main

__all__ = ["checking", "engines", "judging", "main", "people", "playing", "publishing", "showing", "tournament"]
