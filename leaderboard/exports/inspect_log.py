"""A log that Inspect opens: a zip of its header, one file a sample, and their summaries.

Samples are episodes; an epoch is a repeat. Times of the log are when the run was begun, and the zip's own are none. In metadata, where
Inspect looks at nothing, lie the entry and every record as they are, so that `bench import inspect` gives them back (``inspected``).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from benchmark.records import Document, canonical
from leaderboard.entry import text_of as text_of_entry
from leaderboard.exports.talks import Cited, assistant_of, messages, portable, results, scene, text_of, tokens
from leaderboard.inspected import ENTRY_KEY, KEY

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name."""


def inspect_log(cited: Cited) -> Iterator[tuple[str, bytes]]:
    """``<model>.eval``."""
    buffer = io.BytesIO()
    summaries: list[dict[str, Any]] = []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        spec = _spec(cited)
        _add(file, "_journal/start.json", {"version": 2, "eval": spec, "plan": {}})
        for record in cited.entry.records():
            sample = _sample(cited, record)
            _add(file, f"samples/{sample['id']}_epoch_{sample['epoch']}.json", sample)
            summaries.append({name: sample[name] for name in ("id", "epoch", "input", "target", "scores")} | {"completed": True})
        _add(file, "summaries.json", summaries)
        _add(file, "header.json", _header(cited, spec, len(summaries)))
    yield f"{portable(cited.said.model.id)}.eval", buffer.getvalue()


def _spec(cited: Cited) -> dict[str, Any]:
    said = cited.said
    sampling = said.game.sampling
    return {
        "eval_id": cited.entry.identity,
        "run_id": said.run,
        "created": said.timing.created,
        "task": "parley",
        "task_id": "parley",
        "task_version": said.bench.version,
        "dataset": {"name": cited.dataset, "samples": said.counts.planned},
        "model": said.model.spec,
        "model_generate_config": {"temperature": sampling.temperature, "top_p": sampling.top_p, "max_tokens": sampling.max_tokens},
        "config": {"epochs": said.game.repeats},
        "packages": {"parley-bench": said.bench.version},
        "metadata": {"entry": cited.entry.identity, "track": said.track, "address": cited.address, ENTRY_KEY: text_of_entry(said)},
    }


def _header(cited: Cited, spec: dict[str, Any], samples: int) -> dict[str, Any]:
    created = cited.said.timing.created
    scores = [
        {
            "name": f"{one.task} {one.measure}",
            "scorer": one.measure,
            "metrics": {
                "mean": {"name": "mean", "value": one.figure.value},
                "ci95_low": {"name": "ci95_low", "value": one.figure.ci95[0]},
                "ci95_high": {"name": "ci95_high", "value": one.figure.ci95[1]},
                "worlds": {"name": "worlds", "value": one.figure.n},
            },
        }
        for one in results(cited.said)
    ]
    return {
        "version": 2,
        "status": "success",
        "eval": spec,
        "plan": {},
        "results": {"total_samples": samples, "completed_samples": samples, "scores": scores},
        "stats": {"started_at": created, "completed_at": created},
    }


def _sample(cited: Cited, record: Document) -> dict[str, Any]:
    said = cited.said
    assistant = assistant_of(said, record)
    score, used = record["score"], tokens(record)
    values = {name: score[name] for name in ("success", "grounding_success", "lucky") if score.get(name) is not None}
    return {
        "id": portable(record["id"]),
        "epoch": int(record["repeat"]) + 1,
        "input": scene(record),
        "target": "",
        "messages": [{"role": "system", "content": scene(record)}]
        + [
            {"role": role, "content": text, **({"source": "generate"} if role == "assistant" else {})}
            for role, text in messages(record, assistant)
        ],
        "scores": {name: {"value": value} for name, value in values.items()},
        "metadata": {name: record[name] for name in ("id", "task", "level", "condition", "index", "seats", "outcome")}
        | {KEY: canonical(record)},
        "model_usage": {
            said.model.spec: {
                "input_tokens": used["prompt"],
                "output_tokens": used["completion"],
                "total_tokens": used["prompt"] + used["completion"],
            }
        },
    }


def _add(file: zipfile.ZipFile, name: str, document: Any) -> None:
    file.writestr(zipfile.ZipInfo(name, _EPOCH), text_of(document), zipfile.ZIP_DEFLATED)
