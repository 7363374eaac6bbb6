"""The pictures of a report, one message each. Pure: a document in, pictures out; a picture whose figures are missing is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmark.display.amounts import ABSENT, about_first, counted, difference, is_averaged, point, share, signed, whole
from benchmark.display.earnings import levels, luck, partners, scale
from benchmark.display.pictures import OVERALL, Mark, Picture, Row, Span, Table, Told, axis
from benchmark.results.blame import GAINED
from benchmark.results.causes import CAUSES
from benchmark.views import BASELINE, CEILING, CONDITIONS, CONTRASTS, HEADLINE
from benchmark.vocabulary import Json

Document = Mapping[str, Json]

INFORMED, ALONE = CONTRASTS["information"][0], CONTRASTS["control"][0]
"""The arms beside the headline: every instance sees all facts; one instance plays all."""


def pictures(document: Document) -> list[Picture]:
    """All that ``document`` (of ``benchmark.results.report``) has figures for, in the order of a page."""
    found = (conditions, differences, blame, luck, levels, partners, scale, outcomes)
    return [picture for make in found if (picture := make(document))]


def cells(document: Document) -> list[tuple[str, Document]]:
    """Success by condition: overall, where there is more than one task to average, then each task."""
    above = [(OVERALL, document["overall"]["conditions"])] if is_averaged(document) else []
    return above + [(label, {name: cell["success"] for name, cell in found.items()}) for label, found in document["tasks"].items()]


def conditions(document: Document) -> Picture | None:
    """The dumbbell: the same worlds under each condition, between the floor and the ceiling."""
    return conditions_of(cells(document), "task")


def conditions_of(found_in: Sequence[tuple[str, Document]], head: str) -> Picture | None:
    """The same for success by condition under any name."""
    inks = {HEADLINE: "own", INFORMED: "told", ALONE: "one"}
    rows, table = [], []
    every = list(dict.fromkeys(name for _, found in found_in for name in found))
    for label, found in found_in:
        known = {name: 100 * found[name]["mean"] for name in inks if found.get(name)}
        if not known:
            continue
        ends = [100 * one["mean"] for one in map(found.get, (BASELINE, CEILING)) if one]
        band = [Span("band", *ends)] if len(ends) == 2 else []
        marks = [
            point(inks[name], found[name], name) if name == HEADLINE else Mark(inks[name], at, name=name) for name, at in known.items()
        ]
        shown = HEADLINE if HEADLINE in known else next(iter(known))
        told = f"{shown} {counted(found[shown])}"
        link = Span("link", min(known.values()), max(known.values()))
        rows.append(Row(label, (Told(told),), (*band, link), tuple(marks[::-1]), label == OVERALL))
        table.append((label, *(counted(found.get(name)) for name in every)))
    if not any(len(row.marks) > 1 for row in rows):
        return None  # one condition alone: what was right stands with what was earned
    first = dict(found_in)[rows[0].label]
    said = [f"{name} {counted(first[name])}" for name in inks if first.get(name)]
    return Picture(
        "conditions",
        "The same worlds under each condition",
        about_first(rows, f"right answers in %: {'; '.join(said)}."),
        f"A point is the share of worlds that were answered rightly, a line at it the 95 % interval in {HEADLINE} (all are in the table). "
        f"The grey band goes from {BASELINE} (luck and lone inference) to {CEILING} (what can be solved at all).",
        (
            *((ink, f"{name}: {CONDITIONS[name].purpose}") for name, ink in inks.items() if name in every),
            *([("band", f"{BASELINE} to {CEILING}")] if any(span.ink == "band" for row in rows for span in row.spans) else []),
        ),
        tuple(rows),
        0.0,
        100.0,
        "% right",
        Table("Success in %, with 95 % intervals; n counts worlds.", (head, *every), tuple(table)),
    )


def differences(document: Document) -> Picture | None:
    """Information and control, which add up to the gap."""
    return differences_of(({OVERALL: document["overall"]} if is_averaged(document) else {}) | dict(document["gaps"]), "task")


def differences_of(found: Document, head: str) -> Picture | None:
    """The same for paired differences under any name."""
    inks = {"information": "own", "control": "told"}
    rows, table, numbers = [], [], [0.0]
    names = [name for name in CONTRASTS if any(gaps.get(name) for gaps in found.values())]
    for label, gaps in found.items():
        shown = [name for name in inks if gaps.get(name)]
        marks = [point(inks[name], gaps[name], "", lane) for lane, name in enumerate(shown)]
        if marks:
            numbers += [number for mark in marks for number in (mark.at, mark.low, mark.high) if number is not None]
            rows.append(
                Row(label, tuple(Told(f"{name} {signed(gaps[name])}", inks[name]) for name in shown), (), tuple(marks), label == OVERALL)
            )
        if any(gaps.get(name) for name in names):
            table.append((label, *(difference(gaps.get(name)) for name in names)))
    if not rows:
        return None
    first = found[rows[0].label]
    words = {"information": "not seeing the others' facts costs", "control": "being one of several costs"}
    said = [f"{words[name]} {share(first[name])} points (n {first[name]['n']})" for name in inks if first.get(name)]
    arms = "; ".join(f"{name} = {CONTRASTS[name][0]} − {CONTRASTS[name][1]}" for name in names)
    low, high = axis(numbers)
    return Picture(
        "differences",
        "What private information costs",
        about_first(rows, f"{'; '.join(said)}."),
        f"{arms}. Paired on worlds, in points of success (of value in graded tasks, which can pass 100), with 95 % intervals. "
        "Right of 0 is a loss.",
        tuple((ink, name) for name, ink in inks.items() if name in names),
        tuple(rows),
        low,
        high,
        "points",
        Table(
            "In points, with 95 % interval, p and n, which counts pairs of worlds. Primary: overall information and control, p by Holm; "
            "everything else is exploratory.",
            (head, *names),
            tuple(table),
        ),
    )


def blame(document: Document) -> Picture | None:
    """The ledger: one bar whose parts add up to the gap."""
    of, ledgers = document["blame"]["of"], _ledgers(document)
    if not ledgers:
        return None
    rows, table, numbers = [], [], [0.0]
    inks = [name for name in (*CAUSES, GAINED) if any(name in found for found, _ in ledgers.values())]
    for label, (found, gap) in ledgers.items():
        spans = stacked(found)
        numbers += [end for span in spans for end in (span.start, span.end)] + [100 * gap["mean"]]
        marks = (Mark("limits", 100 * gap["mean"]),)
        rows.append(Row(label, (Told(f"{of} {signed(gap)}, n {gap['n']}"),), spans, marks, label == OVERALL))
        table += [(f"{label}: {words_for(name)}", signed(found[name]), str(found[name]["plays"])) for name in inks if name in found]
        table.append((f"{label}: sum = {of}", signed(gap), ABSENT))
    found, gap = ledgers[rows[0].label]
    most = max((name for name in found if name != GAINED), key=lambda name: found[name]["mean"], default="")
    said = f"of {share(gap)} points, {share(found[most])} where {words_for(most)}" if most else f"nothing was lost: {of} {share(gap)}"
    low, high = axis(numbers)
    return Picture(
        "blame",
        "Where it was lost",
        about_first(rows, f"{said}."),
        f"Each play under {HEADLINE} that did worse than its twin under {CONTRASTS[of][0]} is booked under one cause; what did better "
        f"stands left of 0. The parts add up to the {of}, which the tick marks.",
        tuple((name, words_for(name)) for name in inks),
        tuple(rows),
        low,
        high,
        "points",
        Table(f"Parts of the {of} in points, with 95 % intervals, and plays.", ("cause", "points", "plays"), tuple(table)),
    )


def _ledgers(document: Document) -> dict[str, tuple[Document, Document]]:
    """By row, what a difference is made of, and the difference."""
    ledger, overall, found = document["blame"], document["overall"], {}
    if ledger["overall"] is not None and is_averaged(document) and overall.get(ledger["of"]):
        found[OVERALL] = (ledger["overall"], overall[ledger["of"]])
    differences_of = {label: document["gaps"][label].get(ledger["of"]) for label in ledger["tasks"]}
    return found | {label: (parts, differences_of[label]) for label, parts in ledger["tasks"].items() if differences_of[label]}


def stacked(found: Document) -> tuple[Span, ...]:
    """Losses one after the other from 0 to the right, what was gained to the left: they add up to the difference."""
    spans, at = [], 0.0
    for name in (name for name in CAUSES if name in found):
        spans.append(Span(name, at, at + 100 * found[name]["mean"], whole(found[name]["mean"])))
        at = spans[-1].end
    gained = [Span(GAINED, 100 * found[GAINED]["mean"], 0.0, whole(found[GAINED]["mean"]))] if GAINED in found else []
    return (*spans, *gained)


def words_for(name: str) -> str:
    return CAUSES.get(name, "better than its twin")


def outcomes(document: Document) -> Picture | None:
    """How every planned episode ended: one bar that adds up to the plan."""
    ended = {**document["outcomes"], **({"not played": document["unplayed"]} if document["unplayed"] else {})}
    plan = document["plan"]
    if not plan:
        return None
    spans, at = [], 0.0
    for name, count in ended.items():
        ink = "unplayed" if name == "not played" else name.partition(":")[0]
        spans.append(Span(ink, at, at + 100 * count / plan))
        at = spans[-1].end
    key = {
        span.ink: ", ".join(name for name in ended if name.partition(":")[0] == span.ink or (name, span.ink) == ("not played", "unplayed"))
        for span in spans
    }
    said = [f"{count} {name}" for name, count in ended.items()]
    return Picture(
        "outcomes",
        "How every planned episode ended",
        f"{plan} planned = {' + '.join(said) or '0'}.",
        f"Left out of every mean: {document['outcomes'].get('error', 0)} error, {document['outcomes'].get('leaked', 0)} leaked, "
        f"{document['partner_failures']} failed by a partner, {document['unplayed']} not played. What the model failed itself stays in n.",
        tuple((ink, words) for ink, words in key.items() if words),
        (Row("episodes", (Told(f"{plan} planned"),), tuple(spans)),),
        0.0,
        100.0,
        "% of the plan",
        Table(
            f"Episodes; they add up to the plan of {plan}.",
            ("outcome", "episodes"),
            (*((name, str(count)) for name, count in ended.items()), ("plan", str(plan))),
        ),
    )
