"""What is said in a written world: which of the facts that state their meaning, and which option is proposed.

A fact counts as told where the words that carry meaning in its text, or in another of its phrasings, stand in one sentence (in as many
as the phrasing has), in that order, with at most half as many others between them, as often negated (in their clauses), and neither asked,
reported nor doubted.
What a fact means is sealed with those words: the phrasings that everyone's view holds give it to nobody who has not heard them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from benchmark.quoting import READY
from benchmark.reading import Sentence, mentions, number_word, sentences
from benchmark.streams import stream
from benchmark.vocabulary import Claim, Turn

ANSWER = ("answer",)
FACT = "fact"
LEAST = 2
"""Content words of a phrasing."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[,:;()=–—]|(?<=\s)-(?=\s)")
_NEGATIONS = frozenset(
    """no not never none nobody nothing neither nor without cannot hardly barely isnt arent wasnt werent dont doesnt didnt hasnt
    havent hadnt cant couldnt wont wouldnt""".split()
)
_DOUBTS = frozenset("true false untrue wrong doubt nonsense joke joking kidding lie lying".split())
_BREAKS = frozenset("and or but so because although while whereas".split())
_LIGHT = frozenset(
    """a an the and or but so that this these those there here it its is are was were be been being am do does did have has had will
    would can could shall should may might must i me my we us our you your he him his she her hers they them their of to in on at
    by for from with into as than then also just very really quite too yes ok okay well i'm i've it's that's there's he's she's
    we're they're you're""".split()
)
_DIGITS = {number_word(n): str(n) for n in (*range(21), *range(30, 100, 10))}
_BEFORE = re.compile(
    r"\b(?:propose|suggest|vote for|let's (?:say|take|pick|choose|answer|open)|go(?:ing)? with|settle on|answer (?:is|must be|should be)"
    r"|(?:it|that) (?:is|has to be|can only be)|(?:it|that)'s|must be|agreed? on|pick|choose|i'd say|i say|i take|leaves(?: us)?(?: with)?)"
    r"(?:\W+\w+){0,3}\W*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^\W*(?:it is|is it|is the answer|is right|is (?:all )?that(?:'s| is) left|is the only one left|must be it|wins)\b", re.IGNORECASE
)
"""What stands right before or after an option that is proposed."""


class Heard(NamedTuple):
    """A sentence as it counts. ``words`` are its content words, ``at`` their places among all its words and signs; ``negations`` and
    ``breaks`` (between clauses) are places too."""

    words: tuple[str, ...]
    at: tuple[int, ...]
    negations: tuple[int, ...]
    breaks: tuple[int, ...]
    size: int
    question: bool
    hearsay: bool
    doubted: bool

    def negated(self, first: int, last: int) -> int:
        """How often the clauses from content word ``first`` to ``last`` negate."""
        start, end = bisect(self.breaks, self.at[first]), bisect(self.breaks, self.at[last])
        low = self.breaks[start - 1] if start else -1
        high = self.breaks[end] if end < len(self.breaks) else self.size
        return bisect(self.negations, high) - bisect(self.negations, low)


class Phrase(NamedTuple):
    """One phrasing of a fact as everyone's view holds it: hashes of its words, its form, and what it means, sealed with the words."""

    name: str
    words: tuple[str, ...]
    size: int
    negations: int
    question: bool
    hearsay: bool
    doubted: bool
    sealed: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    salt: str
    options: tuple[str, ...]
    phrases: tuple[Phrase, ...]


def _words(text: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    for match in _WORD.finditer(folded):
        yield match.group()


def _is_negation(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't")


def _stem(word: str) -> str:
    word = _DIGITS.get(word, word).removesuffix("'s").removesuffix("'")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _is_content(word: str) -> bool:
    return word[0].isalnum() and word not in _LIGHT and not _is_negation(word)


def content_words(text: str) -> tuple[str, ...]:
    """The words of ``text`` that carry meaning, in order, without a plural or possessive s."""
    return tuple(_stem(word) for word in _words(text) if _is_content(word))


@lru_cache(maxsize=4096)
def heard(text: str) -> tuple[Heard, ...]:
    """The sentences of ``text`` that hold any content."""
    return tuple(one for one in map(_heard, sentences(text.replace("’", "'"))) if one.words or one.negations)


def _heard(sentence: Sentence) -> Heard:
    every = tuple(_words(sentence.text))
    at = tuple(place for place, word in enumerate(every) if _is_content(word))
    negations = tuple(place for place, word in enumerate(every) if _is_negation(word))
    breaks = tuple(place for place, word in enumerate(every) if word in _BREAKS or not word[0].isalnum())
    words, doubted = tuple(_stem(every[place]) for place in at), not _DOUBTS.isdisjoint(every)
    return Heard(words, at, negations, breaks, len(every), sentence.question, sentence.hearsay, doubted)


def _whole(parts: Sequence[Heard]) -> Heard:
    """Sentences as one, with a break between them."""
    if len(parts) == 1:
        return parts[0]
    starts = [0, *accumulate(part.size + 1 for part in parts)]

    def moved(places: Callable[[Heard], tuple[int, ...]]) -> tuple[int, ...]:
        return tuple(start + place for start, part in zip(starts, parts, strict=False) for place in places(part))

    return Heard(
        tuple(word for part in parts for word in part.words),
        moved(lambda part: part.at),
        moved(lambda part: part.negations),
        moved(lambda part: (*part.breaks, part.size)),
        starts[-1],
        any(part.question for part in parts),
        any(part.hearsay for part in parts),
        any(part.doubted for part in parts),
    )


def phrase(name: str, text: str, salt: str, meaning: int, size: int) -> Phrase:
    """``text`` as a way to say the fact ``name``, which means ``meaning``: an integer of ``size`` bits."""
    parts = heard(text)
    said = _whole(parts)
    hashed = tuple(_hashed(word, salt) for word in said.words)
    negations, sealed = said.negated(0, len(hashed) - 1), meaning ^ _pad(salt, name, said.words, size)
    return Phrase(name, hashed, len(parts), negations, said.question, said.hearsay, said.doubted, sealed)


@lru_cache(maxsize=65536)
def _hashed(word: str, salt: str) -> str:
    return hashlib.sha256(f"{salt} {word}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _pad(salt: str, name: str, words: Sequence[str], size: int) -> int:
    return stream(0, "written", salt, name, *words).bits(size)


def claims(turns: Sequence[Turn], lexicon: Lexicon) -> tuple[Claim, ...]:
    found: list[Claim] = []
    for number, turn in enumerate(turns):
        found += [Claim(one.kind, one.slot, one.value, turn.seat, number) for one in _read(turn.text, lexicon)]
    return tuple(found)


@lru_cache(maxsize=1024)
def _read(text: str, lexicon: Lexicon) -> tuple[Claim, ...]:
    """What one turn says, in order, each thing once."""
    text = text.rstrip()
    text = text[: -len(READY)] if text.lower().endswith(READY) else text
    told = dict.fromkeys(_told(heard(text), lexicon)) if lexicon.phrases else {}
    return (*told, *_proposed(text, lexicon.options))


def _told(said: Sequence[Heard], lexicon: Lexicon) -> Iterator[Claim]:
    starts: dict[str, list[Phrase]] = {}
    for one in lexicon.phrases:
        starts.setdefault(one.words[0], []).append(one)
    for place, sentence in enumerate(said):
        windows: dict[int, Heard] = {}
        for at, word in enumerate(sentence.words):
            for one in starts.get(_hashed(word, lexicon.salt), ()):
                if one.size not in windows:
                    windows[one.size] = _whole(said[place : place + one.size])
                window = windows[one.size]
                if _weakened(window, one) or not (places := _spoken(window.words, at, one, lexicon.salt)):
                    continue
                words = [window.words[place] for place in places]
                more = window.negated(at, places[-1]) - one.negations
                kind = "exclude" if more else "affirm"
                alone = len(window.words) <= len(one.words) + len(one.words) // 2
                if kind == "affirm" or (alone and more % 2):
                    meaning = one.sealed ^ _pad(lexicon.salt, one.name, words, 2 * len(lexicon.options))
                    yield Claim(kind, (FACT, one.name), meant(meaning, lexicon.options))


def _weakened(window: Heard, one: Phrase) -> bool:
    """Whether what is said is asked, reported or doubted, and the phrasing itself is not."""
    asked, reported = window.question and not one.question, window.hearsay and not one.hearsay
    return asked or reported or (window.doubted and not one.doubted)


def _spoken(words: Sequence[str], at: int, one: Phrase, salt: str) -> list[int]:
    """Where the words of ``one`` stand among ``words`` from ``at`` on, in order and close together; empty if they do not."""
    found: list[int] = []
    for place in range(at, min(len(words), at + len(one.words) + len(one.words) // 2)):
        if _hashed(words[place], salt) == one.words[len(found)]:
            found.append(place)
            if len(found) == len(one.words):
                return found
    return []


def meaning(rules_out: Sequence[str], supports: Sequence[str], options: Sequence[str]) -> int:
    """What a fact says of ``options``, as two bits for each."""
    bits = [option in rules_out for option in options] + [option in supports for option in options]
    return sum(bit << place for place, bit in enumerate(bits))


def meant(bits: int, options: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The inverse of ``meaning``: (options ruled out, options supported)."""
    size = len(options)
    ruled_out, supported = (tuple(option for place, option in enumerate(options) if bits >> (place + offset) & 1) for offset in (0, size))
    return ruled_out, supported


def _proposed(text: str, options: tuple[str, ...]) -> Iterator[Claim]:
    """ "I propose …" on a line of its own, or a sentence that names one option and proposes it."""
    exact = {f"i propose {option}.".casefold(): option for option in options}
    for line in text.split("\n"):
        said = " ".join(line.split()).casefold()
        if said in exact:
            yield Claim("propose", ANSWER, exact[said])
        else:
            yield from (Claim("propose", ANSWER, one) for sentence in sentences(line) for one in _proposal(sentence, options))


def _proposal(sentence: Sentence, options: tuple[str, ...]) -> Iterator[str]:
    named = mentions(sentence.text, options)
    if len({option for _, _, option in named}) != 1 or sentence.question or sentence.negated or sentence.hearsay:
        return
    start, end, option = named[0]
    if _BEFORE.search(sentence.text[max(0, start - 80) : start]) or _AFTER.search(sentence.text[end : end + 80]):
        yield option
