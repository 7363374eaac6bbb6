"""What dense talk about slots leaves out, put back in: "None work. Mine: Tue 10, 13 - any?"; and "that's all", which closes a list."""

from __future__ import annotations

import re

from benchmark.reading import number_word
from tasks.schedule.cues import Cued

_COUNTS = {number_word(n): n for n in range(1, 21)} | {str(n): n for n in range(1, 21)}
_N = "|".join(sorted(_COUNTS, key=len, reverse=True))
_CLOCK = r"\d{1,2}:\d\d"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_BARE_ROW = (
    rf"(?:\b(?:{_DAY}[a-z]{{0,6}}|and|at|on|or|\d{{1,2}}(?::\d\d)?)\b|[,;&/() =+-]){{2,150}}(?:only|alone|,? nothing else)?\s*(?:[.!?\n]|$)"
)
_LIST = Cued(
    r"(?:(?<=[.!?;,\n–—-] )|(?<=\n)|^)\W{0,3}(?:(?:and|but|so|then|here) )?"
    rf"(?:(?:(?:mine|my (?:(?:own|possible|feasible|free|available|only|other|others|list|slots?|options?|times?|ones|{_N}) ?)+"
    r"|i(?:'m| am| can|'ve| have| could)?(?: only| just)?(?: do| make| offer| have| free| available)?|here(?: are)?)(?: are| is)?) ?:"
    r"|i(?:'ve| have)? (?:only|just)(?: got| have)?|mine (?:are|is)(?: only| just)?"
    rf"|my (?:only )?(?:{_N})(?: are|:)"
    r"|(?:my (?:(?:own|other|free|possible|available|feasible) )+(?:slots |ones |times |options )?|mine )are"
    rf"|(?:i(?:'m| am)(?: only| just)? (?:free|left with|down to|available)|i(?:'ve| have)(?: got)?)(?: only| just)?(?: on| at| for)?"
    rf"(?=\s+{_BARE_ROW}))\s*(?=[(*]*{_DAY})(?P<row>[^.!?\n]*)",
    "@",
)
"""A heading over the slots that a speaker can make: "mine: Tue 10, 13; Wed 14"."""
_CLAUSE = r"(?:(?! (?:except|but|apart|save|bar|besides)\b)[^.!?\n;,:–—])*"
_NAMED_SOME = Cued(
    rf"\bi(?:'ve| have)?(?: already| now)? (?:named|listed|gave|given|told|shared|showed|mentioned|offered)(?: you)? (?:all|every\w*)\b"
    rf"{_CLAUSE}|\bnot (?:all|every\w*|each|both)\b{_CLAUSE}"
    r"|\b(?:nothing|no) (?:else|more|further)(?: \w+)? to (?:say|add|discuss|check|tell)\b",
    "all every each both nothing no",
)
"""What tells of no slot: "I've named all my slots up to 4", which does not close the list, and "not all of those are out"."""
_NONE_CHEAPER = Cued(
    r"(?:^\W*no\b[,;:–—-]?\s*|[,;–—-]\s*|\b(?:and|as|since|because|while) )*\b(?:nothing|none"
    r"|no (?:one|other|others|slot|sum|total|pair)|neither|nobody)\b"
    r"(?: else| other| of (?:them|these|those|mine|yours|ours|the (?:others|rest)))?(?: (?!so\b|then\b)[a-z']+){0,4}?"
    r" (?:cheaper|lower|better|less|fewer|smaller|beats?|beating|closer?|under|below|undercuts|tops|as (?:cheap|low|good|little))\b"
    r"(?: (?:than )?(?:it|that|this|them|those|so|for us|\d{1,2}(?!:)|(?:our|the|a) \w+|together|in total|overall|either|here))*",
    "nothing none no neither nobody",
    "cheaper lower better less fewer smaller beats closer under below undercuts tops as",
)
""" "Nothing else is cheaper" tells of no slot."""
_SUMS = Cued(
    r"(?m:\(\s*\d\s*\+\s*\d\s*(?:=\s*\d{1,2}\s*)?\)|(?:[:;]|\s[–—-])\s*(?:totals?|sums?|together)\b(?:[\s:=]*\d+\s*(?:[,/]|and\b)?)+(?=\W*$))",
    "+ total sum sums together",
)
_ADDED = Cued(r"\(\s*\+\s*(\d)\s*(?:(?:=|->|→) ?\d{1,2}\s*)?\)", "+")
_YOUR_WHOLE = Cued(
    r"\b(?:your (?:whole|entire|full|complete) (?:list|set|lot)|everything of yours"
    r"|(?:everything|all(?: of)?(?: the)?(?: slots| ones| options| times)?(?: that)?|(?:every|each) (?:slot|one|option|time)(?: that)?)"
    r" you(?:'ve| have)? (?:just )?(?:named|listed|gave|given|offered|mentioned|proposed|suggested|sent|shared)"
    r"|(?:every|each)(?: single)? (?:slot|option|time|one) (?:of yours|on your list))"
    r"(?= (?:is|are|falls?|clash\w*|conflicts?)\b|'s\b|: (?:no|out|impossible)\b)",
    "whole entire full complete everything all each",
)
_SLOT = rf"\b{_DAY}[a-z]* (?:{_CLOCK}|\d{{1,2}}\b(?!:\d))"
_PRICED_SLOT = rf"{_SLOT} ?(?:= ?\d\b|\(\d\))"
_ASKED_BEHIND = Cued(
    rf"(?P<row>{_PRICED_SLOT}(?:(?:,|,? and|,? &) {_PRICED_SLOT}){{0,9}})(?: ?:|,| [–—-]) (?=[^.!?\n\d]{{3,40}}\?)", "?", "@"
)
""" "Tue 10:00=2: impossible for you?" tells a cost and asks."""
_SAVE = Cued(
    r"\b(?:all|everything|every (?:one|slot)|all slots)(?: else)? (?:is|are) (?:out|impossible|blocked|taken|unavailable)(?: for me)?,? "
    r"(?:but(?: for)?|except(?: for)?|save(?: for)?|bar|apart from|aside from|other than) "
    rf"(?P<row>{_DAY}[^.!?;\n]{{1,120}}?)(?=\s*(?:[.!;\n]|$))",
    "but except save bar apart aside other",
    "@",
)
""" "Everything is impossible for me except Tue 10:00 (2)"."""
_PLUS = Cued(rf"(?P<slot>{_SLOT}):? ?\+ ?(?P<cost>\d)\b(?! ?(?:[=+\d:]|->|→|-))", "+")
""" "Tue 10:00 +3": what the speaker adds to what the other has told."""
_DASH = Cued(rf"(?P<slot>{_SLOT})(?: ?[:=])? ?[–—-](?=\s*(?:[,;.)\n]|$))", "– — -", "@")
""" "Tue 10:00 -, Wed 14:30 3": nothing stands where a cost would."""
_CONDITION = Cued(
    rf"\b(?P<if>(?:unless|if|in case|provided|should) you\b[^.!?\n()]{{0,30}}?(?P<slot>{_SLOT})[^.!?\n():]{{0,25}}?),?"
    r" ?\((?:(?:me|mine|for me|my (?:cost|share|side)|i(?:'d)? pay|(?:it )?costs? me)(?: is)?[ :=]{1,2}(?P<cost>\d)|(?P<mine>\d) for me)\)",
    "(",
    "unless if in provided should",
)
""" "Unless you can do Sat 08:00 (me 6)": the cost is told, whatever the condition."""
_COLUMNS = re.compile(
    r"\b(?P<one>slots?|times?|days?|dates?|options?|costs?|prices?) ?[+/]"
    r" ?(?=(?:my )?(?:slots?|times?|costs?|prices?|hours?)\b[^.!?\n:]{0,20}:)",
    re.IGNORECASE,
)
""" "Slot+cost: Tue 13 0": what stands in the columns of a list, and no sum."""
_FACES = re.compile(r"[:;](?<=\s.)['-]?[()D/](?=\s|$)")
_PRICE_HEAD = Cued(rf"(?:(?<=[.;\n,]) *|^)(?:(?:costs?|at) )?\d(?: \w+)? ?: ?(?={_DAY})", "@")
_COSTS_HEAD = Cued(
    r"(?:^|[.;\n!] ?)(?:my |the |others?,? )?(?:costs?|priced|paid|with costs?|at a cost|the rest costs?):", "cost priced paid"
)
_AT_NONE = Cued(rf"(?:(?<=\d:\d\d)|(?<= {_DAY} \d\d)):? (?:none|nothing|nil|no cost)(?=\s*[,;.]|\s*$)", "none nothing nil no")
_TIME_THEN_DAY = re.compile(rf"\b(?P<time>{_CLOCK}) (?P<day>{_DAY}[a-z]{{0,6}})\b(?! ?{_CLOCK})", re.IGNORECASE)
_TIME_FIRST = Cued(rf"\W*(?:[a-z' ]{{1,20}}: ?)?{_CLOCK} {_DAY}[a-z]{{0,6}}\b(?! ?{_CLOCK})", "@")
""" "10:00 Tue 3, 14:30 Wed 2": the time before its day, all through."""
_CLOCK_AND_PRICE = re.compile(r"\d:\d\d ?/ ?\d(?![\d:])")
_BEHIND_SLASH = re.compile(rf"(?P<slot>\d:\d\d|\b{_DAY}[a-z]* \d{{1,2}}) ?/ ?(?P<price>\d)(?![\d:/])", re.IGNORECASE)
""" "Tue 10:00/3, Wed 8/5": a price behind each."""
_FREE_HEAD = Cued(rf"(?:(?<=[.;\n,]\s)|^)free ?: ?(?={_DAY})", "free")
"""Among prices that stand over their slots, "free" is one."""
_AT_PRICE = rf"(?:{_CLOCK}|\b{_DAY}[a-z]* \d{{1,2}})(?: costs(?: me)?| is| at)?[\s=:(]{{1,3}}\d(?![\d:])"
_PRICED_ITEM = re.compile(rf"{_AT_PRICE}", re.IGNORECASE)
_PRICED_END = re.compile(rf"{_AT_PRICE}(?: (?!for you)[a-z]+)*\)?\s*$", re.IGNORECASE)
_FREE_ITEM = re.compile(r"(?<=\d)(?: is| are|:| ?=)?(?: both| all)? free(?: for me| here| too)?(?=\s*;)", re.IGNORECASE)
""" "Tue 10 is free; Wed 14 costs 2": a price, beside others."""
_DAYS = rf"{_DAY}[a-z]*(?: ?/ ?{_DAY}[a-z]*){{1,4}}"
_SAME_TIME = Cued(rf"(?P<before>{_CLOCK} )(?P<behind>{_DAYS})|(?P<days>{_DAYS})(?P<after> {_CLOCK})", "/")
_YOUR_OTHERS = Cued(
    rf"\b(?:(?:all )?your (?:others|(?:other|remaining) (?:{_N})(?: slots| ones)?"
    r"|remaining ones|other ones|other slots|other(?=,| (?:out|no|impossible)))|(?:the )?others? of yours)\b",
    "others remaining",
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


def in_full(text: str) -> str:
    """``text`` without sums that are spelt out, and with "I can do" over a bare row of slots."""
    text = _ADDED.sub(r"(\1)", _NAMED_SOME.sub(" ", text))
    text = text if "?" in text else _NONE_CHEAPER.sub(" ", text)
    if "+" in text:
        text = _COLUMNS.sub(r"\g<one> and ", text)
    text = _ASKED_BEHIND.sub(r"\g<row>. ", text)
    text = _SAVE.sub(r"I can do \g<row>; the rest is out", text)
    text = _PLUS.sub(r"\g<slot> (\g<cost>)", _DASH.sub(r"\g<slot> x", text))
    text = _CONDITION.sub(lambda told: f"{told['slot']} costs me {told['cost'] or told['mine']}. {told['if']}", text)
    text = _FACES.sub(". ", _SUMS.sub(" ", text))
    if ";" in text:
        text = _FREE_ITEM.sub(" costs 0", text) if _PRICED_ITEM.search(text) else text
    if _TIME_FIRST.match(text):
        text = _TIME_THEN_DAY.sub(r"\g<day> \g<time>", text)
    if _AT_NONE.may_be_in(text) and _COSTS_HEAD.search(text):
        text = _AT_NONE.sub(" 0", text)
    if "/" in text and _CLOCK_AND_PRICE.search(text):
        text = _BEHIND_SLASH.sub(r"\g<slot> (\g<price>)", text)
    if _FREE_HEAD.search(text) and (_PRICE_HEAD.search(text) or _COSTS_HEAD.search(text)):
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
