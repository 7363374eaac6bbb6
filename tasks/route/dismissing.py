"""How talk of `route` says where other routes are stopped, put as what is read: "everything else runs into 4 or 9" as "blocked: 4, 9"."""

from __future__ import annotations

import re
from functools import lru_cache

from benchmark.phrases import AnyCase

_POINTS = r"[1-9](?:(?:\s*[,/&]\s*|\s+)(?:(?:and|or)\s+)?[1-9])*(?![\w:.–-]?\d)"
_NO_MORE = r"(?!\s*(?:[,/&]|and\b|or\b)\s*(?:(?:and|or)\s+)?[1-9](?![-–—→\d]))"
"""Behind points: another would belong to them."""
_ROUTE = r"[1-9](?:[-–—→][1-9]){2}"
_KIND = r"(?:routes?|ways?|paths?|options?|ones?|choices?|alternatives?)"
_NOT_IT = r"(?:other|quicker|faster|shorter|remaining|better)"
_MANY = r"(?:two|three|four|five|[2-5])"
_OTHERS = (
    rf"(?:(?:everything|anything|nothing) (?:else|{_NOT_IT})|(?:all|every|each|both|any|no)(?: of)?(?: the)?(?: {_MANY})? {_NOT_IT}s?"
    rf"(?: {_MANY})?(?: {_KIND})?|(?:(?:all|each|every one|both) of )?the (?:{_MANY} )?(?:others|{_NOT_IT} (?:{_MANY}|{_KIND}))"
    rf"|(?:all )?the (?:rest|alternatives)|(?:everything|(?:all|every|each|any)(?: of)?(?: the)?(?: other)? {_KIND})"
    rf" (?:but|except(?: for)?|besides|bar|save|other than|apart from) {_ROUTE})"
)
"""Which routes are dismissed."""
_ALL = r"(?: (?:of (?:them|these)|all|each|either|both|then|would|now|also|too|routes?|ways?))*"
_AT = (
    r"(?: (?:the|a|an|one of|either|any of|all of|both|closed|shut|blocked|waymarks?|corners?|gates?|checkpoints?|buoys?|posts?|points?))*"
)
_HITS = (
    r"(?:runs? (?:straight |right )?into|meets?|hits?|bumps? into|comes? up against"
    r"|(?:fails?|dies?|breaks?|stops?|ends?|founders?|stumbles?|falls?|sticks?|gets? stuck|trips?)(?: up)?"
    r" (?:at|on|by|over|through|because of|due to)"
    r"|(?:is|are) (?:stopped|caught|lost|spoiled|ruined|broken|dead|killed|cut|barred|out|gone|stuck|ruled out|knocked out|closed|shut"
    r"|blocked)(?: off)? (?:at|by|through|because of|due to))"
)
_CROSSES = (
    r"(?:go(?:es)? (?:through|by|past|via|over)|pass(?:es)?(?: (?:through|by))?|cross(?:es)?|needs?|uses?|contains?|includes?|takes?"
    r"|leads? (?:through|past|by|over)|touch(?:es)?|has|have|involves?)"
)
_AVOIDS = r"(?:avoids?|miss(?:es)?|escapes?|bypass(?:es)?|skips?|dodges?|(?:gets?|goes|go) (?:past|by|a?round)|keeps? (?:off|out of))"
_STOPPED = AnyCase(
    rf"\b{_OTHERS}{_ALL} {_HITS}{_AT} (?P<at>{_POINTS})"
    rf"|\b{_ROUTE} {_HITS}{_AT} (?P<of>{_POINTS}(?:,?(?: and)? {_ROUTE} (?:at|by|on|over|because of){_AT} {_POINTS})*)"
    rf"|\b(?:nothing|no|neither) (?:else|{_NOT_IT})(?: {_KIND})? {_AVOIDS}{_AT} (?P<past>{_POINTS})"
    rf"|\b(?:i|we) (?:can't|cannot) (?:use|take|pass|get (?:by|through|past)|go (?:by|through|past)){_AT} (?P<use>{_POINTS})"
)
_AVOIDED = AnyCase(
    rf"(?<=[1-9][-–—→][1-9])(?P<only> (?:alone|is the only (?:one|way|route)))?(?: (?:that|to))? {_AVOIDS}{_AT} (?P<at>{_POINTS})"
)
_CROSSED = AnyCase(
    rf"\b(?!no)(?:{_OTHERS}){_ALL} {_CROSSES}{_AT} (?P<at>{_POINTS}){_NO_MORE}"
    r"(?!\s*(?:to be|being|which|that|is|are|if|open|clear)\b)"
)
"""A ground for dismissing them only where their speaker asks nothing more."""
_RUN_INTO = AnyCase(rf"\b(?!no){_OTHERS}{_ALL} {_HITS}(?= (?:the )?[a-z])")
"""Where landmarks follow, or more is said of the points."""
_UNHURT = AnyCase(
    r"(?<=[1-9][-–—→][1-9]) (?:has|meets|hits|runs into|crosses|contains|passes) (?:no|none of the|nothing) (?:closed|blocked|shut)\b"
    r"(?: (?:points?|ones?|waymarks?|corners?|gates?|checkpoints?|buoys?|posts?|landmarks?))?"
)
_WORD = re.compile(r"[^\W\d_]+")
_OF_OTHERS = frozenset(
    "else other others quicker quickers faster fasters shorter shorters remaining remainings better betters rest alternatives "
    "but except besides bar save apart can cannot".split()
)
_IN_A_ROW = re.compile(r"[1-9][-–—→][1-9]")
"""Where there is neither one of these words nor a route, nothing is said of what stops others."""
_SUPPOSED = AnyCase(r"\b(?:if|unless|whether|maybe|perhaps|probably|might|may|could|should|once|until|when)\b")
_IF = AnyCase(r"\W*(?:yet|if|unless|when|once|in case|provided|should)\b")
_BEFORE, _AFTER = re.compile(r"[^.!?;\n]*\Z"), re.compile(r"([^.!?;\n]*)([.!?;\n]?)")
"""What of a sentence stands before something in it, and behind it."""


@lru_cache(maxsize=4096)
def words_in(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def with_stops(text: str, ready: bool) -> str:
    """``text`` with what stops other routes said of its points; who is ``ready`` asks nothing more."""
    if words_in(text).isdisjoint(_OF_OTHERS) and not _IN_A_ROW.search(text):
        return text
    text = _UNHURT.sub(" is open", text)
    for pattern in (_STOPPED, _AVOIDED, *((_CROSSED,) if ready else ()), _RUN_INTO):
        for match in reversed(list(pattern.finditer(text))):
            before, after = _BEFORE.search(text[: match.start()]), _AFTER.match(text, match.end())
            if before is None or after is None or after[2] == "?" or _SUPPOSED.search(before.group()) or _IF.match(after[1]):
                continue
            where = next((said for key, said in match.groupdict().items() if said and key != "only"), "")
            points = ", ".join(re.findall(r"[1-9]", re.sub(_ROUTE, "", where)))
            if pattern is _AVOIDED:  # what avoids them may yet be taken
                only = " only" if match["only"] else ""
                text = f"{text[: before.start()]} blocked: {points}; {before.group()}{only} avoids all of them{text[match.end() :]}"
            else:
                text = f"{text[: match.start()]}; blocked: {points}{';' if points else ''}{text[match.end() :]}"
    return text
