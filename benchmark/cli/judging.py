"""Commands over run folders; no model is needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from benchmark.cli import offered
from benchmark.cli.group import as_json, folder, foreign, main, prices, printable, tell
from benchmark.cli.submitting import show_verification
from benchmark.vocabulary import FolderError

UNVERIFIED = 4


def show_report(path: Path, json_wanted: bool, page: Path | None = None, figures: Path | None = None, **given: Any) -> None:
    from benchmark import api
    from benchmark.display.table import render

    document = api.report(path, **given)
    try:
        written = f"Report page: {api.write_report(path, document, page)}"
    except FolderError as error:
        if page:
            raise
        written = f"Note: the report is shown and not kept, as {error}"
    tell(json.dumps(document, allow_nan=False) if json_wanted else render(document))
    tell(printable(written), err=True)
    if figures:
        tell(printable(f"Figures: {len(api.write_figures(document, figures))} files in {figures}"), err=True)


@main.command()
@folder
@click.option(
    "--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Where to write the page.  [default: DIR/report.html]"
)
@click.option("--figures", type=click.Path(path_type=Path), metavar="FOLDER", help="Also write its pictures as SVG and PNG (extra: plots).")
@click.option(
    "--beside",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    shell_complete=offered.runs,
    help="What people scored (bench import); repeatable.",
)
@prices
@foreign
@as_json
def report(json_wanted: bool, page: Path | None, figures: Path | None, folder: Path, **given: Any) -> None:
    """Success, grounding, gaps and their intervals; also written to DIR/report.json and DIR/report.html."""
    show_report(folder, json_wanted, page, figures, **given)


@main.command()
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=click.Path(path_type=Path), shell_complete=offered.runs)
@click.option("--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Also write it as a page.")
@as_json
def compare(folders: tuple[Path, ...], page: Path | None, json_wanted: bool) -> None:
    """Several runs side by side; two arms of a factor pair by pair."""
    from benchmark import api
    from benchmark.display.table import render_comparison
    from benchmark.results.arms import rendered

    reports = {str(path): api.report(path) for path in folders}
    several = len({document["model"] for document in reports.values()}) < len(reports)
    documents: dict[str, Any] = {**reports} if several else {document["model"]: document for document in reports.values()}
    text, shown, differences = render_comparison(documents), documents, None
    if len(folders) == 2 and api.are_arms(*folders):
        found = api.arms(*folders)
        differences = found.document()
        documents = {**documents, "arms": differences}
        text += f"\n\n{printable(rendered(found.rows, found.names, found.why))}"
    if page:
        api.write_comparison(shown, page, differences)
    click.echo(json.dumps(documents, allow_nan=False) if json_wanted else text)
    if page:
        tell(printable(f"Comparison page: {page}"), err=True)


@main.command()
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=click.Path(path_type=Path), shell_complete=offered.runs)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Run folder to make.")
@foreign
@as_json
def merge(folders: tuple[Path, ...], out: Path, foreign: tuple[str, ...], json_wanted: bool) -> None:
    """Put run folders together: all shards of a plan, or runs that differ in their tasks or conditions alone."""
    from benchmark import api

    n = api.merge(folders, out, foreign)
    document = {"run": str(out), "merged": list(map(str, folders)), "episodes": n}
    click.echo(json.dumps(document) if json_wanted else printable(f"Run folder: {out} ({n:,} episodes of {len(folders)} folders)"))


@main.command()
@folder
@foreign
@as_json
def rescore(folder: Path, foreign: tuple[str, ...], json_wanted: bool) -> None:
    """Score a run again from its completions, without a model. The old lines are kept beside the new."""
    from benchmark import api

    changed, total = api.rescore(folder, foreign)
    document = {"run": str(folder), "episodes": total, "changed": changed}
    click.echo(json.dumps(document) if json_wanted else f"{changed} of {total} records changed.")


@main.command()
@click.argument("place", metavar="DIR|ENTRY", type=click.Path(path_type=Path), shell_complete=offered.runs)
@foreign
@as_json
@click.pass_context
def verify(ctx: click.Context, /, place: Path, foreign: tuple[str, ...], json_wanted: bool) -> None:
    """Replay a run or an entry: every prompt, turn, answer and score re-derived from seeds and completions."""
    from benchmark import api

    if api.is_entry(place):
        ctx.exit(0 if show_verification(place, json_wanted) else UNVERIFIED)
    found = list(api.verify(place, foreign))
    if json_wanted:
        findings = [{"episode": f.episode, "where": f.where, "what": f.what} for f in found]
        click.echo(json.dumps({"run": str(place), "verified": not found, "findings": findings}))
    else:
        for finding in found[:20]:
            click.echo(printable(str(finding)))
        if len(found) > 20:
            click.echo(f"… and {len(found) - 20} more")
        verdict = "does not hold." if found else "holds: every prompt, turn, answer and score was derived again."
        click.echo(printable(f"{place}{api.part_of(place)} {verdict}"))
    ctx.exit(UNVERIFIED if found else 0)
