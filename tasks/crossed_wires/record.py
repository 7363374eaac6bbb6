"""What has been said in a talk of `crossed_wires` so far, and which of two reports it says to be the later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from benchmark.reading import Sentence, words_in
from benchmark.vocabulary import Claim, Seat
from tasks.crossed_wires import cues, phrases
from tasks.crossed_wires.comparing import Told, attributed, compared, set_against, timed, told_reports, winners
from tasks.crossed_wires.preparing import Clause
from tasks.crossed_wires.reference import DETAIL, DETAILS, NEWER, TIME, VALUE, Pairs
from tasks.crossed_wires.words import LABEL, MOMENT, REPORT, Lexicon, Token


class Record:
    """The claims of a talk, whose turn it is, and what that turn has spoken of."""

    def __init__(self, words: Lexicon, seats: Sequence[Seat]) -> None:
        self.words, self.seats = words, tuple(seats)
        self.claims: list[Claim] = []
        self.stamp: tuple[Seat, int] = ("", -1)
        self.other: Seat = ""
        self.sentence: Sentence | None = None
        self.named: dict[str, list[Token]] = {}
        """What stands in each text of this turn."""
        self.implied: set[Claim] = set()
        """What this turn affirms only by saying that it is the same; what it says outright goes before."""
        self.focus: list[str] = []
        """Reports told in this turn so far."""

    @property
    def corrects(self) -> bool:
        return self.sentence is not None and self.sentence.takes_back

    def tokens(self, text: str) -> list[Token]:
        if (found := self.named.get(text)) is None:
            found = self.named[text] = self.words.tokens(text)
        return found

    def say(self, kind: str, slot: tuple[str, ...], value: Any = None) -> None:
        claim = Claim(kind, slot, value, *self.stamp)
        if kind == "affirm" and self.corrects:
            self.claims = [c for c in self.claims if (c.seat, c.kind, c.slot) != (claim.seat, kind, slot) or c.value == value]
        if self.implied and kind in ("affirm", "exclude"):
            self.claims = [c for c in self.claims if c not in self.implied or c.slot != slot or c.value == value]
        if claim not in self.claims:
            self.claims.append(claim)

    def told_details(self, seat: Seat) -> Pairs:
        """The details that ``seat`` has told of its own so far; the last word counts."""
        told = {c.slot[2]: c.value for c in self.claims if (c.kind, c.slot[:2]) == ("affirm", (DETAIL, seat))}
        return tuple(sorted(told.items()))

    @property
    def report_labels(self) -> tuple[str, ...]:
        return self.words.scene.report_labels

    def _are_said_apart(self) -> bool:
        mine, theirs = (dict(self.told_details(seat)) for seat in (self.stamp[0], self.other))
        differ = any(theirs.get(label, value) != value for label, value in mine.items())
        return differ or any(c.kind == "exclude" and c.slot[0] == DETAILS for c in self.claims)

    def _has_compared(self) -> bool:
        """Whether the turn has said of a report which is the later."""
        return any(c.slot[0] == NEWER and c.turn == self.stamp[1] for c in self.claims)

    def _told_reports(self) -> tuple[Told, Told]:
        return told_reports(self.claims, self.stamp[0]), told_reports(self.claims, self.other)

    def newer(self, compared: Iterable[tuple[str, bool]]) -> None:
        for label, is_mine in compared:
            if label in self.report_labels:
                self.say("affirm", (NEWER, self.stamp[0], label), is_mine)

    def later(self, text: str) -> None:
        """Takes what ``text`` says of whose notes are the later."""
        named, words = self.tokens(text), words_in(text)
        moments = [token for token in named if token.kind == MOMENT]
        names_report = any(token.kind in (REPORT, LABEL) for token in named)
        if not names_report and len(moments) < 2:
            return
        told = self._told_reports()
        if not words.isdisjoint(cues.WINNING) and not self._are_said_apart():  # of two, one's notes count for another reason
            self.newer(winners(text, named, *told))
        times = told_reports(self.claims, self.stamp[0], TIME), told_reports(self.claims, self.other, TIME)
        for one in timed(text, named, *times):
            self.say("affirm", (TIME, self.stamp[0], one.label), one.minute)
            if one.value is not None and one.value not in told[1].get(one.label, set()):
                self.say("affirm", (VALUE, self.stamp[0], one.label), one.value)
        self.newer(compared(text, named, told, times))
        has_compared = self._has_compared()
        if has_compared or not words.isdisjoint(cues.ATTRIBUTING):
            self.newer(attributed(text, named, has_compared))

    def compare(self, clause: Clause) -> None:
        """Whose note is said to be the later. A value that only the other has told stands for the other's note: "the hip is newer"."""
        beats, later = phrases.BEATS.search(clause.text), phrases.LATER.search(clause.text)
        if beats and not phrases.NOT.search(clause.text):
            is_mine = beats["who"].lower() in ("my", "mine")
            about = [token for token in clause.tokens if token.kind in (REPORT, LABEL) and token.start >= beats.start()]
            within = [token for token in about if token.end <= beats.end()] or about[:1]
            self.newer((token.label, is_mine) for token in within)
            return
        if not later or phrases.NOT.search(clause.text[: later.start() + 1]):
            if not later:
                self.newer(set_against(clause.text, clause.tokens, self.focus, *self._told_reports()))
            return
        ends = phrases.SIDE_ENDS.search(clause.text, later.start())
        end = ends.start() if ends else len(clause.text)
        points = [token for token in clause.tokens if token.kind in (REPORT, LABEL) and token.start < end]
        about = [token for token in points if token.label in self.report_labels]
        labels = list(dict.fromkeys(token.label for token in about))
        labels = labels or (list(self.report_labels) if phrases.WHOLE.search(clause.text) else self.focus[-1:])
        owner = phrases.OWNER_LAST.search(clause.text[: later.start()])
        mine = owner["mine"] is not None if owner else clause.mine
        mine = mine and not any(token.kind == REPORT and self.repeats(token) for token in about)
        for label in labels:
            self.say("affirm", (NEWER, self.stamp[0], label), bool(later["o"] or later["o2"]) != mine)

    def repeats(self, token: Token) -> bool:
        """Whether a value is the other's, the speaker having told another of their own before."""
        told = [c for c in self.claims if c.kind == "affirm" and c.slot[0] == VALUE and c.slot[2] == token.label and not self.corrects]
        own = [c for c in told if c.seat == self.stamp[0] and c.value != token.value]
        return bool(own) and any(c.seat == self.other and c.value == token.value for c in told)
