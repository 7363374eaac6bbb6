"""Shares in a heap, and the whole divisions that they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from benchmark.vocabulary import Answer, Seat, View

ALL = -1
HALF = -2
THE = -3
"""One, as "the hat" of several, unless all of them are meant."""

Shares = dict[tuple[Seat, str], int]


class Table(NamedTuple):
    """Who divides what."""

    seats: tuple[Seat, ...]
    names: tuple[str, ...]
    counts: Mapping[str, int]

    @classmethod
    def of(cls, view: View) -> Table:
        return cls(view.seats, view.names, dict(zip(view.public("goods"), view.public("counts"), strict=True)))

    def other(self, seat: Seat) -> Seat:
        return self.seats[1 - self.seats.index(seat)]

    def shares(self, offer: Answer) -> Shares:
        """What everybody gets in ``offer``; nothing where there is none."""
        return {(seat, good): n for seat, (_, share) in zip(self.seats, offer or (), strict=False) for good, n in share}

    def agrees(self, shares: Shares, offer: Answer) -> bool:
        """Whether nothing is shared out but as in ``offer``."""
        offered = self.shares(offer)
        return all(offered.get(key) == (self.counts[key[1]] if n == ALL else 1 if n == THE else n) for key, n in shares.items())

    def splits(self, shares: Shares) -> bool:
        """Whether ``shares`` say of each kind that they speak of how all its pieces are split; one person's wishes do not."""
        for good in kinds(shares):
            parts = [n for seat in self.seats if (n := shares.get((seat, good))) is not None]
            whole = parts[0] in (ALL, self.counts[good]) and len(named(shares)) > 1 if len(parts) == 1 else sum(parts) == self.counts[good]
            if not whole:
                return False
        return True

    def gives_each(self, shares: Shares) -> bool:
        """Whether both are to get as many of some kind."""
        one, two = self.seats
        return any(shares.get((one, good)) == shares.get((two, good)) for good in kinds(shares))

    def division(self, shares: Shares, rest: Seat | None = None) -> Answer:
        """The whole division that ``shares`` and ``rest`` mean; None if they mean none, or an impossible one."""
        whose = named(shares)
        if not shares or whose == {rest}:
            return None
        left = rest or (self.other(next(iter(whose))) if len(whose) == 1 else None)
        first: list[int] = []
        for good, count in self.counts.items():
            one, two = (shares.get((seat, good)) for seat in self.seats)
            if one is None and two is None:
                one, two = (ALL if seat == left else None for seat in self.seats)
            if one is not None and two is not None and (one == ALL) != (two == ALL):
                one, two = (None, two) if one == ALL else (one, None)
            one, two = (count if n == ALL else n for n in (one, two))
            if one is None and two is None:
                return None
            one = one if one is not None else count - (two or 0)
            if not 0 <= one <= count or two not in (None, count - one):
                return None
            first.append(one)
        return division(self.names, tuple(self.counts), first, tuple(self.counts.values()))


def kinds(shares: Shares) -> set[str]:
    return {good for _, good in shares}


def named(shares: Shares) -> set[Seat]:
    """Whose shares were named, kinds apart of which both get as many ("one each")."""
    return {seat for (seat, good), n in shares.items() if not any(good == of and who != seat and n == m for (who, of), m in shares.items())}


def over(before: Shares, shares: Shares) -> Shares:
    """``shares``, and of kinds that they do not speak of those ``before``."""
    named = {good for _, good in shares}
    return shares | {(seat, good): n for (seat, good), n in before.items() if good not in named}


def with_cared(shares: Shares, cared: set[tuple[Seat, str]], valued: set[tuple[Seat, str]]) -> Shares:
    """Who shares out to one only does not leave to the other what is said to matter to that one.

    Where something was handed to both, what is not spoken of goes to whom alone it was said in the same breath to be of worth.
    """
    whose = named(shares)
    mattering = cared if len(whose) == 1 else cared | valued
    return over({(seat, good): ALL for seat, good in mattering if seat in whose}, shares)


def division(names: Sequence[str], goods: Sequence[str], first: Sequence[int], counts: Sequence[int]) -> Answer:
    """The answer in which the first person gets ``first`` of each kind and the second the rest."""
    rest = [n - taken for n, taken in zip(counts, first, strict=True)]
    return tuple((name, tuple(zip(goods, share, strict=True))) for name, share in zip(names, (first, rest), strict=True))
