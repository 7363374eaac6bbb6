"""The command line. Every command is a few lines over ``benchmark.api``; what is heavy is imported when it is used."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from benchmark import __version__, check_neighbours
from benchmark.vocabulary import Json, ParleyError, UsageError

if TYPE_CHECKING:
    from benchmark.api import Wish

INCOMPLETE, UNVERIFIED = 3, 4

Function = TypeVar("Function", bound=Callable[..., Any])


class Commands(click.Group):
    """Turns our own errors into one clear line: exit 2 for wrong usage, 1 for everything else."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            check_neighbours()
            return super().invoke(ctx)
        except UsageError as error:
            raise click.UsageError(_printable(str(error)), self._asked(ctx)) from None
        except ParleyError as error:
            raise click.ClickException(_printable(str(error))) from None

    def _asked(self, ctx: click.Context) -> click.Context:
        """The context of the command that was asked for, so that the hint names it."""
        name = ctx.invoked_subcommand
        command = self.get_command(ctx, name) if name else None
        return click.Context(command, ctx, name) if command else ctx


def _printable(text: str) -> str:
    """Nothing from a file or a server may steer the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else f"\\x{ord(char):02x}" for char in text)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="parley-bench")
def main() -> None:
    """Parley plays the same scenario with and without private information, and scores whether answers were earned."""


def wishes(command: Function) -> Function:
    """The options that say what to play."""
    options = [
        click.option("--model", required=True, metavar="SPEC", help="scheme:name[?k=v&…], as in reference:honest."),
        click.option("--partner", "partners", multiple=True, metavar="SPEC", help="Play against this model, in every seat (repeatable)."),
        click.option("--preset", default="quick", show_default=True, help="See `bench list presets`."),
        click.option("--task", "tasks", multiple=True, metavar="NAME[:k=v,…]", help="Play this task (repeatable)."),
        click.option("--condition", "conditions", multiple=True, metavar="NAME", help="Play under this condition (repeatable)."),
        click.option("--level", "levels", multiple=True, type=click.IntRange(1, 5), help="Difficulty of grounding (repeatable)."),
        click.option("--n", type=click.IntRange(1, 10**8), metavar="WORLDS", help="Worlds per task."),
        click.option("--repeats", type=click.IntRange(1, 10**6), metavar="R", help="Times each world is played."),
        click.option("--seed", type=int, default=0, show_default=True, help="Names the worlds and the sampling seeds."),
        click.option("--worlds", type=click.Path(path_type=Path), metavar="PATH", help="Play published worlds from a file."),
        click.option("--temperature", type=click.FloatRange(min=0), default=0.7, show_default=True),
        click.option("--top-p", type=click.FloatRange(0, 1, min_open=True), default=1.0, show_default=True),
        click.option("--max-tokens", type=click.IntRange(min=1), default=1024, show_default=True, help="Per call."),
        click.option("--base-url", metavar="URL", help="Where the model is served."),
        click.option("--model-arg", "model_args", multiple=True, metavar="K=V", help="Passed to the engine (repeatable)."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _wish(given: dict[str, Any]) -> Wish:
    from benchmark.api import Wish
    from benchmark.vocabulary import Sampling

    sampling = Sampling(given.pop("temperature"), given.pop("top_p"), given.pop("max_tokens"))
    return Wish(sampling=sampling, **given)


as_json = click.option("--json", "json_wanted", is_flag=True, help="Exactly one JSON document on stdout.")
folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


@main.command()
@wishes
@click.option("--max-in-flight", type=click.IntRange(min=1), default=64, show_default=True, metavar="N", help="Calls at a time.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Run folder.  [default: runs/<model>-<hash>]")
@click.option("--quiet", is_flag=True, help="No progress.")
@as_json
@click.pass_context
def run(ctx: click.Context, /, max_in_flight: int, out: Path | None, quiet: bool, json_wanted: bool, **given: Any) -> None:
    """Play one model with itself, or against partners; the same command resumes."""
    from benchmark import api
    from benchmark.runner import Settings

    path, outcome = api.run(_wish(given), out, Settings(max_in_flight=max_in_flight, quiet=quiet))
    _show_report(path, json_wanted)
    click.echo(_printable(f"Run folder: {path}"), err=True)
    if outcome.note:
        click.echo(_printable(f"Stopped early: {outcome.note}"), err=True)
    if not outcome.complete:
        click.echo(f"{outcome.missing} of {outcome.planned} episodes are still to be played. The same command resumes.", err=True)
        ctx.exit(INCOMPLETE)


def _show_report(path: Path, json_wanted: bool, page: Path | None = None) -> None:
    from benchmark import api
    from benchmark.table import render

    document = api.report(path)
    where = api.write_report(path, document, page)
    click.echo(json.dumps(document, allow_nan=False) if json_wanted else render(document))
    if where:
        click.echo(_printable(f"Report page: {where}"), err=True)


@main.command()
@wishes
@as_json
def plan(json_wanted: bool, **given: Any) -> None:
    """What a run would take: episodes, calls, tokens, the smallest gap it could see. Plays nothing."""
    from benchmark import api
    from benchmark.estimate import estimate, rendered

    document = estimate(api.make_plan(_wish(given)))
    click.echo(json.dumps(document) if json_wanted else rendered(document))


@main.command()
@folder
@click.option(
    "--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Where to write the page.  [default: DIR/report.html]"
)
@as_json
def report(folder: Path, page: Path | None, json_wanted: bool) -> None:
    """Success, grounding, gaps and their intervals; also written to DIR/report.json and DIR/report.html."""
    _show_report(folder, json_wanted, page)


@main.command()
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json
def compare(folders: tuple[Path, ...], json_wanted: bool) -> None:
    """Several runs side by side."""
    from benchmark import api
    from benchmark.table import render_comparison

    reports = {str(path): api.report(path) for path in folders}
    several = len({document["model"] for document in reports.values()}) < len(reports)
    documents = reports if several else {document["model"]: document for document in reports.values()}
    click.echo(json.dumps(documents, allow_nan=False) if json_wanted else render_comparison(documents))


@main.command()
@folder
@as_json
def rescore(folder: Path, json_wanted: bool) -> None:
    """Score a run again from its completions, without a model. The old lines are kept beside the new."""
    from benchmark import api

    changed, total = api.rescore(folder)
    document = {"run": str(folder), "episodes": total, "changed": changed}
    click.echo(json.dumps(document) if json_wanted else f"{changed} of {total} records changed.")


@main.command()
@click.argument("task", metavar="TASK")
@click.argument("index", type=click.IntRange(min=0))
@click.option("--condition", required=True, metavar="NAME")
@click.option("--level", type=click.IntRange(1, 5), default=3, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--worlds", type=click.Path(path_type=Path), metavar="PATH", help="Take the world from a file.")
@as_json
def show(json_wanted: bool, **given: Any) -> None:
    """To the byte, what every instance is sent first for world INDEX of TASK."""
    from benchmark import api

    opened = api.first_requests(**given)
    if json_wanted:
        click.echo(json.dumps([{"speaks": list(one.view.speaks), "kind": one.kind, "chat": one.chat} for one in opened]))
        return
    for one in opened:
        click.echo(click.style(f"── {', '.join(one.view.speaks)} · {one.kind} ", bold=True).ljust(72, "─"))
        for role, content in one.chat:
            click.echo(f"[{role}]\n{content}\n")


@main.command()
@click.argument("place", metavar="DIR", type=click.Path(path_type=Path))
@as_json
@click.pass_context
def verify(ctx: click.Context, /, place: Path, json_wanted: bool) -> None:
    """Replay a run: every prompt, turn, answer and score re-derived from seeds and completions."""
    from benchmark import api

    found = list(api.verify(place))
    if json_wanted:
        findings = [{"episode": f.episode, "where": f.where, "what": f.what} for f in found]
        click.echo(json.dumps({"run": str(place), "verified": not found, "findings": findings}))
    else:
        for finding in found[:20]:
            click.echo(_printable(str(finding)))
        if len(found) > 20:
            click.echo(f"… and {len(found) - 20} more")
        click.echo(f"{place} does not hold." if found else f"{place} holds: every prompt, turn, answer and score was derived again.")
    ctx.exit(UNVERIFIED if found else 0)


@main.command(name="list")
@click.argument("what", type=click.Choice(["tasks", "models", "conditions", "presets"]))
@as_json
def list_(what: str, json_wanted: bool) -> None:
    """What there is to choose from."""
    from benchmark import api

    rows: list[dict[str, Json]] = api.listing(what)
    if json_wanted:
        click.echo(json.dumps(rows))
        return
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        click.echo(f"{row['name']:<{width}}  {row['about']}")


if __name__ == "__main__":
    sys.exit("Start Parley with `bench`, not with `python -m`: the folder you stand in would hide the installed packages.")
