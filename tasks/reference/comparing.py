"""What someone says of what the other has just described: that it is theirs too, is not, or is like what they said of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmark.reading import Sentence
from tasks.reference import forms
from tasks.reference.ambiguity import Words, across
from tasks.reference.items import Item, clash, items_in, kind_of
from tasks.reference.memory import PLACED
from tasks.reference.recalled import Recall
from tasks.reference.scenes import NEUTRAL
from tasks.reference.shared import left_over
from tasks.reference.wording import identified, put
from tasks.reference.words import ANSWER, found_in, is_plural

_DETAILED = len(NEUTRAL)
"""A description in so many words, its place among them, is of one thing; a shorter one may be of several."""
ASKS_MATCH = re.compile(
    r"(?i)^\W*which(?: ones?)?(?: of (?:these|those|them|mine))?(?: do you(?: also)?)? (?:match(?:es)?|fits?|share|have|see)(?: too)?\W*$|"
    r"^\W*(?:(?:have|do|did) you )(?:also )?(?:have |see |got )?(?:any|one|either|some)"
    r"(?: of (?:these|those|them|mine))?(?: too| there| here| at all)*\W*$|"
    r"^\W*(?:so |and |does |do |is |are |did )?(?:there )?(?:any|one|either|some|anything|something|it|that|they|these|those|yours?)?(?: of)?(?: an?)?"  # noqa: E501 (words of one kind)
    r"(?: (?:yours|mine|these|those|them|it|that|your list|yours here))?\s*(?:match\w*|fit(?:s|ting)?|overlap\w*|in common|familiar|yours)\b"  # noqa: E501 (words of one kind)
    r"(?: (?:yours|mine|there|here|for you|on your side|with yours|your list|any of yours|you))*"
    r"(?:,? (?:with |and )?(?:(?:sides?|places|left and right) (?:swapped|mirrored|flipped|reversed)|mirrored|in mirror image))?(?:,? [A-Z]\w+)?\W*$"  # noqa: E501 (words of one kind)
)
_SAYS_NO = re.compile(
    r"(?i)^\W*(?:(?:hm+|ah+|oh|sorry|alas|unfortunately|afraid|well|i'm afraid|checked|then)\W+){0,2}"
    r"(?:no|nope|nah|none|zero|neither|nothing|not one|not any)(?: (?:of (?:them|those|these|yours)|at all|sorry|here|there|luck|match(?:es)?))*"  # noqa: E501 (words of one kind)
    r"(?=\s*(?:[,.;:!–—-]|$))"
)
_FIT = r"(?:match(?:es|ed)?|mirrors?|fits?|works?|agrees?|corresponds?|overlaps?|coincides?|lines? up)"
_ANY_OF = r"(?: (?:with )?(?:mine|yours|those|these|them|any|either|here|there|any of (?:mine|yours|those|them|these)|what (?:I|you) (?:have|see)))?"  # noqa: E501 (words of one kind)
_DIFFER = r"(?:differ|(?:are |look |turn out )?(?:quite |very |completely )?(?:different|unlike yours|others)|do(?:n't| not) (?:match|fit)|have other [\w ]+)"  # noqa: E501 (words of one kind)
_REJECTS = forms.Cue(
    r"(?i)(?:^|[,;:.!–—-]\s*|\b(?:but|and|so)\s+)(?:"
    r"(?:there's |there is |I (?:see|find|have) )?(?:no|zero) (?:full |exact |real )?(?:match(?:es)?|overlap|fit)"
    r"(?: (?:there|here|yet|so far|for me|on my side|(?:with|from|among|in|to) (?:mine|any|yours|those|them|these|that list)))+"
    r"|(?:none|neither|nothing)(?: of (?:those|them|these|yours|mine))? (?:is|are|stands?|lies?|sits?) (?:in|on|at) the"
    r" (?:right|same|matching|corresponding|proper) (?:place|spot|side|position)s?"
    rf"|(?:none|neither|nothing|not one)(?: (?:there|here|of (?:those|them|these|yours|mine)))? (?:\w+ )?{_FIT}{_ANY_OF}"
    rf"|(?:mine|my (?:other )?ones|my others|(?:all )?the (?:others|rest|other ones)|the other (?:two|three|four)|all (?:of )?mine|others) "
    rf"(?:all |both )?(?:are )?(?:all |both )?{_DIFFER}{_ANY_OF}"
    r"|(?:the |my )?(?:others?|rest) (?:no|not|none|nope)\b"
    r"|all (?:of (?:them|those|yours) )?(?:are )?different (?:here|from mine|to mine|on my side|over here)"
    r")(?=\s*(?:[,.;:!–—-]|$|\b(?:so|and|but|as|in|since|because|either|too|far|yet|here|there)\b))",
    "match matches overlap fit none neither nothing not mine ones others other rest all",
)
_THOSE_DIFFER = re.compile(
    r"(?i)^\W*(?:(?:right|no|none|yes|agreed|then|so|but|sorry|hm+)\W+){0,2}(?:those|these|they|yours|both|the (?:two|three|four)|"
    rf"all (?:of )?(?:those|these|them|yours)) (?:clash|differ|conflict|"
    rf"(?:do not|don't|can't|cannot|won't) {_FIT}{_ANY_OF})(?=\s*(?:[,.;:!–—-]|$|\b(?:so|and|but|as)\b))"
)
_IN_LOOK = re.compile(
    r"(?i)\b(?:differ|different)\b in (?:\w+ )?(?:colou?r|mark|look|size|pattern)s?\b(?!.*\b(?:place|position|side|spot)s?\b)"
)
_SAME = r"(?:the same|a match|the one|it|that|this|yours|ours|mine|our|your|matching)"
_OTHER_THING = r"(?:an?other|(?:an? |two |quite )?(?:different|separate)|two)(?: [\w-]+)?"
SO_NOT = forms.Cue(
    r"(?i)(?<=[\w)])\s*[,;–—-]*\s*\b(?:so|hence|thus|therefore|which means|meaning),? (?:that )?(?:sadly )?"
    r"(?:(?:(?:it|that|this)(?: one)?(?:'s| is) )?(?:sadly )?(?:no|nope|no (?:match|luck|fit|good)|(?:a )?mismatch|out|ruled out|another"
    rf"|different(?: [\w-]+s)?|not (?:quite |really )?{_SAME}(?: [\w-]+)?)"
    rf"|(?:(?:it|that|this|mine|yours)(?:'s| is)|(?:they|these|those)(?:'re| are)) {_OTHER_THING}"
    r"|(?:it |that )?(?:doesn't|does not|can't|cannot|won't) (?:fit|match|be it|be yours|be that|work)"
    r"|(?:they|these|those|the two|the (?:places|sides|positions|ends)) (?:differ|clash|(?:do not|don't|can't|cannot) (?:fit|match|agree))"
    rf"|(?:it|that|this|they) (?:isn't|is not|aren't|are not) {_SAME}(?: [\w-]+)?)(?: (?:either|then))?(?=\s*(?:[,.;:!)]|$))",
    "so hence thus therefore which meaning",
    "no nope mismatch out another aother different separate two not doesn don isn aren can cannot won differ clash",
)
"""What is said of one's own thing does not fit the other's: "my fossil is plain, so not that"."""
_NOT_IT = forms.Cue(
    rf"(?i)\b(?:does(?:n't| not)|do(?:n't| not)|can't|cannot|won't) (?:{_FIT}|be it)\b|\bis(?:n't| not) (?:it|mine|here|a match|the one|ours|one of mine)\b"  # noqa: E501 (words of one kind)
    r"|\b(?:is|'s) out\b",
    "does doesn do don can cannot won is isn out",
)
_NONE_SUCH = re.compile(
    rf"(?i)^\W*(?:no|(?:none|neither) of (?:my|the|your|those)) (?P<what>[^,.;:]{{3,80}}?)(?:(?: of mine| here| on my side)? {_FIT}\b"
    r"|(?: here)? (?:of|among|like) (?:those|these|yours|your list)(?=\s*(?:[,.;!]|$)))"
)
""" "No plain sloop or ferry of mine matches": none of the other's such things is here."""
_NONE_OF = re.compile(
    r"(?i)^\W*(?:I )?(?:(?:have|see|'ve got) )?"
    r"(?:neither(?= [\w -]+\W*$)|(?:none|neither|(?:don't|do not|can't|cannot) (?:have|see) any) of (?:the|your|those|these)) "
    r"(?P<what>[^,.;:]{3,80}?)"
    r"(?: here| on my side| either| you (?:have|listed|named|mentioned))?(?=\s*(?:[,.;!]|$))"
)
""" "None of the aprons", of those that the other has listed."""
_OTHERWISE = re.compile(
    rf"(?i)\b(?:otherwise|if not|else)\b,? (?:(?:there's|there is|we (?:have|share)) )?(?:nothing|none|no other)(?: {_FIT}\b|\W*$)"
)
"""What is rejected whether the one thing in question fits or not."""
_IF_NOT = re.compile(r"(?i)\W*(?:if|unless|else|otherwise)\b(?!.*\?\s*$)")
""" "If not, we share nothing": that depends on what the other says."""
_NOT_THERE = re.compile(r"(?i)\W*(?:and )?not (?:(?:on|at|in) )?(?:the |my )?(?P<side>left|right|middle)(?: side| end)?\W*")
""" "My blue mug is in the middle, not left"."""
_NEITHER = re.compile(r"(?i)\W*neither(?: of (?:them|those|these|yours))?\W*")
_NONE_AT_ALL = re.compile(r"(?i)\W*(?:sorry,? )?(?:none|no match(?:es)?|not one)(?: of (?:them|those|these|yours))?\W*")
_MY_DIFFER = re.compile(rf"(?i)^\W*(?:all )?my (?P<what>[^,;:.]{{3,60}}?) (?:all |both )?{_DIFFER}{_ANY_OF}\s*(?:[.;!]|$)")
""" "My mugs and jug differ."."""
_BOTH_THERE = re.compile(
    r"(?i)^\W*(?:yes,? )?both (?:(?:of )?(?:those|these|them|mine|yours) )?(?:are |lie |stand )?(?:also )?(?:on|at|in) (?:my|the) "
    r"(?P<side>left|right|middle)(?: side| end)?(?=\s*(?:[,.;!]|$))(?P<no>,? so (?:neither|none|no match|not those)\b[^,;]*)?"
)
""" "Both of those are on my left, so neither.", of the two that the other has described."""
_OTHERS_LISTED = re.compile(
    r"(?i)\bother\b.{2,30}\bI(?:'ve| have)? (?:just )?(?:listed|named|mentioned|gave|given|described|told you of)\b"
)
_REST = re.compile(r"(?i)\b(?:rest|others?|everything else)\b")
_ELSE = re.compile(r"(?i)\W*(?:and )?nothing else\b")
_TOO = re.compile(r"(?i)\b(?:too|as well|also)\b")
_SAME_KINDS = re.compile(r"(?i)^\W*(?:I(?:'ve| have| see)(?: got)? )?(?:exactly )?(?:the )?same\b(?! (?:one|thing|here|for)\b)")
_IS_MY = re.compile(
    r"(?i)\byour (?P<what>.{3,60}?)(?: is|'s|=| equals| matches) (?:also |exactly |just )?(?:the one )?(?:on |at |in )?my (?P<side>left|right|middle)\b"  # noqa: E501 (words of one kind)
)
_ENDS_IT = (
    r"(?:it's|that's|that is|it is|this is|we have|we've got|we've|it must be|then|we) (?:a |the |our |got |found )*"
    r"(?:it|one|match|ours|answer|settled|[\w]+ in common|overlap)\b"
)
_IF_YOURS = r"if (?:yours|your (?:one|[\w-]+)|it|that|that one|the (?:one|other)|this)(?:'s| is| are)? (?:also |too |really |indeed )?"
_CONDITION = re.compile(rf"(?i)\b{_IF_YOURS}(?P<what>[^:;?]{{3,80}}?)(?:\s*[,:;–—-]+\s*|\s+)(?:then )?{_ENDS_IT}")
_CONDITION_LAST = re.compile(rf"(?i)\b{_ENDS_IT},? {_IF_YOURS}(?P<what>[^:;?.]{{3,80}})")
_ONLY_ONE = re.compile(
    rf"(?i)^\W*(?:(?:so|well|then|hm+|yes|no|but)\W+)?(?:(?:only|just) (?:the|your|one|a|an|my)\b[^,.;:?]{{3,60}}? {_FIT}"
    r"|the only (?:possible |real )?(?:match|candidate|overlap|one (?:that |which )?(?:fits|matches))\b)"
)
""" "Only the red mug fits": nothing else of the list does."""
_SIDES_CLASH = forms.Cue(
    r"(?i)(?:^|[,;:.!–—-]\s*|\b(?:but|and|so)\s+)"
    r"(?:(?:the |your |our |their |those |whose )?(?:sides?|places?|positions?|ends?)(?: of (?P<of>[^,;:.]{3,60}?))?"
    r"|(?:the |your )?(?P<what>[\w -]{3,60}?)(?:'s|(?<=s)') (?:sides?|places?|positions?|ends?))(?: there| here)? "
    r"(?:(?:do(?:es)?(?:n't| not)|never|won't|can't|don't) (?:\w+ )?(?:fit|match|agree|line up|work|mirror|correspond|go together)"
    r"|clash(?:es)?|differs?|conflicts?|disagrees?|(?:is|are) (?:all |both )?(?:wrong|off|different|out))\b(?! (?:for|with|of)\b)",
    "side sides place places position positions end ends",
)
""" "The sides don't fit": what the other described is not seen from here in the place that would be the same."""


class Comparison(Recall):
    """Takes down what follows of what the other described."""

    def opens_with_no(self, text: str) -> bool:
        """Takes a no to "Any match?" as said of all that the other listed in the turn before."""
        return self.matching and bool(_SAYS_NO.match(text))

    def of_both(self, text: str) -> str:
        """Takes down where both are that the other described; the rest of ``text``."""
        said = None if self.here else _BOTH_THERE.match(text)
        two = [one for one in self.listed if len(one) > _DETAILED]
        if not said or len(two) != 2:
            return text
        for one in two:
            here = put(one, frozenset((said["side"].lower(),)))
            self.describe("affirm", here)
            if said["no"] and here != one:
                self.describe("exclude", one)
        return text[said.end() :]

    def meant_by_other(self, words: Words, text: str) -> list[Words]:
        """What ``text`` asks for: ``words``, or "any other mug I listed" of which this turn has not spoken."""
        if not _OTHERS_LISTED.search(text) or len(words) != 1:
            return [words]
        own = (c for c in self.claims[-200:] if (c.kind, c.seat) == ("affirm", self.stamp[0]) and c.turn != self.stamp[1])
        found = dict.fromkeys(frozenset(c.slot[1:]) for c in own if words <= set(c.slot[1:]) and len(c.slot) > _DETAILED)
        return [one for one in found if all(clash(one - PLACED, told - PLACED) for told in self.here)]

    def reject(self, text: str) -> None:
        """Notes that nothing of what the other listed is here: of the kinds that this turn has spoken of, if it has of some."""
        if not any(claim.turn == self.stamp[1] - 1 and claim.kind in ("affirm", "count") for claim in reversed(self.claims[-80:])):
            return
        said = _MY_DIFFER.match(text)
        found = items_in(said["what"], self.scene, frozenset()) if said else ()
        if kinds := [item.words for item in found if kind_of(item.words) and not item.number]:
            for words in kinds:
                self.describe("affirm", words)
            self.rejected = [one for one in self.listed if any(not clash(one, words) and kind_of(one) == kind_of(words) for words in kinds)]
            self.rejected = [one - PLACED for one in self.rejected] if _IN_LOOK.search(text) else self.rejected
            return
        if (clash_of := _SIDES_CLASH.search(text)) and not SO_NOT.search(text):
            self.clashing(clash_of["of"] or clash_of["what"] or "")
            return
        two = _NEITHER.fullmatch(text) and len([one for one in self.listed if len(one) >= _DETAILED]) == 2
        if only := _ONLY_ONE.match(text):
            named = [item.words - PLACED for item in items_in(only.group(), self.scene, frozenset()) if item.words - PLACED]
            self.rejected = [one for one in self.listed if named and not any(words <= one for words in named)]
        elif (two or _NONE_AT_ALL.fullmatch(text)) and not any((claim.seat, claim.turn) == self.stamp for claim in self.claims[-40:]):
            self.rejected = self.listed
        elif self.opens_with_no(text) or (_REJECTS.search(text) and (self.here or not _ELSE.match(text))) or _THOSE_DIFFER.match(text):
            self.rejected = (
                self.listed
                if not self.here or _REST.search(text)
                else [one for one in self.listed if kind_of(one) & frozenset().union(*self.here)]
            )
            if "neither" in forms.words_in(text) and len(alike := self.alike()) == 2:
                self.rejected = alike
            if _IN_LOOK.search(text):
                self.rejected = [one - PLACED for one in self.rejected]
        self.matching = False

    def alike(self) -> list[Words]:
        """What the other described of which this turn has described the like."""
        return [one for one in self.listed if any(one - PLACED == told - PLACED for told in self.here)]

    def clashing(self, what: str) -> None:
        """Takes down that what the other described is not here in its place: all of it, or what of it ``what`` is."""
        placed = [one for one in self.listed if one & PLACED and len(one) >= _DETAILED]
        found = [item.words - PLACED for item in items_in(what, self.scene, frozenset())]
        fit = [one for one in placed if any(words <= one for words in found)] if found else [] if what.strip() or self.here else placed
        if len(fit) > 1 and what.strip() and not is_plural(what, self.scene):
            return  # "the cluster's sides clash", of two
        for one in fit:
            self.describe("exclude", one)

    def compares(self, sentence: Sentence, text: str) -> bool:
        """Whether ``text`` is what both should name on a condition; takes down that, and what ``sentence`` rejects."""
        if not (sentence.question or sentence.hearsay):
            self.reject(sentence.text)
        elif self.here and _OTHERWISE.search(sentence.text):
            self.rejected = self.listed
        if not self.ready and _IF_NOT.match(sentence.text) and not found_in(sentence.text, self.scene):
            return True
        told = "if" in forms.words_in(text) and (self.ready or not sentence.question)
        answer = self.conditional(text) if told else None
        if answer:
            self.say("propose", ANSWER, answer)
        return answer is not None

    def exclude_rejected(self) -> None:
        """At the end of a turn, when it is known what of the list was found after all."""
        if self.here and not (self.rejected or self.answering):  # asked after one thing, who says "no others" may speak of such alone
            self.rejected = left_over(self.heard, self.listed, self.here)
        named = [set(c.value) for c in self.claims[-40:] if (c.seat, c.turn) == self.stamp and c.kind == "propose" and c.value]
        for words in self.rejected:
            is_here = any(len(told) > 2 and not clash(told, words) and kind_of(told) == kind_of(words) for told in self.here)
            if len(words) >= _DETAILED - 1 and kind_of(words) and not is_here and not any(words - PLACED <= one for one in named):
                self.describe("exclude", words - PLACED if self.is_like_unplaced(words) else words)
        self.rejected = []

    def rules_out(self, text: str) -> None:
        """ "My blue mug is on the left too, so no": what of the other's it can only have been compared with."""
        own = self.here[-1] if self.here else frozenset[str]()
        near = [one for one in self.listed if kind_of(own) and kind_of(one) == kind_of(own) and len(one) >= _DETAILED]
        alike = [one for one in near if not clash(own - PLACED, one - PLACED)]
        if len(alike) == 1 and own & PLACED and clash(own, alike[0]):
            self.describe("exclude", alike[0])
        elif not alike and forms.MY_ONE.search(text) and not _TOO.search(text) and "are" not in forms.words_in(text):
            nearest = near if len(near) == 1 else [one for one in near if len((one & own) - PLACED - kind_of(own)) > 1]
            if len(nearest) == 1:
                self.describe("exclude", nearest[0] - PLACED)

    def lacks(self, text: str) -> bool:
        """Whether ``text`` says of things that the other described that they are not here: "the green dotted one doesn't fit"."""
        if (elsewhere := _NOT_THERE.fullmatch(text)) and self.here and self.here[-1] & PLACED and kind_of(self.here[-1]):
            self.describe("exclude", put(self.here[-1], frozenset((elsewhere["side"].lower(),))))
            return True
        if such := _NONE_SUCH.match(text) or _NONE_OF.match(text):
            sought = [item.words - PLACED for item in items_in(such["what"], self.scene, frozenset())]
            fit = [
                one
                for one in self.listed
                if len(one) >= _DETAILED and any(words <= one for words in sought if kind_of(words) or (words and "of" in such.group()))
            ]
            for one in fit:
                self.describe("exclude", one)
            self.denied = frozenset().union(*map(kind_of, sought)) if fit else self.denied
            return bool(fit)
        rest = _NOT_IT.sub("", text)
        if rest == text or forms.AS_OWN.search(rest) or forms.FITS.search(rest):
            return False
        found = [item for part in _NOT_IT.split(text)[:-1] for item in items_in(part, self.scene, frozenset())]
        for item in found:
            words = across(item.words) if item.theirs else item.words
            fit = [one for one in self.listed if words - PLACED <= one and len(one) >= _DETAILED and not words <= PLACED]
            if len(fit) == 1:
                self.describe("exclude", fit[0])
        return bool(found)

    def has_as_many(self, found: Sequence[Item], text: str) -> bool:
        """ "Same shells and crystals here": as many as the other counted, if they counted each kind by one look alone."""
        if not _SAME_KINDS.match(text) or any(len(item.words) != 1 or item.number is not None or not kind_of(item.words) for item in found):
            return False
        counted = [c for c in self.claims[-60:] if c.kind == "count" and c.seat != self.stamp[0] and c.turn == self.stamp[1] - 1]
        for item in found:
            fit = [c for c in counted if item.words <= set(c.slot[1:])]
            if len(fit) == 1:
                self.describe("count", across(fit[0].slot[1:]), fit[0].value)
        return bool(found)

    def as_theirs(self, words: Words, text: str) -> Words:
        """``words`` with the one look by which the other spoke of things of that kind, and asked: it goes without saying."""
        if words & PLACED and len(words - PLACED) < len(NEUTRAL) and (known := self.known_to_both(words - PLACED)):
            return put(known, words)
        looks = {one - PLACED for one in self.listed if kind_of(one) and kind_of(one) == kind_of(words)}
        (look,) = looks if len(looks) == 1 else (frozenset[str](),)
        if len(words - PLACED) == len(NEUTRAL) - 1 and _TOO.search(text) and not {"a", "an"} & forms.words_in(text):
            words = identified(words, [one for one in self.listed if len(one) > len(NEUTRAL)])  # "my small ringed star is on the left too"
        fits = self.curious and len(look) == 2 and len(words - PLACED) == len(NEUTRAL) - 1 and not clash(words, look)
        return words | look if fits else words

    def is_other(self, look: Words, text: str) -> bool:
        """Whether ``text`` describes in full something that has not that ``look``, so that no number of it is meant: "two: ..."."""
        return any(clash(item.words, look) for item in items_in(text, self.scene, frozenset()) if len(item.words - PLACED) == len(NEUTRAL))

    def known_to_both(self, look: Words) -> Words:
        """The one thing of that ``look`` that the other has just described in full, if this speaker has described it before."""
        fit = {one - PLACED for one in self.listed if look and look <= one and len(one - PLACED) == len(NEUTRAL)}
        own = (c for c in self.claims[-200:] if c.kind == "affirm" and c.seat == self.stamp[0])
        return fit.pop() if len(fit) == 1 and fit <= {frozenset(c.slot[1:]) - PLACED for c in own} else frozenset()

    def sees_as_own(self, text: str) -> bool:
        """Whether ``text`` is like "Your small red mug on the left is my right one"; takes down that it is here, and where."""
        if "your" not in forms.words_in(text) or not (said := _IS_MY.search(text)):
            return False
        found = items_in(said["what"], self.scene, frozenset())
        same = identified(found[0].words - PLACED, self.listed) - PLACED if len(found) == 1 else frozenset[str]()
        if len(same) == len(NEUTRAL) and same in [one - PLACED for one in self.listed]:
            self.describe("affirm", same | {said["side"].lower()})
            return not forms.MATCHES.search(text)
        return False

    def conditional(self, text: str) -> tuple[str, ...] | None:
        """What both should name if the other's is like that: "if yours is small, red, on the left: that's it"."""
        said = _CONDITION.search(text) or _CONDITION_LAST.search(text)
        found = items_in(said["what"], self.scene, frozenset()) if said else ()
        if len(found) != 1 or found[0].number is not None:
            return None
        words = found[0].words
        if not kind_of(words):
            words = words | kind_of(self.topic)
        seen = [one for one in [*self.here[::-1], *self.listed] if not clash(one - PLACED, words - PLACED) and kind_of(one)]
        return self.meant(words if len(words - PLACED) == len(NEUTRAL) or not seen else put(seen[0], words))

    def all_are(self, words: Words, number: int) -> None:
        """ "All three crystals are medium": each of the three that this speaker has described."""
        kind = kind_of(words)
        own = [
            frozenset(c.slot[1:]) for c in self.claims[-200:] if c.kind == "affirm" and c.seat == self.stamp[0] and kind & set(c.slot[1:])
        ]
        most = list(dict.fromkeys(one for one in own if len(one) > 2 and not any(one < other for other in own)))
        if kind and len(most) == number and not any(clash(one, words) for one in most):
            for one in most:
                if not words <= one:
                    self.describe("affirm", one | words)

    def is_match_asked(self, text: str) -> bool:
        """Whether ``text`` asks whether anything of what it listed is the other's too."""
        last = re.split(r"(?<=[.!;:])\s|\s[–—-]\s", text.strip())[-1] if text.rstrip().endswith("?") else ""
        return ASKS_MATCH.match(last) is not None and not found_in(last, self.scene)
