"""How findings are read out of words, with public facts and this task's own vocabulary only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from benchmark.phrases import AnyCase
from benchmark.quoting import READY
from benchmark.reading import sentences, yes_or_no
from benchmark.vocabulary import Claim, Seat, Turn
from tasks.hidden_profile.clauses import BREAK, IDLE, UNSURE, Clause, read_clause
from tasks.hidden_profile.headings import HEADED, heading, is_row
from tasks.hidden_profile.proposals import ANSWER, READY_LAST, proposal
from tasks.hidden_profile.replies import passes_on
from tasks.hidden_profile.rows import rows_written_out
from tasks.hidden_profile.scenes import GOOD
from tasks.hidden_profile.shorthand import written_out
from tasks.hidden_profile.signs import prepare
from tasks.hidden_profile.still_open import asked_for
from tasks.hidden_profile.tallies import proposed_by_tally
from tasks.hidden_profile.words import OPPOSITE, TOPIC, VALUE, Lexicon, Outcome, options_in

Finding = tuple[str, str, str]
"""(option, criterion, value)"""

_SUPPOSES = AnyCase(
    r"\b(?:if|suppose|maybe|perhaps|imagine|assuming|might|may be|could be|according to|needs?|needed|would have to"
    r"|wrongly|mistakenly|by mistake)\b"
)
_POLAR = re.compile(
    r"^\W*(?:(?:and|so|but|then|also)\W+)?(?:is|are|was|were|do|does|did|has|have|can|isn't|aren't|doesn't|didn't)\b", re.IGNORECASE
)
_BOTH = re.compile(r"\W*both\b", re.IGNORECASE)
_IN_ORDER = AnyCase(r"\b(?:respectively|in that order)\b")
_OF_THE_SAME = AnyCase(r"\w's (?:is|are|was|were)\b")
"""The topic is left out: "Novak's are good"."""
_IT_WINS = re.compile(
    r"\W*(?:so |and |then )*(?:it|that one|that) (?:wins|leads|is (?:the )?(?:best|winner)|has (?:the )?most)\b(?! on\b)", re.IGNORECASE
)
_IT = re.compile(r"\b(?:it|that one|mine)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the turn before asked: the reply may leave it unsaid. ``polar`` if yes or no would answer."""

    options: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    value: str | None = None
    polar: bool = False
    recent: tuple[Outcome, ...] = ()
    """What another reply has said to it."""


_UNASKED = _Asked()


@dataclass(slots=True)
class _Turn:
    """Reads one turn. Options stay in force until others are named; topics and values only within a sentence."""

    words: Lexicon
    asked: _Asked
    there: tuple[str, ...] = ()
    """The one option that the talk was about last."""
    options: tuple[str, ...] = ()
    fresh: bool = False
    recent: tuple[Outcome, ...] = ()
    latest: tuple[Outcome, ...] = ()
    replied: tuple[str, ...] = ()
    """The topics of the question that this turn replies to."""
    heading: str = ""
    """What the turn says of a list, until it says something else: "Bad: Quarry heating. Abbey parking." """
    both: bool = False
    pending: tuple[str, ...] = ()
    paired: list[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    """Options with topics that no value has followed yet: "Quarry lighting and Abbey parking both bad"."""
    topics: tuple[str, ...] = ()
    value: str = ""
    predicate: str = ""
    """What was last said or denied of something: "the Mill's did" says it of another."""
    leads: bool = False
    trailing: bool = False
    bound: bool = False
    waiting: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    def sentence(self, text: str, goes_on: bool) -> list[Finding]:
        """The findings that ``text`` states; ``goes_on`` if only a semicolon parts it from the sentence before."""
        leads = goes_on and self.leads and bool(self.value)
        if not goes_on:
            self.topics, self.value, self.recent = self.asked.topics, "", self.recent or self.asked.recent
            if "'s " in text and _OF_THE_SAME.search(text):
                self.topics = self.topics or self.replied
        self.pending, self.leads, self.fresh, self.trailing, self.bound = (), False, False, False, False
        self.waiting.clear()
        self.paired.clear()
        self.both = _BOTH.match(text) is not None
        if (self.heading or leads) and is_row(text, self.words):
            self.value, self.leads = self.heading or self.value, True
        else:
            text = self._behind_heading(text)
        text = IDLE.sub("", text) if not self.asked.topics else text
        if not self.options and not self.asked.options and len(only := options_in(text, self.words)) == 1:
            self.options = only
        if _IN_ORDER.search(text):
            return self._in_order(read_clause(text, self.words))
        found: list[Finding] = []
        parts = BREAK.split(text)
        for exception, contrast, part in zip([None, *parts[1::3]], [None, *parts[2::3]], parts[::3], strict=True):
            clause = read_clause(part, self.words)
            self.leads = self.leads and not contrast
            if UNSURE.search(part):
                self.options = clause.options or self.options
            elif exception and not clause.details and all(kind == TOPIC for kind, _ in clause.items):
                found += self._except(clause)
            elif part:
                found += self._take(clause)
        found += self._headed()
        self.asked, self.replied = _UNASKED, self.asked.topics or self.replied
        return found

    def _behind_heading(self, text: str) -> str:
        """``text`` without the heading of a list, which is taken in, where nothing but a row follows it."""
        self.heading = heading(text, self.words)
        if not self.heading or not is_row(row := HEADED.sub("", text, count=1), self.words):
            return text
        self.value, self.leads = self.heading, True
        return row

    def _headed(self) -> list[Finding]:
        """Topics that no value followed, of which one was said before: "Novak: two negatives, teamwork and stamina"."""
        options, value = self.waiting[-1] if self.waiting else ((), "")
        return [(option, topic, value) for option in options for topic in self.pending]

    def _in_order(self, clause: Clause) -> list[Finding]:
        """What "respectively" shares out: one topic or one value, or as many as options."""
        options = clause.options or self.options
        columns = [[name for kind, name in clause.items if kind == wanted] for wanted in (TOPIC, VALUE)]
        topics, values = (column * len(options) if len(column) == 1 else column for column in columns)
        return list(zip(options, topics, values, strict=True)) if len(options) == len(topics) == len(values) else []

    def _except(self, clause: Clause) -> list[Finding]:
        """Topics ("all good except parking") or options ("parking is good except at the Mill") of which the opposite is true."""
        self.waiting.clear()
        topics = tuple(name for _, name in clause.items)
        if topics and self.value:
            self.value, self.leads, self.options = OPPOSITE[self.value], True, clause.options or self.options
            return [(option, topic, self.value) for option in self.options for topic in topics]
        if topics:
            return []
        return [(option, topic, OPPOSITE[value]) for option in clause.options for topic, value in self.recent]

    def _take(self, clause: Clause) -> list[Finding]:
        if not (clause.items or clause.details or clause.denies or (clause.claims and self.predicate)):
            return self._named(clause)
        if clause.options:
            if self.bound and any(kind == TOPIC for kind, _ in clause.items):
                self.paired.append((self.options, self.pending))
                self.pending = ()
            self.options = self.options + clause.options if self.fresh else clause.options
        elif not self.options:
            self.options = self.asked.options or self.there
        said = self._outcomes(clause)
        if said and not clause.claims:
            self.predicate = OPPOSITE[said[-1][1]] if clause.negated or clause.flipped else said[-1][1]
        if said and self.paired and said[-1][0] in self.topics and (self.both or clause.whole):
            shared = [(option, topic, said[-1][1]) for options, topics in self.paired for option in options for topic in topics]
        else:
            shared = []
        earlier = [(option, topic, value) for options, value in self.waiting for option in options for topic in self.topics if said]
        if said:
            self.waiting.clear()
            self.recent = said if clause.options or self.fresh else (*self.recent, *said)
            self.latest, self.fresh = said, False
        self.trailing = bool(said) and clause.option_last
        self.bound = bool(self.pending) and (self.bound or bool(clause.options))
        self.paired = [] if said else self.paired
        return shared + earlier + [(option, *outcome) for option in self.options for outcome in said]

    def _named(self, clause: Clause) -> list[Finding]:
        """Options alone: they share what was just said ("and the Mill", "same for the Mill"), or open what comes next."""
        if not clause.options:
            return []
        if (clause.alike or self.trailing) and clause.brief and self.recent:
            self.options, self.fresh = clause.options, False
            said = self.latest if clause.negated and self.latest else self.recent
            return [(option, *outcome) for option in clause.options for outcome in said]
        self.options, self.fresh = self.options + clause.options if self.fresh else clause.options, True
        return []

    def _outcomes(self, clause: Clause) -> tuple[Outcome, ...]:
        topics = tuple(name for kind, name in clause.items if kind == TOPIC)
        values = [value for kind, value in clause.items if kind == VALUE]
        if topics:
            said = self._about(clause, topics, bool(values))
        elif values and not clause.details:
            said = self._verdict(clause, values[-1])
        elif clause.denies and (value := self.value or self.predicate):
            said = [(topic, OPPOSITE[value]) for topic in self.topics]
        elif clause.claims and self.predicate:
            said = [(topic, self.predicate) for topic in self.topics]
        else:
            said = []
        return tuple(dict.fromkeys([*clause.details, *said]))

    def _about(self, clause: Clause, topics: tuple[str, ...], has_value: bool) -> list[Outcome]:
        """Topics take the value said before them ("good parking and light"), or wait for the next ("parking and light are good")."""
        if has_value:
            self.leads = clause.items[0][0] == VALUE
        self.topics = (*self.pending, *topics)
        said: list[Outcome] = []
        if clause.negated and not has_value:
            against = clause.denies or (clause.not_this and self.latest and not clause.options)
            value = self.value or self.predicate
            self.pending, about = (), self.topics if clause.denies else topics  # "delivery, variety and freshness didn't"
            return [(topic, OPPOSITE[value]) for topic in about if against and value]
        if clause.claims and self.predicate and not has_value:
            return [(topic, self.predicate) for topic in topics]
        if self.latest and not has_value and clause.same:
            return [(topic, self.latest[-1][1]) for topic in topics]
        for kind, name in clause.items:
            if kind == VALUE:
                self.value = name
                said += [(topic, name) for topic in self.pending]
                self.pending = ()
            elif self.leads and self.value:
                said.append((name, self.value))
            else:
                self.pending = (*self.pending, name)
        self.pending = () if clause.closed and not has_value else self.pending
        return said

    def _verdict(self, clause: Clause, value: str) -> list[Outcome]:
        """A value without a topic: of the topics before it, or those asked about, or (with an option) those still to come."""
        if self.pending:
            self.topics, self.pending, self.value, self.leads = self.pending, (), value, False
            return [(topic, value) for topic in self.topics]
        if self.topics and (clause.options or self.fresh or self.asked.topics or clause.refers):
            return [(topic, value) for topic in self.topics]
        self.value = value
        if clause.options:
            self.waiting.append((clause.options, value))
        return []


class Reader:
    """Reads a talk turn by turn. A finding that its speaker expressly corrects is taken out."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self.claims: dict[Claim, None] = {}
        self.asked, self.asker, self.predicate = _UNASKED, "", ""
        self.there: tuple[str, ...] = ()
        self.before = self.earlier = ""

    def read(self, number: int, turn: Turn) -> None:
        asked = self.asked
        is_one = len(asked_for(self.before, self.words)) <= len(asked.options) * len(asked.topics)  # of several, any may be meant
        reader = _Turn(self.words, asked if turn.seat != self.asker and is_one else _UNASKED, self.there, predicate=self.predicate)
        question = _read(turn, number, reader, self.claims, (self.before, self.earlier))
        self.predicate = reader.predicate
        said = [claim for claim in self.claims if claim.turn == number]
        told = [claim for claim in said if claim.kind == "affirm"]
        if not question.topics and told and all(claim.slot[2] in asked.topics for claim in told):
            question = replace(asked, options=(), polar=False, recent=tuple((claim.slot[2], claim.value) for claim in told[-1:]))
        if not passes_on(turn.text):
            self.earlier, self.before, self.asked, self.asker = self.before, turn.text, question, turn.seat
        named = dict.fromkeys([*(claim.slot[1] for claim in said if claim.slot != ANSWER), *question.options])
        self.there = tuple(named) if len(named) == 1 else () if named else self.there


def _read(turn: Turn, number: int, reader: _Turn, said: dict[Claim, None], last: tuple[str, str]) -> _Asked:
    """What a turn asks; what it says is added to what was ``said``."""
    words, asked, question = reader.words, reader.asked, _UNASKED
    text = READY_LAST.sub("", turn.text) if "(" in turn.text else turn.text
    text = rows_written_out(text, last[0], words, last[1])
    text = prepare(written_out(text, words), words)
    correcting, goes_on, own = False, False, _UNASKED
    for finding in _answered(text, asked):
        _add(said, [_affirm(finding, turn.seat, number)], False)
    for sentence in sentences(text):
        if sentence.question:
            found, question = _question(sentence.text, reader, question)
            own = question if found else _UNASKED
        else:
            correcting = correcting or sentence.takes_back
            if len(own.options) == len(own.topics) == 1 and _IT.search(sentence.text):
                reader.asked = own
            own = _UNASKED
            presents = not sentence.hearsay and not _SUPPOSES.search(sentence.text)
            found = [_affirm(f) for f in reader.sentence(sentence.text, goes_on)] if presents else []
            if not presents:
                reader.options = options_in(sentence.text, words) or reader.options
        found += proposal(sentence.text, sentence.question, words, said, turn) if not sentence.hearsay else []
        if READY in turn.text and len(reader.options) == 1 and _IT_WINS.match(sentence.text):
            found.append(Claim("propose", ANSWER, reader.options[0]))
        goes_on = sentence.text.endswith(";")
        _add(said, [Claim(c.kind, c.slot, c.value, turn.seat, number) for c in found], correcting)
    told = [claim for claim in said if claim.turn == number]
    if not any(claim.slot == ANSWER for claim in told):
        best = proposed_by_tally(text, turn, words, told)
        _add(said, [Claim(c.kind, c.slot, c.value, turn.seat, number) for c in best], False)
    return question


def _affirm(finding: Finding, seat: Seat = "", number: int = -1) -> Claim:
    option, criterion, value = finding
    return Claim("affirm", ("finding", option, criterion), value, seat, number)


def _add(said: dict[Claim, None], new: Iterable[Claim], correcting: bool) -> None:
    """Each claim once a turn; a correction takes out what its speaker said of the same slot."""
    for claim in new:
        if correcting and claim.kind == "affirm":
            for wrong in [c for c in said if (c.kind, c.slot, c.seat) == ("affirm", claim.slot, claim.seat)]:
                del said[wrong]
        said.setdefault(claim)


def _answered(text: str, asked: _Asked) -> list[Finding]:
    if not asked.polar or len(asked.options) != 1 or len(asked.topics) != 1:
        return []
    reply = yes_or_no(text)
    if reply is None or UNSURE.search(text):
        return []
    value = asked.value or GOOD
    return [(asked.options[0], asked.topics[0], value if reply else OPPOSITE[value])]


def _question(text: str, reader: _Turn, before: _Asked) -> tuple[list[Claim], _Asked]:
    clause = read_clause(text, reader.words)
    topics = tuple(dict.fromkeys(name for kind, name in clause.items if kind == TOPIC))
    values = {value for kind, value in clause.items if kind == VALUE}
    options = clause.options or reader.options
    if not topics:
        reader.options = clause.options or reader.options
        return [], before if before.topics or not clause.options else _Asked(clause.options)
    value = values.pop() if len(values) == 1 else None
    asks = [Claim("ask", ("finding", option, topic), value) for option in options for topic in topics]
    return asks, _Asked(options, topics, value, value is not None or bool(_POLAR.match(text)))
