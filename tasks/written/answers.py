"""What an answer to a written world may be: one of several options, a number, a short text, a ranking or a selection of given items."""

from __future__ import annotations

import json
import math
import unicodedata
from dataclasses import dataclass

from benchmark.answers import match_name
from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import Stream
from benchmark.vocabulary import Answer, Illegal, Json

FORMS = ("options", "number", "text", "ranking", "selection")
_LONGEST = 200
_LARGEST = 1e12


def plain(text: str) -> str:
    """``text`` without what spelling may vary: case, punctuation, spacing, and one leading article."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in folded).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, as everyone may read it. ``items`` are the options, or the things to rank or to select from."""

    kind: str
    text: str
    items: tuple[str, ...] = ()
    unit: str = ""
    tolerance: float = 0.0

    def rule(self, declining: bool) -> str:
        """What a right answer is, for the brief."""
        listed = "; ".join(f'"{item}"' for item in self.items)
        within = f", at most {self.tolerance:g} off" if self.tolerance else ""
        said = {
            "options": f"The possible answers are: {listed}. {'At most' if declining else 'Exactly'} one is right.",
            "number": f"The answer is a number{f' ({self.unit})' if self.unit else ''}; right is the true one{within}.",
            "text": "The answer is a short text; case and punctuation do not matter.",
            "ranking": f"The answer puts these in order: {listed}. Exactly one order is right.",
            "selection": f"The answer picks some of these: {listed}. Right is one set of them, in any order.",
        }[self.kind]
        return said + (" It may be that no answer is right; then null is, which declines." if declining else "")

    def form(self) -> str:
        what, example = {
            "options": ("one of the possible answers, word for word", self.items[:1]),
            "number": ("a number in digits, without a unit", (12,)),
            "text": (f"a text of at most {_LONGEST} characters", ("some words",)),
            "ranking": ("the list of all the items, word for word, the first in order first", (list(self.items),)),
            "selection": ("the list of the items picked, word for word", (list(self.items[:2]),)),
        }[self.kind]
        shown = json.dumps({"answer": example[0]}, ensure_ascii=False)
        return f'Under "answer" it holds {what}, for example {shown}, or null to give none.'

    def schema(self) -> Json:
        """JSON Schema of what stands under "answer"."""
        if self.kind == "options":
            return {"enum": [*self.items, None]}
        if self.kind == "number":
            return {"type": ["number", "null"], "minimum": -_LARGEST, "maximum": _LARGEST}
        if self.kind == "text":
            return {"type": ["string", "null"], "minLength": 1, "maxLength": _LONGEST}
        least = len(self.items) if self.kind == "ranking" else 1
        return {
            "type": ["array", "null"],
            "items": {"enum": list(self.items)},
            "minItems": least,
            "maxItems": len(self.items),
            "uniqueItems": True,
        }

    def parse(self, given: Json) -> Answer:
        """``given`` as an answer, which is never None; Illegal otherwise."""
        if self.kind == "options":
            return match_name(given, self.items, '"answer"')
        if self.kind == "number":
            if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given) or abs(given) > _LARGEST:
                raise Illegal('"answer" must be a number in digits, or null')
            return given
        if self.kind == "text":
            text = plain(given) if isinstance(given, str) and len(given) <= _LONGEST else ""
            if not text:
                raise Illegal(f'"answer" must be a text of at most {_LONGEST} characters, with a letter or a digit in it, or null')
            return text
        if not isinstance(given, list):
            raise Illegal('"answer" must be a list of the items, or null')
        named = [match_name(one, self.items, 'each item of "answer"') for one in given[: len(self.items) + 1]]
        if len(set(named)) < len(named) or not named or (self.kind == "ranking" and len(named) < len(self.items)):
            raise Illegal('"answer" must hold ' + ("every item once" if self.kind == "ranking" else "at least one item, and none twice"))
        return tuple(named) if self.kind == "ranking" else tuple(one for one in self.items if one in named)

    def draw(self, stream: Stream) -> Answer:
        if self.kind == "options":
            return stream.choice(self.items)
        if self.kind == "number":
            return stream.between(0, 100)
        if self.kind == "text":
            return plain(stream.choice(FIRST_NAMES))
        if self.kind == "ranking":
            return tuple(stream.shuffled(self.items))
        chosen = tuple(item for item in self.items if stream.chance(0.5))
        return chosen or (stream.choice(self.items),)

    def is_right(self, given: Answer, target: Answer) -> bool:
        """``target`` of a text is all its spellings."""
        if given is None or target is None:
            return given is target
        if self.kind == "number":
            return bool(abs(given - target) <= self.tolerance + 1e-9 * max(1.0, abs(target)))
        return bool(given in target) if self.kind == "text" else bool(given == target)

    def luck(self, declining: bool) -> float:
        """The chance that one guess of the right form is right; 0 where there is no telling."""
        number = {"options": len(self.items), "ranking": math.factorial(len(self.items)), "selection": 2 ** len(self.items) - 1}
        return 1 / (number[self.kind] + declining) if self.kind in number else 0.0
