"""A society to be: who sits with whom in each round, what each calls the finds at home, and who knows where a find belongs."""

from __future__ import annotations

from dataclasses import dataclass

from benchmark.bonds.societies import CHEST, FINDS, TIMETABLE, WORD
from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import Stream, stream
from benchmark.vocabulary import Fact, Seat, World
from tasks.society import scenes

PAIRS, VERDICTS, PLACE, MANNER = "pairs", "verdicts", "place", "manner"
"""(PAIRS, round): who sits with whom, as everyone is told · (VERDICTS,): whose verdict each pair is told where these are shuffled. That and
the timetable are public and told to nobody: whoever computes a round needs them, and no prompt shows more than its own round."""

Pairs = tuple[tuple[Seat, Seat], ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How many seats, rounds and finds; ``own_words``: whether everyone comes with a word of their own for every find."""

    seats: int
    rounds: int
    finds: int
    own_words: bool


def make_world(size: Size, seed: int, name: str, version: int) -> World:
    """Each thing comes from a stream of its own, so that two arms that differ in one of them share all the others."""
    seats = tuple("ABCDEFGHIJKL"[: size.seats])
    names = tuple(stream(seed, name, version, "names").sample(FIRST_NAMES, size.seats))
    draw = stream(seed, name, version, "finds")
    finds = tuple(draw.sample(tuple(scenes.FINDS), size.finds))
    timetable = tuple(meetings(seats, stream(seed, name, version, "pairs", number)) for number in range(1, size.rounds + 1))
    manner = (draw.below(len(scenes.OPENINGS)), draw.below(len(scenes.STAKES)))
    facts = [
        Fact((FINDS,), finds, ""),
        Fact((PLACE,), draw.choice(scenes.PLACES), ""),
        Fact((MANNER,), manner, ""),
        Fact((TIMETABLE,), timetable, ""),
        Fact((VERDICTS,), tuple(deranged(size.seats // 2, stream(seed, name, version, "verdicts", n)) for n in range(size.rounds)), ""),
        *(Fact(("find", key), key, f"Find {key}: {scenes.FINDS[key]}.") for key in finds),
    ]
    if size.own_words:
        facts += [
            _word(seat, who, key, stream(seed, name, version, "word", seat, key))
            for seat, who in zip(seats, names, strict=True)
            for key in finds
        ]
    for key, holder in zip(finds, stream(seed, name, version, "holders").sample(seats, size.finds), strict=True):
        chest = stream(seed, name, version, "chest", key).between(1, scenes.CHESTS)
        who = names[seats.index(holder)]
        facts.append(Fact((CHEST, key), chest, f"{who} was told by the keeper: find {key} belongs in chest {chest}.", (holder,)))
    facts.append(seated(timetable[0], 1, names, seats))
    return World(seats, names, tuple(facts), tuple(sorted((fact.slot[1], fact.value) for fact in facts if fact.slot[0] == CHEST)), seed)


def seated(pairs: Pairs, number: int, names: tuple[str, ...], seats: tuple[Seat, ...]) -> Fact:
    """Who sits with whom in round ``number``, from 1."""
    who = dict(zip(seats, names, strict=True))
    tables = "; ".join(f"{who[a]} and {who[b]}" for a, b in pairs)
    return Fact((PAIRS, str(number)), pairs, f"At the tables in round {number}: {tables}.")


def meetings(seats: tuple[Seat, ...], draw: Stream) -> Pairs:
    """Everyone with somebody, every way of pairing equally likely; the first of a pair speaks first."""
    order = draw.shuffled(seats)
    return tuple(zip(order[::2], order[1::2], strict=True))


def deranged(n: int, draw: Stream) -> tuple[int, ...]:
    """For each of ``n`` pairs another pair, all different, none its own: a cycle through all of them in random order."""
    order = draw.shuffled(range(n))
    after = dict(zip(order, [*order[1:], order[0]], strict=True))
    return tuple(after[place] for place in range(n))


def _word(seat: Seat, who: str, key: str, draw: Stream) -> Fact:
    """Independent draws: two members share a word exactly as often as two who never meet."""
    word = draw.choice(scenes.WORDS)
    return Fact((WORD, seat, key), word, f'Where {who} comes from, a thing like find {key} is called "{word}".', (seat,))
