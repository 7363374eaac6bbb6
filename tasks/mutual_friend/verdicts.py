"""What is said at once of all friends whom the other has told of: that a few of them fit and no more, or that none does.

"Two fit: Ida and Omar" answers for all: who says it has looked through the whole list. A verdict counts only as far as it names friends of
the other and as many as it says; "two match on town" compares one particular and is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from benchmark.reading import number_word, numbers
from tasks.mutual_friend.phrases import FITS, TRAIT_NAMES
from tasks.mutual_friend.traits import MEANT, TRAIT_OF

_NAMES = r"(?:my |the |your )?(?-i:[A-Z])\w+(?:(?:, and |, | and | & )(?:my |the |your )?(?-i:[A-Z])\w+)*"
_ASIDE = r"(?: ?\([^()]*\)| (?:at|from|of|in|with|on) (?:the )?\w+(?: (?!fits?|match)\w+)?)?"
_LEAD = r"^\W*(?:(?:so|and|but|then|yes|yep|no|sadly|well|right|great|good|okay|ok|hmm+|thanks)\W+)*"
_NOW = (
    r"(?: (?:so far|for now|yet|here|there|at all|exactly|with|for me|on my (?:side|list|end|sheet)|in my notes|among mine"
    r"|mine|my (?:list|notes|friends|side|sheet|own)|any(?:one|body)? (?:of mine|on my list)|by \w+|in common))*"
)
_CANDIDATE = r"(?:one|name|friend|match|fit|candidate|person|possibility)"
_COULD_BE = rf"(?:{FITS}|(?:could|can) (?:fit|match|be (?:it|the one|ours|mutual))\b)"
_ONLY = re.compile(
    rf"(?i){_LEAD}(?:(?:only|just|(?:nobody|no one|none(?: of \w+)?)"
    rf" (?:but|except(?: for)?|besides|other than)) (?P<few>{_NAMES}){_ASIDE} (?:{FITS}|(?:is |are )?(?:possible|left)\b|remains?\b)"
    rf"|(?P<one>(?-i:[A-Z])\w+) (?:alone {FITS}|is (?:the|my|our) only {_CANDIDATE}\b(?: (?:that|who|to) {FITS}){_NOW}"
    rf"|is (?:the|my|our) only {_CANDIDATE}{_NOW}(?=\W*$|[:,–—]| \())"
    rf"|(?:the|my|our) only {_CANDIDATE}(?: (?:that|who|which|to) {_COULD_BE})?{_NOW}(?: is| are|:| =) (?P<those>{_NAMES}))"
)
_COUNTS = {number_word(number): number for number in range(1, 7)} | {str(number): number for number in range(1, 7)}
_COUNTED = re.compile(
    rf"(?i){_LEAD}(?:(?:only|just|exactly|I (?:have|find|see|get|count)|I've got|there (?:is|are))\W+)*(?P<number>{'|'.join(_COUNTS)})"
    r"(?: of (?:them|those|these|yours|your \w+))?(?: (?:names?|friends?|people))?"
    rf" (?:{_COULD_BE}|(?:matches|match|candidates?|fits?|overlaps?|hits?|possibles?|possibilities)\b){_NOW}\s*[:,–—(-]"
)
_NONE = re.compile(
    rf"(?i){_LEAD}(?:(?:none|no one|nobody|neither|not one|nothing|zero)(?: of (?:them|those|these|yours|your \w+"
    r"|(?:those|these|the) (?:\w+))(?! (?:at|in|from|on))\b)?"
    rf"(?: (?:there|here))?(?: (?:is|are) (?:a )?(?:match(?:es)?|fits?)|(?: quite| really| exactly| fully)? {FITS}){_NOW}"
    rf"|(?:no|zero) (?:match(?:es)?|fits?|hits?|overlaps?|luck)\b{_NOW}(?: with (?:those|these|them))?)\s*(?:[.!;,:–—]+\s*|$)"
)
_TRAIT = rf"(?:home ?)?(?:{'|'.join(TRAIT_NAMES)})"
_NONE_ALIKE = re.compile(
    rf"(?i){_LEAD}(?:none|nobody|no one|no|zero)\b(?! other)[^.,;:!?]{{0,60}}?"
    rf"\b(?:same|names? (?:plus|and|\+|with|&)) (?:(?:name|first name)(?:,| and| plus) )?(?:the )?(?:same )?(?P<trait>{_TRAIT})\w*"
    r"(?:(?:,? and |, | or )(?:the )?(?:same )?\w+)?\W*(?:[.,;:!–—]\s*(?:so\b)?|$)"
)
_NO_OTHER = re.compile(
    r"(?i)(?:^\W*|[,;:–—]\s*|\band\s+)(?:"
    rf"(?:none of (?:my |the )?(?:others?|rest|remaining)\b(?: \w+)?|no(?:body| one| other(?: \w+)?) else|no other(?: \w+)?)(?: of mine"
    rf"| on my list| here)? (?:{FITS}|do(?:es)?\b|comes close|is (?:a match|the same))"
    r"|(?:every(?:one|body) else|all else|(?:all )?(?:of )?(?:my |the )?(?:other(?:s| \w+)|rest))(?: of (?:mine|my \w+))?"
    r" (?:all )?(?:(?:do|does|are|is)(?:n't| not) "
    r"(?:fit|match|agree|the same|a match|matches)|differs?|(?:is|are) (?:all )?different)\b"
    r"(?: or (?:un\w+|(?:is|are)n't mine|not mine|missing|absent))?)\W*$"
)
_DECIDED = re.compile(
    r"(^\W*|[.!?;]\s+)((?:(?i:so|then|yes|great|perfect|good|right|wonderful|excellent|lovely|hooray|ah|oh)\W+)*"
    r"(?:([A-Z]\w+)(?:,? then| it is(?:,? then)?)|(?i:it|that)(?:'s| is| must be) ([A-Z]\w+)(?:,? then)?"
    r"|(?i:our|the) (?:\w+ )?(?:friend|match|person)(?: in common)? is ([A-Z]\w+)))(?:\s*[:,–—]|\s-)\s+(?=([^.!?;]*)(?:[.!;]|$))"
)
_DESCRIBING = re.compile(r"\b(?i:same|matches|identical|likewise)\b")


class Verdict(NamedTuple):
    """Whom it leaves of those that the other has told of (``fitting``), and what else the text says (``rest``)."""

    fitting: Sequence[str]
    rest: str
    of_all: bool = False
    """Whether it is of all whom the other has told of, and not of those in the last turn alone."""

    @property
    def settles(self) -> bool:
        """Whether it is, as a last word, who the friend in common is, or that there is none."""
        return len(self.fitting) < 2 and not self.of_all


def verdict(text: str, theirs: Sequence[str], spoken: Sequence[str]) -> Verdict | None:
    """What ``text`` decides of friends of the other, with those who were ``spoken`` of in the turn before it; None if nothing."""
    if match := _ONLY.match(text):
        left = _named(match["few"] or match["one"] or match["those"], theirs)
        counts = match["those"] and " one " in match.group()
        return Verdict(left, text[match.start("those") :] if counts else text) if left else None
    if match := _COUNTED.match(text):
        left = _named(text[match.end() - 1 :], theirs)
        rest = text[match.end() :] if "your" in match.group() else text
        return Verdict(left if len(left) == _COUNTS[match["number"].lower()] else theirs, rest)
    if theirs and (match := _NONE.match(text)):
        return Verdict((), text[match.end() :])
    if spoken and (match := _NO_OTHER.search(text)):
        return Verdict([*spoken, *_named(text[: match.start()], theirs)], text[: match.start()], of_all=True)
    return None


def none_alike(text: str) -> tuple[str, str]:
    """The attribute in which ``text`` says that no friend of a name is alike, and what else it says; "" for none."""
    match = _NONE_ALIKE.match(text)
    return (
        (next(trait for word, trait in TRAIT_NAMES.items() if word in match["trait"].lower()), text[match.end() :]) if match else ("", text)
    )


def the_rest(text: str, told: Sequence[str], last: Sequence[str], spoken: Sequence[str]) -> list[str]:
    """Whom ``text`` means by all others: as many as it says of those ``last`` named and not ``spoken`` of, or all who were ``told``."""
    counts = [int(number) for *_, number in numbers(text)]
    left = [name for name in last if name not in spoken]
    return list(dict.fromkeys([*told, *last])) if not counts else left if counts == [len(left)] else []


def decided_first(text: str, theirs: Sequence[str]) -> str:
    """``text`` with a sentence of its own for who it is, where that comes before how they are: "Ida it is: chess and Turin too"."""

    def parted(match: re.Match[str]) -> str:
        name = (match[3] or match[4] or match[5]).casefold()
        words = re.findall(r"\w{3,}", match[6])
        tells = any(MEANT.get(word.casefold(), "") in TRAIT_OF for word in words) or _DESCRIBING.search(match[6])
        return f"{match[1]}{match[2]}. " if MEANT.get(name) in theirs and tells else match.group()

    return _DECIDED.sub(parted, text) if theirs else text


def _named(text: str, theirs: Sequence[str]) -> list[str]:
    named = (MEANT.get(word.casefold(), "") for word in re.findall(r"\w{3,}", text))
    return [name for name in dict.fromkeys(named) if name in theirs]
