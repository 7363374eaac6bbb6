"""What a reply to the other's list of slots leaves out, put back in: "I can make none", "None shared.", "Shared: ...", "Tue, then"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from benchmark.reading import number_word
from tasks.schedule.cues import Cued
from tasks.schedule.worlds import TOP

_N = "|".join(sorted({form for n in range(1, 21) for form in (number_word(n), str(n))}, key=len, reverse=True))
_CLOCK = r"\d{1,2}:\d\d"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_SLOT = rf"\b{_DAY}[a-z]*,? (?:at )?(?:{_CLOCK}|\d{{1,2}}\b)"
_YOURS = r"(?:those|these|them|yours|your (?:list|slots|options|ones|times|offers)|(?:that|this) list|that|the above"
_YOURS += rf"|(?:your|the|those|these) (?:{_N})(?: slots| options| ones| times)?)"
_MINE = rf"(?:mine|my (?:own |possible )?(?:(?P<{{}}>{_N})|slots|options|ones|times|list)(?: slots| options| ones| times)?)"
_OPENS = (
    r"^\W{0,9}(?:(?:sadly so|so sadly|sadly|unfortunately|sorry|alas|ugh|argh|damn|hm+|oh|ah|no|nope|and|but|well|same here|likewise"
    r"|i'm afraid|too bad|(?:what a )?(?:pity|shame)|true|indeed|right)\b[\s,.!:–—-]{0,4}){0,4}"
)
_DENIES = re.compile(
    rf"{_OPENS}"
    r"(?:none|neither|nothing(?= (?!at all\W)\w)|not (?:one|any|a single (?!slot)\w+)|no single one|(?:no|zero|0)(?= (?:match|overlap))"
    rf"|(?:those|these|they|yours|your (?:list|slots|options|{_N}))(?: all)? (?:don't|do not|doesn't|does not|never)"
    r" (?:match|overlap|fit|suit|work|meet)(?: with)?(?: any of)?"
    r"|(?:our|the|both|the two) lists (?:don't|do not|never) (?:match|overlap|meet)"
    r"|no (?=(?:common|shared) (?:slot|one|time|option)s?\s*[:;,–—-]\s*(?:mine|i\b|i'|my))(?:common|shared) \w+"
    r"|i can(?:'t|not| not) (?:make|do|manage|attend) (?:any|either|a single one|them|those|these)"
    r"|i (?:can|could) (?:make|do|manage|attend) (?:none|neither|not (?:one|any))|i (?:have|'ve(?: got)?) none(?= of\b)"
    r"|no(?:,? no){1,4}|(?<=no[, ] )(?:nothing|none)(?: at all)?|(?<=no )nothing(?: at all)?|no ?[x×] ?\d"
    r"|nope?(?=\W+so (?:there|no|it|none|null)\b)|also (?:not|none|no|out)|not (?:those|these|them|yours)"
    r"|(?:not possible|impossible|no (?:luck|dice|go)|all (?:are )?(?:no|out|blocked|impossible|taken|clash|conflict))"
    r"(?! ?: ?(?!i\b|i'|my\b|mine\b|our\b|we\b)\w))"
    rf"(?: of (?:them|(?:those|these)(?: (?:{_N}))?|yours|your \w+|the above|that|the (?:{_N})))?"
    r"(?: (?:match(?:es|ing)?|overlap(?:s|ping)?|shared|in common|fits?|works?|suits?|there|here|possible|in|at|all|are|is|for|me"
    r"|my|side|end|on|with|either|too|yet|sadly|so far|i'm afraid|unfortunately|sorry|doable|feasible|available"
    r"|ok|mine|my list|of|indeed|as well|any))*"
    r"(?=\s*(?:[.!?;:,\n(–—-]|$))(?:\s*:)?",
    re.IGNORECASE,
)
"""A reply that denies all that the other has just named."""
_OVER_MINE = re.compile(r"\b(?:mine|my list|my side|my end|me)\s*:$", re.IGNORECASE)
""" "None match mine: Tue 10, 14" goes on with what is mine."""
_AMONG = r"(?:(?:is|are|was|were|appears?) (?:also |even )?(?:among|amongst|in|on|one of|with|shared with)"
_AMONG += r"|match(?:es)?|overlaps?(?: with)?|fits?|coincides? with|meets?|works? with|(?:is|are) shared with)"
_DISJOINT = Cued(
    rf"(?:{_OPENS}|(?P<inside>[.!;:,\n–—-])\s*(?:and |but |so )?)(?:none|neither|not (?:one|any|a single one)|no single one|nothing) of"
    rf" (?:{_MINE.format('mine')} {_AMONG} (?:any of )?{_YOURS}|{_YOURS} {_AMONG} (?:any of )?{_MINE.format('among')})"
    r"(?=\s*(?:[.!;:,\n(–—-]|$))",
    "of",
    "none nothing neither not no",
)
""" "None of my seven is among yours"."""
_UNSHARED = Cued(
    r"[.!;:,–—-]\s*(?:so |and |but )?(?:(?:none|nothing|not (?:one|a single)(?: one| slot| time)?)(?: of (?:them|those|these|mine|ours))?"
    r"(?: is| are|'s)? (?:shared|in common|common|matching|overlapping)(?: with yours| to us)?"
    r"|(?<=\d[.!;:,–—-] )(?:so )?(?:there(?:'s| is) )?"
    r"(?:no (?:overlap|match(?:es)?|(?:shared|common) (?:slots?|ones?)|(?:slots?|ones?|times?) (?:in common|shared))"
    r"|nothing (?:overlaps|matches)|(?:none|nothing|no slot) (?:suits|works for|fits)(?: us)? both(?: of us)?"
    r"|we (?:share|have) (?:nothing|none|no slots?)(?: in common)?)(?: at all)?(?: with (?:yours|you|your \w+))?)"
    r"(?:,? (?:it seems|i think|i fear|i'm afraid|sadly|so far|alas))?"
    r"(?=\s*(?:[.!;,\n]|$))",
    "none nothing not no",
)
""" "I only have Tue 10, Wed 14: none shared!"."""
_SHARED = Cued(
    r"(?:(?<=[.!?;\n] )|(?<=\n)|^)\W{0,3}(?:so |then |yes, |(?:our|my|the|all|all the|only) ){0,2}"
    r"(?:(?:(?:shared|common|overlapping|matching|mutual|joint)(?: (?:slots|ones|options|times))?|matches|overlaps?"
    r"|(?:in )?common(?: to (?:us|both)(?: of us| both)?)?)(?: with (?:you|yours|your list|mine))?"
    r"(?:,? (?:with |and )?\(?(?P<sums>(?:sums|totals|total costs?|joint costs?|totalled)\b)\)?)?(?: are)?:"
    rf"|(?:only|just|exactly|the only) (?:{_N}) (?:match(?:es)?|overlaps?|shared|common)(?: slots?| ones?)?:"
    r"|the (?:only|one|sole) (?:common|shared|overlapping|matching|mutual) (?:slot|one|option|time)(?: is|:| =)"
    rf"|i (?:match|overlap) on(?: (?:{_N}))?:?|(?:{_N}) (?:of {_YOURS} )?(?:match|overlap|fit|work|shared|in common|common)(?: for me)?:"
    rf"|(?:(?P<mine>i|my (?:{_N}))|we) share(?: just| only)?(?: (?:{_N}))?(?: slots?| ones| of them)?"
    r"(?: with (?:them|yours|you|your list))?:"
    r"|(?P<i>i) (?:only )?share"
    r"|(?:possible|feasible|fine|ok|free|good|open) for (?:us )?both(?: of us)?:|(?:we )?both(?: of us)?(?: can(?: make| do)?| have)?:"
    r"|(?:these |what )?(?:suits?|works?|fits?)(?: for)?(?: us)? both(?: of us)?:"
    rf"|we have(?: only| just)?(?: (?:{_N}))?(?: slots?| ones| times)? in common:"
    r"|we (?:only )?(?:share|both have|can both (?:make|do)|both can (?:make|do)|overlap on|have in common):?|in common we have:?)"
    rf"\s*(?=[(*]*{_DAY})(?P<row>[^.!?\n]*)",
    "shared common overlap matching mutual joint both fit work",
    "@",
)
"""A heading over all slots that both can make."""
_NUMBERED = re.compile(
    rf"(?P<slot>\b(?P<day>{_DAY})[a-z]*,? (?:at )?(?P<time>{_CLOCK}|\d{{1,2}}\b)):?"
    r"(?:,? (?:at|for|with))? \(?(?P<number>\d{1,2})\b(?![:+])\)?(?= ?(?:[,;&.]|and\b|$))",
    re.IGNORECASE,
)
_SAYS_WHOSE = re.compile(r"\b(?:me|my|mine|i|you|yours?|costs?|total\w*|sums?)\b|[=+]", re.IGNORECASE)
_OF_THOSE = Cued(
    rf"(?:(?<=[.!?;\n] )|(?<=\n)|^)\W{{0,3}}(?:(?:and|so|well|ok|okay),? )?(?:out of|of|from|among) {_YOURS}[,:]? "
    rf"(?:i (?:can|could) (?:only )?(?:make|do|manage|offer)|i (?:only )?have|i'm free)(?: only)?(?: (?:{_N}|these))?:? (?={_DAY})"
    rf"(?P<row>[^.!?\n]*)(?=[.!\n]|$)"
    rf"|(?:(?<=[.!?;\n] )|(?<=\n)|^)\W{{0,3}}(?:of|from|among) {_YOURS},? (?={_DAY})[^.!?;\n]*"
    r"\b(?:work|suit|fit|are (?:possible|fine|ok|doable|free))\b"
    rf"|\b(?:of )?(?:yours|the ones|those)(?: that)? (?:i can(?: also)?(?: do| make)?|(?:work|suit|fit)s?(?: for)? me)"
    rf"(?: too| as well)?: ?(?={_DAY})[^.!?\n]*"
    rf"|\b(?:i (?:can|could) (?:only )?(?:make|do|manage)|only|just) (?:{_N}) of {_YOURS}:? (?={_DAY})[^.!?\n]*(?=[.!\n]|$)"
    rf"|(?:(?<=[.!?;\n] )|(?<=\n)|^)\W{{0,3}}(?:only|just) (?={_DAY})[^.!?;\n]*"
    r"\b(?:match(?:es)?|overlaps?|(?:is|are) (?:shared|common|in common))\b"
    rf"|\bi (?:can|could) (?:only )?(?:make|do|manage) (?={_DAY})[^.!?\n]*\b(?:of|from) {_YOURS}(?=\s*[.!;\n]|$)",
    "of from among yours ones those only just",
    "@",
)
_SO_MANY_OF_YOURS = Cued(
    rf"\bi (?:can|could) (?P<only>only )?(?:make|do|manage) (?:{_N}) of (?P<yours>{_YOURS})\b[:,]? (?={_DAY})", "of", "can could", "@"
)
_OF_YOURS_ONLY = Cued(
    rf"(?P<of>(?:^|(?<=[.!?;\n] ))\W{{0,3}}(?:out of|of|from|among) {_YOURS}),? (?:only|just) (?={_DAY})", "only just", "@"
)
"""Which of the slots of the other a speaker can make: "Of those I can make Tue 10 (3) and Wed 14 (2)."."""
_NOT_ALL = re.compile(
    r"\b(?:so far|for now|e\.g|for (?:instance|example)|among others?|at least|best|cheapest|etc)\b|\.\.\.|…", re.IGNORECASE
)
_NOT_CHOSEN = re.compile(r"\?|\b(?:not|no|n't|but|unless|if|out|can't|cannot|or)\b", re.IGNORECASE)
_TOTALS = Cued(r"\b(?:totals|sums)\b(?:(?!\b(?:me|my|mine|you|yours?)\b)[^.!?\n:;\d]){0,30}:(?P<row>[^.!?\n]*)", "totals sums")
_SUM_WORD = r"(?:in (?:total|all|sum)|all told|altogether|together|combined|total(?:s|l?ing)?(?: of)?|sums?(?: of| to)?|jointly)"
_SUM_ITEM = rf"(?P<slot>{_SLOT})[ (=:–—-]*(?:(?:at|for|with|is|gives|makes|costs) )?(?:(?P<lead>{_SUM_WORD})[ :=]*)?"
_SUM_ITEM += rf"(?P<sum>\d{{1,2}})\b(?![:+])(?: ?(?P<mark>{_SUM_WORD}))?\)?"
_OF_THE_REST = re.compile(r"\s*[;,] ?(?:and )?(?=(?:all )?(?:the )?(?:others?|rest|remaining)\b)", re.IGNORECASE)
_FIRST_SUM = re.compile(rf"\W*{_SUM_ITEM}(?=\s*(?:[,;&.]|and\b|$))", re.IGNORECASE)
_NEXT_SUM = re.compile(rf"\s*(?:,|;|&|and\b|\s)+\s*{_SUM_ITEM}(?=\s*(?:[,;&.]|and\b|$))", re.IGNORECASE)
""" "Tue 10:00 (8 in total), Wed 14:30 (3)": all are sums where the first is."""
_ADDS_UP = Cued(
    r"(?:(?<=[.!?;\n] )|(?<=\n)|^)\W{0,3}(?:so |then |our |the ){0,2}(?:(?:added|adding)(?: (?:them|it|those|these|both))?(?: all)? up"
    r"|(?:all )?together|combined|in (?:total|sum|all)|(?:combined|joint|total|summed|added) "
    r"(?:costs?|prices?|hours?|favours?|points?|miles?|euros?|figures?))"
    rf"(?: (?:that's|that is|this is|it's|is|are|we get|we have|i get|gives?|makes?"
    rf"|with (?:mine|yours)|for (?:us|both)(?: of us)?))*\s*[:=,]?\s*(?=[(*]*{_DAY})"
    r"(?![^.!?\n]*\b(?:i|me|my|mine)\b)",
    "added adding together combined joint total summed in",
    "@",
)
"""A heading over sums: "Added up: Tue 10:00 8, Wed 14:30 3"."""
_BEST = Cued(
    rf"\b(?:best|cheapest|lowest) (?:shared|common|joint|mutual|overlap\w*)(?: one| slot)?(?P<far> so far)?(?: is|:)? ?(?P<slot>{_SLOT})"
    r"(?:,? (?:at|with|for)(?: a total of)?|:| ?=| \() ?(?P<sum>\d{1,2})\b(?![:+]| (?:for|from) (?:me|my))\)?",
    "best cheapest lowest",
)
"""What is best for both costs both so much."""
_NOTHING_ELSE = Cued(
    r"(?:^|[.!;,–—-]|\band\b)\s*(?:and |as |since |because )?(?:there (?:is|are) |i have |we have )?(?:nothing|none|no)"
    r" (?:else|others?(?: (?:slot|option|one|time)s?)?|more)(?: of (?:them|those|mine|ours))?"
    r" (?:that )?(?:overlaps?|match(?:es)?(?: (?:with )?yours?)?|(?:is |are )?(?:shared|in common|common)|of yours|on your list)"
    r"(?=\s*(?:[.!;,(\n]|$))"
    rf"|(?:(?:^|[.!;,–—-]|\band\b)\s*(?:and |as |since |because )?(?:nothing|none) else|\bno others?) (?:of|from|on|in) {_YOURS}"
    r"(?: (?:works?|fits?|suits?|matches|match|(?:is |are )?(?:possible|ok|fine|free))(?: for me| me)?)?(?=\s*(?:[.!;,(\n]|$))",
    "nothing none no",
)
_BUT = r"(?:but(?: for)?|except(?:ing|ed)?(?: for)?|save(?: for)?|bar|apart from|aside from|other than)"
_ROW = rf"{_DAY}[^.!?;\n]{{1,80}}?"
_ALL_BUT = Cued(
    rf"\b(?:all|everything|every one)(?: of {_YOURS})? {_BUT} (?P<all>{_ROW}),? (?:is|are) (?:all )?(?:out|impossible|no|blocked|taken)"
    r"(?: for me)?(?=\s*(?:[.!;,\n:]|$))"
    rf"|\b(?:none|nothing|neither)(?: of {_YOURS})? {_BUT} (?P<none>{_ROW}),? (?:works?|fits?|suits?|(?:is|are) possible)(?: (?:for )?me)?"
    r"(?=\s*(?:[.!;,\n:]|$))"
    rf"|\b(?:none|nothing|neither)(?: of {_YOURS})? (?:works?|fits?|suits?|(?:is|are) possible)(?: (?:for )?me)?,? {_BUT} (?P<last>{_ROW})"
    r"(?=\s*(?:[.!;\n]|$))"
    rf"|\b(?:all|everything|every one)(?: of {_YOURS})? {_BUT} (?P<out>{_ROW}),? (?:works?|fits?|suits?|(?:is|are) possible)\b"
    rf"|(?:(?<=[.!?;\n] )|(?<=\n)|^)\W{{0,3}}{_BUT} (?P<but>{_ROW}),? (?:none|nothing|neither)(?: else)?(?: of {_YOURS})?"
    r"(?: (?:works?|fits?|suits?|is|are|possible|for|me))*(?=\s*(?:[.!;\n:]|$))",
    "but except save bar apart aside other",
    "@",
)
""" "All but Tue 10 (4) are impossible": that slot can be made, and the rest cannot."""
_NO_TO_THE_REST = Cued(
    r"\b(?:(?:the |all |your )?(?:others|rest|remaining ones):? (?:not|no|don't|doesn't|can't|cannot)(?=\s*(?:[.,;!)\n]|$))"
    r"|(?:no (?:to|for) (?:all )?|not (?:(?:with|for|on) )?(?:any of )?)(?:the |your )?"
    r"(?:others?|rest|remaining ones)\b(?: (?:slots|ones|two|three|four|five|six))?)"
    r"(?! (?:is|are|cost|work|suit|fit)|:)(?=\s*(?:[.,!;)\n]|$))",
    "others rest remaining",
)
_AFTER_TOTAL = Cued(
    rf"(?P<first>{_SLOT}(?:[^.!?;\n()\d]{{0,12}}\b(?:me|my|costs?|mine)\b[^.!?;\n()\d]{{0,12}}\d\b[^.!?;\n()\d]{{0,12}}| )"
    rf"\b(?:totals?|totalling|sums? to|in total)\W{{0,3}}\d{{1,2}})(?P<more>(?:; ?{_SLOT} \d{{1,2}}(?= ?(?:[;.!\n]|$)))+)",
    ";",
    "total sum sums",
    "@",
)
""" "Tue 10:00 costs me 2, total 5; Wed 14:30 6": what stands behind a total by itself is one too."""
_DAY_ALONE = Cued(
    r"^\W*(?:(?:so|then|hence|therefore|ok(?:ay)?|yes|great|good|right|agreed|deal|let's (?:do|take|say|go with|go for)|we (?:do|take)"
    r"|take|confirmed)[\s,:]+(?P<lead>))*"
    rf"(?P<day>{_DAY})[a-z]*,?(?: (?:it is|it is then|then(?P<then>)|wins|is best|is the best|it is, then))?"
    r"(?:,? (?:(?:with|at|by|for) )?\d{1,2}(?: (?:to|against|in|all|total|together) ?\d{0,2})*)?[ .!]*(?P<asks>\?)?\s*$",
    "@",
)
_DAY_ONE = Cued(rf"\b(?:the|your) (?P<day>{_DAY})[a-z]*(?<!days) (?:one|slot|option)\b", "one slot option", "@")
_SHARE = (
    r"(?<![\d:])(?:(?:with|at) )?(?:(?P<{0}cost>\d)(?: \w+)? (?:(?:for|from|by) {1}|{2})\b"
    r"|\b(?:{1}|{2}|costing {1}|(?:which |it |that )?costs {1})[ :=]{{1,2}}(?P<{0}pays>\d)(?![\d:]))"
)
_MY_SHARE = Cued(_SHARE.format("my", "me", "mine"), "me mine", "#")
_YOUR_SHARE = Cued(_SHARE.format("your", "you", "yours"), "you yours", "#")
_SAID_OF = re.compile(r"\b(?:is|are|costs?|would be|be)\W*\Z", re.IGNORECASE)
""" "Tue 10 is 3 for me and 2 for you" tells of it, and proposes nothing."""


_SO_NONE = Cued(
    r"^(?P<lead>\W*(?:(?:yes|yep|true|right|agreed?|indeed|ok(?:ay)?|sadly|alas|well|no)\b[\s,.!:–—-]+){0,2})"
    r"(?:(?:so|then|hence|therefore),? (?:it's |it is )?(?:none|null|nothing)(?: then)?|(?:none|null|nothing),? then)"
    r"\s*(?:[:;,]|\s[–—-])\s+(?=\w+\W+\w)",
    "none nothing null",
)
""" "Yes, then none: all my other slots are impossible" says two things."""


_LEAD = r"(?:so|then|hence|therefore|thus|agreed?|answers?|say|vote|commit to|put|it|it's|we|we'll|both|that's|must|has to)"
_NONE_ANSWER = Cued(
    rf"(?P<before>(?:^|(?<=[.!?;\n]))\W{{0,3}})(?=[^.!?;\n]*\b{_LEAD}\b|[^.!?;\n]*\b(?:for (?:both|us|all)|exists?)\b)(?![^.!?\n;]*\?)"
    rf"(?:(?:{_LEAD}|ok(?:ay)?|exactly|indeed|and|well|i|i'll|our|my|the|final|is|are|be|will|right|true|yes|sadly|alas|go with|write|all)"
    r"\b[\s,:–—-]*){0,8}"
    r"(?:none|nothing|null|no (?:such |possible )?(?:slot|time|option)|no one slot)\b"
    r"(?:[\s,:–—-]*\b(?:then|at all|for (?:us|both|all)(?: both| of us| two)?|possible|exists?|agreed|left"
    r"|there|it is|it's|yes|sadly|alas|too)\b)*"
    r"\W{0,3}(?=$|(?<=[.!;\n])|(?<=[.!;\n] ))",
    "none nothing null no",
)
""" "Agreed: none.", "So our answer is: none", "No slot, then.": of all slots, and of none that was named."""


class Reply(NamedTuple):
    """The text of a reply with nothing left out, and what else of the other's list it rules out: ``of_all`` or ``of_those`` just named."""

    text: str
    of_all: bool = False
    of_those: bool = False


def reply(text: str, ends: bool, theirs: Mapping[str, int]) -> Reply:
    """What a reply says of the other's slots. ``ends`` if its turn was not cut off; ``theirs`` is what slots cost the other."""
    text = _NONE_ANSWER.sub(r"\g<before>So none. ", text)
    text = _SO_MANY_OF_YOURS.sub(r"Of \g<yours> I can do only ", text)
    text = _OF_YOURS_ONLY.sub(r"\g<of> I can do only ", _SO_NONE.sub(r"\g<lead>So none. ", text))
    if apart := _DISJOINT.search(text):
        number = apart["mine"] or apart["among"]
        denial = f"{text[: apart.start()]}. None of yours is possible for me" if apart["inside"] else "none of those"
        text = f"{denial}. {f'My {number} are all I have. ' if number else ''}{text[apart.end() :].lstrip(' .!,;')}"
    text, denied = _DENIES.subn(lambda no: f"none of those. {'Mine: ' if _OVER_MINE.search(no.group()) else ''}", text, count=1)
    if not denied and (unshared := _UNSHARED.search(text)):
        text = f"{text[: unshared.start()]}. None of yours is possible for me. No overlap{text[unshared.end() :]}"
    return _of_the_shared(text, ends, theirs)


def _of_the_shared(text: str, ends: bool, theirs: Mapping[str, int]) -> Reply:
    some = _OF_THOSE.search(text)
    of_those = bool(some and not _NOT_ALL.search(some.group()) and (ends or some.end() < len(text.rstrip())))
    text = _ADDS_UP.sub("Totals: ", text)
    text = _TOTALS.sub(
        lambda row: "Totals:" + _OF_THE_REST.sub(". ", row["row"]).replace(";", ","), _NO_TO_THE_REST.sub("the rest is out", text)
    )
    text = _ALL_BUT.sub(_apart, text)
    text = _BEST.sub(lambda best: f"{best['slot']} totals {best['sum']}{best['far'] or ', our best'}", text)
    alone = _NOTHING_ELSE.search(text) is not None
    text = _NOTHING_ELSE.sub(".", text) if alone else text
    text = _AFTER_TOTAL.sub(lambda row: row["first"] + re.sub(r" (?=\d{1,2}(?: ?;|$))", " totals ", row["more"]), text)
    shared = _SHARED.search(text)
    if not shared or _NOT_ALL.search(shared.group()):
        return Reply(text, of_all=alone, of_those=of_those)
    row, sums = shared["row"], bool(shared["sums"])
    row, more = _with_sums(row)
    sums = sums or more
    numbers = [] if sums or shared["mine"] or shared["i"] or _SAYS_WHOSE.search(row) else list(_NUMBERED.finditer(row))
    if numbers and not any(int(one["number"]) < _cost(one, theirs) for one in numbers):
        settled = _settled_by_choice(numbers, theirs, text[shared.end() :])
        sums = any(int(one["number"]) > TOP for one in numbers) or settled == "sums"
        row = row if sums or settled else _NUMBERED.sub(r"\g<slot>", row)  # costs or totals, who knows
    row = row.replace(";", ",") if sums else row
    lead = "Totals: " if sums else "" if re.search(r"(?i)\btotal|\+ ?\d ?=", row) else "Mine: "
    whole = ends or shared.end() < len(text.rstrip())
    return Reply(f"{text[: shared.start()]} {lead}{row}{text[shared.end() :]}", of_all=whole or alone, of_those=of_those)


def _with_sums(row: str) -> tuple[str, bool]:
    """ "Tue 10:00 = 8, Wed 14:30 = 3" for a ``row`` that says of its first number, or of all, that it is a sum; whether it does."""
    item = _FIRST_SUM.match(row)
    items = []
    while item:
        items.append(item)
        item = _NEXT_SUM.match(row, item.end())
    marked = [bool(one["lead"] or one["mark"]) for one in items]
    if not marked or not marked[0] or (sum(marked) > 1 and not all(marked)):
        return row, False
    return ", ".join(f"{one['slot']} = {one['sum']}" for one in items) + row[items[-1].end() :], True


def _settled_by_choice(numbers: Sequence[re.Match[str]], theirs: Mapping[str, int], rest: str) -> str:
    """Whether ``numbers`` that may be costs or sums are one of the two, as the ``rest`` names the cheapest by one of them alone.

    Those who take Fri 10 of "Wed 11 (8), Fri 10 (6)", where these cost the other 0 and 3, have added up.
    """
    chosen = {day.lower() for day in re.findall(rf"\b({_DAY})", rest, re.IGNORECASE)}
    own = [one for one in numbers if one["day"].lower() in chosen]
    if len(numbers) < 2 or len(chosen) != 1 or len(own) != 1 or _NOT_CHOSEN.search(rest):
        return ""
    clocks = re.findall(rf"{_CLOCK}", rest)
    if any(clock.zfill(5) != own[0]["time"].zfill(5) for clock in clocks if ":" in own[0]["time"]):
        return ""
    said, added = [int(one["number"]) for one in numbers], [int(one["number"]) + _cost(one, theirs) for one in numbers]
    place = numbers.index(own[0])
    as_sums, as_costs = (figures[place] < min(figures[:place] + figures[place + 1 :]) for figures in (said, added))
    return "sums" if as_sums and not as_costs else "costs" if as_costs and not as_sums else ""


def _cost(numbered: re.Match[str], theirs: Mapping[str, int]) -> int:
    """What the slot that is named with a number costs the other; 0 if that is not known."""
    day, time = numbered["day"][:3].title(), numbered["time"].zfill(5 if ":" in numbered["time"] else 2)
    return next((cost for slot, cost in theirs.items() if slot.startswith(f"{day} {time}")), 0)


def _apart(but: re.Match[str]) -> str:
    """ "I can do Tue 10 (4); the rest is out", or "I can't make Tue 10"."""
    able = next((row for row in but.group("all", "none", "last", "but") if row), "")
    return f"I can do {able}; the rest is out" if able else f"I can't make {but['out']}"


def day_in_full(sentence: str, slots: Iterable[str]) -> str:
    """ "So Tuesday.", where one of the ``slots`` spoken of is on that day: ``sentence`` with that slot."""
    alone = _DAY_ALONE.match(sentence)
    if not alone or (alone["asks"] and alone["lead"] is None and alone["then"] is None):
        return sentence  # "Tuesday?" may ask for any of its slots
    meant = [slot for slot in dict.fromkeys(slots) if slot.lower().startswith(alone["day"].lower())]
    return f"{meant[0]}{'?' if alone['asks'] else ' it is.'}" if len(meant) == 1 else sentence


def with_times(text: str, slots: Iterable[str]) -> str:
    """ "The Thursday one costs me 3", where one of the ``slots`` that the other named is on that day."""
    row = list(dict.fromkeys(slots))

    def named(day: re.Match[str]) -> str:
        meant = [slot for slot in row if slot.lower().startswith(day["day"].lower())]
        return meant[0] if len(meant) == 1 else day.group()

    return _DAY_ONE.sub(named, text)


def shares_in(text: str) -> tuple[str, int | None]:
    """``text`` without what each of two pays ("3 for me and 2 for you"), if it says both, and what its speaker pays."""
    mine, yours = list(_MY_SHARE.finditer(text)), list(_YOUR_SHARE.finditer(text))
    cost = int(mine[0]["mycost"] or mine[0]["mypays"]) if len(mine) == 1 else None
    if cost is None or len(yours) != 1 or _SAID_OF.search(text, 0, min(mine[0].start(), yours[0].start())):
        return text, cost
    for share in sorted((*mine, *yours), key=lambda one: -one.start()):
        text = text[: share.start()].rstrip(" ,:(–—-") + text[share.end() :]
    return re.sub(r"(?:\s*,)? (?:and|plus)\b(?=\W*$)", "", text).replace(")", " "), cost
