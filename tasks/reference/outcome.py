"""What a talk about things in view comes to: what is proposed, agreed to and taken back, and what only says that two are the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from benchmark.consent import consent
from benchmark.reading import Sentence, is_negated
from tasks.reference import forms
from tasks.reference.ambiguity import across
from tasks.reference.comparing import Comparison
from tasks.reference.items import Item, items_in, kind_of
from tasks.reference.memory import PLACED
from tasks.reference.scenes import ATTRIBUTE_OF, KIND, NEUTRAL, PLACE, ordered
from tasks.reference.wording import identified, without_objects
from tasks.reference.words import ANSWER, found_in

_OPENING = re.compile(r"\W*([\w' ]{2,40}?)\s*[,.:;!(—–-]")
_AGREED = re.compile(r"(?i)\b(?:agreed?|confirmed|deal|settled|exactly)\b")
_BUT = re.compile(r"(?i)\b(?:but|unless|until|wait)\b")
_NOT_THE_ONE = re.compile(r"(?i)\b(?:not|isn't|can't be|cannot be) (?:it\b|that one\b|(?:the|our) (?:one|match|same|answer|pick)\b)")
_THEN_NONE = re.compile(r"(?i)[.;,] (?:so|then|hence)\b[^.?!]{0,30}\b(?:none|nothing|null|no match)\b")
_MY = re.compile(r"(?i)\W*(?:my|mine)\b")


class Outcome(Comparison):
    """Takes down what both are to name."""

    def close(self, text: str) -> None:
        """Who has nothing more to say, and in this turn proposed nothing, agrees to what stands, or means the one thing that they name."""
        here = [claim for claim in self.claims[-40:] if (claim.seat, claim.turn) == self.stamp]
        if any(claim.kind in ("propose", "withdraw") for claim in here) or _NOT_THE_ONE.search(text):
            return
        found = [item for item in items_in(forms.NOT_THAT.sub("", text), self.scene, frozenset()) if item.number != 0]
        meant = {answer for item in found if (answer := self.meant(item.words))}
        standing = next((claim for claim in reversed(self.claims) if claim.kind == "propose"), None)
        if "?" not in text and not found and not here and standing and text.strip(" .!") and not forms.DISSENTS.search(text):
            self.say("propose", ANSWER, standing.value)
        same = {one for one in self.here if len(one) > len(NEUTRAL) and one in self.theirs}
        if len(same) == 1:
            self.say("propose", ANSWER, ordered(same.pop() - PLACED))
            return
        out = {ordered(set(claim.slot[1:]) - PLACED) for claim in here if claim.kind == "exclude"}
        full = "?" not in text and meant.isdisjoint(out) and any(len(item.words - PLACED) == len(NEUTRAL) for item in found)
        if full and len(meant) == 1 and any(meant <= {self.meant(words)} for words in self.theirs):
            self.say("propose", ANSWER, *meant)

    def repeats(self, text: str, offered: Any) -> bool:
        """Whether ``text`` is the other's proposal over again, with no place."""
        if forms.PLACES.search(text):
            return False
        found = items_in(text, self.scene, frozenset())
        if len(found) == 1 and found[0].number is None and found[0].words <= set(offered) and kind_of(found[0].words):
            rest = re.findall(r"[^\W\d_]+", without_objects(text, self.scene).lower())
            if self.ready and forms.AGREEMENT.union(("that", "this", "little", "one")).issuperset(rest):
                return True  # "Great, the mug then"
        return [self.meant(item.words) for item in items_in(text, self.scene, frozenset())] == [offered]

    def accepts(self, text: str, offered: Any, asked: bool) -> bool:
        """Takes an agreement to what the other ``offered``, if something was; whether ``text`` says no more than that."""
        if offered not in (None, ...) and self.repeats(text, offered):
            self.say("propose", ANSWER, offered)
            return True
        if self.accepted not in (None, ...) and self.repeats(text, self.accepted):
            return True
        if offered is ...:
            return False
        agrees = forms.AGREES.match(text) or consent(text) == "settles"
        whole = bool(agrees) and not found_in(text, self.scene)
        if not (whole or self.consents(text, asked)):
            return False
        self.say("propose", ANSWER, offered)
        self.accepted = offered
        return whole

    def consents(self, text: str, asked: bool) -> bool:
        """Whether ``text`` first agrees to what was proposed and then goes on: "Agreed, and I also have a mug"."""
        opening = _OPENING.match(text)
        if not opening or consent(opening[1]) != "settles":
            return False
        if _AGREED.search(opening[1]):
            return not _BUT.search(text)
        return not asked and not forms.DISSENTS.search(text)

    def answers(self, sentence: Sentence) -> bool:
        """Takes a full description alone with words of agreement as what both should name: "Small golden plain shell, yes"."""
        if not self.ready and forms.ACCEPTS.isdisjoint(forms.words_in(sentence.text)) and not self.is_proposed:
            return False
        text = forms.NOT_THAT.sub("", sentence.text) if self.ready else sentence.text
        found = items_in(text, self.scene, frozenset())
        if (
            len(found) != 1
            or is_negated(text)
            or _MY.match(text)
            or found[0].number is not None
            or {KIND} - {ATTRIBUTE_OF[word] for word in found[0].words}
        ):
            return False
        rest = re.findall(r"[^\W\d_]+", without_objects(text, self.scene).lower())
        placed = any(ATTRIBUTE_OF[word] == PLACE for word in found[0].words)
        full = len(found[0].words) == len(NEUTRAL) + placed and (not placed or bool(forms.ACCEPTS.union(("so", "then")) & set(rest)))
        full = full or (self.matching and not placed and not {"yes", "yep", "yeah"}.isdisjoint(rest))  # "Any match?" "The mug, yes"
        known = self.ready and full and not placed and self.meant(found[0].words) in map(self.meant, self.theirs)
        known = known and not _THEN_NONE.search(self.heard)
        if not known and (not forms.AGREEMENT.issuperset(rest) or not (full or forms.SO_BE_IT.search(text))):
            return False
        answer = self.meant(frozenset(word for word in found[0].words if ATTRIBUTE_OF[word] != PLACE))
        named = [(c.kind, c.value) for c in self.claims if c.kind == "propose"]
        if placed and self.answering and not self.ready:
            return False  # "The red mug on the left: yes" only says that it is there
        if answer is None or not (self.ready or ("propose", answer) in named or (forms.ACCEPTS & set(rest) and not sentence.question)):
            return False
        if placed:
            self.describe("affirm", across(found[0].words) if found[0].theirs else found[0].words)
        self.say("propose", ANSWER, answer)
        return True

    def settles(self, found: Sequence[Item], text: str, full: bool) -> bool:
        """Whether ``text`` is of what both see, and tells nothing more; takes down what it proposes."""
        if forms.IT_MATCHES.search(text) and not is_negated(text) and all(item.words <= PLACED for item in found):
            if answer := self.matched():
                self.say("propose", ANSWER, answer)
            return True
        if len(found) == 1 and (answer := self.named(found[0], text)):
            self.say("propose", ANSWER, answer)
            return True
        if len(found) == 1 and self.fits(found[0], text):
            return True
        if (not full or forms.YOUR_FIRST.match(text)) and forms.ALIKE.search(text) and not is_negated(text):
            if forms.MATCHES.search(text) and found and len(found[0].words) > 1:
                self.propose([found[0]._replace(words=identified(found[0].words - PLACED, self.theirs))], text)
            elif (
                all(len(item.words - PLACED) == len(item.words) == 1 for item in found)
                and (answer := self.matched()) in self.told_by_both()
            ):
                self.say("propose", ANSWER, answer)
            return True
        if found and forms.SHARED.search(text) and self.propose(found, text):
            return True
        return bool(found and forms.SIDES.search(text)) and all(ATTRIBUTE_OF[word] == PLACE for item in found for word in item.words)

    def fits(self, item: Item, text: str) -> bool:
        """Whether ``text`` is like "The red mug fits", of what the other described; takes down that it is here, and that it is the one."""
        if not forms.FITS.search(text) or is_negated(text) or forms.AS_OWN.search(forms.ON_MINE.sub("", text)):
            return False
        same = identified(across(item.words) if item.theirs else item.words, self.theirs)
        alike = [one for one in self.theirs if one - PLACED == same - PLACED]
        if len(same - PLACED) != len(NEUTRAL) or not alike:
            return False
        self.describe("affirm", same)
        if self.ready or any(one & PLACED for one in alike):  # otherwise it is still open where both stand
            self.say("propose", ANSWER, ordered(same - PLACED))
        return True

    def without_words(self, text: str) -> None:
        if self.here and forms.OTHERS.search(text) and is_negated(text):
            for words in [one for one in self.theirs if not any(one <= told or told <= one for told in self.here)]:
                self.describe("exclude", words)
        else:
            self.pointing(text)

    def pointing(self, text: str) -> None:
        nobody = forms.NOBODY.search(text) and not forms.OF_SOME.search(text) and (self.ready or not forms.OF_THESE.search(text))
        if nobody or (self.ready and (forms.NOTHING.search(text) or forms.THEN_NONE.fullmatch(text))):
            self.say("propose", ANSWER)
        elif forms.THESE.search(text):
            own_asked = [told for seat, told in self.asked if seat == self.stamp[0]]
            meant = [words for words in own_asked or self.theirs if any(ATTRIBUTE_OF[word] == KIND for word in words)]
            kinds = {word for words in self.here for word in words if ATTRIBUTE_OF[word] == KIND}
            meant = [words for words in meant if not kinds or words & kinds]
            if len(meant) > 1 and not forms.SEVERAL.search(text):
                return
            for words in meant:
                if not any(words < other for other in meant):
                    self.describe("exclude", words)
        elif forms.THAT.search(text) and forms.SHARED.search(text) and not is_negated(text):
            several = len({one - PLACED for one in self.here if len(one) > len(NEUTRAL)}) > 1
            if several and "overlap" in forms.words_in(text):
                return  # "Red mugs: ...; blue jugs: ... That's the overlap"
            if answer := self.latest_answer():
                self.say("propose", ANSWER, answer)
        elif len(self.theirs) == 1 and forms.SAME.search(text) and not is_negated(text):
            self.describe("affirm", self.theirs[0])

    def named(self, item: Item, text: str) -> tuple[str, ...] | None:
        """What ``item`` is, if it is what both have described: there is no more to say of it than that it is the one."""
        if item.number is not None or item.words <= PLACED:
            return None
        fits = forms.CONCLUDES.match(text) or forms.FITS.search(text)
        stands = fits or (len(item.words) < 2 and (forms.SETTLING.search(text) or forms.STANDS.search(text)))
        if (
            not (stands if len(item.words) < 2 else fits or not item.words & PLACED)
            or is_negated(text)
            or forms.AS_OWN.search(forms.ON_MINE.sub("", text))
        ):
            return None
        known = [answer for answer in self.told_by_both() if item.words - PLACED <= set(answer)]
        return known[0] if len(known) == 1 else None

    def matched(self) -> tuple[str, ...] | None:
        """What this turn has described in full as the other has, the latest first; or else what they propose, or what came last."""
        given = {ordered(set(c.slot[1:]) - PLACED) for c in self.claims[-200:] if c.kind == "affirm" and c.seat != self.stamp[0]}
        full = (words for one in self.here[::-1] if len(words := ordered(one - PLACED)) == len(NEUTRAL))
        return next((words for words in full if words in given), None) or ordered(self.standing) or self.latest_answer()

    def propose(self, found: Sequence[Item], text: str) -> bool:
        """Takes down what ``text`` proposes or takes back; whether it does."""
        options = {answer for item in found if (answer := self.meant(item.words))}
        if len(options) != 1:
            return False
        (answer,) = options
        negated = is_negated(text) or bool(forms.FAILS.search(text))
        if negated and not any((c.kind, c.value, c.seat) == ("propose", answer, self.stamp[0]) for c in self.claims):
            return False
        if not negated and len(found) == 1 and len(found[0].words) > len(NEUTRAL) and not found[0].theirs:
            self.describe("affirm", found[0].words)
        self.say("withdraw" if negated else "propose", ANSWER, answer)
        return True
