"""Estimates of a report as text, and as marks of a picture: in per cent or points, always with what makes them uncertain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmark.display.pictures import OVERALL, Mark, Row
from benchmark.vocabulary import Json

Document = Mapping[str, Json]

ABSENT = "–"


def share(found: Json) -> str:
    """An estimate in per cent with its limits."""
    return f"{whole(found['mean'])} [{whole(found['low'])}, {whole(found['high'])}]" if found else ABSENT


def counted(found: Json) -> str:
    """The same with what it counts."""
    return f"{share(found)}, n {found['n']}" if found else ABSENT


def whole(number: float) -> str:
    """In per cent, without a decimal and without a minus before nothing."""
    return f"{round(100 * number) + 0}".replace("-", "−")


def signed(found: Json) -> str:
    """A difference: what is more than nothing says so."""
    text = share(found)
    return text if text.startswith(("−", "0", ABSENT)) else f"+{text}"


def difference(found: Json) -> str:
    """A paired difference with its interval, p and pairs."""
    if not found:
        return ABSENT
    p = found.get("p_holm", found["p"])
    return f"{signed(found)}, {'p < .001' if p < 0.001 else f'p = {p:.3f}'}, n {found['n']}"


def several(tasks: Sequence[str]) -> str:
    return f"{len(tasks)} task{'s' * (len(tasks) != 1)}"


def point(ink: str, found: Document, name: str = "", lane: int = 0) -> Mark:
    """An estimate with its limits."""
    return Mark(ink, 100 * found["mean"], 100 * found["low"], 100 * found["high"], name, lane)


def is_averaged(document: Document) -> bool:
    """Whether there is a mean over tasks that is another than that of its task."""
    return bool(document["overall"]) and len(document["overall"]["tasks"]) > 1


def about_first(rows: Sequence[Row], said: str) -> str:
    """A message about the first of ``rows``, which it names if there are others."""
    first = rows[0].label.capitalize() if rows[0].label == OVERALL else rows[0].label
    return f"{first}: {said}" if len(rows) > 1 else f"{said[:1].upper()}{said[1:]}"
