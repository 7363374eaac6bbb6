"""What a sentence does with a whole row of slots: leaves some out, or gives their costs in the same order."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.schedule.calendars import NEVER, Cell
from tasks.schedule.lexicon import Token

Priced = list[tuple[str, Cell | None]]
"""Slots, each with what was said of it where it was named."""
_COSTS = ("which", "that", "costs", "cost", "is", "would", "be", "for")
_ALL = ("any", "all", "every", "each", "no", "none", "nothing", "both")


def without_exceptions(found: Sequence[Token]) -> tuple[list[Token], Priced]:
    """``found`` without the slots after "except", and those: "any Saturday except 17:30, which costs 7"."""
    if all(token.kind != "EXCEPT" and token.text != "but" for token in found):
        return list(found), []
    found = _with_but(found)
    done: list[Token] = []
    excepted: Priced = []
    place = 0
    while place < len(found):
        token = found[place]
        if token.kind == "EXCEPT" and not (place + 1 < len(found) and found[place + 1].kind in ("ME", "YOU", "IT")):
            place += 1
            first = len(excepted)
            while place < len(found) and (
                found[place].kind == "SLOT" or (found[place].kind in ("AND", "AT", "ON", "COMMA") and _goes_on(found, place))
            ):
                excepted += [(slot, None) for slot in found[place].slots]
                place += 1
            end, cell = _priced_behind(found, place)
            if cell is not None and len(excepted) > first:
                excepted[first:] = [(slot, cell) for slot, _ in excepted[first:]]
                place = end
            continue
        done.append(token)
        place += 1
    names = {slot for slot, _ in excepted}
    left = [Token("SLOT", t.text, tuple(s for s in t.slots if s not in names), number=t.number) if t.kind == "SLOT" else t for t in done]
    return left, excepted


def _goes_on(found: Sequence[Token], place: int) -> bool:
    """Whether the row of slots goes on behind a comma or "and"."""
    start = place
    while place < len(found) and found[place].kind in ("AND", "AT", "ON", "COMMA"):
        place += 1
    if place == start or place >= len(found) or found[place].kind != "SLOT":
        return False
    return not any(one.kind == "VALUE" for one in found[place + 1 : place + 4])


def _priced_behind(found: Sequence[Token], place: int) -> tuple[int, Cell | None]:
    """Where the cost of what was just excepted ends, and what it is: ", which costs 7", "(7)", "at 7"."""
    for end in range(place, min(place + 6, len(found))):
        token = found[end]
        if token.kind == "VALUE" and token.number >= 0:
            close = end + 1 if end + 1 < len(found) and found[end + 1].text == ")" else end
            return close + 1, token.cell
        if token.kind not in ("COMMA", "LINK", "AT", "ME", "IT") and token.text not in (
            "which",
            "that",
            "costs",
            "cost",
            "is",
            "would",
            "be",
            "for",
        ):
            break
        if token.kind == "COMMA" and (end + 1 >= len(found) or found[end + 1].text not in ("which", "that")):
            break
    return place, None


def _with_but(found: Sequence[Token]) -> list[Token]:
    """ "Anything on Thursday but 19:00": where "but" leaves out a time of the day that it stands behind."""
    done = list(found)
    for place, token in enumerate(found):
        if token.text != "but" or place + 1 >= len(found) or found[place + 1].kind != "SLOT":
            continue
        before = found[max(0, place - 4) : place]
        day = next((one for one in reversed(before) if one.kind == "SLOT" and one.number), None)
        if day and set(found[place + 1].slots) < set(day.slots) and any(one.text.startswith(_ALL) for one in before):
            done[place] = Token("EXCEPT", token.text)
    return done


def aligned(found: Sequence[Token], latest: Sequence[str]) -> tuple[list[Token], Priced]:
    """``found`` without a row of costs that stands behind a row of as many slots, and each slot with its own: "Tue 10 and 14 at 3 and 5".

    Where the sentence names none, the slots are the ``latest``.
    """
    start = next((place for place, one in enumerate(found) if one.kind == "VALUE" and len(_values(found, place)) > 1), None)
    if start is None:
        return list(found), []
    values = _values(found, start)
    before = [
        one for one in found[:start] if one.kind in ("SLOT", "ELSE") or (one.kind == "VALUE" and one.number >= 0) or one.kind in _OTHERS
    ]
    slots = [slot for one in before for slot in one.slots]
    if not slots and not any(one.kind == "SLOT" for one in found):
        slots = list(latest)
    if len(slots) != len(values) or any(one.kind != "SLOT" for one in before):
        return list(found), []
    end = values[-1] + 1
    if any(one.kind == "SLOT" for one in found[end : end + 3]) or any(one.kind in _OTHERS for one in found[start : end + 2]):
        return list(found), []
    priced: Priced = [(slot, found[place].cell) for slot, place in zip(slots, values, strict=True)]
    return [*found[:start], *found[end:]], priced


_OTHERS = ("YOU", "WE", "TOTAL")


def _values(found: Sequence[Token], start: int) -> list[int]:
    """Where the numbers of the row stand that begins at ``start``."""
    places: list[int] = []
    for place in range(start, len(found)):
        token = found[place]
        if token.kind == "VALUE" and len(token.cell) == 1 and token.cell != NEVER:
            places.append(place)
        elif not places or not (token.kind in ("AND", "UNIT") or token.text == ","):
            break
    return places
