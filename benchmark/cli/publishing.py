"""Commands that publish: a run, or worlds that nobody has played yet."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from benchmark.cli import offered
from benchmark.cli.group import as_json, folder, foreign, main, printable

if TYPE_CHECKING:
    from benchmark.api import Published

Function = TypeVar("Function", bound=Callable[..., Any])


def _shared(command: Function) -> Function:
    """The options of whatever goes to the Hub."""
    for option in reversed(
        [
            click.option("--private", is_flag=True, help="For you alone, if the repository is made now."),
            click.option("--licence", metavar="ID", help="As the Hub names it, such as cc-by-4.0."),
            click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Keep what is built in this new folder."),
        ]
    ):
        command = option(command)
    return command


@main.command()
@folder
@click.option("--repo", required=True, metavar="USER/NAME", help="Dataset on the Hugging Face Hub; made if it is not there.")
@click.option("--dry-run", "dry", is_flag=True, help="Build and list every file; needs no token and no network.")
@click.option("--accept", multiple=True, metavar="KIND", help="Publish in spite of this kind of secret, such as e-mail (repeatable).")
@_shared
@foreign
@as_json
def publish(folder: Path, foreign: tuple[str, ...], json_wanted: bool, **given: Any) -> None:
    """Publish a run as a dataset: worlds, episodes, scores, a card, and the run folder itself.

    All of it in one commit, and the same command completes what was cut off. Only a run that holds is published, and nothing that looks
    like a secret. Where to and as whom: HF_ENDPOINT, HF_TOKEN, or who logged in with `hf auth login`.
    """
    from benchmark import api

    _show(api.publish(folder, api.Publishing(**given), foreign), given["repo"], given["out"], json_wanted)


@main.group()
def worlds() -> None:
    """Worlds without anybody playing them."""


@worlds.command()
@click.argument("tasks", metavar="TASK...", nargs=-1, required=True, shell_complete=offered.listed("tasks"))
@click.option("--n", type=click.IntRange(1, 10**6), default=20, show_default=True, metavar="WORLDS", help="Worlds per task and level.")
@click.option("--level", "levels", multiple=True, type=click.IntRange(1, 5), default=(3,), show_default=True, help="Repeatable.")
@click.option("--seed", type=int, default=0, show_default=True, help="Names the worlds, as in `bench run`.")
@click.option("--repo", metavar="USER/NAME", help="Dataset on the Hugging Face Hub to commit them to.")
@_shared
@as_json
def export(tasks: tuple[str, ...], levels: tuple[int, ...], n: int, seed: int, repo: str | None, json_wanted: bool, **given: Any) -> None:
    """Write the worlds of tasks as a dataset, to a folder or to the Hub; `bench run --worlds` plays its files."""
    from benchmark import api
    from benchmark.vocabulary import UsageError

    if repo is None and given["out"] is None:
        raise UsageError("say where the worlds should go: --out DIR, --repo USER/NAME or both")
    wanted = api.Publishing(repo=repo, dry=repo is None, **given)
    _show(api.export_worlds(tasks, levels, n, seed, wanted), repo, given["out"], json_wanted)


def _show(done: Published, repo: str | None, out: Path | None, json_wanted: bool) -> None:
    if json_wanted:
        files = [{"path": path, "bytes": size, "sha256": sha256} for path, size, sha256 in done.files]
        where = {
            "repo": repo,
            "out": str(out) if out else None,
            "url": done.url or None,
            "commit": done.commit or None,
            "note": done.note or None,
        }
        click.echo(json.dumps({**where, "files": files}))
        return
    for path, size, _ in done.files:
        click.echo(printable(f"{size:>12,}  {path}"))
    click.echo(f"{sum(size for _, size, _ in done.files):>12,}  bytes in {len(done.files)} files")
    if done.note:
        click.echo(printable(f"Note: {done.note}"), err=True)
    if out:
        click.echo(printable(f"Written: {out}"))
    if repo:
        click.echo(printable(f"Published: {done.url} at {done.commit}" if done.url else f"Nothing was sent to {repo}."))
