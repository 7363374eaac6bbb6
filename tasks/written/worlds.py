"""Worlds from scripts. Places say nothing: seats, options, items and facts are put in orders drawn from the world's own content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace

from benchmark.streams import Stream, stream
from benchmark.vocabulary import Fact, Json, World
from tasks.written.answers import Question
from tasks.written.form import Field, Script, read_script
from tasks.written.marked import read_marked
from tasks.written.talk import FACT, meaning, meant, phrase

SEATS = "ABCDEFGH"
Told = tuple[tuple[str, ...], tuple[str, ...]]
"""What a fact says of the options: those it rules out, those it supports."""


def read_scripts(text: str) -> tuple[Script, ...]:
    """The worlds of a file, which must be alike in what a report counts together. WorldsError says where they are not."""
    top = read_marked(text)
    fields = Field(top, "").items(1, 1000, "worlds") if isinstance(top.value, tuple) else (Field(top, ""),)
    if len(fields) > 1:
        fields = tuple(replace(field, path=f"world {place}, ") for place, field in enumerate(fields))
    scripts: list[Script] = []
    places: dict[str, int] = {}
    for field in fields:
        script = read_script(field)
        scripts.append(script)
        _check_alike(script, scripts[0], field)
        if (first := places.setdefault(_content(script), len(scripts) - 1)) < len(scripts) - 1:
            field.wrong("worlds that differ", f"world {first} again")
        if script.answer is None and script.meant:
            Field(field.found, field.below("answer")).wrong(
                "an answer where facts say what they rule out: none of them can rule out declining"
            )
    return tuple(scripts)


def _check_alike(script: Script, first: Script, field: Field) -> None:
    for name, found, expected in (
        ("people", len(script.people), len(first.people)),
        ("turns", script.turns, first.turns),
        ("words", script.words, first.words),
        ("rules_out", "it stated" if script.meant else "it nowhere", "it stated" if first.meant else "it nowhere"),
    ):
        if found != expected:
            where = Field(field.found, field.below(name))
            where.wrong(
                f"{expected}, as in world 0: what a report counts together must be alike (put other worlds into another file)", str(found)
            )


def _content(script: Script) -> str:
    return json.dumps({name: value for name, value in asdict(script).items() if name != "line"}, sort_keys=True)


def make_world(script: Script) -> World:
    seed = int.from_bytes(hashlib.sha256(_content(script).encode()).digest()[:6], "big")

    def draws(name: str) -> Stream:
        return stream(seed, "written", name)

    question = replace(script.question, items=tuple(draws("items").shuffled(script.question.items)))
    order = script.order or tuple(draws("seats").shuffled(range(len(script.people))))
    names = tuple(script.people[place] for place in order)
    salt = f"{draws('salt').bits(64):016x}"
    public = {
        "about": tuple(script.about[place] for place in order),
        "relation": script.relation,
        "setting": script.setting,
        "question": (question.kind, question.text, question.items, question.unit, question.tolerance),
    }
    facts = [Fact((name,), value, "") for name, value in public.items()]
    phrases = []
    for line in draws("facts").shuffled(script.facts):
        name = hashlib.sha256(f"{salt} {line.text}".encode()).hexdigest()[:12]
        options = question.items if question.kind == "options" else ()
        bits = meaning(line.rules_out, line.supports, options)
        holders = tuple(seat for seat, place in zip(SEATS, order, strict=False) if place in line.holders)
        facts.append(Fact((FACT, name), meant(bits, options), line.text, holders, line.strings))
        if script.meant and line.holders and (line.rules_out or line.supports):
            phrases += [tuple(phrase(name, said, salt, bits, 2 * len(options))) for said in (line.text, *line.said_as)]
    facts.append(Fact(("phrases",), (salt, tuple(draws("phrases").shuffled(phrases))), ""))
    target = script.answer
    if question.kind == "selection" and target is not None:
        target = tuple(item for item in question.items if item in target)
    return World(tuple(SEATS[: len(names)]), names, tuple(facts), target, seed, target is not None)


def question_of(public: Json) -> Question:
    """The question of a public fact's value."""
    return Question(*public)
