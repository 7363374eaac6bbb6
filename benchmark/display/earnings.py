"""Pictures of what was right and what of it was earned: by task, level and partner, and beside players of known behaviour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmark.display.amounts import about_first, counted, is_averaged, point, several, share
from benchmark.display.pictures import OVERALL, Mark, Picture, Row, Span, Table, Told
from benchmark.results.habits import worst_read
from benchmark.views import CEILING, HEADLINE
from benchmark.vocabulary import Json

Document = Mapping[str, Json]

MODEL = "this model"


def luck(document: Document) -> Picture | None:
    """Earned and lucky answers in the headline condition."""
    found = [(OVERALL, document["overall"])] if is_averaged(document) else []
    found += [(label, cells[HEADLINE]) for label, cells in document["tasks"].items() if HEADLINE in cells]
    return earned_of(
        found,
        ("luck", "Right, and earned?"),
        "Success and grounding success in %, with 95 % intervals; n counts worlds.",
        "task",
        reading_of(document),
    )


def levels(document: Document) -> Picture | None:
    """The same over the levels, where several were played."""
    found = [(f"level {level}", one) for level, one in document["by_level"].items() if one["success"]]
    if len(found) < 2:
        return None
    about = f"Means over {several(found[0][1]['tasks'])} in %, with 95 % intervals; n counts worlds."
    return earned_of(found, ("levels", "Level by level"), about, "level", reading_of(document), ceiling=True)


def partners(document: Document) -> Picture | None:
    """The same with each partner, who are never pooled."""
    found = list(document["by_partner"].items())
    about = f"{HEADLINE}: means over {several(found[0][1]['tasks'])} in %, in every seat in turn, with 95 % intervals." if found else ""
    return earned_of(found, ("partners", "With each partner"), about, "partner", reading_of(document))


def reading_of(document: Document) -> str:
    """How well the language of the tasks is read, where that is known of all of them."""
    read = worst_read(document.get("reading", {}), list((document["overall"] or document)["tasks"]))
    return f" Grounded is {read} (precision and recall of claims, n labelled by hand; of several tasks the worst)." if read else ""


def earned_of(
    found: Sequence[tuple[str, Document]], words: tuple[str, str], about: str, head: str, read: str, ceiling: bool = False
) -> Picture | None:
    """Bars of what was earned and what was luck, a row for each of ``found``; ``read`` says how well language is read."""
    rows, table = [], []
    for label, one in found:
        success, grounded, solo = one.get("success"), one.get("grounding_success"), (one.get("conditions") or {}).get(CEILING)
        if not success:
            continue
        whole_share, earned = 100 * success["mean"], 100 * grounded["mean"] if grounded else 0.0
        spans = [Span("earned", 0.0, earned), Span("lucky", earned, whole_share)] if grounded else [Span("right", 0.0, whole_share)]
        told = f"{share(grounded)} of {share(success)}" if grounded else f"{share(success)} right"
        marks = [point("limits", grounded or success)] + ([Mark("known", 100 * solo["mean"])] if ceiling and solo else [])
        rows.append(Row(label, (Told(told),), tuple(spans), tuple(marks), label == OVERALL))
        table.append((label, counted(success), counted(grounded), counted(one.get("lucky")), *((counted(solo),) if ceiling else ())))
    if not rows:
        return None
    first = next(one for _, one in found if one.get("success"))
    said = f"{share(first['success'])} % right in {HEADLINE} (n {first['success']['n']})"
    said += f", and {share(first['grounding_success'])} % earned" if first.get("grounding_success") else "; earning is not measured"
    key = {"earned": "earned: right, and every commit followed from what its seat knew and was told", "lucky": "lucky: right without"}
    key |= {"right": "right; earning is not measured here"} | ({"known": f"{CEILING}: what can be solved at all"} if ceiling else {})
    used = {span.ink for row in rows for span in row.spans if span.end > span.start} | {mark.ink for row in rows for mark in row.marks}
    heads = (head, "success", "grounded", "lucky", *((CEILING,) if ceiling else ()))
    table_of = Table(about, heads, tuple(table))
    note = "Beside each bar: earned, of right. The line is the 95 % interval of what was earned, or right where that is not measured."
    shown = tuple((ink, meaning) for ink, meaning in key.items() if ink in used)
    return Picture(words[0], words[1], about_first(rows, f"{said}."), note + read, shown, tuple(rows), 0.0, 100.0, "%", table_of)


def scale(document: Document) -> Picture | None:
    """The model between players of known behaviour: dose and response."""
    known, overall = document.get("scale"), document["overall"]
    if not known or not overall or not overall["grounding_success"]:
        return None
    own = overall["grounding_success"]
    order = sorted([*known.items(), (MODEL, own)], key=lambda one: -one[1]["mean"])
    rows = [
        Row(name, (Told(share(found)),), (), (point("own" if found is own else "known", found),), found is own) for name, found in order
    ]
    doses = {name: found["mean"] for name, found in known.items() if name.startswith("forgets")}
    alike = [name for name, mean in doses.items() if mean == own["mean"]]
    more, less = ([name for name, mean in doses.items() if (mean - own["mean"]) * side > 0] for side in (1, -1))
    near = (
        f"like one that {alike[0]}{' or more' * (len(alike) > 1)}"
        if alike
        else "between one that " + " and one that ".join([*more[-1:], *less[:1]])
    )
    return Picture(
        "scale",
        "Beside players of known behaviour",
        f"Grounding success of {counted(own)}: by its mean, {near} of what it should tell.",
        f"Grounding success in {HEADLINE}, mean over the same {several(overall['tasks'])} at the same level, with 95 % intervals. "
        f"Known players met other worlds (docs/calibration.md), each with itself.{reading_of(document)}",
        (("own", MODEL), ("known", "players of known behaviour")),
        tuple(rows),
        0.0,
        100.0,
        "% grounded",
        Table(
            "Grounding success in %, with 95 % intervals; n counts worlds.",
            ("player", "grounded"),
            tuple((name, counted(found)) for name, found in order),
        ),
    )
