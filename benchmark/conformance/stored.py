"""What the author of worlds needs to hear that no seed made: certificates of single worlds, where statistics have nothing to go on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from benchmark import ledger, prompts, views
from benchmark.conformance.certificates import (
    Certificate,
    Sample,
    everything_together_fixes_the_answer,
    needed_facts_suffice_and_each_is_needed,
    no_single_view_knows,
    something_is_at_stake,
    the_budget_holds_what_is_needed_and_not_everything,
)
from benchmark.conformance.knowledge import pooled
from benchmark.streams import stream
from benchmark.vocabulary import Answer, Turn

_DRAWS = 40


def nobody_reads_what_only_others_hold(sample: Sample) -> Iterator[str]:
    """What a seat reads before anyone speaks tells none of the facts that only others hold.

    Say it in other words, or give the fact to everyone who can read it there.
    """
    for index, world in sample.first(60):
        for seat in world.seats:
            view = views.own_view(world, seat)
            texts = [sample.task.brief(view), *(fact.text for fact in view.facts if fact.text)]
            for fact in world.facts:
                if not fact.holders or seat in fact.holders or views.is_canary(fact):
                    continue
                for text in texts:
                    if sample.task.presents(fact, ledger.told(sample.task.claims([Turn(fact.holders[0], text)], view), "")) is not None:
                        yield f"world {index}: {fact.text!r:.90} is told to {view.name(seat)} by {text!r:.90}"


def the_public_text_does_not_single_out_the_answer(sample: Sample) -> Iterator[str]:
    """What everyone reads names the answer no more often than every other.

    Name it less often, or others more.
    """
    for index, world in sample.first(60):
        public = views.public_view(views.own_view(world, world.seats[0]))
        shown = " ".join([sample.task.brief(public), prompts.notes(public)]).casefold()
        right = sample.task.candidates(pooled(world), ())[0] if sample.task.semantic else world.target
        draws = stream(index, "singled out")
        others = [drawn for drawn in (sample.task.draw(public, draws) for _ in range(_DRAWS)) if drawn != right]
        if others and _named(right, shown) > max(_named(other, shown) for other in others):
            yield f"world {index}: {right!r:.60} stands more often in what everyone reads than any other answer"


def _named(answer: Answer, text: str) -> int:
    """How often ``text`` (in lower case) holds the parts of ``answer`` as words of its own."""
    if isinstance(answer, tuple):
        return sum(_named(part, text) for part in answer)
    return len(re.findall(rf"(?<!\w){re.escape(answer.casefold())}(?!\w)", text)) if isinstance(answer, str) and answer else 0


def everyone_holds_something(sample: Sample) -> Iterator[str]:
    """Everyone holds a fact that somebody else does not.

    Deal the facts anew, or leave out who has nothing to tell.
    """
    for index, world in sample.first(60):
        for seat, name in zip(world.seats, world.names, strict=True):
            if not any(seat in fact.holders and len(fact.holders) < len(world.seats) and not views.is_canary(fact) for fact in world.facts):
                yield f"world {index}: {name} holds nothing of the kind"


def what_facts_mean_is_stated(sample: Sample) -> Iterator[str]:
    """What the facts mean is stated, so that a program can tell who knows the answer and who only guessed it.

    State it, if the form of the file allows it.
    """
    if not sample.task.semantic:
        yield "it is not: grounding success is null, and whether the facts settle the answer, or one seat's alone, is for you to judge"


NOTED_OF_STORED: tuple[Certificate, ...] = (
    something_is_at_stake,
    the_budget_holds_what_is_needed_and_not_everything,
    the_public_text_does_not_single_out_the_answer,
    everyone_holds_something,
    what_facts_mean_is_stated,
)
"""What generated worlds owe, and worlds from a file may lack: it is said and is no failure."""

MEANT: tuple[Certificate, ...] = (everything_together_fixes_the_answer, no_single_view_knows)
"""The same where candidates know what facts mean."""

SETTLED: tuple[Certificate, ...] = (needed_facts_suffice_and_each_is_needed, nobody_reads_what_only_others_hold)
"""The same where there is one right answer, moreover."""

SPOILT: tuple[Certificate, ...] = (everything_together_fixes_the_answer, nobody_reads_what_only_others_hold)
"""Of these, what is a failure where there is one right answer: nobody could earn it, or there would be nothing to earn."""

FOR_AUTHORS: Mapping[Certificate, str] = {
    something_is_at_stake: "Give to somebody else, or to nobody, what points one of them to the answer.",
    everything_together_fixes_the_answer: "Let the facts rule out every other answer and never the right one, "
    "or state of none what it means.",
    no_single_view_knows: "Give a fact that this takes to somebody else.",
    needed_facts_suffice_and_each_is_needed: "Let the facts rule out every other answer, each of them one that no other does, "
    "and give each a phrasing in plain words.",
}
"""What to change in a file, where the advice of a check is about code."""
