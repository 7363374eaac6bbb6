"""What a talk of `crossed_wires` says of whose notes, read turn by turn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from benchmark.quoting import READY
from benchmark.reading import Sentence, sentences, words_in, yes_or_no
from benchmark.vocabulary import Claim, Seat, Turn
from tasks.crossed_wires import cues, phrases
from tasks.crossed_wires.comparing import hung_on, is_by_the_other
from tasks.crossed_wires.preparing import Asked, Clause, parted, prepared, unsupposed
from tasks.crossed_wires.record import Record
from tasks.crossed_wires.reference import ANSWER, DETAIL, DETAILS, TIME, VALUE
from tasks.crossed_wires.words import LABEL, MOMENT, OPTION, REPORT, Lexicon, Token, is_denied, shared_out

_FIRST_WORD = re.compile(r"\W*\w+\W*")
_LONGEST = 4000
"""Characters of a turn that are read: several times as many as any turn may have."""


class Reader(Record):
    """Reads a talk turn by turn; remembers what was asked and which report was told last."""

    def __init__(self, words: Lexicon, seats: Sequence[Seat]) -> None:
        super().__init__(words, seats)
        self.asked: dict[Seat, Asked] = {}
        self.ready = False
        self.waiting: list[str] = []
        """Details named in this sentence of which it is not yet said that they are the same or not: "floor, badge and village match"."""
        self.alike = False
        """Whether the clause before said that something is the same."""

    def read(self, number: int, turn: Turn) -> None:
        if turn.seat not in self.seats:
            return
        self.stamp, self.focus, self.implied, self.named = (turn.seat, number), [], set(), {}
        self.other = next(seat for seat in self.seats if seat != turn.seat)
        asked = self.asked.pop(self.other, Asked())
        self.asked.pop(turn.seat, None)
        self.ready = turn.text.rstrip().lower().endswith(READY)
        for sentence in sentences(prepared(turn.text[:_LONGEST], asked)):
            self._sentence(sentence, asked)
            asked = Asked()

    def _sentence(self, sentence: Sentence, asked: Asked) -> None:
        self.sentence, text = sentence, sentence.text
        if sentence.question:
            told, question = self._up_to_option(text) or parted(text)
            if told:
                self._state(told, asked)
            self._ask(question)
        else:
            self._state(self._answer(text, asked), asked)

    def _up_to_option(self, text: str) -> tuple[str, str] | None:
        """A question that only asks for an option after it has told reports with their times: "Knee 9:37, hip 9:02, so Linnet?"."""
        tokens = self.tokens(text)
        if len(tokens) < 2 or tokens[-1].kind != OPTION or phrases.OPENS_QUESTION.search(text) or all(t.kind != MOMENT for t in tokens):
            return None
        end = tokens[-2].end
        return text[:end], text[end:]

    # Questions

    def _ask(self, text: str) -> None:
        tokens = self.tokens(text)
        named = [token for token in tokens if token.kind == DETAIL]
        reports = [token for token in tokens if token.kind == REPORT]
        labels = [token.label for token in tokens if token.kind == LABEL]
        options = [token.label for token in tokens if token.kind == OPTION]
        if options:
            offers = phrases.INVITES.search(text) or (self.ready and len(text.split()) <= 2)
            self.say("propose" if offers and len(options) == 1 else "ask", ANSWER, options[0])
            return
        when = phrases.WHEN.search(text) is not None
        for token in named:
            self.say("ask", (DETAIL, self.other, token.label), token.value)
        for token in reports:
            self.say("ask", (TIME if when else VALUE, self.other, token.label), None if when else token.value)
        for label in labels:
            if label in self.words.scene.detail_labels:
                self.say("ask", (DETAIL, self.other, label))
            else:
                self.say("ask", (TIME if when else VALUE, self.other, label))
        whole = not named and not reports and not labels
        is_about_both = whole and bool(phrases.SAME.search(text) or phrases.OTHER.search(text))
        if is_about_both or (whole and not when and phrases.WHICH.search(text)):
            self.say("ask", (DETAIL, self.other))
        elif whole and when:
            self.say("ask", (TIME, self.other))
        pairs = self.told_details(self.stamp[0]) if is_about_both else tuple((token.label, token.value) for token in named)
        times = tuple(label for label in dict.fromkeys([*labels, *(t.label for t in reports)]) if when and label in self.report_labels)
        before = self.asked.get(self.stamp[0], Asked())
        if not phrases.OTHER.search(text) or not is_about_both:
            self.asked[self.stamp[0]] = Asked(pairs or before.pairs, times or before.times, "floor" in labels)

    def _answer(self, text: str, asked: Asked) -> str:
        """Takes an opening yes or no as said of what was ``asked``; gives back the rest."""
        if not asked.pairs:
            return text
        it_does = phrases.IT_DOES.match(text)
        opening = it_does or _FIRST_WORD.match(text)
        reply = not it_does["not"] if it_does else yes_or_no(text)
        if reply is None:
            return text
        rest = text[opening.end() :] if opening else ""
        corrected = {token.label for token in self.tokens(rest) if token.kind == DETAIL}
        if reply:
            for label, value in asked.pairs:
                if label not in corrected:
                    self.say("affirm", (DETAIL, self.stamp[0], label), value)
        elif len(asked.pairs) == 1:
            self.say("exclude", (DETAIL, self.stamp[0], asked.pairs[0][0]), asked.pairs[0][1])
        else:
            self.say("exclude", (DETAILS, self.stamp[0]), asked.pairs)
        return rest

    # Statements

    def _state(self, text: str, asked: Asked) -> None:
        text, self.waiting, self.alike = unsupposed(text), [], False
        self._all_at_once(text)
        items: list[tuple[Token, bool]] = []
        told_before = list(self.focus)
        for clause in self._clauses(text):
            if self.focus and clause.has(cues.HANGING):
                self.newer(hung_on(clause.text, self.focus))
            self._details(clause)
            for token in clause.tokens:
                if token.kind == MOMENT and not clause.denies(token):
                    if clause.has(cues.YOU) and phrases.YOUR_TIME.search(clause.text[: token.start]):
                        continue
                    items.append((token.shifted(clause.start), clause.mine))
                elif token.kind in (REPORT, LABEL) and token.label in self.report_labels:
                    items.append((token.shifted(clause.start), clause.tells))
                    self._reported(clause, token)
            if clause.has(cues.COMPARING):
                self.compare(clause)
            self._propose(clause, text)
        if items:
            self._times(text, items, asked, told_before)
        self.later(text)

    def _all_at_once(self, text: str) -> None:
        """Takes what is said of all details that one asked about, or that the other told."""
        itself = self.asked.get(self.stamp[0], Asked()).pairs
        if itself and phrases.ITSELF.search(phrases.BREAK.split(text)[0]):
            for label, value in itself:
                self.say("affirm", (DETAIL, self.stamp[0], label), value)
        if (theirs := self.told_details(self.other)) and self._are_two(text):
            self.say("exclude", (DETAILS, self.stamp[0]), theirs)

    def _are_two(self, text: str) -> bool:
        """Whether it is said in so many words that two bear the name, or that the notes of one of both do not count."""
        if phrases.VERIFIES.search(text):
            return False
        void = phrases.NO_COUNT.search(text)
        of_reports = void and (
            phrases.OLD_OR_NEW.search(text) or any(t.kind in (REPORT, MOMENT) for t in self.tokens(text[: void.start()]))
        )
        return phrases.OTHER_ONE.search(text) is not None or (void is not None and not of_reports)

    def _clauses(self, text: str) -> Iterator[Clause]:
        """``text`` between commas and conjunctions. Whose notes are meant, and that a conclusion is drawn, holds until said otherwise."""
        mine, concludes, at = True, self._is_summed_up(text), 0
        words, named = words_in(text), self.tokens(text)
        has_own, has_you, has_sides = (not words.isdisjoint(some) for some in (cues.OWN, cues.YOU, cues.SIDES))
        may_conclude = not words.isdisjoint(cues.CONCLUDING) or phrases.MAY_CONCLUDE.search(text) is not None
        pieces = phrases.BREAK.split(text)
        for gap, part in zip(["", *pieces[1::2]], pieces[::2], strict=True):
            start, at = at + len(gap), at + len(gap) + len(part)
            bare = phrases.THAN.sub(lambda match: " " * len(match.group()), part) if has_sides else part
            is_yours = has_you and phrases.YOURS.search(bare) is not None
            is_mine = has_own and (phrases.MY_OWN if is_yours else phrases.MINE).search(bare) is not None
            mine = is_mine or (mine and not (is_yours and phrases.YOURS.search(phrases.ASIDE.sub(" ", bare)) is not None))
            leads = gap != "" and phrases.LEADS_ON.search(gap) is not None
            concludes = (concludes or leads or (may_conclude and phrases.CONCLUDES.search(bare) is not None)) and not is_mine
            tokens = [token.shifted(-start) for token in named if start <= token.start < at]  # nothing that is named has a break in it
            tells = mine and not concludes and (all(token.kind != OPTION for token in tokens) or self._is_told_first(part, tokens))
            yield Clause(part, start, tokens, mine, tells, leads, words)

    def _is_told_first(self, part: str, tokens: Sequence[Token]) -> bool:
        """Whether what stands in the speaker's notes goes before the option that follows: "mine says courtyard and tram: Pronto"."""
        tells, reports = phrases.TELLS.search(part), [token for token in tokens if token.kind == REPORT]
        if tells is None or not reports or tokens[-1].kind != OPTION:
            return False
        return ":" in part[reports[-1].end : tokens[-1].start]

    def _is_summed_up(self, text: str) -> bool:
        """Whether reports, one of them the other's, stand before an option as what it is for: "Rear, garden: Mural"."""
        tokens = self.tokens(text)
        if len(tokens) < 2 or tokens[-1].kind != OPTION or any(token.kind == MOMENT for token in tokens) or phrases.MINE.search(text):
            return False
        theirs = {(c.slot[2], c.value) for c in self.claims if c.kind == "affirm" and c.slot[:2] == (VALUE, self.other)}
        is_for = re.search(r"[:=→>–—-]", text[tokens[-2].end : tokens[-1].start]) is not None
        return is_for and any((token.label, token.value) in theirs for token in tokens if token.kind == REPORT)

    def _reported(self, clause: Clause, token: Token) -> None:
        self.focus.append(token.label)
        if token.kind != REPORT or not clause.tells:
            return
        if clause.has(cues.YOU):
            whose = [match["other"] for match in phrases.WHOSE.finditer(clause.text, 0, token.start)]
            if any(whose[-1:]) or is_by_the_other(clause.text[token.end :]):
                return
        said_from = clause.text.rfind(":", 0, token.start) + 1
        if not self.repeats(token) or phrases.MINE.search(clause.text, said_from, token.start):
            self.say("exclude" if clause.denies(token) else "affirm", (VALUE, self.stamp[0], token.label), token.value)

    def _details(self, clause: Clause) -> None:
        """Details that the clause gives, and those of the other that it takes for one's own or denies."""
        text, tokens = self._heading(clause)
        named = [token for token in tokens if token.kind == DETAIL]
        labels = [token.label for token in tokens if token.kind == LABEL and token.label in self.words.scene.detail_labels]
        if named or not (labels or tokens):
            self.waiting = []
        labels = self.waiting = [*self.waiting, *labels]
        goes_on = self.alike and labels and not named and (phrases.ALSO.search(text) or len(text.split()) <= 2 * len(labels))
        says_same = clause.has(cues.SAME) and phrases.SAME.search(text) is not None
        verifies = clause.has(cues.VERIFYING) and phrases.VERIFIES.search(text) is not None
        is_same = self.alike = bool(says_same or goes_on) and not verifies and not phrases.NOT.search(text)
        for token in named:
            denied = clause.has(cues.DENYING) and is_denied(text, tokens, token)
            if (clause.mine and not self._is_echo(token, named, denied)) or (is_same and not clause.mine):
                self.say("exclude" if denied else "affirm", (DETAIL, self.stamp[0], token.label), token.value)
        if any(token.kind in (REPORT, OPTION) for token in tokens) or (named and not labels):
            return
        if verifies and (says_same or phrases.OTHER.search(text)):
            self.say("ask", (DETAIL, self.other))
            return
        theirs = self.told_details(self.other)
        about = tuple((label, value) for label, value in theirs if label in labels) if labels else theirs
        if not about or any(token.label in self.report_labels for token in tokens) or phrases.WHEN.search(text):
            return
        elif phrases.OTHER.search(text) and not phrases.OF_NOTES.search(text):
            slot: tuple[str, ...] = (DETAIL, self.stamp[0], about[0][0]) if labels and len(about) == 1 else (DETAILS, self.stamp[0])
            self.say("exclude", slot, about[0][1] if len(slot) == 3 else about)
        elif is_same:
            self._same([pair for pair in theirs if pair[0] not in labels] if phrases.EXCEPT.search(text) else about)

    def _heading(self, clause: Clause) -> tuple[str, Sequence[Token]]:
        """A clause, or what it opens with of both before a colon: "same train: front at 8:13"."""
        head = phrases.HEAD.match(clause.text) if ":" in clause.text else None
        is_apart = head and not any(token.start < head.end() or token.kind == DETAIL for token in clause.tokens)
        return (head.group()[:-1], []) if head and is_apart and phrases.SAME.search(head.group()) else (clause.text, clause.tokens)

    def _same(self, about: Iterable[tuple[str, int]]) -> None:
        """Details of the other that the speaker says are the same, but for those told otherwise in this turn."""
        given = {c.slot[2] for c in self.claims if (c.kind, c.slot[:2], c.turn) == ("affirm", (DETAIL, self.stamp[0]), self.stamp[1])}
        for label, value in about:
            if label not in given:
                self.say("affirm", (DETAIL, self.stamp[0], label), value)
                self.implied.add(self.claims[-1])

    def _is_echo(self, token: Token, named: Sequence[Token], denied: bool) -> bool:
        """Whether a detail is the other's, set beside the speaker's own: "third floor against fifth", or one's own was told before."""
        beside = {one.value for one in named if one.label == token.label} | {
            c.value for c in self.claims if (c.kind, c.slot) == ("affirm", (DETAIL, self.stamp[0], token.label)) and c not in self.implied
        }
        return not denied and not self.corrects and len(beside) > 1 and (token.label, token.value) in self.told_details(self.other)

    def _times(self, text: str, items: Sequence[tuple[Token, bool]], asked: Asked, before: Sequence[str]) -> None:
        """Gives each time of day to the report that stands next to it; a lone one to what was told or asked last."""
        points = [item for item in items if item[0].kind == MOMENT or item[0].label in self.report_labels]
        moments = [item for item in points if item[0].kind == MOMENT]
        subjects = [item for item in points if item[0].kind != MOMENT]
        if not subjects and len(moments) == 1 and moments[0][1]:
            labels = list(asked.times) if len(asked.times) == 1 else list(before[-1:])
            if phrases.LONE.search(text) and phrases.WHOLE.search(text):
                labels = list(before) or labels
            if phrases.LONE.search(text) or asked.times:
                self._dated(labels, moments[0][0])
        for (moment, is_own), beside in shared_out(text, points):
            if is_own:
                self._dated([label for label, is_told in beside if is_told], moment)

    def _dated(self, labels: Iterable[str], moment: Token) -> None:
        for label in dict.fromkeys(labels):
            theirs = {(c.slot, c.value) for c in self.claims if c.kind == "affirm" and c.seat == self.other}
            if ((TIME, self.other, label), moment.value) not in theirs:
                self.say("affirm", (TIME, self.stamp[0], label), moment.value)
                continue
            # The other's note, time and all: its value is not one's own either.
            slot = (VALUE, self.stamp[0], label)
            echoes = {Claim("affirm", slot, value, *self.stamp) for told, value in theirs if (told[0], told[-1]) == (VALUE, label)}
            self.claims = [c for c in self.claims if c not in echoes]

    def _propose(self, clause: Clause, whole: str) -> None:
        options = [token for token in clause.tokens if token.kind == OPTION]
        if len({token.label for token in options}) != 1:
            return
        option = options[0]
        if phrases.AGAINST.search(clause.text):
            standing = [c for c in self.claims if c.seat == self.stamp[0] and c.kind in ("propose", "withdraw")][-1:]
            if standing and standing[0].kind == "propose" and standing[0].value == option.label:
                self.say("withdraw", ANSWER, option.label)
            return
        explains = phrases.EXPLAINS.search(clause.text[option.end :]) and any(token.kind == REPORT for token in clause.tokens)
        bare = len(clause.text.split()) <= 3 or whole.strip(" .!").endswith(clause.text.strip(" .!"))
        if clause.leads or (not explains and (bare or phrases.PROPOSES.search(clause.text))):
            self.say("propose", ANSWER, option.label)
