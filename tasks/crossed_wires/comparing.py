"""Which of two reports a clause of `crossed_wires` says to be the later where it sets them against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmark.vocabulary import Claim, Seat
from tasks.crossed_wires.phrases import APART, ARE, BARE, NOT, ONLY, OVER, STANDS, THAN_THAT, TO_YOURS, WHOSE
from tasks.crossed_wires.reference import VALUE
from tasks.crossed_wires.words import LABEL, REPORT, Token

Told = Mapping[str, set[int]]
"""By report, the values that a player has told of it."""


def told_reports(claims: Iterable[Claim], seat: Seat) -> Told:
    found: dict[str, set[int]] = {}
    for claim in claims:
        if claim.kind == "affirm" and claim.slot[:2] == (VALUE, seat):
            found.setdefault(claim.slot[2], set()).add(claim.value)
    return found


def set_against(text: str, tokens: Sequence[Token], focus: Sequence[str], own: Told, theirs: Told) -> list[tuple[str, bool]]:
    """The reports that ``text`` compares, each with whether the speaker's is the later; ``focus`` are those told in the turn so far."""
    if NOT.search(text):
        return []
    points = [token for token in tokens if token.kind in (REPORT, LABEL)]
    over, to_yours, bare = OVER.search(text), TO_YOURS.search(text), BARE.match(text)
    for than in THAN_THAT.finditer(text):
        set_beside = [token for token in points if token.start == than.end() and _is_own(token, own, theirs) is False]
        if set_beside:
            return [(set_beside[0].label, than["early"] is None)]
    if to_yours:
        labels = dict.fromkeys(token.label for token in points if token.start >= to_yours.end())
        return [(label, to_yours["early"] is None) for label in labels if focus.count(label) > 1]
    if over:
        return _one_over(text, [t for t in points if t.end <= over.start()], [t for t in points if t.start >= over.end()], own, theirs)
    return [(focus[-1], bare["early"] is None)] if bare and focus and not points else []


def winners(text: str, tokens: Sequence[Token], own: Told, theirs: Told) -> list[tuple[str, bool]]:
    """The reports that a whole sentence says to be the later, before or behind its word for that: "your hip and my saline win"."""
    found = []
    for follows, pattern in ((False, STANDS), (True, ARE)):
        for match in pattern.finditer(text):
            breaks = [one.span() for one in APART.finditer(text)]
            start = match.end() if follows else max((end for _, end in breaks if end <= match.start()), default=0)
            end = min((begin for begin, _ in breaks if begin >= match.end()), default=len(text)) if follows else match.start()
            if NOT.search(text[start:end]) or ONLY.search(text[start:end]):
                continue
            at = start
            for token in tokens:
                if token.kind in (REPORT, LABEL) and start <= token.start < end:
                    whose = [one["other"] is None for one in WHOSE.finditer(text, at, token.start)]
                    is_own = whose[-1] if whose else _is_own(token, own, theirs)
                    found += [(token.label, is_own)] if is_own is not None else []
                    at = token.end
    return found


def _one_over(text: str, first: Sequence[Token], then: Sequence[Token], own: Told, theirs: Told) -> list[tuple[str, bool]]:
    """ "Tower beats my laptop": by the word before either, or else by who has told which."""
    pairs = [(one, other) for one in first[-1:] for other in then[:1] if one.label == other.label]
    for one, other in pairs:
        before = [match["other"] is not None for match in WHOSE.finditer(text, one.end, other.start)]
        if before:
            return [(one.label, before[-1])]
        is_own = _is_own(one, own, theirs)
        return [] if is_own is None else [(one.label, is_own)]
    return []


def _is_own(token: Token, own: Told, theirs: Told) -> bool | None:
    """Whether the speaker alone has told this value, and the other another; None if that cannot be said."""
    mine, yours = own.get(token.label, set()), theirs.get(token.label, set())
    if not mine or not yours or (token.value in mine) == (token.value in yours):
        return None
    return token.value in mine
