"""Which of two reports a clause of `crossed_wires` says to be the later where it sets them against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from benchmark.phrases import AnyCase
from benchmark.reading import words_in
from benchmark.vocabulary import Claim, Seat
from tasks.crossed_wires import cues, phrases
from tasks.crossed_wires.phrases import APART, ARE, BARE, NOT, ONLY, OVER, STANDS, THAN_THAT, TO_YOURS, WHOSE
from tasks.crossed_wires.reference import VALUE
from tasks.crossed_wires.words import LABEL, MOMENT, REPORT, Token

Told = Mapping[str, set[int]]
"""By report, the values that a player has told of it."""


Times = Mapping[str, set[int]]
"""By report, the times that a player has told of it."""


def told_reports(claims: Iterable[Claim], seat: Seat, kind: str = VALUE) -> Told:
    found: dict[str, set[int]] = {}
    for claim in claims:
        if claim.kind == "affirm" and claim.slot[:2] == (kind, seat):
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
        after = [token for token in points if token.start >= to_yours.end() and not _ENDS_ASIDE.search(text, to_yours.end(), token.start)]
        labels = dict.fromkeys(token.label for token in after)
        return [(label, to_yours["early"] is None) for label in labels if focus.count(label) > 1]
    if over:
        return _one_over(text, [t for t in points if t.end <= over.start()], [t for t in points if t.start >= over.end()], own, theirs)
    return [(focus[-1], bare["early"] is None)] if bare and focus and not points else []


def hung_on(text: str, focus: Sequence[str]) -> list[tuple[str, bool]]:
    """The report told last where a clause opens with what it is set against: "hip at 9:02, which beats yours"."""
    hung, wins = phrases.HUNG.match(text), phrases.OWN_WINS.match(text)
    if wins and focus:
        return [(focus[-1], wins["mine"] is not None)]
    return [(focus[-1], hung["early"] is None)] if hung and focus else []


def winners(text: str, tokens: Sequence[Token], own: Told, theirs: Told) -> list[tuple[str, bool]]:
    """The reports that a whole sentence says to be the later, before or behind its word for that: "your hip and my saline win"."""
    found = []
    for follows, pattern in ((False, STANDS), (True, ARE)):
        for match in pattern.finditer(text):
            breaks = _breaks(text, tokens, match.end() if follows else None)
            start = match.end() if follows else max((end for _, end in breaks if end <= match.start()), default=0)
            end = min((begin for begin, _ in breaks if begin >= match.end()), default=len(text)) if follows else match.start()
            led = text[max((end for _, end in breaks if end <= match.start()), default=0) : match.start()] if follows else ""
            if NOT.search(text[start:end]) or ONLY.search(text[start:end]) or NOT.search(led):
                continue
            at = start
            for token in tokens:
                if token.kind in (REPORT, LABEL) and start <= token.start < end:
                    bracket = phrases.IN_BRACKETS.match(text[token.end :])
                    whose = [one["other"] is None for one in WHOSE.finditer(_IN_BRACKETS.sub(" ", text[at : token.start]))]
                    is_own = bracket["mine"] is not None if bracket else whose[-1] if whose else _is_own(token, own, theirs)
                    found += [(token.label, is_own)] if is_own is not None else []
                    at = token.end
    return found


def _breaks(text: str, tokens: Sequence[Token], after: int | None) -> list[tuple[int, int]]:
    """Where what is said to be the later ends: not at a comma in a list that stands ``after`` its word, and at "and" behind a verb."""
    found = [match.span() for match in APART.finditer(text)]
    if after is not None:
        nexts = {start: min((token.start for token in tokens if token.start >= end), default=len(text)) for start, end in found}
        return [(start, end) for start, end in found if start < after or not phrases.ROW.search(text[start : nexts[start]])]
    for match in phrases.AND.finditer(text):
        since = max((end for _, end in found if end <= match.start()), default=0)
        if phrases.SAID.search(text, since, match.start()):
            found.append(match.span())
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


def related(text: str, tokens: Sequence[Token], own: Told, theirs: Told) -> Iterator[tuple[str, bool]]:
    """Two values of one report with a word between them that sets one after the other: "my laptop was overtaken by your tower"."""
    points, passive, end = [token for token in tokens if token.kind == REPORT], False, 0
    for one, other in pairwise(points):
        if one.label != other.label:
            end = one.end
            continue
        gap = text[one.end : other.start]
        between = phrases.SKIPPED.sub(" ", gap)
        first = phrases.AFTER.search(between) is not None
        second = phrases.BEFORE.search(between) or (passive and phrases.BY.search(between))
        is_plain = not NOT.search(gap) and not _APART.search(between)
        if is_plain and (first or second):
            passive = not first and between.rstrip().endswith(" by")
            before, after = (
                [match["other"] is None for match in WHOSE.finditer(text, *span)] for span in ((end, one.start), (one.end, other.start))
            )
            is_own = not after[-1] if after else before[-1] if before else _is_own(one, own, theirs)
            if is_own is not None and (not before or not after or before[-1] != after[-1]):
                yield one.label, is_own == first
        end = one.end


def attributed(text: str, tokens: Sequence[Token], later: bool) -> Iterator[tuple[str, bool]]:
    """Reports of which it is said whose is the later: "flour by my later note, fat by yours". ``later``: another was said to be before."""
    points = [token for token in tokens if token.kind in (REPORT, LABEL)] if not NOT.search(text) else []
    ends, starts = [0, *(token.end for token in points)], [*(token.start for token in points[1:]), len(text)]
    for token, end, start in zip(points, ends, starts, strict=False):
        before, after = text[end : token.start], text[token.end : start] + ("" if start == len(text) else "…")
        said = _dated_by(before, after)
        if said:
            yield token.label, (said["mine"] is not None) == (said["early"] is None)
        elif token.kind == LABEL and (whose := _headed(before, after)) is not None:
            yield token.label, whose
        elif beside := phrases.BESIDE.search(before):
            yield token.label, (beside["mine"] is None) == (beside["early"] is None)
        elif owner := phrases.GOES_BY.match(after) or _on_it(before, after, later) or (_likewise(before, after) if later else None):
            yield token.label, owner["mine"] is not None
        else:
            continue
        later = True
    if points and later and (owner := phrases.SO_IS.search(text, points[-1].end)):
        yield points[-1].label, owner["mine"] is not None


def listed(text: str, tokens: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    """The list of reports behind whose notes are the later: "your later notes win: rye and margarine"."""
    for match in phrases.LATER_ALL.finditer(text) if not (words_in(text).isdisjoint(cues.AGE) or NOT.search(text)) else ():
        end = match.end()
        for token in tokens:
            if token.start >= match.end() and (token.kind not in (REPORT, LABEL) or not _LISTS.fullmatch(text, end, token.start)):
                break
            if token.start >= match.end():
                yield token.label, (match["mine"] is not None) == (match["early"] is None)
                end = token.end


class Timed(NamedTuple):
    """A report of which two times are set against each other; what the speaker's note says, where that stands beside its time."""

    label: str
    is_mine: bool
    minute: int
    value: int | None


def timed(text: str, tokens: Sequence[Token], own: Times, theirs: Times) -> Iterator[Timed]:
    """Two times that are set against each other: "8:28 beats your 8:13", "rear (8:28) is later than front (8:13)".

    Whose a time is says the word before either, or who has told it; which report it is of, what stands beside it or by whom it was told.
    """
    moments = [token for token in tokens if token.kind == MOMENT]
    if len(moments) < 2:
        return
    points = [token for token in tokens if token.kind in (REPORT, LABEL)]
    ends = [0, *(token.end for token in moments)]
    for start, one, other, stop in zip(ends, moments, moments[1:], [*(t.start for t in moments[2:]), len(text)], strict=False):
        gap = text[one.end : other.start]
        for token in points:
            if one.end <= token.start < other.start:
                gap = gap.replace(text[token.start : token.end], " ")
        between = phrases.SKIPPED.sub(" ", gap)
        first, second = phrases.AFTER.search(between), phrases.BEFORE.search(between)
        if NOT.search(gap) or _APART.search(between) or not (first or second):
            continue
        told = {label for label, minutes in (*own.items(), *theirs.items()) if {one.value, other.value} & minutes}
        named = {token.label for token in points if start <= token.start < other.start} or told
        if len(named) != 1:
            continue
        (label,) = named
        mine = _whose_time(
            (text[start : one.start], text[one.end : other.start]), (one, other), *(t.get(label, set()) for t in (own, theirs))
        )
        moment = one if mine else other
        if mine is None or moment.value in theirs.get(label, set()):
            continue
        middle = one.end + (first.start() if first else second.start() if second else 0)
        beside = [t for t in points if t.kind == REPORT and (start <= t.start < middle if mine else middle <= t.start < stop)]
        yield Timed(label, mine == (first is not None), moment.value, beside[0].value if len(beside) == 1 else None)


def _whose_time(before: tuple[str, str], pair: tuple[Token, Token], own: set[int], theirs: set[int]) -> bool | None:
    """Whether the first of a ``pair`` of times is the speaker's; None if that cannot be said."""
    first, second = map(_owner, before)
    if first is not None or second is not None:
        return first if first is not None else not second
    one, other = (token.value for token in pair)
    if (one in own) != (one in theirs):
        return one in own
    return other in theirs if (other in own) != (other in theirs) else None


def latest(text: str, tokens: Sequence[Token], own: Told, theirs: Told) -> Iterator[tuple[str, bool]]:
    """ "Latest joint: hip", where the two had told different values."""
    for label, point in pairwise(tokens):
        if (label.kind, point.kind, label.label) == (LABEL, REPORT, point.label) and _IS.fullmatch(text, label.end, point.start):
            age, is_own = phrases.LATEST_IS.search(text[: label.start]), _is_own(point, own, theirs)
            if age and is_own is not None:
                yield label.label, is_own == (age["early"] is None)


def aged(text: str, tokens: Sequence[Token], own: Told, theirs: Told) -> Iterator[tuple[str, bool]]:
    """Reports with a word for their age in brackets: "hip at 9:02 (older)"."""
    for match in phrases.IS_AGED.finditer(text) if "(" in text else ():
        before = [token for token in tokens if token.kind == REPORT and token.end <= match.start()][-1:]
        for token in before:
            is_own = token.value in own.get(token.label, set())
            is_apart = _PARTS.search(_DATED.sub(" ", text[token.end : match.start()])) is not None
            if not is_apart and is_own != (token.value in theirs.get(token.label, set())):
                yield token.label, is_own == (match["early"] is None)


def compared(text: str, tokens: Sequence[Token], told: tuple[Told, Told], times: tuple[Times, Times]) -> Iterator[tuple[str, bool]]:
    """The reports of which a sentence says whose is the later, by what each has told; but for what is only attributed."""
    yield from related(text, tokens, *told)
    yield from bracketed(text, tokens, *told)
    yield from aged(text, tokens, *told)
    yield from listed(text, tokens)
    yield from latest(text, tokens, *told)
    yield from ((one.label, one.is_mine) for one in timed(text, tokens, *times))


def _owner(text: str) -> bool | None:
    """Whether the last word for whose in ``text`` is the speaker's; None if there is none."""
    whose = [match["other"] is None for match in WHOSE.finditer(text.replace("yours", "your").replace("mine", "my"))]
    return whose[-1] if whose else None


def bracketed(text: str, tokens: Sequence[Token], own: Told, theirs: Told) -> Iterator[tuple[str, bool]]:
    """What holds, and by whose note: "so it is tower (yours), battery by mine", where the two had told different values."""
    if "(" not in text and words_in(text).isdisjoint(cues.NAMING):
        return
    concluded = phrases.CONCLUDED.search(text)
    start = concluded.end() if concluded else 0
    points = [token for token in tokens if token.kind == REPORT and token.start >= start] if not NOT.search(text) else []
    for token in points:
        mine, yours = own.get(token.label, set()), theirs.get(token.label, set())
        owner = phrases.IN_BRACKETS.match(text[token.end :]) or (phrases.BY_NOTE.match(text[token.end :]) if concluded else None)
        alone = [point.label for point in points].count(token.label) == 1
        if owner and alone and mine ^ yours and token.value in (mine if owner["mine"] else yours):
            yield token.label, owner["mine"] is not None


def is_by_the_other(after: str) -> bool:
    """Whether what stands behind a report says that it is the other's: "keyboard by yours"."""
    owner = phrases.BY_OWNER.match(after) or phrases.LATER_IS.match(after) or phrases.IN_BRACKETS.match(after)
    return owner is not None and owner["mine"] is None


def _dated_by(before: str, after: str) -> re.Match[str] | None:
    """ "Your later tower", "tower by your later note", "tower (yours, later)"."""
    close = [match for match in phrases.LATER_OF.finditer(before) if not _PARTS.search(before, match.end())]
    behind = phrases.LATER_OF.search(after)
    return (
        next(reversed(close), None)
        or (behind if behind and _NOTE.match(after[: behind.start()]) else None)
        or phrases.LATER_IS.match(after)
    )


def _headed(before: str, after: str) -> bool | None:
    """ "Latest machine: your tower"."""
    age, owner = phrases.LATEST_IS.search(before), phrases.OWNED.match(after)
    return (owner["mine"] is not None) == (age["early"] is None) if age and owner else None


def _on_it(before: str, after: str, later: bool) -> re.Match[str] | None:
    """ "On the machine mine is later", or is where another was said to be ``later``; "battery at 9:30, so mine is"."""
    owner = phrases.ON_IT.match(after)
    rest = after[owner.end() :] if owner else ""
    if owner and phrases.ABOUT.search(before) and (_IS_LATER.match(rest) or (later and _STOPS.match(rest))):
        return owner
    return owner if owner and later and owner["so"] and owner["verb"] is not None and _STOPS.match(rest) else None


def _likewise(before: str, after: str) -> re.Match[str] | None:
    """ "Keyboard by yours", "mine on the fault is", "my tower too"."""
    if _ENDS.match(after) and (owner := phrases.OWN_ON.search(before)):
        return owner
    return phrases.BY_OWNER.match(after) or (phrases.OWN_ONE.search(before) if phrases.TOO.match(after) else None)


_DATED = re.compile(r",?\s*(?:at |noted |from )?§\d+§")
_IS = re.compile(r"\s*(?:is|[:=])\s*(?:the )?", re.IGNORECASE)
_LISTS = re.compile(r"[\s,:]*(?:and |& |\+ )?(?:the |for |on )*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_PARTS = AnyCase(r"[,;:]|\b(?:and|but|while|whereas|so)\b")
_APART = AnyCase(r"[;:]|\b(?:and|but|while|whereas|so)\b")
_NOTE = AnyCase(r"^\s*(?:(?:is|comes|stands) )?(?:by|from|per|on|in|after|thanks to|as of|according to|with)?\s*$")
_STOPS = AnyCase(r"\s*(?:$|[,;.!()]|too\b|and\b)")
_ENDS_ASIDE = re.compile("[:;)]")
_ENDS = re.compile(r"\s*(?:$|[,;:.!])")
_IS_LATER = AnyCase(r"\s*(?:the )?(?:later|latest|newer|newest|fresher|freshest|more recent|most recent)\b")
