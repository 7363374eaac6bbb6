"""The words of `assignment` as they are read: what two organisers say of pairs, averages and plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmark.phrases import AnyCase
from benchmark.quoting import READY
from benchmark.reading import Sentence, mentions, sentences, yes_or_no
from benchmark.vocabulary import Claim, Json, Seat, Turn, View
from tasks.assignment.measures import (
    DIGIT,
    EACH,
    Context,
    Token,
    all_percent,
    alternating,
    clauses,
    going_on,
    in_digits,
    in_order,
    measures,
    named,
    own_part,
    parted,
    plain,
    replying,
    rounded,
)
from tasks.assignment.names import in_full, terms_of
from tasks.assignment.plans import Part, accepts, changed_plan, completed_plan, takes_back, whole_plan
from tasks.assignment.scales import AVERAGE, AVERAGE_WORD, AVERAGE_WORDS, MOST, fits, in_words, scale_meant, scale_named

Slot = tuple[str, ...]

_AVERAGE_IS = AnyCase(
    rf"\b{AVERAGE_WORD}s?\b"
    r"(?P<gap>[^\d.;%]{0,40}(?:\b50\b[^\d.;%]{0,20})?)(?P<after>\d{2,4}(?:\.\d+)?)(?![\d.]*\s*%)"
    r"|(?<![\w.])(?P<before>\d{2,4}(?:\.\d+)?) (?:is|as|for|means|being|=) (?:my |the |an? )?(?:average|avg|promedio|100\s?%)"
    rf"|\b(?:with mine (?:at|being|of|as)|my(?= \d+(?:\.\d+)? {AVERAGE_WORD}\b)) (?P<mine>\d{{2,4}}(?:\.\d+)?)(?: {AVERAGE_WORD}\b)?"
    r"|\b100\s?(?:%|percent)\s*(?:is|=|means|equals)\s*(?P<whole>\d{2,4}(?:\.\d+)?)(?!\s*%)"
    r"|\b(?:relative|in relation) to (?:(?:my|the|an?) )?(?P<base>\d{2,4}(?:\.\d+)?)(?!\s*%)",
    needs=(*AVERAGE_WORDS, "100", "relati", "with mine"),
)
_WHOLE_AVERAGE = AnyCase(rf"(\b{AVERAGE_WORD})\s*[(=:]\s*(?:1(?:\.0+)?x?(?![\d.%])|100\s?%)", needs=AVERAGE_WORDS)
_EQUALS = re.compile(r"\s*(?:of|is|=|was|being|at)\s*", re.IGNORECASE)
_COMPARES = AnyCase(r"\b(?:above|below|of|than|over|under)\s+(?:(?:my|the|an?|our)\s+)?$")
_MY_UNIT = re.compile(
    r"^\W*(?:(?:mine|it|ours|here)(?:['’]?s| is| reads)?\W+)?(?P<number>\d{2,4}(?:\.\d+)?)(?!\s*%)\b\W*(?:\bhere\W*)?$", re.IGNORECASE
)
"""A bare number beside a question about averages: "What is your average? Mine's 387."."""
_ABOUT_UNITS = AnyCase(rf"\b(?:{AVERAGE_WORD}|scale|unit)\b|100%")
_ASKS_RATING = AnyCase(r"\b(?:ratings?|scores?|numbers?|values?|readings?|percentages?|how (?:good|high|well))\b")
_ASKS_WHO = AnyCase(r"\b(?:who else|anyone else|any others?|who (?:is|do you have) (?:there|for (?:it|that)))\b")
_READS = AnyCase(r"\b(?:reads?|readings?|raw|stands? at)\b", needs=("read", "raw", "stand"))
_SHEET = AnyCase(r"\bsheet\b", needs=("sheet",))
_SAME_SCALE = AnyCase(r"\bsame (?:units?|scale|basis|format)\b|^\W*(?:likewise|ditto)\b")
_REFERS_BACK = re.compile(r"\W*(?:it|that|this)\b", re.IGNORECASE)
_IN_ORDER = AnyCase(r"\b(?:respectively|in that order)\b", needs=("respectively", "that order"))
_WORDS_ON = 13
"""Letters behind a number within which "each" belongs to it: "94 points each"."""
_HEADS = re.compile(r"\s*(?:each|apiece|all)?\s*:\s*", re.IGNORECASE)
"""Behind a number that holds for all of a list: "three at 188: Ana cook, Ben pilot, Cleo medic"."""
_ALIKE = AnyCase(r"\b(?:likewise|ditto|equally|at the same|the same(?! (?:plan|way|list|as)))\b")
"""Says of a pair what was said of the one before: "Ben likewise as pilot"."""


@dataclass(slots=True)
class Reader:
    """What has been said so far, while a talk is read turn by turn with the names in ``view`` and no private fact."""

    view: View
    people: tuple[str, ...]
    jobs: tuple[str, ...]
    claims: list[Claim] = field(default_factory=list)
    units: dict[Seat, float] = field(default_factory=dict)
    waiting: dict[tuple[Seat, Slot], float] = field(default_factory=dict)
    standing: Claim | None = None
    asked: list[Claim] = field(default_factory=list)
    scales: dict[Seat, str] = field(default_factory=dict)
    """How the bare numbers of a speaker count who never gave a reading of the sheet."""
    reads_out: bool = False
    """Whether the bare numbers of this turn are readings, where no scale is named."""
    named: dict[str, list[Token]] = field(default_factory=dict)
    """Who and what stands in each sentence of this turn."""
    latest: Token | None = None
    """The number of this turn that rated somebody last."""
    seat: Seat = ""
    number: int = -1

    others: tuple[str, ...] = ()
    """What all but the speaker are called."""

    def read(self, number: int, turn: Turn) -> None:
        self.number, self.seat, self.named, self.latest = number, turn.seat, {}, None
        self.others = tuple(self.view.name(seat).casefold() for seat in self.view.seats if seat != turn.seat)
        self._turn(turn.text)

    def _turn(self, text: str) -> None:
        text = in_full(in_words(in_digits(text)), self.people, self.jobs)
        asked, self.asked = [claim for claim in self.asked if claim.seat != self.seat], []
        if (answer := yes_or_no(text)) is not None:
            self._answers(asked, answer)
        parts = sentences(text)
        context, heading, ended, before = replying(claim.slot for claim in asked), self._scale(text, parts), False, list[Token]()
        if heading:
            self._counts_in(heading)
        theirs = self.seat not in self.units and any(c.slot[0] == "unit" and c.turn == self.number - 1 for c in self.claims)
        tells_unit = theirs or any(claim.slot[0] == "unit" for claim in asked)
        is_asked = False
        named_in = [self._names(part.text) for part in parts]
        for place, (part, names) in enumerate(zip(parts, named_in, strict=True)):
            is_reply = place < 2 and answer is not False and not before and context.last is None
            if ended and not is_reply and not _REFERS_BACK.match(part.text):
                context = going_on(part.text, names, before, context, is_asked)
            said, question = parted(part)
            ended, is_asked = part.text[-1] in ".!?", bool(question)
            if question:
                self._question(question, said, before)
                tells_unit = tells_unit or any(claim.slot[0] == "unit" for claim in self.asked)
            said = own_part(said, self.others, self._names)
            if said and not part.hearsay:
                context.takes_back = context.takes_back or part.takes_back
                if tells_unit:
                    said = _MY_UNIT.sub(r"My average is \g<number>.", said)
                if not names and not DIGIT.search(said):
                    heading = self._scale_said(said) or heading
                    continue
                said = self._unit(said)
                heading = self._statement(said, heading, context, (names or before, asked if place < 2 else []))
            elif part.hearsay and len(people := named(names, "person")) == 1:
                context.person = people[0]
            before = names or before
        self._plan(text, [Part(part, names) for part, names in zip(parts, named_in, strict=True)])

    def _scale(self, text: str, parts: Sequence[Sentence]) -> str:
        """How bare numbers of a turn count from its start: as it says anywhere, as its speaker, or else the other, has counted.

        Whoever replies with bare numbers counts like the one who began, unless they have, or give, readings of a sheet. Where nobody
        has said anything, numbers count as they must if they can count in one way only.
        """
        text, bare = text.replace(READY, ""), [token.value for token in measures(text) if token.kind == "raw"]
        reads = bool(_READS.search(text) or (_SHEET.search(text) and not scale_meant(text, bare)))
        self.reads_out = self._has_sheet(self.seat) or reads or max(bare, default=0) > MOST
        for asks in (False, True):
            told = {scale_named(part.text) for part in parts if bool(part.question) == asks and not part.hearsay} - {""}
            if told:
                scale = told.pop()
                return scale if not told and (not asks or fits(scale, bare)) else ""
        if self._has_sheet(self.seat):
            return ""
        others = [self.scales.get(seat, "") for seat in self.view.seats if seat != self.seat and not self._has_sheet(seat)]
        own = self.scales.get(self.seat, "")
        if _AVERAGE_IS.search(text) or reads:
            return own
        known = [scale for scale in (own, *others) if scale and (scale == own or fits(scale, bare))]
        return known[0] if known else scale_meant(text, bare)

    def _has_sheet(self, seat: Seat) -> bool:
        return seat in self.units or any(claim.slot[0] == "sheet" and claim.seat == seat for claim in self.claims)

    def _scale_said(self, text: str) -> str:
        """How ``text`` says that bare numbers count, from now on too."""
        others = [scale for seat, scale in self.scales.items() if seat != self.seat]
        scale = scale_named(text) or (others[0] if others and _SAME_SCALE.search(text) else "")
        if scale:
            self._counts_in(scale)
        return scale

    def _counts_in(self, scale: str) -> None:
        """The speaker's bare numbers are in ``scale``, those too that could not be understood before."""
        self.scales[self.seat] = scale
        for (seat, slot), number in list(self.waiting.items()):
            if seat == self.seat and not self._has_sheet(seat) and fits(scale, [number]):
                self._say("affirm", ("pair", *slot[1:]), rounded(number if scale == "true" else AVERAGE * number / 100))
                del self.waiting[seat, slot]

    def _say(self, kind: str, slot: Slot, value: Json = None) -> Claim:
        claim = Claim(kind, slot, value, self.seat, self.number)
        self.claims.append(claim)
        return claim

    def _names(self, text: str) -> list[Token]:
        if text not in self.named:
            terms = terms_of(self.people, self.jobs)
            self.named[text] = [Token(start, end, *terms[term.casefold()]) for start, end, term in mentions(text, terms)]
        return self.named[text]

    # --- questions and their answers -----------------------------------------------------------------------------------

    def _question(self, text: str, said: str, before: list[Token]) -> None:
        """``said`` before it in the same sentence is what it may be about: "that leaves Ana as cook, any rating?"."""
        names = self._names(text)
        if not names and _ASKS_RATING.search(text) and not _ABOUT_UNITS.search(text):
            names = self._names(said)
            names = names if len(names) == 2 and not measures(said) else []
        elif not names and _ASKS_WHO.search(text):
            names = [token for token in self._names(said) or before if token.kind == "job"]
        people, jobs = (list(dict.fromkeys(t.value for t in names if t.kind == kind)) for kind in ("person", "job"))
        if people and jobs and (len(people) == 1 or len(jobs) == 1):
            scores = [self._score(token) for token in measures(text, scale_named(text))]
            value = scores[0] if len(scores) == len(people) == len(jobs) == 1 else None
            self.asked += [self._say("ask", ("pair", person, job), value) for person in people for job in jobs]
        elif bool(people) != bool(jobs):
            self.asked += [self._say("ask", ("person", person)) for person in people] + [self._say("ask", ("job", job)) for job in jobs]
        elif not names and _ABOUT_UNITS.search(text):
            self.asked += [self._say("ask", ("unit", seat)) for seat in self.view.seats if seat != self.seat]

    def _answers(self, asked: list[Claim], yes: bool) -> None:
        """Yes or no to the one question that named a value; a bare yes to anything else tells nothing."""
        valued = [claim for claim in asked if claim.value is not None and claim.seat != self.seat]
        if len(valued) == 1:
            self._say("affirm" if yes else "exclude", valued[0].slot, valued[0].value)

    # --- numbers ---------------------------------------------------------------------------------------------------------

    def _statement(self, text: str, heading: str, context: Context, around: tuple[list[Token], list[Claim]]) -> str:
        """Takes what ``text`` says of pairs; the scale that bare numbers of the turn count in from here on.

        ``around`` are the names that a "respectively" may mean, and what was just asked.
        """
        scale, names = self._scale_said(text), self._names(text)
        found = self._numbers(text, names, (scale, heading))
        pairs = [claim.slot[1:] for claim in around[1] if claim.kind == "ask" and claim.slot[0] == "pair"]
        if not (names or found):
            return scale or heading
        if _IN_ORDER.search(text):
            for pair, measure in in_order(around[0], found):
                self._rate((pair[0], pair[1]), measure, context.takes_back)
        elif found and not names and len(found) == len(pairs) and all(token.kind == "percent" for token in found):
            for asked, measure in zip(pairs, found, strict=True):
                self._rate((asked[0], asked[1]), measure, context.takes_back)
        else:
            shared = EACH.search(text) is not None
            heads = len(found) == 1 and len(names) > 1 and found[0].start < names[0].start and _HEADS.match(text, found[0].end)
            for tokens in [[*names, *found]] if heads else clauses(text, [*names, *found], shared):
                each = bool(heads) or (
                    shared and bool(tokens) and EACH.search(text, tokens[0].start, tokens[-1].end + _WORDS_ON) is not None
                )
                for pair, measure in context.take(tokens, each):
                    self._rate(pair, measure, context.takes_back)
                    self.latest = measure
                if self.latest and len(alike := alternating(tokens)) == 1 and _ALIKE.search(text, tokens[0].start, tokens[-1].end + 12):
                    self._rate(alike[0], self.latest, context.takes_back)
            kinds = {token.kind for token in found}
            if "percent" in kinds and not heading and self.seat not in self.units:
                self.scales.setdefault(self.seat, "percent")
                return "percent" if kinds == {"percent"} else ""
        return scale or heading

    def _numbers(self, text: str, names: list[Token], scales: tuple[str, str]) -> Sequence[Token]:
        """What rates someone in ``text``; ``scales`` are how it says itself that bare numbers count, and how they counted before."""
        scale, heading = scales
        found = measures(text, scale or heading)
        if len(found) == 1 and len(names) >= 2 * len(self.people) and found[0].start > names[-1].start:
            return ()  # a plan and its total
        if not scale and any(token.kind == "percent" and token.value > MOST for token in found):
            return measures(text)
        if not (scale or heading) and self.seat not in self.units and all_percent(found, names):
            return measures(text, "percent")
        return found

    def _unit(self, text: str) -> str:
        """Takes what ``text`` says of the speaker's average; the rest of it."""
        if not DIGIT.search(text):
            return text
        text = _WHOLE_AVERAGE.sub(r"\1 ", text)
        for match in _AVERAGE_IS.finditer(text):
            number = float(match["after"] or match["before"] or match["mine"] or match["whole"] or match["base"])
            is_aside = match["after"] and text[: match.start()].endswith("(")
            if match["after"] and not is_aside and not _EQUALS.fullmatch(match["gap"]):
                clause = text[max(text.rfind(mark, 0, match.start()) for mark in ",:") + 1 : match.start()]
                if self._names(f"{clause}|{match['gap']}") or _COMPARES.search(clause):
                    continue
            self.units[self.seat] = number
            self._say("affirm", ("unit", self.seat), plain(number))
            for (seat, slot), reading in list(self.waiting.items()):
                if seat == self.seat and number:
                    self._say("affirm", ("pair", *slot[1:]), rounded(AVERAGE * reading / number))
                    del self.waiting[seat, slot]
            return text[: match.start()] + " " * len(match.group()) + text[match.end() :]
        return text

    def _score(self, measure: Token) -> int | None:
        """The true score a measure stands for; None for a raw reading of a sheet whose average was not told."""
        if measure.kind == "percent":
            return rounded(measure.value * AVERAGE / 100)
        if measure.kind == "true":
            return rounded(measure.value)
        unit = self.units.get(self.seat)
        return rounded(AVERAGE * measure.value / unit) if unit else None

    def _rate(self, pair: tuple[str, str], measure: Token, takes_back: bool) -> None:
        exact, raw = ("pair", *pair), ("sheet", *pair)
        score = self._score(measure)
        slot, value = (raw, plain(measure.value)) if score is None else (exact, score)
        if measure.negated:
            self._take_back(slot, value)
            self._say("exclude", slot, value)
            return
        if takes_back:
            self._take_back(exact)
            self._take_back(raw)
        self.waiting.pop((self.seat, raw), None)
        if score is None:
            self.waiting[self.seat, raw] = measure.value
        if score is not None or self.reads_out:
            self._say("affirm", slot, value)

    def _take_back(self, slot: Slot, value: Json = None) -> None:
        """Strikes what the speaker said of ``slot`` before (or ``value`` alone): a slip that was put right was not told."""
        struck = [c for c in self.claims if (c.kind, c.slot, c.seat) == ("affirm", slot, self.seat) and value in (None, c.value)]
        self.claims = [claim for claim in self.claims if claim not in struck]
        if struck:
            self.waiting.pop((self.seat, slot), None)

    def _rated(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """The pairs rated in this turn, and before."""
        rated = [(c.turn == self.number, c.slot) for c in self.claims if c.kind == "affirm" and c.slot[0] in ("pair", "sheet")]
        now, before = ([(slot[1], slot[2]) for is_new, slot in rated if is_new == wanted] for wanted in (True, False))
        return now, before

    # --- plans -----------------------------------------------------------------------------------------------------------

    def _plan(self, text: str, parts: Sequence[Part]) -> None:
        standing = self.standing
        plan = whole_plan(parts, self.people) or completed_plan(parts, self.people, *self._rated())
        plan = plan or (changed_plan(parts, standing.value) if standing else None)
        if plan:
            self.standing = self._say("propose", ("answer",), plan)
        elif standing and takes_back(parts):
            self._say("withdraw", ("answer",), standing.value)
            self.standing = None if standing.seat == self.seat else standing
        elif standing and standing.seat != self.seat and accepts(text, parts, standing.turn == self.number - 1):
            self.standing = self._say("propose", ("answer",), standing.value)
