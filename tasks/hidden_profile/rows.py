"""Rows of dense talk of `hidden_profile`, written out: pairs with one verdict, extras that were asked for, checks left open."""

from __future__ import annotations

import re
from functools import lru_cache

from benchmark.phrases import AnyCase
from tasks.hidden_profile.patterns import pattern
from tasks.hidden_profile.replies import answers_written_out
from tasks.hidden_profile.shorthand import MAY_COUNT
from tasks.hidden_profile.words import OPTION, TOPIC, VALUE, Lexicon, Vocabulary

_HEADED_EXTRAS = re.compile(
    r"(?:(?<=[.!?;\n] )|^)(?:(?:my|mine|the|other|more|further|an?)\s+)*(?:extras?|additional|further|more|others?)"
    r"(?:\s+(?:ones?|goods?))?\s*:\s*(?=[A-Z])",
    re.IGNORECASE,
)
_HEADED_VERDICT = re.compile(
    r"(?:(?<=[.!?;,\n] )|^)(?:(?:my|mine|the|other|more|further|and)\s+)*(?P<verdict>good|bad)"
    r"\s+(?:news|marks?|results?|checks?|ones?|outcomes?|side)(?: (?:for|on|from) (?:me|my (?:part|side|notes|list)))?"
    r"\s*(?::|[–—]|\s-\s)\s*(?=[A-Z])",
    re.IGNORECASE,
)
"""What opens a row of checks with one verdict: "Good news: Otter's braking, Lynx's tyres"."""
_ASKS_GOODS = re.compile(r"\bgoods?\b[^.!\n]*\?", re.IGNORECASE)
_NAME = r"(?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])\w+)?"
"""What may be an option: names are looked up when a row is found, so that no pattern is made for each world."""
_ALL_OF_THEM = re.compile(
    rf"(?P<option>{_NAME})"
    r"\s+(?:(?P<verdict>fails|passes)\s+)?(?:on\s+)?(?P<of>all (?:three|two|four)|both|all of (?:them|those|these))(?=\s*[,.;]|$)",
    re.IGNORECASE,
)
_COUNTS = {"both": 2, "all two": 2, "all three": 3, "all four": 4}
_WHOLLY = re.compile(
    rf"(?P<option>{_NAME})(?:(?: is|['’]s) (?:out|hopeless|no good))?\s*(?:[:,–—]|is|are)?\s+(?:all|everything)(?: (?:eight|of it|checks))*"
    r" (?:is |are |were )?(?P<verdict>bad|good)(?=\s*[.,;!]|$)",
    re.IGNORECASE,
)
"""Says of one option how all its checks came out: "Copper is out: all bad"."""
_ALL = AnyCase(r"\b(?:all|everything)\b")
_SETS_OFF, _GOOD_OR_BAD = re.compile(r"[:–—-]"), AnyCase(r"good|bad")
_NAMED = re.compile(_NAME, re.IGNORECASE)
_SPLIT = re.compile(r"\s*[,/&]\s*(?:and\s+)?|\s+(?:and|n?or)\s+")


_COMMA = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_START = r"(?:(?<=[.!?;\n] )|^)\s*"
_IS = r"\s+(?:(?:is|are|both|all)\s+)*"
_END = r"(?=\s*[.,;!\n]|$)"


class _Forms:
    """Patterns of one scene: pairs of an option and a check in a row, options in a row behind a check, an option with its open checks."""

    def __init__(self, scene: Vocabulary) -> None:
        checks = sorted(scene.checks, key=len, reverse=True)
        verdicts = (term for term, meant in scene.meanings.items() if meant[0] == VALUE and re.fullmatch(r"[a-z]+", term))
        self.check, self.verdict = (f"(?:{'|'.join(map(re.escape, some))})(?!\\w)" for some in (checks, verdicts))
        self.row = rf"{self.check}(?:\s*(?:[,/&]|,?\s*and|or|nor)\s*{self.check})*"
        self.pair = rf"{_NAME}(?:'s)?\s+{self.check}"

    pairs = pattern(
        lambda of: rf"{_START}(?P<row>{of.pair}(?:(?:{_COMMA.pattern}){of.pair})+){_IS}(?P<verdict>{of.verdict})(?=\s*[.,;:!\n]|$)"
    )
    neither = pattern(
        lambda of: (
            rf"\bneither (?P<one>{_NAME})'s (?P<this>{of.check}) nor (?P<other>{_NAME})'s (?P<that>{of.check})"
            rf" (?:is|was|were|came out|looks) (?P<verdict>{of.verdict})(?=\s*[.,;:!\n]|$)"
        )
    )
    has = pattern(
        lambda of: (
            rf"(?P<option>{_NAME}) (?:has|gets|got) (?P<row>{of.row}),? (?:but|and|though) (?:no|not|lacks|misses|without)"
            rf" (?P<no>{of.row}){_END}"
        )
    )
    too = pattern(
        lambda of: (
            rf"(?P<before>\b(?P<verdict>good|bad)\b[^.;!?\n]*?,? (?:and )?)(?P<option>{_NAME})'s (?P<row>{of.row})"
            rf" (?:too|as well|likewise){_END}"
        )
    )
    behind = pattern(lambda of: rf"{_START}(?:{of.check})\s*:\s*[^.;!?\n]*")
    options = pattern(lambda of: rf"(?P<row>{_NAME}(?:(?:{_COMMA.pattern}){_NAME})+){_IS}(?P<verdict>{of.verdict}){_END}")
    needs = pattern(
        lambda of: (
            rf"(?P<option>{_NAME})\s+[0-8]\s*[,:(]\s*(?:but\s+)?(?:(?:needs|lacks|missing|open|without)\s+)?"
            rf"(?P<row>{of.check}(?:\s*(?:[,/&]|,?\s*and)\s*{of.check})*)(?=\s*[.;)]|$)"
        )
    )
    lacks = pattern(lambda of: rf"({_NAME}\s+[0-8])\s*,\s*(?:but\s+)?(?:needs|lacks|missing)\s+{of.row}(?=\s*[.;)]|$)")


@lru_cache(maxsize=64)
def _forms(scene: Vocabulary) -> _Forms:
    return _Forms(scene)


def _option(text: str, words: Lexicon) -> str:
    """The option that ``text`` begins with; "" if it begins with another word."""
    name = _NAMED.match(text)
    kind, *option = words.meanings.get(name.group().casefold(), ("",)) if name else ("",)
    return option[0] if kind == OPTION else ""


def rows_written_out(text: str, before: str, words: Lexicon, earlier: str = "") -> str:
    """``text`` with what rows share beside each of their parts; ``before`` is the turn that it follows, ``earlier`` the one before that."""
    forms = _forms(words.scene)
    if "?" in before and _ASKS_GOODS.search(before):
        text = _HEADED_EXTRAS.sub("Good: ", text)
    if "both" in text or "all " in text:
        text = _with_open(text, before, words, forms)
    text = answers_written_out(text, before, words, earlier)
    if _SETS_OFF.search(text) and _GOOD_OR_BAD.search(text):
        text = _HEADED_VERDICT.sub(lambda match: f"{match['verdict'].capitalize()}: ", text)
    if "either " in text:
        text = forms.neither.sub(lambda match: _neither(match, words), text)
    if " has " in text or " got " in text or " gets " in text:
        text = forms.has.sub(lambda match: _has(match, words), text)
    if " too" in text or " as well" in text or " likewise" in text:
        text = forms.too.sub(lambda match: _too(match, words), text)
    if _ALL.search(text):
        text = _WHOLLY.sub(lambda match: _all_checks(match, words), text)
    if not words.scene.may_name_checks(text):
        return text
    text = forms.pairs.sub(lambda row: _each(row, words), text)
    if MAY_COUNT.search(text):
        text = forms.lacks.sub(lambda match: match[1] if _option(match[1], words) else match.group(), text)
    return (
        text if ":" not in text else forms.behind.sub(lambda match: forms.options.sub(lambda row: _each(row, words), match.group()), text)
    )


def _all_checks(match: re.Match[str], words: Lexicon) -> str:
    labels = dict.fromkeys(meant[1] for meant in words.scene.meanings.values() if meant[0] == TOPIC)
    checks = ", ".join(f"{label} {match['verdict']}" for label in labels)
    return f"{match['option']}: {checks}" if _option(match["option"], words) else match.group()


def _neither(match: re.Match[str], words: Lexicon) -> str:
    """Each of two checks of two options with the verdict that is denied of both."""
    if not _option(match["one"], words) or not _option(match["other"], words):
        return match.group()
    return ", ".join(
        f"{option}'s {check} not {match['verdict']}" for option, check in (match.group("one", "this"), match.group("other", "that"))
    )


def _has(match: re.Match[str], words: Lexicon) -> str:
    """What an option "has" as good, and what it has not as bad: "Abbey has access, but no heating"."""
    if not _option(match["option"], words):
        return match.group()
    rows = ((match["row"], "good"), (match["no"], "bad"))
    return f"{match['option']}: " + ", ".join(f"{check} {value}" for row, value in rows for check in _SPLIT.split(row) if check)


def _too(match: re.Match[str], words: Lexicon) -> str:
    """Checks of which is said "too" what was said of those before them."""
    if not _option(match["option"], words):
        return match.group()
    checks = ", ".join(f"{check} {match['verdict']}" for check in _SPLIT.split(match["row"]) if check)
    return f"{match['before']}{match['option']}: {checks}"


def _each(match: re.Match[str], words: Lexicon) -> str:
    """A row of options with its verdict behind each of its parts."""
    if not all(_option(part, words) for part in _COMMA.split(match["row"])):
        return match.group()
    return _COMMA.sub(f" {match['verdict']}, ", match["row"]) + f" {match['verdict']}"


def _with_open(text: str, before: str, words: Lexicon, forms: _Forms) -> str:
    """``text`` with the checks that the turn before left open of an option in place of "all three": "Quarry 4, acoustics/price"."""
    rows = {_option(match["option"], words): match["row"] for match in forms.needs.finditer(before)}
    verdict, end = "", -1

    def named(match: re.Match[str]) -> str:
        nonlocal verdict, end
        option = _option(match["option"], words)
        row = rows.get(option, "") if option else ""
        goes_on = end >= 0 and re.fullmatch(r"\s*,?\s*(?:and\s+)?", text[end : match.start()]) is not None
        verdict, end = match["verdict"] or (verdict if goes_on else ""), match.end()
        checks = [check for check in _SPLIT.split(row) if check]
        if not verdict or len(checks) != _COUNTS.get(match["of"].lower(), len(checks)) or not checks:
            return match.group()
        value = "bad" if verdict.lower() == "fails" else "good"
        return f"{match['option']}: " + ", ".join(f"{check} {value}" for check in checks)

    return _ALL_OF_THEM.sub(named, text)
