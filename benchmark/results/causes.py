"""Why a play fell short, read from its record: what a report books losses under."""

from __future__ import annotations

from collections.abc import Mapping

from benchmark.vocabulary import Json

CAUSE = "cause"
CAUSES: Mapping[str, str] = {
    "illegal": "no usable answer (format)",
    "refused": "no usable answer (refused)",
    "truncated": "no usable answer (cut off)",
    "untold": "needed facts were never told",
    "unsettled": "all was told, and an answer did not follow",
    "misjudged": "enough to go by, yet wrong (misjudged, or misled)",
    "wrong": "answered wrong",
    "right": "right, and below the best",
}
"""The first that holds, and in words. A seat may be misled by what was told and is not true. "wrong" is where licence has no
meaning; "right" falls short where a plan is graded."""


def cause(record: Mapping[str, Json]) -> str:
    """The one of ``CAUSES`` that ``record`` falls under."""
    score, kind = record["score"], str(record["outcome"].partition(":")[0])
    if kind != "decided" or score["success"]:
        return "right" if kind == "decided" else kind
    if not score["licensed"]:
        return "wrong"
    if all(score["licensed"].values()):
        return "misjudged"
    return "untold" if score["facts"]["presented"] < score["facts"]["needed"] else "unsettled"


def failed_by_partner(record: Mapping[str, Json], tested: str) -> bool:
    """Whether a partner's fault ended the episode, so that it says nothing about the ``tested`` model."""
    _, _, blamed = record["outcome"].partition(":")
    return bool(blamed) and record["seats"][blamed] != tested and not _failed_too(record, tested)


def _failed_too(record: Mapping[str, Json], tested: str) -> bool:
    """Whether a seat of the tested model was asked to commit and gave no answer either: only the first fault names an outcome."""
    asked = {call["seat"] for call in record["calls"] if call["kind"] == "commit" and call["round"] == len(record["rounds"]) - 1}
    played = {seat: spec for seat, spec in record["seats"].items() if seat not in record.get("audience", ())}
    return any(spec == tested and seat in asked - set(record["rounds"][-1]["answers"]) for seat, spec in played.items())
