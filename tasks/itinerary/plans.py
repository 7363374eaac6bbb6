"""How people of `itinerary` propose a day, change it, agree to it and take it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from benchmark.quoting import is_ready
from benchmark.reading import is_negated, sentences, yes_or_no
from tasks.itinerary.tokens import Token, lists_hours, speaks_of_hours
from tasks.itinerary.worlds import PARTS

Plan = tuple[str, ...]
Tokens = Callable[[str], Sequence[Token]]

_PLANS = re.compile(
    r"\b(?:plan|propos\w*|suggest\w*|let['’]?s|we (?:could|should|can|do|go)|go with|final\w*|shall we|how about|settle|itinerary|route"
    r"|first|then|answer|commit\w*|start(?:ing)?|i['’]?d (?:do|go|say|take|pick))\b|->|→|➡|⇒|>",
    re.IGNORECASE,
)
_NEXT_STOP = re.compile(r"[,;)]\s*(?:and\s+)?then\s+(?:the\s+)?[A-Z]")
"""What makes stops of places beside their hours: "Castle (mornings), then Pier (evenings)"."""
_SWAPS = re.compile(r"\b(?:swap|switch|exchange)\b", re.IGNORECASE)
_AMENDS = re.compile(r"\b(?:same|change|instead|except|but|move|replace|make|put|take)\b", re.IGNORECASE)
_REFUSES = re.compile(r"\b(?:not|never|(?:do|should|would|is|has)n['’]?t|shut|closed|no)\b", re.IGNORECASE)
_ACCEPTS = re.compile(
    r"\b(?:i agree|agreed|i accept|accepted|deal|so be it|(?:it|that) is settled"
    r"|sounds (?:\w+ )?(?:good|great|perfect|fine|lovely)|works for me|fine (?:by|with) me"
    r"|let['’]?s (?:do|go with|lock) (?:it|that|this|your))\b",
    re.IGNORECASE,
)
_WELCOMES = re.compile(
    r"\b(?:(?:looks|sounds) (?:\w+ )?(?:good|great|perfect|fine|right|ideal|lovely)|same (?:plan|here|result|answer|for me)"
    r"|that['’]?s (?:the|our|my) (?:plan|day)"
    r"|perfect|lovely|wonderful"
    r"|confirm(?:ed|ing)?"
    r"|lock(?:ed|ing)? (?:it |that |this )?in|(?:that|this|it) works|i['’]?m (?:in|happy|fine|good) with|all good|no objections?"
    r"|go with (?:that|it|this|your)|mine too|identical)\b|👍",
    re.IGNORECASE,
)
"""What accepts a plan only right after it."""
_GLAD = re.compile(
    r"(?!\W*ready\b)\W*(?:(?:great|excellent|good|super|nice|cool|done|alright|all right|fine|splendid|brilliant|wonderful|see you there"
    r"|looking forward(?: to it)?|can['’]t wait|ready)\b\W*(?:\w+!\W*)?)+",
    re.IGNORECASE,
)
_RESERVES = re.compile(r"\b(?:but|except|unless|though|however|instead|almost|first)\b", re.IGNORECASE)
_TAKES_BACK = re.compile(
    r"\b(?:withdraw|take back|scrap|drop|forget|cancel|reject|do(?:n['’]t| not) (?:agree|accept|like))\b"
    r".{0,80}\b(?:plan|proposal|itinerary)\b",
    re.IGNORECASE,
)
_NEXT_STOP = re.compile(r"\s*(?:,|/|\+|&|-|–|—|and|then)?\s*(?:and\s+)?(?:then\s+)?(?:the\s+)?", re.IGNORECASE)
_SETTLES = re.compile(
    r"\W*(?:it is\b(?! (?:not|n['’]t|shut|closed|open|free))|it['’]s (?:settled|agreed|a deal)|then\W*(?:\(|$)|for (?:both of )?us"
    r"|is (?:the|our|my) (?:plan|day|answer|best)|works?\b|in that order|locked in|looking forward|see you)",
    re.IGNORECASE,
)
_SUM_AT_END = re.compile(r"(?:[=:,(–—-]|\b(?:for|at)\b)?\s*(?:€\s*\d+|\d+\s*(?:€|euros?|eur\b))[^,;:]{0,20}$", re.IGNORECASE)
_AGREEING = re.compile(
    r"\W*(?:(?:in that order|so|fine|ok|okay|yes|yep|agreed|good|great|right|alright|all right|perfect|deal|done|confirmed|then|lovely|the)"
    r"\b\W*)*",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:(?i:start(?:ing)?|begin(?:ning)?) (?:at|with|in) (?:the )?[A-Z]\w+(?: [A-Z]\w+)?"
    r"|[A-Z]\w+(?: [A-Z]\w+)? first\b(?! (?:open|choice|thought)))"
)
_SO = re.compile(r"\W*(?:so|then|therefore|hence|plan|answer|best)\b", re.IGNORECASE)
_ALL_OPEN = re.compile(
    r"\b(?:all|each|every(?:thing|one)?|all three|(?:all|each|every one) of (?:them|these|those))(?: (?:places?|stops?))?"
    r"(?: (?:are|is|will be))?(?:['’]s|['’]re)? open\b(?! all day)",
    re.IGNORECASE,
)
_SHUT_ASIDE = re.compile(
    r"\(\s*(?:(?:it|that|which)(?:['’]s| is)\s+)?(?:shut|closed)\b[^()]{0,30}\)"
    r"|[:,–—-]\s*(?:(?:it|that|which)(?:['’]s| is)\s+)?(?:shut|closed)(?: then)?"
    r"(?:,? so (?:(?:it|that)(?:['’]s| is) )?(?:free|(?:it )?costs nothing|no cost))?(?=\s*(?:[,.;)]|$))",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*")
_LEADS = re.compile(r"[\s:,=→>*–—-]*(?:(?:at|in|to|visit|is|go|we|do|the|see|for)\s+)*", re.IGNORECASE)
_TRAILS = re.compile(r"[\s:,(=*–—-]*(?:(?:in|for|during|all|first thing|on|the)\s+)*", re.IGNORECASE)


def _without_asides(text: str) -> str:
    """``text`` with blanks for the one remark that a stop is shut, if there is just one: so a stop is said to be left out."""
    shut = list(_SHUT_ASIDE.finditer(text))
    if len(shut) != 1:
        return text
    return text[: shut[0].start()] + " " * len(shut[0].group()) + text[shut[0].end() :]


def spelt_out(text: str, read: Tokens, standing: Plan | None, answers: bool) -> Plan | None:
    """The whole day that ``text`` proposes: each part with its place, or three places in order; None if it proposes none.

    A bare row of three is one where nothing else is said and nothing more is wanted; not where it ``answers`` what was asked of places.
    """
    is_last_word = not answers and is_ready(text)
    paired: dict[str, str] = {}
    for part in sentences(text):
        if part.hearsay and not _PLANS.search(part.text):
            continue
        found = [token for token in read(part.text) if token.kind in ("place", "part")]
        if len(found) < 2:
            continue  # no part with its place, and no row of places
        said = _without_asides(part.text)
        if _NEXT_STOP.search(said) or not lists_hours(said, found):
            paired |= _paired(said, found)
        row = [token for token in found if token.kind == "place"]
        if len(row) < len(found) or len({token.value for token in row}) != len(PARTS):
            continue
        places = tuple(dict.fromkeys(token.value for token in row))
        said = _SUM_AT_END.sub("", part.text)
        if not part.negated and (_PLANS.search(said) or _SO.match(said)) and _is_row(said):
            return places
        is_bare = is_last_word and _AGREEING.fullmatch(said, 0, row[0].start) is not None
        if len(row) == len(PARTS) and _closes(said, row, is_bare or places == standing):
            return places
    if PARTS[0] not in paired and len(paired) == len(PARTS) - 1 and (first := _FIRST.search(text)):
        stops = [token.value for token in read(first.group()) if token.kind == "place"]
        paired |= {part: stops[0] for part in PARTS[:1] if len(stops) == 1}
    return _plan(paired)


def _closes(text: str, row: Sequence[Token], is_standing: bool) -> bool:
    """Whether ``text`` is a row of stops and settles on it: "Lido, Pier, Anchor it is". A plan that stands need only be named again."""
    if not all(_NEXT_STOP.fullmatch(text, one.end, other.start) for one, other in pairwise(row)):
        return False
    return _SETTLES.match(text, row[-1].end) is not None or (is_standing and not _REFUSES.search(text) and _is_row(text[row[0].start :]))


def all_open_then(text: str) -> bool:
    """Whether the stops of a plan are said to be open when it has them: "all open then"."""
    for part in sentences(text):
        match = _ALL_OPEN.search(part.text)
        if match and not (part.question or part.hearsay or is_negated(part.text[: match.end()].rpartition(",")[2])):
            return True
    return False


def _is_row(text: str) -> bool:
    """Whether the places of ``text`` follow each other like stops, and are not compared."""
    return re.search(r"\b(?:has|have|costs?|euros?|better|than|or|both|all|each)\b|€", text, re.IGNORECASE) is None


def _paired(text: str, found: Sequence[Token]) -> dict[str, str]:
    """Part to place, where the two stand beside each other."""
    pairs: dict[str, str] = {}
    used: set[int] = set()
    leads = [t.kind for t in found[:1]] == ["part"]
    for at, (one, other) in enumerate(pairwise(found)):
        if one.kind == other.kind or at in used or at + 1 in used:
            continue
        gap = _IN_BRACKETS.sub(" ", text[one.end : other.start])
        if leads != (one.kind == "part"):
            continue
        if (_LEADS if one.kind == "part" else _TRAILS).fullmatch(gap) or (len(gap) < 30 and not re.search(r"[.;]", gap)):
            part, place = (one.value, other.value) if one.kind == "part" else (other.value, one.value)
            pairs.setdefault(part, place)
            used |= {at, at + 1}
    return pairs


def _plan(paired: dict[str, str]) -> Plan | None:
    if len(paired) == len(PARTS) == len(set(paired.values())):
        return tuple(paired[part] for part in PARTS)
    return None


def amended(text: str, read: Tokens, plan: Plan) -> Plan | None:
    """``plan`` with two parts exchanged, or another place put into one; None if ``text`` changes nothing."""
    for part in sentences(text):
        if part.hearsay or not (_SWAPS.search(part.text) or _AMENDS.search(part.text)) or speaks_of_hours(part.text):
            continue
        found = read(part.text)
        parts = list(dict.fromkeys(token.value for token in found if token.kind == "part"))
        places = list(dict.fromkeys(token.value for token in found if token.kind == "place"))
        if _SWAPS.search(part.text) and not _REFUSES.search(part.text):
            changed = dict(zip(PARTS, plan, strict=True))
            two = parts if len(parts) == 2 and not places else [p for p in PARTS if changed[p] in places]
            if len(two) == 2 and len(places) in (0, 2):
                changed[two[0]], changed[two[1]] = changed[two[1]], changed[two[0]]
                return _plan(changed)
        if _AMENDS.search(part.text) and (new := _put_in(part.text, plan, places, parts)):
            return new
    return None


def _put_in(text: str, plan: Plan, places: list[str], parts: list[str]) -> Plan | None:
    inside, outside = [p for p in places if p in plan], [p for p in places if p not in plan]
    if _REFUSES.search(text) or not re.search(r"\binstead\b|\breplace\b|\bsame\b|\bmake\b|\bput\b", text, re.IGNORECASE):
        return None
    if len(outside) == 1 and len(inside) == 1:
        return tuple(outside[0] if place == inside[0] else place for place in plan)
    if len(outside) == 1 and not inside and len(parts) == 1:
        return tuple(outside[0] if part == parts[0] else place for part, place in zip(PARTS, plan, strict=True))
    return None


def accepts(text: str, at_once: bool) -> bool:
    """Whether ``text`` agrees to the plan on the table; ``at_once``: it was put there the turn before."""
    parts = sentences(text)
    if at_once and not _RESERVES.search(text):
        welcomed = (_WELCOMES.search(part.text) and not (part.negated or part.question or part.hearsay) for part in parts)
        if yes_or_no(text) is True or _GLAD.fullmatch(text) or any(welcomed):
            return True
    return any(_ACCEPTS.search(part.text) and not (part.negated or part.question or part.hearsay) for part in parts)


def takes_back(text: str) -> bool:
    return any(_TAKES_BACK.search(part.text) for part in sentences(text))
