"""What follows from a run folder without a model: report, verification, scores anew."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

import tasks
from benchmark.api.content import make_task
from benchmark.api.playing import plan_of
from benchmark.api.results import Report
from benchmark.prices import cost, recorded, together, with_those_of
from benchmark.records import Document, as_json, digest
from benchmark.running.budget import Spent, usage_by_model
from benchmark.running.people import BROKEN_OFF, PEOPLE, again, is_imported
from benchmark.running.plan import GROWING, Plan
from benchmark.vocabulary import FolderError, Json, UsageError

if TYPE_CHECKING:
    from leaderboard.verification import Finding


def report(
    path: Path | str, prices: Path | str | None = None, foreign: Collection[str] = (), beside: Collection[Path | str] = ()
) -> Report:
    """What `bench report --json` prints of run folder ``path``. Planned episodes that failed every attempt so far count as errors.

    ``prices`` is a file of prices that hold before those of run.json; ``foreign`` names tasks from outside that may be imported;
    ``beside`` are runs made by `bench import`, whose scores stand under the key "people". FolderError for what is no run folder.
    """
    own = _report(Path(path), Path(prices) if prices is not None else None, foreign)
    if not beside:
        return cast("Report", own)
    from benchmark.display.beside import with_people
    from benchmark.running.folder import read_run

    imported = [(str(folder), read_run(Path(folder)), _report(Path(folder))) for folder in beside]
    return cast("Report", with_people(own, read_run(Path(path)), imported))


def _report(path: Path, prices: Path | None = None, foreign: Collection[str] = ()) -> Document:
    from benchmark.api.scale import scale
    from benchmark.api.strangers import with_strangers
    from benchmark.results.bill import Bill
    from benchmark.results.methods import about
    from benchmark.results.report import report as summarise
    from benchmark.running.folder import UNSETTLED, WORLDS, read_attempts, read_episodes, read_run
    from benchmark.running.unsettled import left_in, read_unsettled
    from tasks.sources import sources

    run = read_run(path)
    failed, used = set(), Spent()
    for attempt in read_attempts(path):
        used.attempt(attempt)
        if not attempt.get("cut"):
            failed.add(str(attempt["id"]))
    cut_off = left_in(read_unsettled(path / UNSETTLED))
    if failed or cut_off:
        failed = {episode.id for episode in plan_of(path, foreign).episodes() if episode.id in failed}
        for document in read_episodes(path):
            failed.discard(document["id"])
            cut_off.pop(document["id"], None)
        for use in cut_off.values():
            used.failures = together(used.failures, use)
    specs = [run["configuration"]["model"], *run["configuration"].get("partners", [])]
    bill = Bill(with_those_of(prices, run, specs), used.failures)
    document = summarise(run, read_episodes(path), len(failed), tasks.HEADLINE, bill, _readings(run, foreign))
    document |= {"sources": sources(document["tasks"]), "scale": scale(document), "about": about(run, stored=(path / WORLDS).exists())}
    return with_strangers(document, path, foreign)


def _readings(run: Document, foreign: Collection[str]) -> dict[str, tuple[float, float, int]]:
    """By label, how well the language of a run's tasks is read, where that is known of the version that was played."""
    found = {}
    for label, version in run["configuration"]["tasks"].items():
        with suppress(UsageError):
            task = make_task(label, 3, foreign)
            if task.version == version and task.reading:
                found[label] = task.reading
    return found


def write_report(path: Path, document: Mapping[str, Json], page: Path | None = None) -> Path:
    """Writes report.json and report.html beside the episodes, or the latter at ``page``; gives where that lies.

    The page leads into the transcripts of `bench view`, where they are. FolderError for what cannot be written; what stood in the run
    folder stands there still, whole.
    """
    from benchmark.display.page import page as rendered
    from benchmark.running.journal import write_whole
    from benchmark.transcripts.site import INDEX

    where, transcripts = page or path / "report.html", path / "view" / INDEX
    lead = Path(os.path.relpath(transcripts, where.parent)).as_posix() if transcripts.exists() else ""
    text = rendered(document, lead)
    if page:
        try:
            page.write_text(text, "utf-8")
        except OSError as error:
            raise FolderError(f"{page} cannot be written ({error.strerror}). Name another file.") from None
    else:
        write_whole(where, [text])
    write_whole(path / "report.json", [json.dumps(document, indent=1, allow_nan=False), "\n"])
    return where


def write_figures(document: Mapping[str, Json], folder: Path) -> list[Path]:
    """The pictures of ``document`` for papers, as SVG and PNG in ``folder``. UsageError without the extra `plots`."""
    from benchmark.display.curves import curves_of
    from benchmark.display.gallery import pictures
    from benchmark.display.plots import write_figures as drawn

    return drawn(pictures(document), curves_of(document), folder)


def write_comparison(documents: Mapping[str, Document], page: Path, arms: Document | None = None) -> None:
    """Several reports on one page; ``arms`` as ``Arms.document`` gives it. FolderError if it cannot be written."""
    from benchmark.display.beside_each_other import comparison_page

    rows, names = (arms["differences"], (arms["first"], arms["second"])) if arms else ((), ())
    try:
        page.write_text(comparison_page(documents, rows, names), "utf-8")
    except OSError as error:
        raise FolderError(f"{page} cannot be written ({error.strerror}). Name another file.") from None


def verify(path: Path | str, foreign: Collection[str] = ()) -> Iterator[Finding]:
    """Everything in a run folder that does not follow from its seeds and completions: nothing, if it holds.

    ``path`` may be a published dataset that was downloaded. ``foreign`` names tasks from outside that may be imported.
    """
    from leaderboard.publication import disagreements, is_published, unpacked
    from leaderboard.verification import Finding

    path = Path(path)
    if not is_published(path):
        yield from _verify(path, foreign)
        return
    with unpacked(path) as folder:
        held = True
        for finding in _verify(folder, foreign):
            held = False
            yield finding
        if held:
            yield from (Finding(table, "", what) for table, what in disagreements(path, folder, plan_of(folder, foreign)))


def _verify(path: Path, foreign: Collection[str]) -> Iterator[Finding]:
    from benchmark.running.folder import ATTEMPTS, EPISODES, read_attempts, read_run
    from benchmark.running.journal import Lines
    from leaderboard.verification import Finding
    from leaderboard.verification import verify as findings

    lines = Lines(path / EPISODES, frozenset())
    plan, run = plan_of(path, foreign), read_run(path)
    if run["plan"] != len(plan) or not len(plan):
        yield Finding("run.json", "plan", f"is {run['plan']}, and the grid has {len(plan)} episodes")
        return
    for name, given, derived in _stated(run, plan):
        if given != derived:
            yield Finding("run.json", name, f"is {given!r:.80}, and this run's can only be {derived!r:.80}")
    try:
        broken = {str(one["id"]) for one in read_attempts(path) if plan.kind == PEOPLE and one["what"] == BROKEN_OFF}
        prices = recorded(run)
        yield from findings(plan, lines, prices, broken)
        planned = {episode.id for episode in plan.episodes()}
        for attempt in read_attempts(path):
            if str(attempt["id"]) not in planned:
                yield Finding(str(attempt["id"]), ATTEMPTS, "no such episode is planned")
            if "cost" in attempt and attempt["cost"] not in [cost(usage_by_model(attempt), one) for one in prices]:
                yield Finding(
                    str(attempt["id"]), ATTEMPTS, f"costs {attempt['cost']!r:.40}, which its tokens do not at any price of run.json"
                )
    except FolderError as error:
        if not lines.path.exists() or not (path / "run.json").exists():
            raise
        yield Finding(str(path), "", str(error))
    if lines.torn:
        yield Finding(EPISODES, "", "its last line is not whole")


def _stated(run: Document, plan: Plan) -> Iterator[tuple[str, Json, Json]]:
    """What run.json says beside what follows from its plan: name, given, derived. What engines report of themselves is theirs."""
    derived, given = as_json(plan.configuration({})), run["configuration"]
    models = {seat: one.get("spec") if isinstance(one, dict) else one for seat, one in given["models"].items()}
    yield "kind", run["kind"], plan.kind
    yield "grid", run["grid"], plan.grid()
    yield "configuration.models", models, {seat: one["spec"] for seat, one in derived["models"].items()}
    yield "shard", run.get("shard"), str(plan.shard) if plan.shard else None
    partners = given.get("partner_models")  # runs of earlier versions have none
    if partners is not None:
        yield "configuration.partner_models", sorted(partners), sorted(derived.get("partner_models", {}))
    for name in sorted({*derived, *given} - set(GROWING)):
        yield f"configuration.{name}", given.get(name), derived.get(name)


def rescored(path: Path, foreign: Collection[str] = ()) -> Iterator[Document]:
    """Every record of a run with its rounds and score derived anew by this version."""
    from benchmark.running.drive import Broken, record, replay
    from benchmark.running.folder import read_episodes

    planned = {episode.id: episode for episode in plan_of(path, foreign).episodes()}
    for document in read_episodes(path):
        if document["id"] not in planned:
            raise FolderError(f"{path} holds {document['id']}, which its plan does not. Run `bench verify` on it.")
        episode = planned[document["id"]]
        world = episode.world()
        try:
            if is_imported(episode, document):
                yield again(episode, document)
                continue
            fresh = record(episode, world, replay(episode, world, document["calls"])) | {"cost": document["cost"]}
        except (Broken, LookupError, TypeError, AttributeError, ValueError) as error:
            raise FolderError(f"{path}: {episode.id} cannot be played again ({error}). Run `bench verify` on it.") from None
        yield fresh | {"digest": digest(fresh)}


def rescore(path: Path | str, foreign: Collection[str] = ()) -> tuple[int, int]:
    """Puts freshly derived records in the place of a run's; (changed, all). The old lines are kept in episodes.before.jsonl."""
    from benchmark.running.folder import read_episodes, replace_episodes

    path = Path(path)
    before = Counter(document["digest"] for document in read_episodes(path))
    fresh = list(rescored(path, foreign))
    changed = sum(not before[document["digest"]] for document in fresh)
    if changed:
        replace_episodes(path, fresh)
    return changed, len(fresh)
