"""The words that matter in talk about slots, and how days and times in usual spellings become slots."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from benchmark.reading import number_word
from tasks.schedule.calendars import ANYTHING, NEVER, POSSIBLE, Cell
from tasks.schedule.worlds import OUT, TOP

_NUMBERS = {number_word(n): n for n in range(1, 24)}
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_FOREIGN = {
    "montag": "Mon", "dienstag": "Tue", "mittwoch": "Wed", "donnerstag": "Thu", "freitag": "Fri", "samstag": "Sat", "sonntag": "Sun",
    "lundi": "Mon", "mardi": "Tue", "mercredi": "Wed", "jeudi": "Thu", "vendredi": "Fri", "samedi": "Sat", "dimanche": "Sun",
    "lunes": "Mon", "martes": "Tue", "miércoles": "Wed", "jueves": "Thu", "viernes": "Fri", "sábado": "Sat", "domingo": "Sun",
}  # fmt: skip
_BEGINNINGS = {"mon": "Mon", "tue": "Tue", "tus": "Tue", "wed": "Wed", "wen": "Wed", "thu": "Thu", "thr": "Thu", "fri": "Fri"}
_BEGINNINGS |= {"sat": "Sat", "sun": "Sun"}
_DAYS = rf"\b(?:{'|'.join(_FOREIGN)})s?\b|\b(?:{'|'.join(_BEGINNINGS)})(?:[a-z]{{0,6}}d(?:a?y|ya)|s|rs?|nes)?(?:'?s)?\b"
_DAY = re.compile(_DAYS)
_CANNOT = r"can(?:no|')?t(?! wait)|can not|could(?:n't| not)|un(?:able|available)|(?:not|isn't|aren't|won't be) (?:\w+ )?(?:possible|available|free|an option|doable|feasible|good|ok(?:ay)?|open)"  # noqa: E501 (words of one kind)
_FAILS = r"(?:do(?:es)?n't|do(?:es)? not|won't|will not|wouldn't) (?:really |actually )?(?:work|suit|fit|do|happen)|(?:ca|wo)nt (?:work|do|make|come)|doesnt work|dont work"  # noqa: E501 (words of one kind)
_BLOCKED = r"out(?! of \w)|impossible|inpossible|busy|booked(?: up)?|blocked(?: out)?|taken|no[- ]?go|ruled out|(?:(?:you|we) (?:can|may|could|should) )?(?:cross|strike|scratch|rule|count|leave)(?: \w+)? o(?:ff|ut)|no (?:chance|way|hope|luck)|hopeless|off the table|off limits|a no|kein\w*|geht nicht|pas possible|conflicts?|clash(?:es)?|tied up|excluded|n/a|isn't on(?! (?:the |my )?\w+day)|unmöglich|imposible|❌|✗|✘|🚫|👎"  # noqa: E501 (words of one kind)
_WORKS = r"can|could|works?|working|available|possible|ok(?:ay)?|fine|doable|feasible|suits?|manage(?:able)?|able|open|good|possible|geht|free|make it|✓|✔|✅|👍"  # noqa: E501 (words of one kind)
_NOTHING = r"(?:costs? (?:me )?)?(?:nothing|zero|nada|nichts)(?! (?:else|works?|suits?|fits?|but|other|is (?:possible|left)))|(?:at |for )?no (?:\w+ )?(?:cost|costs|loss|price|expense|trouble|extra)|(?:without|free of) (?:any )?(?:cost|charge|loss)|cost[- ]?free|costless|zero[- ]cost|(?:lose|pay|costs?|spend|drive)(?: me)? (?:nothing|no \w+)|costs? (?:me )?free|totally free|for free"  # noqa: E501 (words of one kind)
_EDGES = {"early": 0, "late": -1}
_PARTS = {"morning": (0, 12), "afternoon": (12, 18), "evening": (18, 24), "night": (19, 24), "lunchtime": (12, 14)}
_LEXICON: tuple[tuple[str, str], ...] = (
    ("CLOCK", r"(?P<ch>\d{1,2})[:h](?P<cm>[0-5]\d)(?!\d)\s*(?P<cs>[ap]m\b)?"),
    ("CLOCK", r"(?P<sh>\d{1,2})(?P<ss>\s?[ap]m|[ap])\b"),
    ("CLOCK", rf"(?P<wh>{_WORD})\s?(?P<ws>[ap]m)\b"),
    ("CLOCK", rf"(?P<oh>\d{{1,2}}|{_WORD}) ?o'? ?clock"),
    ("CLOCK", rf"(?P<past>half past|half|quarter past|quarter to) (?P<ph>\d{{1,2}}|{_WORD})\b(?: ?(?P<ps>[ap]m)\b)?"),
    ("CLOCK", rf"\b(?P<fh>{_WORD}|\d{{1,2}})[ -](?P<fm>thirty)\b(?: ?(?P<fs>[ap]m)\b)?"),
    ("CLOCK", r"\b(?P<gh>1\d|2[0-3]) ?(?:h|uhr|hrs)\b|\b(?P<mh>[01]?\d|2[0-3])(?P<mm>00|30)\b(?: ?hrs\b)?"),
    ("CLOCK", r"\b(?P<noon>noon|midday)\b"),
    ("DAY", _DAYS),
    ("PARTS", rf"\b(?:(?:any|every|all) (?:{'|'.join(_PARTS)})s?|(?:{'|'.join(_PARTS)})s)(?= (?:is|are|do|does|don't|doesn't|won't|can't|work|cost|on))"),
    ("PART", rf"\b(?:{'|'.join(_PARTS)})s?\b"),
    ("EDGE", r"\b(?:early|late)(?: on)?(?= [a-z]+days?\b)"),
    ("COUNT", rf"\b(?:\d+|{_WORD}) (?:(?!{_DAYS})\w+ )?(?:slots?|times?|options?|possibilit\w+|choices?)\b"),
    ("ATLEAST", r"\b(?:at least|minimum|no less than|not under|>=)|≥"),
    ("ABOVE", r"\b(?:more than|over|above)\b|>"),
    ("ATMOST", r"\b(?:at most|up to|maximum|no more than)\b|≤|<="),
    ("BELOW", r"\b(?:less than|under|below)\b|<"),
    ("ORMORE", r"\bor (?:more|higher|worse|above)\b|(?<=\d)\+(?!\s*\d)"),
    ("ZERO", rf"\b(?:{_NOTHING})\b"),
    ("ELSE", r"\b(?:(?:every|any|all )(?:thing|where|time)? ?(?:else|other \w+|others)|all (?:the )?(?:other|remaining)s?(?: (?:slots?|times?|days?|ones?|options?))?|(?:the )?rest|my (?:other|remaining) (?:slots|times|ones|options)(?= (?:all|each|cost))|the (?:other (?:\w+ ){0,2}(?:slots|times|ones|days|options)|other (?:two|three|four|five|six|\d)(?! ?[ap]m|:)|others?|remaining \w+)|other (?:slots|times|days))\b"),  # noqa: E501 (words of one kind)
    ("NOELSE", r"\b(?:nothing|no(?:where|ne)?|never) (?:else|other(?:s| \w+)?)\b|\b(?:not|n't \w+) (?:any(?:thing)? (?:else|others?))\b"),
    ("OUT", rf"(?<![\w]){_CANNOT}\b|\b(?:{_FAILS})\b|\bdon't think so\b"),
    ("OUT", rf"(?<!\w)(?:{_BLOCKED})(?!\w)|\b(?:no|not) to(?= (?:{_DAYS}))"),
    ("CAN", rf"\bmine (?:are|is|would be)(?= (?:{_DAYS}))"),
    ("NEG", r"\b(?:none|neither|nor|nothing|not|never|no|isn't|aren't|don't|doesn't|won't)\b"),
    ("CAN", rf"(?<!\w)(?:{_WORKS})(?!\w)"),
    ("NUM", rf"(?<![\w.])\d+(?![\w%])|\b(?:{_WORD})\b|(?<=[€$£])\d+\b|\b\d+(?=h\b|€|eur|hrs?\b|x\b|pts?\b|mi\b)"),
    ("UNIT", r"(?:hours?|hrs?|h|euros?|eur|points?|pts?|miles?|mi|favou?rs?|stunden?|heures?|horas?|km|€|trouble|cost)\b|€"),
    ("AN", r"\b(?:an?|a single|one) (?:hour|euro|mile|favou?r)\b"),
    ("ALL", r"\b(?:all|any|every|each|whole|entire|both|either)\b"),
    ("EXCEPT", r"\b(?:except(?:ing)?(?: for)?|apart from|besides|other than|save for|but not|bar|aside from|excluding|with the exception of)\b"),
    ("ONLY", r"\b(?:only|just|nur|solo|solely)\b"),
    ("TOTAL", r"\b(?:total\w*|sums?|summing|together|combined|altogether|add(?:s|ing)? (?:\w+ )?up|joint(?:ly)?|overall|our costs?|for (?:both of )?us|between us|grand|mak(?:es|ing) (?:it |both |them |all |that )?\d+|(?:is|now|stays|remains) at (?=\d+\b(?! ?[ap:]))|beat(?:s|en|ing)?|versus|vs|stands? at|ahead)\b|\+"),  # noqa: E501 (words of one kind)
    ("ME", r"\b(?:i|i'm|i'd|i'll|i've|me|my|mine|myself|ich|mir|moi|je)\b"),
    ("WE", r"\b(?:we|us|our|everyone|everybody|all of us|both of us)\b"),
    ("YOU", r"\b(?:you|your|yours|you're|you'd|you've|he|she|they|his|her|hers|their|theirs|him|them(?! (?:for|cost|is|are|work)))\b"),
    ("SAME", r"\b(?:too|as well|also|same|likewise|ditto)\b"),
    ("AND", r"\b(?:and|or|und|et|y|plus)\b|[&/]"),
    ("AT", r"\b(?:at|um|à|a las)\b"),
    ("ON", r"\b(?:on|of|in|am|for|the|slots?|this|next|for|de|le|el)\b"),
    ("COMMA", r",|\||\b(?:but|while|whereas|though|although|however|then|so|because|since|as)\b|•"),
    ("LINK", r"[:=()\[\]→–—-]|->"),
    ("IT", r"\b(?:it|that|this|those|these|them|there)\b"),
    ("WORD", r"[^\W\d_]+"),
)  # fmt: skip


def _numbered(place: int, kind: str, pattern: str) -> str:
    return f"(?P<{kind}_{place}>{pattern})"


_LEXER = re.compile("|".join(_numbered(place, *entry) for place, entry in enumerate(_LEXICON)), re.IGNORECASE)
_INDICATOR = re.compile(r"([A-Z]+)_\d+$")


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is a name of the lexicon, or SLOT (``slots`` meant by it) or VALUE (``cell`` it allows). ``number``: of a NUM, a COUNT."""

    kind: str
    text: str
    slots: tuple[str, ...] = ()
    cell: Cell = ANYTHING
    number: int = -1
    time: tuple[tuple[int, int], ...] = ()
    """Hour and minute as they may be meant, likeliest first; minute -1 if only an hour was said."""


@lru_cache(maxsize=8192)
def tokens(text: str, slots: tuple[str, ...], day: str = "") -> tuple[Token, ...]:
    """``text`` in tokens, with days and times joined to slots, and numbers with what qualifies them to values; ``day`` was spoken of
    last."""
    return tuple(_valued(_joined([_token(match) for match in _LEXER.finditer(text)], slots, day)))


def _token(match: re.Match[str]) -> Token:
    name = _INDICATOR.match(match.lastgroup or "")
    groups = {key: value for key, value in match.groupdict().items() if value is not None}
    kind = next(key.split("_")[0] for key in groups if _INDICATOR.match(key)) if name is None else name[1]
    text = match.group().lower()
    if kind == "CLOCK":
        return Token("CLOCK", text, time=_clock(groups))
    if kind == "COUNT":
        first = text.split()[0]
        return Token("COUNT", text, number=_number(first))
    return Token(kind, text, number=_number(text) if kind == "NUM" else -1)


def _number(text: str) -> int:
    return _NUMBERS.get(text.lower(), -1) if not text.isdecimal() or len(text) > 4 else int(text)


def _clock(groups: dict[str, str]) -> tuple[tuple[int, int], ...]:
    hour_key = next((key for key in ("ch", "sh", "wh", "oh", "ph", "fh", "gh", "mh") if key in groups), None)
    if hour_key is None:
        return ((12, 0),)
    hour = _number(groups[hour_key])
    minute = int(groups.get("cm", groups.get("mm", "-1")))
    minute = 30 if "fm" in groups or groups.get("past", "").lower().startswith("half") else minute
    past = groups.get("past", "").lower()
    if past.startswith("quarter"):
        hour, minute = (hour - 1, 45) if past.endswith("to") else (hour, 15)
    suffix = next((groups[key].strip().lower() for key in ("cs", "ss", "ws", "ps", "fs") if key in groups), "")
    if suffix:
        return ((hour % 12 + (12 if suffix[0] == "p" else 0), minute),)
    return ((hour, minute), (hour + 12, minute)) if hour < 12 else ((hour, minute),)


def day_of(text: str) -> str:
    """The day that a word names, as in a slot; nothing if it names none."""
    known = _FOREIGN.get(text) or _FOREIGN.get(text.removesuffix("s"))
    return known or (_BEGINNINGS.get(text[:3], "") if _DAY.fullmatch(text) else "")


def _at(times: Sequence[tuple[int, int]], slots: Sequence[str]) -> str | None:
    """The one of ``slots`` at the first of ``times`` that there is; an hour alone may mean any minute of it that is unique."""
    for hour, minute in times:
        exact = [slot for slot in slots if slot[4:] == f"{hour:02}:{max(minute, 0):02}"]
        near = [slot for slot in slots if minute < 0 and slot[4:6] == f"{hour:02}"]
        for found in (exact, near):
            if len(found) == 1:
                return found[0]
    return None


def _hours(number: int) -> tuple[tuple[int, int], ...]:
    return ((number, -1), (number + 12, -1)) if number < 12 else ((number, -1),)


class _Joiner:
    """Joins days and times; remembers the day that was spoken of last."""

    def __init__(self, found: Sequence[Token], slots: Sequence[str], day: str) -> None:
        self.found, self.slots, self.day, self.at = found, slots, day, 0
        self.done: list[Token] = []
        self.exact = False
        """Whether the latest time was said with its minutes, so that a bare number is none."""

    def of(self, day: str) -> list[str]:
        return [slot for slot in self.slots if slot[:3] == day]

    def skip(self, at: int, *kinds: str) -> int:
        while at < len(self.found) and self.found[at].kind in kinds:
            at += 1
        return at

    def kind(self, at: int) -> str:
        return self.found[at].kind if 0 <= at < len(self.found) else ""

    def emit(self, slots: Sequence[str | None], text: str, end: int, whole: bool = False) -> None:
        self.done.append(Token("SLOT", text, tuple(slot for slot in slots if slot), number=int(whole)))
        self.at = end

    def run(self) -> list[Token]:
        while self.at < len(self.found):
            token = self.found[self.at]
            if token.kind == "DAY":
                self.take_day(token)
            elif token.kind == "CLOCK":
                self.take_clock(token)
            elif token.kind == "PARTS" and self.kind(self.skip(self.at + 1, "ON")) != "DAY":
                low, high = next(hours for part, hours in _PARTS.items() if part in token.text)
                self.emit([slot for slot in self.slots if low <= int(slot[4:6]) < high], token.text, self.at + 1, True)
            elif token.kind == "EDGE" and self.kind(self.at + 1) == "DAY" and self.kind(self.skip(self.at + 2, "AT")) not in ("CLOCK", "NUM"):
                self.day = day_of(self.found[self.at + 1].text)
                self.emit([self.of(self.day)[_EDGES[token.text.split()[0]]]] if self.of(self.day) else [], token.text, self.at + 2)
            elif token.kind == "NUM" and self.is_hour(token):
                self.emit([_at(_hours(token.number), self.of(self.day))], token.text, self.at + 1)
            else:
                self.done.append(token)
                self.at += 1
        return self.done

    def take_day(self, token: Token) -> None:
        self.day = day_of(token.text)
        of_day = self.of(self.day)
        at = self.skip(self.at + 1, "AT", "ON")
        part = self.found[at] if self.kind(at) == "PART" else None
        at = self.skip(at + 1, "AT", "ON") if part else at
        if (self.kind(at) == "LINK" or (self.kind(at) == "COMMA" and self.found[at].text == ",")) and (self.kind(at + 1) == "CLOCK" or self.is_listed_hour(at + 1)):
            at += 1
        if self.kind(at) == "CLOCK":
            self.exact = self.found[at].time[0][1] >= 0
            self.emit([_at(self.found[at].time, of_day)], token.text, at + 1)
        elif self.kind(at) == "NUM" and (slot := _at(_hours(self.found[at].number), of_day)):
            self.exact = False
            self.emit([slot], token.text, at + 1)
        elif part:
            low, high = _PARTS[part.text.removesuffix("s")]
            self.emit([slot for slot in of_day if low <= int(slot[4:6]) < high], token.text, self.skip(self.at + 1, "ON") + 1, True)
        else:
            self.emit(of_day, token.text, self.at + 1, True)

    def is_listed_hour(self, at: int) -> bool:
        """Whether a number behind "Tue:" or "Tue (" is the first of some times, each with more behind it."""
        if self.kind(at) != "NUM" or self.kind(at + 1) in ("UNIT", ""):
            return False
        return _at(_hours(self.found[at].number), self.of(self.day)) is not None

    def take_clock(self, token: Token) -> None:
        self.exact = token.time[0][1] >= 0
        at = self.skip(self.at + 1, "CLOCK", "AND", "COMMA")
        listed = self.kind(at) == "ON" and self.found[at].text == "on" and self.kind(at + 1) == "DAY"
        direct = self.kind(self.at + 1) == "DAY" and self.kind(self.skip(self.at + 2, "AT")) not in ("CLOCK", "NUM")
        if listed and self.kind(self.skip(at + 2, "AT")) != "CLOCK":
            self.day = day_of(self.found[at + 1].text)
            self.emit([_at(token.time, self.of(self.day))], token.text, at + 2 if at == self.at + 1 else self.at + 1)
        elif direct:
            self.day = day_of(self.found[self.at + 1].text)
            self.emit([_at(token.time, self.of(self.day))], token.text, self.at + 2)
        else:
            slot = _at(token.time, self.of(self.day)) if self.day else None
            alike = [_at(token.time, self.of(day)) for day in dict.fromkeys(slot[:3] for slot in self.slots)]
            only = [found for found in alike if found]
            self.emit([slot or (only[0] if len(only) == 1 else None)], token.text, self.at + 1)

    def is_hour(self, token: Token) -> bool:
        """Whether a bare number goes on a list of times ("Tue 10 and 14"), or follows "at" and is no cost."""
        if not self.day or self.kind(self.at + 1) == "UNIT" or not _at(_hours(token.number), self.of(self.day)):
            return False
        if self.kind(self.at + 1) == "ON" and self.found[self.at + 1].text == "for" and self.kind(self.at + 2) == "DAY":
            return False  # "2 for Tue 10, 8 for Wed 14": what stands before a slot is its cost
        before = [done.kind for done in self.done[-2:]]
        after_list = before[-1:] in (["COMMA"], ["AND"]) and before[:1] == ["SLOT"] and not self.done[-2].number and not self.exact
        return after_list or (token.number > TOP and before[-1:] in (["AT"], ["ON"], ["AND"], ["COMMA"], ["ALL"], []))


def _joined(found: Sequence[Token], slots: Sequence[str], day: str) -> list[Token]:
    joined = _listed(_Joiner(found, slots, day).run())
    for place, token in enumerate(joined):
        if token.kind == "SLOT" and token.number and token.slots:
            stop = next((i for i in range(place + 1, len(joined)) if joined[i].kind in ("COMMA", "SLOT", "LINK", "EXCEPT")), place)
            if joined[stop].kind == "SLOT" and not joined[stop].number and set(joined[stop].slots) & set(token.slots):
                # "On Monday I can only come at 16:00" is about one slot and the others of its day, and says nothing of other days.
                others = tuple(slot for slot in token.slots if slot not in joined[stop].slots)
                only = any(t.kind == "ONLY" for t in joined[place:stop]) and others and not _is_denied(joined, place, stop)
                lone = [Token("SLOT", token.text, others, number=1), Token("OUT", "only"), Token("COMMA", ",")] if only else []
                joined[place:stop] = [*lone, *(Token("WORD", t.text) if t.kind in ("SLOT", "ONLY") else t for t in joined[place:stop])]
    return joined


def _listed(found: Sequence[Token]) -> list[Token]:
    """A plus between two slots as "and"."""
    done = list(found)
    for place in range(1, len(done) - 1):
        if done[place].text == "+" and done[place - 1].kind == done[place + 1].kind == "SLOT":
            done[place] = Token("AND", "+")
    return done


def _is_denied(found: Sequence[Token], place: int, stop: int) -> bool:
    """Whether the slot at ``stop`` is said to be out in the clause that began at ``place``."""
    end = next((i for i in range(stop + 1, len(found)) if found[i].kind in ("COMMA", "SLOT")), len(found))
    return any(token.kind in ("OUT", "NEG", "YOU", "TOTAL") for token in found[place:end])


def _range(low: int, high: int, out: bool) -> Cell:
    return frozenset(range(max(low, 0), min(high, TOP) + 1)) | (NEVER if out else frozenset())


def _valued(found: Sequence[Token]) -> list[Token]:
    """Statuses and numbers as VALUE tokens."""
    done: list[Token] = []
    for place, token in enumerate(found):
        before = done[-1].kind if done else ""
        after = found[place + 1].kind if place + 1 < len(found) else ""
        refused = token.text in ("no", "nope", "never") and (after in ("", "COMMA", "LINK", "AND") or found[place + 1].text == "for")
        if (refused or (token.text == "not" and after == "SLOT")) and token.kind in ("NEG", "WORD"):
            done.append(Token("VALUE", token.text, cell=NEVER))
        elif token.text == "x" and before in ("SLOT", "LINK"):
            done.append(Token("VALUE", token.text, cell=NEVER))
        elif token.text == "free" and _is_price(found, place):
            done.append(Token("VALUE", token.text, cell=frozenset((0,)), number=0))
        elif token.text in ("yes", "yep", "yeah", "yup", "y") and before in ("SLOT", "LINK"):
            done.append(Token("VALUE", token.text, cell=POSSIBLE))
        elif token.kind in ("OUT", "CAN", "ZERO", "AN"):
            cell = {"OUT": NEVER, "CAN": POSSIBLE, "ZERO": frozenset((0,)), "AN": frozenset((1,))}[token.kind]
            done.append(Token("VALUE", token.text, cell=cell))
        elif token.kind == "NUM":
            n = token.number
            if _is_size(token.text, found[place - 1].text if place else "", after) or (token.text.isalpha() and after == "WORD"):
                continue
            if token.text == "one" and after != "UNIT" and before not in ("AT", "ME") and found[place - 1].text not in ("cost", "costs"):
                continue
            bounds = {"ATLEAST": (n, TOP, True), "ABOVE": (n + 1, TOP, True), "ATMOST": (0, n, False), "BELOW": (0, n - 1, False)}
            if before in bounds or after == "ORMORE":
                cell = _range(*bounds.get(before, (n, TOP, True)))
                done[:] = done[:-1] if before in bounds else done
            else:
                cell = frozenset((n,))
            if 0 <= n <= TOP:
                done.append(Token("VALUE", token.text, cell=cell, number=n))
        else:
            done.append(token)
    return _alternatives(done)


def _is_price(found: Sequence[Token], place: int) -> bool:
    """Whether "free" stands where a cost would: "Tue 10 (free), Wed 14 (3)"."""
    before, after = (found[i] if 0 <= i < len(found) else Token("", "") for i in (place - 1, place + 1))
    priced = any(one.kind == "NUM" for one in found) and before.kind != "ME" and after.kind not in ("SLOT", "AT") and after.text not in ("on", "in")
    return (before.text == "(" and after.text == ")") or (priced and before.text != "am") or any(one.text == "works" for one in found[:place])


def _is_size(text: str, before: str, after: str) -> bool:
    """Whether a number in words only says how many there are: "none of these three", "all four"."""
    return text.isalpha() and after != "UNIT" and before in ("these", "those", "all", "my", "your", "the", "other")


def _alternatives(found: Sequence[Token]) -> list[Token]:
    """Values between which stands "or" become one that allows either: "8 or higher or impossible"."""
    done: list[Token] = []
    for token in found:
        before = [other for other in done[-3:] if other.kind != "ORMORE"]
        if token.kind == "VALUE" and len(before) > 1 and before[-1].text == "or" and before[-2].kind == "VALUE":
            done[done.index(before[-2]) :] = [Token("VALUE", token.text, cell=before[-2].cell | token.cell, number=before[-2].number)]
        else:
            done.append(token)
    return done


def one_slot(text: str, slots: tuple[str, ...]) -> str | None:
    """The slot that ``text`` names if it says nothing else."""
    if len(text) > 60:
        return None
    found = [token for token in tokens(normal(text), slots) if token.kind not in ("AT", "ON", "COMMA", "LINK")]
    return found[0].slots[0] if len(found) == 1 and found[0].kind == "SLOT" and len(found[0].slots) == 1 else None


def normal(text: str) -> str:
    """``text`` with one kind of apostrophe, "am" without dots and "10.30" with a colon."""
    text = re.sub(r"[’‘`]", "'", text)
    text = re.sub(r"\b([ap])\. ?m\b\.?", r"\1m", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\d)(?=[ap]m)", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<![\d.])(\d{1,2})\.([0-5]\d)(?![\d.])", r"\1:\2", text)
    return re.sub(r"(?i)\b((?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})\.?[-_]?(?=\d)", r"\1 ", text)


__all__ = ["OUT", "Token", "normal", "one_slot", "tokens"]
