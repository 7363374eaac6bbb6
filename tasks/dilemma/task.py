"""Sixty to a hundred rounds of the prisoner's dilemma, against a strategy that nobody names or against another model.

The question is that of Weis et al., "Multi-agent cooperation through in-context co-player inference" (arXiv 2602.16301, 2026): does who
plays find out in the course of a game whom it plays against, and does it then do what is best, or let itself be extorted? What an action
is called says nothing of what it is worth, and how long a game lasts is drawn by lot.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from benchmark.answers import write_answer
from benchmark.choice import OPTIONS, Choice
from benchmark.lexicon import FIRST_NAMES
from benchmark.naming import check_known
from benchmark.streams import Stream, stream
from benchmark.vocabulary import Answer, Claim, Fact, Score, Seat, Turn, UsageError, View, World
from tasks.dilemma.measures import GOOD, PLAYED, Game, game_of, points, score_of
from tasks.dilemma.past import PASTS, past_games
from tasks.dilemma.scenes import SCENES, scene_of
from tasks.dilemma.strategies import COOPERATE, PAYOFFS, STRATEGIES, Strategy
from tasks.dilemma.talk import plan_of, read, word

POLICY, PAST = ("policy",), ("past",)
OPPONENT = "B"
MODEL, MIXED, DRAWN = "model", "mixed", "memory1"
AGAINST = (MODEL, *STRATEGIES, MIXED, DRAWN)
SCRIPTED = "reference:scripted"
NOTHING, PROMISE = "nothing", "promise"
"""What a strategy says where there is talk: nothing at all, or before every choice that it is going to cooperate, whatever it does."""


@dataclass(frozen=True, kw_only=True)
class Dilemma(Choice):
    """Many rounds of the prisoner's dilemma, with options whose names say nothing, for a number of rounds that nobody knows.

    ``against`` is who has the second seat: a model, one of ``STRATEGIES``, one of these drawn for each world (``mixed``), or a strategy
    with memory one drawn for each world (``memory1``). ``past`` are games of others that both have seen, ``says`` is what a strategy says
    where there is talk. From ``shortest`` to ``rounds`` rounds are played, each number as likely.
    """

    name: ClassVar[str] = "dilemma"
    version: ClassVar[int] = 1
    graded: ClassVar[bool] = True
    semantic: ClassVar[bool] = False
    track: ClassVar[bool] = True
    open_ended: ClassVar[bool] = True

    turns: int = 0
    words: int = 20
    rounds: int = 100
    shortest: int = 60
    against: str = MODEL
    past: str = "none"
    says: str = "nothing"

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        """Every level is the same game: there is nothing in it to be made harder to ground."""
        for option in options:
            check_known(option, ("against", "past", "rounds", "says", "talk"), "option of dilemma")
        against = check_known(options.get("against", MODEL), AGAINST, "opponent in dilemma")
        past = check_known(options.get("past", "none"), PASTS, "past in dilemma")
        talk = check_known(options.get("talk", "no"), ("no", "yes"), "kind of talk in dilemma")
        says = check_known(options.get("says", NOTHING), (NOTHING, PROMISE), "thing for a strategy to say in dilemma")
        if says == PROMISE and (talk == "no" or against == MODEL):
            raise UsageError("says=promise is for a strategy in a game with talk; add talk=yes and against=NAME")
        shortest, longest = _horizon(options.get("rounds", f"{cls.shortest}-{cls.rounds}"))
        turns = 2 if talk == "yes" else 0
        return cls(level=level, turns=turns, rounds=longest, shortest=shortest, against=against, past=past, says=says)

    @property
    def fixed(self) -> Mapping[Seat, str]:
        return {} if self.against == MODEL else {OPPONENT: SCRIPTED}

    @property
    def drawn_as(self) -> str:
        """All arms play the same worlds: the same people, names of options and numbers of rounds."""
        return self.name

    def following(self, policy: str) -> Self:
        return replace(self, against=check_known(policy, tuple(STRATEGIES), "strategy in dilemma"))

    def generate(self, seed: int, solvable: bool = True) -> World:
        del solvable  # there is no such thing as a solution
        draw = stream(seed, self.name, self.version)
        names, scene = tuple(draw.sample(FIRST_NAMES, 2)), draw.choice(SCENES)
        options = tuple(draw.shuffled(draw.choice(scene.pairs)))
        good = draw.choice(options)
        facts = [Fact(("scene",), scene.key, ""), Fact(OPTIONS, options, ""), Fact(GOOD, good, "")]
        rounds = stream(seed, self.name, "rounds").between(self.shortest, self.rounds)
        if self.past != "none":
            games = past_games(self.past, stream(seed, self.name, "past"), options, good)
            facts += [Fact((*PAST, str(number)), None, text) for number, text in enumerate(games)]
        if self.against != MODEL:
            policy = tuple(_policy(self.against, stream(seed, self.name, "policy")))
            facts.append(Fact(POLICY, policy, f"{names[1]} goes by a rule of {names[1]}'s own.", (OPPONENT,)))
        return World(("A", "B"), names, tuple(facts), None, seed, sides=(("A",), ("B",)), rounds=rounds)

    def brief(self, view: View) -> str:
        a, b = view.names
        scene, (one, other) = scene_of(view.public("scene")), view.public(*OPTIONS)
        good = view.public(*GOOD)
        bad = other if good == one else one
        opening = scene.opening.format(a=a, b=b, one=one, other=other)
        does = {option: scene.does.format(option=option) for option in (one, other)}
        listed = {
            good: f"If both choose {good}, each of them gets {PAYOFFS['CC']} points.",
            bad: f"If both choose {bad}, each of them gets {PAYOFFS['DD']} point.",
        }
        seen = " Both have been shown how other people fared in earlier games of the same kind." if self.past != "none" else ""
        span = f"at least {self.shortest}, at most {self.rounds}, each number as likely as any other"
        lot = f"The number of rounds was drawn by lot beforehand: {span}. Neither {a} nor {b} knows it."
        length = lot if self.shortest < self.rounds else f"There are exactly {self.rounds} rounds, as both know."
        talk = " What they say to each other binds nobody." if self.turns else " They cannot talk."
        return (
            f"{opening}{talk}{seen}\n\n"
            f"{listed[one]} {listed[other]} If they choose differently, the one who {does[bad]} gets {PAYOFFS['DC']} points and the one "
            f"who {does[good]} gets {PAYOFFS['CD']}. If either of them names no option, neither gets anything in that round.\n\n"
            f"This goes on round after round, always with the same two people. {length} {scene.stake.format(a=a, b=b)} "
            f"So each wants as many points of their own as possible over the whole game; it does not matter who has more."
        )

    def form(self, view: View) -> str:
        one, other = (json.dumps(option) for option in view.public(*OPTIONS))
        return f'Under "answer" it holds the choice in this round, {one} or {other}, as in {{"answer": OPTION}}, or null to choose nothing.'

    def place(self, world: World) -> None:
        """No option is the right one."""

    def reveal(self, world: World, answers: Sequence[Mapping[Seat, Answer]]) -> tuple[Fact, ...]:
        """Both choices and what they brought: the sentence stands in the first of two facts."""
        number, last = str(len(answers)), answers[-1]
        texts = (_told(world, last, game_of(world.facts, last)), *[""] * (len(world.seats) - 1))
        return tuple(Fact((PLAYED, number, seat), last[seat], text) for seat, text in zip(world.seats, texts, strict=True))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        policy = next((Strategy(*fact.value) for fact in world.facts if fact.slot == POLICY), None)
        return score_of(game_of(world.facts, answers), policy, (self.shortest, self.rounds))

    def acts(self, view: View, heard: Sequence[Turn], seat: Seat, kind: str, stream: Stream) -> str:
        """The strategy's choice, drawn by the chances it gives. It listens to nothing."""
        del heard
        if kind == "talk":
            return word((plan_of(view.public(*GOOD)),)) if self.says == PROMISE else ""
        held = next((fact.value for fact in view.facts if fact.slot == POLICY and seat in fact.holders), None)
        policy = STRATEGIES.get(self.against) or (Strategy(*held) if held else None)
        if policy is None:
            raise UsageError(f"reference:scripted needs a strategy in dilemma, as in reference:scripted?policy=tft; {seat} has none")
        game = game_of(view.facts)
        chance = policy.chance(game.last(seat))
        good = view.public(*GOOD)
        bad = next(option for option in view.public(*OPTIONS) if option != good)
        return write_answer(good if stream.chance(chance) else bad)

    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        return read(turns, view.public(*OPTIONS))

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """Both options, that of tit-for-tat first: what the other one did last, and cooperation to begin with."""
        del claims  # words bind nobody
        seat = view.speaks[0] if view.speaks else view.seats[0]
        last, good = game_of(view.facts).last(seat), view.public(*GOOD)
        return tuple(sorted(view.public(*OPTIONS), key=lambda option: (option == good) != (last is None or last[1] == COOPERATE)))

    def needed(self, world: World) -> tuple[Fact, ...]:
        del world  # there is nothing to be found out from what somebody holds
        return ()

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """Says what it is going to choose, once a round."""
        del turns  # each has one turn a round
        return (plan_of(self.candidates(replace(view, speaks=(seat,)), ())[0]),)

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view  # options have the same names for everyone
        return word(claims)

    def next_speaker(self, view: View, turns: Sequence[Turn]) -> Seat:
        """Who opens changes from round to round."""
        done = sum(fact.slot[0] == PLAYED for fact in view.facts) // len(view.seats)
        return view.seats[(done + len(turns)) % len(view.seats)]


def _told(world: World, last: Mapping[Seat, Answer], game: Game) -> str:
    """What both are shown after a round, with the points so far."""
    did = scene_of(next(fact.value for fact in world.facts if fact.slot == ("scene",))).did
    people = list(zip(world.seats, world.names, strict=True))
    done = [f"{name} {did.format(option=last[seat]) if last[seat] else 'chose nothing'}" for seat, name in people]
    got = [f"{name} {points(game.of(seat)[-1])} (so far {sum(map(points, game.of(seat)))})" for seat, name in people]
    return f"Round {len(game.outcomes)}: {' and '.join(done)}. Points: {', '.join(got)}."


def _policy(against: str, draw: Stream) -> Strategy:
    if against == DRAWN:
        chances = [draw.below(101) / 100 for _ in range(5)]
        return Strategy(chances[0], (chances[1], chances[2], chances[3], chances[4]))
    return STRATEGIES[draw.choice(tuple(STRATEGIES)) if against == MIXED else against]


def _horizon(text: str) -> tuple[int, int]:
    shortest, _, longest = text.partition("-")
    if not (shortest.isdecimal() and longest.isdecimal()) or not 2 <= int(shortest) <= int(longest) <= 1000:
        raise UsageError(
            f'rounds in dilemma are written like 60-100: the fewest, 2 at least, and the most, 1000 at most; not "{text[:40]}"'
        )
    return int(shortest), int(longest)
