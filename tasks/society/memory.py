"""What of a round is left when the next begins: one's own card with its credits, a board of what pairs wrote alike, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmark.bonds.societies import ENTERED, TIMETABLE, entries
from benchmark.prompts import listing
from benchmark.vocabulary import Answer, Fact, Json, Seat, View, World
from tasks.society.worlds import PAIRS, VERDICTS, Pairs, seated

NO_MEMORY, OWN, BOARD = "none", "own", "board"
MEMORIES = (NO_MEMORY, OWN, BOARD)
"""Each holds what the one before it holds, and more."""

Card = tuple[tuple[str, str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a seat last wrote of a find, and whether that name was credited; empty if it wrote nothing, or remembers none of it."""

    name: str = ""
    chest: int | None = None
    credited: bool | None = None


def revealed(world: World, answers: Sequence[Mapping[Seat, Answer]], memory: str, shuffled: bool) -> tuple[Fact, ...]:
    """What came of the last round, and who sits with whom in the next.

    A name is credited if both at the table wrote it. Where credits are shuffled, a table is told the verdict on another one.
    """
    slots = {fact.slot: fact.value for fact in world.facts}
    number = len(answers)
    pairs: Pairs = slots[TIMETABLE,][number - 1]
    cards = {seat: entries(answers[-1].get(seat)) for seat in world.seats}
    verdicts = [_alike(cards[a], cards[b], 1) for a, b in pairs]
    told = [verdicts[other] for other in slots[VERDICTS,][number - 1]] if shuffled else verdicts
    facts = []
    for pair, verdict in zip(pairs, told, strict=True):
        for seat, partner in (pair, pair[::-1]):
            card = cards[seat]
            entered = None if card is None else tuple((*row, row[0] in verdict) for row in card)
            text = f"Log of round {number}, with {world.names[world.seats.index(partner)]}: {_logged(entered)}"
            facts.append(Fact((ENTERED, str(number), seat), entered, text, (seat,)))
    facts.sort(key=lambda fact: fact.slot)
    if memory == BOARD:
        facts.append(_board(number, [(cards[a], cards[b]) for a, b in pairs]))
    return (*facts, seated(slots[TIMETABLE,][number], number + 1, world.names, world.seats))


def recalled(view: View, memory: str) -> View:
    """``view`` when a round begins: earlier seatings are gone, and without memory the own cards too."""
    seatings = [fact for fact in view.facts if fact.slot[0] == PAIRS]
    gone = set(seatings[:-1])
    if memory == NO_MEMORY:
        gone |= {fact for fact in view.facts if fact.slot[0] == ENTERED}
    return View(view.seats, view.names, view.speaks, view.sees, tuple(fact for fact in view.facts if fact not in gone))


def latest(view: View, seat: Seat, key: str) -> Entry:
    """The entry of ``seat`` for a find in the last round in which it handed in a card, as far as ``view`` shows it."""
    found = Entry()
    for fact in view.facts:
        if fact.slot[0] == ENTERED and fact.slot[2] == seat and fact.value is not None:
            _, name, chest, credited = next(row for row in fact.value if row[0] == key)
            # A chest once known is not forgotten because a later card left it out.
            found = Entry(name, found.chest if chest is None else chest, credited)
    return found


def posted(view: View, key: str, kind: str) -> Json:
    """What most pairs wrote of a find ("name" or "chest"), going by the board; of equals the one posted last. None if nothing is posted."""
    posts = [
        value
        for fact in view.facts
        if fact.slot[0] == BOARD
        for one, what, values in fact.value
        if (one, what) == (key, kind)
        for value in values
    ]
    counts = Counter(posts)
    return max(reversed(posts), key=lambda value: counts[value], default=None)


def _alike(one: Card | None, other: Card | None, column: int) -> dict[str, str | int]:
    """What two cards have the same of, by find: names (``column`` 1) or chests (2)."""
    theirs = {row[0]: row[column] for row in other or ()}
    return {row[0]: value for row in one or () if (value := row[column]) is not None and theirs.get(row[0]) == value}


def _logged(entered: tuple[tuple[str, str, int | None, bool], ...] | None) -> str:
    if entered is None:
        return "no card handed in."
    rows = []
    for key, name, chest, credited in entered:
        where = "chest not known" if chest is None else f"chest {chest}"
        rows.append(f'find {key} "{name}" ({"credited" if credited else "not credited"}), {where}')
    return "; ".join(rows) + "."


def _board(number: int, tables: Sequence[tuple[Card | None, Card | None]]) -> Fact:
    """What both at a table wrote alike: by find, the names and the chests, one for each table that has one."""
    rows: dict[tuple[str, str], list[str | int]] = {}
    for kind, column in (("name", 1), ("chest", 2)):
        for one, other in tables:
            for key, value in _alike(one, other, column).items():
                rows.setdefault((key, kind), []).append(value)
    posts = tuple((key, kind, tuple(sorted(values, key=str))) for (key, kind), values in sorted(rows.items()))
    said = [f"find {key} {_counted(kind, values)}" for key, kind, values in posts]
    text = (
        f"Board, after round {number}: {'; '.join(said)}."
        if said
        else f"Board, after round {number}: nothing was written alike at any table."
    )
    return Fact((BOARD, str(number)), posts, text)


def _counted(kind: str, values: tuple[str | int, ...]) -> str:
    """ "torve" (2 tables) and "brem" (1 table)."""
    shown = []
    for value, n in sorted(Counter(values).items(), key=lambda one: (-one[1], str(one[0]))):
        what = f'"{value}"' if kind == "name" else f"in chest {value}"
        shown.append(f"{what} ({n} table{'s' if n > 1 else ''})")
    return listing(shown)
