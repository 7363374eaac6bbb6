"""What a sentence of `itinerary` says that a place has or has not: whose it is, and how far a "no" reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from tasks.itinerary.figures import AND_COSTS, COUNTS_FOR, WORTH, joins
from tasks.itinerary.tokens import Token

_BREAK = re.compile(r"\b(?:but|however|though|although|while|whereas|yet|except)\b|[;.!\n]", re.IGNORECASE)
_NOT_HAVE = re.compile(
    r"\b(?:\w+n['’]?t|cannot|not|never)\s+(?:\w+\s+){0,2}?(?:have|has|offer|include|feature|got|get|be|come with|any|an?|find|see)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:no(?!\s*[:;–—])|not|without|lacks?|lacking|neither|nor|zero|none|never|missing|forget|spares?|spared)\b|n['’]t\b|[✗❌✘]",
    re.IGNORECASE,
)
_POSITIVE = re.compile(
    r"\b(?:has|have|with|offers?|features?|includes?|plus|also|there(?:['’]s| is| are)|it['’]s got|and (?:an?|some|the)|only|got)\b"
    r"|,\s*(?:an?|some)\s"
    r"|[✓✔✅]|,\s*$",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(
    r"\b(?:everything|all|anything)(?: (?!but\b|except\b|save\b)\w+){0,3} (?:but|except|save)\s+(?:(?:for|an?|the)\s+)*$", re.IGNORECASE
)
_STICKY = re.compile(r"\b(?:neither|lacks?|lacking|without)\b", re.IGNORECASE)
_OR_NEXT = re.compile(r"\s*,?\s*(?:or|nor)\s+(?:an?\s+|any\s+)?$", re.IGNORECASE)
_AND_NEXT = re.compile(r"\s*,?\s*(?:and|or|nor)\s+(?:an?\s+|any\s+)?$", re.IGNORECASE)
_AND_ENDS = re.compile(r",\s*(?:and|but)\s+(?:an?\s+|some\s+)?$", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*(?:an?\s+|any\s+)?$", re.IGNORECASE)
_AT = re.compile(r"[^\w,.;:]*(?:\w+\s+){0,1}(?:at|in|by|inside|on)\s+(?:both\s+)?(?:the\s+)?$", re.IGNORECASE)
_LISTS = re.compile(r"\s*(?::|->|→|=|is (?:only )?at|are (?:only )?at|only at)\s*(?:only\s+|just\s+)?(?:at\s+)?(?:the\s+)?$", re.IGNORECASE)
_OF_IT = re.compile(r"\s*(?:\(|:|has|have|with)?\s*(?:but\s+)?(?:with\s+)?(?:(?:an?|the|no)\s+)?", re.IGNORECASE)
"""Between a place and what is its own, whatever follows: "Lido gulls, no maps at the Pier"."""
_NEXT_UNDER = re.compile(r"[^,;.:()]{0,12}(?:\([^()]*\))?\s*(?:,|and|&|\+|/|\bor\b)\s*(?:also\s+)?(?:the\s+)?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[^()]*\)\s*(?:,|and|&|\+|/)?\s*(?:and\s+)?(?:the\s+)?", re.IGNORECASE)
"""What may stand between two places under one heading: what is said of the first of them in brackets, or a price."""
_ITS_OWN = re.compile(r"[A-Z]\w+['’]s\s+$")
"""Before what a place has: "the Lighthouse's queues cost 5"."""
_AFTER = re.compile(
    r"\s*[:=]?\s*(?:\(?(?P<no>no|nope|✗|❌|✘)\b(?!\s+\w)|(?P<mark>[✗❌✘])|(?:is|are)\s*(?:n['’]t|not)\b|(?:is|are) (?:missing|absent))",
    re.IGNORECASE,
)
_DOES_NOT = re.compile(
    r"\s*(?:does|do|has|have)(?:n['’]t| not)\s*(?:[,.;!)]|$|either|have (?:it|that|one|any)\b)"
    r"|\s*(?:(?:has|have|offers?)\s+)?none\s*(?:[,.;!)]|$)",
    re.IGNORECASE,
)
_DOES = re.compile(r"\s*(?:(?:does|do|has)(?: it)?(?: too| as well)?|too|as well|also)\s*(?:[,.;!)]|$)", re.IGNORECASE)
_SAYS_HAS = re.compile(r"\b(?:has|have|offers?|there|also|plus)\b", re.IGNORECASE)
_ENDS_IN_HAS = re.compile(r".*\b(?:has|have)\b\W*(?:an?\W+)?", re.IGNORECASE)
_NONE_AT = re.compile(r"\s*[,–—-]?\s*(?:but\s+|and\s+)?(?:none|not)\s+(?:at|in|on|by)\s+(?:the\s+)?", re.IGNORECASE)
_ASIDE_AND = re.compile(r"\s*\([^()]*\)\s*(?:and|&|or)\s+(?:the\s+)?", re.IGNORECASE)
_PLURAL = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:both\s+)?(?:lack|have|offer|don['’]?t have|do not have|haven['’]?t)\b", re.IGNORECASE)
_IN_A_ROW = re.compile(r"\s*(?:,|and|or|&|,\s*and)?\s*(?:an?\s+|no\s+|some\s+)?", re.IGNORECASE)

Offer = tuple[str, str, str]
"""Place, topic, "yes" or "no"."""


def offers(text: str, found: Sequence[Token], subject: Sequence[str]) -> list[Offer]:
    """What ``text`` says of places; ``subject`` are those it is about where it names none."""
    names = [token for token in found if token.kind in ("place", "topic")]
    return _Reading(text, found, names, list(subject)).read() if names else []


@lru_cache(maxsize=4096)
def _behind_break(gap: str) -> str | None:
    """What stands behind the last break in the words before a name; None if they have none."""
    breaks = list(_BREAK.finditer(gap))
    return gap[breaks[-1].end() :] if breaks else None


@lru_cache(maxsize=4096)
def _heard(gap: str) -> tuple[str, re.Match[str] | None, re.Match[str] | None]:
    """The words before a name, with "without" for all that means it, and the last in them that denies and that affirms."""
    shown = _NOT_HAVE.sub(" without ", gap)
    negative, positive = list(_NEGATIVE.finditer(shown))[-1:], list(_POSITIVE.finditer(shown))[-1:]
    return shown, negative[0] if negative else None, positive[0] if positive else None


@dataclass(slots=True)
class _Reading:
    """One sentence, read name by name. ``pending`` are the topics since the last place, for places that follow, the first
    ``own`` of them for that place alone; ``heading`` are those of "Garden: Pier (3 euros), Lido", which hold on."""

    text: str
    found: Sequence[Token]
    names: list[Token]
    subject: list[str]
    polarity: str = "yes"
    sticky: bool = False
    pending: list[tuple[str, str]] = field(default_factory=list)
    own: int = 0
    had_or: bool = False
    heading: list[tuple[str, str]] = field(default_factory=list)
    said: list[Offer] = field(default_factory=list)

    def read(self) -> list[Offer]:
        last: Token | None = None
        left_out = False
        for index, token in enumerate(self.names):
            gap = self.text[last.end if last else 0 : token.start]
            if (behind := _behind_break(gap)) is not None:
                self.polarity, self.sticky, gap = "yes", False, behind
            self._turn(gap, self.names[index:])
            goes_on = left_out and token.kind == "topic" and _AND_NEXT.fullmatch(gap) is not None
            left_out = goes_on or _ALL_BUT.search(self.text, last.end if last else 0, token.start) is not None
            if token.kind == "place":
                self._place(token, last, gap)
            else:
                if last is not None and last.kind == "place":
                    self.pending = []
                self._topic(token, self.names[index:], last is not None and last.kind == "place" and _OF_IT.fullmatch(gap) is not None)
            if left_out:
                self.said = [(*one[:2], "no") if one[1] == token.value and one[0] in self.subject else one for one in self.said]
            last = token
        return self.said

    def _place(self, token: Token, last: Token | None, gap: str) -> None:
        denied = _DOES_NOT.match(self.text, token.end) is not None
        same = denied or _DOES.match(self.text, token.end) is not None
        if not_there := self._is_denied_too(last, gap):
            self.pending = [(topic, "no") for topic, _ in self.pending]
        if last is not None and self._shares_verb(token):
            self.subject = [*self.subject, token.value]
            is_taken = False
        elif last is not None and last.kind == "place" and joins(self.text, last, token):
            self.subject = [*self.subject, token.value]
            is_taken = bool(self.pending)
        else:
            self.subject = [token.value]
            lists = last is not None and last.kind == "topic" and _LISTS.fullmatch(gap) is not None
            if lists:
                self.heading = list(self.pending)
            elif self.heading and not _IN_BRACKETS.fullmatch(gap) and not _NEXT_UNDER.fullmatch(gap):
                self.heading = []
            elif self.heading:
                self.pending = self.heading
            at_it = last is not None and last.kind == "topic" and _AT.fullmatch(gap) is not None
            if at_it and not (same or self.heading):
                self.pending = self.pending[self.own :]
            is_taken = bool(self.heading) or same or at_it or not_there
        if is_taken:
            self.said += [(token.value, topic, "no" if denied else value) for topic, value in self.pending]
        else:
            self.pending = []
        if not self.sticky and not _NEGATIVE.search(gap):
            self.polarity = "yes"

    def _is_denied_too(self, last: Token | None, gap: str) -> bool:
        """Whether a place is one without the only topic just told of another: "gulls at the Pier, none at the Lido"."""
        if last is None or last.kind != "place" or len(self.pending) != 1 or not _NONE_AT.fullmatch(gap):
            return False
        return (last.value, *self.pending[0]) in self.said and self.pending[0][1] == "yes"

    def _shares_verb(self, place: Token) -> bool:
        """Whether ``place`` has its verb with one before it and its brackets: "Pier (stairs) and Lido lack hot food"."""
        before = [one for one in self.names if one.kind == "place" and one.end <= place.start]
        if not before or not _ASIDE_AND.fullmatch(self.text, before[-1].end, place.start):
            return False
        return _PLURAL.match(self.text, place.end) is not None

    def _topic(self, token: Token, ahead: Sequence[Token], is_its: bool) -> None:
        if self.subject and self.text[: token.start].rstrip().endswith(("'s", "’s")) and _ITS_OWN.search(self.text, 0, token.start):
            self.said += [(self.subject[-1], token.value, "yes")]
            return
        if self._is_rated(token) or self._is_of_all(token):
            return
        value = "no" if _AFTER.match(self.text, token.end) else self.polarity
        self.own = len(self.pending) + 1 if is_its else self.own if self.pending else 0
        self.pending.append((token.value, value))
        if is_its or not self._comes_before_its_place(ahead):
            self.said += [(place, token.value, value) for place in (self.subject[-1:] if self._is_in_brackets(token) else self.subject)]

    def _is_of_all(self, topic: Token) -> bool:
        """Whether ``topic`` follows a whole plan and its colon: whose it is, is not said."""
        places = [one for one in self.names if one.kind == "place" and one.end <= topic.start]
        since = self.text[places[-1].end : topic.start] if places else ""
        return len({one.value for one in places}) > 2 and len(self.subject) == 1 and ")" in since and ":" in since

    def _is_in_brackets(self, topic: Token) -> bool:
        """Whether ``topic`` stands in brackets that were opened after the last place, and so is of that one alone."""
        since = max((one.end for one in self.names if one.kind == "place" and one.end <= topic.start), default=topic.start)
        return self.text.rfind("(", since, topic.start) > self.text.rfind(")", since, topic.start)

    def _turn(self, gap: str, ahead: Sequence[Token]) -> None:
        """Whether what follows ``gap`` is there or not, and whether "and a" would leave that as it is."""
        self.had_or = self.polarity == "no" and (self.had_or or _OR_NEXT.search(gap) is not None)
        shown, negative, positive = _heard(gap)
        if negative and (not positive or negative.start() > positive.start()):
            self.polarity = "no"
            self.sticky = _STICKY.search(shown) is not None or (self.sticky and negative.group().casefold() == "nor")
        elif self.polarity == "no" and self.had_or and not self.sticky and _AND_ENDS.search(gap):
            self.polarity = "yes"  # "no garden or food there, and stairs"
        elif positive and self.polarity == "no":
            if _COMMA.search(gap) and self._goes_on_with(_AND_NEXT if self.sticky else _OR_NEXT, ahead):
                return
            if self.sticky and "," not in shown and not _SAYS_HAS.search(shown):
                return
            if self.sticky and ahead[0].kind == "topic" and _ENDS_IN_HAS.fullmatch(shown):
                return
            self.polarity, self.sticky = "yes", False

    def _goes_on_with(self, last: re.Pattern[str], ahead: Sequence[Token]) -> bool:
        """Whether a list that began with "no" ends with "or", or one that began with "lacks" with "and": all of it is denied."""
        for one, following in pairwise(ahead):
            gap = self.text[one.end : following.start]
            if last.fullmatch(gap):
                return True
            if not _COMMA.fullmatch(gap):
                return False
        return False

    def _is_rated(self, topic: Token) -> bool:
        """Whether the sentence speaks of what ``topic`` is worth and not of where it is."""
        at = self.found.index(topic)
        after = self.found[at + 1] if at + 1 < len(self.found) else None
        before = self.found[at - 1] if at else None
        if after and self.text[: topic.start].endswith("+"):
            return False
        if after and after.kind in ("point", "number") and after.end - topic.end < 30:
            gap = self.text[topic.end : after.start]
            if re.fullmatch(r"\s*\(\s*[-+−–]\s*", gap):
                return True
            if gap.strip() in (":", "=") and self._is_in_brackets(topic):
                return False  # "Lido (garden, stairs: 5, 3 euros)" adds up what is there
            if gap.strip() == ":" and after.kind == "point" and len({one.value for one in self.names if one.kind == "place"}) > 2:
                return False  # "…, Lido in the evening for its view: 19 points" adds up the day
            if not gap.strip().startswith(("(", ",")):
                return after.kind == "point" or (WORTH.search(gap) is not None and AND_COSTS.match(gap) is None)
        return before is not None and before.kind == "point" and COUNTS_FOR.match(self.text, before.end, topic.start) is not None

    def _comes_before_its_place(self, ahead: Sequence[Token]) -> bool:
        """Whether a place that follows takes the topics at the head of ``ahead``: "live music at the Anchor"."""
        for one, following in pairwise(ahead):
            gap = self.text[one.end : following.start]
            if following.kind == "place":
                return (_AT.fullmatch(gap) or _LISTS.fullmatch(gap)) is not None
            if not _IN_A_ROW.fullmatch(gap):
                return False
        return False
