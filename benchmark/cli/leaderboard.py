"""Commands for those who keep a leaderboard."""

from __future__ import annotations

import json
from pathlib import Path

import click

from benchmark.cli.group import as_json, main


@main.group()
def leaderboard() -> None:
    """Keep a leaderboard: its keys, its entries, its pages."""


key = click.option("--key", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The key that `keygen` made.")


@leaderboard.command()
@click.argument("place", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--season", required=True, metavar="NAME", help="What the key is for, such as 2026-autumn or challenges.")
@as_json
def keygen(place: Path, season: str, json_wanted: bool) -> None:
    """Make a key, readable by you alone, and print the commitment to publish. Lose the file, and no one can audit the season."""
    from leaderboard.seasons import new_key

    document = new_key(place, season)
    click.echo(json.dumps(document) if json_wanted else f"{season}: publish {document['commitment']} today, and keep {place} to yourself.")


@leaderboard.command()
@click.argument("place", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--commitment", required=True, metavar="sha256:…", help="What was published on the first day.")
@as_json
def reveal(place: Path, commitment: str, json_wanted: bool) -> None:
    """Print the key of a season that has ended, once it is shown to be the one committed to."""
    from leaderboard.seasons import revealed

    document = revealed(place, commitment)
    said = f"{document['season']}: the key is {document['key']}; its worlds are played by --challenge {document['challenge']}"
    click.echo(json.dumps(document) if json_wanted else said)


@leaderboard.command()
@key
@click.option("--board", required=True, metavar="USER/NAME", help="The board's dataset.")
@click.option("--number", required=True, type=click.IntRange(1), metavar="N", help="The draft pull request.")
@click.option("--model", required=True, metavar="ORG/NAME", help="The model, as the entry names it.")
@click.option("--opened", required=True, metavar="TIME", help="When the Hub says that the draft was opened.")
@as_json
def challenge(key: Path, board: str, number: int, model: str, opened: str, json_wanted: bool) -> None:
    """Print the challenge of a draft pull request: worlds that its author could not have seen before."""
    from leaderboard.seasons import challenge_of, read_key

    made = challenge_of(read_key(key)[1], board, number, model, opened)
    click.echo(json.dumps({"model": model, "challenge": made}) if json_wanted else f"bench run --preset standard-1 --challenge {made}")


@leaderboard.command(name="held-out")
@key
@as_json
def held_out(key: Path, json_wanted: bool) -> None:
    """Print what names the held-out worlds of a running season. Whoever knows it can generate them."""
    from leaderboard.seasons import held_out as names
    from leaderboard.seasons import read_key

    season, secret = read_key(key)
    made = names(secret, season)
    click.echo(json.dumps({"season": season, "challenge": made}) if json_wanted else f"bench run --preset standard-1 --challenge {made}")
