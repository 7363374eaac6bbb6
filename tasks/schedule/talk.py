"""What a talk about slots says: ``Reader`` undoes ``wording.word``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from benchmark.quoting import READY
from benchmark.vocabulary import Seat, Turn
from tasks.schedule import phrases, sums
from tasks.schedule.anaphora import Salient, is_denial, no_slots, of_two, resolve
from tasks.schedule.asides import if_whole, last_of_cut_off, seconds
from tasks.schedule.calendars import ANYTHING, NEVER, POSSIBLE, POSSIBLE_SLOTS, Cell, priced
from tasks.schedule.clauses import Said, said
from tasks.schedule.closings import Inquiry, closing, inquiry
from tasks.schedule.elision import in_full
from tasks.schedule.ledger import ANSWER, Ledger
from tasks.schedule.pieces import all_priced, totals_in
from tasks.schedule.proposals import proposal_in, repeated, slots_in
from tasks.schedule.replies import Reply, day_in_full, reply, shares_in, with_times
from tasks.schedule.tokens import Token, counted, names_time, normal, one_slot, tokens, words
from tasks.schedule.worlds import COST, OUT

__all__ = ["ANSWER", "Reader", "one_slot"]

_LONGEST = 4000
"""Characters of one turn that are read; no budget holds nearly as many."""


class Reader(Ledger):
    """Reads a talk turn by turn; knows what was asked and spoken of last."""

    def __init__(self, slots: tuple[str, ...], seats: Sequence[Seat], names: Sequence[str]) -> None:
        super().__init__(slots, seats)
        self.seat_of = {name.lower(): seat for name, seat in zip(names, seats, strict=True)}
        self.asked: list[tuple[Seat, tuple[str, ...]]] = []
        self.offered: tuple[str, ...] = ()
        """Those of the turn before's last sentence that had any, but for what its speaker ruled out."""
        self.ready = self.final = False
        self.turn_that_asked_if_none = -1
        self.scope: tuple[str, ...] = ()
        self.latest: tuple[str, ...] = ()
        self.inquiry = Inquiry()
        """What the turn before asks of all slots."""
        self.totals: dict[str, int] = {}
        """What slots cost all together, as far as this turn says so."""
        self.seconds: list[str] = []
        """The slots of which this turn says that they come after the best."""
        self.inquired: list[str] = []
        """The slots that the sentence before in this turn asked about."""
        self.day = ""
        """The day that was spoken of last in this turn, or that all slots asked for are on."""

    def read(self, number: int, turn: Turn) -> None:
        self.stamp, self.mentioned, self.ready = (turn.seat, number), [], turn.text.rstrip().endswith(READY)
        asked = [slots for seat, slots in self.asked if seat != turn.seat][-1:]
        self.asked = [one for one in self.asked if (one[0] == turn.seat) == (len(self.seats) == 2)]
        focus = asked[0] if asked else ()
        head: Cell | None = None
        self.day = focus[0][:3] if len({slot[:3] for slot in focus}) == 1 else ""
        self.latest, self.inquired, self.totals = (), [], {}
        told = normal(turn.text.replace(READY, " ")[:_LONGEST])
        ends = self.ready or told.rstrip()[-1:] in (".", "!", "?")
        text = last_of_cut_off(if_whole(told, self.ready) if self.recent else told, ends)
        text = phrases.HEADING.sub(r"\g<line>:\n", text) if "\n" in text else text
        costs = self.costs(self.offered)
        replied = reply(sums.in_full(with_times(text, self.recent), costs), ends, costs.theirs) if self.recent else Reply(text)
        self.seconds = self.ranked(told)
        text, closes = closing(replied.text, self.inquiry, told)
        text = in_full(text)
        parts = [part for part in phrases.SENTENCE.findall(phrases.ADDED.sub(".", text) if "?" in text else text) if part.strip()]
        for place, part in enumerate(parts):
            self.final = self.ready and place == len(parts) - 1
            sentence = day_in_full(part, self.standing()) if place == len(parts) - 1 else part
            self.corrects = bool(phrases.TAKES_BACK.search(sentence))
            rest = phrases.YOURS.sub("", phrases.FILLER.sub("", phrases.without_name(sentence, self.seat_of, turn.seat)))
            if self.of_none(sentence) or not rest.strip():
                continue
            opened = phrases.NO.match(rest) if not self.mentioned else None
            rest = self.answer(rest, focus or self.refused(rest)) if not self.mentioned else rest
            if self.repeats(rest):
                continue
            self.share(rest, number)
            self.add_up(rest)
            rest, scope = self.pointing(of_two(rest, self.latest or self.offered), focus)
            self.scope = scope or (self.scope if place else ())  # "from your list I can make two; the rest is out"
            if tally := phrases.TALLIES.match(rest):
                self.tell(tally[1], (), None, False)
                rest, head = tally[2], POSSIBLE if phrases.CAN.search(tally[1]) else head
            before = len(self.mentioned)
            rest = self.of_inquired(rest)
            if phrases.is_question(sentence, rest):
                self.ask(rest)
            elif left := self.settle(rest, head is not None or (opened is not None and not (self.final and phrases.SUM.search(rest)))):
                head = self.tell(left, focus or self.recent, head, bool(focus))
            self.latest = tuple(dict.fromkeys(self.mentioned[before:] or self.singles(rest))) or self.latest
            named = [token.slots[0][:3] for token in self.tokens(rest) if token.kind == "SLOT" and token.slots]
            self.day = named[-1] if named else self.day
        if closes:
            self.rule_out_the_rest(closes)
        if replied.of_all or replied.of_those:
            self.rule_out_theirs(replied.of_all, slots_in(text, self.tokens))
        if self.ready and "?" not in text:
            self.close(text, told)
        self.remember(inquiry(told, closes is not None), told)

    def remember(self, asked: Inquiry, told: str) -> None:
        """Takes down what the next turn may refer to. Who asks for more slots does not say yet that there is none."""
        self.inquiry = Inquiry(closed=asked.closed) if self.ready else asked
        if self.inquiry.more or (self.inquiry.whole and not phrases.CONCLUDES_NONE.search(told)):
            self.claims = {c: None for c in self.claims if (c.kind, c.value, c.seat, c.turn) != ("propose", None, *self.stamp)}
        own = self.known.get(self.stamp[0], {})
        self.recent = tuple(slot for slot in dict.fromkeys(self.mentioned) if own.get(slot) != NEVER) or self.recent
        self.offered = tuple(slot for slot in self.latest if own.get(slot) != NEVER) or self.offered

    def close(self, text: str, told: str) -> None:
        """Who has nothing more to say, and in this turn proposed nothing, agrees to what stands, or means the one slot that they name."""
        here = [claim for claim in self.claims if (claim.seat, claim.turn) == self.stamp]
        standing = next((c for c in reversed(self.claims) if c.kind == "propose"), None)
        if any(claim.kind in ("propose", "withdraw") for claim in here) or phrases.DISSENTS.search(text):
            return
        if len(self.totals) > 1:
            totals = self.totals | self.added_up()
            self.say("propose", ANSWER, min(totals, key=lambda slot: totals[slot]))
            return
        if len(about := {claim.slot[-1] for claim in here}) == 1 and about <= set(self.added_up()).difference(self.seconds):
            (only,) = about
            if phrases.SAYS_SUM.search(told) or (standing and standing.value == only and phrases.AGREES.search(told)):
                self.say("propose", ANSWER, only)
                return
        named = set(slots_in(text, self.tokens)) - {claim.slot[-1] for claim in here}
        if not named and not here and standing and text.strip(" .!"):
            self.say("propose", ANSWER, standing.value)
        elif len(named) == 1:
            (slot,) = named
            if all(OUT not in known.get(slot, NEVER) for known in self.known.values()):
                self.say("propose", ANSWER, slot)

    def tokens(self, text: str) -> tuple[Token, ...]:
        return tokens(text, self.slots, self.day)

    def singles(self, text: str) -> list[str]:
        return [token.slots[0] for token in self.tokens(text) if token.kind == "SLOT" and len(token.slots) == 1]

    def ranked(self, text: str) -> list[str]:
        """The slots that come next, beside a better one, and of which nothing else is said."""
        behind = [slot for part in seconds(text) for slot in slots_in(part, self.tokens)[:1]]
        named = self.singles(text) if behind else []
        return [slot for slot in behind if set(named) - set(behind) and named.count(slot) == behind.count(slot)]

    def share(self, text: str, number: int) -> None:
        """ "Same for me", where all that the turn before told was what is out: so is it here, but for what is named now."""
        if not phrases.SAME_FOR_ME.match(text):
            return
        before = [claim for claim in self.claims if claim.turn == number - 1 and claim.kind == "affirm"]
        able = {slot for slot, cell in self.known[self.stamp[0]].items() if OUT not in cell}
        if before and all(claim.value == OUT and claim.slot[-1] not in able for claim in before):
            for claim in before:
                if claim.slot[-1] not in self.singles(text):
                    self.cell(claim.slot[-1], NEVER)

    def add_up(self, text: str) -> None:
        """ "Tue 10 totals 5": where the other has told a cost and the speaker none, what is left of the sum is theirs."""
        if (
            len(self.seats) != 2
            or not phrases.SUM.search(text)
            or phrases.HEARSAY.search(text)
            or ("?" in text and phrases.ASKS.match(text))
        ):
            return
        own = self.known.get(self.stamp[0], {})
        (theirs,) = (priced(self.known[seat]) for seat in self.seats if seat != self.stamp[0])
        for slot, total in totals_in(words(text, self.slots, self.day)):
            self.totals[slot] = total
            if slot in theirs and slot not in own and total - theirs[slot] in POSSIBLE:
                self.cell(slot, frozenset((total - theirs[slot],)))
                self.mentioned.append(slot)

    def refused(self, text: str) -> tuple[str, ...]:
        """What a "no" is said of where nothing was asked: "none of those", or an offer of one slot."""
        if phrases.OF_THEM.search(text):
            return self.recent
        return self.offered if len(self.offered) == 1 and phrases.JUST_NO.match(text) else ()

    def answer(self, text: str, focus: tuple[str, ...]) -> str:
        """Takes an opening yes or no as said of what was asked; the rest of ``text``."""
        yes, no = phrases.YES.match(text), phrases.NO.match(text)
        opening = yes or no
        if not opening:
            return text
        rest = text[opening.end() :]
        if not focus and not phrases.OF_THEM.search(text):
            return text
        if named := [token for token in self.tokens(rest) if token.kind in ("SLOT", "VALUE")]:
            if [token.slots for token in named] == [focus] and (yes or not phrases.OF_OTHERS.search(rest)):
                self.cell(focus[0], POSSIBLE if yes else NEVER)  # "No, Tue 10 is my exam"
                self.mentioned += focus
                return ""
            if any(token.kind == "SLOT" for token in named):
                return text if "i c" in opening.group().lower() else rest  # "I can only do Tue 10" is no yes to what was asked
        several = opening.group().strip(" ,.!").lower() in ("neither", "none") or re.search(r"\b(?:both|all|n?either|any|none)\b", rest)
        if len(focus) == 1 or several:
            own = self.known.get(self.stamp[0], {})
            for slot in focus:
                if OUT not in own.get(slot, ANYTHING):
                    continue  # they have said that they can make it: what is denied is something else
                self.cell(slot, POSSIBLE if yes else NEVER)
            self.mentioned += focus if no else ()
            rest = phrases.OF_THOSE.sub("", rest)  # it was answered, and narrows nothing that comes after
        return rest

    def of_none(self, sentence: str) -> bool:
        """Whether ``sentence`` is like "Then none?", which asks nothing of what was named; takes a yes to it as said of all slots."""
        if self.turn_that_asked_if_none == self.stamp[1] - 1 and not self.mentioned and phrases.AGREES_TO_NONE.match(sentence):
            self.say("propose", ANSWER)
        if not (sentence.rstrip().endswith("?") and phrases.THEN_NONE.match(sentence)):
            return False
        self.turn_that_asked_if_none = self.stamp[1]
        if self.final:
            self.say("propose", ANSWER)
        return True

    def repeats(self, text: str) -> bool:
        """Takes a slot alone that the other has proposed as proposed by both: "Perfect, Mon 13:00."."""
        offered = next((c.value for c in reversed(self.claims) if c.kind == "propose" and c.seat != self.stamp[0]), None)
        slot = repeated(text, self.tokens, self.final) if offered else None
        if slot is None or slot != offered:
            return False
        self.say("propose", ANSWER, slot)
        self.mentioned.append(slot)
        return True

    def pointing(self, text: str, focus: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """``text`` with the slots in place of words that point at them, and those that it is about alone."""
        slots_of = partial(slots_in, tokens=self.tokens) if self.day or names_time(text) else no_slots
        known = self.known.get(self.stamp[0], {})
        turn = tuple(dict.fromkeys(self.mentioned))
        left = tuple(slot for slot in self.slots if slot not in known)
        whose = phrases.LIST_OF.search(text)
        seat = self.seat_of.get(whose[1].lower(), self.stamp[0]) if whose else self.stamp[0]
        if whose and seat != self.stamp[0]:
            offers = tuple(slot for slot, cell in self.known[seat].items() if OUT not in cell)
            text = text[: whose.start()] + " " + text[whose.end() :]
            return resolve(text, Salient(self.latest, turn, offers, offers, left), slots_of)[0], offers
        able = {slot for slot, cell in known.items() if OUT not in cell}
        recent = self.recent or focus
        if is_denial(text):  # nobody denies what they have said they can do
            recent = tuple(slot for slot in recent if slot not in able)
        return resolve(text, Salient(self.latest, turn, self.offered, recent, left), slots_of)

    def of_inquired(self, text: str) -> str:
        """ "Can you do Tue 10? Free for me.": ``text`` with the one slot that was just asked about."""
        slots, self.inquired = self.inquired, []
        return phrases.with_slot(text, slots[0]) if len(slots) == 1 else text

    def ask(self, text: str) -> None:
        slots = slots_in(text, self.tokens)
        if len(slots) > 1 and not phrases.ASKS.match(text) and all_priced(self.tokens(text)):
            self.tell(text.rstrip("? \n"), (), None, False)
        for aside in phrases.PRICED.finditer(text):
            if behind := self.singles(text[: aside.start()])[-1:]:
                self.cell(behind[0], frozenset((int(aside[1]),)), own=True)
        self.mentioned += slots
        stances = [known.get(slot, ANYTHING) for known in self.known.values() for slot in slots]
        alone = (
            proposal_in(phrases.SUM_BEHIND.sub("", text).rstrip("? \n"), self.tokens, (), slots)
            if all(OUT not in stance for stance in stances)
            else None
        )
        if len(slots) == 1 and (phrases.SHALL.search(text) or (alone and alone.kind == "propose" and alone.slot)):
            self.say("propose", ANSWER, slots[0])
        elif (opening := phrases.UNLESS.split(text)[0]) != text and len(slots) == 1 and not self.settle(opening, False):
            return
        elif not slots and phrases.SHALL.search(text) and len(set(self.latest)) == 1 and not self.has_proposed():
            totals = self.added_up() if self.totals else {}
            self.say("propose", ANSWER, min(totals, key=lambda slot: totals[slot], default=self.latest[0]))
        about = tuple(dict.fromkeys(slots or (() if phrases.asks_for_more(text) else self.mentioned or self.latest)))
        own = self.known.get(self.stamp[0], {})
        about = about if slots else tuple(slot for slot in about if own.get(slot) != NEVER)
        for slot in dict.fromkeys(slots):
            self.say("ask", (COST, "", slot))
        if about and not any(token.kind == "VALUE" and token.cell == NEVER for token in self.tokens(text)):
            self.asked.append((self.stamp[0], about))
        self.inquired = self.singles(text)
        if phrases.HERE.search(text) and not phrases.ASKS.match(text):
            self.tell(text.rstrip("? \n"), (), None, False)  # "Tue 10 is free for me?"

    def settle(self, text: str, standing: bool) -> str:
        """Takes down what ``text`` proposes for all; what else it says. Under a ``standing`` head a slot alone proposes nothing."""
        discussed = () if standing else [slot for known in self.known.values() for slot in known]
        bare, share = shares_in(text)
        found = proposal_in(bare if self.final else text, self.tokens, self.mentioned, discussed, self.final)
        if found is None:
            return text
        if (
            found.slot
            and phrases.SUM.search(text)
            and (totals := self.totals | self.added_up()).get(found.slot, 0) > min(totals.values(), default=0)
        ):
            return text  # "Tue 10 costs me 2, so 5; Wed 14 totals 8"
        if found.slot in self.seconds or (phrases.ONLY_SUM.match(text) and self.has_proposed()):
            return text  # "Let's take Tue 10; after that Wed 14 with 8"
        if share is not None and found.slot and found.named and not found.rest and len(slots_in(text, self.tokens)) == 1:
            self.cell(found.slot, frozenset((share,)), own=True)
        self.say(found.kind, ANSWER, found.slot)
        if found.slot and found.named:
            self.mentioned.append(found.slot)
        return found.rest

    def tell(self, text: str, focus: tuple[str, ...], head: Cell | None, asked: bool) -> Cell | None:
        """Takes down what ``text`` states; the status that goes on into the next line ("Out for me:")."""
        text = phrases.own_share(phrases.GIVEN.sub("", text))
        found = self.named(self.tokens(counted(text, self.tokens(text))))
        if phrases.OF_FIGURES.search(text):
            return None
        if phrases.HEARSAY.search(text) and not re.search(r"\bif (?:need|necessary|must)", text):
            self.mentioned += [slot for token in found if token.kind == "SLOT" for slot in token.slots]
            return None
        before = (tuple(self.mentioned), focus, head, asked, self.latest, self.scope, self.offered)
        stated = said(found, Said(self.slots, self.known.get(self.stamp[0], {}), *before))
        for slots, cell in stated.cells:
            for slot in slots:
                self.cell(slot, cell, any(token.kind == "ME" for token in found))
            self.mentioned += slots if slots != stated.rest else ()
        if stated.number is not None:
            self.say("count", (POSSIBLE_SLOTS, self.stamp[0]), stated.number)
        return stated.head if text.rstrip().endswith(":") else head if text.lstrip().startswith(("-", "*", "•")) else None

    def named(self, found: Sequence[Token]) -> Sequence[Token]:
        """``found`` with the names of others as YOU, and the speaker's own as ME."""
        kinds: dict[str, str] = {}
        for token in found:
            if token.kind == "WORD" and (seat := self.seat_of.get(token.text.removesuffix("'s"))):
                kinds[token.text] = "ME" if seat == self.stamp[0] else "YOU"
        if not kinds:
            return found
        return [Token(kinds[t.text], t.text) if t.kind == "WORD" and t.text in kinds else t for t in found]
