"""Whether ``claims`` takes for said what was asked, doubted, denied or only passed on."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmark import views
from benchmark.conformance.certificates import Sample
from benchmark.quoting import length
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.vocabulary import Claim, Seat, Turn, View, World

TELLS = ("affirm", "exclude", "count")

Told = tuple[World, View, Seat, Claim, str]


def a_question_presents_nothing(sample: Sample) -> Iterator[str]:
    """A sentence of word() that ends in a question mark affirms and excludes nothing.

    Let claims() pass over questions: benchmark.reading.sentences says which sentences are.
    """
    yield from _overread(sample, {"asked": lambda said, _: f"{said.rstrip(' .!')}?"})


def hearsay_and_doubt_present_nothing(sample: Sample) -> Iterator[str]:
    """What somebody is said to have said, and what may be or might be, is told by nobody.

    Let claims() pass over such sentences: benchmark.reading.sentences calls them hearsay.
    """
    yield from _overread(
        sample,
        {
            "passed on": lambda said, name: f"{name} said that {said}",
            "doubted": lambda said, _: f"Maybe {said}",
            "supposed": lambda said, _: f"If {said.rstrip(' .!')}, that changes much.",
        },
    )


def a_denial_does_not_affirm(sample: Sample) -> Iterator[str]:
    """A sentence of word() that is expressly denied does not say what it says alone.

    Let claims() pass over negated sentences, or read them as exclusions: benchmark.reading.sentences says which are negated.
    """
    yield from _overread(sample, {"denied": lambda said, _: f"It is not true that {said}"})


def a_proposal_rules_nothing_out(sample: Sample) -> Iterator[str]:
    """What somebody merely proposes leaves every answer as possible as it was.

    Let candidates() look at claims that tell something ("affirm", "exclude", "count"): who is to be licensed must be told why.
    """
    task = sample.task
    for index, world in sample.first(6 if task.semantic and not task.track else 0):
        for seat, other in itertools.permutations(world.seats, 2):
            view = views.own_view(world, seat)
            proposed = Claim("propose", ("answer",), task.draw(view, stream(index, seat, other)), other)
            if task.candidates(view, (proposed,)) != task.candidates(view, ()):
                yield f"world {index}: once {other} proposes {proposed.value!r:.60}, {seat} takes other answers for possible"
                break


def claims_are_stamped_and_look_at_the_whole_talk(sample: Sample) -> Iterator[str]:
    """Every claim carries the seat and the number of the turn that made it, also when others have spoken before.

    Number turns from 0 with enumerate() and stamp each claim with turn.seat.
    """
    for index, (_, view, seat, claim, said) in enumerate(_tellings(sample)):
        other = next(one for one in view.seats if one != seat)
        for read in sample.task.claims((Turn(other, "Well."), Turn(seat, said), Turn(other, "Good.")), view):
            if (read.seat, read.turn) != (seat, 1):
                yield f"{said!r:.80}, said by {seat} in turn 1, gives a claim of {read.seat!r} in turn {read.turn}"
                return
        if index > 40:
            return
        del claim


def what_a_player_would_say_fits_in_a_turn(sample: Sample) -> Iterator[str]:
    """Each single move, in the words of word(), takes no more than the words of one turn.

    Raise words, or let word() be brief.
    """
    for _, _, _, claim, said in _tellings(sample, kinds=()):
        if length(said) > sample.task.words:
            yield f"{said!r:.90} takes {length(said)} words, and a turn holds {sample.task.words}"
            return
        del claim


def _overread(sample: Sample, distortions: Mapping[str, Callable[[str, str], str]]) -> Iterator[str]:
    for _, view, seat, claim, said in _tellings(sample):
        name = view.name(next(other for other in view.seats if other != seat))
        for how, distort in distortions.items():
            text = distort(said, name)
            read = sample.task.claims((Turn(seat, text),), view)
            if any((one.kind, one.slot, one.value) == (claim.kind, claim.slot, claim.value) for one in read):
                yield f"{text!r:.110} is only {how}, and is read as {claim.kind} {claim.slot!r} {claim.value!r:.40}"


def _tellings(sample: Sample, kinds: Sequence[str] = TELLS) -> Iterator[Told]:
    """(world, view, seat, claim, its words) of every move that tells, at every point of a cooperative talk."""
    task: Task = sample.task
    for _, world in sample.first(4 if task.semantic else 0):
        turns: tuple[Turn, ...] = ()
        while len(turns) < task.turns:
            seat = task.next_speaker(views.public_view(views.own_view(world, world.seats[0])), turns)
            view = views.own_view(world, seat)
            moves = task.moves(view, turns, seat)
            for move in moves:
                if not kinds or move.kind in kinds:
                    yield world, view, seat, move, task.word((move,), view)
            turns += (Turn(seat, task.word(moves, view)),)


MISREADINGS = (
    a_question_presents_nothing,
    hearsay_and_doubt_present_nothing,
    a_denial_does_not_affirm,
    a_proposal_rules_nothing_out,
    claims_are_stamped_and_look_at_the_whole_talk,
    what_a_player_would_say_fits_in_a_turn,
)
