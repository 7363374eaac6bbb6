"""Run folders of any size, for measuring what reads them: real records over and over, each with a world index and a digest of its own."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

from benchmark import api
from benchmark.records import canonical, sealed
from benchmark.running.runner import Settings

WORLDS = 10
"""Worlds of each task that are really played: their records are what is repeated."""


def cloned(path: Path, records: int) -> Path:
    """A run folder at ``path`` with so many records (a multiple of what one world of every task and condition makes)."""
    seed, _ = api.run(api.Wish(model="reference:honest", n=WORLDS), path / "played", Settings(quiet=True))
    played = [json.loads(line) for line in (seed / "episodes.jsonl").read_text("ascii").splitlines()]
    run = json.loads((seed / "run.json").read_text("utf-8"))
    rounds = -(-records // len(played))
    folder = path / "cloned"
    folder.mkdir()
    with (folder / "episodes.jsonl").open("w", encoding="ascii") as file:
        for turn, record in itertools.islice(itertools.product(range(rounds), played), records):
            index = record["index"] + turn * WORLDS
            task, level, condition, _, *rest = record["id"].split("/")
            name = "/".join([task, level, condition, str(index), *rest])
            file.write(canonical(sealed({**record, "index": index, "id": name})) + "\n")
    run["grid"]["n"] = rounds * WORLDS
    run["plan"] = len(played) * rounds
    (folder / "run.json").write_text(json.dumps(run), "utf-8")
    return folder
