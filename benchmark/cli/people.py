"""Commands about people."""

from __future__ import annotations

from pathlib import Path

import click

from benchmark.cli.group import as_json, main, printable
from benchmark.cli.judging import show_report


@main.command(name="import")
@click.argument("corpus", metavar="CORPUS")
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Run folder to make.")
@as_json
def import_(corpus: str, path: Path, out: Path, json_wanted: bool) -> None:
    """Human dialogues as a run folder: scored like a model's, kept as scores alone."""
    from benchmark import api

    n, broken = api.import_corpus(corpus, path, out)
    show_report(out, json_wanted)
    aside = f", {broken} of them broken off" if broken else ""
    click.echo(printable(f"Run folder: {out} ({n} dialogues{aside})"), err=True)
