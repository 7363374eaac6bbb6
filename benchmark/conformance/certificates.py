"""Certificates of generated worlds: each yields what is wrong with a sample, in words, and nothing where nothing is.

The first paragraph of a docstring is what is owed, the second what to change where it is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import mean

from benchmark import views
from benchmark.conformance.knowledge import adopted, from_guesses, pooled, settled, tested
from benchmark.quoting import length
from benchmark.task import Task
from benchmark.vocabulary import World
from benchmark.worlds import is_solvable

FROM_LEVEL = 3
"""Budgets bind from this level on."""

SURELY = 0.001
"""The chance that a task whose targets lie evenly is told otherwise."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The first worlds of one task at one level, as a run would play them."""

    task: Task
    worlds: tuple[World, ...]

    def first(self, n: int) -> Iterator[tuple[int, World]]:
        return enumerate(self.worlds[:n])


Certificate = Callable[[Sample], Iterator[str]]


def everything_together_fixes_the_answer(sample: Sample) -> Iterator[str]:
    """All facts together leave one answer, and it is right and the best there is.

    Make the target unique when the world is generated, or let candidates() use every fact.
    """
    for index, world in sample.first(60):
        live = sample.task.candidates(pooled(world), ())
        if len(live) != 1:
            yield f"world {index}: {len(live)} answers remain when all facts are known: {live[:3]!r:.120}"
            continue
        score = sample.task.score(world, adopted(sample.task, world, live[0]))
        if not score.success:
            yield f"world {index}: the answer that all facts leave, {live[0]!r:.60}, is not scored as a success"
        elif abs(score.raw - score.best) > 1e-9 * max(1.0, abs(score.best)):
            yield f"world {index}: the answer that all facts leave scores {score.raw:g}, and best says {score.best:g}"


def no_single_view_knows(sample: Sample) -> Iterator[str]:
    """What one seat holds leaves two answers at least (graded: at most 80 % of the best). With an audience one seat may know, but not all.

    Deal the facts so that the answer needs those of another seat.
    """
    task = sample.task
    for index, world in sample.first(60):
        told = [seat for seat in tested(task, world) if len(task.candidates(views.own_view(world, seat), ())) < 2]
        informants = told if task.audience and len(told) < len(tested(task, world)) else []
        for seat in (seat for seat in world.seats if seat not in informants):
            live = task.candidates(views.own_view(world, seat), ())
            if task.graded:
                alone = task.score(world, dict.fromkeys(world.seats, live[0]))
                if alone.raw > 0.8 * alone.best:
                    yield f"world {index}: {seat} alone reaches {alone.raw:g} of {alone.best:g}"
            elif len(live) < 2:
                yield f"world {index}: {seat} alone knows that the answer is {live[0]!r:.60}"


def guessing_is_right_half_the_time_at_most(sample: Sample) -> Iterator[str]:
    """The best guess from one view is right in at most half of the worlds (mean of the strata).

    Let each seat's own facts point away from the answer more often.
    """
    right: dict[bool, list[bool]] = {}
    for _, world in sample.first(100):
        found = [sample.task.score(world, commits).success for commits in from_guesses(sample.task, world)]
        right.setdefault(world.solvable, []).append(any(found))
    if right and (share := mean(mean(found) for found in right.values())) > 0.5:
        yield f"some seat's best guess is right in {share:.0%} of {len(sample.worlds[:100])} worlds"


def needed_facts_suffice_and_each_is_needed(sample: Sample) -> Iterator[str]:
    """Once the needed facts are told every seat knows the answer; without any one of them somebody does not.

    Correct needed(), or let claims() read the sentences in which facts are told.
    """
    for index, world in sample.first(12):
        needed = sample.task.needed(world)
        if not settled(sample.task, world, needed):
            yield f"world {index}: telling all {len(needed)} needed facts leaves somebody in doubt"
            continue
        for fact in needed:
            if settled(sample.task, world, tuple(other for other in needed if other != fact)):
                yield f"world {index}: the answer can be known without {fact.text!r:.90}"


def the_budget_holds_what_is_needed_and_not_everything(sample: Sample) -> Iterator[str]:
    """From level 3 on the needed facts take at most 0.7 of the words there are, and all facts 1.5 of them or more.

    Change turns or words, or how much the facts say.
    """
    budget = sample.task.turns * sample.task.words
    for index, world in sample.first(60 if sample.task.level >= FROM_LEVEL else 0):
        everything = [fact for fact in world.facts if fact.holders and not views.is_canary(fact)]
        needed = sum(length(fact.text) for fact in sample.task.needed(world))
        whole = sum(length(fact.text) for fact in everything)
        if needed > 0.7 * budget:
            yield f"world {index}: the needed facts take {needed} of {budget} words, which leaves little for talk"
        if whole < 1.5 * budget:
            yield f"world {index}: everything takes {whole} words and {budget} may be said, so that reciting is enough"


def worlds_without_a_solution_come_as_often_as_stated(sample: Sample) -> Iterator[str]:
    """generate(seed, solvable) makes the world it was asked for, and its target is null where there is no solution.

    Follow the argument, or set no_solution to 0.
    """
    for index, world in sample.first(60):
        wanted = is_solvable(sample.task.no_solution, index)
        if world.solvable != wanted:
            yield f"world {index} should be {'' if wanted else 'un'}solvable and is not"
        declined = sample.task.score(world, dict.fromkeys(world.seats)).success
        if (world.target is None) == world.solvable:
            yield f"world {index} is {'' if world.solvable else 'un'}solvable, and its target is {world.target!r:.60}"
        if declined == world.solvable:
            yield f"world {index}: everyone declines, which is scored as {'a success' if declined else 'a failure'}"


def where_the_answer_stands_says_nothing(sample: Sample) -> Iterator[str]:
    """The target stands at each place of the list of answers equally often (chi-square, 0.1 %).

    Shuffle what the prompt lists with a stream of its own.
    """
    places: Counter[int] = Counter()
    size = 0
    for world in sample.worlds:
        if world.solvable and (found := sample.task.place(world)):
            places[found[0]] += 1
            size = found[1]
    if size > 1 and places.total() >= 5 * size:
        from scipy import stats

        p = float(stats.chisquare([places[place] for place in range(size)]).pvalue)
        if p < SURELY:
            yield f"over {places.total()} worlds the target's places were {[places[place] for place in range(size)]} (p = {p:.2g})"


def floors_and_bests_are_what_they_say(sample: Sample) -> Iterator[str]:
    """No answers score above best; floor and best do not depend on the answers; a graded floor is what the best-informed view would get.

    Correct score(): floor is that of the best single view adopted by all (open where semantic is False), native of the best is 1.
    """
    task = sample.task
    for index, world in sample.first(30):
        best = task.score(world, adopted(task, world, task.candidates(pooled(world), ())[0]))
        guessed = [task.score(world, commits) for commits in from_guesses(task, world)]
        declined = task.score(world, dict.fromkeys(world.seats))
        for score in (best, declined, *guessed):
            if (score.floor, score.best) != (best.floor, best.best):
                yield f"world {index}: floor and best change with the answers: {score.floor:g}, {score.best:g}"
            if score.raw > score.best:
                yield f"world {index}: an answer scores {score.raw:g}, above the best of {score.best:g}"
        if task.graded and task.semantic and abs(best.floor - max(score.raw for score in guessed)) > 1e-9 * max(1.0, abs(best.best)):
            yield f"world {index}: the floor is {best.floor:g}, and the best-informed view gets {max(score.raw for score in guessed):g}"
        if best.native is not None and abs(best.native - 1) > 1e-9:
            yield f"world {index}: the best answer has native {best.native:g}, which should be 1"


def something_is_at_stake(sample: Sample) -> Iterator[str]:
    """In most worlds the best there is lies above the floor.

    Deal fewer worlds in which one view is as good as all.
    """
    scores = [sample.task.score(world, dict.fromkeys(world.seats)) for _, world in sample.first(60)]
    idle = [index for index, score in enumerate(scores) if not score.floor < score.best]
    if len(idle) > len(scores) / 2:
        yield f"in {len(idle)} of {len(scores)} worlds the floor is the best there is, as in world {idle[0]}"


CERTIFICATES: tuple[Certificate, ...] = (
    everything_together_fixes_the_answer,
    no_single_view_knows,
    guessing_is_right_half_the_time_at_most,
    needed_facts_suffice_and_each_is_needed,
    the_budget_holds_what_is_needed_and_not_everything,
    worlds_without_a_solution_come_as_often_as_stated,
    where_the_answer_stands_says_nothing,
    floors_and_bests_are_what_they_say,
    something_is_at_stake,
)
