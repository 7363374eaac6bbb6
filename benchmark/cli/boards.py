"""Commands of those who keep a board."""

from __future__ import annotations

import json
from pathlib import Path

import click

from benchmark.cli.group import as_json, printable
from benchmark.cli.judging import UNVERIFIED
from benchmark.cli.leaderboard import leaderboard

board_option = click.option("--board", "place", required=True, metavar="BOARD", help="A folder, or USER/NAME of a dataset on the Hub.")
by_option = click.option("--by", required=True, metavar="ACCOUNT", help="Who decides.")
evidence_option = click.option("--evidence", metavar="TEXT", help="What it rests on: an address, an entry, a commit.")


@leaderboard.command()
@click.argument("source", metavar="SOURCE")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="SITE", help="Where to write the site.")
@click.option("--title", default="Parley leaderboard", show_default=True, help="Its heading.")
@as_json
def build(source: str, out: Path, title: str, json_wanted: bool) -> None:
    """The static site of a board: SOURCE is a folder of entries, or USER/NAME[@COMMIT] of a dataset.

    The same entries and decisions give the same bytes.
    """
    from benchmark.api import boards

    board = boards.build_board(source, out, title)
    for place, why in board.refused.items():
        click.echo(printable(f"Not listed: {place}: {why}"), err=True)
    found = {"site": str(out), "entries": len(board.listed), "refused": dict(board.refused)}
    click.echo(json.dumps(found) if json_wanted else printable(f"{len(board.listed)} entries: {out / 'index.html'}"))


@leaderboard.command()
@click.argument("what", metavar="ENTRY|PR")
@board_option
@by_option
@click.option("--reason", default="It holds.", show_default=True, metavar="TEXT", help="Why it is accepted.")
@evidence_option
@as_json
def add(what: str, place: str, by: str, reason: str, evidence: str | None, json_wanted: bool) -> None:
    """Verify an entry and take it onto the board: its folder, or the number of a pull request at the board."""
    from benchmark.api import boards

    board = boards.add_entry(what, place, boards.Decided(reason, by, evidence))
    added = board.log[-1].entry
    click.echo(json.dumps({"entry": added, "board": place}) if json_wanted else printable(f"{added} is on the board {place}."))


@leaderboard.command()
@click.argument("entry", metavar="ID")
@click.argument("action", type=click.Choice(["challenged", "verified", "struck", "restored", "noted"]))
@board_option
@by_option
@click.option("--reason", required=True, metavar="TEXT", help="Why; everyone reads it.")
@evidence_option
def decide(entry: str, action: str, place: str, by: str, reason: str, evidence: str | None) -> None:
    """Add a line to the log of decisions. Lines are never changed: what was struck can be restored by another."""
    from benchmark.api import boards

    boards.decide(place, entry, action, boards.Decided(reason, by, evidence))
    click.echo(printable(f"{entry}: {action}."))


@leaderboard.command()
@click.argument("source", metavar="BOARD")
@as_json
@click.pass_context
def verify(ctx: click.Context, source: str, json_wanted: bool) -> None:
    """Derive the whole board again: every entry, the log, the index."""
    from benchmark.api import boards

    board, wrong = boards.verify_board(source)
    if json_wanted:
        click.echo(json.dumps({"board": source, "entries": len(board.listed), "verified": not wrong, "differences": wrong}))
    else:
        for line in wrong:
            click.echo(printable(line))
        click.echo(f"{len(board.listed)} entries, {len(wrong)} differences.")
    if wrong:
        ctx.exit(UNVERIFIED)
