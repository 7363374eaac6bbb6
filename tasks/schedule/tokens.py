"""What a text about slots comes to: slots and what is said of them, word by word."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from tasks.schedule import phrases
from tasks.schedule.calendars import NEVER, POSSIBLE, Cell
from tasks.schedule.cues import cues_in
from tasks.schedule.joining import joined
from tasks.schedule.lexicon import FOREIGN, PARTS, Token, lexed
from tasks.schedule.worlds import TOP

_EMOJI = re.compile("(?![👍👎🚫])[\U0001f300-\U0001faff\u2600-\u26ff]+")


@lru_cache(maxsize=8192)
def tokens(text: str, slots: tuple[str, ...], day: str = "") -> tuple[Token, ...]:
    """``text`` in tokens, with days and times joined to slots, and numbers with what qualifies them to values; ``day`` was spoken of
    last."""
    return tuple(_valued(joined(lexed(text), slots, day)))


def words(text: str, slots: tuple[str, ...], day: str = "") -> list[Token]:
    """``text`` in tokens, its numbers as they stand."""
    return joined(lexed(text), slots, day)


_TIMES = frozenset(word[:4] for word in (*PARTS, *FOREIGN, *"@ # am pm noon midday half quarter thirty clock oclock weekend".split()))


def names_time(text: str) -> bool:
    """Whether ``text`` may name a slot by itself, where no day was spoken of."""
    return not _TIMES.isdisjoint(cues_in(text))


def _range(low: int, high: int, out: bool) -> Cell:
    return frozenset(range(max(low, 0), min(high, TOP) + 1)) | (NEVER if out else frozenset())


def _valued(found: Sequence[Token]) -> list[Token]:
    """Statuses and numbers as VALUE tokens."""
    done: list[Token] = []
    for place, token in enumerate(found):
        if token.kind not in _COUNTS and token.text not in _TELLS:
            done.append(token)
            continue
        before = done[-1].kind if done else ""
        after = found[place + 1].kind if place + 1 < len(found) else ""
        if token.kind == "ELSE" and _is_named(found[place + 1 : place + 4]):
            done.append(Token("WORD", token.text))  # "my remaining options (Tue 10, Wed 14) cost 4 each"
        elif _is_refusal(found, place, before):
            done.append(Token("VALUE", token.text, cell=NEVER))
        elif token.text == "free" and _is_price(found, place):
            done.append(Token("VALUE", token.text, cell=frozenset((0,)), number=0))
        elif token.text in ("yes", "yep", "yeah", "yup", "y") and before in ("SLOT", "LINK"):
            done.append(Token("VALUE", token.text, cell=POSSIBLE))
        elif token.kind in _CELLS:
            done.append(Token("VALUE", token.text, cell=_CELLS[token.kind]))
        elif token.kind != "NUM":
            done.append(token)
        elif not _is_no_cost(token.text, found[place - 1] if place else Token("", ""), before, after):
            _price(token, after, done)
    return _alternatives(done)


_CELLS = {"OUT": NEVER, "CAN": POSSIBLE, "ZERO": frozenset((0,)), "AN": frozenset((1,))}
_COUNTS = frozenset(("NUM", "ELSE", *_CELLS))
_TELLS = frozenset("no nope never non nein nah none nothing not x free yes yep yeah yup y".split())
"""The kinds and the words of tokens that may say how it stands with a slot."""


def _is_named(after: Sequence[Token]) -> bool:
    """Whether the slots that are left over are named next: "my other ones: Tue 10", "my remaining slots are Wed 14"."""
    between = [place for place, token in enumerate(after) if token.kind != "LINK" and token.text not in ("are", "is", "would", "be")][:1]
    return between != [0] and any(after[place].kind == "SLOT" for place in between)


def _price(token: Token, after: str, done: list[Token]) -> None:
    """Adds a number to what is ``done``, with what qualifies it: "at least 3"."""
    n, before = token.number, done[-1].kind if done else ""
    bounds = {"ATLEAST": (n, TOP, True), "ABOVE": (n + 1, TOP, True), "ATMOST": (0, n, False), "BELOW": (0, n - 1, False)}
    cell: Cell = frozenset((n,))
    if before in bounds or after == "ORMORE":
        cell = _range(*bounds.get(before, (n, TOP, True)))
    if before in bounds:
        done.pop()
    if 0 <= n <= TOP:
        done.append(Token("VALUE", token.text, cell=cell, number=n))


def _is_refusal(found: Sequence[Token], place: int, before: str) -> bool:
    """Whether a "no", a "not" or an x rules something out by itself: "Tue 10 no", "no for Wed 14", "not Thu 9", "Fri 11 = x"."""
    token, after = found[place], found[place + 1] if place + 1 < len(found) else Token("", "")
    if token.kind not in ("NEG", "WORD"):
        return False
    refused = (
        token.text in ("no", "nope", "never", "non", "nein", "nah")
        and not (place == 0 and after.text == ",")
        and (after.kind in ("", "COMMA", "LINK", "AND") or after.text == "for")
    )
    refused = refused or (token.text in ("none", "nothing") and before in ("LINK", "SLOT") and after.kind in ("", "COMMA"))
    return refused or (token.text == "not" and after.kind == "SLOT") or (token.text == "x" and before in ("SLOT", "LINK"))


def _is_price(found: Sequence[Token], place: int) -> bool:
    """Whether "free" stands where a cost would: "Tue 10 (free), Wed 14 (3)"."""
    before, after = (found[i] if 0 <= i < len(found) else Token("", "") for i in (place - 1, place + 1))
    priced = (
        any(one.kind == "NUM" for one in found)
        and before.kind != "ME"
        and after.kind not in ("SLOT", "AT")
        and after.text not in ("on", "in")
    )
    return (
        (before.text == "(" and after.text == ")") or (priced and before.text != "am") or any(one.text == "works" for one in found[:place])
    )


def _is_size(text: str, before: str, after: str) -> bool:
    """Whether a number in words only says how many there are: "none of these three", "all four"."""
    return text.isalpha() and after != "UNIT" and before in ("these", "those", "all", "my", "your", "the", "other")


def _is_no_cost(text: str, last: Token, before: str, after: str) -> bool:
    """Whether a number in words counts something, or is the "one" that stands for a thing."""
    if _is_size(text, last.text, after) or (text.isalpha() and after == "WORD"):
        return True
    return text == "one" and after != "UNIT" and before not in ("AT", "ME") and last.text not in ("cost", "costs")


def _alternatives(found: Sequence[Token]) -> list[Token]:
    """Values between which stands "or" become one that allows either: "8 or higher or impossible"."""
    done: list[Token] = []
    for token in found:
        before = [other for other in done[-3:] if other.kind != "ORMORE"] if token.kind == "VALUE" else []
        if len(before) > 1 and before[-1].text == "or" and before[-2].kind == "VALUE":
            done[done.index(before[-2]) :] = [Token("VALUE", token.text, cell=before[-2].cell | token.cell, number=before[-2].number)]
        else:
            done.append(token)
    return done


def counted(text: str, found: Sequence[Token]) -> str:
    """A count of slots that calls them something else, or nothing: "I can make five of them, no more"."""
    kinds = {token.kind for token in found}
    if "SLOT" in kinds or "COUNT" in kinds or "ME" not in kinds or not phrases.COMPLETE.search(text):
        return text
    can = any(token.kind == "VALUE" and token.cell == POSSIBLE for token in found) or re.search(r"\bdo\b", text)
    if not can:
        return text
    return re.sub(r"\bdo\b", "work", phrases.TALLY.sub(r"\1 slots in all", text, count=1))


def one_slot(text: str, slots: tuple[str, ...]) -> str | None:
    """The slot that ``text`` names if it says nothing else."""
    if len(text) > 60:
        return None
    found = [token for token in tokens(normal(text), slots) if token.kind not in ("AT", "ON", "COMMA", "LINK")]
    return found[0].slots[0] if len(found) == 1 and found[0].kind == "SLOT" and len(found[0].slots) == 1 else None


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """``text`` with one kind of apostrophe, "am" without dots and "10.30" with a colon."""
    if not text.isascii():
        text = _EMOJI.sub(". ", re.sub(r"[’‘`]", "'", text))
    found = cues_in(text)
    for cues, pattern, instead in _SPELLINGS:
        text = text if found.isdisjoint(cues) else pattern.sub(instead, text)
    return text


_INITIALS = {"Mo": "Mon", "Tu": "Tue", "We": "Wed", "Th": "Thu", "Fr": "Fri", "Sa": "Sat", "Su": "Sun", "M": "Mon", "W": "Wed"}
_SPELLINGS: tuple[tuple[Sequence[str], re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (("`",), re.compile("`"), "'"),
    (("resp",), re.compile(",? respectively\\b"), ""),
    ((".",), re.compile(r"(?i)(?<=[ap])\. ?m\b\.?"), "m"),
    (("#",), re.compile(r"(?i)(?<=\d)(?=[ap]m)"), " "),
    (("id", "im", "ive"), re.compile(r"(?i)\bi(?=(?:d|m|ve)\b)"), "i'"),
    (("#",), re.compile(r"(?<=\d)\.(?=[0-5]\d(?![\d.]))(?<!\.\d.)(?<!\.\d\d.)"), ":"),
    (
        ("#",),
        re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su|M|W)(?=\d)|\b(Mo|Tu|Th|Fr|Sa|Su)(?= \d)"),
        lambda match: _INITIALS[match.group()[:2]] + " ",
    ),
    (("#",), re.compile(r"(?i)\b((?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})\.?[-_]?(?=\d)"), r"\1 "),
)
"""What stands in a text, as of ``cues_in``, that is spelt otherwise, and how it is written here."""


__all__ = ["Token", "counted", "normal", "one_slot", "tokens", "words"]
