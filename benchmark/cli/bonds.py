"""The preregistered set of bond contrasts, in one command and on one page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from benchmark.cli import offered
from benchmark.cli.group import aloud, as_json, main, prices, printable, tell
from benchmark.cli.playing import INCOMPLETE, wish_of


@main.command()
@click.option(
    "--model", required=True, metavar="SPEC", shell_complete=offered.specs, help="Who is tested; it plays every seat that no task fixes."
)
@click.option("--n", type=click.IntRange(2, 10**6), metavar="WORLDS", help="Worlds an arm.  [default: as preregistered]")
@click.option("--seed", type=int, default=0, show_default=True, help="Names the worlds and the sampling seeds.")
@click.option("--base-url", metavar="URL", help="Where the model is served.")
@click.option("--model-arg", "model_args", multiple=True, metavar="K=V", help="Passed to the engine (repeatable).")
@click.option("--temperature", type=click.FloatRange(min=0), default=0.7, show_default=True)
@click.option("--top-p", type=click.FloatRange(0, 1, min_open=True), default=1.0, show_default=True)
@click.option("--max-tokens", type=click.IntRange(min=1), default=1024, show_default=True, help="Per call.")
@prices
@click.option("--max-in-flight", type=click.IntRange(min=1), default=64, show_default=True, metavar="N", help="Calls at a time.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder of run folders.  [default: runs/bonds-…]")
@click.option("--quiet", is_flag=True, help="No progress.")
@as_json
@click.pass_context
def bonds(ctx: click.Context, /, *, max_in_flight: int, out: Path | None, quiet: bool, json_wanted: bool, **given: Any) -> None:
    """What moves a model: stakes, asymmetry, repetition, infrastructure. Plays the preregistered contrasts; prints one page."""
    from benchmark import api
    from benchmark.bonds.verdicts import rendered
    from benchmark.running.runner import Settings

    try:
        place, document, missing = api.bonds(wish_of(given), out, Settings(max_in_flight, quiet=quiet, tell=aloud))
    except KeyboardInterrupt:
        tell("Stopped on request. The same command resumes.", err=True)
        ctx.exit(INCOMPLETE)
    tell(json.dumps(document, allow_nan=False) if json_wanted else printable(rendered(document)))
    tell(printable(f"Run folders: {place}"), err=True)
    if missing:
        tell(f"{missing} episodes are still to be played. The same command resumes.", err=True)
        ctx.exit(INCOMPLETE)
