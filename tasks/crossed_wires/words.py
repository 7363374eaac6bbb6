"""Which words of a talk stand for what in `crossed_wires`: details, reports, options and times of day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from benchmark.phrases import AnyCase
from benchmark.reading import Terms, number_word
from tasks.crossed_wires.phrases import NOT, OR, WHOLE
from tasks.crossed_wires.points import Scene
from tasks.crossed_wires.scenes import SCENES

DETAIL, REPORT, LABEL, OPTION, MOMENT = "detail", "report", "label", "option", "moment"
"""Kinds of tokens. What a label's token says is which point; what a moment's says is the minute."""

_BY_KEY = {scene.key: scene for scene in SCENES}
_ORDINALS = {"second": ("2nd", "2"), "third": ("3rd", "3"), "fourth": ("4th", "4"), "fifth": ("5th", "5")}
_NO_TYPO = 6
"""Letters a word needs for a slip in it to be read: in shorter ones it could be another word."""

_HOURS = "|".join(number_word(hour) for hour in range(1, 13))
_PARTS = {"quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "twenty five": 25}
_CLOCK = AnyCase(
    r"\b(?=\d)(?<![:.,/-])(?P<h>[01]?\d|2[0-3])(?:[:.h]|\s?:\s?)(?P<m>[0-5]\d)(?!\d|:\d)(?:\s?(?P<pm>[ap])\.?m\b\.?)?(?:\s?(?:h|hrs|hours|o'clock)\b)?"
    r"|\b(?=\d)(?<![:.])(?P<h4>0[7-9]|1[0-3])(?P<m4>[0-5]\d)(?![\d:]|\.\d)(?:\s?(?:h|hrs|hours)\b)?"
    rf"|\b(?P<part>{'|'.join(sorted(_PARTS, key=len, reverse=True))}|\d\d?)(?: minutes?| min)? (?P<way>past|to|before|after|til|till) "
    rf"(?P<hour>{_HOURS}|1?\d)\b(?![:.]\d)"
    rf"|\b(?:at|from|since|around) (?P<alone>{_HOURS}|1?\d)(?: o'clock|\s?[ap]\.?m\b\.?)?(?= ?(?:$|[,;)!?–—-]|\.(?!\d)|and\b|so\b|but\b))"
    rf"|\b(?P<spoken>{_HOURS})[ -](?P<minutes>oh[ -](?:{'|'.join(number_word(n) for n in range(1, 10))})"
    rf"|{'|'.join(sorted((number_word(n) for n in range(10, 60)), key=len, reverse=True))}"
    rf"|{'|'.join(sorted((number_word(n).replace('-', ' ') for n in range(21, 60) if n % 10), key=len, reverse=True))})\b"
)
_MARK = re.compile(r"§(\d+)§")


class Token(NamedTuple):
    """Something named between ``start`` and ``end``: of ``kind``, about the point ``label``, with ``value``."""

    start: int
    end: int
    kind: str
    label: str
    value: int = 0

    def shifted(self, by: int) -> Token:
        return Token(self.start + by, self.end + by, *self[2:]) if by else self


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What each word or phrase stands for in a scene, of whose options some are open."""

    scene: Scene
    meanings: dict[str, tuple[str, str, int]]
    terms: Terms
    options: frozenset[str]

    def tokens(self, text: str) -> list[Token]:
        """What ``text``, in which times are marked, names; in order."""
        named = [(start, end, *self.meanings[term]) for start, end, term in self.terms.mentions(text)]
        found = [Token(*one) for one in named if one[2] != OPTION or one[3] in self.options]
        if "§" in text:
            found += [Token(match.start(), match.end(), MOMENT, "", int(match[1])) for match in _MARK.finditer(text) if len(match[1]) < 5]
            found.sort(key=lambda token: token.start)
        return found


def lexicon(key: str, options: Iterable[str]) -> Lexicon:
    return replace(_with_all_options(key), options=frozenset(options))


@lru_cache(maxsize=64)
def _with_all_options(key: str) -> Lexicon:
    """Made once for a scene: none of its options shares a word, or a slip in one, with another or with what else is named there."""
    scene = _BY_KEY[key]
    meanings: dict[str, tuple[str, str, int]] = {}
    for point in scene.points.values():
        kind = DETAIL if point.label in scene.detail_labels else REPORT
        for value, words in enumerate(point.values):
            for word in words:
                meanings |= dict.fromkeys(_forms(word), (kind, point.label, value))
        for name in point.names:
            meanings.setdefault(name, (LABEL, point.label, 0))
            meanings.setdefault(f"{name}s", (LABEL, point.label, 0))
    slips = _misspelt({word: meant for word, meant in meanings.items() if meant[0] != LABEL})
    meanings = slips | meanings
    options = {option.casefold(): (OPTION, option, 0) for option in scene.options}
    meanings |= options | {slip: meant for slip, meant in _misspelt(options).items() if slip not in meanings}
    return Lexicon(scene, meanings, Terms(meanings), frozenset(scene.options))


def scene_of(key: str) -> Scene:
    return _BY_KEY[key]


def _forms(word: str) -> list[str]:
    """``word`` in lower case, with its hyphen or without, and a floor in figures."""
    word = word.casefold()
    forms = [word, word.replace(" ", "-"), word.replace("-", " ")]
    first, _, rest = word.partition(" ")
    if rest == "floor" and first in _ORDINALS:
        short, figure = _ORDINALS[first]
        number = number_word(int(figure))
        forms += [
            f"{short} floor",
            f"floor {figure}",
            f"floor {number}",
            f"{short} fl",
            f"level {figure}",
            f"{first} storey",
            f"floor: {figure}",
        ]
        forms += [f"floor: {first}", f"floor: {short}", f"floor {first}", f"floor {short}", f"floor = {figure}", f"floor is the {first}"]
        forms += [f"on the {first}", f"on the {short}"]
    return forms


def _misspelt(meanings: dict[str, tuple[str, str, int]]) -> dict[str, tuple[str, str, int]]:
    """Long words with one letter after the first left out, doubled or swapped with the next, where that could be one word only."""
    found: dict[str, set[tuple[str, str, int]]] = {}
    for word, meaning in meanings.items():
        for slip in _slips(word):
            if slip not in meanings:
                found.setdefault(slip, set()).add(meaning)
    return {slip: next(iter(meant)) for slip, meant in found.items() if len(meant) == 1}


def _slips(word: str) -> set[str]:
    places = range(1, len(word)) if len(word) >= _NO_TYPO and word.isalpha() else ()
    slips = ((word[:i] + word[i + 1 :], word[:i] + word[i] + word[i:], word[:i] + word[i : i + 2][::-1] + word[i + 2 :]) for i in places)
    return {slip for of_place in slips for slip in of_place} - {word}


def mark_times(text: str) -> str:
    """``text`` with each time of day as its minute between marks, so that its figures are not read as anything else."""
    return _CLOCK.sub(_marked, text.replace("§", " "))


def _marked(match: re.Match[str]) -> str:
    if match["h"] or match["h4"]:
        minute = int(match["h"] or match["h4"]) * 60 + int(match["m"] or match["m4"])
        if match["pm"] and match["pm"].lower() == "p" and minute < 12 * 60:
            minute += 12 * 60
    elif match["part"]:
        part = match["part"].lower()
        minutes = _PARTS.get(part) or int(part) if part in _PARTS or part.isdigit() else 0
        minute = _hour(match["hour"]) * 60 + (minutes if match["way"].lower() in ("past", "after") else -minutes)
    elif match["spoken"]:
        minute = _hour(match["spoken"]) * 60 + _minutes(match["minutes"].lower())
    else:
        minute = _hour(match["alone"]) * 60
    lead = match.group()[: match.group().index(match["alone"])] if match["alone"] else ""
    return f"{lead}§{max(minute, 0)}§"


_NUMBERS = {number_word(n): n for n in range(60)} | {number_word(n).replace("-", " "): n for n in range(60)}


def _hour(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word.lower()]


def _minutes(words: str) -> int:
    return _NUMBERS[words[3:] if words.startswith("oh") else words]


def is_denied(clause: str, tokens: Sequence[Token], token: Token) -> bool:
    """Whether a negation stands between ``token`` and what is named before it, or before a row with "or" that it is part of."""
    before = [other for other in tokens if other.end <= token.start and other.kind != LABEL]
    end = token.start
    while before:
        last = before.pop()
        if _negates(clause[last.end : end]):
            return True
        if not OR.search(clause[last.end : end]):
            return False
        end = last.start
    return _negates(clause[:end])


def _negates(lead: str) -> bool:
    """Whether ``lead`` denies what comes after it; a colon ends what went before."""
    return NOT.search(lead.rpartition(":")[2]) is not None


def shared_out(text: str, points: Sequence[tuple[Token, bool]]) -> Iterator[tuple[tuple[Token, bool], list[tuple[str, bool]]]]:
    """Each time of day with the labels (and whether they are told of one's own) that it belongs to."""
    rows: list[tuple[bool, list[tuple[Token, bool]]]] = []
    for point in points:
        is_moment = point[0].kind == MOMENT
        if rows and rows[-1][0] == is_moment:
            rows[-1][1].append(point)
        else:
            rows.append((is_moment, [point]))
    leads = bool(rows) and rows[0][0]
    for place, (is_moment, row) in enumerate(rows):
        beside = place + 1 if leads else place - 1
        if not is_moment or not 0 <= beside < len(rows):
            continue
        told = {token.label for token, tells in rows[beside][1] if tells}
        subjects = [(label, label in told) for label in dict.fromkeys(token.label for token, _ in rows[beside][1])]
        if len(row) == len(subjects) > 1:
            for moment, subject in zip(row, subjects, strict=True):
                yield moment, [subject]
        elif len(row) == 1:
            first, last = rows[beside][1][0][0], rows[beside][1][-1][0]
            whole = WHOLE.search(text, min(first.start, row[0][0].start), max(last.end, row[0][0].end))
            yield row[0], subjects if whole else subjects[:1] if leads else subjects[-1:]
