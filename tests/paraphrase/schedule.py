"""`schedule` in other words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from benchmark.reading import number_word
from benchmark.streams import Stream
from benchmark.vocabulary import Claim, View
from tests.paraphrase.forms import Speaker, row

DAYS = {"Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday"}
FORMS = {
    "priced": ("{slot} would be {n}", "{slot} ({n})", "{slot} sets me back {n}", "{slot}: {n}", "{n} for {slot}", "{slot} at {n}"),
    "prices": ("for me, {priced}.", "over here {priced}.", "{priced}.", "my end: {priced}."),
    "out": (
        "{slots} won't happen for me.",
        "I'm tied up {slots}.",
        "leave out {slots}, please; I'm elsewhere.",
        "no chance of {slots} here.",
        "you can cross off {slots}.",
    ),
    "count": (
        "I could manage {n} of them, all told.",
        "that's everything I could manage: {n} in total.",
        "{n} of these would do for me, no more.",
    ),
    "propose": ("let's lock {slot}.", "{slot} wins, then.", "I'd put down {slot}.", "{slot} has to be it.", "shall we say {slot}?"),
    "decline": (
        "we've got nothing that suits everyone.",
        "so there's no time that fits everybody.",
        "it looks hopeless: we share no slot.",
    ),
    "ask": ("what would {slots} be like for you?", "where do you stand on {slots}?"),
}


def say(claims: Sequence[Claim], view: View, draws: Stream) -> str:
    del view
    speaker = Speaker(FORMS, draws)
    spelt = draws.below(4)
    return " ".join(_said(list(group), speaker, spelt) for _, group in groupby(claims, lambda c: (c.kind, isinstance(c.value, int))))


def _slot(slot: str, spelt: int) -> str:
    """A slot as people write it: Tue 17:30, Tuesday 17:30, Tue 5:30pm, Tuesday at 17:30."""
    day, _, time = slot.partition(" ")
    hour, minute = map(int, time.split(":"))
    if spelt == 2:
        return f"{day} {(hour - 1) % 12 + 1}{f':{minute:02}' if minute else ''}{'am' if hour < 12 else 'pm'}"
    return {0: slot, 1: f"{DAYS[day]} {time}", 3: f"{DAYS[day]} at {time}"}[spelt]


def _said(claims: Sequence[Claim], speaker: Speaker, spelt: int) -> str:
    first, slots = claims[0], [_slot(claim.slot[-1], spelt) for claim in claims if claim.slot[0] == "cost"]
    if first.kind == "propose":
        return speaker.fill("propose", slot=_slot(first.value, spelt)) if first.value else speaker.fill("decline")
    if first.kind == "ask":
        return speaker.fill("ask", slots=row(slots))
    if first.kind == "count":
        return speaker.fill("count", n=number_word(first.value))
    if not isinstance(first.value, int):
        return speaker.fill("out", slots=row(slots, "or"))
    one = speaker.draws.choice(FORMS["priced"])
    return speaker.fill("prices", priced=", ".join(one.format(slot=s, n=c.value) for s, c in zip(slots, claims, strict=True)))
