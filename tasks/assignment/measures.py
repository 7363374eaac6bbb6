"""Which number in a sentence rates which pair: the part of `assignment`'s reading that knows how people quote figures."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from benchmark.phrases import AnyCase
from benchmark.reading import Sentence, number_word, numbers
from benchmark.vocabulary import Json
from tasks.assignment.scales import AVERAGE, AVERAGE_WORD, MOST

NUMBERS = ("percent", "true", "raw")
"""How a number counts: as a percentage of average, as a true score, or as a reading of the speaker's sheet."""

_HIGHEST = 1000
"""No reading is higher."""

_MEASURE = re.compile(
    r"([\d.](?<![\w.].)(?:(?<=\d)\d{0,3}(?:\.\d+)?|(?<=\.)\d{1,3}))\s*(%|(?:out )?of 100\b|/ ?100\b(?! ?%)"
    r"|percent\b|per\s?cent\b|pct\b|prozent\b|por ciento\b|pour cent\b|x\b|×|times\b)?"
    rf"(?:\s+(above|over|better than|higher than|below|under|worse than|lower than)\s+(?:my |the |an? )?{AVERAGE_WORD}\b)?(?!\w)",
    re.IGNORECASE,
)
_SIDE_ALONE = re.compile(r"\s+(?:points? )?(above|better|higher|below|worse|lower)\b(?!\s+(?:than|my|the|an?)\b)", re.IGNORECASE)
"""A side whose average is left out: "30% above average as cook, 20% below as pilot"."""
_BOUND_BEFORE = AnyCase(r"\b(?:than|at least|at most|over|under|above|below|up to)\s*$|[<>≤≥]\s*$|\d\s*%?\s*(?:-|–|\bto)\s*$")
_NO_RATING_BEFORE = AnyCase(
    r"[#№/×*]\s*$|\b(?:columns?|rows?|no\.|options?|others?|those|these|all|last|first|next|both|that's|thats"
    r"|(?:totals?|totall?ing|sums?(?: up)?|combined|overall|altogether|in all|makes|making|we(?:['’]re| are| get| reach| have))"
    r"(?: (?:is|of|at|to|score|value|about|around|roughly|would be|comes to|makes|gives))?\W{0,3})\s*$"
)
_EACH_BEFORE = AnyCase(r"\b(?:all|both|each)\s*$")
_AT_END = re.compile(r"\s*(?:$|[.;!?)])")
_HAVE_BEFORE = AnyCase(r"\b(?:have|got|see|need|take|has|my|your|our|top|best) (?:only |just )?$")
_NO_RATING_AFTER = re.compile(
    r"\s*(?:/\s*\d|out of\b)|\s+(?:\w+ )?(?:locks?|picks?|papers?|jobs?|people|persons?|names?|options?|choices?|scores?|values?"
    r"|sections?|we\b|others?|left|open|empty|more\b|total|sum|combined|altogether|overall|of (?:them|these|those)\b)"
    r"|(?<=%)\s+(?:out|in(?=\W*(?:$|[(.,!]|on\b|with\b|favou?r))|sure|certain|confident|agree\w*|behind|positive|clear|fine|ok)\b",
    re.IGNORECASE,
)
"""Numbers that count or order something, or say how sure someone is: "4/10", "column 8", "my #1", "those 2", "100% out"."""
_MINUS = re.compile(r"(?<!\S)[(]?[-−]$")
_BOUND_AFTER = re.compile(r"\s*(?:\+|or (?:more|less|higher|lower|better|worse)\b|(?:-|–|to)\s*\d)", re.IGNORECASE)
_JUST_ABOUT = r"\s+(?:(?:at|a|about|around|quite|exactly|be)\s+)*$"
_NOT_BEFORE = AnyCase(rf"\b(?:not|never|no longer|rather than|instead of){_JUST_ABOUT}|n['’]t{_JUST_ABOUT}")
_SIGNS_BEFORE = frozenset("#/*<>+-")
_WORDS_BEFORE = tuple(
    "than least most over under above below to column columns row rows no option options other others those these all last first next both"
    " that's thats total totals totaling totalling sum sums up combined overall altogether makes making we're are get reach have is of at"
    " score value about around roughly be gives each got see need take has my your our top best only just not n't never longer a quite"
    " exactly".split()
)
"""With what all ends that is looked for before a number, in plain letters."""
_CLOSING = frozenset(",.;:!?)") | {""}
"""What stands behind a number with nothing more to say of it."""
_NO_WORD = "".join(sign for sign in map(chr, range(128)) if not (sign.isalnum() or sign == "_"))
_SAYS_AVERAGE = AnyCase(rf"\b{AVERAGE_WORD}\b")
DIGIT = re.compile(r"\d")
_LOSSES = (["below"], ["under"], ["worse"], ["lower"])
_GAIN = re.compile(r"(?<![\w+])\+\d+(?:\.\d+)?\s*%")
_FRACTION = re.compile(r"(?<![\w./])(\d{2,4})\s?/\s?(\d{3})(?![\w/]|\.\d)(\s*(?:=|→|≈|\()\s*\d[\d.]*\s?%)?")
_CLAUSE_END = re.compile(r",\s+|\s+(?:(?:and|but|while|whereas|plus|so|hence|because|since)\s+|/(?<!\d\s/)\s+)|\|\s*")
EACH = AnyCase(r"\b(?:each|both|all|apiece)\b")
_THAT_PERSON = AnyCase(r"\b(?:her|him|she|he|(?:s?he|they)['’]s)\b")
_THAT_JOB = AnyCase(r"\bthere\b(?! (?:is|are)\b)")
_JOB_NEXT = re.compile(r"\W*(?:and |but )?(?:at|on|for|as|in)\b", re.IGNORECASE)
_ASKS_AFTER = re.compile(
    r"[,:–—-]\s+(?:(?:and|but|so)\s+)?(?:what|how|who|which|where|do|does|did|have|is|are|can|could|would|any|shall|should|right|ok|okay|agreed"
    r""
    r"|deal|yours?|you|both|good|fine|fits?|clash(?:es)?|conflicts?|no (?:clash|conflict|overlap)|same|thoughts|objections?|perfect"
    r"|all (?:set|good|six))\b",
    re.IGNORECASE,
)
_OPENS_ASKING = re.compile(r"\W*(?:what|how|who|which|where|do|does|did|is|are|can|could|would|any|shall|should)\b", re.IGNORECASE)
_NUMBERING = re.compile(r"(?m)^[ \t]*\(?\d{1,2}[.)](?=\s+[^\W\d])|(?<!\S)1?\d\)(?=\s+[^\W\d])")
_NUMBERED = re.compile(r"\d[.)]\s")
_SPELT = AnyCase(r"hundred|%(?<!\d%)(?<!\d %)|p(?<!\dp)(?<!\d p)(?:er ?cent|rozent)")
_BELOW_HUNDRED = "|".join(number_word(n).replace("-", "[ -]") for n in range(99, 0, -1))
_HUNDREDS = re.compile(
    rf"\b(?:(?P<hundreds>{'|'.join(map(number_word, range(1, 10)))}|a) hundred(?:[ -](?:and )?(?P<rest>{_BELOW_HUNDRED}))?"
    rf"|(?P<small>{_BELOW_HUNDRED})(?=\s*(?:%|percent\b|per cent\b|prozent\b)))\b",
    re.IGNORECASE,
)
_OF_OTHERS = AnyCase(
    r"\b(?:your|(?P<whose>\w+)['’]s)\s+(?:(?:own|private|top|best)\s+)?"
    r"(?:sheet|notes|list|scores?|ratings?|numbers?|readings?|values?|average|unit|\d)"
    r"|\byours\b|\byou (?:said|say|have|had|gave|give|told|mentioned|put|rated?|listed|see)\b",
    needs=("your", "you ", "'s"),
)
_CUT = re.compile(r"[,;:&+–—]|\.\s|\s(?:and|plus|with)\s", re.IGNORECASE)


class Token(NamedTuple):
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


def in_digits(text: str) -> str:
    """``text`` without the numbering of its lists, and with hundreds and percentages that are spelt out in digits."""

    def digits(match: re.Match[str]) -> str:
        below = numbers((match["rest"] or match["small"] or "").replace(" ", "-"))
        hundreds = numbers(match["hundreds"] or "")
        more = int(hundreds[0][2]) if hundreds else int(match["small"] is None)
        return str(100 * more + (int(below[0][2]) if below else 0))

    def ratio(match: re.Match[str]) -> str:
        reading, average = int(match[1]), int(match[2])
        return (
            match.group() if match[3] or average < 2 * AVERAGE or reading <= average == 2 * AVERAGE else f"{100 * reading / average:.1f}%"
        )

    text = _NUMBERING.sub(" ", text) if _NUMBERED.search(text) else text
    text = _FRACTION.sub(ratio, text) if "/" in text else text
    return _HUNDREDS.sub(digits, text) if _SPELT.search(text) else text


@lru_cache(maxsize=1024)
def measures(text: str, scale: str = "") -> tuple[Token, ...]:
    """The numbers of ``text`` that rate something. "64% above average" is 164%; "over 120%" and "120-130%" say nothing exact.

    A bare number counts as ``scale`` says: "percent", "true" where it can be one, else as a raw reading.
    """
    found = list[Token]()
    for match in _MEASURE.finditer(text) if DIGIT.search(text) else ():
        number, unit, side = float(match[1]), (match[2] or "").casefold(), (match[3] or "").casefold()
        before = _lead(text, match.start())
        is_gain = before.endswith("+") and (bool(unit) or scale == "percent")
        is_loss_or_dash = number <= 100 and before and _MINUS.search(before)
        stands_alone = not before and text[match.end() : match.end() + 1] in _CLOSING
        alone = None if side or stands_alone else _SIDE_ALONE.match(text, match.end())
        if is_loss_or_dash and unit and _GAIN.search(text):
            side = "below"
        elif alone and unit and _SAYS_AVERAGE.search(text):
            side = alone[1].casefold()
        elif is_loss_or_dash or alone or not (stands_alone or _rates(text, match, before)):
            continue
        if unit in ("x", "×", "times") or (not unit and number < 10 and "." in match[1]):
            number, unit = 100 * number, "%"
        if before.endswith("+") and scale == "true" and not unit:
            number += AVERAGE
        elif side or is_gain:
            number = 100 - number if side.split()[:1] in _LOSSES else 100 + number
        if unit[:1] in ("o", "/"):
            unit, scale = "", "true"
        kind = "percent" if unit else scale if scale == "percent" or (scale and number <= 2 * AVERAGE) else "raw"
        if number > (MOST if unit else _HIGHEST):
            continue  # the total of several
        found.append(Token(match.start(), match.end(), kind, number, bool(before and _NOT_BEFORE.search(before))))
    return tuple(found)


def all_percent(numbers: Sequence[Token], names: Sequence[Token]) -> bool:
    """Whether the bare ones of ``numbers`` count like those with a sign: "Ana cook 164%, Ben pilot 130", and not "Ana cook 180 (120%)"."""
    if {token.kind for token in numbers} != {"percent", "raw"} or any(token.value > MOST for token in numbers):
        return False
    row = sorted((*numbers, *names), key=lambda token: token.start)
    return not any({one.kind, two.kind} == {"percent", "raw"} for one, two in pairwise(row))


def _lead(text: str, end: int) -> str:
    """What stands before a number; "" where it ends with nothing that says how the number counts, as mostly."""
    lead = text[max(end - 60, 0) : end]
    if not lead.isascii() or lead.rstrip()[-1:] in _SIGNS_BEFORE or lead.rstrip(_NO_WORD).lower().endswith(_WORDS_BEFORE):
        return lead
    return ""


def _rates(text: str, number: re.Match[str], before: str) -> bool:
    """Whether a number says something exact of somebody: no bound, no count, no place in an order."""
    if _BOUND_AFTER.match(text, number.end()) or (before and _BOUND_BEFORE.search(before)):
        return False
    return bool(number[3]) or not _counts(text, number, before)


def _counts(text: str, number: re.Match[str], before: str) -> bool:
    """Whether a number counts or orders something, or says how sure someone is."""
    if not before:
        return _NO_RATING_AFTER.match(text, number.end()) is not None
    if not number[2] and float(number[1]) < 20 and _HAVE_BEFORE.search(before):
        return True
    if (number[2] or (float(number[1]) > 20 and _AT_END.match(text, number.end()))) and _EACH_BEFORE.search(before):
        return False  # "Ana cook, Ben pilot (both 164%)"
    return bool(_NO_RATING_BEFORE.search(before) or _NO_RATING_AFTER.match(text, number.end()))


def clauses(text: str, tokens: list[Token], shared: bool) -> Iterator[list[Token]]:
    """``tokens`` by clause of ``text``, no clause with more than one number; one may be ``shared`` by several."""
    tokens.sort(key=lambda token: token.start)
    start = 0
    for end in [match.start() for match in _CLAUSE_END.finditer(text)] + [len(text)]:
        if shared and end < len(text) and not any(start <= token.start < end and token.kind in NUMBERS for token in tokens):
            continue  # "Ana and Ben 34% each"
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


def named(tokens: Sequence[Token], kind: str) -> list[str]:
    """Who or what of ``kind`` stands among ``tokens``, each once."""
    return list(dict.fromkeys([token.value for token in tokens if token.kind == kind]))


def in_order(names: Sequence[Token], numbers: Sequence[Token]) -> list[tuple[tuple[str, str], Token]]:
    """The pairs that "respectively" gives one number each; empty if they do not come out even."""
    people, jobs, count = named(names, "person"), named(names, "job"), len(numbers)
    people, jobs = (column * count if len(column) == 1 else column for column in (people, jobs))
    pairs = list(zip(people, jobs, strict=True)) if len(people) == len(jobs) else []
    return list(zip(pairs, numbers, strict=True)) if len(pairs) == count else []


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

    def take(self, tokens: Sequence[Token], each: bool = False) -> Iterator[tuple[tuple[str, str], Token]]:
        """The pair and the number of one clause, if it rates exactly one pair; or several, ``each`` with the same number."""
        people, jobs = named(tokens, "person"), named(tokens, "job")
        numbers = [t for t in tokens if t.kind in NUMBERS]
        if len(people) > 1 or len(jobs) > 1:
            whom, where = people or [self.person], jobs or [self.job]
            if each and len(numbers) == 1 and (pairs := alternating([token for token in tokens if token.kind not in NUMBERS])):
                yield from ((pair, numbers[0]) for pair in pairs)
            elif each and len(numbers) == 1 == min(len(whom), len(where)) and all((*whom, *where)):
                yield from (((person, job), numbers[0]) for person in whom for job in where)
            else:
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


def replying(slots: Iterable[tuple[str, ...]]) -> Context:
    """What a reply may leave unsaid: the one job or person it was asked about."""
    slots = list(slots)
    people = {slot[1] for slot in slots if slot[0] in ("person", "pair")}
    jobs = {slot[-1] for slot in slots if slot[0] in ("job", "pair")}
    person, job = (next(iter(names)) if len(names) == 1 else "" for names in (people, jobs))
    return Context(person, job)


def going_on(text: str, names: Sequence[Token], before: Sequence[Token], context: Context, asked: bool) -> Context:
    """What a new sentence may leave unsaid: whom "her" means, where "there" is, whose "as pilot" goes on about.

    After a question of one's own (``asked``) all that it was about: "And Ana? I only have cook, 106%."
    """
    told_people, told_jobs = named(before, "person"), named(before, "job")
    people, jobs = named(names, "person"), named(names, "job")
    goes_on = asked or _THAT_PERSON.search(text) or (len(jobs) == 1 and _JOB_NEXT.match(text))
    person = told_people[0] if goes_on and not people and len(told_people) == 1 else ""
    keeps_job = not jobs and len(told_jobs) == 1 and (asked or _THAT_JOB.search(text) or (person and not people))
    return Context(person, told_jobs[0] if keeps_job else "", takes_back=context.takes_back and context.last is None)


def parted(part: Sentence) -> tuple[str, str]:
    """(what is stated, what is asked) in a sentence: "Ana is 164% as cook, what about Ben?" does both."""
    if not part.question:
        return part.text, ""
    match = _ASKS_AFTER.search(part.text)
    if match is None or _OPENS_ASKING.match(part.text):
        return "", part.text
    return part.text[: match.start()], part.text[match.start() :]


def own_part(text: str, others: Sequence[str], names_in: Callable[[str], Sequence[Token]]) -> str:
    """``text`` without a report of what stands on someone else's sheet; where that names nobody, what comes before is kept."""
    for match in _OF_OTHERS.finditer(text):
        if match["whose"] is None or match["whose"].casefold() in others:
            start = max((cut.start() for cut in _CUT.finditer(text, 0, match.start())), default=0)
            return text[:start] if start and not names_in(text[start:]) else ""
    return text
