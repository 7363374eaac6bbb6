"""Grounding success as an ``evaluate`` metric: lines of an episodes.jsonl in, the numbers of the report out.

``evaluate.load`` copies this file and reads its imports line by line, so each module is imported on a line of its own.
"""

from __future__ import annotations

import json
from typing import Any

import datasets
import evaluate

from benchmark.records import Document
from benchmark.results.report import report
from benchmark.views import HEADLINE
from benchmark.vocabulary import ParleyError

_DESCRIPTION = """\
Grounding success is the share of worlds in which separate model instances, each holding facts the others lack, commit to a
jointly right answer, and every commit followed from what its instance knew and had been told. It is always read beside plain
success: the difference is luck."""

_INPUTS = """\
Args:
    predictions: lines of a run's episodes.jsonl, each a string.
    model: the spec of the model that is measured. Only needed where several specs sit in every episode.
Returns, for the condition in which grounding is measured, averaged over tasks, each a share of worlds:
    grounding_success, with limits low and high (95 %) from n worlds;
    success and lucky (right without being grounded), with their own limits;
    tasks: the labels averaged over.
Examples:
    >>> metric = evaluate.load("benchmark/grounding_success")
    >>> metric.compute(predictions=open("runs/…/episodes.jsonl").read().splitlines())
"""

_CITATION = """\
@article{zhou2024real,
  title={Is this the real life? Is this just fantasy? The misleading success of simulating social interactions with LLMs},
  author={Zhou, Xuhui and Su, Zhe and Eisape, Tiwalayo and Kim, Hyunwoo and Sap, Maarten},
  journal={arXiv preprint arXiv:2403.05020},
  year={2024}
}"""


class GroundingSuccess(evaluate.Metric):  # type: ignore[misc]
    """The metric that ``evaluate.load`` finds here."""

    def _info(self) -> Any:
        return evaluate.MetricInfo(
            description=_DESCRIPTION,
            citation=_CITATION,
            inputs_description=_INPUTS,
            features=datasets.Features({"predictions": datasets.Value("string")}),
        )

    def _compute(self, predictions: list[str], model: str | None = None) -> dict[str, Any]:
        return grounding_success(predictions, model)


def grounding_success(lines: list[str], model: str | None = None) -> dict[str, Any]:
    """The metric's numbers for ``lines``; ValueError if they are not records, or none is of the condition measured."""
    records = [record for number, line in enumerate(lines, 1) if (record := _record(number, line))["condition"] == HEADLINE]
    labels = sorted({str(record["task"]) for record in records if record["score"]["grounding_success"] is not None})
    if not labels:
        raise ValueError(
            f'none of the {len(lines)} predictions is an episode of condition "{HEADLINE}" of a task that grounding is measured on. '
            f"Give the lines of an episodes.jsonl that `bench run` has written."
        )
    tested = model or _tested(records)
    configuration = {"model": tested, "partners": []}
    run = {"configuration": configuration, "grid": {"tasks": labels, "conditions": [HEADLINE]}, "plan": len(records)}
    try:
        overall = report(run, records, headline=labels)["overall"]
    except ParleyError as error:
        raise ValueError(str(error)) from None
    return {**_named(overall, "grounding_success", ""), **_named(overall, "success"), **_named(overall, "lucky"), "tasks": labels}


def _record(number: int, line: str) -> Document:
    try:
        record: Document = json.loads(line)
        if record["task"] and record["condition"] and "grounding_success" in record["score"] and record["seats"].values():
            return record
        what = "its keys hold something else"
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        what = repr(error)
    raise ValueError(
        f"prediction {number} is not a record of an episode ({what}): {line[:60]!r}. Each prediction must be one line of an episodes.jsonl."
    )


def _tested(records: list[Document]) -> str:
    """The one spec that sits in every episode."""
    common = set.intersection(*(set(map(str, record["seats"].values())) for record in records))
    if len(common) != 1:
        raise ValueError(
            f"the model that is measured sits in every episode, and {len(common)} specs do: {sorted(common)}. "
            f'Say which one is meant: compute(predictions=…, model="…").'
        )
    return common.pop()


def _named(overall: Document, measure: str, prefix: str | None = None) -> dict[str, Any]:
    found = overall[measure] or {"mean": None, "low": None, "high": None, "n": 0}
    before = f"{measure}_" if prefix is None else prefix
    return {measure: found["mean"], **{f"{before}{key}": found[key] for key in ("low", "high", "n")}}
