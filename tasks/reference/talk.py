"""What a talk says of the things its speakers see: who has what, has it not, how many, and which of them both should name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from benchmark.quoting import READY
from benchmark.reading import Sentence, is_negated, numbers, sentences, yes_or_no
from benchmark.vocabulary import Turn
from tasks.reference import forms
from tasks.reference.ambiguity import Words, across
from tasks.reference.comparing import SO_NOT
from tasks.reference.items import Item, clash, items_in, kind_of
from tasks.reference.memory import PLACED
from tasks.reference.numbered import listed_in, said_of
from tasks.reference.outcome import Outcome
from tasks.reference.rows import rows_in_full
from tasks.reference.scenes import ATTRIBUTE_OF, KIND, NEUTRAL, PLACE
from tasks.reference.spelling import spelt_out
from tasks.reference.wording import (
    as_seen,
    common_to,
    headed,
    identified,
    kinds_of,
    placed,
    put,
    starts_question,
    with_heads,
    without_objects,
)
from tasks.reference.words import ANSWER, SIGHT, found_in, is_plural

__all__ = ["ANSWER", "SIGHT", "Reader"]


class Reader(Outcome):
    """Reads a talk turn by turn; remembers what was described last, what was asked and what was proposed."""

    def read(self, number: int, turn: Turn) -> None:
        self.stamp, self.ready = (turn.seat, number), turn.text.rstrip().endswith(READY)
        self.hear()
        asked, self.asked = [across(words) for seat, words in self.asked if seat != turn.seat], []
        offered = self.offered[1] if self.offered and self.offered[0] != turn.seat else ...
        latest = next((claim for claim in reversed(self.claims) if claim.seat != turn.seat), None)
        self.standing = frozenset(latest.value or ()) if latest and latest.kind == "propose" else frozenset()
        self.sited, self.recalled, self.goes_on = frozenset(), (), False
        self.offered, self.here, self.head, self.answering = None, [], frozenset(), bool(asked)
        kinds = frozenset().union(*map(kind_of, asked))
        self.topic, self.denied = kinds if len(kinds) == 1 else frozenset(), frozenset()
        if len(asked) == 1 and self.topic and len(asked[0]) == 2:
            self.topic = frozenset(word for word in asked[0] if ATTRIBUTE_OF[word] != PLACE)  # "Any black crates?"
        self.curious, self.heard = "?" in self.heard, turn.text
        self.matching = self.match_asker not in ("", turn.seat) and not asked
        text = self.unnumbered(turn.text[: forms.LONGEST].replace("’", "'").rstrip().removesuffix(READY))
        self.accepted = ...
        for sentence in sentences(text):
            if len(sentence.text) > forms.LONGEST_SENTENCE:
                continue
            self.corrects = bool(forms.MENDS.search(sentence.text))
            if not self.accepts(sentence.text, offered, bool(asked)):
                if not self.answers(sentence):
                    self.sentence(sentence, asked)
                asked = []
            offered = ...
        self.exclude_rejected()
        self.match_asker = turn.seat if self.is_match_asked(text) else ""
        if self.ready:
            self.close(text)
        if self.here:
            self.last[turn.seat] = self.here

    def unnumbered(self, text: str) -> str:
        """``text`` put in full, with descriptions for the numbers that the other gave them; remembers what it numbers itself."""
        if found := listed_in(text, self.scene):
            self.numbered[self.stamp[0]] = found
            return spelt_out(rows_in_full(text, self.scene))
        theirs = next((found for seat, found in self.numbered.items() if seat != self.stamp[0]), {})
        return spelt_out(rows_in_full(said_of(text, theirs, theirs or self.numbered.get(self.stamp[0], {})), self.scene))

    def sentence(self, sentence: Sentence, asked: list[Words]) -> None:
        text = sentence.text
        self.shared, self.awaited, self.contrasts = self.awaited, frozenset(), "but" in text
        self.shared = self.own_asked(text) or self.shared
        opening = forms.YES_NO.match(text)
        yes: bool | None = None
        if opening and opening.group().strip():
            yes = True if forms.IS_YES.match(text) else False if forms.IS_NO.match(text) else yes_or_no(text)
            text = self.answer(text, opening.end(), yes, asked)
        self.agreeing = yes is True
        if self.compares(sentence, text):
            return
        text = self.recalls(text)
        text = self.of_both(text) if "both" in forms.words_in(text) else text
        text = forms.NONE_AFTER.sub(r"\g<lead>I have no \g<what>", text) if ":" in text else text
        text = forms.SHOWN.sub(as_seen, text) if "you" in forms.words_in(text) else text
        text = forms.INSTEAD.sub("", self.without_lead(forms.LEADS_IN.sub("", text)) if ":" in text else text)
        text = statement = forms.EQUALS.sub("", text) if "=" in text else text
        if how_many := forms.HOW_MANY.match(text):
            about = asked if len(asked) == 1 else [told for seat, told in self.asked if seat == self.stamp[0]] or self.counted()
            about = about or ([self.head] if self.head else []) or ([self.topic] if self.topic and not self.here else [])
            if len(about) == 1 and not sentence.question and not self.is_other(about[0], text[how_many.end() :]):
                number = int(numbers(how_many[1])[0][2])
                self.describe("count" if number > 1 else "affirm", about[0], number if number > 1 else None)
                self.shared = self.awaited = about[0]
                text = statement = text[how_many.end() :]
                self.awaited = frozenset() if text.strip(" .") else self.awaited
                yes, asked = True, about
        if sentence.question:
            tag = forms.TAG.search(text)
            statement = text[: tag.start()] if tag else ""
            if not tag or not found_in(statement, self.scene) or starts_question(statement):
                self.ask(text)
                return
        elif sentence.hearsay and not forms.OWN.search(text):
            return
        first, *others = SO_NOT.split(statement)
        self.clauses(first, asked, yes, bool(sentence.hearsay))
        for other in others:
            self.rules_out(first)
            self.clauses(other, asked, yes, bool(sentence.hearsay))
        if sentence.question:
            self.asked = [(self.stamp[0], words) for words in self.here]

    def clauses(self, text: str, asked: list[Words], yes: bool | None, doubtful: bool) -> None:
        clauses = forms.CLAUSE.split(text)
        for before, clause in zip(["", *clauses], clauses, strict=False):
            if clause.strip() and not (forms.WHICH.match(clause) and forms.YOURS.search(before)):
                of_it = yes or forms.OF_IT.match(clause) or (yes is False and forms.ONLY_PLACE.fullmatch(clause))
                self.clause(clause, asked if of_it else [], doubtful)

    def without_lead(self, text: str) -> str:
        """``text`` without what opens it and says nothing of either: "Let me give counts to narrow it down: two mugs"."""
        lead, _, rest = text.partition(":")
        says = found_in(lead, self.scene) or forms.REPORTS.search(lead) or is_negated(lead) or numbers(lead) or len(lead.split()) < 3
        return text if says or forms.SHARED.search(lead) or forms.MINE.search(lead) else rest.lstrip()

    def answer(self, text: str, end: int, yes: bool | None, asked: list[Words]) -> str:
        """Takes an opening yes or no as said of what was ``asked``; the rest of ``text``."""
        rest = text[end:]
        if yes and (len(asked) == 1 or (asked and forms.pattern("both|all").search(text))):
            for words in asked:
                if not self.is_known(words):
                    sited = found_in(rest, self.scene) and forms.PLACES.search(rest)  # "On the left?" "Yes, a red one on the right."
                    self.describe("affirm", words - PLACED if sited else words)
        elif yes is False:
            if re.match(r"(?i)\W*no\W*$", text[:end]) and not re.match(r"(?i)\W*no\s*[,.!:;–—-]", text) and rest:
                return text  # "No mugs here" answers nothing
            for words in asked:
                if not words <= PLACED:
                    self.describe("exclude", words)
        return rest

    def ask(self, text: str) -> None:
        found = items_in(text, self.scene, frozenset())
        if not found:
            self.ask_of_that(text)
            return
        neutral = [item.words for item in found if len(item.words - across(item.words) | item.words) >= len(NEUTRAL)]
        if neutral and forms.SETTLING.search(text):
            self.propose(found, text)
        elif (neutral or forms.SETTLING.search(text) or self.is_bare(text)) and len(found) == 1 and (answer := self.named(found[0], text)):
            self.say("propose", ANSWER, answer)
        else:
            self.ask_of(found, text)

    def is_bare(self, text: str) -> bool:
        """Whether ``text`` is a description and no more: "The blue vase then?" """
        return (forms.AGREEMENT | {"one"}).issuperset(re.findall(r"[^\W\d_]+", without_objects(text, self.scene).lower()))

    def ask_of_that(self, text: str) -> None:
        if (self.ready or forms.CONCLUDES.match(text)) and (
            forms.THEN_NONE.fullmatch(text.replace("?", "")) or (forms.NOBODY.search(text) and not forms.OF_SOME.search(text))
        ):
            self.say("propose", ANSWER)
            return
        if forms.SHALL.search(text) and forms.THAT.search(text) and (answer := self.latest_answer()):
            self.say("propose", ANSWER, answer)
        if forms.OF_SIGHT.search(text) and re.search(r"(?i)\b(?:th(?:at|is|ose|em|ese)|its?|it's|that's|either|any of)\b", text):
            self.asked = [(self.stamp[0], words) for words in self.here]
        if forms.ELSE.search(text):
            self.say("ask", (SIGHT,))

    def ask_of(self, found: Sequence[Item], text: str) -> None:
        for item, after in zip_longest(found, found[1:]):
            words = across(item.words) if item.theirs else item.words
            if after and forms.OR.search(text) and not (item.things or kinds_of([item])) and kinds_of([after]):
                words = put(frozenset(after.words), words)  # "a small or medium green suitcase"
            one = words <= PLACED or (len(words) == 1 and not kind_of(words) and len(self.here[-1:] and self.here[-1]) > 2)
            if (
                self.here
                and one
                and ((item.theirs and not forms.ELSE.search(text)) or forms.ONES.search(text) or "yours" in forms.words_in(text))
            ):
                words = put(self.here[-1] - PLACED, words)  # "I have a red mug here: do you have one on your right?"
            words = self.lent(words, text, 0) if forms.ONES.search(text) or "yours" in forms.words_in(text) else words
            self.describe("ask", words)
            self.asked += [(self.stamp[0], one) for one in self.meant_by_other(words, text)]
        if len(kinds := kinds_of(found)) == 1:
            self.topic, self.head = kinds, frozenset()

    def lent(self, words: Words, text: str, number: int | None) -> Words:
        """``words`` with the kind that "ones", "mine" or a bare row of looks leaves out, and with what goes with it."""
        if kind_of(words) or not words or (number == 0 and forms.OF_MINE.search(text)):
            return words
        if self.scene.thing in (said := forms.words_in(text)) or self.scene.things in said:
            return words  # "no hazy lights" are of whatever kind
        points, mine = bool(forms.ONES.search(text)), bool(forms.MINE.search(text))
        if all(ATTRIBUTE_OF[word] == PLACE for word in words) and not points and not (number == 0 and self.topic):
            return words
        if re.match(r"(?i)\W*(?:same|likewise|ditto|identical)\b", text) and len(self.theirs) == 1:
            return put(frozenset(word for word in self.theirs[0] if ATTRIBUTE_OF[word] != PLACE), words)
        if number is None and points and not mine and forms.THAT_ONE.search(text) and len(words - PLACED) > 1:
            fit = {kind_of(one) for one in self.listed if words - PLACED <= one and kind_of(one)}
            if len(fit) == 1:
                return words | fit.pop()  # "that large blue one": the kind is that of the only one that is
        own = common_to([told for seat, told in self.asked if seat == self.stamp[0]]) if points and not self.answering else frozenset()
        lender = own or self.lender or self.topic
        lender = frozenset() if number is None and not (points or mine) and lender == kind_of(self.denied) else lender
        lender = lender or (self.common if (number or 0) < 2 and (points or mine or len(words) > 2) else frozenset())
        lender = frozenset(word for word in lender if number != 0 or ATTRIBUTE_OF[word] == KIND)
        told = {ATTRIBUTE_OF[word] for word in words}
        return words | {word for word in lender if ATTRIBUTE_OF[word] not in told and ATTRIBUTE_OF[word] != PLACE}

    def clause(self, text: str, asked: list[Words], doubtful: bool) -> None:
        if forms.SUPPOSED.search(text):
            return
        text = headed(placed(with_heads(text, self.scene), self.scene), self.head, self.scene)
        asked_of = self.topic if len(self.topic) > 1 else frozenset()
        self.lender = (self.denied or asked_of or self.common) if forms.MINE.search(text) and not self.here else self.topic
        placing = self.here and (
            forms.ONLY_PLACE.fullmatch(text) or forms.BARE_IS.match(text)
        )  # "One galaxy: large and hazy, but on my right"
        head = frozenset(word for word in self.head if not placing and (ATTRIBUTE_OF[word] == KIND or not forms.ANOTHER.search(text)))
        found = items_in(text, self.scene, frozenset() if forms.OF_MINE.search(text) else head)
        enough = len(NEUTRAL) - 1 if ":" in text else len(NEUTRAL) + 1
        if not self.lender and not kinds_of(found) and sum(len(item.words) > 2 for item in found) > 1:
            self.lender = self.common  # a row of looks, of what the other spoke of
        full = any(len(item.words) >= enough and not item.theirs for item in found)
        if self.sees_as_own(text) or self.settles(found, text, full) or self.lacks(text) or self.has_as_many(found, text):
            return
        if not found:
            self.without_words(text)
            return
        for only in filter(None, (forms.MY_ONLY.search(text), forms.IS_MY_ONLY.search(text))):
            for item in items_in(only[1], self.scene, frozenset()):
                self.describe("count", item.words, 1)
        if doubtful or forms.is_aside(text, full):
            alike = common_to([item.words - PLACED for item in found])
            self.topic = alike if alike and not doubtful else self.topic  # "Starting with black cloaks."
            return
        for item in found:
            self.tell(item, text, asked)
            if kind_of(item.words):
                several = (item.number or 0) > 1 or (item.number is None and len(found) == 1 and is_plural(text, self.scene))
                self.head = item.head if item.number is None and item.head else item.words if several else item.head

    def seen(self, item: Item, text: str) -> Words:
        """The words of ``item`` as the speaker sees it, with what all in this sentence are, or the other described."""
        words = across(item.words) if item.theirs else item.words
        words = words if clash(words, self.shared) else words | self.sharing(words)
        is_known = item.number is None and not self.contrasts and (forms.THE.search(text) or forms.BARE_IS.match(text))
        told = self.agreeing or forms.TOO.search(text) or (item.words & PLACED and (forms.THE_IS.search(text) or forms.BARE_IS.match(text)))
        if not (is_known and told):
            return words
        if forms.BARE_IS.match(text):
            self.describe("affirm", words)
        return identified(words, self.theirs)

    def tell(self, item: Item, text: str, asked: list[Words]) -> None:
        words = self.filled(item, text, asked)
        is_denied = item.number == 0 and re.search(r"(?i)\b(?:no|nothing|none|anything)\b", text)
        if words <= PLACED and not (is_denied or item.number):
            return
        if words <= PLACED and is_denied and forms.THESE.search(text):  # "none of those on my left"
            for one in [one for one in self.listed if words <= one]:
                self.describe("exclude", one)
            return
        if item.number is None and len(words) == 1 and (forms.OR.search(text) or not forms.IN_SIGHT.search(text)):
            self.topic = kind_of(words) or self.topic
            return  # "So it's a cluster or a galaxy", "mugs first"
        if item.number == 0:
            self.deny(words, text)
        else:
            self.state(item, words, text)

    def filled(self, item: Item, text: str, asked: list[Words]) -> Words:
        """The words of ``item`` with those that it leaves out."""
        words = self.seen(item, text)
        if self.here and item.number != 0 and forms.OF_IT.match(text) and not kind_of(self.here[-1]) and not clash(words, self.here[-1]):
            words |= self.here[-1]  # "One taped piece, but it's a purple trunk"
        if self.corrects and self.here and item.number is None:
            words = self.corrected(words)
        elif not (kind_of(words) or item.things or item.number == 0):
            words = self.completed(words, text, asked)
        if item.number is None and forms.MY_ONE.search(text) and (more := self.singled(words)) != words:
            self.describe("affirm", words)
            words = more
        if not (self.corrects and self.here):
            words = words if item.things else self.lent(words, text, item.number)
        if item.number is None and len(words - PLACED) == len(NEUTRAL) - 1 and (more := self.grouped(words)) != words:
            self.describe("affirm", words)
            words = more
        if item.number is None and not self.contrasts and (more := self.as_theirs(words, text)) != words:
            self.describe("affirm", words)
            words = more
        return words

    def deny(self, words: Words, text: str) -> None:
        alike = forms.THE_ONE.search(text)
        fit = [one for one in self.theirs if alike and words <= one and not any(one < other for other in self.theirs)]
        if not (forms.OTHER.search(text) or forms.SHARE.search(text) or forms.SO_FAR.search(text)):
            words = fit[0] if len(fit) == 1 else words
            if self.corrects or not self.is_known(words):  # "My plates are large, so no plates" is of a match
                self.describe("exclude", words)

    def state(self, item: Item, words: Words, text: str) -> None:
        if item.number is not None and (item.number > 1 or item.exactly):
            self.describe("count", words, item.number)
            if forms.OF_ALL.search(text):
                self.all_are(words, item.number)
        if item.number is None and not words & PLACED and self.sited - PLACED <= words:
            words |= self.sited & PLACED  # "Five mugs, all on the right. Small ones: ..."
        is_one = (item.number or 1) == 1 and (not item.exactly or len(words) > 2)  # "only one gown: black, large, in the middle"
        if is_one and (len(words) > 1 or KIND in {ATTRIBUTE_OF[word] for word in words} or (item.things and item.number)):
            self.describe("affirm", words)

    def completed(self, words: Words, text: str, asked: list[Words]) -> Words:
        """What a description without a kind goes on about: what was just affirmed or described."""
        if self.denied & PLACED and words <= PLACED and not asked and forms.MINE.search(text):
            return put(self.denied, words)  # "The green dotted one doesn't fit, mine is on the right"
        own_asked = [told for seat, told in self.asked if seat == self.stamp[0]]
        before = asked if len(asked) == 1 else own_asked if len(own_asked) == 1 else []
        rest = re.findall(r"[\w']+", without_objects(text, self.scene).lower())
        if not before and self.here and (forms.IT.search(text) or forms.MINE.search(text) or forms.SMALL_WORDS.issuperset(rest)):
            before = [one for one in self.here[::-1] if not clash(one, words) and (one & words or one == self.here[-1])][:1]
        if not (before or self.here) and (one := self.proposed_one(text)):
            before = [one]
        if not (before or self.here or self.contrasts) and forms.TOO.search(text) and (same_as := self.same_as(words)):
            return put(same_as, words)
        if not before and forms.MINE.search(text) and len(self.theirs) == 1:
            same = forms.SAME.search(text) is not None
            return put(frozenset(word for word in self.theirs[0] if same or ATTRIBUTE_OF[word] != PLACE), words)
        if before and not clash(before[0], words):
            return words | before[0]
        if asked and before and (forms.OF_IT.match(text) or forms.ONLY_PLACE.fullmatch(text)) and words <= PLACED:
            return put(before[0], words)  # asked whether it is on the left: "it's in the middle"
        return words
