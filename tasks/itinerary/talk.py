"""The words of `itinerary`: what is said of wishes, places and plans, read from talk and written as talk.

Only who has a day to spend tells wishes and the budget; what the other says of them is hearsay. "I'd love" has no exact meaning and
tells nothing; "5 points" does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmark.reading import sentences, yes_or_no
from benchmark.vocabulary import Claim, Json, Seat, Turn, View
from tasks.itinerary.plans import accepts, amended, spelt_out, takes_back
from tasks.itinerary.tokens import Token, hours, speaks_of_hours, tokens
from tasks.itinerary.worlds import PARTS, SEATS

Slot = tuple[str, ...]

_BREAK = re.compile(r"\b(?:but|however|though|although|while|whereas|yet|except)\b|[;.!\n]", re.IGNORECASE)
_NOT_HAVE = re.compile(
    r"\b(?:\w+n['’]?t|cannot|not|never)\s+(?:\w+\s+){0,2}?(?:have|has|offer|include|feature|got|get|be|come with|any|an?|find|see)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"\b(?:no|not|without|lacks?|lacking|neither|nor|zero|none|never|missing)\b|n['’]t\b|[✗❌✘]", re.IGNORECASE)
_POSITIVE = re.compile(
    r"\b(?:has|have|with|offers?|features?|includes?|plus|also|there(?:['’]s| is| are)|it['’]s got|and (?:an?|some|the)|only|got)\b|,\s*(?:an?|some)\s"
    r"|[✓✔✅]|,\s*$",
    re.IGNORECASE,
)
_STICKY = re.compile(r"\b(?:neither|lacks?|lacking|without)\b", re.IGNORECASE)
_JOINED = re.compile(r"\W*(?:(?:and|or|nor|both|plus|as well as)\W+)*(?:(?:the|at|in)\W+)*", re.IGNORECASE)
_OR_NEXT = re.compile(r"\s*,?\s*(?:or|nor)\s+(?:an?\s+|any\s+)?$", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*(?:an?\s+|any\s+)?$", re.IGNORECASE)
_AT = re.compile(r"[^\w,.;:]*(?:\w+\s+){0,1}(?:at|in|by|inside|on)\s+(?:both\s+)?(?:the\s+)?$", re.IGNORECASE)
_LISTS = re.compile(r"\s*(?::|->|→|=|is (?:only )?at|are (?:only )?at|only at)\s*(?:the\s+)?$", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*[:=]?\s*(?:\(?(?P<no>no|nope|✗|❌|✘)\b(?!\s+\w)|(?P<mark>[✗❌✘])|(?:is|are)\s*(?:n['’]t|not)\b|(?:is|are) (?:missing|absent))", re.IGNORECASE
)
_DOES_NOT = re.compile(r"\s*(?:does|do|has|have)(?:n['’]t| not)\s*(?:[,.;!)]|$|either|have (?:it|that|one|any)\b)", re.IGNORECASE)
_DOES = re.compile(r"\s*(?:(?:does|do|has)(?: it)?(?: too| as well)?|too|as well|also)\s*(?:[,.;!)]|$)", re.IGNORECASE)
_BUDGET = re.compile(
    r"\b(?:budget|spend(?:ing)?|afford|nothing (?:above|over)|no more than|at most|up to|max(?:imum)?|limit|wallet|purse)\b", re.IGNORECASE
)
_PRICED = re.compile(r"\b(?:costs?|price[ds]?|takes?|charges?|entry|entrance|admission|tickets?|fee|pay|pays|is|are|for|at|runs?)\b|[:=(,–-]", re.IGNORECASE)
_MONEY = re.compile(r"\b(?:costs?|price[ds]?|charges?|entry|entrance|admission|tickets?|fee|euros?|eur|free|cheap\w*|expensive)\b|€", re.IGNORECASE)
_FREE = re.compile(r"\b(?:free(?! coffee)|costs? nothing|no charge|nothing to pay)\b(?!\s+of\b)", re.IGNORECASE)
_INEXACT = re.compile(r"\b(?:about|around|roughly|over|under|above|below|at least|at most|up to|less than|more than|total|together|altogether|sum|left)\W*$", re.IGNORECASE)
_NOT_THAT = re.compile(r"(?:\bnot|n['’]t)\s+(?:\w+\s+)?$", re.IGNORECASE)
_TOTAL = re.compile(
    r"\s*(?:€|euros?|eur|points?|pts?)?\s*(?:\+|(?:over|above|left|under|below|too|more|less|in total|in all|total|altogether|together|or)\b|[-–+/]\s*\d)",
    re.IGNORECASE,
)
_SUMS = re.compile(r"\b(?:total|sum|altogether|adds? up|together they|score[sd]?)\b|=", re.IGNORECASE)
_WORTH = re.compile(r"\b(?:worth|points?|pts?|counts?|brings?|gives?|costs?|takes?|wish|matters?|weights?|value)\b|[:=(–-]", re.IGNORECASE)
_EACH = re.compile(r"\b(?:each|both|all|apiece)\b", re.IGNORECASE)
_COUNTS_FOR = re.compile(r"\s*(?:points?|pts?|p)?\s*(?:(?:each|off|away|penalty)\s*)*(?:for|if|when|at|goes? to|to)\s+(?:(?:there|it|is|are|has|an?|any|the|each|off)\s+)*$", re.IGNORECASE)
_LOSES = re.compile(r"\b(?:minus|lose|loses|off|away|deduct\w*|penalt\w*|negative|costs?|takes?)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(r"\b(?:your (?:notes|list|leaflet|sheet)|yours|you (?:said|say|told|mentioned|wrote|have|know|heard))\b", re.IGNORECASE)
_IT = re.compile(r"\W*(?:(?:and|but|also|so)\s+)?(?:it|it['’]s|there|they|also|plus|open|shut|closed|entry|entrance|costs?|free|no|has)\b", re.IGNORECASE)
_ASKS_WORTH = re.compile(r"\b(?:worth|points?|much|like|care|matters?|want|mind|important|prefer|feel|need|wish\w*|enjoy|hate|dislike)\b", re.IGNORECASE)


@dataclass(slots=True)
class Reader:
    """What has been said so far, while a talk is read turn by turn with the public names of ``view`` and no private fact."""

    view: View
    claims: list[Claim] = field(default_factory=list)
    asked: list[Claim] = field(default_factory=list)
    standing: Claim | None = None
    seat: Seat = ""
    number: int = -1
    subject: list[str] = field(default_factory=list)
    places: tuple[str, ...] = field(init=False)
    topics: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.places = self.view.public("places")
        self.topics = (*self.view.public("pleasures"), *self.view.public("nuisances"))

    def read(self, turns: Sequence[Turn]) -> tuple[Claim, ...]:
        for self.number, turn in enumerate(turns):
            self.seat = turn.seat
            self._turn(turn.text)
        return tuple(self.claims)

    def _turn(self, text: str) -> None:
        asked, self.asked = [claim for claim in self.asked if claim.seat != self.seat], []
        self._answer(asked, yes_or_no(text))
        self.subject = list(dict.fromkeys(claim.slot[1] for claim in asked if claim.slot[0] in ("has", "price", "open", "place")))
        about = asked
        parts = sentences(text)
        for place, part in enumerate(parts):
            found = self._tokens(part.text)
            if part.question:
                self._question(part.text, found)
                continue
            if part.hearsay or _OF_OTHERS.search(part.text):
                continue
            before = len(self.claims)
            if place and not any(token.kind == "place" for token in found) and not _IT.match(part.text) and not part.text[:1] in "-•*":
                self.subject = []
            self._statement(part.text, found, about if place < 2 else [])
            if part.takes_back:
                self._struck(self.claims[before:])
        self._plan(text)

    def _tokens(self, text: str) -> list[Token]:
        return tokens(text, self.places, self.topics)

    def _say(self, kind: str, slot: Slot, value: Json = None) -> Claim:
        claim = Claim(kind, slot, value, self.seat, self.number)
        self.claims.append(claim)
        return claim

    def _struck(self, anew: Sequence[Claim]) -> None:
        """Strikes what the speaker had said of the slots that are now told ``anew``: a slip that was put right was not told."""
        slots = {claim.slot for claim in anew if claim.kind == "affirm"}
        kept = len(self.claims) - len(anew)
        old = [c for c in self.claims[:kept] if not (c.kind == "affirm" and c.seat == self.seat and c.slot in slots)]
        self.claims = old + list(anew)

    # --- questions ------------------------------------------------------------------------------------------------------

    def _question(self, text: str, found: Sequence[Token]) -> None:
        places = list(dict.fromkeys(token.value for token in found if token.kind == "place"))
        topics = list(dict.fromkeys(token.value for token in found if token.kind == "topic"))
        parts = list(dict.fromkeys(token.value for token in found if token.kind == "part"))
        slots: list[Slot] = []
        if len(places) == len(PARTS):
            return
        if places and topics:
            slots = [("has", place, topic) for place in places for topic in topics]
        elif places and speaks_of_hours(text):
            slots = [("open", place, part) for place in places for part in parts or PARTS]
        elif places and (_MONEY.search(text) or re.search(r"\bhow much\b", text, re.IGNORECASE)):
            slots = [("price", place) for place in places]
        elif places and not parts:
            slots = [("place", place) for place in places]
        elif topics and _ASKS_WORTH.search(text):
            slots = [("wish", topic) for topic in topics]
        elif topics:
            slots = [("topic", topic) for topic in topics]
        elif _BUDGET.search(text):
            slots = [("budget",)]
        self.asked += [self._say("ask", slot) for slot in slots]

    def _answer(self, asked: Sequence[Claim], yes: bool | None) -> None:
        """Yes or no to the only question that can be answered so."""
        if yes is not None and len(asked) == 1 and (asked[0].slot[0] == "has" or len(asked[0].slot) == 3):
            self._say("affirm", asked[0].slot, "yes" if yes else "no")

    # --- statements -----------------------------------------------------------------------------------------------------

    def _statement(self, text: str, found: list[Token], about: Sequence[Claim]) -> None:
        self._offers(text, found)
        self._numbers(text, found, about)
        spans = self._stretches(text, found)
        for places, start, end in spans:
            inside = [token for token in found if start <= token.start < end]
            shifted = [Token(token.start - start, token.end - start, token.kind, token.value) for token in inside]
            said = hours(text[start:end], shifted)
            if _FREE.search(text[start:end]) and not _NOT_THAT.search(text[: start + 1 + max(0, text[start:end].find("free") - 1)]):
                for place in places:
                    self._say("affirm", ("price", place), 0)
            for place in places:
                for part, value in said.items():
                    self._say("affirm", ("open", place, part), value)
        if groups := [places for places, _, _ in spans if places]:
            self.subject = groups[-1]

    def _stretches(self, text: str, found: Sequence[Token]) -> list[tuple[list[str], int, int]]:
        """(places, start, end): which stretch of ``text`` is about which places."""
        groups: list[tuple[list[str], int, int]] = []
        last: Token | None = None
        for token in found:
            if token.kind != "place":
                continue
            if last is not None and groups and _JOINED.fullmatch(text, last.end, token.start):
                groups[-1] = ([*groups[-1][0], token.value], groups[-1][1], token.end)
            else:
                groups.append(([token.value], token.start, token.end))
            last = token
        if not groups:
            return [(self.subject, 0, len(text))]
        starts = [0, *(start for _, start, _ in groups[1:])]
        return [(group[0], start, end) for group, start, end in zip(groups, starts, [*starts[1:], len(text)], strict=True)]

    def _offers(self, text: str, found: Sequence[Token]) -> None:
        """Takes what ``text`` says a place has or lacks."""
        names = [token for token in found if token.kind in ("place", "topic")]
        subject, polarity, sticky, at = list(self.subject), "yes", False, 0
        pending: list[tuple[str, str]] = []
        last: Token | None = None
        for index, token in enumerate(names):
            gap = text[at : token.start]
            if breaks := list(_BREAK.finditer(gap)):
                polarity, sticky, gap = "yes", False, gap[breaks[-1].end() :]
            polarity, sticky = self._polarity(gap, text, names[index:], polarity, sticky)
            if token.kind == "place":
                if last is not None and last.kind == "place" and _JOINED.fullmatch(text, last.end, token.start):
                    subject = [*subject, token.value]
                elif pending and last is not None and last.kind == "topic" and (_AT.fullmatch(gap) or _LISTS.fullmatch(gap)):
                    subject = [token.value]
                else:
                    subject, pending = [token.value], pending if _DOES_NOT.match(text, token.end) or _DOES.match(text, token.end) else []
                if pending and last is not None:
                    denied, same = _DOES_NOT.match(text, token.end), _DOES.match(text, token.end)
                    for topic, value in pending:
                        self._has(token.value, topic, "no" if denied else value)
                    if not denied and not same and last.kind == "topic" and not (_AT.fullmatch(gap) or _LISTS.fullmatch(gap)):
                        pending = []
                if not sticky and not _NEGATIVE.search(gap):
                    polarity = "yes"
            else:
                if last is not None and last.kind == "place":
                    pending = []
                follows = names[index + 1] if index + 1 < len(names) else None
                value = "no" if _AFTER.match(text, token.end) else polarity
                pending.append((token.value, value))
                if not self._is_rated(text, token, found) and not self._comes_before(text, names[index:], follows):
                    for place in subject:
                        self._has(place, token.value, value)
                elif self._is_rated(text, token, found):
                    pending.pop()
            last, at = token, token.end

    def _has(self, place: str, topic: str, value: str) -> None:
        self._say("affirm", ("has", place, topic), value)

    def _polarity(self, gap: str, text: str, ahead: Sequence[Token], polarity: str, sticky: bool) -> tuple[str, bool]:
        """Whether what follows ``gap`` is there ("yes") or not, and whether "and a" leaves that as it is."""
        shown = _NOT_HAVE.sub(" without ", gap)
        negative = list(_NEGATIVE.finditer(shown))
        positive = list(_POSITIVE.finditer(shown))
        if negative and (not positive or negative[-1].start() > positive[-1].start()):
            return "no", bool(_STICKY.search(shown))
        if positive and polarity == "no":
            if _COMMA.search(gap) and self._goes_on_with_or(text, ahead):
                return "no", sticky
            if sticky and not re.search(r"\b(?:has|have|offers?|there|also|plus)\b", shown, re.IGNORECASE) and "," not in shown:
                return "no", sticky
            if sticky and re.fullmatch(r".*\b(?:has|have)\b\W*(?:an?\W+)?", shown, re.IGNORECASE) and ahead[0].kind == "topic":
                return "no", sticky
            return "yes", False
        return polarity, sticky

    def _goes_on_with_or(self, text: str, ahead: Sequence[Token]) -> bool:
        """Whether a list that began with "no" ends with "or": all of it is denied."""
        for one, following in zip(ahead, ahead[1:], strict=False):
            gap = text[one.end : following.start]
            if _OR_NEXT.fullmatch(gap):
                return True
            if not _COMMA.fullmatch(gap):
                return False
        return False

    def _is_rated(self, text: str, topic: Token, found: Sequence[Token]) -> bool:
        """Whether ``text`` speaks of what ``topic`` is worth and not of where it is."""
        at = found.index(topic)
        after = found[at + 1] if at + 1 < len(found) else None
        before = found[at - 1] if at else None
        if after and after.kind in ("point", "number") and after.end - topic.end < 30 and not text[topic.end : after.start].strip().startswith("("):
            return after.kind == "point" or bool(_WORTH.search(text[topic.end : after.start]))
        return bool(before and before.kind == "point" and _COUNTS_FOR.match(text, before.end, topic.start))

    def _comes_before(self, text: str, ahead: Sequence[Token], follows: Token | None) -> bool:
        """Whether a place that follows takes the topics at the head of ``ahead``: "live music at the Anchor"."""
        for one, following in zip(ahead, ahead[1:], strict=False):
            gap = text[one.end : following.start]
            if following.kind == "place":
                return bool(_AT.fullmatch(gap) or _LISTS.fullmatch(gap))
            if not re.fullmatch(r"\s*(?:,|and|or|&|,\s*and)?\s*(?:an?\s+|no\s+|some\s+)?", gap, re.IGNORECASE):
                return False
        return False

    # --- numbers ---------------------------------------------------------------------------------------------------------

    def _numbers(self, text: str, found: list[Token], about: Sequence[Claim]) -> None:
        has_place = any(token.kind == "place" for token in found)
        slots = {claim.slot for claim in about}
        taken: set[int] = set()
        for index, token in enumerate(found):
            if token.kind not in ("euro", "point", "number"):
                continue
            before = found[index - 1] if index else None
            start = before.end if before else 0
            gap = text[start : token.start]
            follows = found[index + 1] if index + 1 < len(found) else None
            if self._is_budget(text, gap, token, has_place or bool(self.subject), slots):
                if not _TOTAL.match(text, token.end) or re.match(r"\s*(?:€|euros?)?\s*(?:in total|in all|altogether|total|max)", text[token.end :]):
                    self._tell_wish(("budget",), token.value, text, token)
            elif token.kind != "euro" and (topics := self._rated_topics(text, found, index, taken, slots)):
                for topic in topics:
                    sign = -1 if topic in self.view.public("nuisances") else 1
                    self._tell_wish(("wish", topic), sign * token.value, text, token)
            elif token.kind != "point" and not _TOTAL.match(text, token.end):
                self._price(text, found, index, (gap, follows))

    def _tell_wish(self, slot: Slot, value: int, text: str, token: Token) -> None:
        if self.seat != SEATS[0]:
            return
        self._say("exclude" if _NOT_THAT.search(text, max(0, token.start - 24), token.start) else "affirm", slot, value)

    def _is_budget(self, text: str, gap: str, token: Token, has_place: bool, slots: set[Slot]) -> bool:
        if token.kind == "point":
            return False
        if _BUDGET.search(gap) and (token.kind == "euro" or not _WORTH.search(gap.replace(":", " ")) or "budget" in gap.casefold()):
            return True
        if re.match(r"\s*(?:€|euros?)?\W{0,2}(?:is|as) (?:my|the|our) (?:budget|limit|max)", text[token.end :], re.IGNORECASE):
            return True
        return ("budget",) in slots and not has_place and not re.search(r"\w{12}", gap)

    def _rated_topics(self, text: str, found: Sequence[Token], index: int, taken: set[int], slots: set[Slot]) -> list[str]:
        """The topics that the number at ``index`` is the worth of."""
        token = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        if following and following.kind == "topic" and _COUNTS_FOR.match(text, token.end, following.start):
            chosen = [index + 1]
            while chosen[-1] + 1 < len(found) and found[chosen[-1] + 1].kind == "topic" and (
                _EACH.search(text, token.end, following.start) or _EACH.search(text, found[chosen[-1] + 1].end)
            ):
                chosen.append(chosen[-1] + 1)
        else:
            chosen = []
            at = index - 1
            while at >= 0 and found[at].kind == "topic" and at not in taken:
                chosen.insert(0, at)
                at -= 1
            if not chosen:
                asked = [slot[1] for slot in slots if slot[0] == "wish"]
                alone = len(asked) == 1 and not any(t.kind in ("topic", "place") for t in found)
                return asked if alone and not _SUMS.search(text) else []
            if not _EACH.search(text, found[chosen[0]].end, min(len(text), token.end + 20)):
                chosen = chosen[-1:]
            gap = text[found[chosen[-1]].end : token.start]
            parenthesis = gap.strip().startswith("(")
            if len(gap) > 60 or (self._placed_in(found) and (parenthesis or not _WORTH.search(gap))):
                return []
            if token.kind == "number" and not (_WORTH.search(gap) or len(gap.strip(" \t+-−–*_")) == 0):
                return []
        taken.update(chosen)
        return [found[at].value for at in chosen]

    def _placed_in(self, found: Sequence[Token]) -> bool:
        return any(token.kind == "place" for token in found)

    def _price(self, text: str, found: Sequence[Token], index: int, around: tuple[str, Token | None]) -> None:
        token, (gap, follows) = found[index], around
        if _INEXACT.search(gap) or _SUMS.search(gap):
            return
        places: list[str] = []
        if follows and follows.kind == "place" and re.fullmatch(r"\s*(?:€|euros?|eur)?\s*(?:for|at|to enter|to get into)\s+(?:the\s+)?", text[token.end : follows.start], re.IGNORECASE):
            places = [follows.value]
        else:
            spans = [s for s in self._stretches(text, found) if s[1] <= token.start < s[2]]
            places = spans[0][0] if spans else []
            if token.kind == "number" and not (_MONEY.search(text) and (_PRICED.search(gap) or not gap.strip())):
                return
        if len(places) > 1 and not _EACH.search(text):
            return
        kind = "exclude" if _NOT_THAT.search(gap) else "affirm"
        for place in places:
            self._say(kind, ("price", place), token.value)

    # --- plans -----------------------------------------------------------------------------------------------------------

    def _plan(self, text: str) -> None:
        standing = self.standing
        plan = spelt_out(text, self._tokens) or (amended(text, self._tokens, standing.value) if standing else None)
        if plan:
            self.standing = self._say("propose", ("answer",), plan)
        elif standing and takes_back(text):
            self._say("withdraw", ("answer",), standing.value)
            self.standing = None if standing.seat == self.seat else standing
        elif standing and standing.seat != self.seat and accepts(text, standing.turn == self.number - 1):
            self.standing = self._say("propose", ("answer",), standing.value)
