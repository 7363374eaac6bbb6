"""How people talk about the friends on their lists: how each friend is described, and what a talk says of whom."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.consent import consent
from benchmark.quoting import READY
from benchmark.reading import Sentence, is_negated, numbers, sentences, yes_or_no
from benchmark.vocabulary import Claim, Turn
from tasks.mutual_friend import phrases
from tasks.mutual_friend.groups import (
    Asked,
    Found,
    asked_for,
    counts_of,
    groups_of,
    in_common,
    is_heading,
    named_in,
    tells,
)
from tasks.mutual_friend.memory import ANSWER, NAMES, SHARED, heard
from tasks.mutual_friend.rewording import plain
from tasks.mutual_friend.ruling import Ruling
from tasks.mutual_friend.traits import ASKED, TRAIT_OF, TRAITS
from tasks.mutual_friend.verdicts import decided_first


class Reader(Ruling):
    """Reads a talk turn by turn."""

    def read(self, number: int, turn: Turn) -> None:
        self.stamp, asked, self.asked = (turn.seat, number), [claim for claim in self.asked if claim.seat != turn.seat], []
        self.heard = heard(self.claims, turn.seat)
        self.before, self.ready = self.said, turn.text.rstrip().endswith(READY)
        self.quoted, self.said, self.fresh, self.yes = [], [], False, False
        self.matching, self.matched = False, self.matching and self.matcher != turn.seat
        self.closing, self.closes_by = None, self.closing if self.matcher != turn.seat else None
        self.inquired = [claim.slot[1] for claim in asked if claim.slot[0] == "friend"]
        headed, self.headed = self.headed if len(self.headed) == 1 else [], []
        own: list[tuple[str, str]] = []
        said = turn.text.removesuffix(READY)
        text = self.sheets.written_out(said)
        for sentence in sentences(decided_first(plain(text, self.people), self.heard.names)):
            self.corrects, self.no = sentence.takes_back, bool(phrases.BUT_NOT.search(sentence.text))
            goes_on = phrases.MINE.match(sentence.text) or phrases.FOR_ME.search(sentence.text)
            own = own if own and goes_on else headed if phrases.MINE_ARE.match(sentence.text) else []
            self.wanted = own or [(claim.slot[0], claim.value) for claim in asked if claim.slot[0] in TRAITS and claim.value]
            self.sentence(sentence, asked, bool(own))
            asked, own = [], [(c.slot[0], c.value) for c in self.asked if c.slot[0] in TRAITS and c.value] if sentence.question else []
        self.headed = self.headed if text == said else []

    def sentence(self, sentence: Sentence, asked: Sequence[Claim], answers_itself: bool) -> None:
        text = phrases.OF_MY_OWN.sub("(", sentence.text) if "(" in sentence.text else sentence.text
        rest = self.answer(phrases.FILLER.sub("", text), asked)
        doubtful = bool(sentence.hearsay or phrases.GUESS.search(rest))
        if self.place and "there" in rest.lower():
            rest = phrases.THERE.sub(f"at {self.place}", rest)
        rest = rest if sentence.question or doubtful else self.judge(rest)
        parts = [part for part in phrases.turned(rest) if part.strip()]
        if another := phrases.another(rest):
            self.focus = [term for _, _, term in named_in(another[-1], self.people, []) if term not in TRAIT_OF] or self.focus
        telling = max((place for place, part in enumerate(parts) if tells(part)), default=-1) if len(parts) > 1 else 0
        for place, part in enumerate(parts):
            found = named_in(part, self.people, self.focus)
            names, values = [term for *_, term in found if term not in TRAIT_OF], [term for *_, term in found if term in TRAIT_OF]
            self.wanted = [(TRAIT_OF[value], value) for value in self.said] if self.said and phrases.OF_THEM.match(part) else self.wanted
            if sentence.question and (part is parts[-1] or not phrases.TAG.match(parts[-1])):
                self.ask(part, found, names, values)
            elif values and not names and part is not parts[-1] and is_heading(part, rest):
                self.wanted = [(TRAIT_OF[value], value) for value in values]
            elif doubtful:
                self.quoted = [(TRAIT_OF[value], value) for value in values] or self.quoted
            elif not values and phrases.STRUCK.search(part):
                self.strike(names or (self.focus if phrases.THAT_ONE.search(part) else []))
            elif self.settle(part, names, bool(values), part is parts[-1], place < telling) and self.may_tell(part, names, values):
                self.tell(part, found, names)
                self.asked = [claim for claim in self.asked if len(claim.slot) > 1 or not names or answers_itself]
            self.place = values[0] if len(values) == 1 else "" if values else self.place
            self.focus, self.fresh = names or self.focus, self.fresh or bool(names)
            if names:
                self.spoken, self.spoke = list(dict.fromkeys([*(self.spoken if self.spoke == self.stamp else ()), *names])), self.stamp

    def may_tell(self, part: str, names: list[str], values: list[str]) -> bool:
        idle = phrases.ELSE.search(part) if values else not (self.claims or phrases.is_of_shared(part))
        return bool(names or not idle) and not phrases.ASIDE.search(part)

    def answer(self, text: str, asked: Sequence[Claim]) -> str:
        """Takes an opening yes or no as said of what was ``asked``; the rest of ``text``."""
        if self.matched and phrases.NOT_ANY.match(text) and not self.fresh:
            self.strike(self.those(text))
        self.matched = False
        verb = phrases.DOES.match(text) if any(claim.value for claim in asked) else None
        opening = phrases.YES_NO.match(text) or verb
        if not opening:
            return text
        self.yes = yes = not verb[1] if verb else yes_or_no(text) is True
        if yes is self.closes_by and (both := in_common(self.claims)):
            self.say("count", SHARED, len(both))
        self.closes_by = None
        self.no = self.no or not yes
        if not asked and self.last_word(opening.group()):
            return text
        closed = [claim for claim in asked if claim.value or len(claim.slot) == 2 or claim.slot == ANSWER]
        friends = {claim.slot[1] for claim in closed if claim.slot[0] == "friend"}
        if not yes and len(friends) == 1 < len(closed):
            self.say("exclude", ("friend", *friends), tuple((claim.slot[2], claim.value) for claim in closed if len(claim.slot) == 3))
        elif not yes or len(friends) < 2 or phrases.SEVERAL.search(text):
            for claim in closed:
                if claim.slot == ANSWER and yes:
                    self.say("propose", ANSWER, claim.value)
                elif claim.slot != ANSWER and (len(claim.slot) > 1 or not yes):
                    self.say("affirm" if yes else "exclude", claim.slot, claim.value)
        return text if opening.group().strip(" ,.:;!–—").lower() in ("agreed", "confirmed") else text[opening.end() :]

    def ask(self, text: str, found: Found, names: list[str], values: list[str]) -> None:
        described = (
            names and len(values) > 1 and len({*map(TRAIT_OF.get, values), *names}) > 2 and phrases.DESCRIBED.search(text, found[0][0])
        )
        if values and (described or (phrases.LIKE_MINE.search(text) and (names or len(self.focus) == 1))):
            self.share_out("affirm", text, found, names)
        if not names and not values and (phrases.ASKS_FOR_MORE.search(text) or phrases.ASKS_IF_ALL.search(text)):
            self.closing = phrases.ASKS_IF_ALL.search(text) is not None
        self.matching, self.matcher = self.matching or bool(not names and not values and phrases.ANY_MATCH.search(text)), self.stamp[0]
        slots: Sequence[Asked] = []
        if phrases.NOBODY.search(text) if not names else len(names) == 1 and self.closes(text, bool(values), True):
            slots = [(ANSWER, names[0] if names else None)]
        bare = values and len(text.split()) <= len(values) + 1
        whom = names or (self.focus if len(self.focus) == 1 and (bare or phrases.THAT_ONE.search(text)) else [])
        traits = [name for name, asked in ASKED.items() if asked.search(text)]
        just_said = (*self.stamp, "affirm", tuple(whom[:1]))
        of_him = [(c.slot, c.value) for c in self.claims if whom and (c.seat, c.turn, c.kind, c.slot[1:2]) == just_said]
        slots = slots or asked_for(whom, values, traits, [(("friend", name), None) for name in names] or of_him) or [(NAMES, None)]
        for slot, value in slots:
            self.say("propose" if slot == ANSWER and (self.ready or phrases.OFFER.search(text)) else "ask", slot, value)
        self.asked = [Claim("ask", slot, value, *self.stamp) for slot, value in slots]

    def closes(self, text: str, more: bool, is_last: bool) -> bool:
        return bool(phrases.MUTUAL.search(text) or (not more and is_last and phrases.LEANING.search(text)))

    def settle(self, text: str, names: list[str], more: bool, is_last: bool, goes_on: bool) -> bool:
        """Takes down what ``text`` proposes; whether there is ``more`` to read in it, or it ``goes_on`` behind it."""
        if phrases.is_of_shared(text) or phrases.NONE_DO.match(text):
            return True
        alone = consent(text, frozenset([*map(str.casefold, names), *phrases.CONSENTS])) if self.ready and not more else ""
        matches = bool(phrases.alike(text))
        alone = "" if phrases.TOO.search(text) or goes_on or (matches and phrases.is_unlike(text)) else alone
        if not names and ((phrases.NOBODY.search(text) and not phrases.PARTLY.search(text)) or (alone and is_negated(text))):
            self.say("propose", ANSWER)
        elif len(names) == 1 and alone:
            self.say("propose", ANSWER, names[0])
            return matches
        elif not names and len(self.focus) == 1 and phrases.THATS.search(text) and not is_negated(text):
            self.say("propose", ANSWER, self.focus[0])
        elif len(names) == 1 and self.closes(text, more, is_last):
            negated = is_negated(text)
            if not negated or any((c.kind, c.value, c.seat) == ("propose", names[0], self.stamp[0]) for c in self.claims):
                self.say("withdraw" if negated else "propose", ANSWER, names[0])
        else:
            return True
        return more or (matches and bool(self.likeness(names[0] if names else "")))

    def tell(self, text: str, found: Found, names: list[str]) -> None:
        values = [term for _, _, term in found if term in TRAIT_OF]
        kind = "exclude" if (is_negated(text) and not (values and phrases.UNFIT.search(text))) or phrases.DENIED.search(text) else "affirm"
        if names and not values and self.wanted and phrases.OF_MINE.search(text):
            self.count(kind, [(0, 0, value) for _, value in self.wanted], text)
        if phrases.THEIRS.search(text) and not phrases.OURS.search(text):
            self.quoted = [(TRAIT_OF[value], value) for value in values]
            return
        none_of = kind == "exclude" and phrases.NONE_OF.search(text) and not phrases.OF_MINE.search(text)
        self.tell_of_others(kind, text, names, values)
        if not names and kind == "exclude" and self.none_of_the(text, values):
            return
        if self.corrects and self.said and numbers(text):
            self.drop([claim for claim in self.claims if claim.kind == "count" and (claim.seat, claim.turn) == self.stamp])
        if self.tell_how_many(kind, text, names, values):
            kind = "affirm"
        elif values and found[0][2] in TRAIT_OF and (none_of or (phrases.ANYBODY.search(text) and "their" not in text.lower())):
            if not none_of:
                self.count(kind, found, text)
            if not (names or self.fresh) if none_of else kind == "exclude" or not names:
                return
        elif not values:
            self.pass_over(kind, text, names)
        self.share_out(kind, text, found, names)

    def tell_how_many(self, kind: str, text: str, names: list[str], values: list[str]) -> bool:
        """Whether a part is about the names that both have; says how many there are."""
        if not names and not values and phrases.SHARED_ALL.search(text):
            self.say("count", SHARED, len(self.spoken))
            return True
        if not (phrases.is_of_shared(text) or self.counts_shared(text, names, values)) or phrases.WITH_MATCHING.search(text):
            return False
        first_of_several = len(names) == 1 and not numbers(text) and phrases.NAMES.search(text)
        if not first_of_several and (numbers(text) or names or (kind == "exclude" and not phrases.SO_FAR.search(text))):
            self.say("count", SHARED, next((int(number) for *_, number in numbers(text)), len(names)))
        return True

    def tell_of_others(self, kind: str, text: str, names: list[str], values: list[str]) -> None:
        """What a part says of friends whom it does not name: "none of mine do", "of those I know just Ida, from Turin"."""
        if not values and not names and phrases.NONE_DO.match(text):
            self.count("exclude", [(0, 0, value) for value in self.before], text)
        elif (
            kind == "affirm" and values and phrases.ONLY.search(text) and phrases.OF_THEIRS.search(text) and {*names} <= {*self.heard.last}
        ):
            self.bar(self.heard.last, names if [int(n) for *_, n in numbers(text)] in ([], [len(names)]) else self.heard.last)

    def counts_shared(self, text: str, names: list[str], values: list[str]) -> bool:
        """Whether it says how many of the other's friends, if all are told, the speaker knows; or names each: "Two: Ida, Omar"."""
        offered = self.heard.names
        if (" of " in text or ":" in text) and phrases.N_OF_THEIRS.search(text) and len(offered) >= self.size:
            return True
        if self.wanted or not names or not set(names) <= set(offered):
            return False
        leads = not self.fresh and phrases.LEADS_COUNT.match(text) is not None
        return leads or (not values and [int(n) for *_, n in numbers(text)] == [len(set(names))])

    def share_out(self, kind: str, text: str, found: Found, names: list[str]) -> None:
        """Says of each friend in ``text`` what it says of them."""
        values = [term for _, _, term in found if term in TRAIT_OF]
        groups = groups_of(text, found) if values else [(names, self.taken_up(text))]
        row = len(groups) == 1 and len(values) > 1 and len({*map(TRAIT_OF.get, values)}) == 1  # "Ida and Omar: Turin, Lagos"
        if (
            "respectively" in text.lower()
            or (row and names and len(names) == len(values) and found[0][2] in names)
            or (row and not names and phrases.COLUMN.match(text))
        ):
            for people in (names, self.focus, self.here, self.heard.last):
                if len(people) == len(values):
                    groups = [([name], [value]) for name, value in zip(people, values, strict=True)]
                    break
        leads = values and names and found[0][2] in TRAIT_OF and len(groups) == 1
        if leads or (values and names and phrases.HEADS.search(text[: found[1][0]])):
            self.headed.append((TRAIT_OF[values[0]], values[0]))
        for group, its in groups:
            for name in dict.fromkeys(group or self.implied(text, its)):
                self.describe(kind, name, [(TRAIT_OF[value], value) for value in its], text, bool(group))
        self.said = values or self.said
        if phrases.UNLIKE.search(text) if values else phrases.ELSEWHERE.search(text):
            self.strike(names)

    def taken_up(self, text: str) -> list[str]:
        """The values that a part without any says again: "he does too", "mine has one as well"."""
        if phrases.HAS_IT_TOO.search(text):
            return self.said or self.before
        return self.said if phrases.TOO.search(phrases.GOES_ON.sub("", text)) and not phrases.KNOWS.search(text) else []

    def implied(self, text: str, its: Sequence[str]) -> list[str]:
        """Of whom a clause without a name says that they have ``its``, or are the same."""
        if not its:
            if phrases.OTHERS.search(text) and self.spoken and phrases.alike(text):
                return [name for name in self.heard.last if name not in self.spoken and self.likeness(name)]
            described = [name for name in self.heard.last if self.likeness(name)]
            if phrases.alike(text) and not self.fresh and len(described) > 1 and not phrases.ALL_OF.search(text):
                return described if phrases.EACH.search(text) else []
            several = self.spoken[-2 if phrases.TWO.search(text) else 0 :] if phrases.ALL_OF.search(text) else []
            return several or self.focus[-1:] if phrases.alike(text) or phrases.same_as(text) else []
        if phrases.SEVERAL.search(text) and len(self.spoken[-2 if phrases.TWO.search(text) else 0 :]) <= 3:
            return self.spoken[-2 if phrases.TWO.search(text) else 0 :]
        if len(self.focus) == 1 or (phrases.MINE_ALL.match(text) and (len(its) == 1 or phrases.EACH.search(text))):
            return self.focus
        told = {c.slot[1] for c in self.claims if c.kind == "affirm" and len(c.slot) == 3 and c.value in its and c.seat != self.stamp[0]}
        meant = [name for name in self.focus if name in told]
        self.focus = meant if len(meant) == 1 else self.focus  # "my Jonas fences, Ida rows." "Mine fences too."
        return meant if len(meant) == 1 else []

    def listed(self, name: str) -> bool:
        return any((claim.seat, claim.kind, claim.slot[1:2]) == (self.stamp[0], "affirm", (name,)) for claim in self.claims)

    def count(self, kind: str, found: Found, text: str) -> None:
        """How many have a particular, or that none has."""
        values = [value for *_, value in found if value in TRAIT_OF]
        if kind == "exclude":
            for value in values:
                self.say("exclude", (TRAIT_OF[value],), value)
            return
        for value, number in counts_of(text, found, self.size):
            if number > 1 or (number == 1 and (phrases.ONLY.search(text) or phrases.HAS_ONE.search(text))):
                self.say("count", (TRAIT_OF[value], value), number)
        self.said = values or self.said

    def describe(self, kind: str, name: str, its: Sequence[tuple[str, str]], text: str, is_named: bool = True) -> None:
        """One friend of the speaker: listed, denied, given particulars, or said to be (un)like what the other described."""
        like = self.likeness(name)
        like = tuple(self.quoted) if self.quoted and phrases.TOO.search(text) else like
        alike = phrases.alike(text)
        match = None if its else alike
        unlike = kind == "exclude" or (match is not None and phrases.is_unlike(text))
        if not its and unlike and ((like and match) or self.listed(name)):
            if like:
                self.say("exclude", ("friend", name), like)
            return
        its = its or (like if match and not unlike else ())
        if kind == "affirm" and not match and alike and alike.group().lower() in ("same", "identical"):  # "the same, and from Turin"
            its = [*its, *like] if {trait for trait, _ in like}.isdisjoint(trait for trait, _ in its) else its
        if (same := phrases.same_as(text)) and kind == "affirm":
            meant = {trait for word, trait in phrases.TRAIT_NAMES.items() if word in same["traits"].lower()}
            its = [*its, *(one for one in like if one[0] in meant and one not in its)]
        if kind == "affirm" and not match and self.wanted and not self.no:
            traits = [trait for trait, _ in (*self.wanted, *its)]
            its = [*self.wanted, *its] if len(set(traits)) == len(traits) else its
        if kind == "affirm" and len(its) > 1:  # nobody is from two towns: which of them was meant is anyone's guess
            its = [(trait, value) for trait, value in its if all(other == value for one, other in its if one == trait)]
        for trait, value in its:
            self.say(kind, ("friend", name, trait), value)
        if is_named and not its:
            self.say("exclude" if unlike else kind, ("friend", name))
