"""Which turns of `route` propose a route, or that there is none, and which take a proposal back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from benchmark.phrases import AnyCase
from benchmark.reading import Sentence
from benchmark.vocabulary import Claim
from tasks.route.dismissing import words_in
from tasks.route.scenes import OPEN
from tasks.route.words import POINT, STATE, Token
from tasks.route.worlds import Path

ANSWER = ("answer",)

_TIGHT = re.compile(r"^\s*(?:-|–|—|→|->|>|➡|to|then|, then|and then|via|, ?then to|, to|\s)+\s*$", re.IGNORECASE)
_LOOSE = re.compile(r"^\s*(?:,|and|, and|/|&)\s*(?:then |finally |past |via )?$", re.IGNORECASE)
_PROPOSES = re.compile(
    r"\b(?:propose|suggest|go|going|take|taking|choose|pick|commit|answer|agree|agreed|final|route it is|settle|settled"
    r"|let's|lets|best|left|leaves|leaving"
    r"|nothing (?:beats|is (?:quicker|faster|shorter|better))|remains|remaining|only|it is|it's|quickest|fastest|so|via|then"
    r"|vote|lock|confirm|confirmed|our route|should be"
    r"|must be|(?:has|have|got|needs) to be|walk|same|ready|winner|decision)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:not|rule[sd]? out|ruling out|out|instead of|rather than|eliminat\w+|dead|drop|forget|no longer|scratch"
    r"|blocked|closed|kills?|excluded?|loses?|fails?"
    r"|except|besides|slower|so (?:is|are|does|do)|(?:quicker|faster|shorter) than|(?:is|are|be) (?:quicker|faster|shorter|slower|longer)"
    r"|takes? \d+|needs?|requires?|depends?|still|unless|if|whether|check|dies|next)\b|n't\b",
    re.IGNORECASE,
)
_INVITES = re.compile(r"\b(?:shall we|should we|how about|what about|agree|agreed|ok|okay|right|propose|so|go|take|then)\b", re.IGNORECASE)
_ASKS_STATE = re.compile(r"^\W*(?:(?:and|so|but)\W+)?(?:is|are|do|does|can|has|have|what|which|where)\b", re.IGNORECASE)
_NONE = AnyCase(
    r"\b(?:no|none of the|not one|zero)\s+(?:\w+\s+){0,3}?(?:routes?|ways?|paths?)\b(?:\s+\w+){0,4}?\s*\b(?:open"
    r"|passable|works?|left|possible|at all|through|clear|remains?|viable|exists?|can be)\b"
    r"|\bnone (?:of (?:them|the (?:six |6 )?routes?) )?(?:is|are|works?|can|passable|open|left|remains?)\b|(?:→|=>|:)\s*null\b"
    r"|\bnothing (?:works|is (?:open|passable|left|possible)|gets (?:us )?(?:through|across))\b(?! (?:if|unless|until|yet)\b)"
    r"|\bno (?:passable|open|possible|viable|clear|usable) (?:route|way|path)"
    r"|\b(?:all|every)\b[\w\s]{0,15}\broutes?\b[\w\s]{0,12}\b(?:blocked|closed|out|impassable|dead|cut)\b"
    r"|\b(?:all|every|each)\b[\w\s]{0,15}\b(?:ways?|paths?|routes?|them)\b[\w\s]{0,12}\b(?:fails?|stuck|gone|broken|blocked|closed)\b"
    r"|\bno (?:way|route|path)s? (?:across|past|through|forward|over|round)(?: at all| anywhere| for us)?\W*$"
    r"|\bnull\W*(?:\(ready\))?\W*$"
    r"|\ball (?:six|6) (?:are )?(?:blocked|closed|out|impassable|dead)\b"
    r"|\b(?:answer|commit|propose|submit|say|go with|agree(?:d)?(?: on)?|final|both|it's|to)\b[\s:,]*(?:is\s+|with\s+"
    r"|a\s+)?(?:null|none|no route)\b"
    r"|^\W*(?:(?:so|same here|same|yes|agreed|ok|then)\W+)*(?:null|no route|none)\W*(?:(?:then|it is|agreed|for (?:both|me|us"
    r"|mine)|too|also|as well|here|ready)\W*)*$",
)
_OF_NONE = frozenset("no none not zero null nothing all every each".split())
_TAKES_IT = AnyCase(
    r"\b(?:tak(?:e|ing)|go(?:ing)? (?:with|for)|choos(?:e|ing)|pick(?:ing)?|propos(?:e|ing)|suggest(?:ing)?|commit(?:ting)? to|use"
    r"|settl(?:e|ing) on|agree(?:d)? on|vote for) (?:it|that|this|that one|this one|that route|this route)\b"
)
_TAKES_BACK = AnyCase(r"\b(?:take back|withdraw|forget|scrap|drop|scratch) (?:my |that |the )?(?:proposal|route|suggestion|plan)\b")
_AGREES = re.compile(r"\((?:ready)\)", re.IGNORECASE)
_ROW = re.compile(r"^\s*(?:,|/|&|;|and|or|, and|, or|nor)\s*$", re.IGNORECASE)
_BARE = re.compile(r"^\W*(?:(?:so|then|ok|and|yes|agreed)\W+)*[1-9](?:\W{1,4}[1-9]){2}\W*(?:\(ready\)\W*)?$", re.IGNORECASE)
_BUT = re.compile(r"\s*(?:but|except|besides|apart from|other than)\b", re.IGNORECASE)
_PREMISE = re.compile(
    r"\b(?:with|since|as|because|given|now that)\b[^.;:]*?\b(?:blocked|closed|out|shut|flooded|gone|dead|impassable)\b[\s,]*"
    r"(?=(?:so |then |there's )*(?:only|just|that leaves|this leaves|it leaves|leaving|we(?:'re| are) left|it's|it is|the only)\b)",
    re.IGNORECASE,
)
"""Why a route is left: "with 4 blocked only 7-9-5 is left"."""
_FAILS_AT = re.compile(r"^\s*(?:at|by|because of|due to) \W*\d", re.IGNORECASE)


def proposal(
    text: str, found: Sequence[Token], paths: tuple[Path, ...], sentence: Sentence, standing: Claim | None, ready: bool = False
) -> tuple[list[Claim], list[Token]]:
    """What the sentence proposes or withdraws, and the tokens that are left when routes it names are taken out.

    Who is ``ready`` asks nothing more, and means "9-5-1?" and "9-5-1 works" for a proposal.
    """
    if ready and sentence.question and _BARE.match(text):
        sentence = replace(sentence, question=False)
    if standing and _TAKES_BACK.search(text):
        return [Claim("withdraw", ANSWER, standing.value)], []
    none = None if sentence.question or sentence.hearsay or words_in(text).isdisjoint(_OF_NONE) else _NONE.search(text)
    none = None if none and _BUT.match(text, none.end()) else none
    if none and not any(token.kind == POINT for token in found):
        return [Claim("propose", ANSWER, None)], []
    found = [token for token in found if not (none and token.kind == STATE and none.start() <= token.start < none.end())]
    claims: list[Claim] = []
    left: list[Token] = []
    i = 0
    while i < len(found):
        three = found[i : i + 3]
        path = _route(text, three, paths)
        if path is None:
            left.append(found[i])
            i += 1
            continue
        row = _row(text, found, i, paths)
        tight = all(_TIGHT.match(text[one.end : other.start]) for one, other in pairwise(three))
        after = found[i + row] if i + row < len(found) else None
        state = after.value if after and after.kind == STATE else ""
        if not tight and (state or STATE in [token.kind for token in found[:i]]):
            left += found[i : i + row]
        elif state:
            left += [*found[i : i + row], *found[i + row : i + row + 1]] if state == OPEN else []
        beside = bool(state) and "," in text[three[2].end : after.start if after else 0]  # "9-5-1 then, all clear"
        works = (ready and state == OPEN and len(text.split()) <= 5) or (ready and tight and _summed_up(text, found[:i], three))
        rest = "" if works else _around(text, three[0].start, three[2].end, sum(token.kind == POINT for token in found) > 5)
        if (
            row == 3
            and not _FAILS_AT.match(text[three[2].end :])
            and (not state or beside or works or (tight and _PROPOSES.search(text[: three[0].start])))
        ):
            claims += _offered(rest, path, sentence, tight or len(found) == 3, standing)
        i += row + (tight and state != "")
    if none:
        return [Claim("propose", ANSWER, None)], left
    return (claims if len({claim.value for claim in claims}) < 2 else []), left


def route_named(text: str, found: Sequence[Token], paths: tuple[Path, ...]) -> Path | None:
    """The one route that ``text`` names and says nothing against."""
    named = {path for i in range(len(found) - 2) if (path := _route(text, found[i : i + 3], paths))}
    return named.pop() if len(named) == 1 and not _AGAINST.search(text) else None


def referred(text: str, found: Sequence[Token], route: Path | None, sentence: Sentence) -> list[Claim]:
    """ "I suggest we take it", said of the ``route`` just named."""
    names_it = route and not found and not sentence.question and not sentence.hearsay and _TAKES_IT.search(text)
    return [Claim("propose", ANSWER, route)] if names_it and not _AGAINST.search(text) else []


def _summed_up(text: str, before: Sequence[Token], three: Sequence[Token]) -> bool:
    """Whether a route ends what was said of its points: "3, 2 and 1 are all open: 3-2-1"."""
    is_end = re.search(r"[:=→>–—-]\s*$", text[: three[0].start]) and not text[three[2].end :].strip(" .!")
    said: dict[str, str] = {}
    state = ""
    for token in reversed(before):
        state = token.value if token.kind == STATE else state
        said.setdefault(token.value, state)
    return bool(is_end) and {said.get(token.value) for token in three} == {OPEN}


def _row(text: str, found: Sequence[Token], first: int, paths: tuple[Path, ...]) -> int:
    """Of how many tokens the routes are that stand in a row from ``first`` on: "2-4-1, 2-3-6"."""
    end = first + 3
    while _route(text, found[end : end + 3], paths) and _ROW.match(text[found[end - 1].end : found[end].start]):
        end += 3
    return end - first


@lru_cache(maxsize=64)
def _by_points(paths: tuple[Path, ...]) -> dict[tuple[str, ...], Path]:
    return {tuple(map(str, path)): path for path in paths}


def _route(text: str, three: Sequence[Token], paths: tuple[Path, ...]) -> Path | None:
    """The one of ``paths`` that ``three`` tokens name in a row."""
    path = _by_points(paths).get(tuple([token.value for token in three]))
    return path if path and _in_a_row(text, three) else None


def _around(text: str, start: int, end: int, several: bool) -> str:
    """What is said beside a route: the sentence, or where that may name ``several`` routes, what stands between commas."""
    before, after = _PREMISE.sub("", text[:start]), text[end:]
    return re.split(r"[,;]", before)[-1] + re.split(r"[,;]", after)[0] if several else before + after


def _in_a_row(text: str, three: Sequence[Token]) -> bool:
    gaps = [text[one.end : other.start] for one, other in pairwise(three)]
    return len(three) == 3 and all(token.kind == POINT for token in three) and all(_TIGHT.match(gap) or _LOOSE.match(gap) for gap in gaps)


def _offered(rest: str, path: Path, sentence: Sentence, whole: bool, standing: Claim | None) -> list[Claim]:
    """A proposal of ``path`` in a sentence that says ``rest`` beside it."""
    if sentence.question:
        offers = _INVITES.search(rest) is not None and not _ASKS_STATE.match(rest)
        return [Claim("propose", ANSWER, path)] if offers and not _AGAINST.search(rest) else []
    if _AGAINST.search(rest):
        return [Claim("withdraw", ANSWER, path)] if standing and standing.value == path else []
    short = len(_AGREES.sub("", rest).split()) <= 2
    return [Claim("propose", ANSWER, path)] if not sentence.hearsay and whole and (short or _PROPOSES.search(rest)) else []
