"""Whether ``schema``, ``parse``, ``draw`` and ``score`` agree on what an answer is and which one is right."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from statistics import mean

from benchmark import views
from benchmark.answers import write_answer
from benchmark.conformance.certificates import Sample
from benchmark.conformance.knowledge import adopted, from_guesses, pooled, tested
from benchmark.schemas import allows
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Illegal, Json, View, World

NO_REPLIES: tuple[Json, ...] = ({}, {"answer": None, "more": 1}, {"Answer": None}, [], None)
_NO_ANSWERS: tuple[Json, ...] = ([], {}, True, [[]], "x" * 5_000, 10**30)


def the_schema_takes_legal_answers_and_no_others(sample: Sample) -> Iterator[str]:
    """Every legal answer fits schema(), null too; what is no answer in form, or has another key, does not.

    Describe one object with the single, required key "answer", additionalProperties false, every string and list bounded.
    """
    for index, world in sample.first(12):
        for seat in world.seats:
            view = views.own_view(world, seat)
            schema = json.loads(sample.task.schema(view))
            for answer in _legal(sample.task, view, index):
                if not any(allows(schema, {"answer": written}) for written in _written(answer)):
                    yield f"world {index}, {seat}: the legal answer {answer!r:.60} does not fit the schema"
            for foreign in NO_REPLIES:
                if allows(schema, foreign):
                    yield f"world {index}, {seat}: {json.dumps(foreign)} fits the schema and is no answer"
            for value in _NO_ANSWERS:
                if allows(schema, {"answer": value}) and not _parses(sample.task, write_answer(value), view):
                    yield f"world {index}, {seat}: {write_answer(value):.60} fits the schema and is illegal"


def the_form_shows_what_an_answer_looks_like(sample: Sample) -> Iterator[str]:
    """form() holds an example of a whole reply, with an answer of the kind that parse() takes.

    End it with "as in" and one JSON object, such as {"answer": "Alex"}.
    """
    for index, world in sample.first(0 if sample.task.track else 6):
        view = views.own_view(world, world.seats[0])
        form = sample.task.form(view)
        shown = [found["answer"] for found in _replies(form) if "answer" in found]
        kinds = {type(written) for answer in _drawn(sample.task, view, index) for written in _written(answer)}
        if not any(type(answer) in kinds or _parses(sample.task, write_answer(answer), view) for answer in shown):
            yield f"world {index}: {'no example is legal' if shown else 'there is no example'} in {form!r:.120}"


def parse_does_not_guess(sample: Sample) -> Iterator[str]:
    """An answer that stands in prose alone, one of two, or one inside another value is Illegal.

    Take the value that benchmark.answers.read_answer gives, compare it whole, and raise Illegal for everything else.
    """
    for index, world in sample.first(6):
        view = views.own_view(world, world.seats[0])
        one, other = (*dict.fromkeys(_drawn(sample.task, view, index)), None, None)[:2]
        bare = one if isinstance(one, str) else json.dumps(one)
        texts = [
            bare,
            f"My answer is {bare}.",
            f"{write_answer(one)} or {write_answer(other)}",
            f"{write_answer(one)} {write_answer(one)}",
            json.dumps({"answer": {"answer": one}}),
            json.dumps({"choice": one}),
        ]
        any_text = allows(json.loads(sample.task.schema(view)), {"answer": f"{one} or {other}"})
        if isinstance(one, str) and isinstance(other, str) and not any_text:
            texts += [
                json.dumps({"answer": f"{one} or {other}"}),
                json.dumps({"answer": f"not {one}"}),
                json.dumps({"answer": [one, other]}),
            ]
        for text in texts:
            if _parses(sample.task, text, view):
                yield f"world {index}: {text!r:.90} is taken for an answer"


def drawn_answers_are_answers(sample: Sample) -> Iterator[str]:
    """draw() gives legal answers, never None, and not always the same one.

    Choose with the stream that draw() is given, among what parse() accepts.
    """
    seen = set()
    for index, world in sample.first(12):
        for view in (pooled(world), *(views.own_view(world, seat) for seat in world.seats)):
            for answer in _drawn(sample.task, view, index):
                seen.add((index, answer))
                if answer is None or not _parses(sample.task, write_answer(answer), view):
                    yield f"world {index}: draw() gives {answer!r:.60}, which is no legal answer"
    if sample.worlds and len(seen) <= len(sample.worlds[:12]):
        yield "draw() gives one and the same answer whatever its stream"


def only_the_right_answer_from_everyone_succeeds(sample: Sample) -> Iterator[str]:
    """Where one answer is right, another from anybody, or none, is no success, nor is an audience that knows; scores are finite.

    Let score() compare every seat's commit with the target.
    """
    task = sample.task
    for index, world in sample.first(30):
        right = task.candidates(pooled(world), ())[0]
        best = task.score(world, dict.fromkeys(world.seats, right))
        others = [answer for answer in (*_drawn(task, pooled(world), index), None) if answer != right]
        together = tested(task, world)
        for other in others:
            for astray in together if len(together) > 1 else ():
                yield from _wrong(task, world, index, {**adopted(task, world, right), astray: other}, best.best)
            if other is None or not task.several_right:
                yield from _wrong(task, world, index, adopted(task, world, other), best.best)
        if task.audience:
            yield from _wrong(task, world, index, dict.fromkeys(world.seats, right), best.best)


def _wrong(task: Task, world: World, index: int, answers: Mapping[str, Answer], best: float) -> Iterator[str]:
    score = task.score(world, answers)
    given = ", ".join(f"{seat} {answer!r:.40}" for seat, answer in answers.items())
    wrong = not task.graded or None in answers.values()  # where values are graded, another plan may do as well, but never none
    if not all(map(math.isfinite, (score.raw, score.floor, score.best))) or score.raw > score.best or score.best != best:
        yield f"world {index}: {given} scores {score.raw:g} between {score.floor:g} and {score.best:g}"
    if score.success and wrong:
        yield f"world {index}: {given} is scored as a success"
    elif wrong and score.raw >= score.best:
        yield f"world {index}: {given} is no success and scores {score.raw:g}, as much as the best"


def floors_are_what_one_view_would_get(sample: Sample) -> Iterator[str]:
    """The mean floor is what the best guess of the best-informed view gets, give or take 0.2.

    Set floor to the score of that guess, or to what is to be expected of it; the same whatever is committed.
    """
    task = sample.task
    scores: dict[int, list[float]] = {}
    floors = []
    for _, world in sample.first(0 if task.graded else 100):
        floors.append(task.score(world, dict.fromkeys(world.seats)).floor)
        for seat, commits in enumerate(from_guesses(task, world)):
            scores.setdefault(seat, []).append(task.score(world, commits).raw)
    if floors and abs(mean(floors) - (alone := max(map(mean, scores.values())))) > 0.2:
        yield f"floors are {mean(floors):.2g} on average, and the best guess from one view gets {alone:.2g}"


def _drawn(task: Task, view: View, index: int) -> list[Answer]:
    draws = stream(index, "legality")
    return [task.draw(view, draws) for _ in range(6)]


def _replies(text: str) -> Iterator[dict[str, Json]]:
    """Every JSON object that stands in ``text``."""
    for brace in re.finditer(r"\{", text):
        with suppress(ValueError):
            yield json.JSONDecoder().raw_decode(text, brace.start())[0]


def _written(answer: Answer) -> list[Json]:
    """``answer`` as JSON; pairs may stand for an object, which could not be hashed."""
    plain = json.loads(json.dumps(answer))
    return [plain, _objects(plain)]


def _objects(value: Json) -> Json:
    """``value`` with every list of pairs, at any depth, as the object that it may stand for."""
    if not isinstance(value, list):
        return value
    pairs = value and all(isinstance(one, list) and len(one) == 2 and isinstance(one[0], str) for one in value)
    return {one[0]: _objects(one[1]) for one in value} if pairs else [_objects(one) for one in value]


def _legal(task: Task, view: View, index: int) -> tuple[Answer, ...]:
    return (None, *_drawn(task, view, index), *task.candidates(view, ())[:3])


def _parses(task: Task, text: str, view: View) -> bool:
    try:
        task.parse(text, view)
    except Illegal:
        return False
    return True


LEGALITY = (
    the_schema_takes_legal_answers_and_no_others,
    the_form_shows_what_an_answer_looks_like,
    parse_does_not_guess,
    drawn_answers_are_answers,
    only_the_right_answer_from_everyone_succeeds,
    floors_are_what_one_view_would_get,
)
