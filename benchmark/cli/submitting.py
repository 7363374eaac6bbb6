"""Commands over entries of the leaderboard."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchmark.cli import offered
from benchmark.cli.group import as_json, main, printable

if TYPE_CHECKING:
    from leaderboard.building import Built
    from leaderboard.checks import Verification
    from leaderboard.submission import Submitted

UNVERIFIED = 4

LICENCES = ("CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0", "Apache-2.0", "MIT")


@main.command()
@click.argument("place", metavar="DIR|ENTRY", type=click.Path(path_type=Path), shell_complete=offered.runs)
@click.option("--board", required=True, metavar="USER/NAME", help="The board's dataset on the Hugging Face Hub.")
@click.option("--dry-run", is_flag=True, help="Write the entry to disk and list its files; send nothing.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Where the entry is written.  [default with --dry-run: .]")
@click.option("--user", metavar="NAME", help="Your name on the Hub.  [default: the token's owner]")
@click.option("--organisation", metavar="NAME", help="For whom you submit.")
@click.option("--model-id", "model", metavar="ORG/NAME", help="What the board calls the model.  [default: from its spec]")
@click.option("--revision", metavar="TEXT", help="The commit or dated snapshot that was played, if the engine does not report it.")
@click.option("--weights", type=click.Choice(["open", "closed", "unknown"]), default="unknown", show_default=True)
@click.option("--attempts", type=click.IntRange(1), default=1, show_default=True, help="How many runs of this model you made in all.")
@click.option("--training", metavar="TEXT", help="What the model may have seen of this benchmark.")
@click.option("--disclose", "disclosures", multiple=True, metavar="TEXT", help="Anything a reader should know (repeatable).")
@click.option("--licence", type=click.Choice(LICENCES), default="CC-BY-4.0", show_default=True, help="Of the transcripts.")
@click.option("--readme", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE", help="How it was done (Markdown).")
@click.option("--sign", "key", type=click.Path(path_type=Path), metavar="KEY", help="Sign the manifest with this SSH key.")
@as_json
@click.pass_context
def submit(
    ctx: click.Context,
    /,
    *,
    place: Path,
    board: str,
    dry_run: bool,
    out: Path | None,
    user: str | None,
    key: Path | None,
    json_wanted: bool,
    **claims: Any,
) -> None:
    """Make an entry of a run, verify it as the board will, and open a pull request. The same command completes what was cut off."""
    from benchmark import api
    from leaderboard.hub import check_repo

    check_repo(board)
    with tempfile.TemporaryDirectory(prefix="parley-") as scratch:
        if api.is_entry(place):
            built = api.open_entry(place)
        else:
            built = _build(place, out or (Path() if dry_run else Path(scratch)), api.account(user, needs_token=not dry_run), claims)
        if key:
            from leaderboard.signing import sign

            sign(built.folder, key)
        found = api.verify_entry(built.folder)
        if not found.verified:
            click.echo(printable(rendered(found, str(built.folder))), err=True)
            ctx.exit(UNVERIFIED)
        _show(built, None if dry_run else api.submit_entry(built, board), json_wanted)


def _build(place: Path, out: Path, user: str, claims: dict[str, Any]) -> Built:
    from benchmark import api
    from leaderboard.building import Claims

    readme: Path | None = claims.pop("readme")
    try:
        text = readme.read_text("utf-8") if readme else None
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{readme} cannot be read: {error}") from None
    return api.build_entry(place, Claims(user=user, readme=text, **claims), out)


def _show(built: Built, submitted: Submitted | None, json_wanted: bool) -> None:
    from leaderboard.building import document_of

    document = document_of(built) | {"submitted": submitted and submitted.status, "url": submitted and submitted.url}
    if json_wanted:
        click.echo(json.dumps(document))
        return
    if submitted is None:
        for file in document["files"]:
            click.echo(f"{file['bytes']:>12,}  {file['path']}")
        click.echo(printable(f"Entry: {built.folder} ({built.entry.track} track). Nothing was sent."))
    elif submitted.status == "accepted":
        click.echo(printable(f"The board has this entry: {submitted.url}"))
    else:
        click.echo(printable(f"Pull request: {submitted.url}"))


def show_verification(place: Path, json_wanted: bool) -> bool:
    """Prints what holds of the entry at ``place``, and what nobody can tell from it; whether everything that can be told holds."""
    from benchmark import api
    from leaderboard.shapes import written

    found = api.verify_entry(place)
    if json_wanted:
        click.echo(json.dumps(written(found), allow_nan=False))
    else:
        click.echo(printable(rendered(found, str(place))))
    return found.verified


def rendered(found: Verification, place: str) -> str:
    """What the board says of an entry, in lines."""
    lines = [f"{'holds ' if check.holds else 'FAILS '} {check.name}: {check.seen}" for check in found.checks]
    lines += [f"        {one.episode}: {one.where or 'record'}: {one.what}" for one in found.differences]
    if not found.verified:
        return "\n".join([*lines, f"{place} does not hold."])
    head = found.scores.overall.get("grounding_success") if found.scores else None
    if head:
        lines.append(f"Grounding success: {head.value:.3f} [{head.ci95[0]:.3f}, {head.ci95[1]:.3f}], {head.n} worlds.")
    lines += [f"{found.entry} holds: it may be listed as {found.badge}.", "What no replay can see:"]
    return "\n".join([*lines, *(f"  - {one}" for one in found.unseen)])
