"""Every Eval Ever 0.3.0: one document of results, and beside it the episodes they rest on, a line for each and measure.

Identities come from the entry's own, so that exporting twice gives the same files.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from benchmark.records import Document
from benchmark.views import HEADLINE
from leaderboard.exports.talks import Cited, Result, assistant_of, messages, portable, results, scene, text_of, tokens

VERSION = "0.3.0"
COLLECTION = "parley-bench"
_AVAILABLE = {"open": "open_weights", "closed": "closed_weights", "unknown": "unknown"}
_SELF_DEPLOYED = ("vllm", "hf", "serve")


def every_eval_ever(cited: Cited) -> Iterator[tuple[str, bytes]]:
    """``data/parley-bench/<developer>/<model>/<uuid>.json`` and its samples."""
    said = cited.said
    developer, _, model = said.model.id.partition("/")
    name = uuid.UUID(bytes=hashlib.sha256(cited.entry.identity.encode()).digest()[:16], version=4)
    path = f"data/{COLLECTION}/{portable(developer)}/{portable(model)}/{name}"
    found = [one for one in results(said) if one.task != "overall"]
    samples = b"".join(map(text_of, _samples(cited, found)))
    document = _aggregate(cited, [*found, *(one for one in results(said) if one.task == "overall")])
    document["detailed_evaluation_results"] = {
        "format": "jsonl",
        "file_path": f"{path}_samples.jsonl",
        "hash_algorithm": "sha256",
        "checksum": hashlib.sha256(samples).hexdigest(),
        "total_rows": samples.count(b"\n"),
    }
    yield f"{path}.json", (json.dumps(document, indent=1, sort_keys=True) + "\n").encode("ascii")
    yield f"{path}_samples.jsonl", samples


def _identity(cited: Cited) -> str:
    return f"{COLLECTION}/{cited.said.model.id}/{_epoch(cited)}"


def _epoch(cited: Cited) -> str:
    return str(int(datetime.fromisoformat(cited.said.timing.created).timestamp()))


def _aggregate(cited: Cited, found: list[Result]) -> dict[str, Any]:
    said = cited.said
    scheme = said.model.spec.partition(":")[0]
    engine = {"inference_engine": {"name": scheme}} if scheme in _SELF_DEPLOYED else {"inference_platform": said.model.provider}
    return {
        "schema_version": VERSION,
        "evaluation_id": _identity(cited),
        "retrieved_timestamp": _epoch(cited),
        "evaluation_timestamp": _epoch(cited),
        "source_metadata": {
            "source_type": "evaluation_run",
            "source_organization_name": said.submitter.org or said.submitter.hf_user,
            "evaluator_relationship": "other",
        },
        "eval_library": {"name": "parley-bench", "version": said.bench.version},
        "model_info": {
            "name": said.model.id.partition("/")[2],
            "id": said.model.id,
            "developer": said.model.id.partition("/")[0],
            **engine,
            "additional_details": {
                "deployment_type": "self_deployed" if scheme in _SELF_DEPLOYED else "unknown",
                "model_availability": _AVAILABLE[said.model.weights],
                "revision": said.model.revision,
            },
        },
        "evaluation_results": [_result(cited, one) for one in found],
    }


def _result(cited: Cited, one: Result) -> dict[str, Any]:
    said, figure = cited.said, one.figure
    sampling = said.game.sampling
    return {
        "evaluation_result_id": f"{one.task}/{one.measure}",
        "evaluation_name": f"parley/{one.task}",
        "source_data": {"dataset_name": "Parley", "source_type": "hf_dataset", "hf_repo": cited.dataset, "hf_split": "test"},
        "metric_config": {
            "metric_id": one.measure,
            "evaluation_description": f"{one.measure.replace('_', ' ')} in the {HEADLINE} condition, a mean over worlds",
            "lower_is_better": False,
            "score_type": "continuous",
            "min_score": 0.0,
            "max_score": 1.0,
        },
        "score_details": {
            "score": figure.value,
            "uncertainty": {
                "confidence_interval": {"lower": figure.ci95[0], "upper": figure.ci95[1], "confidence_level": 0.95},
                "num_samples": figure.n,
            },
        },
        "generation_config": {
            "generation_args": {"temperature": sampling.temperature, "top_p": sampling.top_p, "max_tokens": sampling.max_tokens}
        },
    }


def _samples(cited: Cited, found: list[Result]) -> Iterator[dict[str, Any]]:
    """A line for every episode of the headline condition and every measure that was taken of it."""
    measures: dict[str, list[str]] = {}
    for one in found:
        measures.setdefault(one.task, []).append(one.measure)
    for record in cited.entry.records():
        if record["condition"] == HEADLINE:
            for measure in measures.get(record["task"], []):
                if record["score"].get(measure) is not None:
                    yield _sample(cited, record, measure)


def _sample(cited: Cited, record: Document, measure: str) -> dict[str, Any]:
    assistant = assistant_of(cited.said, record)
    said = [("system", scene(record)), *messages(record, assistant)]
    value, used = bool(record["score"][measure]), tokens(record)
    given = {"raw": scene(record), "reference": []}
    answer = record["rounds"][-1]["answers"].get(assistant) if record["rounds"] else None
    return {
        "schema_version": VERSION,
        "evaluation_id": _identity(cited),
        "model_id": cited.said.model.id,
        "evaluation_name": f"parley/{record['task']}",
        "evaluation_result_id": f"{record['task']}/{measure}",
        "sample_id": record["id"],
        "sample_hash": hashlib.sha256(json.dumps(given, sort_keys=True, separators=(",", ":")).encode()).hexdigest(),
        "interaction_type": "multi_turn",
        "input": given,
        "messages": [{"turn_idx": number, "role": role, "content": text, "tool_calls": []} for number, (role, text) in enumerate(said)],
        "answer_attribution": [
            {
                "turn_idx": len(said) - 1,
                "source": f"messages[{len(said) - 1}].content",
                "extracted_value": json.dumps(answer),
                "extraction_method": "exact",
                "is_terminal": True,
            }
        ],
        "evaluation": {"score": float(value), "is_correct": value, "num_turns": record["score"]["turns"]},
        "token_usage": {
            "input_tokens": used["prompt"],
            "output_tokens": used["completion"],
            "total_tokens": used["prompt"] + used["completion"],
        },
        "metadata": {"outcome": record["outcome"], "level": str(record["level"]), "index": str(record["index"])},
    }
