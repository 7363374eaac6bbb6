"""How many of the other's things someone says to be here too, and so that the rest are not: "I share two: ...", "... Nothing else.","""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.reference.ambiguity import Words
from tasks.reference.forms import Cue
from tasks.reference.memory import PLACED
from tasks.reference.scenes import NEUTRAL

_NUMBER = r"(?:(?P<{name}>one|two|three|four|[1-4])|both)"
_OF_LIST = r"(?:of (?:those|them|these|yours|your \w+)|(?:from|on|in) (?:that|your) list)"
_ONLY = r"(?:only |just |exactly )?"
_SAME = r"(?:possible |real |of your )?(?:candidates?|match(?:es)?|overlaps?)"
_FITS = rf"(?:{_OF_LIST} )?(?:fits?|match(?:es)?|overlap|are shared|is shared)"
_LEAD = re.compile(
    r"(?i)(?:^|(?<=[.!;] ))\W*(?:(?:yes|ok|okay|so|well|then|good|hm+|right)\W+){0,2}(?:"
    rf"(?:I|we) (?:also |only |just )?(?:share|overlap (?:on|in)|agree on|both (?:have|see)) {_ONLY}"
    rf"{_NUMBER.format(name='shares')}(?: {_OF_LIST})?"
    rf"|(?:(?:I|we) (?:also |only )?(?:have|see|'ve got) |there (?:are|is) )?{_ONLY}{_NUMBER.format(name='has')} "
    rf"(?:{_SAME}|{_FITS}|{_OF_LIST}|in common|shared|alike)"
    rf"|only {_NUMBER.format(name='only')} (?:{_OF_LIST} )?(?:could|can|might|may) (?:be (?:shared|it|ours)|fit|match|work)"
    r"|(?:my |the |our )?(?P<sole>only) (?:candidate|match|overlap|fit|one (?:shared|in common))(?: is)?"
    r"|(?:our |the )?(?:overlap|shared|in common|match(?:es)?|candidates?): (?:only|just)(?= (?:the|an?|my)\b)"
    r")(?P<where>(?: here| too| so far|,? (?:both|all|each)| (?:in|on|at) (?:my|the) \w+(?: end| side)?)*)"
    r"(?:\s*[:–—-]\s|(?:(?<=: only)|(?<=: just))\s)"
)
""" "I share two, both in my middle: a red mug, a blue jug": nothing else of the list is here."""
_OF_YOURS = re.compile(
    rf"(?i)(?:^|(?<=[.!;] ))(?:(?:yes|ok|okay|so|well)\W+)?{_OF_LIST}(?:,? I (?:have|see|share|'ve got))?: (?=\w+ \w+ \w+)"
)
""" "Of yours: a red mug, a blue jug"."""
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "only": 1}
_NO_MORE = Cue(
    rf"(?i)(?:^|[.!;,:(]\s*(?:and |but )?)(?:(?:nothing|none) else|no (?:others?|other match(?:es)?)"
    r"|(?:none|not any) of the (?:others?|rest))"
    rf"(?: {_OF_LIST}| (?:match|fit)(?:s|es)?| here| too| in common| is shared| are shared)*\W*(?:$|[.;!]\s)"
    rf"|\b(?:I|we) (?:only|just) share (?=the|an?)|\b(?:I|we) share (?:only|just) (?=the|an?)",
    "else other others rest share",
)
""" "I share only the red mug", "... Nothing else of yours"."""


def without_lead(text: str) -> str:
    """``text`` without the words that say how many things it shares, if they say nothing of where those are."""
    return _OF_YOURS.sub("", _LEAD.sub(_put, text)) if _may_lead(text) else text


def _may_lead(text: str) -> bool:
    """Whether ``text`` has one of the signs in which every lead ends."""
    return ":" in text or "-" in text or "–" in text or "—" in text


def _put(lead: re.Match[str]) -> str:
    if lead["where"].strip(" ,"):
        return lead.group()
    return "I have " if lead.group().rstrip().endswith(("only", "just")) else ""


def left_over(text: str, listed: Sequence[Words], here: Sequence[Words]) -> list[Words]:
    """What of the other's ``listed`` things is not here, where ``text`` says how many are, and has described just so many (``here``)."""
    said = _LEAD.search(text) if _may_lead(text) else None
    if not said and not _NO_MORE.search(text):
        return []
    given = next((word.lower() for word in (said["shares"], said["has"], said["only"], said["sole"]) if word), "") if said else ""
    full = {told for told in here if len(told - PLACED) == len(NEUTRAL)}
    found = [one for one in listed if any(one - PLACED <= told for told in full)]
    found = [one for one in found if len(one - PLACED) == len(NEUTRAL)]
    number = (_NUMBERS.get(given) or int(given)) if given else len(found)
    looks = {told - PLACED for told in full}
    if not found or not len(found) == len(looks) == number:
        return []
    if any(one & PLACED and told & PLACED and one != told for one in found for told in full if one - PLACED <= told):
        return []  # it stands elsewhere, and so is another
    return [one for one in listed if one not in found and len(one - PLACED) == len(NEUTRAL)]
