"""What the sentences of a turn over a division come to, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from benchmark.vocabulary import Seat
from tasks.deal import cues
from tasks.deal.divisions import HALF, THE, Shares
from tasks.deal.sharing import Walk
from tasks.deal.words import Token


@dataclass
class Heard:
    """What the sentences of a turn come to. ``said`` are those that hand something out, ``bare`` pieces that nobody was named for.

    ``cared`` and ``valued`` are whose liking or points for a kind were told, ``kept`` what the speaker will not give up.
    """

    shares: Shares = field(default_factory=dict)
    more: Shares = field(default_factory=dict)
    rest: Seat | None = None
    firm: bool = False
    vague: set[tuple[Seat, str]] = field(default_factory=set)
    wished: set[tuple[Seat, str]] = field(default_factory=set)
    cared: set[tuple[Seat, str]] = field(default_factory=set)
    kept: Shares = field(default_factory=dict)
    valued: set[tuple[Seat, str]] = field(default_factory=set)
    amends: bool = False
    traded: Shares = field(default_factory=dict)
    said: str = ""
    bare: Sequence[tuple[str, int]] = ()

    def add(self, walk: Walk, part: str, tokens: Sequence[Token]) -> None:
        if cues.HOW_ABOUT.search(part) and not cues.WHAT_OF.match(part) and _is_bare(walk, tokens):
            self.bare = walk.loose
        if cues.PLUS.match(part) and _is_bare(walk, tokens):
            walk.shares, walk.firm, walk.loose, self.amends = {(walk.speaker, good): n for good, n in walk.loose}, True, [], True
        if cues.JUST.match(part) and walk.loose and not walk.shares:
            walk.shares, walk.firm, walk.loose = {(walk.speaker, good): n for good, n in walk.loose}, True, []
        if _contradicts(walk) or _is_open(part, tokens):
            walk.shares = {}
        walk.shares = {key: n for key, n in walk.shares.items() if n != THE or key not in self.shares}  # "both rugs: so give up that rug"
        self.said += part if walk.shares or walk.rest or walk.more else ""
        if any(self.shares.get(key, n) not in (n, HALF) for key, n in walk.shares.items()):
            self.shares, self.rest, self.firm = {}, None, False
        self.vague, self.wished = self.vague | walk.vague, self.wished | walk.wished
        self.shares, self.more = self.shares | walk.shares, self.more | walk.more
        self.rest, self.firm = walk.rest or self.rest, self.firm or walk.firm

    def settle(self, speaker: Seat, other: Seat) -> None:
        """ "How about two hats?" is for the speaker, if it is not the speaker's share that was named."""
        if self.bare:
            to = other if {seat for seat, _ in self.shares} == {speaker} else speaker
            self.shares, self.firm = {(to, good): n for good, n in self.bare} | self.shares, True


def _contradicts(walk: Walk) -> bool:
    """Whether it counts pieces for nobody that leave too few for the shares it names: "3 hats, and you can have 3 hats"."""
    named = {good: n for (_, good), n in walk.shares.items()}
    return any(n > 0 and named.get(good, 0) + n > walk.counts[good] for good, n in walk.loose)


def _is_open(part: str, tokens: Sequence[Token]) -> bool:
    """Whether it leaves open which kind is meant: "a book and a ball or a hat"."""
    goods = [token for token in tokens if token.kind == "good"]
    between = (part[one.end : two.start] for one, two in pairwise(goods))
    return any(cues.OR.fullmatch(words) for words in between)


def _is_bare(walk: Walk, tokens: Sequence[Token]) -> bool:
    """Whether a sentence counts out pieces and names nobody: "how about two hats and the ball?" """
    counted = len(walk.loose) > 1 or any(n > 0 for _, n in walk.loose)
    return counted and not walk.shares and not any(token.kind == "seat" for token in tokens)
