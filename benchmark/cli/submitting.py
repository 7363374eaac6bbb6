"""Commands over entries of the leaderboard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmark.cli.group import printable

if TYPE_CHECKING:
    from leaderboard.checks import Verification


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
