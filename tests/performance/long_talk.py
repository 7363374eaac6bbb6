"""A task whose episodes take 20 calls, 18 turns and two commits, over a brief of 1,100 characters, and next to nothing to score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from benchmark.vocabulary import Claim, Turn, View
from tests.toy_task import Toy

CALLS = 20

_RULES = (
    "They divide a set of goods and have nine turns each. In each turn a party says one short message and names the share of the "
    "goods it asks for. Where the last two shares that were named add up to no more than there is, each gets what it asked for; else "
    "nobody gets anything. They may argue, ask, concede, insist, threaten to leave or propose something else on the side, but what "
    "counts in the end is the last share that each of them names. Neither knows what the goods are worth to the other, and both do "
    "better if they find out. They stay polite throughout, keep to what is true of their own goods, and do not repeat themselves. "
    "What was agreed in an earlier talk does not bind them here, what they say here binds nobody later, and nobody else will ever "
    "read it. "
)


@dataclass(frozen=True, kw_only=True)
class LongTalk(Toy):
    """Toy, at length."""

    name: ClassVar[str] = "long_talk"
    semantic: ClassVar[bool] = False
    label: str = "long_talk"
    turns: int = CALLS - 2
    words: int = 60

    def brief(self, view: View) -> str:
        return f"{super().brief(view)} {_RULES}"

    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        return ()
