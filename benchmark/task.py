"""What a task is: its difficulty as fields, and pure methods from a world to views of it, what is said of it, and a score.

Only ``generate``, ``score``, ``needed``, ``place``, ``founded``, ``is_own`` and ``reveal`` take a World. No method sees a condition.
"""

from __future__ import annotations

import abc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Self

from benchmark.errors import UsageError
from benchmark.knowledge import Answer, Claim, Fact, Score, Seat, Turn, View, World

if TYPE_CHECKING:
    from benchmark.streams import Stream


@dataclass(frozen=True, kw_only=True)
class Task(abc.ABC):
    """One kind of scenario. Its fields are its difficulty; its methods are pure and never see a condition.

    ``seats`` people take at most ``turns`` turns in all per round (none: nobody ever talks), each of length (``quoting.length``) at most
    ``words``. ``no_solution`` is the share of worlds in which declining is right. ``label`` is the name it was asked
    for by, options included.
    """

    name: ClassVar[str]
    version: ClassVar[int]
    graded: ClassVar[bool] = False
    """Whether success is a bar on a value rather than one right answer."""
    several_right: ClassVar[bool] = False
    """Whether a world may have several right answers (given by everyone alike), of which ``candidates`` prefers one."""
    semantic: ClassVar[bool] = True
    """Whether ``candidates`` knows what the facts mean; if not, grounding success is null."""

    reading: ClassVar[tuple[float, float, int] | None] = None
    """Precision and recall with which ``claims`` reads what people would say, and on how many hand-labelled claims; None: not measured.

    Measured on the batch of free language that was written last, before the reader was mended by it; printed beside grounding success.
    """

    audience: ClassVar[Mapping[Seat, str]] = {}
    """Seats that the same model plays whoever is tested, and its spec. They hear the talk and commit; none of them ends it."""

    track: ClassVar[bool] = False
    """Whether rounds build on each other and what is done in all of them is scored, so that no answer is the right one."""
    open_ended: ClassVar[bool] = False
    """Whether nobody is told how many rounds there are: each world has its own number, ``rounds`` at most."""

    label: str = ""
    level: int = 3
    seats: int = 2
    turns: int = 6
    words: int = 24
    rounds: int = 1
    no_solution: float = 0.0

    @property
    def drawn_as(self) -> str:
        """The name under which worlds and sampling seeds are drawn. Tasks that share it play the same worlds, and are compared in pairs."""
        return self.label

    @property
    def fixed(self) -> Mapping[Seat, str]:
        """Every seat that the same model plays whoever is tested, and its spec: the ``audience``, and seats that talk like any other."""
        return self.audience

    @classmethod
    @abc.abstractmethod
    def at(cls, level: int, **options: str) -> Self:
        """The task at ``level`` (1 to 5). UsageError for an option or value it does not know."""

    @abc.abstractmethod
    def generate(self, seed: int, solvable: bool = True) -> World:
        """The world of ``seed``, fully determined by it, this task's fields and ``version``."""

    @abc.abstractmethod
    def brief(self, view: View) -> str:
        """The scene in the third person: who, why they talk, what is at stake, what a right answer is."""

    @abc.abstractmethod
    def form(self, view: View) -> str:
        """One sentence with an example: what the JSON object of a commit holds under "answer"."""

    @abc.abstractmethod
    def schema(self, view: View) -> str:
        """JSON Schema (as JSON text) of a commit; every string bounded."""

    @abc.abstractmethod
    def parse(self, text: str, view: View) -> Answer:
        """The answer in a commit's text; Illegal if there is none, or more than one."""

    @abc.abstractmethod
    def draw(self, view: View, stream: Stream) -> Answer:
        """A legal answer at random; never None."""

    @abc.abstractmethod
    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """How well the commits did together. Total over any answers ``parse`` can return, one per seat."""

    @abc.abstractmethod
    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        """What a talk says, in order, read with the public facts of ``view`` only."""

    @abc.abstractmethod
    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """Answers still possible for one who has ``view`` and was told ``claims``, likeliest first; never empty.

        Graded tasks: one answer, the plan that is best in expectation.
        """

    @abc.abstractmethod
    def needed(self, world: World) -> tuple[Fact, ...]:
        """The private facts of a cheapest set that, once all are told, licenses every seat."""

    @abc.abstractmethod
    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """What a cooperative ``seat`` would say next, most useful first; empty when nothing more helps."""

    @abc.abstractmethod
    def word(self, claims: Sequence[Claim], view: View) -> str:
        """``claims`` in words that ``claims`` reads back as the same."""

    def place(self, world: World) -> tuple[int, int] | None:
        """Where the target stands among the possible answers as the prompt lists them, and how many these are.

        Over many worlds each place must be equally likely. None where there is no such list, or no solution.
        """
        return None

    def presents(self, fact: Fact, claims: Sequence[Claim]) -> int | None:
        """The turn at which ``claims`` (one holder's, in order) have told ``fact``; None if they never do."""
        for claim in claims:
            if claim.slot == fact.slot and claim.kind == "affirm" and claim.value == fact.value:
                return claim.turn
        return None

    def founded(self, world: World, claim: Claim, before: Sequence[Claim]) -> bool:
        """Whether ``claim`` says what its speaker can know: from own or public facts, or from founded claims made ``before``.

        What neither affirms nor excludes nor counts needs no ground.
        """
        if claim.kind not in ("affirm", "exclude", "count"):
            return True
        if any(claim.slot == one.slot and claim.kind == one.kind and claim.value == one.value for one in before):
            return True
        own = [fact for fact in world.facts if not fact.holders or claim.seat in fact.holders]
        affirmed = (claim if claim.kind == "affirm" else replace(claim, kind="affirm"),)
        so = any(self.presents(fact, affirmed) is not None for fact in own)
        return so if claim.kind == "affirm" else not so and any(fact.slot == claim.slot for fact in own)

    def is_own(self, world: World, claim: Claim) -> bool:
        """Whether the speaker's own notes alone say if ``claim`` is so. Default: if one of them has its slot."""
        return any(fact.slot == claim.slot and claim.seat in fact.holders for fact in world.facts)

    def replies(self, view: View, question: Claim) -> tuple[tuple[Claim, ...], ...]:
        """All answers that ``question``, asked by the seat of ``view``, could get, each as the claims that it would be read as.

        Empty where they cannot be listed. Default: yes and no, where the question names a value.
        """
        other = next(seat for seat in view.seats if seat != question.seat)
        if question.value is None or question.slot == ("answer",):
            return ()
        return tuple((Claim(kind, question.slot, question.value, other),) for kind in ("affirm", "exclude"))

    def unclear(self, view: View, claims: Sequence[Claim]) -> bool | None:
        """Whether the seat of ``view`` cannot know, after ``claims``, what is meant; None (the default) if that cannot happen."""
        return None

    def clarifies(self, claim: Claim) -> bool:
        """Whether ``claim`` asks what is meant. Default: any question does."""
        return claim.kind == "ask"

    def next_speaker(self, view: View, turns: Sequence[Turn]) -> Seat:
        """Who speaks next, from public facts and what everyone heard this round. Default: in turn."""
        return view.seats[len(turns) % len(view.seats)]

    def addressee(self, text: str, view: View) -> Seat | None:
        """The only seat that hears ``text``. Default: everyone hears everything."""
        return None

    def hearer(self, view: View, seat: Seat) -> Seat | None:
        """The only seat that hears what ``seat`` says this round, whatever it says; nobody else notices. Default: ``addressee`` decides."""
        return None

    def recalls(self, view: View) -> View | None:
        """What of ``view`` is left when a round begins, where nothing that was said before is: each round's prompt begins anew with it.

        None (the default): nothing is forgotten, and prompts only grow.
        """
        return None

    def acts(self, view: View, heard: Sequence[Turn], seat: Seat, kind: str, stream: Stream) -> str:
        """What ``seat`` says (``kind`` "talk") or replies (any other kind) where "reference:scripted" plays it. Default: it has no script.

        ``heard`` holds the turns of all rounds; what the rounds before brought stands among the facts of ``view``.
        """
        raise UsageError(f"{self.name} has no script for seat {seat}; another model must play it than reference:scripted")

    def following(self, policy: str) -> Self:
        """This task with a script by which every seat follows ``policy``, as "reference:scripted?policy=…" asks. Default: it has none."""
        raise UsageError(f'{self.name} has no policies to choose from, and was asked for "{policy[:40]}"; leave ?policy out')

    def reveal(self, world: World, answers: Sequence[Mapping[Seat, Answer]]) -> tuple[Fact, ...]:
        """New facts after a round, given the commits of all rounds so far. Default: none."""
        return ()
