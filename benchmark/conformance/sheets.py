"""Whether a seat's own notes give the answer away by their looks: by order, number, length or wording.

What notes mean ``candidates`` knows, and what may be guessed from that is checked elsewhere. A model reads the text itself: what the note
on the answer alone is like, it can learn from a few worlds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmark import views
from benchmark.conformance.certificates import Sample
from benchmark.conformance.openness import HARDLY, Public, blotted, read, telling
from benchmark.task import Task
from benchmark.vocabulary import Fact, Seat, World

_FEWEST = 20
"""Worlds that a mark must occur in before half of them say anything."""

_WORD = re.compile(r"\w+|[^\w\s]|\s{2,}|^\s|\s$")


def the_looks_of_own_notes_do_not_give_the_answer_away(sample: Sample) -> Iterator[str]:
    """No place, length or wording of a seat's own notes is that of the note on the answer in more than half of the worlds (0.01 %).

    Draw order and wording of notes with streams that do not depend on the target, and let no note say more than its value.
    """
    from scipy import stats

    found: dict[tuple[Seat, str], list[float]] = {}
    for public in read(sample):
        world = sample.worlds[public.index]
        for seat in world.seats if isinstance(public.right, str) else ():
            for mark, pointed in _pointing(sample.task, world, seat, public).items():
                tally = found.setdefault((seat, mark), [0, 0.0])
                tally[0] += 1
                tally[1] += (public.right in pointed) / len(pointed)
    often = {key: tally for key, tally in found.items() if tally[0] >= _FEWEST}
    likely = {key: stats.binom.sf(right - 1, n, 0.5) * len(often) for key, (n, right) in often.items()}
    for seat, mark in sorted((key for key in often if likely[key] < HARDLY), key=lambda key: (likely[key], key))[:1]:
        n, right = often[seat, mark]
        yield f"in {right:.0f} of {n:g} worlds {seat} would be right to take what is named in {mark}"


def the_number_of_own_notes_does_not_give_the_answer_away(sample: Sample) -> Iterator[str]:
    """How many notes a seat holds goes with no answer.

    Let the number of notes depend on nothing but the level, or on a stream of its own.
    """
    for seat in sample.worlds[0].seats:

        def held(public: Public, seat: Seat = seat) -> Sequence[str]:
            return (f" in which {seat} holds {len(_held(sample.worlds[public.index], seat))} notes",)

        yield from telling(read(sample), held)


def _held(world: World, seat: Seat) -> list[Fact]:
    return [fact for fact in world.facts if seat in fact.holders and not views.is_canary(fact)]


def _pointing(task: Task, world: World, seat: Seat, public: Public) -> dict[str, set[object]]:
    """By its mark, what the notes that bear it name of the answers that ``seat`` thinks possible; nothing for one who knows."""
    live = set(task.candidates(views.own_view(world, seat), ()))
    notes = _held(world, seat)
    answers = [answer for answer in public.answers if isinstance(answer, str) and answer]
    if len(live) < 2 or not notes or not answers:
        return {}
    hidden = [*answers, *world.names]
    masks = [_without(_values(note.value), blotted(note.text, hidden)) for note in notes]
    lengths = Counter(map(len, masks))
    pointing: dict[str, set[object]] = {}
    for place, (note, mask) in enumerate(zip(notes, masks, strict=True)):
        named = {answer for answer in answers if answer.casefold() in note.text.casefold()} & live
        marks = {f"note {place + 1}", f"note {place - len(notes)} from the end".replace("-", ""), f'notes that read "{mask:.60}"'}
        marks |= {f'notes with "{word}"' for word in _WORD.findall(mask)}
        marks |= {f"the {which} note" for which, size in (("longest", max), ("shortest", min)) if len(mask) == size(lengths)}
        for mark in marks if named else ():
            pointing.setdefault(mark, set()).update(named)
    return pointing


def _without(values: list[str], text: str) -> str:
    for value in filter(None, values):
        text = text.replace(value, "…")
    return text


def _values(value: object) -> list[str]:
    """What a note is there to say; that it speaks for an answer is no matter of looks."""
    return [one for part in value for one in _values(part)] if isinstance(value, tuple) else [str(value)]


SHEETS = (the_looks_of_own_notes_do_not_give_the_answer_away, the_number_of_own_notes_does_not_give_the_answer_away)
