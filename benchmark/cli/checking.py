"""Commands that hold a task or an engine to what it owes."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

import click

from benchmark.cli import offered
from benchmark.cli.group import as_json, main, printable

FAILED = 1


@main.command()
@click.argument("what", metavar="TASK|module:NAME|WORLDS", shell_complete=offered.listed("tasks"))
@click.option("--level", "levels", multiple=True, type=click.IntRange(1, 5), help="Only this level (repeatable).  [default: all five]")
@as_json
@click.pass_context
def check(ctx: click.Context, /, what: str, levels: tuple[int, ...], json_wanted: bool) -> None:
    """What a task or a file of worlds owes: certificates, budgets, the barrier, the reader, the players' bands."""
    from benchmark import api

    with redirect_stdout(sys.stderr):  # what a stranger's task prints is no finding
        found = [
            {"where": where, "name": one.name, "verdict": one.verdict, "seen": one.seen, "advice": one.advice}
            for where, one in api.check(what, levels)
        ]
    failed = sum(one["verdict"] == "failed" for one in found)
    if json_wanted:
        click.echo(json.dumps({"what": what, "passed": not failed, "findings": found}))
    else:
        for name in dict.fromkeys(one["name"] for one in found):
            _show([one for one in found if one["name"] == name])
        failures = f" {failed} do not." if failed else ""
        noted = sum(one["verdict"] == "noted" for one in found)
        aside = f", {noted} are noted" if noted else ""
        click.echo(printable(f"{what}: {len(found) - failed - noted} of {len(found)} checks hold{aside}.{failures}"))
        if failed and not Path(what).exists():
            click.echo(f"World 0 is what `bench show` prints with --seed {api.CHECKED_SEED} for index 0, and so on.")
    ctx.exit(FAILED if failed else 0)


def _show(found: list[dict[str, str]]) -> None:
    """One check at every level: that it holds, or where it does not."""
    for verdict in ("passed", "failed", "noted"):
        same = [one for one in found if one["verdict"] == verdict]
        if not same or (verdict == "passed" and len(same) < len(found)):
            continue
        _say(f"{verdict}  ", same[0]["name"])
        for one in same if verdict != "passed" else ():
            _say("        ", f"{one['where']}: {one['seen']}")
        if same[0]["advice"]:
            _say("        ", f"-> {same[0]['advice']}")


def _say(start: str, text: str) -> None:
    click.echo(printable(click.wrap_text(" ".join(text.split()), 80, start, " " * len(start))))
