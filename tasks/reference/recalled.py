"""What is told later of things listed before: "my nebulas and yellow comet are tailed; other comets hazy", "places fit for the red mug"."""

from __future__ import annotations

import re
from functools import lru_cache

from benchmark.reading import is_negated, numbers
from tasks.reference import forms
from tasks.reference.ambiguity import Words
from tasks.reference.elided import fitting, words_of
from tasks.reference.grouped import things_in
from tasks.reference.items import clash, kind_of
from tasks.reference.memory import PLACED, Memory
from tasks.reference.scenes import ATTRIBUTE_OF, KIND, NEUTRAL, PLACE, Scene, ordered
from tasks.reference.wording import put
from tasks.reference.words import SIGHT, found_in, is_plural

_SIDE = r"(?:(?:on|in|at) )?(?:(?:the|my) )?(?:left|right|middle)(?: end| side)?"
_ARE = re.compile(
    rf"(?i)^\W*(?:(?:and|but|then|since|as|because|though|yes|also)\W+)?(?P<what>my (?:[^,;:.?]|, (?:and )?my ){{2,140}}?)"
    rf"(?:, (?P<where>{_SIDE}),)? (?:(?:both|all) )?(?:is|are|stands?|sits?|lies?)(?: (?:both|all|also|too))*"
    rf" (?P<look>{_SIDE}|[\w-]+)(?:,? (?:and )?(?P<side>(?:on|in|at) (?:the|my) (?:left|right|middle)(?: end| side)?))?"
    r"(?:,? (?:too|as well|also))?"
    r"(?=\s*(?:[.;!:]|$|,? (?:so|but|while) |,? (?:and )?(?:I|I've|my|mine|we|nothing|none|neither)\b))"
)
_NEXT = re.compile(
    r"(?i)^\W*(?:and )?(?P<what>(?:(?:the|my) )?(?:(?:other|remaining) )?[\w' -]+?) (?:(?:is|are|all|both) )*(?P<look>[\w-]+)(?: too| as well| also)?(?: but [\w-]+)?\W*$"  # noqa: E501 (words of one kind)
)
_PARTS = re.compile(r"[,;] (?:and )?| and ")
_GAP = re.compile(
    r"(?i)^[,;]\s*(?:and )?(?P<what>(?:(?:the|my) )?(?:(?:other|remaining) )?[\w -]+?) (?:(?:is|are|all|both) )*(?P<look>[\w-]+)"
    r"(?=\s*(?:[,.;:!]|$))"
)
_ALL_MINE = re.compile(r"(?i)^\W*(?:all (?:of )?(?:mine|these|them)|(?:mine|these) (?:are )?all|all)(?: are)? (?P<look>[\w-]+)\W*$")
_MINE_ARE = re.compile(r"(?i)^\W*mine are (?P<looks>[\w-]+(?:, [\w-]+)*,? and [\w-]+)(?=\s*(?:[.;:!]|$|,? so\b))")
_BARE_MARKS = re.compile(
    r"(?i)^\W*(?:(?P<mine>mine|here)|(?:my |the )?marks?(?: here| mine)?): (?P<looks>[\w-]+(?:, [\w-]+)*,? (?:and )?[\w-]+)\W*$"
)
_HEADING = re.compile(r"(?i)^\W*(?:my )?(?:marks?|colou?rs?|sizes?|looks?|mine)\s*:\s*")
_JOINED = re.compile(r"(?i),? and |, | & ")
_OTHER = re.compile(r"(?i)\b(?:other|remaining)\b ?")
_THERE = re.compile(r"(?i) (?:there|in those places|of those|you named)\b")
_MY = re.compile(r"(?i)\b(?:my|the)\b ?")
_SO_NOT_YOURS = re.compile(r"(?i)^[,;]? so (?:not|never|none of|unlike) (?:yours|those|them)\b")
_TOO = re.compile(r"(?i)\b(?:too|also|as well)\b")
_NO = re.compile(r"(?i)^\W*(?:no|none|nope|neither)\b")
_PLACES_FIT = re.compile(
    r"(?i)^\W*(?:(?:the|our|all) )*(?:places|sides|positions) (?:all |do |would |also )?(?:fit|match|agree|line up|work|mirror) "
    r"(?:for|with|of|on) (?:the |your )?(?P<what>[^:;.?!]+)"
)
_ASIDE = re.compile(r"(?i)\s*\((?:mine|my (?:one|ones))?(?: (?:is|are))?(?: (?:both|all))? ?(?P<look>[\w-]+)\)")


_OF_ROWS = frozenset(
    "my mine the other remaining mark marks color colors colour colours size sizes look looks is are all both too as well also "
    "there in those places of you named s and".split()
)
_GLUED = re.compile(r"[_-]|\bbut\b", re.IGNORECASE)
"""What may bring other words into a row of things and looks: "mugs blue-ish", "jug dotted but faded"."""


@lru_cache
def _of_rows(scene: Scene) -> frozenset[str]:
    """The words of which rows of things and looks are made, as a rule."""
    return _OF_ROWS | fitting(scene)


class Recall(Memory):
    """Takes down what is said of things that were described before, of each that is meant."""

    recalled: tuple[Words, ...] = ()
    """What this turn has said more of, as it is now known."""
    goes_on = False
    """Whether the sentence before was of that sort, and ended in a semicolon."""

    def recalls(self, text: str) -> str:
        """Takes down what opens ``text`` and is of that sort; the rest of it."""
        goes_on, self.goes_on = self.goes_on, False
        if (rest := self.in_a_row(text)) is not None:
            return rest
        said = _ARE.match(text) or (_NEXT.match(text) if goes_on else None)
        if "?" in text or (said and is_negated(said.group())):
            return text
        if not said:
            return "" if self.one_by_one(text) else text
        groups = said.groupdict()
        look = self.said_by(said["look"])
        side = self.said_by(groups.get("where") or groups.get("side") or "")
        if look <= PLACED and _TOO.search(said.group()) and len(self.said_by(said["what"])) == len(NEUTRAL) - 1:
            return text  # "my blue hazy nebula is left too" is told of all that the other's is
        found = self.own_among(said["what"], look | side) if len(look) == 1 else []
        if not found:
            return text
        for one in found:
            self.recall(one, look | side)
        rest = self.gapped(text[said.end() :])
        self.goes_on = text.rstrip().endswith(";") and not rest.strip(" ;")
        if no := _SO_NOT_YOURS.match(rest):
            self.not_theirs()
            rest = rest[no.end() :]
        elif _NO.match(self.heard) and look <= PLACED:
            self.not_theirs()
        return f"here{rest}" if rest.startswith(",") else rest

    def gapped(self, rest: str) -> str:
        """Takes down what follows without a verb: ", my comet ringed, nebulas tailed"; what is left."""
        while said := _GAP.match(rest):
            look = self.said_by(said["look"])
            found = self.own_among(said["what"], look) if len(look) == 1 else []
            if not found:
                return rest
            for one in found:
                self.recall(one, look)
            rest = rest[said.end() :]
        return rest

    def in_a_row(self, text: str) -> str | None:
        """Takes down what is told of several things in their order; the rest of ``text``, None if it is not of that sort."""
        if places := _PLACES_FIT.match(text):
            return text[places.end() :] if self.places_fit(places["what"]) else None
        if bare := _BARE_MARKS.match(text):
            return "" if self.in_order(bare["looks"]) or not bare["mine"] else None
        respective = _MINE_ARE.match(text)
        return text[respective.end() :] if respective and self.in_order(respective["looks"]) else None

    def one_by_one(self, text: str) -> bool:
        """Takes down what a row without verbs tells of things listed before: "My mugs dotted, vase plain, plates checked"."""
        if (of_all := _ALL_MINE.match(text)) and len(self.here) > 1:
            look = self.said_by(of_all["look"])
            new = [one for one in dict.fromkeys(self.here) if len(look) == 1 and kind_of(one) and not clash(one, look)]
            for one in new:
                self.recall(one, look)
            return bool(new)
        if not (forms.words_in(text) <= _of_rows(self.scene) or _GLUED.search(text)):
            return False
        told: list[tuple[list[Words], Words]] = []
        for part in _PARTS.split(_HEADING.sub("", text).strip(" .!;")):
            said = _NEXT.match(part)
            look = self.said_by(said["look"]) if said else frozenset()
            found = self.own_among(said["what"].replace("'s", ""), look) if said and len(look) == 1 and not look <= PLACED else []
            if not found:
                return False
            told.append((found, look))
        for found, look in told:
            for one in found:
                self.recall(one, look)
        return True

    def in_order(self, looks: str) -> bool:
        """Takes down that of what was listed the first is here like this, and the second like that: "mine are dotted and checked"."""
        each = [self.said_by(look) for look in _JOINED.split(looks)]
        names = {ATTRIBUTE_OF[word] for look in each for word in look}
        own = [one for one in dict.fromkeys(self.here) if not any(one < other for other in self.here)]
        things = own or self.listed
        if len(each) != len(things) or not all(map(kind_of, things)) or any(len(look) != 1 for look in each):
            return False
        if len(names) != 1 or names == {PLACE}:
            return False
        for one, look in zip(things, each, strict=True):
            self.describe("affirm", put(one if own else one - PLACED, look))
        return True

    def said_by(self, text: str) -> Words:
        return frozenset(word for _, _, word, _ in found_in(f"at {text}", self.scene))

    def recall(self, one: Words, look: Words) -> None:
        full = put(one, look)
        if full & PLACED and not look <= PLACED:
            self.say("affirm", (SIGHT, *ordered(full - PLACED)))
        self.describe("affirm", full)
        self.recalled = (*self.recalled, full)

    def not_theirs(self) -> None:
        """What the other described that is like what was just said of one's own, but for one thing, is not here."""
        for own in self.recalled:
            for one in self.listed:
                if kind_of(one) == kind_of(own) and len(one - own) == 1 and clash(one, own) and len(one) > len(NEUTRAL) - 1:
                    self.describe("exclude", one)

    def is_like_unplaced(self, words: Words) -> bool:
        """Whether this turn has said, of something of its own whose place is not known, that it is like ``words`` but for one thing."""
        look = words - PLACED
        return any(kind_of(own) == kind_of(words) and not own & PLACED and len(look - own) == 1 for own in self.recalled)

    def own_among(self, what: str, look: Words) -> list[Words]:
        """What this speaker has described that ``what`` is, if it is told which; none if ``look`` is not new of all of it."""
        done: list[Words] = []
        for part in _JOINED.split(what):
            there, other = bool(_THERE.search(part)), bool(_OTHER.search(part))
            if numbers(part):
                return []
            words = words_of(_MY.sub("", _OTHER.sub("", _THERE.sub("", part))), self.scene)
            if not words or any(not one.name for one in words) or words[-1].name not in (KIND, PLACE):
                return []
            named = frozenset(one.word for one in words)
            several = any(one.plural for one in words)
            fit = [one for one in self.own_things() if named <= one]
            if other:
                fit = [
                    one for one in fit if not any(kind_of(one) == kind_of(told) and not clash(one, told) for told in self.recalled_or(done))
                ]
            if there or (not several and len(fit) > 1):
                fit = [
                    one for one in fit if any(not clash(one | look, told) and kind_of(one) == kind_of(told) for told in self.listed)
                ] or [one for one in fit if any(not clash(one - PLACED, told - PLACED) or len(told - one) == 1 for told in self.listed)]
            if not fit and not several and len(named) > 2 and not clash(named, look):
                fit = [named]
            if not fit or (not several and len(fit) > 1) or any(clash(one, look) for one in fit):
                return []
            done += fit
        return done

    def recalled_or(self, done: list[Words]) -> tuple[Words, ...]:
        return (*self.recalled, *done)

    def own_things(self) -> list[Words]:
        """What this speaker has described by its kind and more, each as far as it is known."""
        told = dict.fromkeys(
            frozenset(c.slot[1:]) for c in self.claims[-200:] if c.kind == "affirm" and c.seat == self.stamp[0] and len(c.slot) > 2
        )
        named = [one for one in told if kind_of(one)]
        return [one for one in named if not any(one < other for other in named)]

    def places_fit(self, what: str) -> bool:
        """Takes down that what the other described is here, and in its place; whether ``what`` is told of such things alone."""
        at, done = 0, []
        for aside in [*_ASIDE.finditer(what), None]:
            group = re.sub(r"(?i)^\W*(?:and )?", "", what[at : aside.start() if aside else len(what)])
            at = aside.end() if aside else len(what)
            look = self.said_by(aside["look"] if aside else "")
            if not group.strip(" .!;"):
                continue
            things = things_in(_MY.sub("", group).strip(" .!;"), self.scene)
            if things is None:
                return False
            for thing in things:
                words = frozenset(thing.values())
                fit = [one for one in self.listed if words <= one and one & PLACED and not clash(one, look)]
                if len(fit) != 1 and not (fit and words == kind_of(words) and is_plural(group, self.scene)):
                    return False
                done += [one | look for one in fit]
        for one in done:
            self.describe("affirm", one)
        return bool(done)
