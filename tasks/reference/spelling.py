"""Short forms of a written turn put in full, so that what reads sentences meets only one of them."""

from __future__ import annotations

import re

from tasks.reference import forms

_SIZES = {"S": "small", "M": "medium", "L": "large"}
_PLACE = re.compile(r"(?i)\b(?:left|right|middle|cent(?:er|re)|mid)\b")
_SIZE = re.compile(r"(?i)\b(?:small|medium|large|big|tiny)\b")
_BRACKETS = re.compile(r"\(([^()\n]{1,60})\)")
_INITIAL = re.compile(r"(?<![\w'])([SMLRC])(?![\w'])")
_COUNTED = re.compile(r"(?i)\b((?:(?!(?:is|are|my|the|have|see|and|or|plus|also)\b)[a-z-]+ ){1,2})\((\d|one|two|three|four|five|six|seven|eight)\)")
_BOTH = re.compile(
    r"(?i)((?:[\w-]+ ){0,4}[\w-]+)\s*(?:&|\band\b)\s*((?:[\w-]+ ){0,4}[\w-]+)\s*[(,]\s*(?:both|each)(?: of them)?\s+(?:in the |on the |at the |on my )?"
    r"(left|right|middle)\b\)?"
)
_TALLY = re.compile(r"(?i)\b((?:[\w-]+ ){0,3}[\w-]+): (\d|two|three|four|five|six|seven|eight)(?=\s*(?:[,.(–—-]|$))")
"""A kind and then how many: "ringed stars: 2"."""
_YES = re.compile(r"(?i)\b(?:ye+s{2,}|ye{2,}s+|ye+p{2,}|yup{2,})\b")
_TWO_SIZES = re.compile(r"(?i)^(small|medium|large)\s*(?:&|and|/|\+)\s*(small|medium|large),?\s*(left|right|middle)$")
_MIRRORED = re.compile(
    r"(?i)[\s:,;(–—-]*(?:(?:on|at|is|it's|i\.e\.)\s+)*(?:(?:the|my) )?\b(?P<own>left|right|middle)(?: (?:side|end))?(?: (?:for|to) me| on my (?:side|end)| here)?"
    r"(?:\s*(?:,|;|/|\(|→|=|–|—|and|is|equals|which is|means|matches|mirrors)\s*)+(?:on |at )?(?:the |your )?\b(?:left|right|middle)(?: (?:side|end))?"
    r"(?P<you> (?:for|to) you| on your (?:side|end)| there)?\)?"
)
_YOURS = re.compile(r"(?i)\b(?:you|your|yours)\b")
_FLIPS = re.compile(r"(?i)\b(?:since |because |as |and )?(?:the )?left\s*(?:/|and|&|-)\s*right (?:\w+ ){0,3}(?:flip|swap|mirror|revers|switch|chang)\w*")


def spelt_out(text: str) -> str:
    """``text`` with sizes and places for their initials, counts in front, and places only as the speaker has them."""
    text = forms.EMOTICON.sub(".", text).replace(";", ",").replace("**", "")
    text = forms.NUMBERED.sub("\n", text)
    text = re.sub(r"(?<=\w) n (?=\w)", " and ", text)
    text = _BRACKETS.sub(lambda match: f"({_initials(match[1])})", text)
    text = _COUNTED.sub(r"\2 \1", text)
    text = _TALLY.sub(r"\2 \1:", _YES.sub("yes", re.sub(r"(?i)\blets\b", "let's", text)))
    text = _BOTH.sub(r"\1 \3 & \2 \3", text)
    text = _FLIPS.sub(" ", text)
    return _MIRRORED.sub(lambda match: f", on my {match['own']}" if _YOURS.search(match.group()) else match.group(), text)


def _initials(inside: str) -> str:
    """Beside a place an M is a size; alone or beside a size it is a place."""
    sizes = bool(_PLACE.search(inside)) or len(_INITIAL.findall(inside)) > 1
    if _SIZE.search(inside):
        sizes = False

    def word(match: re.Match[str]) -> str:
        if sizes and match[1] in _SIZES:
            return _SIZES[match[1]]
        return forms.INITIAL.get(match[1], _SIZES.get(match[1], match[1]))

    return _TWO_SIZES.sub(r"\1 \3 & \2 \3", _INITIAL.sub(word, inside).strip())
