"""What says that a speaker's list is whole: "that's all", "those seven are all I have", "mine was complete too"."""

from __future__ import annotations

import re
from typing import NamedTuple

from benchmark.reading import number_word

_COUNTS = {number_word(n): n for n in range(1, 21)} | {str(n): n for n in range(1, 21)}
_N = "|".join(sorted(_COUNTS, key=len, reverse=True))
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_LAST = re.compile(
    r"\b(?:(?:my|mine)(?: (?:very|own|only))?(?: (?:last|final|remaining|other|left))+"
    rf"|(?:the )?(?:last|left|remaining)(?= (?:ones?|{_N})? ?:|:)|left (?:(?:on|for|with) (?:my (?:side|end)|me|mine)|here)(?= ?:))"
    rf"(?: (?P<number>{_N})| slots?| options?| ones?| times?)*(?: left| are| is| would be)*\s*:?\s*(?={_DAY})",
    re.IGNORECASE,
)
"""What says that the slots to come are the last that a speaker can make."""
_LAST_BEHIND = re.compile(
    rf"(?:[,;(–—-]\s*|\band )(?:(?:these|those|they|that)(?:'s|'re| are| is) )?(?:my |the )?last"
    rf"(?: (?P<number>{_N})| ones?| slots?| options?)*(?= *(?:[.!)\n]|$))",
    re.IGNORECASE,
)
_FEW = re.compile(
    rf"\bmy (?:only )?(?P<mine>{_N})(?: slots?| options?| times?| ones?| possible \w+)? ?(?::|are\b)|\bmine \(?(?:all )?(?P<all>{_N})\)? ?:"
    rf"|(?<!these )(?<!those )(?<!yours )\bi (?:can|have)(?: do| make| offer)? (?P<can>{_N})"
    r"(?: slots?| options?| times?| too| as well)* ?:(?!\d)"
    rf"|(?:^|[.!] )(?P<few>{_N}) (?:possible|feasible|available|workable)(?: slots?| options?| times?)? ?:",
    re.IGNORECASE,
)
_ALL = (
    r"(?:that|this|it|these|those|they|which)(?:'s|'re| is| are| was| were|s)?(?: really| already)? "
    rf"(?:all|everything|it|the lot)(?: (?P<{{}}>{_N}))?(?: of (?:them|mine|it))?"
)
_HAVE = (
    r"(?:i (?:have|had|got|can(?: do| make| offer)?|could (?:do|make|offer)|see|'ve got)|i(?:'ve|'d| had) got"
    r"|my (?:possible |feasible )?(?:slots|options|times))(?: left| to offer)?"
)
_WHOLE = r"(?:my|the) (?:whole|complete|full|entire) (?:list|set|lot|calendar)"
_ENDS = r"(?:the )?end of (?:my |the )?list|list complete"
_EVERY = (
    rf"(?:(?:all|every one|each)(?: (?P<{{}}>{_N}))?(?: of)?"
    r" (?:mine|my (?:own )?(?:slots|options|times|ones|list)|i (?:have|had|can(?: do)?|could(?: do)?))"
    rf"|everything (?:i (?:have|had|can(?: do)?|could(?: do)?)|of mine)|{_WHOLE})"
)
_NAMED = (
    r"(?:i(?:'ve| have)(?: now| already| also| too)*|you(?:'ve| have)(?: now| already)? (?=seen|had|heard|got)"
    r"|i(?: already)?(?= (?:named|listed|gave|told|shared|showed|mentioned|offered))|you (?:already )?(?=have|know|see))"
    r" ?(?:named|listed|given|gave|told|shared|showed|shown|mentioned|offered|sent|seen|had|heard|got|have|know|see)(?: you)?"
)
_THERE = r"(?:named|listed|given|above|there|on the table)(?: above| already)?"
_NO_MORE = (
    r"i(?:'ve| have)(?: got)? (?:no (?:more|further|others?)|nothing (?:left|else|more)|none left)"
    r"(?: slots?| options?| times?)?(?: left)?(?: to (?:offer|name))?"
    r"|i(?:'ve| have) run out(?: of (?:slots|options|times))?|i(?:'m| am) out of (?:slots|options|times)"
)
_CLOSES = re.compile(
    rf"(?:(?<=[,;:(.!\n–—-])|^|\band\b)\s*(?:and |so |but )?(?:{_ALL.format('all')} {_HAVE}|(?:all|everything) {_HAVE}"
    rf"|(?:(?:that|this|the|my) list|(?:what|the (?:slots|ones|times)) i(?:'ve| have)? (?:just )?(?:listed|named|gave|given|offered))"
    rf" (?:is|was|are|were) (?:really )?(?:all|everything) (?:{_HAVE}|of mine)"
    rf"|(?:those|these|the|my) (?P<those>{_N})(?: slots| options| times| ones)?(?: (?:i|you) \w+| above)? (?:are|were) (?:really )?"
    rf"(?:all|everything) (?:{_HAVE}|of mine)"
    rf"|{_NAMED} {_EVERY.format('named')}(?: (?:now|too|already|as well|above))?"
    rf"|(?:all|every one)(?: (?P<every>{_N}))? of mine (?:are|were|is|have been|has been) {_THERE}|mine (?:are|were|have been) all {_THERE}"
    rf"|my list (?:is|was) (?:complete|whole|full)|{_NO_MORE}"
    rf"|(?:(?:that|this)(?:'s| is| was) )?{_WHOLE}(?:,? all (?P<of>{_N}))?|{_ENDS}"
    rf"|(?:{_ALL.format('that')}|my (?P<mine>{_N})"
    rf"|(?P<sum>{_N}) (?:in all|in total|all told|altogether|total|slots?|options))(?: of mine)?)"
    r"(?=\W*(?:[.!;,)\n]|$)|(?<=[a-z]{3})\s*[–—-]? (?:so|and|then|hence|therefore) (?:there|it|we|no|none|null|nothing)\b)",
    re.IGNORECASE,
)
"""That a list is whole. "That's all" and a count say so only of a list that stands beside them."""
_ARE_ALL = re.compile(
    rf"(?:\bare (?:all|everything) (?:{_HAVE}|of mine)|[=–—-] ?(?:all (?:of )?mine|all {_HAVE}))(?=\W*(?:[.!;,)\n]|$))", re.IGNORECASE
)
_OWNED = re.compile(
    rf"\b(?:{_HAVE}|{_WHOLE}|{_ENDS}|{_NAMED} (?:all|every)|of mine (?:are|were|is|ha\w+)|mine (?:are|were|have)|list (?:is|was)"
    rf"|{_NO_MORE})\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    rf"(?P<row>\b{_DAY}[^.!?\n]*?)(?:[.!,;–—-]\s*|\band )(?:and )?(?:nothing|none|no)(?: else| more| others?)(?= *(?:[.!)\n]|$))",
    re.IGNORECASE,
)


class Closing(NamedTuple):
    """That a speaker's list is whole, and how many slots it counts; ``beside`` if only a list beside it is meant."""

    number: int | None
    beside: bool
    last: bool = False
    """Whether ``number`` is of the last ones alone."""


def closing(text: str) -> tuple[str, Closing | None]:
    """``text`` without the words that close a list, and what they say."""
    if last := _LAST.search(text):
        number = _COUNTS.get((last["number"] or "").lower())
        return f"{text[: last.start()]}I can do {text[last.end() :]}", Closing(number, beside=True, last=True)
    if whole := _CLOSES.search(text):
        number = _COUNTS.get(next((n.lower() for n in whole.group("all", "that", "of", "mine", "sum", "those", "named", "every") if n), ""))
        return text[: whole.start()] + text[whole.end() :], Closing(number, beside=not _OWNED.search(whole.group()))
    if last := _LAST_BEHIND.search(text):
        number = _COUNTS.get((last["number"] or "").lower())
        return text[: last.start()] + text[last.end() :], Closing(number, beside=True, last=True)
    if few := _FEW.search(text):
        number = _COUNTS[next(n.lower() for n in few.groups() if n)]
        return f"{text[: few.start()]} I can do {text[few.end() :]}", Closing(number, beside=True)
    if _ARE_ALL.search(text):
        return text, Closing(None, beside=True)
    if more := _MORE.search(text):
        return text[: more.end("row")] + text[more.end() :], Closing(None, beside=True)
    return text, None
