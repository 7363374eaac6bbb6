"""The command that plays everyone with everyone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from benchmark.cli import offered
from benchmark.cli.group import aloud, as_json, main, printable
from benchmark.cli.playing import INCOMPLETE, games, wish_of


@main.command()
@click.argument("entrants", metavar="SPEC...", nargs=-1, required=True, shell_complete=offered.specs)
@games
@click.option(
    "--measure", type=click.Choice(["grounding_success", "success"]), help="What a comparison goes by.  [default: the first that applies]"
)
@click.option("--max-in-flight", type=click.IntRange(min=1), default=64, show_default=True, metavar="N", help="Calls at a time.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("runs/tournament"), show_default=True, metavar="DIR", help="Its run folders."
)
@click.option("--quiet", is_flag=True, help="No progress.")
@as_json
@click.pass_context
def tournament(
    ctx: click.Context,
    /,
    *,
    entrants: tuple[str, ...],
    measure: str | None,
    max_in_flight: int,
    out: Path,
    quiet: bool,
    json_wanted: bool,
    **given: Any,
) -> None:
    """Everyone in every seat with everyone: strengths with intervals.

    Beside the entrants plays reference:honest, whose strength is 0. What counts is the first condition named, the headline if
    none is. Two are compared with a partner who is neither: `panel` as an entrant adds the standard players. The same command
    resumes, and more entrants may join it later.
    """
    from benchmark import api
    from benchmark.display.standings import render
    from benchmark.running.runner import Settings

    def tell(line: str) -> None:
        if not quiet:
            click.echo(printable(line), err=True)

    wish = wish_of({"model": "", **given})
    document = api.tournament(entrants, wish, out, Settings(max_in_flight=max_in_flight, quiet=quiet, tell=aloud), measure, tell)
    click.echo(json.dumps(document, allow_nan=False) if json_wanted else render(document))
    click.echo(printable(f"Run folders: {out}"), err=True)
    if document["note"]:
        click.echo(printable(f"Stopped early: {document['note']}"), err=True)
    if document["missing"]:
        click.echo(f"{document['missing']} of {document['plan']} episodes are still to be played. The same command resumes.", err=True)
        ctx.exit(INCOMPLETE)
