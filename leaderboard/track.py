"""Which track an entry belongs to: ``standard`` where nothing on the benchmark's side was changed, else ``custom``, with the reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict

from benchmark import vocabulary
from benchmark.panels import panel_of
from benchmark.running.plan import PRESETS, Preset
from benchmark.views import CONDITIONS
from leaderboard.entry import Bench, Game

STANDARD = PRESETS["standard-1"]


def departures(game: Game, model: str, partners: Sequence[str], headline: Collection[str], preset: Preset = STANDARD) -> Iterator[str]:
    """Where what was played is not ``preset``; nothing for the standard track. A challenge only names other worlds of the same kind."""
    conditions = [name for name in preset.conditions if not partners or CONDITIONS[name].instance_per == "seat"]
    expected = (
        ("tasks", sorted(game.tasks), sorted(headline)),
        ("levels", sorted(game.levels), [preset.level]),
        ("conditions", sorted(game.conditions), sorted(conditions)),
        ("worlds per task", game.n, preset.n),
        ("repeats", game.repeats, preset.repeats),
        ("seed", game.seed, 0),
        ("sampling", asdict(game.sampling), asdict(vocabulary.Sampling())),
        ("probes", game.probes, False),
    )
    for name, given, standard in expected:
        if given != standard:
            yield f"{name}: {_shown(given)} in place of {_shown(standard)}"
    if partners and panel_of(partners, model) is None:
        yield "partners: not a standard panel"


def changes(bench: Bench, constrained: bool) -> Iterator[str]:
    """What was changed on the benchmark's side beside the plan, as far as a run says so of itself."""
    if bench.commit and bench.commit.endswith("-dirty"):
        yield "code: played from a changed checkout of Parley"
    if others := sorted(set(bench.earlier) - {bench.version}):
        yield f"code: parts were played by version {', '.join(others)}"
    if constrained:
        yield "decoding: replies were constrained to a format"


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 150 else f"{text[:147]}..."
