"""Which number in a sentence rates which pair: the part of `assignment`'s reading that knows how people quote figures."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmark.vocabulary import Json

AVERAGE = 50
"""The true score of an average pair: what 100% stands for."""

NUMBERS = ("percent", "true", "raw")
"""How a number counts: as a percentage of average, as a true score, or as a reading of the speaker's sheet."""

_MEASURE = re.compile(
    r"(?<![\w.])(\d{1,4}(?:\.\d+)?)\s*(%|percent\b|per\s?cent\b|pct\b|x\b|×|times\b)?"
    r"(?:\s+(above|over|better than|higher than|below|under|worse than|lower than)\s+(?:my |the |an? )?average\b)?(?!\w)",
    re.IGNORECASE,
)
_BOUND_BEFORE = re.compile(
    r"(?:\bthan|\bat least|\bat most|\bover|\bunder|\babove|\bbelow|\bup to|[<>≤≥]|\d\s*%?\s*(?:-|–|\bto))\s*$", re.IGNORECASE
)
_MINUS = re.compile(r"(?<!\S)[(]?[-−]$")
_BOUND_AFTER = re.compile(r"\s*(?:\+|or (?:more|less|higher|lower|better|worse)\b|(?:-|–|to)\s*\d)", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bno longer|\brather than|\binstead of)\s+(?:(?:at|a|about|around|quite|exactly|be)\s+)*$", re.IGNORECASE
)
_TRUE = r"\b(?:true|real|converted|normali[sz]ed|rescaled|common)\s+(?:scores?|scale|units?|values?|ratings?)\b"
_PERCENT = r"(?<!\d)(?<!\d )(?:%|percent(?:ages?)?\b|pct\b) of (?:my |the |our )?average|\bin percent\b|\bpercentages\b"
_SCALES = (("true", re.compile(_TRUE, re.IGNORECASE)), ("percent", re.compile(_PERCENT, re.IGNORECASE)))
_HEADING = re.compile(r"[^:.;]{0,20}:")
_CLAUSE_END = re.compile(r",\s+|\s+(?:and|but|while|whereas|plus)\s+|\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Token:
    """A name or a number in a sentence. ``kind``: "person", "job" or one of ``NUMBERS``."""

    start: int
    end: int
    kind: str
    value: Json
    negated: bool = False


def rounded(number: float) -> int:
    """To the nearest whole, halves up."""
    return math.floor(number + 0.5)


def plain(number: float) -> Json:
    """A number without a needless ".0"."""
    return int(number) if float(number).is_integer() else number


def scale_named(text: str) -> tuple[str, bool]:
    """How bare numbers count by the words of ``text`` ("" if it does not say), and whether it says so as a heading."""
    for kind, pattern in _SCALES:
        if match := pattern.search(text):
            return kind, bool(_HEADING.match(text, match.end()))
    return "", False


def measures(text: str, scale: str = "") -> list[Token]:
    """The numbers of ``text`` that rate something. "64% above average" is 164%; "over 120%" and "120-130%" say nothing exact.

    A bare number counts as ``scale`` says: "percent", "true" where it can be one, else as a raw reading.
    """
    found = []
    for match in _MEASURE.finditer(text):
        number, unit, side = float(match[1]), (match[2] or "").casefold(), (match[3] or "").casefold()
        before = text[: match.start()]
        is_gain = before.endswith("+") and bool(unit)
        is_loss_or_dash = number <= 100 and _MINUS.search(before)
        if is_loss_or_dash or _BOUND_AFTER.match(text, match.end()) or _BOUND_BEFORE.search(before):
            continue
        if unit in ("x", "×", "times") or (not unit and number < 10 and "." in match[1]):
            number, unit = 100 * number, "%"
        if side or is_gain:
            number = 100 - number if side in ("below", "under", "worse than", "lower than") else 100 + number
        kind = "percent" if unit else scale if scale == "percent" or (scale and number < 100) else "raw"
        found.append(Token(match.start(), match.end(), kind, number, bool(_NOT_BEFORE.search(before))))
    return found


def clauses(text: str, tokens: list[Token]) -> Iterator[list[Token]]:
    """``tokens`` by clause of ``text``, no clause with more than one number."""
    tokens.sort(key=lambda token: token.start)
    start = 0
    for end in [match.start() for match in _CLAUSE_END.finditer(text)] + [len(text)]:
        yield from _by_number([token for token in tokens if start <= token.start < end])
        start = end


def _by_number(tokens: list[Token]) -> Iterator[list[Token]]:
    """One list per number: names come before theirs ("Ana cook 164 pilot 130") unless the first number leads."""
    places = [i for i, token in enumerate(tokens) if token.kind in NUMBERS]
    if len(places) < 2:
        yield tokens
        return
    cuts = [place + 1 for place in places[:-1]] if places[0] > 0 else places[1:]
    for start, end in zip([0, *cuts], [*cuts, len(tokens)], strict=True):
        yield tokens[start:end]


def alternating(names: Sequence[Token]) -> list[tuple[str, str]]:
    """(person, job) pairs of names that come in twos, person first or job first throughout; empty if they do not."""
    kinds = [token.kind for token in names]
    if len(names) % 2 or any(set(kinds[i : i + 2]) != {"person", "job"} for i in range(0, len(kinds), 2)):
        return []
    if len(set(kinds[::2])) > 1:
        return []
    first, second = [t.value for t in names[::2]], [t.value for t in names[1::2]]
    return list(zip(first, second, strict=True) if kinds[:1] == ["person"] else zip(second, first, strict=True))


@dataclass(slots=True)
class Context:
    """What a clause leaves unsaid because an earlier one has said it: in "Ana: cook 164%, pilot 130%", Ana.

    ``axis`` is what is being kept ("person" or "job"): once clauses keep one of them, a clause that lacks the other rates nobody.
    """

    person: str = ""
    job: str = ""
    axis: str = ""
    last: Token | None = None
    takes_back: bool = False

    def take(self, tokens: Sequence[Token]) -> Iterator[tuple[tuple[str, str], Token]]:
        """The pair and the number of one clause, if it rates exactly one pair."""
        people = list(dict.fromkeys(t.value for t in tokens if t.kind == "person"))
        jobs = list(dict.fromkeys(t.value for t in tokens if t.kind == "job"))
        numbers = [t for t in tokens if t.kind in NUMBERS]
        if len(people) > 1 or len(jobs) > 1:
            self.person = self.job = self.axis = ""
            return
        if people or jobs:
            kept = "" if people and jobs else "person" if jobs else "job"
            if numbers and kept and self.axis and kept != self.axis:
                return
            self.axis = kept if numbers else ""
            self.person, self.job = (people or [self.person])[0], (jobs or [self.job])[0]
            self.last = None
        if not (numbers and self.person and self.job):
            return
        number, last = numbers[0], self.last
        if last is None or last.negated != number.negated or (last.kind == "raw" and number.kind == "percent"):
            self.last = number
            yield (self.person, self.job), number
