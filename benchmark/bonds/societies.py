"""What a society of pairs came to agree on and to know: read from the world at its end, and measured round by round.

After Li et al. 2026 (arXiv 2602.14299), on a society small enough to know who met whom. All that is None here is undefined, not zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import fmean

from benchmark.bonds.centroids import Embedder, Movement, movements, tfidf
from benchmark.bonds.influence import kendall, pagerank, persistence
from benchmark.vocabulary import Answer, Json, Seat, World

FINDS, WORD, CHEST, TIMETABLE, ENTERED = "finds", "word", "chest", "timetable", "entered"
"""First words of slots. (FINDS,): the referents' keys · (WORD, seat, key): what a seat calls it at first · (CHEST, key): what is true
of it · (TIMETABLE,): who meets whom, by round · (ENTERED, round, seat): (key, label, what is stated, whether the seat was told that the
label is credited) of each, or None."""

Labels = Mapping[Seat, Mapping[str, str]]
"""By seat and referent. A seat that declined is not in it."""


@dataclass(frozen=True, slots=True)
class Society:
    """One game. ``labels``, ``stated``, ``credited`` and ``pairs`` have one item for each round; a credit is what was told, true or not.

    ``start`` are the labels that seats had before they met; ``truth`` and ``holder``: what is so, and who alone knew it at first.
    ``world`` numbers it, where it is one of many: two of one number are the same world, played twice.
    """

    seats: tuple[Seat, ...]
    referents: tuple[str, ...]
    pairs: tuple[tuple[tuple[Seat, Seat], ...], ...]
    labels: tuple[Labels, ...]
    stated: tuple[Mapping[Seat, Mapping[str, int | None]], ...]
    start: Labels
    truth: Mapping[str, int]
    holder: Mapping[str, Seat]
    credited: tuple[Mapping[Seat, Mapping[str, bool]], ...] = ()
    world: int | None = None

    @property
    def rounds(self) -> int:
        return len(self.labels)

    def before(self, place: int) -> Labels:
        """The labels that seats had when round ``place`` (from 0) began: their latest, whichever round it is from."""
        latest = {seat: dict(labels) for seat, labels in self.start.items()}
        for labels in self.labels[:place]:
            latest |= {seat: dict(own) for seat, own in labels.items()}
        return latest

    def partner(self, place: int, seat: Seat) -> Seat:
        return next(b if seat == a else a for a, b in self.pairs[place] if seat in (a, b))


def society(world: World, answers: Mapping[Seat, Answer]) -> Society:
    """The game that ``world`` tells of at its end; ``answers`` are those of the last round, which no fact holds yet."""
    entered = {fact.slot[1:]: fact.value for fact in world.facts if fact.slot[0] == ENTERED}
    rounds = len({number for number, _ in entered})
    cards = [{seat: entered[str(number), seat] for seat in world.seats} for number in range(1, rounds + 1)]
    told = [{seat: {key: credit for key, *_, credit in own} for seat, own in one.items() if own is not None} for one in cards]
    return _society(world, [*cards, {seat: entries(answers.get(seat)) for seat in world.seats}], tuple(told))


def recorded(world: World, record: Mapping[str, Json]) -> Society:
    """The game that a record of ``world`` tells of, by its answers alone: what was credited is not looked at."""
    cards = [{seat: entries(played["answers"].get(seat)) for seat in world.seats} for played in record["rounds"]]
    return replace(_society(world, cards), world=int(record["index"]))


def _society(world: World, cards: Sequence[Mapping[Seat, Json]], credited: tuple[Mapping[Seat, Mapping[str, bool]], ...] = ()) -> Society:
    slots = {fact.slot: fact.value for fact in world.facts}
    start: dict[Seat, dict[str, str]] = {}
    for slot, value in slots.items():
        if slot[0] == WORD:
            start.setdefault(slot[1], {})[slot[2]] = value
    written = [{seat: own for seat, own in one.items() if own is not None} for one in cards]
    return Society(
        seats=world.seats,
        referents=tuple(slots[FINDS,]),
        pairs=tuple(slots[TIMETABLE,][: len(cards)]),
        labels=tuple({seat: {key: label for key, label, *_ in own} for seat, own in one.items()} for one in written),
        stated=tuple({seat: {key: chest for key, _, chest, *_ in own} for seat, own in one.items()} for one in written),
        start=start,
        truth={slot[1]: value for slot, value in slots.items() if slot[0] == CHEST},
        holder={fact.slot[1]: fact.holders[0] for fact in world.facts if fact.slot[0] == CHEST},
        credited=credited,
    )


def entries(answer: Answer) -> tuple[tuple[str, str, int | None], ...] | None:
    """(key, label, what is stated) of each referent; None of one who declined."""
    return None if answer is None else tuple((key, dict(entry)["name"], dict(entry)["chest"]) for key, entry in answer)


# --- round by round --------------------------------------------------------------------------------------------------------


def matched(played: Society, place: int) -> float:
    """The share of referents, over the pairs that met, under the same label on both sides."""
    labels = played.labels[place]
    return fmean(_same(labels, a, b, key) for a, b in played.pairs[place] for key in played.referents)


def agreement(played: Society, place: int) -> float:
    """The same over any two members, whether they met or not."""
    return agreement_of(played.labels[place], played.seats, played.referents)


def agreement_of(labels: Labels, seats: Sequence[Seat], referents: Sequence[str]) -> float:
    return fmean(_same(labels, a, b, key) for a, b in combinations(seats, 2) for key in referents)


def known(played: Society, place: int) -> float:
    """The share of members who state what is so, over the referents and all who were not told it at first."""
    return told_right(played, played, place, played.referents)


def told_right(played: Society, true_in: Society, place: int, referents: Sequence[str]) -> float:
    """How many members of ``played``, but for who was told of it, state what is so in ``true_in``."""
    stated = played.stated[place]
    return fmean(
        stated.get(seat, {}).get(key) == true_in.truth[key] for key in referents for seat in played.seats if seat != played.holder[key]
    )


def births(played: Society, place: int) -> float | None:
    """|labels never used before| / |labels in use|: the birth rate of Li et al., of labels for referents. None in the first round."""
    active = _active(played, place)
    if not (place and active):
        return None
    ever = set().union(*(_active(played, earlier) for earlier in range(place)))
    return len(active - ever) / len(active)


def deaths(played: Society, place: int) -> float | None:
    """|labels of the round before that are no longer in use| / |labels of the round before|: their death rate."""
    before = _active(played, place - 1) if place else set()
    return len(before - _active(played, place)) / len(before) if before else None


def adopted(played: Society, place: int) -> float | None:
    """Of the chances to take over what the partner called something so far, and oneself did not, the share that was taken."""
    chances = list(_chances(played, place))
    return fmean(taken for *_, taken in chances) if chances else None


def follows(played: Society, places: Sequence[int]) -> dict[tuple[Seat, Seat], float]:
    """How often the first seat took over a label of the second in these rounds."""
    edges: dict[tuple[Seat, Seat], float] = {}
    for place in places:
        for seat, partner, taken in _chances(played, place):
            if taken:
                edges[seat, partner] = edges.get((seat, partner), 0.0) + 1.0
    return edges


def _chances(played: Society, place: int) -> Iterator[tuple[Seat, Seat, bool]]:
    """(seat, partner, whether it took over the partner's label) wherever the two had different labels when they met."""
    before, after = played.before(place), played.labels[place]
    for seat in after:
        partner = played.partner(place, seat)
        for key in played.referents:
            own, theirs = before.get(seat, {}).get(key), before.get(partner, {}).get(key)
            if own is not None and theirs is not None and own != theirs:
                yield seat, partner, after[seat].get(key) == theirs


def _same(labels: Labels, one: Seat, other: Seat, key: str) -> bool:
    mine = labels.get(one, {}).get(key)
    return mine is not None and mine == labels.get(other, {}).get(key)


def _active(played: Society, place: int) -> set[tuple[str, str]]:
    return {(key, label) for own in played.labels[place].values() for key, label in own.items()}


MEASURED: Mapping[str, Callable[[Society, int], float | None]] = {
    "matched": matched,
    "agreement": agreement,
    "known": known,
    "births": births,
    "deaths": deaths,
    "adopted": adopted,
}


def curves(played: Society) -> dict[str, tuple[float | None, ...]]:
    """Every measure round by round, and how far the ranks of who is followed are those of the round before (Kendall's tau)."""
    found = {name: tuple(measure(played, place) for place in range(played.rounds)) for name, measure in MEASURED.items()}
    return {**found, "persistence": persistence([pagerank(played.seats, follows(played, [place])) for place in range(played.rounds)])}


# --- over the whole game ---------------------------------------------------------------------------------------------------


def summary(played: Society, embed: Embedder = tfidf) -> dict[str, float]:
    """One number for each thing that is defined. Of the society: agreement and knowledge at the end, and how far who is followed in the
    second half of the game is who was followed in the first (Kendall's tau). Of each seat, under "NAME/SEAT": what it did."""
    half = played.rounds // 2
    halves = [pagerank(played.seats, follows(played, places)) for places in (range(half), range(half, played.rounds))]
    found: dict[str, float | None] = {
        "agreement": agreement(played, played.rounds - 1),
        "known": known(played, played.rounds - 1),
        "persistence": kendall(*([share[seat] for seat in played.seats] for share in halves)),
    }
    moved = centroid_movements(played, embed)
    for seat in played.seats:
        chances = [taken for place in range(played.rounds) for one, _, taken in _chances(played, place) if one == seat]
        found[f"adopted/{seat}"] = fmean(chances) if chances else None
        found[f"feedback_use/{seat}"] = feedback_use(played, (seat,))
        if seat in moved:
            found |= {f"{name}/{seat}": getattr(moved[seat], name) for name in ("drift", "consistency", "pull")}
    return {name: value for name, value in found.items() if value is not None}


def feedback_use(played: Society, seats: Sequence[Seat]) -> float | None:
    """P(a label is kept | it was credited) − P(it is kept | it was not), of ``seats``. None unless both happened.

    Where credits are true they go with what others say, which is a reason of its own to keep a label; where they are shuffled, what is
    left is the use that is made of them.
    """
    kept: dict[bool, list[bool]] = {True: [], False: []}
    for place, told in enumerate(played.credited):
        now, then = played.labels[place], played.labels[place + 1]
        for seat in seats:
            for key, credit in told.get(seat, {}).items() if seat in then else ():
                kept[credit].append(then[seat].get(key) == now[seat][key])
    return fmean(kept[True]) - fmean(kept[False]) if kept[True] and kept[False] else None


def centroid_movements(played: Society, embed: Embedder = tfidf) -> dict[Seat, Movement]:
    """Drift, consistency and pull of the members who wrote labels in both halves of the game; of fewer than two, nothing."""
    half = played.rounds // 2
    early, late = (_written(played, places) for places in (range(half), range(half, played.rounds)))
    both = sorted(set(early) & set(late))
    return movements({seat: early[seat] for seat in both}, {seat: late[seat] for seat in both}, embed) if len(both) > 1 else {}


def _written(played: Society, places: Sequence[int]) -> dict[Seat, str]:
    """All the labels that each seat wrote down in these rounds."""
    found: dict[Seat, list[str]] = {}
    for place in places:
        for seat, own in played.labels[place].items():
            found.setdefault(seat, []).extend(own.values())
    return {seat: " ".join(labels) for seat, labels in found.items()}
