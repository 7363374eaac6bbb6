"""What is said before a choice: an announcement, which binds nobody, read and worded the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmark.reading import sentences
from benchmark.vocabulary import Claim, Turn

PLAN = ("plan",)


def plan_of(option: str) -> Claim:
    return Claim("affirm", PLAN, option)


def word(claims: Sequence[Claim]) -> str:
    return " ".join(f"I will go for {claim.value}." for claim in claims)


def read(turns: Sequence[Turn], options: Sequence[str]) -> tuple[Claim, ...]:
    """What speakers say they are going to choose: "I will go for amber", "I'll press the amber button", "I am going to set amber"."""
    named = "|".join(map(re.escape, options))
    plan = re.compile(rf"\bI(?:['’]ll| will| am going to|['’]m going to)(?: \w+){{0,3}} (?:the )?(?P<option>{named})\b", re.IGNORECASE)
    folded = {option.casefold(): option for option in options}
    found = []
    for number, turn in enumerate(turns):
        for sentence in sentences(turn.text):
            if sentence.question or sentence.hearsay or sentence.negated:
                continue
            found += [Claim("affirm", PLAN, folded[said["option"].casefold()], turn.seat, number) for said in plan.finditer(sentence.text)]
    return tuple(found)
