"""Generated worlds as a dataset, without anybody having played them.

worlds/worlds.json              what was generated, and by what
worlds/<task>-level3.jsonl      one world a line: what `bench run --worlds` plays
data/worlds/<split>-….parquet   the same as tables, one split a task
README.md
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import yaml

from benchmark import __version__
from benchmark.records import Document, canonical
from benchmark.worlds import EXPORTED, Generated, world_to_json
from leaderboard.card import CANARY_OF_THE_CARD, HOME, code, configurations, size_category
from leaderboard.entry import CANARY
from leaderboard.parquet import Tables, arrow
from leaderboard.tables import splits, world_row


def build(sources: Sequence[Generated], n: int, seed: int, terms: tuple[str, str], out: Path) -> str:
    """Writes the first ``n`` worlds of each source below ``out``; gives their fingerprint. ``terms``: repository and licence."""
    arrow()  # says now what is not installed
    named = splits(source.task.label for source in sources)
    (out / "worlds").mkdir(parents=True)
    rows, whole = [], hashlib.sha256()
    with Tables(out / "data") as tables:
        for source in sources:
            task = source.task
            name = f"worlds/{named[task.label]}-level{task.level}.jsonl"
            with (out / name).open("w", encoding="ascii") as file:
                for index in range(n):
                    line = canonical(_line(source, index)) + "\n"
                    whole.update(line.encode())
                    file.write(line)
                    tables.add("worlds", named[task.label], world_row(task, index, source.world(index)))
            rows.append({"task": task.label, "version": task.version, "level": task.level, "worlds": n, "file": name})
    made = {"id": whole.hexdigest(), "parley": __version__, "seed": seed, "sources": rows, "canary": CANARY}
    (out / "worlds" / "worlds.json").write_text(json.dumps(made, indent=2) + "\n", "utf-8")
    (out / "README.md").write_text(_card(made, list(named.values()), *terms), "utf-8")
    return str(made["id"])


def _line(source: Generated, index: int) -> Document:
    task = source.task
    where = {"format": EXPORTED, "task": task.label, "version": task.version, "level": task.level, "run_seed": source.seed, "index": index}
    return {**where, "world": world_to_json(source.world(index)), "canary": CANARY}


def _card(made: Document, named: Sequence[str], repo: str, licence: str) -> str:
    total = sum(row["worlds"] for row in made["sources"])
    metadata = {
        "pretty_name": "Parley: worlds", "license": licence, "language": ["en"], "size_categories": [size_category(total)],
        "tags": ["parley-bench", "benchmark", "dialogue", "grounding", "asymmetric-information", "synthetic"],
        "configs": configurations(named, ("worlds",)),
    }  # fmt: skip
    table = [f"| {code(row['task'])} | {row['version']} | {row['level']} | {row['worlds']} | `{row['file']}` |" for row in made["sources"]]
    header = str(yaml.safe_dump(metadata, sort_keys=False, allow_unicode=True, width=140))
    lines = [
        f"{total} scenarios of [Parley]({HOME}), a benchmark for asymmetric-information dialogue, as they are before anybody plays.",
        "Each fact says who holds it; `target` is what answers are scored against, so do not show it to who plays.",
        "",
        "| task | version | level | worlds | file |",
        "|---|---|---|---|---|",
        *table,
        "",
        f"Parley {made['parley']} generated them from seed {made['seed']}, and they follow from it: the same command, the same bytes.",
        "`bench run --model SPEC --worlds FILE` plays one of the files, and refuses a world that its seed does not generate.",
        "",
        "```python",
        "from datasets import load_dataset",
        "",
        f'worlds = load_dataset("{repo or "FOLDER"}", "worlds", split="{named[0]}")',
        "```",
        "",
        f"Licence: {code(licence)}. This is benchmark data: please keep it out of training corpora. Every row carries the first of these",
        "strings, this card alone the second:",
        "",
        "```",
        CANARY,
        CANARY_OF_THE_CARD,
        "```",
    ]
    return "---\n" + header + "---\n\n# Worlds of Parley\n\n" + "\n".join(lines) + "\n"
