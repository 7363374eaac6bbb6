"""What says that a speaker's list is whole: "that's all", "those seven are all I have", "mine was complete too"."""

from __future__ import annotations

import re
from typing import NamedTuple

from benchmark.reading import number_word
from tasks.schedule.cues import Cued

_COUNTS = {number_word(n): n for n in range(1, 21)} | {str(n): n for n in range(1, 21)}
_N = "|".join(sorted(_COUNTS, key=len, reverse=True))
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_LAST = Cued(
    r"\b(?:(?:my|mine)(?: (?:very|own|only))?(?: (?:last|final|remaining|other|left))+"
    rf"|(?:the )?(?:last|left|remaining)(?= (?:ones?|{_N})? ?:|:)|left (?:(?:on|for|with) (?:my (?:side|end)|me|mine)|here)(?= ?:))"
    rf"(?: (?P<number>{_N})| slots?| options?| ones?| times?)*(?: left| are| is| would be)*\s*:?\s*(?={_DAY})",
    "my mine last left remaining",
    "@",
)
"""What says that the slots to come are the last that a speaker can make."""
_LAST_BEHIND = Cued(
    rf"(?:[,;(–—-]\s*|\band )(?:(?:these|those|they|that)(?:'s|'re| are| is) )?(?:my |the )?last"
    rf"(?: (?P<number>{_N})| ones?| slots?| options?)*(?= *(?:[.!)\n]|$))",
    "last",
)
_FEW = Cued(
    rf"\bmy (?:only )?(?P<mine>{_N})(?: slots?| options?| times?| ones?| possible \w+)? ?(?::|are\b)|\bmine \(?(?:all )?(?P<all>{_N})\)? ?:"
    rf"|(?<!these )(?<!those )(?<!yours )\bi (?:can|have)(?: do| make| offer)? (?P<can>{_N})"
    r"(?: slots?| options?| times?| too| as well)* ?:(?!\d)"
    rf"|(?:^|[.!] )(?:only |just )?(?P<few>{_N}) (?:possible|feasible|available|workable)(?: slots?| options?| times?)? ?:",
    "my mine can have possible feasible available workable",
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
    r"|every (?:single )?(?:slot|one|option|time)(?: (?:that )?(?:i (?:have|had|can(?: do| make)?)|is possible)| of mine)"
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
    r"|(?:no (?:more|others?|further)|nothing (?:else|more|further)|none (?:else|left))"
    r"(?: slots?| ones?| options?| times?)?(?: left| possible)?"
    r"(?= (?:here|from me|for me|on my|at my|with me|i can|that i|to (?:offer|name|give))\b)(?: that i \w+| i can\w*| to \w+)?"
)
_OURS = rf"(?:mine|my (?:own |possible )?(?:(?P<{{}}>{_N})(?: \w+)?|list|side|slots|options|times|ones|set|calendar|half)"
_OURS += r"(?: (?:above|here|there|i \w+))?)"
_HOLDS = r" (?:has|had|holds|held|contains|contained|named|names|covered|covers|gave|lists|listed|showed)"
_HOLDS += r" (?:everything|(?:them )?all|all of (?:it|them))"
_LEFT_OUT = r"i(?:'ve| have)? (?:left|held|kept) (?:nothing|none)(?: out| back)?|nothing (?:is|was) left out"
_COMPLETE = r"(?:also |too |really |already |indeed |just as )?(?:complete|whole|full|exhaustive|closed|everything|all"
_COMPLETE += r"|(?:the|my) (?:whole|full|complete|entire) (?:list|set|lot))"
_COMPLETE += r"(?: (?:complete|there|named|listed|given|(?:of )?mine|i (?:have|had)))?"
_ONLY_ONES = r"my only (?:slots?|ones?|options?|times?|possibilities|possible \w+)"
_TOO = r"(?: (?:too|as well|also|either|already|now|here|there|above|then"
_TOO += r"|from me|for me|on my (?:side|end|part|list|sheet)|at my end|with me|at all))*"
_CLOSES = Cued(
    r"(?:(?<=[,;:(.!\n–—-])|^|\band\b)\s*(?:and |so |but |as |since |because |for )?"
    rf"(?:{_ALL.format('all')} {_HAVE}|(?:all|everything) {_HAVE}"
    rf"|(?:(?:that|this|the|my) list|(?:what|the (?:slots|ones|times)) i(?:'ve| have)? (?:just )?(?:listed|named|gave|given|offered))"
    rf" (?:is|was|are|were) (?:really )?(?:all|everything) (?:{_HAVE}|of mine)"
    rf"|(?:those|these|the|my) (?P<those>{_N})(?: slots| options| times| ones)?(?: (?:i|you) \w+| above)? (?:are|were) (?:really )?"
    rf"(?:all|everything) (?:{_HAVE}|of mine)"
    rf"|{_NAMED} {_EVERY.format('named')}(?: (?:now|too|already|as well|above))?"
    rf"|(?:all|every one)(?: (?P<every>{_N}))? of mine (?:are|were|is|have been|has been) {_THERE}|mine (?:are|were|have been) all {_THERE}"
    rf"|{_OURS.format('ours')}(?:(?:'s| is| are| was| were) {_COMPLETE}|{_HOLDS})|{_LEFT_OUT}|{_NO_MORE}"
    rf"|(?:those|these|the|they|my|all) (?P<these>{_N})(?: slots| options| times| ones)?(?: (?:i|you) \w+| above)?"
    rf" (?:are|were) (?:really )?(?:all(?: of)? mine|all|everything|it|the lot|complete|{_WHOLE}|{_ONLY_ONES})"
    rf"|(?:i(?:'ve| have)? (?:only|just)(?: have| got)?"
    rf"|i(?:'ve| have)(?: got)? (?:only|just|no(?:ne| more| others?)? (?:but|than|besides|beyond))"
    rf"|{_OURS.format('few')} (?:are|is|was|were) (?:only|just)|(?:only|just))"
    rf" (?:those|these|the) (?P<only>{_N})(?: slots| options| times| ones)?"
    rf"(?: i (?:\w+|'ve \w+|have \w+))?(?: (?:are possible|work|can be|possible))?"
    rf"|i(?:'ve| have)? (?:now |already )?(?:named|listed|gave|given|told you|shared|sent)(?: you)? all (?P<listed>{_N})"
    rf"|(?:(?:that|this|those|these|they|it|the slots)(?:'s| is| was| are| were) )?(?:{_WHOLE}|{_ONLY_ONES})(?:,? all (?P<of>{_N}))?"
    rf"|{_ENDS}"
    rf"|(?:{_ALL.format('that')}|my (?P<mine>{_N})"
    rf"|(?P<sum>{_N}) (?:in all|in total|all told|altogether|total|slots?|options))(?: of mine)?){_TOO}"
    r"(?=[^\w?]*(?:[.!;,)\n]|$)|(?<=[a-z]{3})\s*[–—-]? (?:so|and|then|hence|therefore) (?:there|it|we|no|none|null|nothing)\b)",
    "all everything it lot every each whole complete full entire exhaustive closed nothing none no out only just end my total altogether"
    " slots options",
)
"""That a list is whole. "That's all" and a count say so only of a list that stands beside them."""
_ARE_ALL = Cued(
    rf"(?:\bare (?:all|everything) (?:{_HAVE}|of mine)|[=–—-] ?(?:all (?:of )?mine|all {_HAVE}))(?=\W*(?:[.!;,)\n]|$))", "all everything"
)
_OWNED = re.compile(
    rf"\b(?:{_HAVE}|{_WHOLE}|{_ENDS}|{_NAMED} (?:all|every)|of mine (?:are|were|is|ha\w+)|mine (?:are|were|have)|list (?:is|was)"
    rf"|{_NO_MORE}|{_LEFT_OUT}|{_OURS.format('_')}(?:{_HOLDS}|'s| is| are| was| were)|{_ONLY_ONES}"
    rf"|(?:those|these|the|they|my|all) (?:{_N})\b.* (?:are|were)|all (?:{_N})$"
    rf"|(?:those|these|the) (?:{_N}))\b",
    re.IGNORECASE,
)
_ASKS_FOR_MORE = re.compile(
    r"(?:^|[.!;,:\n–—-])(?=[^.!?;\n]*\?)"
    r"(?![^?\n]*(?:\d|\b(?:cheap|better|low|match|shar|overlap|common|of (?:these|those|mine|them)|agree|(?:else|more) to))"
    r"|[^?\n.!;]*\b(?:all|complete|whole))[^.!?;\n]*"
    r"\b(?:any(?:thing|where)? (?:more|else|others?|left|further)|(?:have|got|do you have|you(?:'ve)?) (?:you )?(?:any|more|others|some)"
    r"|another|more|others|else|nothing (?:more|further)|no (?:more|others?))\b[^.!?\n]*\?",
    re.IGNORECASE,
)
_ASKS_IF_WHOLE = re.compile(
    rf"\b(?:that|those|these|they|it|list|yours|slots|you|{_N})(?:'s|'re| is| are| was| were| really| indeed| named| listed| given){{0,2}}"
    r" (?:all|everything|complete|the lot|exhaustive|(?:the|your) (?:whole|full|complete|entire) list)"
    r"(?: you(?:'ve| have| can| could)?(?: \w+)?| of (?:it|them|yours)| too| then)*\s*\?"
    r"|\b(?:complete|whole|full|everything|all)\b[^?\n]{0,12}\b(?:(?:is|are|was|were) yours|and yours|yours)(?: too| as well)?\s*\?"
    r"|(?:^|[.!;:] )(?:all|everything)(?: (?:told|listed|named|mentioned|given|yours|of yours|you have|you've got|there))+\s*\?"
    r"|\b(?:did|have) you (?:now |already )?(?:list|name|give|tell|mention|share)\w* (?:me )?"
    r"(?:all|everything|every one|your (?:whole|full|complete|entire) \w+)"
    r"(?: (?:of )?yours| your \w+| (?:of )?them| you (?:have|can))?\s*\?",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:(?:sorry|sadly|alas|unfortunately|i'm afraid|ah|oh|well)\W+){0,2}(?:no|nope|nah|none|nothing|not one|not any|i'm afraid not"
    r"|there (?:are|is) no(?:ne)?"
    r"|i (?:don't|do not|haven't|have not|have none|have no)(?: have)?(?: any)?)"
    r"(?: (?:more|others?|else|left|further|at all|here|from me|sorry|either|besides|slots?|sadly|i'm afraid))*(?=\s*(?:[.,;:!(–—-]|$))",
    re.IGNORECASE,
)
_YES = re.compile(
    r"^\W*(?:yes|yep|yeah|yup|right|correct|indeed|exactly|sadly,? yes|they are|they were|i did|i have|it is|it was"
    r"|complete|all of (?:it|them)|it's complete|they're complete|that's right|those are"
    r"|that is|that was)"
    r"(?=\s*(?:[.,;:!(–—-]|$))"
    rf"(?:[\s,:–—-]+(?:(?:that's|those are|they are|it is|these are|that is|just|only) )?(?:all|everything)(?: (?P<number>{_N}))?"
    r"(?: (?:of (?:them|mine|it)|i have|mine))?(?=\s*(?:[.,;:!(–—-]|$)))?",
    re.IGNORECASE,
)
_SO_IS_MINE = re.compile(
    r"(?:^|[.!;,:–—-]|\b(?:and|as))\s*(?:so (?:is|are|was|were) (?:mine|my \w+)"
    r"|(?:mine|my \w+)(?: is| are| was| were)?,? (?:too|as well|also|likewise)"
    r"|(?:the )?same (?:with|for|goes for|holds for|is true of) (?:mine|my (?:list|slots|options|times|side))"
    r"|as (?:is|are|was|were) (?:mine|my \w+))(?=\s*(?:[.,;:!(–—-]|$))",
    re.IGNORECASE,
)
_MORE = Cued(
    rf"(?P<row>\b{_DAY}[^.!?\n]*?)(?:[.!,;–—-]\s*|\band )(?:and )?(?:nothing|none|no)(?: else| more| others?)(?= *(?:[.!)\n]|$))",
    "nothing none no",
    "@",
)


_MY_SLOTS = r"my (?:own |possible |feasible |free |available )*(?:slots|options|times|ones)"
_LISTED = r"(?:named|listed|given|shown|told|above|there|on the table|(?:in|on) (?:that|the|my) list)(?: above| already)?"
_THIS_ONE = rf"(?:(?:that|the|this)(?: first)? list|(?:the|those|these) (?:{_N}|slots|ones|times))"
_THIS_ONE += r"(?: (?:i|that i)(?:'ve| have)? (?:gave|named|listed|sent|told|given))"
_EARLIER = Cued(
    r"(?:(?<=[,;:(.!\n–—-])|^|\b(?:and|as|since|because|for)\b)\s*(?:and |so |but |as |since |because |for )?(?:"
    rf"(?:that|those|these|they|it) (?:was|were) (?:really |already )?(?:all|everything|it|the lot|complete)(?: (?P<a>{_N}))?"
    rf"|(?:that|those|these|they|it)(?:'s| is|'re| are) all (?:of )?mine"
    rf"|i(?:'ve| have)?(?: already| now)? (?:named|listed|gave|given|told|shared|sent)(?: you)? "
    rf"(?:everything|(?:them )?all(?: (?:of them|of it|(?P<b>{_N})))?|every(?: single)? one)(?: possible| i (?:can|have))?"
    rf"|you(?:'ve| have)?(?: already| now)? (?:have|got|seen|heard) (?:them )?all (?:(?P<c>{_N})|of mine)"
    rf"|{_OURS.format('d')}(?: (?:is|are|was|were) (?:final|exhausted|all there (?:is|are)|all that (?:exists?|there (?:is|are)))"
    rf"|(?: (?:has|had|holds|knows))? (?:no (?:more|others?)|nothing (?:else|more)|none (?:else|other))"
    rf"|: no (?:more|others?)|(?: has| had| holds| held| contains?| contained| gave| showed| named)+ (?:all|every(?:thing| one)?)(?: of)?"
    rf"(?: {_MY_SLOTS}| of mine| i (?:can|have))?)"
    rf"|(?:all|every one)(?: of)? {_MY_SLOTS} (?:are|were|have been|is|was) {_LISTED}"
    rf"|every (?:slot|one|option|time)(?: (?:that )?i (?:can(?: make| do)?|have)| of mine) (?:is|was|has been) {_LISTED}"
    rf"|i(?:'ve| have)? exhausted (?:mine|{_MY_SLOTS}|my list)"
    rf"|(?:that list|{_THIS_ONE}) (?:is|was|are|were) (?:complete|full|whole|exhaustive|all)"
    rf"|there (?:are|is) (?:no (?:more|others?)|none (?:else|left))(?: slots?| ones?)?(?= (?:from|on|with|of|in) (?:me|my|mine)\b| here\b)"
    rf"|only my (?P<e>{_N})(?: slots)? (?:are possible|work|fit|can be)"
    rf"|i can (?:do|make|manage|offer) only (?:those|these|the|my) (?P<f>{_N})"
    rf"|(?:those|these|my|the) (?P<g>{_N})(?: (?:are|were) the whole of it|,? (?:and )?(?:no more|nothing else|no others?|none else))"
    rf"|i(?:'ve| have)(?: got)? (?:none|nothing) (?:but|except|besides|beyond|other than) (?:those|these|them)(?: (?P<h>{_N}))?"
    rf"){_TOO}(?=[^\w?]*(?:[.!;,)\n]|$))",
    "all everything it lot complete every final exhausted no nothing none full whole exhaustive only",
)
"""What closes the list that a speaker gave in an earlier turn, whatever stands beside it."""
_HEADS = Cued(
    r"(?P<before>^|[.!?;\n] ?)\W{0,2}(?:(?:so|here|only|just)[:,]? )*"
    r"(?:(?:all|everything)(?: (?:of )?mine| (?:that )?i (?:have|can)(?: do| make| offer)?"
    rf"| {_MY_SLOTS}| (?:that's |that is )?possible(?: for me| here)?)|(?:my |the )?(?:full|complete|entire|whole) (?:list|set)"
    r"|(?:my|the) only (?:slots|ones|options|times)(?: (?:that )?i can(?: do| make)?| possible)?(?: for me)?"
    rf"|{_MY_SLOTS},? all(?: of them)?|i(?:'ve| have)(?: got)? (?:just|only))(?: (?:is|are))? ?[:–—-]?\s*(?=[(*]*{_DAY})",
    "@",
)
""" "All I have: ..." stands over a list that is whole."""
_TAILS = Cued(
    rf"(?P<row>{_DAY}[^!?\n]{{8,}}?)(?:\s*[.;,(–—-]+\s*(?:(?:that's |that is |this is |these are |and )?"
    r"(?:(?:my |the )?(?:list,? )?(?:complete|full|whole|entire|exhaustive)(?: list| set)?|end(?: of list)?|all (?:mine|of mine|told))"
    r"|(?:these|those|them) only|only (?:these|those)|(?:not|none) others?|none other|(?:all |everything |anything )?(?:else|otherwise):? ?"
    r"(?:is |are |i'm |i am )?(?:impossible|no|out|not|blocked|busy|unavailable|not free|none|x))"
    r"|(?P<only>(?<=\d|[)]) only))(?=\s*(?:[.!)\n]|$))",
    "complete full whole entire exhaustive end all only others else otherwise",
    "@",
)
""" "Tue 10 3, Wed 14 0. Complete.": so is that before which nothing but slots stands."""
_FOR_ME = Cued(
    rf"(?P<before>(?:^|[.!:] ))(?:(?:only|just|i have|there are) )*(?P<few>{_N})"
    r"(?: (?:slots?|options?|times?|ones?|work|suit|for me|from me|here|on my side|of mine|only|i can))+ ?:(?P<row>[^.!?\n]*)",
    ":",
)
_OFFERS = re.compile(rf"^[^.!?\n]{{2,40}}\b{_DAY}[a-z]* |\b{_DAY}[a-z]* [^.!?\n]{{1,40}}(?:\?|[(=] ?\d)", re.IGNORECASE)
""" "No, Tue 10 is out" answers something else, and "None. Wed 14 (3)?" offers more."""
_OF_SLOT = re.compile(rf"\b{_DAY}[a-z]* (?:\d{{1,2}}:\d\d|\d{{1,2}}) ?\($", re.IGNORECASE)
""" "Tue 10:00 (6 total)" counts no slots."""
_TIME = re.compile(rf"\d{{1,2}}:\d\d|\b{_DAY}[a-z]* \d{{1,2}}\b", re.IGNORECASE)


def _few(heading: re.Match[str]) -> str:
    """ "Only six for me: ..." counts slots where so many come, and is no price of theirs."""
    several = len(_TIME.findall(heading["row"])) == _COUNTS[heading["few"].lower()]
    return f"{heading['before']}{heading['few']} possible:{heading['row']}" if several else heading.group()


class Closing(NamedTuple):
    """That a speaker's list is whole, and how many slots it counts; ``beside`` if only a list beside it is meant."""

    number: int | None
    beside: bool
    last: bool = False
    """Whether ``number`` is of the last ones alone."""


class Inquiry(NamedTuple):
    """Whether a turn asks for ``more`` slots, or if all were named (``whole``), or says that its own list is ``closed``."""

    more: bool = False
    whole: bool = False
    closed: bool = False


def inquiry(text: str, closed: bool) -> Inquiry:
    """What of the other's list a turn asks."""
    whole = "?" in text and bool(_ASKS_IF_WHOLE.search(text))
    return Inquiry("?" in text and not whole and bool(_ASKS_FOR_MORE.search(text)), whole, closed)


def closing(text: str, asked: Inquiry, told: str) -> tuple[str, Closing | None]:
    """``text`` without the words that close a list, and what they say where the other has ``asked`` for more. It was ``told`` so."""
    text, closes = _closing(text)
    if asked.whole and (yes := _YES.match(told)):
        number = _COUNTS.get((yes["number"] or "").lower(), closes.number if closes and not closes.last else None)
        return _YES.sub("", text), Closing(number, beside=False)
    if (asked.more and _NO.match(told) and not _OFFERS.search(told)) or (asked.closed and _SO_IS_MINE.search(text)):
        return text, Closing(closes.number if closes and not closes.last else None, beside=False)
    return text, closes._replace(beside=False) if closes and not closes.last and (asked.more or asked.whole) else closes


def _closing(text: str) -> tuple[str, Closing | None]:
    text = _FOR_ME.sub(_few, text)
    if last := _LAST.search(text):
        number = _COUNTS.get((last["number"] or "").lower())
        return f"{text[: last.start()]}I can do {text[last.end() :]}", Closing(number, beside=True, last=True)
    if earlier := _EARLIER.search(text):
        number = _COUNTS.get(next((n.lower() for n in earlier.groups() if n), ""))
        return text[: earlier.start()] + text[earlier.end() :], Closing(number, beside=False)
    if whole := next((one for one in _CLOSES.finditer(text) if not (one["sum"] and _OF_SLOT.search(text[: one.start()]))), None):
        number = _COUNTS.get(next((n.lower() for n in whole.groups() if n), ""))
        return text[: whole.start()] + text[whole.end() :], Closing(number, beside=not _OWNED.search(whole.group()))
    if heads := _HEADS.search(text):
        return f"{text[: heads.start()]}{heads['before']} I can do: {text[heads.end() :]}", Closing(None, beside=True)
    if last := _LAST_BEHIND.search(text):
        number = _COUNTS.get((last["number"] or "").lower())
        return text[: last.start()] + text[last.end() :], Closing(number, beside=True, last=True)
    if few := _FEW.search(text):
        number = _COUNTS[next(n.lower() for n in few.groups() if n)]
        return f"{text[: few.start()]} I can do: {text[few.end() :]}", Closing(number, beside=True)
    if _ARE_ALL.search(text):
        return text, Closing(None, beside=True)
    if (tail := _TAILS.search(text)) and len(_TIME.findall(tail["row"])) > (
        2 if not tail["only"] or not text[: tail.start()].strip() else 99
    ):
        return text[: tail.end("row")] + text[tail.end() :], Closing(None, beside=True)
    if more := _MORE.search(text):
        return text[: more.end("row")] + text[more.end() :], Closing(None, beside=True)
    return text, None
