"""Commands that play, or say what playing would take."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from benchmark.cli import offered
from benchmark.cli.group import aloud, as_json, main, prices, printable, tell
from benchmark.cli.judging import show_report
from benchmark.factors import CHANNELS, HISTORIES, LABELS

if TYPE_CHECKING:
    from benchmark.api import Wish

INCOMPLETE = 3

Function = TypeVar("Function", bound=Callable[..., Any])


def wishes(command: Function) -> Function:
    """The options that say who plays what."""
    who = [
        click.option(
            "--model", required=True, metavar="SPEC", shell_complete=offered.specs, help="scheme:name[?k=v&…], as in reference:honest."
        ),
        click.option(
            "--partner",
            "partners",
            multiple=True,
            metavar="SPEC",
            shell_complete=offered.specs,
            help="Play against this model, or `panel`, in every seat (repeatable).",
        ),
    ]
    where = [
        click.option("--base-url", metavar="URL", help="Where the model is served."),
        click.option("--model-arg", "model_args", multiple=True, metavar="K=V", help="Passed to the engine (repeatable)."),
        click.option("--rpm", type=click.IntRange(min=1), metavar="N", help="Requests a minute at most, to --model on a server."),
        click.option("--tpm", type=click.IntRange(min=1), metavar="N", help="Tokens a minute at most, likewise."),
        click.option("--shard", metavar="i/k", help="Part i (from 1) of k parts; `bench merge` puts them together."),
    ]
    return _with(who, games(_with(where, command)))


def games(command: Function) -> Function:
    """The options that say what is played, whoever plays."""
    options = [
        click.option(
            "--preset", default="quick", show_default=True, shell_complete=offered.listed("presets"), help="See `bench list presets`."
        ),
        click.option(
            "--task",
            "tasks",
            multiple=True,
            metavar="NAME[:k=v,…]",
            shell_complete=offered.listed("tasks"),
            help="Play this task (repeatable).",
        ),
        click.option(
            "--condition",
            "conditions",
            multiple=True,
            metavar="NAME",
            shell_complete=offered.listed("conditions"),
            help="Play under this condition (repeatable).",
        ),
        click.option("--level", "levels", multiple=True, type=click.IntRange(1, 5), help="Difficulty of grounding (repeatable)."),
        click.option("--n", type=click.IntRange(1, 10**8), metavar="WORLDS", help="Worlds per task."),
        click.option("--repeats", type=click.IntRange(1, 10**6), metavar="R", help="Times each world is played."),
        click.option("--seed", type=int, default=0, show_default=True, help="Names the worlds and the sampling seeds."),
        click.option("--worlds", type=click.Path(path_type=Path), metavar="PATH", help="Play published worlds from a file."),
        click.option("--challenge", metavar="C", help="Play the worlds that a board's challenge names, which nobody saw before."),
        click.option("--probes", is_flag=True, help="Ask aside, after some turns, what the partner knows by now (more calls)."),
        *arms(),
        click.option("--temperature", type=click.FloatRange(min=0), default=0.7, show_default=True),
        click.option("--top-p", type=click.FloatRange(0, 1, min_open=True), default=1.0, show_default=True),
        click.option("--max-tokens", type=click.IntRange(min=1), default=1024, show_default=True, help="Per call."),
        prices,
    ]
    return _with(options, command)


def arms() -> list[Callable[[Function], Function]]:
    """The options that say which arm is played of each factor (docs/factors.md)."""
    return [
        _arm("--channel", CHANNELS, "How they talk: talk, typed or board."),
        _arm("--label", LABELS, "What is told of the partner: none, form, ai or person."),
        _arm("--history", HISTORIES, "Which log is given: none, neutral or past."),
        click.option("--memory", default="full", show_default=True, metavar="KIND", help="Of earlier rounds: full, window:K or summary."),
    ]


def _arm(name: str, values: tuple[str, ...], told: str) -> Callable[[Function], Function]:
    return click.option(name, default=values[0], show_default=True, metavar="NAME", shell_complete=offered.named(*values), help=told)


def _with(options: Sequence[Callable[[Function], Function]], command: Function) -> Function:
    for option in reversed(options):
        command = option(command)
    return command


def wish_of(given: dict[str, Any]) -> Wish:
    """What the options ask for."""
    from benchmark.api import Wish

    return Wish.of(**given)


@main.command()
@wishes
@click.option("--max-in-flight", type=click.IntRange(min=1), default=64, show_default=True, metavar="N", help="Calls at a time.")
@click.option("--max-cost", type=click.FloatRange(min=0, min_open=True), metavar="X", help="US dollars for the whole run folder.")
@click.option("--max-tokens-total", type=click.IntRange(min=1), metavar="N", help="Tokens for the whole run folder.")
@click.option("--ray", metavar="ADDRESS", help="Play on a cluster of Ray: auto, local or HOST:PORT (extra: ray).")
@click.option("--replicas", type=click.IntRange(min=1), metavar="N", help="On it, N of all this.  [default: as many as have room]")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Run folder.  [default: runs/<model>-<hash>]")
@click.option("--quiet", is_flag=True, help="No progress.")
@as_json
@click.pass_context
def run(
    ctx: click.Context,
    /,
    *,
    max_in_flight: int,
    max_cost: float | None,
    max_tokens_total: int | None,
    ray: str | None,
    replicas: int | None,
    out: Path | None,
    quiet: bool,
    json_wanted: bool,
    **given: Any,
) -> None:
    """Play one model with itself, or against partners; the same command resumes."""
    try:
        from benchmark import api
        from benchmark.running.budget import Caps
        from benchmark.running.runner import Settings

        caps = Caps(max_cost, max_tokens_total)
        settings = Settings(max_in_flight, quiet=quiet, caps=caps, ray=ray, replicas=replicas, tell=aloud)
        path, outcome = api.run(out=out, settings=settings, **given)
    except KeyboardInterrupt:
        tell("Stopped on request. The same command resumes.", err=True)
        ctx.exit(INCOMPLETE)
    show_report(path, json_wanted, foreign=given["tasks"])
    part = f" (shard {given['shard'].replace('/', ' of ')}; `bench merge` puts all together)" if given["shard"] else ""
    tell(printable(f"Run folder: {path}{part}"), err=True)
    if outcome.note:
        tell(printable(f"Stopped early: {outcome.note}"), err=True)
    if not outcome.complete:
        how = "With a higher cap the same command resumes." if outcome.capped else "The same command resumes."
        tell(f"{outcome.missing} of {outcome.planned} episodes are still to be played. {how}", err=True)
        ctx.exit(INCOMPLETE)


@main.command()
@wishes
@as_json
def plan(json_wanted: bool, **given: Any) -> None:
    """What a run would take: episodes, calls, tokens, cost, the smallest gap it could see. Plays nothing."""
    from benchmark import api
    from benchmark.prices import prices_of
    from benchmark.running.estimate import estimate, rendered

    planned = api.make_plan(wish_of(given))
    document = estimate(planned, prices_of(planned.specs, given["prices"]))
    click.echo(json.dumps(document) if json_wanted else rendered(document))
