"""Whether ``schema``, ``parse``, ``draw`` and ``score`` agree on what an answer is and which one is right."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from statistics import mean

from benchmark import views
from benchmark.answers import write_answer
from benchmark.conformance.certificates import Sample
from benchmark.conformance.knowledge import adopted, from_guesses, pooled, tested
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Illegal, Json, View, World

_TYPES: Mapping[str, Callable[[Json], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: type(value) is int or (type(value) is float and value.is_integer()),
    "number": lambda value: type(value) in (int, float),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}

_BOUNDS: Mapping[str, Callable[[Json, Json], bool]] = {
    "enum": lambda value, options: any(value == option and type(value) is type(option) for option in options),
    "const": lambda value, one: value == one and type(value) is type(one),
    "minLength": lambda value, n: not isinstance(value, str) or len(value) >= n,
    "maxLength": lambda value, n: not isinstance(value, str) or len(value) <= n,
    "pattern": lambda value, pattern: not isinstance(value, str) or re.search(pattern, value) is not None,
    "minimum": lambda value, n: type(value) not in (int, float) or value >= n,
    "maximum": lambda value, n: type(value) not in (int, float) or value <= n,
    "minItems": lambda value, n: not isinstance(value, list) or len(value) >= n,
    "maxItems": lambda value, n: not isinstance(value, list) or len(value) <= n,
    "uniqueItems": lambda value, on: not on or not isinstance(value, list) or len({json.dumps(one) for one in value}) == len(value),
    "required": lambda value, names: not isinstance(value, dict) or set(names) <= set(value),
}

NO_REPLIES: tuple[Json, ...] = ({}, {"answer": None, "more": 1}, {"Answer": None}, [], None)
_NO_ANSWERS: tuple[Json, ...] = ([], {}, True, [[]], "x" * 5_000, 10**30)


def fits(value: Json, schema: Json) -> bool:
    """Whether ``value`` is valid under ``schema``; of JSON Schema this knows what answers take, and passes over every other word."""
    if isinstance(schema, bool):
        return schema
    kinds = schema.get("type", [])
    if kinds and not any(_TYPES[kind](value) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return False
    if not all(holds(value, schema[word]) for word, holds in _BOUNDS.items() if word in schema):
        return False
    if any(not any(fits(value, one) for one in schema[word]) for word in ("anyOf", "oneOf") if word in schema):
        return False
    if not all(fits(value, one) for one in schema.get("allOf", ())):
        return False
    if isinstance(value, list):
        first = schema.get("prefixItems", [])
        rest = schema.get("items", True)
        return all(fits(one, first[at] if at < len(first) else rest) for at, one in enumerate(value))
    if isinstance(value, dict):
        named, other = schema.get("properties", {}), schema.get("additionalProperties", True)
        return all(fits(one, named.get(name, other)) for name, one in value.items())
    return True


def the_schema_takes_legal_answers_and_no_others(sample: Sample) -> Iterator[str]:
    """Every legal answer fits schema(), null too; what is no answer in form, or has another key, does not.

    Describe one object with the single, required key "answer", additionalProperties false, every string and list bounded.
    """
    for index, world in sample.first(12):
        for seat in world.seats:
            view = views.own_view(world, seat)
            schema = json.loads(sample.task.schema(view))
            for answer in _legal(sample.task, view, index):
                if not any(fits({"answer": written}, schema) for written in _written(answer)):
                    yield f"world {index}, {seat}: the legal answer {answer!r:.60} does not fit the schema"
            for foreign in NO_REPLIES:
                if fits(foreign, schema):
                    yield f"world {index}, {seat}: {json.dumps(foreign)} fits the schema and is no answer"
            for value in _NO_ANSWERS:
                if fits({"answer": value}, schema) and not _parses(sample.task, write_answer(value), view):
                    yield f"world {index}, {seat}: {write_answer(value):.60} fits the schema and is illegal"


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
        any_text = fits({"answer": f"{one} or {other}"}, json.loads(sample.task.schema(view)))
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
    if not all(map(math.isfinite, (score.raw, score.floor, score.best))) or score.raw > score.best or score.best != best:
        yield f"world {index}: {given} scores {score.raw:g} between {score.floor:g} and {score.best:g}"
    if score.success and not task.graded:
        yield f"world {index}: {given} is scored as a success"
    elif not task.graded and score.raw >= score.best:
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
    parse_does_not_guess,
    drawn_answers_are_answers,
    only_the_right_answer_from_everyone_succeeds,
    floors_are_what_one_view_would_get,
)
