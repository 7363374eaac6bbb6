"""Reading plain English closely enough to know what was said: the pieces that every task's ``claims`` is built from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from typing import Protocol, TypeVar

from benchmark.phrases import AnyCase
from benchmark.task import Task
from benchmark.vocabulary import Claim, Turn, View

T = TypeVar("T", bound=Task)
Reads = Callable[[T, Sequence[Turn], View], tuple[Claim, ...]]


class Reader(Protocol):
    """Reads one talk, turn by turn; ``claims`` is what was said so far."""

    @property
    def claims(self) -> Iterable[Claim]: ...

    def read(self, number: int, turn: Turn) -> None: ...


_SENTENCE = re.compile(r"[^.!?\n;]*(?:[.](?=\d)[^.!?\n;]*)*[.!?\n;]*", re.DOTALL)
_NEGATION = AnyCase(
    r"\b(?:no|not|none|never|nobody|no one|neither|nor|nothing|without|isn't|isnt|aren't|arent|doesn't|doesnt|don't|dont"
    r"|didn't|didnt|wasn't|wasnt|weren't|haven't|havent|hasn't|hasnt|can't|cant|cannot|won't)\b"
)
_YES = re.compile(r"^\W*(?:yes|yep|yeah|yup|correct|right|exactly|indeed|sure|true|agreed|confirmed)\b", re.IGNORECASE)
_NO = re.compile(r"^\W*(?:no|nope|nah|negative|neither|none|not really)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|but|then|also|well)\W+)*(?:do|does|did|is|are|was|were|has|have|can|could|would|will|which|what|who|whom|whose|where|when|how|any|anyone|anybody)\b",
    re.IGNORECASE,
)
_REPORTING = ("said", "say", "told", "mentioned", "claimed", "reported")
_REPORT = re.compile(rf"\b(?:you|he|she|they|(?!(?:Mine|Notes)\b)[A-Z]\w+)\s+(?:says?|{'|'.join(_REPORTING)})\b")
_SUPPOSES = AnyCase(
    r"\b(?:according to|(?<!as )if|suppose|imagine|maybe|perhaps|probably|possibly|i doubt|i hope|i heard|i wonder|i guess|would like"
    r"|(?:please|can you|could you) confirm|nobody (?:has )?said|good or bad"
    r"|it(?: is|'s|’s) (?:not (?:true|the case|so)|untrue|false|wrong) that)\b"
)
_TAKES_BACK = AnyCase(
    r"\b(?:sorry|correction|actually|i meant|my mistake|scratch that|i misspoke|wait|take that back|strike that|rather)\b"
)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_ALIKE = {"\u0130": "i", "\u0131": "i", "\u1fd3": "\u0390", "\u1fe3": "\u03b0", "\ufb05": "\ufb06"}
"""Letters that a pattern takes for the same when it ignores case, and that neither folding nor lower case makes the same."""
_WORD = re.compile(r"\w+")
_WORD_START = re.compile(r"(?<!\w).", re.DOTALL)
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


@dataclass(frozen=True)
class Sentence:
    """One sentence of a turn, or a part of one. What nobody asks of it is not looked for."""

    text: str
    question: bool
    goes_on: bool = False
    """With what is hearsay, behind a semicolon: "Maybe Ana is a cook; Ben is a pilot"."""
    part_of: str = ""
    """The sentence, which is hearsay as a whole or not at all."""

    @cached_property
    def negated(self) -> bool:
        return _NEGATION.search(self.text) is not None

    @cached_property
    def hearsay(self) -> bool:
        """Whether it reports others' words, supposes or guesses: such a sentence presents nothing."""
        whole = self.part_of or self.text
        if self.goes_on or _SUPPOSES.search(whole):
            return True
        return any(map(whole.__contains__, _REPORTING)) and _REPORT.search(whole) is not None

    @cached_property
    def takes_back(self) -> bool:
        return _TAKES_BACK.search(self.part_of or self.text) is not None


def read_once(begin: Callable[[T, View], Reader]) -> Reads[T]:
    """``claims`` of a task that begins a talk with a reader, and then reads each turn once for every speaker, hearer and score.

    ``begin`` is given the public facts alone, and so no reading can depend on whose view it was asked with.
    """

    @lru_cache(maxsize=_SCENES)
    def talks(task: T, common: View) -> _Talks:
        return _Talks(lambda: begin(task, common))

    @wraps(begin)
    def claims(task: T, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        return talks(task, view.in_common()).claims(tuple(turns))

    return claims


_SCENES = 256
_PREFIXES = 256
_OPEN = 4
"""How many scenes are remembered; of each, how many talks, and how many that can be read on."""


class _Talks:
    """What talks about one scene say. Each mostly goes on where another ended, so that only its last turn is new."""

    def __init__(self, begin: Callable[[], Reader]) -> None:
        self._begin = begin
        self._read: dict[tuple[Turn, ...], tuple[Claim, ...]] = {}
        self._open: dict[tuple[Turn, ...], Reader] = {}

    def claims(self, talk: tuple[Turn, ...]) -> tuple[Claim, ...]:
        found = self._read.get(talk)
        return self._read_on(talk) if found is None else found

    def _read_on(self, talk: tuple[Turn, ...]) -> tuple[Claim, ...]:
        if len(self._read) > _PREFIXES:
            self._read.clear()
        before = max((one for one in list(self._open) if talk[: len(one)] == one), key=len, default=())
        reader = self._open.pop(before, None) or self._begin()
        said = tuple(reader.claims)
        for number in range(len(before), len(talk)):
            reader.read(number, talk[number])
            said = self._read[talk[: number + 1]] = tuple(reader.claims)
        self._open[talk] = reader
        for one in list(self._open)[:-_OPEN]:
            self._open.pop(one, None)
        return said


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[Sentence, ...]:
    """``text`` in sentences, each with what its form says of it. A line break and a semicolon end one too."""
    found: list[Sentence] = []
    for match in _SENTENCE.finditer(text):
        part = match.group().strip()
        if part:
            question = part.rstrip("\n ;").endswith("?") or (part[-1] not in ".!" and bool(_ASKS.match(part)))
            if found and found[-1].text.endswith(";"):  # what opens such a row holds for all of it
                found.append(Sentence(part, question or found[-1].question, found[-1].hearsay))
            else:
                found.append(Sentence(part, question))
    return tuple(found)


@lru_cache(maxsize=4096)
def words_in(text: str) -> frozenset[str]:
    """The words of ``text``, case aside. What they hold none of, no pattern finds there that needs one of them."""
    return frozenset(_WORD.findall(_folded(text)))


_OPENING = 3
"""By so many letters terms are looked up: few begin with the same."""
_FEW = 60
"""So many openings at most are looked for one by one, before all words of a text are."""


class Terms:
    """Names and phrases to be found in texts, case aside. Worth keeping where many texts are read for the same ones.

    ``and_those`` are found too; what they share with others is then gone through once.
    """

    __slots__ = ("_canonical", "_known", "_lengths", "_short", "_tried")

    def __init__(self, terms: Iterable[str], and_those: Terms | None = None) -> None:
        terms = tuple(terms)
        new = {_folded(term) for term in terms if term}
        canonical = {term.casefold(): term for term in terms}
        lengths = dict(and_those._lengths) if and_those else {}
        for term in new:
            if len(term) not in (of := lengths.get(term[:_OPENING], ())):
                lengths[term[:_OPENING]] = tuple(sorted((*of, len(term)), reverse=True))
        self._known: Set[str] = new | and_those._known if and_those else new
        self._canonical: Mapping[str, str] = {**and_those._canonical, **canonical} if and_those else canonical
        self._lengths: Mapping[str, tuple[int, ...]] = lengths
        short = {len(term) for term in new if len(term) < _OPENING}.union(and_those._short if and_those else ())
        self._short: tuple[int, ...] = tuple(sorted(short, reverse=True))
        self._tried = {opening: of + self._short for opening, of in lengths.items()} if short else lengths

    def mentions(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, term) of every whole-word occurrence in order; of overlapping terms the longest wins."""
        folded, known, tried, short = _folded(text), self._known, self._tried, self._short
        if len(tried) <= _FEW and not short and not any(map(folded.__contains__, tried)):
            return []  # as mostly, and sooner known than where its words begin
        found, end = [], 0
        for match in _WORD_START.finditer(text):
            start = match.start()
            for length in tried.get(folded[start : start + _OPENING], short):
                if start < end:
                    break
                after = text[start + length : start + length + 1]
                if folded[start : start + length] in known and start + length <= len(text) and not (after.isalnum() or after == "_"):
                    end = start + length
                    # A dotted capital I and the like fold to a letter that they are not: those name nothing.
                    if (term := self._canonical.get(text[start:end].casefold())) is not None:
                        found.append((start, end, term))
                    break
        return found


@lru_cache(maxsize=4096)
def _terms(terms: tuple[str, ...]) -> Terms:
    return Terms(terms)


def _folded(text: str) -> str:
    """``text``, as long as it is, with one letter for all those that a pattern takes for the same when it ignores case."""
    return text.lower() if text.isascii() else "".join(map(_folded_letter, text))


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> str:
    letter = _ALIKE.get(letter, letter)
    return next((folded for folded in (letter.casefold(), letter.lower()) if len(folded) == 1), letter)


def mentions(text: str, terms: Iterable[str]) -> list[tuple[int, int, str]]:
    """(start, end, term) of every whole-word occurrence of ``terms``: see ``Terms``."""
    return _terms(tuple(terms)).mentions(text)


def is_negated(text: str) -> bool:
    return _NEGATION.search(text) is not None


def yes_or_no(text: str) -> bool | None:
    """What the opening of a reply answers to a question; None if it is neither."""
    if _YES.match(text):
        return True
    return False if _NO.match(text) else None


def number_word(n: int) -> str:
    """``n`` in words, 0 to 99."""
    if n < 20:
        return _UNITS[n]
    return _TENS[n // 10] + (f"-{_UNITS[n % 10]}" if n % 10 else "")


_NUMBER_WORDS = {number_word(n): n for n in range(100)}
_NUMBER = AnyCase(
    rf"(?<![\w.])-?\d+(?:\.\d+)?(?!\w)|\b(?=[efnostz])(?:(?:{'|'.join(_TENS[2:])})(?:-(?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(_UNITS)})\b"
)


def numbers(text: str) -> list[tuple[int, int, float]]:
    """(start, end, value) of every number in digits or in words below a hundred."""
    found = []
    for match in _NUMBER.finditer(text):
        word = match.group().lower()
        value = _NUMBER_WORDS.get(word) if word[-1].isalpha() else float(word)
        if value is not None:  # None: letters that fold like those of a number word, and are others
            found.append((match.start(), match.end(), float(value)))
    return found


def in_list(items: Sequence[str]) -> str:
    """Items for a compact spoken list: "a, b, c"."""
    return ", ".join(items)
