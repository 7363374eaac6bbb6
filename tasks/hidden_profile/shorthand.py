"""What dense talk of `hidden_profile` leaves out or counts, written out: initials, checks cut short, tallies, checks still open."""

from __future__ import annotations

import re
from functools import lru_cache

from benchmark.phrases import AnyCase
from tasks.hidden_profile.patterns import pattern
from tasks.hidden_profile.words import TOPIC, Lexicon, Vocabulary

_INITIALS = re.compile(r"([A-Z](?<![\w'’.][A-Z])[A-Z]?)(?P<mark>'s|:|=)?(?=\s+\(?(?P<next>[a-z]+)|\s*[:=]?\s*[0-8]\b)")
_NO_INITIALS = frozenset("AI")
"""These are words of their own."""
_NO_CHECK = frozenset("cat first sea team work".split())
_CUT = re.compile(
    r"(?<![\w-])(?P<cut>[a-z]{3,})\b\.?(?=\s*(?:[:=]\s*|(?:is|was|are|were)\s+)?(?:good|bad|ok|fine|[✓✔✅✗✘❌])(?!\w))"
    r"|(?<=good )(?P<good>[a-z]{4,})\b(?!\s+(?:good|bad)\b)|(?<=bad )(?P<bad>[a-z]{4,})\b(?!\s+(?:good|bad)\b)"
)
_BESIDE_CUT = re.compile(r"good|bad|ok|fine|[✓✔✅✗✘❌]")
_ROW = re.compile(r"\s*(?:,\s*and|,|&|/|\+|\band\b|\bor\b)\s*")
_SIGNS = "✓✔✅✗✘❌"
_HEADED_BY_SIGN = re.compile(rf"(?<=\w)\s+([{_SIGNS}])\s*(?=[A-Z])")
_PLUS_BEHIND, _MINUS_BEHIND = re.compile(r"[a-z]\+(?=[\s,;.]|$)"), re.compile(r"(?<=[a-z])[-–−](?=[\s,;.]|$)")
_JOINED = re.compile(r"\b(good|bad) (\w+)\+(?=[a-z])")
_COUNT_PLUS = re.compile(r"(?<=\d)\s*(?:\+|\bplus\b)\s*(?=[a-z])")
_COUNT_HEADS = re.compile(r"(?<=[0-8])(?: (?:stands|holds|total|now))?\s*:\s*(?=(?:my )?[A-Z])")
_COUNTS_FOLLOW = re.compile(r"(?<=[a-z]):\s*(?=[A-Z]\w+(?: [A-Z]\w+)?,?\s+(?:(?:at|has|with)\s+)?[0-8]\s*(?:[,;.]|\band\b|$))")
"""Between a finding and who has how many by it: "Otter signal good: Otter 5, Lynx 4"."""
_COUNTED = r"(?:goods?|bads?|passes|passed|fails|positives?|negatives?|points?|ticks?)"
_TALLY = re.compile(
    r"(?:(?<!\w)(?:exactly|about|has|have|with|gets?|at|on|makes?|is|totals?|counts?|now|still|already|only|just|known|got)\s+)*"
    rf"(?<![\w.])[0-8]\s+(?:known |sure )?{_COUNTED}\b(?:\s+(?:checks?|so far|already|each|now|known|(?:in )?total))*",
    re.IGNORECASE,
)
_OPEN = AnyCase(r"\b(?:open|un(?:known|clear|told)|pending|tbd)\b")
MAY_COUNT = re.compile("[0-9\u0080-\U0010ffff]")
"""Whether there is a digit in a text, or some sign beyond ASCII, of which some are digits too."""
_SENTENCE_START = re.compile(r"[.!?;\n]")
_SAYS = re.compile(r"[0-8]|\b(?:good|bad|ok|fine|pass(?:es|ed)?|fail(?:s|ed)?)\b|[✓✔✅✗✘❌]", re.IGNORECASE)


class _Forms:
    """Patterns of one scene: a row of checks that is asked for, in brackets or behind a comma; one in brackets behind a tally; one that is
    open; and one that ends."""

    def __init__(self, scene: Vocabulary) -> None:
        names = sorted(scene.checks, key=len, reverse=True)
        one = rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)"
        self.row = rf"(?:{one}(?:\s*(?:,\s*and|,|&|/|\+|and|or)\s*{one})*)"
        self.openings = frozenset(name.split()[0] for name in names)
        """The first words of the checks."""

    hung = pattern(lambda of: rf"\s*(?:[,–—]|\s-\s)\s*(?=(?:and |but |what about |how about )?{of.row}\s*\?)")
    bracketed = pattern(lambda of: rf"\s*\(\s*{of.row}\s*\?\s*\)")
    counted = pattern(lambda of: rf"(?P<count>[0-8])\s*\(\s*(?P<row>{of.row})\s*\)")
    still_open = pattern(
        lambda of: (
            rf"(?:\s*[,(–—]\s*)?(?:and |with |but )?{of.row}\s+(?:(?:is|are|both|still|left)\s+)*"
            r"(?:open|unknown|unclear|pending|tbd|untold)\b\)?"
        )
    )
    ends = pattern(lambda of: rf"\s*(?:[:(–—=]|-\s|,\s*{of.row}\s*(?:[.;!\n]|$))")


@lru_cache(maxsize=64)
def _forms(scene: Vocabulary) -> _Forms:
    return _Forms(scene)


def written_out(text: str, words: Lexicon) -> str:
    """``text`` with the names of options and checks in full, and without tallies and what is said to be open."""
    forms = _forms(words.scene)
    if MAY_COUNT.search(text):
        text = _COUNTS_FOLLOW.sub(". ", _COUNT_HEADS.sub(". ", _COUNT_PLUS.sub(", ", text)))
    text = text.replace("’", "'")
    if "+" in text:
        text = _JOINED.sub(r"\1 \2 and ", text)
    if text.lstrip()[:1] in _SIGNS:
        text = _HEADED_BY_SIGN.sub(r"; \1 ", text)
    if "+" in text and _PLUS_BEHIND.search(text):
        text = _MINUS_BEHIND.sub(" bad", text)
    if _BESIDE_CUT.search(text):
        text = _CUT.sub(lambda match: _whole(match, words), text)
    text = _INITIALS.sub(lambda match: _named(match, words, forms), text)
    if "(" in text and words.scene.may_name_checks(text):
        text = forms.counted.sub(_without_open, forms.bracketed.sub("", text))
    if _OPEN.search(text) and words.scene.may_name_checks(text):
        text = forms.still_open.sub("", text)
    if MAY_COUNT.search(text):
        text = _TALLY.sub(lambda match: match.group() if forms.ends.match(text, match.end()) else "", text)
    if "?" in text and words.scene.may_name_checks(text):
        text = forms.hung.sub(lambda match: "; " if _says(text[: match.start()]) else match.group(), text)
    return text


def _without_open(match: re.Match[str]) -> str:
    """ "Tanaka 3 (baking, stamina)": as many checks as are counted may be those; more or fewer are open."""
    named = len(_ROW.split(match["row"]))
    return match.group() if named == int(match["count"]) else match["count"]


def _says(before: str) -> bool:
    """Whether the sentence that is going on has told something or counted."""
    return _SAYS.search(_SENTENCE_START.split(before)[-1]) is not None


@lru_cache(maxsize=512)
def _by_initials(options: tuple[str, ...]) -> dict[str, str]:
    """By one capital letter, or by those of both words, the first words of the options that no other shares it with."""
    found: dict[str, list[str]] = {}
    for option in options:
        first = option.split()[0]
        for letters in {first[0], "".join(word[0] for word in option.split())}:
            found.setdefault(letters, []).append(first)
    return {letters: names[0] for letters, names in found.items() if len(names) == 1}


def _named(match: re.Match[str], words: Lexicon, forms: _Forms) -> str:
    name = _by_initials(words.options).get(match[1])
    is_meant = match["next"] is None or match["next"] in forms.openings or match["mark"] in (":", "=")
    if not name or not is_meant or (match[1] in _NO_INITIALS and match["mark"] != ":"):
        return match.group()
    return f"{name}{match['mark'] or ''}"


def _whole(match: re.Match[str], words: Lexicon) -> str:
    """A check by its first three letters or more."""
    cut = match["cut"] or match["good"] or match["bad"]
    return match.group().replace(cut, _in_full(cut, words.scene), 1)


@lru_cache(maxsize=1024)
def _in_full(cut: str, scene: Vocabulary) -> str:
    known = scene.meanings.get(cut)
    meant = {meaning[1] for meaning in scene.meanings.values() if meaning[0] == TOPIC and meaning[1].startswith(cut)}
    if len(meant) != 1 or cut in _NO_CHECK or (known and (known[0] == TOPIC or known[1:2] != (*meant,))):
        return cut
    return min(meant)
