"""What people scored, beside a run's rows: only for the very task and preset that the run played."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmark.running.people import PEOPLE
from benchmark.views import HEADLINE
from benchmark.vocabulary import Json, UsageError

Document = Mapping[str, Json]
Run = Mapping[str, Json]


def with_people(document: Document, run: Run, imported: Sequence[tuple[str, Run, Document]]) -> dict[str, Json]:
    """``document`` with a key "people": rows by label, and under "apart" what is shown nowhere and why.

    ``imported`` are the folders, run.json and reports of runs that `bench import` made. UsageError for a run of models.
    """
    rows: dict[str, list[Document]] = {}
    apart: list[str] = []
    for folder, theirs, report in imported:
        if theirs["kind"] != PEOPLE:
            raise UsageError(
                f"{folder} is a run of {report['model']}, and --beside takes what `bench import` made. To compare models: bench compare"
            )
        for label, cells in report["tasks"].items():
            if why := _mismatch(label, run, theirs):
                apart.append(f"{folder}: {why}")
                continue
            rows.setdefault(label, []).extend({"run": folder, "condition": name, **cell} for name, cell in cells.items())
    return {**document, "people": {"rows": rows, "apart": apart}}


def _mismatch(label: str, run: Run, theirs: Run) -> str:
    """Why what people did in ``label`` stands beside nothing; empty where it may."""
    played, by_people = run["configuration"]["tasks"], theirs["configuration"]["tasks"]
    if label not in played:
        return f"people played {label}, and this run {', '.join(played)}"
    if played[label] != by_people[label]:
        return f"{label} is scored as version {by_people[label]} there and as version {played[label]} here; import the corpus again"
    return ""


def shown(document: Document, label: str) -> Iterator[tuple[str, Document]]:
    """The rows of a task: its conditions, and ("people (12)", cell) for those who stand beside it."""
    yield from document["tasks"][label].items()
    for cell in document.get("people", {}).get("rows", {}).get(label, ()):
        yield f"people ({cell['n']})", cell


def people_told(document: Document) -> list[str]:
    """What is to be said of people under the rows: what they played, and what was left out."""
    people = document.get("people")
    if not people:
        return []
    rows = [row for several in people["rows"].values() for row in several]
    said = (
        [f"People talked as in {HEADLINE}, over the worlds of their corpus; how well their talk is read is not established."]
        if rows
        else []
    )
    return said + [f"Not shown beside this run: {why}." for why in people["apart"]]
