"""``index.json`` and ``leaderboard.parquet``: a board as data, the same bytes from the same entries and decisions."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from benchmark.records import Document, canonical
from benchmark.vocabulary import Json
from leaderboard.board.rows import Group, Listed, grouped, profile, spots
from leaderboard.entry import GAPS, Figure
from leaderboard.shapes import written

SCHEMA = "parley-board-1"

_FIGURES = ("grounding_success", "success", "lucky", *GAPS)


def index(listed: Sequence[Listed], headline: Collection[str]) -> Document:
    """All that a board says, by group and row."""
    groups = [_group(group, headline) for group in grouped(listed)]
    return {"schema": SCHEMA, "entries": len(listed), "groups": groups}


def index_text(document: Document) -> str:
    return canonical(document) + "\n"


def _group(group: Group, headline: Collection[str]) -> Document:
    return {
        "key": group.key,
        "track": group.track,
        "mode": group.mode,
        "tasks": dict(sorted(group.tasks.items())),
        "levels": list(group.levels),
        "rows": [_row(one, group.ranks.get(one.identity), headline) for one in group.rows],
    }


def _row(one: Listed, rank: int | None, headline: Collection[str]) -> Document:
    entry, gone = one.entry, one.struck
    return {
        "entry": one.identity,
        "place": str(PurePosixPath(one.place)),
        "rank": rank,
        "kind": entry.kind,
        "badge": one.badge,
        "struck": gone.reason if gone else None,
        "model": {"id": entry.model.id, "spec": entry.model.spec, "revision": entry.model.revision, "weights": entry.model.weights},
        "partners": [partner.spec for partner in entry.partners],
        "reasons": list(entry.reasons),
        "overall": {name: _figure(entry.scores.overall.get(name)) for name in _FIGURES},
        "mixed": {name: _figure(entry.scores.mixed.get(name)) for name in _FIGURES},
        "success_by_condition": spots(entry, headline),
        "profile": {label: _figure(figure) for label, figure in sorted(profile(entry).items())},
        "counts": written(entry.counts),
        "n": entry.game.n,
        "seed": entry.game.seed,
        "challenge": entry.game.challenge,
        "usd": entry.usage.usd,
        "attempts": entry.attempts_declared,
        "created": entry.timing.created,
        "submitter": written(entry.submitter),
        "bench": entry.bench.version,
    }


def _figure(figure: Figure | None) -> Json:
    return None if figure is None else {"value": figure.value, "low": figure.ci95[0], "high": figure.ci95[1], "n": figure.n}


def parquet(document: Document) -> bytes:
    """The rows of ``index`` as one flat table, a column for each figure and bound."""
    import pyarrow as pa
    from pyarrow import parquet as files

    rows = list(_flat(document))
    table = pa.Table.from_pylist(rows, schema=pa.schema([pa.field(name, getattr(pa, kind)()) for name, kind in _COLUMNS.items()]))
    written_to = io.BytesIO()
    files.write_table(table, written_to, compression="zstd")
    return written_to.getvalue()


_BOUNDS = ("value", "low", "high", "n")
_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("entry", "place", "group", "track", "mode", "kind", "badge", "struck", "model", "revision", "weights"), "string"),
    "rank": "int64",
    **{f"{name}_{bound}": "int64" if bound == "n" else "float64" for name in _FIGURES for bound in _BOUNDS},
    "usd": "float64",
    "created": "string",
}


def _flat(document: Document) -> Iterator[Document]:
    for group in document["groups"]:
        for row in group["rows"]:
            figures = {
                f"{name}_{bound}": None if found is None else found[bound] for name, found in row["overall"].items() for bound in _BOUNDS
            }
            same = {name: row[name] for name in ("entry", "place", "kind", "badge", "struck", "rank", "usd", "created")}
            model = {"model": row["model"]["id"], "revision": row["model"]["revision"], "weights": row["model"]["weights"]}
            yield {**same, **model, "group": group["key"], "track": group["track"], "mode": group["mode"], **figures}
