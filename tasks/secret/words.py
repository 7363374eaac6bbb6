"""The words by which talk about `secret` names an option or points at an episode, and where in a text they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from benchmark.reading import mentions
from tasks.secret.scenes import scene_of

OPTION, HANDLE = "option", "handle"

_ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": 3}
_ORDINAL = re.compile(
    r"\b(?:the )?(first|1st|second|2nd|third|3rd|fourth|4th|last)\b"
    r"(?= (?:one|name|option"
    r"|person|candidate|entry|item|place|inn|trail|town|lot|winner|of (?:the|these|our) (?:four|options|list)"
    r"|on the list|in the list|listed)\b(?! (?:that |which )?(?:you|i)(?:'ve| have)? (?:\w+ )?(?:named|mentioned|said|told|kept|listed)))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b(?:number|option|no\.|#)\s?(1|2|3|4|one|two|three|four)\b", re.IGNORECASE)
_NUMBERS = {"1": 0, "one": 0, "2": 1, "two": 1, "3": 2, "three": 2, "4": 3, "four": 3}
_LETTER = re.compile(
    r"\b(?:(?:starts?|starting|begins?|beginning) (?:with|in) (?:an? |the )?(?:letter )?|(?:letter|initial)(?: is)? )['\"“‘]?([a-z])\b",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"(?<![\w'’])[a-z](?:[\s.,·_-]{1,2}[a-z](?!\w)){3,}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{5,}")


class Mention(NamedTuple):
    start: int
    end: int
    kind: str
    value: str


@dataclass(frozen=True)
class Lexicon:
    """What can be named in one world. ``typos`` lead to the option that was meant."""

    options: tuple[str, ...]
    handles: dict[str, str]
    typos: dict[str, str]

    def found(self, text: str) -> list[Mention]:
        """Options named and episodes pointed at, in order; a word counts once."""
        every = [Mention(start, end, OPTION, term) for start, end, term in mentions(text, self.options)]
        every += [Mention(start, end, HANDLE, self.handles[term]) for start, end, term in mentions(text, self.handles)]
        every += self._misspelt(text) + self._described(text)
        taken: list[Mention] = []
        for one in sorted(every, key=lambda mention: (mention.start, -mention.end)):
            if not taken or one.start >= taken[-1].end:
                taken.append(one)
        return taken

    def _misspelt(self, text: str) -> list[Mention]:
        found = [(m, self._meant(m.group().casefold())) for m in _WORD.finditer(text)]
        found += [(m, self.typos.get(re.sub(r"[\W_]", "", m.group()).casefold())) for m in _SPELLED.finditer(text)]
        return [Mention(m.start(), m.end(), OPTION, option) for m, option in found if option]

    def _meant(self, word: str) -> str | None:
        """The option that ``word`` is, or would be with a letter less."""
        if word in self.typos or len(word) > 16:
            return self.typos.get(word)
        shorter = (word[:i] + word[i + 1 :] for i in range(1, len(word)))
        return next((option for one in shorter for option in self.options if one == option.casefold()), None)

    def _described(self, text: str) -> list[Mention]:
        """By their place in the list, or by a first letter that only one of them has."""
        found = [(m, self.options[_ORDINALS[m[1].lower()]]) for m in _ORDINAL.finditer(text)]
        found += [(m, self.options[_NUMBERS[m[1].lower()]]) for m in _NUMBER.finditer(text)]
        for m in _LETTER.finditer(text):
            fitting = [option for option in self.options if option[0].casefold() == m[1].casefold()]
            if len(fitting) == 1:
                found.append((m, fitting[0]))
        return [Mention(m.start(), m.end(), OPTION, option) for m, option in found]


@lru_cache(maxsize=1024)
def lexicon(scene: str, options: tuple[str, ...]) -> Lexicon:
    handles = {form: episode.handle for episode in scene_of(scene).episodes for word in episode.words for form in _forms(word)}
    typos: dict[str, str] = {}
    for option in options:
        typos |= dict.fromkeys(_typos(option.casefold()), option)
    return Lexicon(options, handles, typos)


def _forms(word: str) -> list[str]:
    """``word`` and what is made of it: "goats", "trumpeter"; of a short word only what is many, since a bee makes no beer."""
    stem = word.removesuffix("e")
    endings = [f"{stem}ed", f"{stem}er", f"{stem}ers", f"{stem}ing"] if len(word) > 5 and " " not in word else []
    return [word, f"{word}s", f"{word}es", *endings]


def _typos(word: str) -> set[str]:
    """``word`` itself, and with one letter left out, doubled, or exchanged with the next."""
    out = {word[:i] + word[i + 1 :] for i in range(len(word))}
    double = {word[:i] + word[i] + word[i:] for i in range(len(word))}
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    return {word} | {form for form in out | double | swapped if len(form) >= 5}
