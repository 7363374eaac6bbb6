"""Which slots are meant by words that only point at them: "both of those", "the other two", "your six", "they all"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmark.reading import number_word
from tasks.schedule import phrases
from tasks.schedule.cues import Cued, cues_in
from tasks.schedule.proposals import LONGEST_SENTENCE

_COUNTS = {number_word(n): n for n in range(2, 21)} | {str(n): n for n in range(2, 21)}
_COUNT = "|".join(sorted(_COUNTS, key=len, reverse=True))
_NOT_A_COST = r"(?! ?[ap]m|:|\d|\.\d| (?:hours?|euros?|miles?|favou?rs?|points?|total|altogether)| of (?:us|you)\b)"
_POINTER = Cued(
    r"(?P<of>\b(?:of|from|among|for) )?(?P<quantity>\b(?:none|neither|not (?:a single )?(?:one|any)|no(?:t one| single one)"
    r"|any|all|both|each|every one|either|some|one|which|two) of )?"
    rf"(?:\b(?P<which>those|these|your other|your remaining|your|the same|same|the other|the remaining|the last|the first|the|all the|all|my (?:last|other|remaining)|remaining) "  # noqa: E501 (words of one kind)
    rf"(?P<count>{_COUNT}){_NOT_A_COST}(?: (?:slots?|options?|ones|times|candidates|suggestions|dates))?\b"
    r"(?P<yours> of (?:yours|your (?:slots|options|list)))?"
    r"|\b(?P<plural>those|these|them|they(?='re| are| all| both| each| cost| would| work)|yours|your (?:(?:other|remaining|last) )?(?:slots|options|list|suggestions|proposals))\b)",  # noqa: E501 (words of one kind)
    "those these your yours the same all my remaining them they",
)
_PAIR = Cued(
    r"(?:^\W*|(?<=[,;:] )|(?<=but )|(?<=and ))(?:(?P<pair>both|neither)(?= (?!of\b)\w)"
    r"|(?P<every>each|all)(?= (?:(?:would|will|is|are) (?:\w+ )?)?(?:costs?|cost|at|works?|impossible|out|fine|possible|ok"
    r"|doable|free)\b))",
    "both neither each all",
)
_ALONE = re.compile(
    r"^\W*(?:(?:i )?can(?:not|'t)? (?:do|make) (?:neither|either)(?: (?:one|slot))?|neither|none|no(?:pe)? to (?:all|both|either)(?: of them| three| four)?|not (?:a single )?one|not any|no single one)(?: of (?:them|those|these|yours|the above))?[\s.!]*$",  # noqa: E501 (words of one kind)
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\b(?:except(?:ing)?|apart from|aside from|other than|save for|with the exception of)\b", re.IGNORECASE)
_DENIES = ("none", "neither", "no")
_LEFT_OVER = ("othe", "rema")
"""What points at slots that nobody has named: the other ones, the remaining ones."""
_LEAVES_OPEN = ("some", "one", "which", "two")
_YOURS = Cued(
    r"\b(?:on|of|from|in) (?:your (?:list|options|slots)|(?:what|those|the ones|the slots) you(?:'ve| have)? (?:listed|named|offered|mentioned|gave|left open))\b[:,]?"  # noqa: E501 (words of one kind)
    r"|(?<=else )you(?:'ve| have)? \w+|(?<=rest )(?:you(?:'ve| have)? \w+|of (?:yours|your \w+))|(?<=others )you(?:'ve| have)? \w+",
    "you your yours",
)
SlotsOf = Callable[[str], Sequence[str]]


class Salient(NamedTuple):
    """The sets of slots that may be pointed at, the likeliest first."""

    latest: tuple[str, ...]
    """Of the sentence before in this turn."""
    turn: tuple[str, ...]
    """All that this turn has named."""
    offered: tuple[str, ...]
    """Of the last sentence of the turn before that had any, without what its speaker ruled out."""
    other: tuple[str, ...]
    """Of all of that turn."""
    left: tuple[str, ...]
    """Of what its speaker has not said anything."""

    def meant(self, which: str, count: int, here: Sequence[str], any_of: bool = False) -> tuple[str, ...]:
        """The set that ``count`` (0: several) slots are, after ``here`` in their sentence; empty if that is not clear.

        ``any_of`` them is of the whole turn before, where nothing was said of those slots: "I can't make any of those".
        """
        named = {*self.turn, *here}
        theirs = tuple(slot for slot in self.other if slot not in named)
        fresh = [[slot for slot in row if slot in self.left] for row in (self.offered, self.other)]
        sets: list[Sequence[str]] = [here, self.latest, self.turn, self.offered, self.other, *fresh]
        if "other" in which or "remaining" in which:
            sets = [theirs, self.left]
        elif "your" in which:
            sets = [self.other]
        elif any_of and not (count or named) and len(fresh[1]) > 1:
            sets = [fresh[1]]
        edge = which.split()[-1:] == ["first"] or which.split()[-1:] == ["last"]
        if edge and count and (row := next((tuple(one) for one in sets if len(one) > count), ())):
            return row[:count] if "first" in which else row[-count:]
        return next((tuple(one) for one in sets if (len(one) == count if count else len(one) > 1)), ())


def no_slots(text: str) -> tuple[str, ...]:
    """The slots of a text that is known to name none."""
    del text
    return ()


def is_denial(text: str) -> bool:
    """Whether ``text`` says no more than that none of them can be made."""
    return bool(_ALONE.match(text))


def resolve(text: str, salient: Salient, slots_of: SlotsOf) -> tuple[str, tuple[str, ...]]:
    """``text`` with the slots in place of words that point at them; and the set that "of your six" narrows it to."""
    if len(text) > LONGEST_SENTENCE:
        return text, ()
    if _ALONE.match(text):
        meant = salient.latest or salient.other
        return (f"I can't make {' & '.join(meant)}." if meant else text), ()
    scope = salient.other if _YOURS.search(text) else ()
    text = _YOURS.sub(" ", text)
    done, end = "", 0
    for match in _pointers(text, salient, slots_of):
        if match.start() < end:
            continue
        found = match.groupdict()
        which = (found.get("which") or found.get("plural") or "").lower()
        which = "your" if found.get("yours") else "" if which.startswith("my") else which
        count = 2 if found.get("pair") else _COUNTS.get((found.get("count") or "").lower(), 0)
        quantity = (found.get("quantity") or found.get("pair") or "").lower()
        meant = salient.meant(which, count, slots_of(text[: match.start()]), quantity.startswith((*_DENIES, "any")))
        if not meant or quantity.startswith(_LEAVES_OPEN):
            continue
        if re.match(r"\s*:", text[match.end() :]):
            continue  # "my last two options: Fri 16, Sat 16"
        behind = set(slots_of(text[match.end() :]))
        clause = re.split(r"[,:;–—]|\b(?:but|and)\b", text[: match.start()])[-1]
        if slots_of(clause) or behind >= set(meant):
            continue
        if (found.get("of") or "").lower() in ("of ", "from ", "among ") and not quantity:
            scope = meant
            continue
        if behind & set(meant) and not _EXCEPT.search(text, match.end()):
            continue  # "those two: Tue 10 and Wed 14"
        deny = "neither " if quantity.startswith(_DENIES) else "all "
        lead = "for " if (found.get("of") or "").lower() == "for " else ""
        done += f"{text[end : match.start()]}{lead}{deny}{' & '.join(meant)}"
        end = match.end()
    return done + text[end:], scope


def _pointers(text: str, salient: Salient, slots_of: SlotsOf) -> list[re.Match[str]]:
    """The words that point at slots; none where no slot was spoken of at all, and they are not of those left over."""
    if slots_of is no_slots and not any(salient[:-1]) and cues_in(text).isdisjoint(_LEFT_OVER):
        return []
    return sorted((*_POINTER.finditer(text), *_PAIR.finditer(text)), key=lambda one: one.start())


def of_two(text: str, latest: Sequence[str]) -> str:
    """ "The former costs me 8": ``text`` with the one of the ``latest`` slots that is meant."""
    some = tuple(dict.fromkeys(latest))
    if len(some) < 2:
        return text
    return phrases.LATTER.sub(some[-1] if len(some) == 2 else some[1], phrases.FORMER.sub(some[0], text))
