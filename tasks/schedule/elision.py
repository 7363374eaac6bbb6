"""What dense talk about slots leaves out, put back in: "None work. Mine: Tue 10, 13 - any?"; and "that's all", which closes a list."""

from __future__ import annotations

import re
from typing import NamedTuple

from benchmark.reading import number_word

_COUNTS = {number_word(n): n for n in range(1, 21)} | {str(n): n for n in range(1, 21)}
_N = "|".join(sorted(_COUNTS, key=len, reverse=True))
_CLOCK = r"\d{1,2}:\d\d"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_BARE_ROW = (
    rf"(?:\b(?:{_DAY}[a-z]{{0,6}}|and|at|on|or|\d{{1,2}}(?::\d\d)?)\b|[,;&/() =+-]){{2,150}}(?:only|alone|,? nothing else)?\s*(?:[.!?\n]|$)"
)
_LIST = re.compile(
    r"(?:(?<=[.!?;,\n–—-] )|(?<=\n)|^)\W{0,3}(?:(?:and|but|so|then|here) )?"
    rf"(?:(?:(?:mine|my (?:(?:own|possible|feasible|free|available|only|other|others|list|slots?|options?|times?|ones|{_N}) ?)+"
    r"|i(?:'m| am| can|'ve| have| could)?(?: only| just)?(?: do| make| offer| have| free| available)?|here(?: are)?)(?: are| is)?) ?:"
    r"|i(?:'ve| have)? (?:only|just)(?: got| have)?|mine (?:are|is)(?: only| just)?"
    rf"|my (?:only )?(?:{_N})(?: are|:)"
    r"|(?:my (?:(?:own|other|free|possible|available|feasible) )+(?:slots |ones |times |options )?|mine )are"
    rf"|(?:i(?:'m| am)(?: only| just)? (?:free|left with|down to|available)|i(?:'ve| have)(?: got)?)(?: only| just)?(?: on| at| for)?"
    rf"(?=\s+{_BARE_ROW}))\s*(?=[(*]*{_DAY})(?P<row>[^.!?\n]*)",
    re.IGNORECASE,
)
"""A heading over the slots that a speaker can make: "mine: Tue 10, 13; Wed 14"."""
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
    rf"|(?:those|these|the|they)(?: (?P<only>{_N}))?(?: slots| options| times| ones)? (?:are|were) my only (?:slots|options|times|ones)"
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
_CLAUSE = r"(?:(?! (?:except|but|apart|save|bar|besides)\b)[^.!?\n;,:–—])*"
_NAMED_SOME = re.compile(
    rf"\bi(?:'ve| have)?(?: already| now)? (?:named|listed|gave|given|told|shared|showed|mentioned|offered)(?: you)? (?:all|every\w*)\b"
    rf"{_CLAUSE}|\bnot (?:all|every\w*|each|both)\b{_CLAUSE}",
    re.IGNORECASE,
)
"""What tells of no slot: "I've named all my slots up to 4", which does not close the list, and "not all of those are out"."""
_SUMS = re.compile(
    r"\(\s*\d\s*\+\s*\d\s*(?:=\s*\d{1,2}\s*)?\)|(?:[:;]|\s[–—-])\s*(?:totals?|sums?|together)\b(?:[\s:=]*\d+\s*(?:[,/]|and\b)?)+(?=\W*$)",
    re.IGNORECASE | re.MULTILINE,
)
_ADDED = re.compile(r"\(\s*\+\s*(\d)\s*(?:(?:=|->|→) ?\d{1,2}\s*)?\)")
_YOUR_WHOLE = re.compile(
    r"\b(?:your (?:whole|entire|full|complete) (?:list|set|lot)|everything of yours"
    r"|(?:everything|all(?: of)?(?: the)?(?: slots| ones| options| times)?(?: that)?|(?:every|each) (?:slot|one|option|time)(?: that)?)"
    r" you(?:'ve| have)? (?:just )?(?:named|listed|gave|given|offered|mentioned|proposed|suggested|sent|shared)"
    r"|(?:every|each)(?: single)? (?:slot|option|time|one) (?:of yours|on your list))"
    r"(?= (?:is|are|falls?|clash\w*|conflicts?)\b|'s\b|: (?:no|out|impossible)\b)",
    re.IGNORECASE,
)
_SLOT = rf"\b{_DAY}[a-z]* (?:{_CLOCK}|\d{{1,2}}\b(?!:\d))"
_SUMMED_UP = re.compile(rf"(?P<slot>{_SLOT})(?:\s?[:=]|\s[–—-])? \d ?\+ ?\d ?= ?(?P<sum>\d{{1,2}})\b(?! ?[+\d])", re.IGNORECASE)
""" "Tue 10:00 3+4=7"."""
_ADDED_UP = re.compile(rf"(?P<slot>{_SLOT})(?: ?[:=–—-])? ?\+ ?\d ?(?:=|->|→) ?(?P<sum>\d{{1,2}})\b(?! ?[+\d])", re.IGNORECASE)
""" "Tue 10:00 +4 = 7"."""
_PRICE_AND_SUM = re.compile(
    rf"(?P<price>{_SLOT}(?: ?= ?\d\b| ?\(\d\)| costs me \d\b)),? (?:which |that |and |so )?"
    r"(?:makes|giv(?:es|ing)|making|comes to|adds up to)(?: it)? \d{1,2}\b(?! ?[:+])(?: in all| in total| together| for us(?: both)?)?",
    re.IGNORECASE,
)
""" "Tue 10:00=2 makes 5": a cost, and a sum that tells nothing more."""
_PRICED_SLOT = rf"{_SLOT} ?(?:= ?\d\b|\(\d\))"
_ASKED_BEHIND = re.compile(
    rf"(?P<row>{_PRICED_SLOT}(?:(?:,|,? and|,? &) {_PRICED_SLOT}){{0,9}})(?: ?:|,| [–—-]) (?=[^.!?\n\d]{{3,40}}\?)", re.IGNORECASE
)
""" "Tue 10:00=2: impossible for you?" tells a cost and asks."""
_SAVE = re.compile(
    r"\b(?:all|everything|every (?:one|slot)|all slots)(?: else)? (?:is|are) (?:out|impossible|blocked|taken|unavailable)(?: for me)?,? "
    r"(?:but(?: for)?|except(?: for)?|save(?: for)?|bar|apart from|aside from|other than) "
    rf"(?P<row>{_DAY}[^.!?;\n]{{1,120}}?)(?=\s*(?:[.!;\n]|$))",
    re.IGNORECASE,
)
""" "Everything is impossible for me except Tue 10:00 (2)"."""
_OF_SLOT = re.compile(rf"{_SLOT} ?\($", re.IGNORECASE)
""" "Tue 10:00 (6 total)" counts no slots."""
_PLUS = re.compile(rf"(?P<slot>{_SLOT}):? ?\+ ?(?P<cost>\d)\b(?! ?(?:[=+\d:]|->|→|-))", re.IGNORECASE)
""" "Tue 10:00 +3": what the speaker adds to what the other has told."""
_DASH = re.compile(rf"(?P<slot>{_SLOT})(?: ?[:=])? ?[–—-](?=\s*(?:[,;.)\n]|$))", re.IGNORECASE)
""" "Tue 10:00 -, Wed 14:30 3": nothing stands where a cost would."""
_SAYS_SUM = re.compile(r"\b(?:totals?|sums?|totall?ing|together|combined|joint)\b", re.IGNORECASE)
_NEXT_BEST = re.compile(
    rf"\b(?:the )?(?:(?:next|second)(?:[ -](?:best|lowest|cheapest))?|runner[ -]up)(?: is| was| comes| would be|:)? (?P<slot>{_SLOT})"
    r",? ?(?:at|with|is|=|:|\() ?(?P<sum>\d{1,2})\b(?![:+]| (?:for|from) (?:me|my))\)?",
    re.IGNORECASE,
)
"""What comes behind the best total is a total too."""
_CONDITION = re.compile(
    rf"\b(?P<if>(?:unless|if|in case|provided|should) you\b[^.!?\n()]{{0,30}}?(?P<slot>{_SLOT})[^.!?\n():]{{0,25}}?),?"
    r" ?\((?:(?:me|mine|for me|my (?:cost|share|side)|i(?:'d)? pay|(?:it )?costs? me)(?: is)?[ :=]{1,2}(?P<cost>\d)|(?P<mine>\d) for me)\)",
    re.IGNORECASE,
)
""" "Unless you can do Sat 08:00 (me 6)": the cost is told, whatever the condition."""
_COLUMNS = re.compile(
    r"\b(?P<one>slots?|times?|days?|dates?|options?|costs?|prices?) ?[+/]"
    r" ?(?=(?:my )?(?:slots?|times?|costs?|prices?|hours?)\b[^.!?\n:]{0,20}:)",
    re.IGNORECASE,
)
""" "Slot+cost: Tue 13 0": what stands in the columns of a list, and no sum."""
_FACES = re.compile(r"(?<=\s)[:;]['-]?[()D/](?=\s|$)")
_PRICE_HEAD = re.compile(rf"(?:(?<=[.;\n,]) *|^)(?:(?:costs?|at) )?\d(?: \w+)? ?: ?(?={_DAY})", re.IGNORECASE)
_FREE_HEAD = re.compile(rf"(?:(?<=[.;\n,]\s)|^)free ?: ?(?={_DAY})", re.IGNORECASE)
"""Among prices that stand over their slots, "free" is one."""
_AT_PRICE = rf"(?:{_CLOCK}|\b{_DAY}[a-z]* \d{{1,2}})(?: costs(?: me)?| is| at)?[\s=:(]{{1,3}}\d(?![\d:])"
_PRICED_ITEM = re.compile(rf"{_AT_PRICE}", re.IGNORECASE)
_PRICED_END = re.compile(rf"{_AT_PRICE}(?: (?!for you)[a-z]+)*\)?\s*$", re.IGNORECASE)
_FREE_ITEM = re.compile(r"(?<=\d)(?: is| are|:| ?=)?(?: both| all)? free(?: for me| here| too)?(?=\s*;)", re.IGNORECASE)
""" "Tue 10 is free; Wed 14 costs 2": a price, beside others."""
_DAYS = rf"{_DAY}[a-z]*(?: ?/ ?{_DAY}[a-z]*){{1,4}}"
_SAME_TIME = re.compile(rf"(?P<before>{_CLOCK} )(?P<behind>{_DAYS})|(?P<days>{_DAYS})(?P<after> {_CLOCK})", re.IGNORECASE)
_YOUR_OTHERS = re.compile(
    r"\b(?:(?:all )?your (?:others|remaining ones|other ones|other slots|other(?=,| (?:out|no|impossible)))|(?:the )?others? of yours)\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"(?:,|\s[–—-]+|\.\.\.?)\s*(?:any(?:thing|one)?(?: (?:of (?:these|those|them)|possible|works?|good|for you|ok))?|either|our best"
    r"|best so far|ok(?:ay)?|possible|works?|good|thoughts|all right|yours)\s*\?",
    re.IGNORECASE,
)
"""A short question behind a list: ", any?"."""
_YOURS = re.compile(
    r"(?<=[.!;\n]) *(?:and |what about |how about )?yours?(?: costs?)?"
    r"(?: there| here| then| too| now| (?:for|on|at) (?:those|these|them|mine|that))?"
    r" ?(?=\?)",
    re.IGNORECASE,
)
"""Asks what the other's stances are on what was just named, and points at no list of theirs: "Yours there?"."""


class Closing(NamedTuple):
    """That a speaker's list is whole, and how many slots it counts; ``beside`` if only a list beside it is meant."""

    number: int | None
    beside: bool
    last: bool = False
    """Whether ``number`` is of the last ones alone."""


def in_full(text: str) -> str:
    """``text`` without sums that are spelt out, and with "I can do" over a bare row of slots."""
    text = _ADDED.sub(r"(\1)", _NAMED_SOME.sub(" ", text))
    if "+" in text:
        text = _ADDED_UP.sub(r"\g<slot> totals \g<sum>", text)
        text = _SUMMED_UP.sub(r"\g<slot> totals \g<sum>", _COLUMNS.sub(r"\g<one> and ", text))
    text = _ASKED_BEHIND.sub(r"\g<row>. ", _PRICE_AND_SUM.sub(r"\g<price>", text))
    if first := _SAYS_SUM.search(text):
        text = text[: first.end()] + _NEXT_BEST.sub(r"\g<slot> totals \g<sum>", text[first.end() :])
    text = _SAVE.sub(r"I can do \g<row>; the rest is out", text)
    text = _PLUS.sub(r"\g<slot> (\g<cost>)", _DASH.sub(r"\g<slot> x", text))
    text = _CONDITION.sub(lambda told: f"{told['slot']} costs me {told['cost'] or told['mine']}. {told['if']}", text)
    text = _FACES.sub(". ", _SUMS.sub(" ", text))
    if ";" in text:
        text = _FREE_ITEM.sub(" costs 0", text) if _PRICED_ITEM.search(text) else text
    if _PRICE_HEAD.search(text):
        text = _FREE_HEAD.sub("0: ", text)
    if "?" in text:
        text = _YOURS.sub(" You", _TAG.sub(". Any?", text))
    text = _YOUR_WHOLE.sub("all of yours", text)
    text = _SAME_TIME.sub(_each_day, text)
    return _LIST.sub(_listed, _YOUR_OTHERS.sub("rest of yours", text))


def _listed(heading: re.Match[str]) -> str:
    *groups, last = heading["row"].split(";")
    if groups and all(_PRICED_END.search(group) for group in groups):  # "Mine: Tue 10, Wed 14 3; Thu 9 4": the rows have their prices
        return f" {';'.join(groups)};{last if _PRICED_ITEM.search(last) else f' I can do {last}'}"
    if behind := re.search(r",? (?:only|alone)\W*$", last, re.IGNORECASE):
        return f" I can only do {'; '.join([*groups, last[: behind.start()]]).replace(';', ',')}"
    only = "only " if re.search(r"\b(?:only|just)\b", heading.group()[: heading.start("row") - heading.start()], re.IGNORECASE) else ""
    return f" I can {only}do {heading['row'].replace(';', ',')}"


def _each_day(days: re.Match[str]) -> str:
    """ "Fri/Sun 17:30": each day with the time that they share."""
    time = days["before"] or days["after"]
    return " & ".join(f"{day.strip()} {time.strip()}" for day in (days["days"] or days["behind"]).split("/"))


def closing(text: str) -> tuple[str, Closing | None]:
    """``text`` without the words that close a list, and what they say."""
    if last := _LAST.search(text):
        number = _COUNTS.get((last["number"] or "").lower())
        return f"{text[: last.start()]}I can do {text[last.end() :]}", Closing(number, beside=True, last=True)
    if whole := next((one for one in _CLOSES.finditer(text) if not (one["sum"] and _OF_SLOT.search(text[: one.start()]))), None):
        number = _COUNTS.get(
            next((n.lower() for n in whole.group("all", "that", "of", "mine", "sum", "those", "only", "named", "every") if n), "")
        )
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
