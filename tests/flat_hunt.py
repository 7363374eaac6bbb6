"""Two friends and a dog look for a flat: one knows which flats are quiet, the other which allow dogs, and one flat is both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from benchmark.choice import OPTIONS, Choice
from benchmark.lexicon import FIRST_NAMES
from benchmark.prompts import listing
from benchmark.reading import sentences
from benchmark.streams import stream
from benchmark.vocabulary import Answer, Claim, Fact, Seat, Turn, UsageError, View, World

STREETS = ("Ash Lane", "Bell Yard", "Cross Street", "Dock Road", "East Quay", "Fern Alley", "Glebe Hill", "Hay Square", "Inn Court")
FITS = {"noise": "is quiet", "dogs": "allows dogs"}
FAILS = {"noise": "is noisy", "dogs": "forbids dogs"}
WHY = {
    "is quiet": ("the loudest thing was the clock on the kitchen wall", "even at noon one heard only pigeons and a distant church"),
    "is noisy": ("lorries turn beneath the bedroom from five every morning", "the bar below plays brass music until two most nights"),
    "allows dogs": ("the owner keeps two spaniels and asked ours to tea", "the lease says so and the garden has a gate that shuts"),
    "forbids dogs": ("a terrier once bit the owner, who still limps a little", "the lease says so and the porter is strict about it"),
}
WORDS = {1: 60, 2: 36, 3: 21, 4: 18, 5: 15}
PROPOSED = ("answer",)
_STREET = "|".join(STREETS)
STATED = re.compile(rf"\b(?P<street>{_STREET}) (?P<said>{'|'.join(WHY)})\b|\bI propose (?P<proposed>{_STREET})\b")


@dataclass(frozen=True, kw_only=True)
class FlatHunt(Choice):
    """Find the one flat that fits both needs. Of each seat's notes ``fitting`` speak for a flat; all but one of these mislead."""

    name: ClassVar[str] = "flat_hunt"
    version: ClassVar[int] = 1

    fitting: int = 4

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        if options:
            raise UsageError(f"flat_hunt takes no options, and was given {', '.join(options)}")
        return cls(level=level, words=WORDS[level], fitting=4 if level < 4 else 5)

    def generate(self, seed: int, solvable: bool = True) -> World:
        del solvable  # some flat always fits both
        draw = stream(seed, self.name, self.version)
        flats = tuple(draw.shuffled(STREETS))
        target, *others = draw.shuffled(flats)
        names = tuple(draw.sample(FIRST_NAMES, 2))
        facts = [Fact(OPTIONS, flats, "")]
        for seat, need in zip("AB", FITS, strict=True):
            good = (target, *(others[: self.fitting - 1] if seat == "A" else others[1 - self.fitting :]))
            for flat in draw.shuffled(flats):
                said = (FITS if flat in good else FAILS)[need]
                facts.append(Fact((need, flat), said, f"{flat} {said}: {draw.choice(WHY[said])}.", (seat,)))
        return World(("A", "B"), names, tuple(facts), target, seed)

    def brief(self, view: View) -> str:
        viewed, asked = view.names
        return (
            f"{listing(view.names)} want to share a flat, and {asked}'s dog comes with them. {viewed} sleeps badly, viewed all the flats "
            f"and noted which are quiet; {asked} telephoned the owners and noted which allow dogs. The flats are in "
            f"{listing(view.public(*OPTIONS))}. Exactly one is both quiet and open to dogs. They succeed if both name that one in the end; "
            "otherwise somebody else takes it."
        )

    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        del view  # street names read the same to everyone
        found: list[Claim] = []
        for number, turn in enumerate(turns):
            for sentence in sentences(turn.text):
                # "Ash Lane is quiet" asserts nothing after "Maybe", "Ben said that" or "It is not true that".
                if not (sentence.question or sentence.hearsay or sentence.negated):
                    found += [Claim(*said, turn.seat, number) for said in _stated(sentence.text)]
        return tuple(found)

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        known = {claim.slot: claim.value for claim in claims if claim.kind == "affirm"}
        known |= {fact.slot: fact.value for fact in view.facts if fact.slot[0] in FITS}
        # A flat is out once either need is known to fail, and sure once both are known to be met.
        verdicts = {flat: [known.get((need, flat)) for need in FITS] for flat in view.public(*OPTIONS)}
        live = [flat for flat, said in verdicts.items() if not set(said) & set(FAILS.values())]
        sure = [flat for flat in live if None not in verdicts[flat]]
        return tuple(sure if len(sure) == 1 else live or verdicts)

    def needed(self, world: World) -> tuple[Fact, ...]:
        return tuple(fact for fact in world.facts if fact.holders and fact.slot[1] == world.target)

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        said = self.claims(turns, view)
        live = self.candidates(view, [claim for claim in said if claim.seat != seat])
        own = [Claim("affirm", fact.slot, fact.value) for fact in view.held_by(seat) if fact.slot[-1] in live and len(view.sees) == 1]
        plan = own + [Claim("propose", PROPOSED, live[0])] * (len(live) == 1)
        done = {(claim.kind, claim.slot, claim.value) for claim in said}
        return tuple(move for move in plan if (move.kind, move.slot, move.value) not in done)

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view
        return " ".join(f"I propose {claim.value}." if claim.kind == "propose" else f"{claim.slot[1]} {claim.value}." for claim in claims)


def _stated(text: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for match in STATED.finditer(text):
        if match["street"]:
            need = next(need for need in FITS if match["said"] in (FITS[need], FAILS[need]))
            yield "affirm", (need, match["street"]), match["said"]
        else:
            yield "propose", PROPOSED, match["proposed"]
