"""HiddenBench (Li, Naito and Shirado 2025, arXiv 2505.11556) as published, read as written worlds: a JSON list of items for four.

Hidden sentences are dealt one member each in turn, and members have names; both come from a stream of the item's own content. Nothing
says what a sentence means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import stream
from tasks.written.answers import Question
from tasks.written.form import MOST_FACTS, MOST_OPTIONS, Field, Line, Script
from tasks.written.marked import Marked, read_marked

MEMBERS, TURNS, WORDS = 4, 12, 120
_FIELDS = ("id", "name", "description", "shared_information", "hidden_information", "possible_answers", "correct_answer")
_RELATION = "members of a group that has the following to decide together"
_QUESTION = "Which of the possible answers is right?"
_LONGEST = 20_000


def recognises(text: str) -> bool:
    """Whether ``text`` looks like HiddenBench's file, be it sound or broken."""
    return text.lstrip("\ufeff \t\r\n").startswith("[") and '"hidden_information"' in text and '"possible_answers"' in text


def read_items(text: str) -> tuple[Script, ...]:
    """One script per item. WorldsError names line, item and field, what was found and what is expected."""
    scripts: list[Script] = []
    places: dict[str, int] = {}
    for place, item in enumerate(Field(read_marked(text), "").items(1, 1000, "items")):
        fields = _fields(replace(item, path=f"item {place}, "))
        first = places.setdefault(fields["id"].text(400), place)
        if first != place:
            fields["id"].wrong("an id of its own", f'"{fields["id"].text(400)[:60]}", which item {first} has too')
        scripts.append(_script(fields, item))
    return tuple(scripts)


def _fields(item: Field) -> Mapping[str, Field]:
    """The fields that are played; others may stand there."""
    if isinstance(value := item.found.value, Mapping):
        item = replace(item, found=Marked({name: one for name, one in value.items() if name in _FIELDS}, item.found.line))
    return item.fields(_FIELDS, _FIELDS, "item")


def _script(fields: Mapping[str, Field], item: Field) -> Script:
    sentences = (fields[name].items(1, MOST_FACTS, "sentences") for name in ("shared_information", "hidden_information"))
    shared, hidden = ([one.text(_LONGEST) for one in several] for several in sentences)
    fields["name"].text(_LONGEST)
    description = fields["description"].text(_LONGEST)
    answers = fields["possible_answers"].texts(2, MOST_OPTIONS, "answers", 400)
    correct = fields["correct_answer"].one_of(answers, "possible_answers")
    draws = stream(0, "hiddenbench", fields["id"].text(400), description, *shared, *hidden, *answers, correct)
    words = " ".join([description, *shared, *hidden, *answers])
    free = [name for name in FIRST_NAMES if name not in words]
    if len(free) < MEMBERS:
        item.wrong(f"{MEMBERS} first names that they leave to the members", "texts that use up all that we have")
    facts = [Line(text, ()) for text in shared]
    facts += [Line(text, (number % MEMBERS,)) for number, text in enumerate(draws.shuffled(hidden))]
    return Script(
        people=tuple(draws.sample(free, MEMBERS)),
        about=("",) * MEMBERS,
        relation=_RELATION,
        setting=description,
        question=Question("options", _QUESTION, answers),
        facts=tuple(facts),
        answer=correct,
        turns=TURNS,
        words=WORDS,
        order=(),
        meant=False,
        line=item.found.line,
    )
