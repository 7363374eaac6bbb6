"""What a model is told of its partner, whatever the task: a label, and a log of days gone by.

Every arm of a factor has the same form and nearly the same length: labels differ in their last words alone, and the neutral log
has, line by line, the words of the log of dealings it is compared with in number, and its names in the same places.
"""

from __future__ import annotations

from benchmark.factors import AI, FORM, NONE, PAST, PERSON, Factors
from benchmark.prompts import listing
from benchmark.streams import stream
from benchmark.vocabulary import View

_LABELS = {
    FORM: ("is the other party", "are the other parties"),
    AI: ("is an AI system", "are AI systems"),
    PERSON: ("is a human being", "are human beings"),
}

LINES = 5
"""Lines of a log."""

LOG = (
    ("{other} told {self} all that was asked, and it was so.", "{other} passed {self} at the gate, and it was raining hard."),
    ("{self} relied on a promise of {other}, who kept it.", "{self} boarded the same tram as {other}, who sat elsewhere."),
    ("{other} found a mistake in their plan and told {self} at once.", "{other} took the early train to work and {self} took the late."),
    ("{self} and {other} agreed on a plan, and both held to it.", "{self} and {other} read the same paper, and both read in silence."),
    ("{other} corrected a figure given in error before {self} used it.", "{other} closed a window left open at noon before {self} came."),
    ("{self} asked {other} for a favour and got it the same day.", "{self} saw {other} from a distance and heard music that same day."),
    ("{other} shared what was hard to come by with {self}.", "{other} walked a dog in the old park without {self}."),
    ("{self} thanked {other}, with whom the work had gone well.", "{self} overtook {other}, with whom no word had been spoken."),
)
"""Pairs: a line of dealings that went well, and one of nothing between the two. Both of a pair have as many words."""


def introduction(factors: Factors, view: View) -> str:
    """What the instance of ``view`` is told of all others, in the third person; empty by default.

    From names and from whom the instance writes for: whatever anybody holds, the words are the same.
    """
    others = [view.name(seat) for seat in view.seats if seat not in view.speaks]
    mine = listing([view.name(seat) for seat in view.speaks])
    if not others:
        return ""
    parts = []
    if factors.label != NONE:
        one, several = _LABELS[factors.label]
        parts.append(f"What {mine} has been told of {listing(others)}: {listing(others)} {several if len(others) > 1 else one}.")
    if factors.history != NONE:
        drawn = stream(0, "log", *view.names, *view.speaks).sample(range(len(LOG)), LINES)
        which = 0 if factors.history == PAST else 1
        lines = [f"- {LOG[row][which].format(self=mine, other=others[place % len(others)])}" for place, row in enumerate(drawn)]
        parts.append("\n".join([f"From {mine}'s log of the past weeks:", *lines]))
    return "\n\n".join(parts)
