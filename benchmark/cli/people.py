"""Commands about people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from benchmark.cli import offered
from benchmark.cli.group import aloud, as_json, main, printable, tell
from benchmark.cli.judging import show_report
from benchmark.cli.playing import INCOMPLETE
from benchmark.views import HEADLINE
from benchmark.vocabulary import Json, UsageError

INSPECT = "inspect"


@main.command(name="import")
@click.argument("corpus", metavar="CORPUS", shell_complete=offered.corpora)
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Run folder to make.")
@as_json
def import_(corpus: str, path: Path, out: Path, json_wanted: bool) -> None:
    """Human dialogues as a run folder: scored like a model's, kept as scores alone.

    CORPUS is dialop, casino or deal-or-no-deal; or inspect, for a log that `bench export --format inspect` wrote, whose records are
    given back as they were.
    """
    from benchmark import api

    if corpus == INSPECT:
        n, aside = api.import_inspect(path, out), ""
    else:
        n, broken = api.import_corpus(corpus, path, out)
        aside = f", {broken} of them broken off" if broken else ""
    show_report(out, json_wanted)
    click.echo(printable(f"Run folder: {out} ({n} {'episodes' if corpus == INSPECT else 'dialogues'}{aside})"), err=True)


@main.command()
@click.argument("task", metavar="TASK", shell_complete=offered.listed("tasks"))
@click.option("--seat", metavar="SEAT", help="Yours.  [default: A; without --partner: all, each in a browser of its own]")
@click.option(
    "--partner", metavar="SPEC", shell_complete=offered.specs, help="Who plays the other seats; without one, people at other browsers do."
)
@click.option("--web", is_flag=True, help="In a browser on this machine instead of this terminal.")
@click.option("--port", type=click.IntRange(0, 65_535), default=0, show_default=True, help="With --web, where; 0: any free one.")
@click.option("--condition", default=HEADLINE, show_default=True, metavar="NAME", shell_complete=offered.listed("conditions"))
@click.option("--level", type=click.IntRange(1, 5), default=3, show_default=True)
@click.option("--n", type=click.IntRange(1, 10**6), metavar="WORLDS", help="Play up to so many.  [default: one more than so far]")
@click.option("--seed", type=int, default=0, show_default=True, help="Names the worlds.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Run folder.  [default: runs/human-<hash>]")
@as_json
@click.pass_context
def play(ctx: click.Context, /, *, out: Path | None, json_wanted: bool, **given: Any) -> None:
    """Take a seat yourself: what you see is what a model would be sent, and the result is scored like any other."""
    from benchmark import api

    if given["partner"] is None and not given["web"]:
        raise UsageError("this terminal has one seat. Give --partner SPEC, such as reference:honest, or --web for people at browsers.")
    if given["partner"] is None and given["seat"] is not None:
        raise UsageError("--seat is yours against a --partner; without one, people take every seat. Leave one of them out.")
    seat = given.pop("seat") or ("A" if given["partner"] else None)
    try:
        path, outcome, records = api.sit_down(api.Sitting(seat=seat, **given), out, aloud)
    except KeyboardInterrupt:
        tell("Stopped on request. The same command goes on.", err=True)
        ctx.exit(INCOMPLETE)
    found = [{"episode": record["id"], "outcome": record["outcome"], "score": record["score"]} for record in records]
    if json_wanted:
        tell(json.dumps({"run": str(path), "episodes": found}))
    else:
        for record in records:
            tell(printable(f"World {record['index']}: {_told(record)}"))
        tell(printable(f"Run folder: {path}\nWhat everyone saw: bench view {path}"), err=True)
    if not outcome.complete:
        tell(f"{outcome.missing} of {outcome.planned} dialogues are still to be played. The same command goes on.", err=True)
        ctx.exit(INCOMPLETE)


def _told(record: dict[str, Json]) -> str:
    """What came of a dialogue, in a few words."""
    score = record["score"]
    if record["outcome"] != "decided":
        return f"not decided ({record['outcome']})."
    earned = {None: "", True: ", and earned", False: ", by luck"}[score["grounding_success"]] if score["success"] else ""
    value = score["value"]
    return f"{'right' if score['success'] else 'wrong'}{earned}; value {value['raw']:g} (best {value['best']:g}), {score['words']} words."
