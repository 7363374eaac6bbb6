"""Commands that show what there is."""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path
from typing import Any

import click

from benchmark.cli import offered
from benchmark.cli.group import as_json, folder, foreign, main, printable
from benchmark.cli.playing import arms
from benchmark.vocabulary import Json

COLUMNS = 80
"""What every terminal has."""


def _arms(command: Any) -> Any:
    """``command`` with the options of every factor."""
    for option in reversed(arms()):
        command = option(command)
    return command


@main.command()
@click.argument("task", metavar="TASK", shell_complete=offered.listed("tasks"))
@click.argument("index", type=click.IntRange(min=0))
@click.option("--condition", required=True, metavar="NAME", shell_complete=offered.listed("conditions"))
@click.option("--level", type=click.IntRange(1, 5), default=3, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--worlds", type=click.Path(path_type=Path), metavar="PATH", help="Take the world from a file.")
@_arms
@as_json
def show(json_wanted: bool, **given: Any) -> None:
    """To the byte, what every instance is sent first for world INDEX of TASK."""
    from benchmark import api

    opened = api.first_requests(**given)
    if json_wanted:
        click.echo(json.dumps([{"speaks": list(one.view.speaks), "kind": one.kind, "chat": one.chat} for one in opened]))
        return
    shown = printable if sys.stdout.isatty() else str  # to the byte, but for a terminal that could be steered
    for one in opened:
        click.echo(click.style(f"── {', '.join(one.view.speaks)} · {one.kind} ", bold=True).ljust(72, "─"))
        for role, content in one.chat:
            click.echo(f"[{role}]\n{shown(content)}\n")


@main.command(name="list")
@click.argument("what", type=click.Choice(["tasks", "tracks", "models", "conditions", "presets", "panels"]))
@as_json
def list_(what: str, json_wanted: bool) -> None:
    """What there is to choose from."""
    from benchmark import api

    rows: list[dict[str, Json]] = api.listing(what)
    if json_wanted:
        click.echo(json.dumps(rows))
        return
    indent = 2 + max(len(row["name"]) for row in rows)
    for row in rows:
        lines = textwrap.wrap(str(row["about"]), COLUMNS - indent, break_on_hyphens=False, break_long_words=False) or [""]
        click.echo(("\n" + " " * indent).join([f"{row['name']:<{indent}}{lines[0]}", *lines[1:]]).rstrip())


@main.command()
@folder
@click.option("--out", type=click.Path(path_type=Path), metavar="SITE", help="Where to write the pages.  [default: DIR/view]")
@foreign
@as_json
def view(folder: Path, out: Path | None, foreign: tuple[str, ...], json_wanted: bool) -> None:
    """Write a run's transcripts as pages: what each seat saw, what crossed the table, every prompt."""
    from benchmark import api

    page = api.view(folder, out, foreign)
    click.echo(json.dumps({"run": str(folder), "page": str(page)}) if json_wanted else printable(f"Transcripts: {page}"))
