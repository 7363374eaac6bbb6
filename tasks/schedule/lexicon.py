"""The words that matter in talk about slots, found in a text: days, times, numbers, and what is said of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from benchmark.reading import number_word
from tasks.schedule.calendars import ANYTHING, Cell

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
_FAILS = r"(?:do(?:es)?n't|do(?:es)? not|won't|will not|wouldn't) (?:really |actually )?(?:work|suit|fit|do|happen)|(?:do(?:es)?n't|won't|wouldn't)(?=\W*(?:$|[.,;!]))|(?:ca|wo)nt (?:work|do|make|come)|doesnt work|dont work"  # noqa: E501 (words of one kind)
_BLOCKED = r"out(?! of \w)|impossible|inpossible|busy|booked(?: up)?|blocked(?: out)?|taken|no[- ]?go|ruled out|(?:(?:you|we) (?:can|may|could|should) )?(?:cross|strike|scratch|rule|count|leave)(?: \w+)? o(?:ff|ut)|no (?:chance|way|hope|luck)|hopeless|gone|away(?! from)|off the table|off limits|a no|kein\w*|geht nicht|pas possible|conflicts?|clash(?:es)?|tied up|excluded|n/a|isn't on(?! (?:the |my )?\w+day)|unmöglich|imposible|❌|✗|✘|🚫|👎"  # noqa: E501 (words of one kind)
_WORKS = r"can|could|works?|working|available|possible|ok(?:ay)?|fine|doable|feasible|suits?|manage(?:able)?|able|open|good|possible|geht|free|make it|✓|✔|✅|👍"  # noqa: E501 (words of one kind)
_NOTHING = r"(?:costs? (?:me )?)?(?:nothing|zero|nada|nichts)(?! (?:else|works?|suits?|fits?|but|other|is (?:possible|left)))|(?:at |for )?no (?:\w+ )?(?:cost|costs|loss|price|expense|trouble|extra)|(?:without|free of) (?:any )?(?:cost|charge|loss)|(?:wouldn't|won't|doesn't|(?:would|does|will) not) cost (?:me )?(?:anything|a thing)|cost[- ]?free|costless|zero[- ]cost|(?:lose|pay|costs?|spend|drive)(?: me)? (?:nothing|no \w+)|costs? (?:me )?free|totally free|for free"  # noqa: E501 (words of one kind)
_LEADS = "|".join(
    rf"(?<=\b{word} )"
    for word in (
        "the all this next any and or on at my our whole every each both entire but no not for except besides that only is are"
    ).split()
)
"""What stands before "weekend" where it is a time; after another word it is part of a name ("custody weekend")."""
PARTS = {"morning": (0, 12), "afternoon": (12, 18), "evening": (18, 24), "night": (19, 24), "lunchtime": (12, 14)}
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
    ("WEEKEND", rf"(?:(?<!\w )|{_LEADS})\bweekends?\b(?!\s*:)"),
    ("PARTS", rf"\b(?:(?:any|every|all) (?:{'|'.join(PARTS)})s?|(?:{'|'.join(PARTS)})s)(?= (?:is|are|do|does|don't|doesn't|won't|can't|work|cost|on))"),  # noqa: E501 (words of one kind)
    ("PART", rf"\b(?:{'|'.join(PARTS)})s?\b"),
    ("EDGE", r"\b(?:early|late)(?: on)?(?= [a-z]+days?\b)"),
    ("COUNT", rf"\b(?:\d+|{_WORD}) (?:(?!{_DAYS})\w+ )?(?:slots?|times?|options?|possibilit\w+|choices?)\b"),
    ("ATLEAST", r"\b(?:at least|minimum|no less than|not under|>=)|≥"),
    ("ABOVE", r"\b(?:more than|over|above)\b|>"),
    ("ATMOST", r"\b(?:at most|up to|maximum|no more than)\b|≤|<="),
    ("BELOW", r"\b(?:less than|under|below)\b|<"),
    ("ORMORE", r"\bor (?:more|higher|worse|above)\b|(?<=\d)\+(?!\s*\d)"),
    ("ZERO", rf"\b(?:{_NOTHING})\b"),
    ("ELSE", r"\b(?:(?:every|any|all )(?:thing|where|time)? ?(?:else|other \w+|others)|all (?:the )?(?:other|remaining)s?(?: (?:slots?|times?|days?|ones?|options?))?|(?:the )?rest|remaining (?:slots|times|ones|options)|(?<=busy )otherwise|(?<=unavailable )otherwise|(?<=booked )otherwise|otherwise(?=,? (?:i'm |i am )?(?:busy|unavailable|booked|blocked|not available|impossible))|my (?:other|remaining) (?:slots|times|ones|options)(?= (?:all|each|cost))|the (?:other (?:\w+ ){0,2}(?:slots|times|ones|days|options)|other (?:two|three|four|five|six|\d)(?! ?[ap]m|:)|others?|remaining \w+)|other (?:slots|times|days))\b"),  # noqa: E501 (words of one kind)
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
    ("EXCEPT", r"\b(?:except(?:ing)?(?: for)?|apart from|besides|other than|save for|but not|bar|aside from|excluding|with the exception of)\b"),  # noqa: E501 (words of one kind)
    ("ONLY", r"\b(?:only|just|nur|solo|solely)\b"),
    ("TOTAL", r"\b(?:total\w*|sums?|summing|together|combined|altogether|add(?:s|ing)? (?:\w+ )?up|joint(?:ly)?|overall|our costs?|for (?:both of )?us|(?:that|which|this) (?:puts|brings|leaves|gets)|between us|grand|mak(?:es|ing) (?:it |both |them |all |that )?\d+|(?:is|now|stays|remains) at (?=\d+\b(?! ?[ap:]))|beat(?:s|en|ing)?|leads?|trails?|versus|vs|stands? at|ahead)\b|\+"),  # noqa: E501 (words of one kind)
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


LEXER = re.compile("|".join(_numbered(place, *entry) for place, entry in enumerate(_LEXICON)), re.IGNORECASE)
_INDICATOR = re.compile(r"([A-Z]+)_\d+$")
_KINDS = {name: match[1] for name in LEXER.groupindex if (match := _INDICATOR.match(name))}
"""The kinds by the names of the groups that hold a whole word."""


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


def token_of(match: re.Match[str]) -> Token:
    kind, text = _KINDS.get(match.lastgroup or "", ""), match.group().lower()
    if kind in ("", "CLOCK"):  # so many groups that nobody should look at them who need not
        groups = {key: value for key, value in match.groupdict().items() if value is not None}
        kind = kind or next(_KINDS[key] for key in groups if key in _KINDS)
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


def count_of(text: str) -> int:
    """How many "the other two" are; -1 if it does not say."""
    return max(map(_number, text.split()), default=-1)


def day_of(text: str) -> str:
    """The day that a word names, as in a slot; nothing if it names none."""
    known = _FOREIGN.get(text) or _FOREIGN.get(text.removesuffix("s"))
    return known or (_BEGINNINGS.get(text[:3], "") if _DAY.fullmatch(text) else "")
