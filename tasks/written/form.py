"""The form in which a world is written by hand: every field checked, every error with its line (docs/worlds.md describes it)."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from benchmark.naming import nearest
from benchmark.vocabulary import Json, WorldsError
from tasks.written.answers import FORMS, Question, plain
from tasks.written.marked import Marked
from tasks.written.talk import LEAST, content_words

MOST_PEOPLE, MOST_FACTS, MOST_OPTIONS = 8, 200, 20
_LARGEST = 1e12
_NAME = re.compile(r"[^\W\d_][\w .'’-]*")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_REQUIRED = ("people", "relation", "setting", "question", "notes", "answer")
_WORLD = (*_REQUIRED, *FORMS, "shared", "turns", "words", "order")
_MEANING = ("rules_out", "supports")


@dataclass(frozen=True, slots=True)
class Line:
    """A fact as written: who holds it (indices of people; none means everyone), and what it says of the options, if that is stated."""

    text: str
    holders: tuple[int, ...]
    strings: tuple[str, ...] = ()
    rules_out: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    said_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """One world as written, checked. ``order`` is a permutation of people, or empty. ``meant``: some fact states what it means."""

    people: tuple[str, ...]
    about: tuple[str, ...]
    relation: str
    setting: str
    question: Question
    facts: tuple[Line, ...]
    answer: Json
    turns: int
    words: int
    order: tuple[int, ...]
    meant: bool
    line: int


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the file, and how to complain of it."""

    found: Marked
    path: str

    def wrong(self, expected: str, found: str | None = None) -> NoReturn:
        where = f", {self.path.removesuffix(', ')}" if self.path else ""
        raise WorldsError(f"line {self.found.line}{where}: found {found or self.shown()}; expected {expected}")

    def shown(self) -> str:
        value = self.found.value
        if value is None:
            return "nothing"
        if isinstance(value, str):
            return f'"{value[:60]}…"' if len(value) > 60 else f'"{value}"'
        return f"a list of {len(value)}" if isinstance(value, tuple) else f"the fields {', '.join(value)[:60] or '(none)'}"

    def fields(self, known: Sequence[str], required: Collection[str], what: str) -> Mapping[str, Field]:
        if not isinstance(self.found.value, Mapping):
            self.wrong(f"{what} with the fields {', '.join(known)}")
        found = {name: Field(marked, self.below(name)) for name, marked in self.found.value.items()}
        for name, field in found.items():
            if name not in known:
                field.wrong(f"a field of {what}; {nearest(name[:60], known)}", f'the field "{name[:60]}"')
        for name in required:
            if name not in found:
                Field(self.found, self.below(name)).wrong(f"every {what} to have it", "nothing")
        return found

    def below(self, name: str) -> str:
        """The path of a field of this one. That of a world ends with a comma."""
        return f"{self.path}.{name}" if self.path and not self.path.endswith(", ") else f"{self.path}{name}"

    def items(self, least: int, most: int, what: str) -> tuple[Field, ...]:
        value = self.found.value
        if not isinstance(value, tuple) or not least <= len(value) <= most:
            self.wrong(f"a list of {least} to {most} {what}")
        return tuple(Field(marked, f"{self.path}[{place}]") for place, marked in enumerate(value))

    def text(self, longest: int) -> str:
        """The text on one line. Line breaks and tabs are spacing; other control characters have no place in a prompt."""
        value = self.found.value
        if not isinstance(value, str) or not value.strip():
            self.wrong("a text that is not empty")
        if len(value) > longest:
            self.wrong(f"at most {longest}", f"{len(value)} characters")
        for char in value:
            if unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\r\n":
                self.wrong("plain text", f"the control character U+{ord(char):04X}")
        return " ".join(value.split())

    def texts(self, least: int, most: int, what: str, longest: int = 200) -> tuple[str, ...]:
        """Texts that differ by more than case and spacing."""
        said: dict[str, str] = {}
        for field in self.items(least, most, what):
            text = field.text(longest)
            if (same := text.casefold()) in said:
                field.wrong(f'{what} that differ by more than case; there is "{said[same]}" already')
            said[same] = text
        return tuple(said.values())

    def number(self, least: float = -_LARGEST, most: float = _LARGEST) -> float | int:
        value = self.found.value
        if not isinstance(value, str) or self.found.quoted or len(value) > 40 or not _NUMBER.fullmatch(value):
            self.wrong("a number in digits")
        number = float(value)
        if not (math.isfinite(number) and least <= number <= most):
            self.wrong(f"a number from {least:g} to {most:g}")
        return int(number) if number.is_integer() else number

    def whole(self, least: int, most: int) -> int:
        number = self.number(least, most)
        if not isinstance(number, int):
            self.wrong(f"a whole number from {least} to {most}")
        return number

    def one_of(self, known: Sequence[str], what: str) -> str:
        """The one of ``known`` that is meant, case and spacing aside."""
        text = self.text(400).casefold()
        found = next((one for one in known if one.casefold() == text), None)
        return found or self.wrong(f"one of the {what}: {', '.join(known)[:200]}")

    def some_of(self, known: Sequence[str], what: str) -> tuple[str, ...]:
        """Those of ``known`` that a list names, or a single text; each once, in the order of ``known``."""
        many = isinstance(self.found.value, tuple)
        named = [one.one_of(known, what) for one in (self.items(1, len(known), what) if many else (self,))]
        if len(set(named)) < len(named):
            self.wrong("each one once")
        return tuple(one for one in known if one in named)


def read_script(top: Field) -> Script:
    """The world that ``top`` holds. WorldsError names line and field, what was found and what is expected."""
    fields = top.fields(_WORLD, _REQUIRED, "world")
    people, about = _people(fields["people"])
    question = _question(top, fields)
    options = question.items if question.kind == "options" else ()
    facts = [_fact(field, (), options) for field in (fields["shared"].items(0, MOST_FACTS, "facts") if "shared" in fields else ())]
    private = fields["notes"].items(1, MOST_FACTS, "facts")
    facts += [_fact(field, people, options) for field in private]
    order = _order(fields["order"], people) if "order" in fields else ()
    script = Script(
        people,
        about,
        fields["relation"].text(400).rstrip("."),
        fields["setting"].text(4000),
        question,
        tuple(facts),
        None if fields["answer"].found.value is None else _answer(fields["answer"], question, fields[question.kind]),
        fields["turns"].whole(len(people), 64) if "turns" in fields else 3 * len(people),
        fields["words"].whole(8, 400) if "words" in fields else 60,
        order,
        any(fact.rules_out for fact in facts),
        top.found.line,
    )
    _check_apart(script, private)
    return script


def _people(field: Field) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names: list[str] = []
    about: list[str] = []
    for one in field.items(2, MOST_PEOPLE, "people"):
        parts = one.fields(("name", "about"), ("name",), "person") if isinstance(one.found.value, Mapping) else {"name": one}
        name = parts["name"].text(40)
        if not _NAME.fullmatch(name):
            parts["name"].wrong("a name that begins with a letter and holds letters, spaces, hyphens and apostrophes")
        words = f" {name.casefold()} "
        for other in names:
            if words in (said := f" {other.casefold()} ") or said in words:
                parts["name"].wrong(f'a name that cannot be taken for "{other}"')
        names.append(name)
        about.append(parts["about"].text(400).rstrip(".") if "about" in parts else "")
    return tuple(names), tuple(about)


def _question(top: Field, fields: Mapping[str, Field]) -> Question:
    given = [name for name in FORMS if name in fields]
    if len(given) != 1:
        top.wrong(f"exactly one of {', '.join(FORMS)}, which says what an answer looks like", " and ".join(given) or "none of them")
    kind, field, text = given[0], fields[given[0]], fields["question"].text(1000)
    if kind in ("options", "ranking", "selection"):
        return Question(kind, text, field.texts(2, MOST_OPTIONS if kind == "options" else 12, "answers" if kind == "options" else "items"))
    known = ("accepted",) if kind == "text" else ("unit", "tolerance")
    parts = {} if field.found.value is None else field.fields(known, (), kind)
    if kind == "text":
        return Question(kind, text)
    unit = parts["unit"].text(40) if "unit" in parts else ""
    return Question(kind, text, (), unit, float(parts["tolerance"].number(0)) if "tolerance" in parts else 0.0)


def _answer(field: Field, question: Question, form: Field) -> Json:
    """The right answer: of a text, all its spellings."""
    if question.kind == "options":
        return field.one_of(question.items, "options")
    if question.kind == "number":
        return field.number()
    if question.kind == "text":
        return _spellings(field, form)
    named = tuple(one.one_of(question.items, "items") for one in field.items(1, len(question.items), "items"))
    if len(set(named)) < len(named) or (question.kind == "ranking" and len(named) < len(question.items)):
        field.wrong("every item once" if question.kind == "ranking" else "no item twice")
    return named if question.kind == "ranking" else tuple(one for one in question.items if one in named)


def _spellings(field: Field, form: Field) -> tuple[str, ...]:
    accepted = form.fields(("accepted",), (), "text")["accepted"] if form.found.value else None
    written = [(field, field.text(200))] + [(accepted, text) for text in (accepted.texts(1, 40, "spellings") if accepted else ())]
    for at, text in written:
        if not plain(text):
            (at or field).wrong("a text with letters or digits in it", f'"{text}"')
    return tuple(dict.fromkeys(plain(text) for _, text in written))


def _fact(field: Field, people: tuple[str, ...], options: tuple[str, ...]) -> Line:
    """A private fact; a shared one, which may be a text alone, where there are no ``people`` to hold it."""
    if not people and not isinstance(field.found.value, Mapping):
        return Line(field.text(1000), ())
    if not people:
        parts = field.fields(("text", *_MEANING), ("text",), "shared fact")
        return Line(parts["text"].text(1000), (), (), *_meaning(parts, options))
    parts = field.fields(("text", "holders", "strings", *_MEANING, "said_as"), ("text", "holders"), "note")
    text, (rules_out, supports) = parts["text"].text(1000), _meaning(parts, options)
    named = parts["holders"].some_of(people, "people")
    holders = tuple(place for place, name in enumerate(people) if name in named)
    strings = parts["strings"].texts(1, 20, "words") if "strings" in parts else ()
    for string in strings:
        if string.casefold() not in text.casefold():
            parts["strings"].wrong("words of the fact's own text", f'"{string}"')
    said_as = parts["said_as"].texts(1, 20, "phrasings", 1000) if "said_as" in parts else ()
    if said_as and not (rules_out or supports):
        parts["said_as"].wrong("it only where rules_out or supports says what the fact means")
    if rules_out or supports:
        for phrase, at in ((text, "text"), *((phrase, "said_as") for phrase in said_as)):
            if len(content_words(phrase)) < LEAST:
                parts[at].wrong(f"at least {LEAST} words that carry meaning, or nobody could tell that it was said", f'"{phrase[:60]}"')
    return Line(text, holders, strings, rules_out, supports, said_as)


def _meaning(parts: Mapping[str, Field], options: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What a fact rules out, and what it supports."""
    for name in _MEANING:
        if name in parts and not options:
            parts[name].wrong("it only where the world has options")
    return tuple(parts[name].some_of(options, "options") if name in parts else () for name in _MEANING)


def _order(field: Field, people: tuple[str, ...]) -> tuple[int, ...]:
    named = [one.one_of(people, "people") for one in field.items(len(people), len(people), "people")]
    if len(set(named)) < len(named):
        field.wrong("everyone once")
    return tuple(people.index(name) for name in named)


def _check_apart(script: Script, private: Sequence[Field]) -> None:
    """No text that others read may hold a private fact, word for word."""
    public = [script.setting, script.relation, script.question.text, *script.about, *(one.text for one in script.facts if not one.holders)]
    read = [(f" {plain(text)} ", text, frozenset[int]()) for text in public]
    own = script.facts[len(script.facts) - len(private) :]
    read += [(f" {plain(fact.text)} ", fact.text, frozenset(fact.holders)) for fact in own]
    for place, (said, text, holders) in enumerate(read[len(public) :], len(public)):
        for other, (shown, within, readers) in enumerate(read):
            if other == place or not said.strip() or said not in shown or (readers and readers <= holders):
                continue
            who = ", ".join(script.people[reader] for reader in sorted(readers)) or "everyone"
            expected = f"a private fact that stands nowhere else, or {who} among its holders"
            private[place - len(public)].wrong(expected, f'"{text[:60]}", which {who} can read in "{within[:60]}"')
