"""What the last word of a seat of `hidden_profile` proposes by its count of good checks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from benchmark.consent import consent
from benchmark.phrases import AnyCase
from benchmark.quoting import READY
from benchmark.reading import number_word, sentences
from benchmark.vocabulary import Claim, Turn
from tasks.hidden_profile.scenes import GOOD
from tasks.hidden_profile.words import OPTION, TOPIC, Lexicon, mentioned

_TALLY = re.compile(
    r"[\s(,]*\b(?:(?:with|has|have|at|on|is|gets|makes|leads|=|still|stays|total)\s+)*(?:[0-8]|zero|one|two|three|four|five|six|seven|eight)\b\)?"
    r"(?:\s+(?:goods?|positives?|points?|passes|passed|checks?|(?:out )?of (?:8|eight)|at least))*"
    rf"(?:\s*(?:against|over|versus|vs\.?|to|[-–:/])\s*(?:[0-8]|{'|'.join(map(number_word, range(9)))})(?!\w))*"
    r"(?!\s*(?:others?|more|of)\b)",
    re.IGNORECASE,
)
_COUNT = AnyCase(rf"\b(?:[0-8]|{'|'.join(map(number_word, range(9)))})\b")
_AGREES_FIRST = re.compile(
    r"^\W*(?:i (?:get|have|count|see|make it) (?:exactly )?(?:the same|that too|likewise)|same (?:count )?here),\s*", re.IGNORECASE
)
_REST = re.compile(r"\s*(?:[,;:–—(]|\s-\s)")
_STILL = re.compile(r"(?<!^)\b(?:only|just|still|stays?|remains?|drops?|at most|max)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:others?|rest|everyone else|no(?:body|ne| one)|alone)\b", re.IGNORECASE)
_THEREFORE = re.compile(r",\s*(?:and )?(?:so|therefore|thus|hence|which means|meaning)\b,?\s*", re.IGNORECASE)
_NUMBERS = {number_word(number): number for number in range(9)} | {str(number): number for number in range(9)}
_HAS = re.compile(
    r"(?:'s)?[\s,(:=]*(?:(?:with|has|have|at|on|is|are|gets?|makes?|leads|reaches|reach|ends?|stays?|stay|total|totals|then|now|both|each|all"
    r"|only|just|still|exactly|up|to|keeps?|remains?|remain)[\s,(:=]+)*"
    rf"(?P<number>{'|'.join(_NUMBERS)})\b(?! (?:others?|more|of (?:us|them|those)|open|bads?|fail\w*)\b)",
    re.IGNORECASE,
)
_ROW = re.compile(r"\s*(?:,\s*and|,|&|/|\band\b)\s*", re.IGNORECASE)
_UNSETTLED = re.compile(r"\b(?:open|unknown|unclear|missing|pending|could|might|may|maybe|if|unless|plus)\b|\?", re.IGNORECASE)
_IS_THAT_SO = re.compile(
    r"(?<=[.!;,]) *(?:(?:all |are (?:we|you) )?(?:agreed?|okay?|ok|right|objections|in favou?r)) *\?\s*$", re.IGNORECASE
)
_LAST_WORD = re.compile(
    r"(?:[.!;]\s*|[,–—]\s*(?=(?:so|hence|thus|therefore)\b)|(?P<arrow>→|=>)\s*)"
    r"(?P<so>(?:(?:and |so |then |hence |thus |therefore |that(?:'s| is| makes it) |it(?:'s| is) |clearly |overall )+[,:]?\s*)?)"
    r"(?P<name>(?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])\w+)?)(?P<then>,? (?:it is,? then|it is|then|wins))?"
    r"(?: with (?:[4-8]|four|five|six|seven|eight))?\s*(?P<mark>[.!]*)\s*$",
    re.IGNORECASE,
)
_OPEN_ONES = re.compile(r"\b(?:open|unknown|missing|pending) (?:[A-Z]\w+ )?(?:checks?|ones?|points?|items?|questions?)\b", re.IGNORECASE)
_TOTAL = re.compile(
    rf"(?<![\w.-])(?:[2-8]|{'|'.join(map(number_word, range(2, 9)))})(?= ?(?:[.,;:!)]|$|each\b|good\b|in all\b|both\b|all\b|too\b|now\b"
    r"|against\b|vs\b|→|=>))",
    re.IGNORECASE,
)
_UNBEATEN = re.compile(
    r"\b(?:nobody|none|no one|nothing|no other(?: \w+)?)\b.*\b(?:beats?|tops?|reach(?:es)?|match(?:es)?|catch(?:es)?"
    r"|comes? (?:close|near))\b"
    r"|\b(?:can't|cannot|can no longer) be (?:beaten|caught|matched|reached|overtaken)\b",
    re.IGNORECASE,
)


def proposed_by_tally(text: str, turn: Turn, words: Lexicon, told: Sequence[Claim]) -> list[Claim]:
    """What ``text`` proposes by counts, having ``told`` so much in it.

    A turn that is ready names one option alone, with its good checks ("Castle Barn with 5"), or one that has most ("Castle 5, Abbey and
    Quarry 4"); another ends with the name alone behind the totals.
    """
    if READY not in turn.text:
        best = _concluded(text, turn, words, told)
        return [Claim("propose", ("answer",), best)] if best else []
    best = _alone(text, words, told) or _foremost(turn.text.removesuffix(READY).replace("’", "'"), words)
    return [Claim("propose", ("answer",), best)] if best else []


def _concluded(text: str, turn: Turn, words: Lexicon, told: Sequence[Claim]) -> str:
    """The option that ``text`` ends with, alone, after totals or findings and with nothing left to ask: "Abbey four. So Harbour."."""
    text = _IS_THAT_SO.sub("", text.strip()) if "?" in text else text.strip()
    last = _LAST_WORD.search(text) if "?" not in text else None
    if not last or _UNSETTLED.search(_OPEN_ONES.sub("", _IS_THAT_SO.sub("", turn.text))):
        return ""
    kind, *option = words.meanings.get(last["name"].casefold(), ("",))
    concludes = last["so"] or last["then"] or last["arrow"] or "!" in last["mark"]
    before = text[: last.start("name")]
    counted = _TOTAL.search(before) is not None
    again = counted and last["name"].split()[0] in before
    return option[0] if kind == OPTION and ((concludes and (counted or told)) or again) else ""


def _alone(text: str, words: Lexicon, told: Sequence[Claim]) -> str:
    """The only option that is named with a count and nothing else."""
    heads: dict[str, str] = {}
    for sentence in sentences(text):
        said = _THEREFORE.split(sentence.text)[-1]
        named = [(end, meant[1]) for _, end, meant in mentioned(said, words) if meant[0] == OPTION]
        tally = _TALLY.search(said) if named and _COUNT.search(said) else None
        if sentence.question or sentence.hearsay or not named or not tally or len({option for _, option in named}) > 1:
            continue
        rest = _REST.search(said, max(named[-1][0], tally.end()))
        head = _AGREES_FIRST.sub("", said[: rest.start()] if rest else said)
        beside = [meant for *_, meant in mentioned(said, words) if meant[0] == TOPIC]
        failed = said.startswith(named[0][1].split()[0]) and not _OTHERS.search(said) and _only_fails(named[0][1], told)
        if agrees(_TALLY.sub(" ", head), words) and not beside and not failed:
            heads[named[0][1]] = head
    best = [option for option, head in heads.items() if not _STILL.search(head)]
    return best[-1] if len(heads) == 1 and best else ""


def _only_fails(option: str, told: Sequence[Claim]) -> bool:
    """Whether all that was told of an option in the turn is bad: "Quarry access bad: Quarry 4" counts what is left."""
    values = {claim.value for claim in told if claim.kind == "affirm" and claim.slot[1:2] == (option,)}
    return bool(values) and GOOD not in values


def _foremost(text: str, words: Lexicon) -> str:
    """The option with the most good checks of those that ``text`` counts, or that nobody reaches; "" if none or two are foremost."""
    counts: dict[str, int] = {}
    if _UNSETTLED.search(text):
        return ""
    for sentence in sentences(text):
        said = sentence.text
        named = [(start, end, meant[1]) for start, end, meant in mentioned(said, words) if meant[0] == OPTION]
        if sentence.hearsay or not named:
            continue
        if _UNBEATEN.search(said) and len({option for *_, option in named}) == 1:
            return named[0][2]
        row: list[str] = []
        for (_, end, option), following in zip(named, [start for start, *_ in named[1:]] + [len(said)], strict=True):
            row.append(option)
            if count := _HAS.match(said, end):
                counts |= dict.fromkeys(row, _NUMBERS[count["number"].lower()])
            if count or not _ROW.fullmatch(said, end, following):
                row = []
    most = [option for option, number in counts.items() if number == max(counts.values())]
    return most[0] if len(counts) > 1 == len(most) else ""


def agrees(text: str, words: Lexicon) -> str:
    """How ``text`` consents, where the names of options are words of consent too."""
    return consent(text, _words_of(words.options))


@lru_cache(maxsize=512)
def _words_of(options: tuple[str, ...]) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", " ".join(options).casefold()))


def without_tallies(text: str, instead: str = "") -> str:
    return _TALLY.sub(instead, text) if _COUNT.search(text) else text
