"""The words that matter in talk about slots, found in a text: days, times, numbers, and what is said of them.

A text is cut into words, numbers and signs, and each looked up by itself: only the phrases that begin with it are tried, the longest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from benchmark.reading import number_word
from tasks.schedule.calendars import ANYTHING, Cell

_NUMBERS = {number_word(n): n for n in range(1, 24)}
FOREIGN = {
    "montag": "Mon", "dienstag": "Tue", "mittwoch": "Wed", "donnerstag": "Thu", "freitag": "Fri", "samstag": "Sat", "sonntag": "Sun",
    "lundi": "Mon", "mardi": "Tue", "mercredi": "Wed", "jeudi": "Thu", "vendredi": "Fri", "samedi": "Sat", "dimanche": "Sun",
    "lunes": "Mon", "martes": "Tue", "miércoles": "Wed", "jueves": "Thu", "viernes": "Fri", "sábado": "Sat", "domingo": "Sun",
}  # fmt: skip
_BEGINNINGS = {"mon": "Mon", "tue": "Tue", "tus": "Tue", "wed": "Wed", "wen": "Wed", "thu": "Thu", "thr": "Thu", "fri": "Fri"}
_BEGINNINGS |= {"sat": "Sat", "sun": "Sun"}
_DAY = re.compile(rf"(?:{'|'.join(_BEGINNINGS)})(?:[a-z]{{0,6}}d(?:a?y|ya)|s|rs?|nes)?(?:'?s)?")
_UNIT = re.compile(
    r"\d{1,2}[:h][0-5]\d(?!\d)(?:\s*[ap]m\b)?|\d{1,2}\s?[ap]m\b|\d{1,2}[ap]\b|(?:1\d|2[0-3]) ?(?:h|uhr|hrs)\b|\d+(?:\.\d+)?(?:%|st|nd|rd|th)?"  # noqa: E501 (words of one kind)
    r"|[^\W\d_]+(?:'[^\W\d_]+)*|->|[<>]=|[^\w\s]"
)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:h](?P<minute>[0-5]\d))?\s*(?:(?P<half>[ap])m?)?(?: ?(?P<mark>h|uhr|hrs))?")
_COMPACT = re.compile(r"(?P<hour>[01]?\d|2[0-3])(?P<minute>[03]0)(?P<half>)(?P<mark>)")
PARTS = {"morning": (0, 12), "afternoon": (12, 18), "evening": (18, 24), "night": (19, 24), "lunchtime": (12, 14)}
_LEADS = frozenset(
    "the all this next any and or on at my our whole every each both entire but no not for except besides that only is are".split()
)
"""What stands before "weekend" where it is a time; after another word it is part of a name ("custody weekend")."""

_SLOTS = "slot/slots/time/times/day/days/one/ones/option/options"
_POSSIBLE = "possible/available/free/doable/feasible/good/ok/okay/open/manageable"
_PHRASES = {
    "ATLEAST": "at least|minimum|no less than|not under",
    "ABOVE": "more than|over|above",
    "ATMOST": "at most|up to|maximum|no more than",
    "BELOW": "less than|under|below",
    "ORMORE": "or more/higher/worse/above",
    "ZERO": "[cost/costs] [me] nothing/zero/nada/nichts|[at/for] no [*] cost/costs/loss/price/expense/trouble/extra"
    "|without [any] cost/charge/loss|free of [any] cost/charge/loss|wouldn't/won't/doesn't cost [me] anything|cost free|costless|zero cost"
    "|wouldn't/won't/doesn't cost [me] a thing|would/does/will not cost [me] anything|lose/pay/cost/costs/spend/drive [me] nothing/zero"
    "|lose/pay/cost/costs/spend/drive [me] no *|cost/costs [me] free|totally free|for free|no charge|free of charge",
    "ELSE": f"everything/anything/everywhere/anywhere/anytime else/other/others|every/any/all else/others|every/any/all other *"
    f"|all [the] other/others/remaining [{_SLOTS}]|[the] rest/remainder|remaining slots/times/ones/options"
    "|busy/unavailable/booked< otherwise"
    "|otherwise >[,] >[i'm] >busy/unavailable/booked/blocked/impossible|otherwise >not >available"
    "|[all] [of] my other/remaining slots/times/ones/options/days >all/each/cost/are/is"
    "|[the] rest/remainder of my/mine [slots/times/options/days/list/calendar/week]|the other [*] [*] slots/times/ones/days/options"
    "|the other two/three/four/five/six/2/3/4/5/6|the other/others|the remaining *|other slots/times/days"
    "|others >no/out/impossible/unavailable/busy/blocked/not/are/aren't/can't",
    "NOELSE": "nothing/no/none/nowhere/never else/others/other|nothing/no/none/nowhere/never other *|not any/anything else/other/others",
    "OUT": f"is/are/'s off|can't/cannot/cant|can not|couldn't|could not|unable|unavailable|not/isn't/aren't [*] {_POSSIBLE}|not/isn't/aren't an option"  # noqa: E501 (words of one kind)
    f"|won't be [*] {_POSSIBLE}|won't be an option|don't/doesn't/won't/wouldn't [really/actually] work/suit/fit/do/happen"
    "|do/does/will not [really/actually] work/suit/fit/do/happen|don't/doesn't/won't/wouldn't/isn't/aren't >$|doesnt/dont/wont/cant work/do/make/come"  # noqa: E501 (words of one kind)
    "|don't think so|out|impossible|inpossible|busy|booked [up]|blocked [out]|taken|no go|nogo|ruled out"
    "|cross/strike/scratch/rule/count/leave [*] out/off|you/we can/may/could/should cross/strike/scratch/rule/count/leave [*] out/off"
    "|no chance/way/hope/luck|hopeless|gone|dead|away|off the table|off limits|a no|kein|keine|geht nicht|pas possible"
    "|conflict/conflicts|clash/clashes|tied up|excluded|n / a|isn't on >!the/my/@|unmöglich|imposible|leider nicht|leider nein|engaged"
    "|no/not to >@/both/either/any/all|won't make it|double booked|fully booked",
    "CAN": f"can|could|work/works|working|available|{_POSSIBLE}|fine|suit/suits|manage|able|geht|make it|mine are/is >@"
    "|my best/cheapest are/is >@"
    "|mine would be >@|passt",
    "NEG": "none|neither|nor|nothing|not|never|no|isn't|aren't|don't|doesn't|won't|nothing >works/work/suits/suit/fits/fit/but/other",
    "UNIT": "hour/hours/hr/hrs/h|euro/euros/eur|point/points/pt/pts|mile/miles/mi|favour/favours/favor/favors|stunde/stunden"
    "|heure/heures|hora/horas|km|trouble|cost",
    "AN": "a/an hour/euro/mile/favour/favor|a single hour/euro/mile/favour/favor",
    "ALL": "all|any|every|each|whole|entire|both|either",
    "EXCEPT": "except/excepting [for]|apart from|besides|other than|save for|but not|bar|aside from|excluding|with the exception of",
    "ONLY": "only|just|nur|solo|solely",
    "TOTAL": "better/worse/cheaper/lower/higher/pricier/dearer than|# [*] more/less/better/worse/cheaper/fewer/higher/lower than|total|totals|totalling|totaling|totalled|sum|sums|summing|together|combined|altogether|in all|add/adds/adding [*] up|joint|jointly"  # noqa: E501 (words of one kind)
    "|overall|our cost/costs|for us|for both of us|that/which/this puts/brings/leaves/gets|between us|grand|makes/making #"
    "|makes/making/make it/both/them/all/that #|i get #"
    r"|is/now/stays/remains at >#|beat/beats/beaten/beating|lead/leads|trail/trails|versus|vs"
    "|stand/stands at|ahead",
    "ME": "i|i'm|i'd|i'll|i've|me|my|mine|myself|ich|mir|moi|je",
    "WE": "we|we're|we'd|we'll|we've|us|our|everyone|everybody|all of us|both of us",
    "YOU": "you|your|yours|you're|you'd|you've|you'll|he's|she's|he'd|she'd|he|she|they"
    "|his|her|hers|their|theirs|him|them >!for/cost/is/are/work",
    "SAME": "as/so is/are/does/do/would|too|as well|also|same|likewise|ditto",
    "AND": "and|or|und|et|y|plus",
    "AT": "at|um|à|a las",
    "ON": "on|of|in|am|for|the|slot/slots|this|next|de|le|el",
    "COMMA": "but|while|whereas|though|although|however|then|so|because|since|as",
    "IT": "they'd|they're|they'll|it|that|this|those|these|them|there|it's/it'd/it'll/that's/that'd/that'll/this'd/there's/these'd/those'd",
    "WORD": "pricey/expensive/dear/costly/worse/higher/bad/dearer/pricier/costlier/more or impossible/out/busy/unavailable/booked/taken"
    "|impossible/out/busy/unavailable/booked/taken or pricey/expensive/dear/costly/worse/higher/bad/dearer/pricier/costlier/more|out of *|can't wait|cannot wait|away from|cost/costs more or don't/doesn't/can't/won't *",  # noqa: E501 (words of one kind)
}
"""Phrases by kind, the likelier kind first. ``[x]`` may be left out, ``a/b`` is either, ``*`` any word, ``@`` a day, ``#`` a
number, ``$`` the end of a clause; ``>`` marks what must follow, ``>!`` what must not, ``<`` what must stand before."""
_SIGNS = {"+": "TOTAL", "€": "UNIT", "&": "AND", "/": "AND", ">": "ABOVE", "<": "BELOW", "≥": "ATLEAST", ">=": "ATLEAST", "≤": "ATMOST"}
_SIGNS |= {"<=": "ATMOST"} | dict.fromkeys(",|•", "COMMA") | dict.fromkeys((*":=()[]→–—-", "->"), "LINK")
_SIGNS |= dict.fromkeys("❌✗✘🚫👎", "OUT") | dict.fromkeys("✓✔✅👍", "CAN")
_COUNTED = frozenset("slot slots time times option options possibility possibilities choice choices".split())
_TIMED = frozenset("half quarter noon midday".split()).union(_NUMBERS)
_AROUND = frozenset(("early", "late", "any", "every", "all", "+"))
_SAID_OF = frozenset("is are do does don't doesn't won't can't work cost on".split())


class Token(NamedTuple):
    """``kind`` is a name of the lexicon, or SLOT (``slots`` meant by it) or VALUE (``cell`` it allows). ``number``: of a NUM, a COUNT."""

    kind: str
    text: str
    slots: tuple[str, ...] = ()
    cell: Cell = ANYTHING
    number: int = -1
    time: tuple[tuple[int, int], ...] = ()
    """Hour and minute as they may be meant, likeliest first; minute -1 if only an hour was said."""


class _Phrase(NamedTuple):
    """What may stand in the place of each word; how many of them are the phrase's own; what must, or must not, stand around it."""

    words: tuple[frozenset[str], ...]
    own: int
    before: frozenset[str]
    unless: frozenset[str]
    kind: str


def _phrase(kind: str, parts: Sequence[str]) -> _Phrase:
    own = [part for part in parts if part[0] != ">" and part[-1] != "<"]
    after = [part[1:] for part in parts if part[0] == ">" and part[1] != "!"]
    before = [one for part in parts if part[-1] == "<" for one in part[:-1].split("/")]
    unless = [one for part in parts if part.startswith(">!") for one in part[2:].split("/")]
    return _Phrase(tuple(frozenset(part.split("/")) for part in (*own, *after)), len(own), frozenset(before), frozenset(unless), kind)


def _by_first_word() -> dict[str, tuple[_Phrase, ...]]:
    """All phrases by their first word, the longest first, and of equal ones that of the likelier kind."""
    found: dict[str, list[_Phrase]] = {}
    for kind, text in _PHRASES.items():
        for spelt in re.split(r"\|(?![^\[]*\])", text):
            for parts in product(*(("", part[1:-1]) if part[0] == "[" else (part,) for part in spelt.split())):
                phrase = _phrase(kind, [part for part in parts if part])
                for first in phrase.words[0]:
                    found.setdefault(first, []).append(phrase)
    return {first: tuple(sorted(phrases, key=lambda one: -len(one.words))) for first, phrases in found.items()}


_PHRASES_OF = _by_first_word()


def _is(word: str, allowed: frozenset[str]) -> bool:
    if word in allowed or ("*" in allowed and word[:1].isalpha()):
        return True
    return ("@" in allowed and bool(day_of(word))) or ("#" in allowed and _number(word) >= 0) or ("$" in allowed and word in ",.;!?")


def _phrase_at(words: Sequence[str], at: int, first: str) -> _Phrase | None:
    """The longest phrase that stands there. ``words`` end with an empty one."""
    for phrase in _PHRASES_OF[first]:
        end = at + len(phrase.words)
        if end > len(words):
            continue
        for place in range(at + 1, end):
            if not _is(words[place], phrase.words[place - at]):
                break
        else:
            if phrase.before and not (at and words[at - 1] in phrase.before):
                continue
            if not (phrase.unless and end < len(words) and _is(words[end], phrase.unless)):
                return phrase
    return None


@lru_cache(maxsize=4096)
def _token(kind: str, text: str) -> Token:
    """``text`` as a token; its ``kind`` is that of the word if none is given."""
    part = text.removesuffix("s")
    kind = kind or _SIGNS.get(text) or ("DAY" if day_of(text) else "PART" if part in PARTS else "WORD")
    return Token(kind, text, number=_number(text) if kind == "NUM" else -1)


@lru_cache(maxsize=16384)
def _alone(word: str, after: str) -> Token | None:
    """``word`` as a token, if all else that stands around it and the word ``after`` it makes no difference."""
    part = word.removesuffix("s")
    if word[0].isdecimal() or word in _TIMED or word in _AROUND or part in PARTS or part == "weekend":
        return None
    phrases: Sequence[_Phrase] = _PHRASES_OF.get(word, ())
    if not _are_words(phrases):
        phrases = [one for one in phrases if len(one.words) == 1 or _is(after, one.words[1])]
        if after.removesuffix("s") in PARTS or not _are_words(phrases):
            return None
    return _token(phrases[0].kind if phrases else "", word)


def _are_words(phrases: Iterable[_Phrase]) -> bool:
    """Whether all ``phrases`` are single words, whatever stands around them."""
    return not any(len(phrase.words) > 1 or phrase.before or phrase.unless for phrase in phrases)


@lru_cache(maxsize=4096)
def lexed(text: str) -> tuple[Token, ...]:
    """The tokens of ``text``."""
    words: list[str] = [*_UNIT.findall(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text.lower())), ""]
    done: list[Token] = []
    at = 0
    while at < len(words) - 1:
        word = words[at]
        token, length = _alone(word, words[at + 1]), 1
        if token is None:
            token, length = _timed(words, at) if word[0].isdecimal() or word in _TIMED else _by_context(words, at)
        if token is None and word in _PHRASES_OF and (phrase := _phrase_at(words, at, word)):
            token, length = _token(phrase.kind, " ".join(words[at : at + phrase.own])), phrase.own
        if token is None:
            token, length = _token("", word), 1
        if token.text[0].isalnum() or token.kind != "WORD":
            done.append(token)
        at += length
    return tuple(done)


def _by_context(words: Sequence[str], at: int) -> tuple[Token | None, int]:
    """A word that is of one kind or another as its neighbours are, and how many words it takes: "any morning is", "early on Tue"."""
    word, after = words[at], words[at + 1]
    if word in ("early", "late"):
        length = 2 if after == "on" else 1
        return (_token("EDGE", word), length) if day_of(words[at + length]) else (None, 1)
    if word == "+":
        return (_token("ORMORE", word) if at and words[at - 1].isdecimal() and not after.isdecimal() else None), 1
    if word in ("weekend", "weekends"):
        leads = not at or not words[at - 1].isalpha() or words[at - 1] in _LEADS
        return (_token("WEEKEND", word) if leads and after != ":" else None), 1
    length = 1 if word.removesuffix("s") in PARTS else 2 if after.removesuffix("s") in PARTS else 0
    several = length == 2 or (length == 1 and word[-1] == "s")
    return (_token("PARTS", " ".join(words[at : at + length])), length) if several and words[at + length] in _SAID_OF else (None, 1)


def _timed(words: Sequence[str], at: int) -> tuple[Token | None, int]:
    """A time of day, a count of slots or a number, and how many words it takes."""
    word, after = words[at], words[at + 1]
    if word in ("noon", "midday"):
        return Token("CLOCK", word, time=((12, 0),)), 1
    if word in ("half", "quarter"):
        return _past(words, at)
    number = _number(word)
    exact = None if word in _NUMBERS else _COMPACT.fullmatch(word) or (_CLOCK.fullmatch(word) if number < 0 else None)
    if exact and (exact["minute"] or exact["half"] or exact["mark"]):
        times = _times(int(exact["hour"]), int(exact["minute"] or -1), exact["half"] or "")
        return Token("CLOCK", word, time=times), 2 if after == "hrs" else 1
    if number < 0:
        return None, 1
    dashed = 1 if after in ("o", "-") else 0
    if words[at + 1 + dashed : at + 2 + dashed] and words[at + 1 + dashed] in ("o'clock", "oclock", "clock", "thirty"):
        return _clock(words, at, 2 + dashed, number, 30 if words[at + 1 + dashed] == "thirty" else -1)
    return _clock(words, at, 1, number, -1) if after in ("am", "pm") and word in _NUMBERS else _counted(words, at, number)


def _past(words: Sequence[str], at: int) -> tuple[Token | None, int]:
    """ "Half past ten", "quarter to six", "half ten"."""
    length = 2 if words[at + 1] in ("past", "to") else 1
    hour = _number(words[at + length]) if at + length < len(words) else -1
    if hour < 0 or (words[at] == "quarter" and length == 1):
        return None, 1
    hour, minute = (hour, 30) if words[at] == "half" else (hour - 1, 45) if words[at + 1] == "to" else (hour, 15)
    return _clock(words, at, length + 1, hour, minute)


def _counted(words: Sequence[str], at: int, number: int) -> tuple[Token, int]:
    """ "Seven slots", "two more than that", or a number alone."""
    for length in (1, 2):
        if at + length < len(words) and words[at + length] in _COUNTED and (length == 1 or _is_plain(words[at + 1])):
            return Token("COUNT", " ".join(words[at : at + length + 1]), number=number), length + 1
    if (phrase := _phrase_at(words, at, "#")) is not None:
        return _token(phrase.kind, " ".join(words[at : at + phrase.own])), phrase.own
    return _token("NUM", words[at]), 1


def _is_plain(word: str) -> bool:
    return word.isalpha() and not day_of(word)


def _clock(words: Sequence[str], at: int, length: int, hour: int, minute: int) -> tuple[Token, int]:
    suffix = words[at + length][0] if at + length < len(words) and words[at + length] in ("am", "pm") else ""
    length += 1 if suffix else 0
    return Token("CLOCK", " ".join(words[at : at + length]), time=_times(hour, minute, suffix)), length


def _times(hour: int, minute: int, suffix: str) -> tuple[tuple[int, int], ...]:
    if suffix:
        return ((hour % 12 + (12 if suffix == "p" else 0), minute),)
    return ((hour, minute), (hour + 12, minute)) if hour < 12 else ((hour, minute),)


def _number(text: str) -> int:
    return _NUMBERS.get(text, -1) if not text.isdecimal() or len(text) > 4 else int(text)


def count_of(text: str) -> int:
    """How many "the other two" are; -1 if it does not say."""
    return max(map(_number, text.split()), default=-1)


@lru_cache(maxsize=4096)
def day_of(text: str) -> str:
    """The day that a word names, as in a slot; nothing if it names none."""
    known = FOREIGN.get(text) or FOREIGN.get(text.removesuffix("s"))
    return known or (_BEGINNINGS.get(text[:3], "") if _DAY.fullmatch(text) else "")
