"""The words there are for things, how they are found in a text, and how a player speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

from benchmark.prompts import listing
from benchmark.reading import Terms, number_word
from benchmark.vocabulary import Claim
from tasks.reference.forms import words_in
from tasks.reference.scenes import ATTRIBUTE_OF, KIND, LEFT, MIDDLE, PLACE, RIGHT, Scene, kinds_of, ordered, plural_of, plurals_of

ANSWER, SIGHT = ("answer",), "object"
"""The slot of the joint answer, and the first word of every slot that describes something in view."""

_ALSO = {
    "small": "small-sized smaller smallest little tiny petite mini smol",
    "medium": "medium-sized mid-sized midsize midsized middle-sized mid-size medium-size med average-sized",
    "large": "large-sized larger largest big bigger biggest huge lrg",
    "grey": "gray greyish",
    "golden": "gold",
    "green": "greenish",
    "striped": "stripes stripe stripey stripy stripped",
    "dotted": "dots dot dotty polka-dotted polka-dot polka-dots",
    "plain": "unmarked undecorated unpatterned",
    "chipped": "chip chips",
    "checked": "checkered chequered checks check-patterned",
    "patched": "patch patches patchy",
    "rusty": "rust rusted",
    "numbered": "number-marked",
    "strapped": "strap straps",
    "dented": "dent dents",
    "taped": "tape",
    "labelled": "labeled label labels",
    "spotted": "spots spot spotty speckled",
    "banded": "bands",
    "cracked": "crack cracks",
    "ridged": "ridges ridge",
    "flickering": "flickers flicker flickery",
    "hazy": "haze",
    "ringed": "ring rings",
    "tailed": "tail tails",
    "embroidered": "embroidery",
    "torn": "tear tears ripped",
    "quilted": "quilting quilt",
    "suitcase": "case cases",
    "backpack": "rucksack rucksacks pack packs",
    "duffel": "duffle duffles duffel-bag duffel-bags",
    "nebula": "nebulae nebulas",
    "galaxy": "galaxys",
    "dinghy": "dinghys dingy",
    "waistcoat": "vest vests",
    "yellow": "yellowish",
}
_COMMON = {"strapped": "strap", "checked": "checks", "numbered": "", "spotted": "spot spots", "ringed": "ring rings", "tailed": ""}
"""Forms that mean something else more often than not are left out where they can."""
_PLACE = re.compile(
    r"(?<!\w)(?P<whose>(?:on|at|to|from|in|towards?)?\s*(?:my|your|our|his|her|the)\s+)?(?:far[\s-]+|very[\s-]+|extreme[\s-]+)?"
    r"(?P<where>left|right|middle|in[\s-]between(?! (?:the|a|my|two)\b)|midway|halfway|cent(?:er|re)"
    r"|central)(?:[\s-]?(?:hand|most)\b)?(?!-sized|"
    r"-size)(?!\w)(?!\s+(?:sized|size|one to|away|now|answer|so)\b)(?!(?<=right)\s+(?:places?|spots?|positions?|thing|way)\b)"
)
_NO_PLACE = re.compile(r"(?i)\b(?:that(?:'s| is)|is that|you're|you are|am i|all|what's|what is|got it|sounds|yes|yep|yeah|oh)\W+$")
_LEFT_OVER = re.compile(r"(?i)(?:\bis|\bare|what's|what is|only|ones?|have|nothing|none|\w+ing)\s+$")

_SAYS_SO = re.compile(r"(?i)\s*:\s*(?:(?:so|then|it's|that's|we take|we name)\s+)*the (?:[\w-]+ ){2,4}?[\w-]+(?: it is| then)?\W*$")
""" "Right: the small red mug."."""
_GOES_ON = re.compile(r"(?i)\s*:\s*(?:so |then )?(?:th(?:ose|ese|ey|at|at's)|it|it's|we|so|then|agreed)\b")
""" "Right: those don't match."."""


@lru_cache
def _vocabulary(scene: Scene) -> dict[str, str]:
    """Every form in which a word of ``scene`` comes, and the word."""
    words = [*kinds_of(scene), *scene.colours.split(), *scene.marks.split(), "small", "medium", "large"]
    known = {form: word for word in words for form in _ALSO.get(word, "").split()}
    known |= {form.replace("-", " "): word for form, word in known.items() if "-" in form}
    known |= {f"{colour}s": colour for colour in scene.colours.split()}  # "Reds: a mug and a jug"
    return known | {plural_of(kind): kind for kind in kinds_of(scene)} | {word: word for word in words}


_SIDED = frozenset(
    "left right middle between midway halfway center centre central lefthand leftmost righthand rightmost middlemost centermost".split()
)

_OF_PLACES = _SIDED.union("in on at to from toward towards my your our his her the far very extreme hand most".split())

Found = tuple[int, int, str, bool]
"""Start and end in the text, the word, and whether a place in it is the other person's: on your left."""


@lru_cache
def _forms(scene: Scene) -> tuple[dict[str, str], re.Pattern[str]]:
    """Every form in small letters and its word, and a pattern of them all that finds the longest first."""
    known = _vocabulary(scene)
    written = sorted((re.escape(form) for form in known), key=len, reverse=True)
    return known, re.compile(rf"(?<![^\W_])(?:{'|'.join(written)})(?![^\W_])")


@lru_cache(maxsize=8192)
def found_in(text: str, scene: Scene) -> tuple[Found, ...]:
    """Every word of an object in ``text``, in order."""
    known, written = _forms(scene)
    low = text.replace("\u0130", "\u0131").lower()  # the one letter that is two as a small one
    found = [(*match.span(), known[match.group()], False) for match in written.finditer(low)]
    for match in _PLACE.finditer(low) if not _SIDED.isdisjoint(words_in(text)) else ():
        where = match["where"]
        if where == "right" and not match["whose"] and _is_agreement(text, match):
            continue
        if where == "left" and not match["whose"] and re.match(r"\s*(?:over|behind|an?|to|it)\b", text[match.end() :]):
            continue
        word = where if where in (LEFT, RIGHT) else MIDDLE
        start = match.end() - len(match.group().lstrip())
        found.append((start, match.end(), word, "your" in (match["whose"] or "")))
    return tuple(sorted(found))


@lru_cache
def words_of_things(scene: Scene) -> frozenset[str]:
    """The words of which all that is found can be made."""
    return _OF_PLACES.union(*map(words_in, _vocabulary(scene)))


def _is_agreement(text: str, match: re.Match[str]) -> bool:
    """Whether "right" says that something is so."""
    before, after = text[: match.start()], text[match.end() :]
    if after.lstrip().startswith(":"):
        return not before.strip(" *") and bool(_SAYS_SO.match(after) or _GOES_ON.match(after))
    return (
        not before.strip(" ,.!-–—*") or bool(_NO_PLACE.search(before[-12:])) or (before.rstrip().endswith(",") and after.strip(" ") == "?")
    )


def is_plural(text: str, scene: Scene) -> bool:
    """Whether ``text`` speaks of several things of a kind."""
    return not plurals_of(scene).isdisjoint(words_in(text)) and bool(_plurals(scene).mentions(text))


@lru_cache
def _plurals(scene: Scene) -> Terms:
    return Terms(plurals_of(scene))


def described(words: Iterable[str], number: int = 1) -> str:
    """A description in words, with its kind in the plural where there are several."""
    looks = [word for word in ordered(words) if ATTRIBUTE_OF[word] not in (KIND, PLACE)]
    kinds = [word for word in words if ATTRIBUTE_OF[word] == KIND]
    places = [f"{'in' if word == MIDDLE else 'on'} the {word}" for word in words if ATTRIBUTE_OF[word] == PLACE]
    kind = (plural_of(kinds[0]) if number != 1 else kinds[0]) if kinds else ("one" if number == 1 else "ones")
    return " ".join([*looks, kind, *places])


def worded(claims: Sequence[Claim]) -> str:
    """What a player says; claims in a row of one sort share a sentence."""
    return " ".join(_spoken(sort, list(group)) for sort, group in groupby(claims, _sort))


def _sort(claim: Claim) -> tuple[str, str]:
    full = len(claim.slot) > 5
    kind = next((word for word in claim.slot[1:] if ATTRIBUTE_OF.get(word) == KIND), "")
    if claim.kind == "affirm" and full:
        return "full", kind
    return ("glance" if claim.kind in ("affirm", "count") else claim.kind), ""


def _spoken(sort: tuple[str, str], claims: Sequence[Claim]) -> str:
    first = claims[0]
    if sort[0] == "propose":
        return "We share nothing." if first.value is None else f"We share the {described(first.value)}."
    if sort[0] == "withdraw":
        return f"We do not share the {described(first.value)}." if first.value else "We may share something."
    if sort[0] == "ask":
        return "What else do you see?" if len(first.slot) == 1 else f"Do you see a {described(first.slot[1:])}?"
    if sort[0] == "exclude":
        return f"I have no {listing([described(claim.slot[1:], 2) for claim in claims]).replace(' and ', ' or ')}."
    if sort[0] == "glance":
        counted = [
            f"{'just ' if claim.value == 1 else ''}{number_word(claim.value)} {described(claim.slot[1:], claim.value)}"
            if claim.kind == "count"
            else f"a {described(claim.slot[1:])}"
            for claim in claims
        ]
        return f"I see {listing(counted)}."
    things = [claim.slot[1:] for claim in claims]
    if len(things) == 1:
        return f"I have a {described(things[0])}."
    alike = [word for word in things[0] if all(word in thing for thing in things) and ATTRIBUTE_OF[word] != PLACE]
    return f"My {described(alike, 2)}: {', '.join(' '.join(word for word in thing if word not in alike) for thing in things)}."
