"""The command that holds an engine to what it owes."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from benchmark.cli import offered
from benchmark.cli.group import as_json, main, printable

if TYPE_CHECKING:
    from benchmark.conformance.findings import Finding

WIDTH = 80
_COLUMN = 20


@main.command(name="check-model")
@click.argument("model", metavar="SPEC", shell_complete=offered.specs)
@click.option("--base-url", metavar="URL", help="Where the model is served.")
@click.option("--model-arg", "model_args", multiple=True, metavar="K=V", help="Passed to the engine (repeatable).")
@click.option(
    "--timeout", "seconds", type=click.FloatRange(0, 86_400, min_open=True), default=120, show_default=True, help="Seconds a call."
)
@click.option("--skip", multiple=True, metavar="CHECK", help="Leave this check out, such as overlong, which sends 300,000 tokens once.")
@as_json
@click.pass_context
def check_model(ctx: click.Context, /, model: str, seconds: float, skip: tuple[str, ...], json_wanted: bool, **given: Any) -> None:
    """What an engine owes, checked with some fifty short calls.

    Contexts apart, no state, finishes that are true, failures as values. Exit status 1 if a check failed. What is only noted
    breaks no promise and is worth knowing.
    """
    from benchmark import api

    wish = api.Wish(model=model, **given)
    found, calls = api.check_model(wish, seconds, skip, _silent if json_wanted else _say)
    failed = [finding.name for finding in found if finding.verdict == "failed"]
    if json_wanted:
        findings = [asdict(finding) for finding in found]
        click.echo(json.dumps({"model": model, "conforms": not failed, "calls": calls, "skipped": list(skip), "findings": findings}))
    else:
        verdict = f"does not conform: {', '.join(failed)} failed" if failed else "conforms"
        for line in textwrap.wrap(f"{printable(model)} {verdict}. {len(found)} checks, {calls} calls.", WIDTH):
            click.echo(line)
    ctx.exit(1 if failed else 0)


def _silent(_: Finding) -> None: ...


def _say(finding: Finding) -> None:
    head = f"{finding.verdict:<8}{finding.name:<{_COLUMN - 8}}"
    told = [finding.seen, *([f"→ {finding.advice}"] if finding.advice else [])]
    lines = [line for part in told for line in textwrap.wrap(printable(part), WIDTH - _COLUMN)]
    for place, line in enumerate(lines or [""]):
        click.echo((head if not place else " " * _COLUMN) + line)
