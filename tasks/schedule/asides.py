"""What a turn says beside its point: what would come next, under which condition it holds, and the last slot of a list that was cut off."""

from __future__ import annotations

import re

from tasks.schedule.cues import Cued
from tasks.schedule.shares import DAY

_CLOCK = r"\d{1,2}:\d\d"
_ROW_END = rf"(?P<cut>[,;]\s*(?:and )?(?P<day>{DAY}[a-z]{{0,6}}\.? ?)?(?P<time>{_CLOCK}))\s*$"
_COST = r"\s*(?:=|:|\(|[–—-])?\s*\d\s*(?:€|[a-z]{1,8})?\s*\)?"
_CUT_OFF = re.compile(
    r"(?:^|(?<=[.!?\n]))\W{0,3}(?:(?:and|but|so|here(?: are)?)[:,]? )?"
    r"(?:(?:i(?: can|'m free|'ve| have| could)?|mine|my|all|possible|feasible|available|free)\b[^.!?\n\d:]{0,30}):"
    rf"(?P<row>(?:\s*(?:{DAY}[a-z]{{0,6}}\.? ?)?{_CLOCK}{_COST}\s*[,;]?){{2,12}})$",
    re.IGNORECASE,
)
""" "I can: Tue 10:00 3, Wed 14:30 1, 16:00", where the cost was cut off but not that it can be made."""
_LAST = re.compile(_ROW_END, re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|no|can't|cannot|out|never|impossible|if|you|your|yours)\b", re.IGNORECASE)

_RUNNER_UP = (
    r"(?:(?:^|(?<=[.!?\n])|[,;:(–—-]|\b(?:and|but|while|with)\b)\s*)(?:and |but )?(?:the |our )?"
    r"(?:next(?:[ -](?:best|lowest|cheapest|up|closest|one|in line))?|(?:second|third|2nd|3rd)(?:[ -](?:best|lowest"
    r"|cheapest|place|choice))?"
    r"|runners?[ -]up|(?:closely )?followed by|then (?:comes?|follows?)|after (?:that|it|this)|behind (?:it|that|this)"
    r"|closest after(?: (?:that|it))?|backup|fallback|plan b)"
    r"(?: (?:slots?|ones?|options?))?(?:(?: (?:is|are|was|were|comes?|would|will|be|come|then))*\s*[:=,]?\s*)"
)
RUNNER_UP = re.compile(_RUNNER_UP + "$", re.IGNORECASE)
_RUNNERS_UP = Cued(
    rf"(?:{_RUNNER_UP}|\s(?:ahead of|rather than|instead of) )(?=[(*]*{DAY}|{_CLOCK})",
    "next second third nd rd runner followed then after behind closest backup fallback plan ahead rather instead",
    "@ #",
)
""" "Next would be Wed 14:30, then Thu 16:00": slots that nobody proposes."""

_CONCLUDES = re.compile(r",\s*(?:so|hence|thus|therefore)\b|[,;–—-]\s*(?=(?:let's|we take|i (?:take|propose))\b)", re.IGNORECASE)
_RANK = r"(?:next(?:[ -]best)?|(?:second|third|2nd|3rd)(?:[ -]best)?|runners?[ -]up|fallback|backup|plan b)"
_RANKED = Cued(
    rf"(?:[,;:(–—-]|\b(?:and|but|while|with))\s*(?:and |but |with )?(?:the )?(?P<slot>{DAY}[a-z]{{0,6}}\.?,? (?:at )?"
    rf"(?:{_CLOCK}|\d{{1,2}}\b))"
    rf"(?: (?:is|are|was|would|will|be|comes?|as|only|being|then|our|the|a|in))*,? {_RANK}\b"
    r"(?! (?:to|week))(?: place)?",
    "next second third nd rd runner fallback backup plan",
    "@",
)
""" "Wed 14:30 would be next", "with Wed 14:30 as runner-up"."""

_TRAILS = Cued(
    rf"[,;:(–—-]\s*(?:and |but |while )?(?P<slot>{DAY}[a-z]{{0,6}}\.?,? (?:at )?(?:{_CLOCK}|\d{{1,2}}\b)) (?:trails|lags|follows)\b",
    "trails lags follows",
    "@",
)

_BY_SUM = re.compile(
    r"\b(?:(?:wins|winner|(?:best|lowest|cheapest|least))(?: (?:is|with|at))?[\s(]+(?:with |at )?\d{1,2}\b(?!:)"
    rf"|(?:best|lowest|cheapest|least)(?: one| sum)?(?: is|:)? {DAY}[a-z]{{0,6}} (?:at )?(?:{_CLOCK}|\d{{1,2}}) (?:at"
    rf"|with|for) \d{{1,2}}\b(?!:)"
    r"|(?:so|then) (?:let's|we)\b|let's (?:take|keep|go)\b|it is\b|(?:for both|for us|in all|together|totals?|combined)\b)",
    re.IGNORECASE,
)
_BY_MINE = re.compile(r"\b(?:my|mine|me|i|costs?|pay|you|your)\b", re.IGNORECASE)

_OTHERS = (
    r"(?:(?:any |some |no |none )?(?:others?|more|else|another|left|further ones?)"
    r"|no(?:thing|ne) (?:else|more|other|left)|any(?:thing)? else)"
)
_IF = (
    rf"(?:(?:if|provided(?: that)?|as long as|assuming(?: that)?|unless|since|as)"
    rf" (?:you|there)(?:'ve|'re| have| had| can| could| do| don't| are| is| really| got| name| make| offer| not| all"
    rf"| see){{1,4}} {_OTHERS}"
    r"(?: (?:slots?|ones?|options?|times?|at all|to (?:offer|name|give)))*"
    r"|(?:unless you(?:'ve| have)? (?:forgot|forgotten|missed|omitted|skipped|left out) (?:one|some|any|something|a \w+|others)"
    r"|if you(?:'ve| have)? (?:forgot|forgotten|missed|omitted|skipped|left) (?:out )?(?:none|nothing|no \w+)(?: out)?)"
    r"|(?:as|since|because) (?:we|our lists) (?:share|have|overlap in) (?:nothing|none|no slots?|no overlap)(?: in common)?"
    r"|(?:if|provided(?: that)?|as long as|assuming(?: that)?) (?:that|those|these|they|your list|yours|it)(?: seven| six| slots)?"
    r"(?:'s| is| was| were| are) (?:really )?(?:all(?: (?:you (?:have|can(?: do| make)?|named|'ve got)|yours|of yours|of them))?"
    r"|everything(?: you have)?|complete|your (?:whole|full|complete) list))"
)
_IF_WHOLE = Cued(
    rf"(?P<before>(?:^|(?<=[.!?;:\n–—-]) ?|,)\s*(?:so |then |and |but )?){_IF}(?P<behind>,? (?:then |so )?)"
    rf"(?=[^.!?\n]*\b(?:none|nothing|no|null)\b)",
    "none nothing null no",
)
_IF_FIRST = re.compile(rf"^\W*{_IF}\s*,\s*", re.IGNORECASE)
_NONE = (
    r"(?:we must (?:both )?(?:say|answer) |(?:the|our) answer is |we (?:say|answer) "
    r"|there(?:'s| is) |we have |we share |it's |it is )?(?:that )?"
    r"(?:none|nothing|no(?:t one)?(?: (?:common|shared|possible|such))*(?: (?:slot|time|option|one|overlap|match))?|null)"
    r"(?: (?:that )?(?:suits?|works?|fits?|overlaps?|is|possible|exists?|shared|common|in|for|to|with|of|us|both|all|then|there|two|me"
    r"|you|left|will|can|of (?:mine|ours|them|these|those)))*"
)
_NONE_SUITS = re.compile(rf"{_NONE}\s*(?:: ?)?(?=[.!;\n]|$|(?<=: )\w)", re.IGNORECASE)
_NONE_IF_WHOLE = Cued(
    rf"(?:(?<=[.!?\n] )|(?<=\n)|^|[,;:–—-]\s*)(?:so |then |and |but |hence |therefore )?{_NONE},? {_IF}(?=\s*(?:[.!;\n]|$))",
    "none nothing null no not",
)


def last_of_cut_off(text: str, ends: bool) -> str:
    """``text`` with "I can make Wed 16:00" in place of a last slot without its cost, in a list of what its speaker can make.

    Only in a turn that was cut off: who ends there means something else by it.
    """
    tail = None if ends else _LAST.search(text)
    heading = tail and _CUT_OFF.search(text[: tail.start()])
    if not (tail and heading) or _DENIES.search(heading.group()):
        return text
    days = re.findall(rf"\b({DAY})", heading["row"], re.IGNORECASE)
    day = (tail["day"] or (days[-1] if days else ""))[:3].title()
    return f"{text[: tail.start()]}. I can make {day} {tail['time']}" if day else text


def if_whole(text: str, ready: bool) -> str:
    """ "If you have no others, none suits both": what the other has named is out for who says so, whatever else there is."""
    out = " None of yours is possible for me" + ". So none" * ready
    text = _NONE_IF_WHOLE.sub("." + out, text)
    found = _IF_WHOLE.search(text)
    none = found and _NONE_SUITS.match(text, found.end())
    return (
        f"{text[: found.start()]}{found['before'].rstrip(' ,;–—-')}.{out}. {text[none.end() :].lstrip(' .!;')}" if found and none else text
    )


def runners_up_first(text: str) -> str:
    """ "Next Wed 14:30 with 9" for "Wed 14:30 would be next with 9"."""
    return _RANKED.sub(r"; next \g<slot>", text)


def without_condition(text: str) -> str:
    """ "Tue 10 it is" of "If you have no others, Tue 10 it is": who needs nothing more will answer so."""
    return _IF_FIRST.sub("", text)


def ranks_sums(text: str) -> bool:
    """Whether ``text`` ranks slots by what they cost all together: "Tue 10 wins with 7, next Wed 14 with 9"."""
    found = _RUNNERS_UP.search(text)
    return bool(found and _BY_SUM.search(text) and not _BY_MINE.search(text))


def seconds(text: str) -> list[str]:
    """The words right behind each "next" and "runner-up", where the slot is named that comes after the best."""
    return [text[found.end() : found.end() + 20] for found in _RUNNERS_UP.finditer(runners_up_first(text))]


def without_runners_up(text: str) -> str:
    """What ``text`` says before it comes to what would be next."""
    text = _TRAILS.sub(r"; next \g<slot>", runners_up_first(text))
    found = _RUNNERS_UP.search(text)
    behind = found and _CONCLUDES.search(text, found.end())
    return text[: found.start()] + (text[behind.start() :] if behind else "") if found else text
