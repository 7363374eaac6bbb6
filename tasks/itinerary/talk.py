"""The words of `itinerary`: what is said of wishes, places and plans, read from talk and written as talk.

Only who has a day to spend tells wishes and the budget; what the other says of them is hearsay. "I'd love" has no exact meaning and
tells nothing; "5 points" does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmark.reading import sentences, yes_or_no
from benchmark.vocabulary import Claim, Json, Seat, Turn, View
from tasks.itinerary.clauses import clauses
from tasks.itinerary.figures import BUDGET, MONEY, Known, figures, free_of_charge, stretches
from tasks.itinerary.offers import Offer, offers
from tasks.itinerary.plans import accepts, all_open_then, amended, spelt_out, takes_back
from tasks.itinerary.shares import along, may_be_along, open_alone, presupposed
from tasks.itinerary.tokens import NUMBERS, Token, first_hours, has_letters, hours, hours_alike, speaks_of_hours, tokens
from tasks.itinerary.wholes import wholes
from tasks.itinerary.worlds import PARTS, SEATS

Slot = tuple[str, ...]

_OF_OTHERS = re.compile(
    r"\b(?:your (?:notes|list|leaflet|sheet)|yours|you (?:said|say|told|mentioned|wrote|have|know|heard))\b", re.IGNORECASE
)
_OF_SELF = re.compile(r"\b(?:i|my|me|we|our|budget|points?|pts?|total)\b", re.IGNORECASE)
_IT = re.compile(
    r"\W*(?:(?:and|but|also|so)\s+)?(?:it|it['’]s|there|they|also|plus|open|shut|closed|entry|entrance|costs?|free|no|has)\b", re.IGNORECASE
)
_OF_THERE = re.compile(r"\b(?:i (?:read|know|heard|see|have|found|note[ds]?)\b[^.,;]*)\bthere\b(?! (?:is|are)\b)", re.IGNORECASE)
_OPENS_THEN = re.compile(r"\b(?:(?:is|are) (?:only )?(?:open|shut|closed)|(?:only )?(?:opens|closes|shuts))\b[^()]*$", re.IGNORECASE)
_WITHOUT = re.compile(r"\b([a-z]{3,})(?:less|-?free)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()\n]{0,200}\)")
_IT_IS = re.compile(
    r"\W*(?:it|they|there) (?:is|are|does|do|has)(?P<not>n['’]t| not)?(?: indeed| too)?\s*(?:[,.;!–—-]|$|\(|and\b)", re.IGNORECASE
)
_ASKS_OF_IT = re.compile(r"\b(?:it|its|it['’]s|there)\b", re.IGNORECASE)
_BESIDE_NAMES = re.compile(r"(?:\W|\b(?:yes|only|just|at|in|the|and|two|both)\b)*", re.IGNORECASE)
_ASKS_WORTH = re.compile(
    r"\b(?:worth|points?|much|like|care|matters?|want|mind|important|prefer|feel|need|wish\w*|enjoy|hate|dislike)\b", re.IGNORECASE
)


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
    names_day: bool = False
    """Whether the turn names all parts of the day, as a plan does."""
    is_first: bool = False
    """Whether whose day it is speaks and has been told nothing yet."""
    places: tuple[str, ...] = field(init=False)
    pleasures: tuple[str, ...] = field(init=False)
    nuisances: tuple[str, ...] = field(init=False)
    topics: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.places = self.view.public("places")
        self.pleasures, self.nuisances = self.view.public("pleasures"), self.view.public("nuisances")
        self.topics = (*self.pleasures, *self.nuisances)

    def read(self, number: int, turn: Turn) -> None:
        self.number, self.seat = number, turn.seat
        text = turn.text
        if ";" in text:
            text = _IN_BRACKETS.sub(lambda match: match.group().replace(";", ","), text)
        self._turn(_WITHOUT.sub(self._without, text) if has_letters(text, "less", "free") else text)

    def _without(self, match: re.Match[str]) -> str:
        """ "dogless" is without dogs, "partyless" without parties."""
        stems = (match[1], f"{match[1][:-1]}ies")
        return next((f"no {stem}" for stem in stems if self._tokens(stem)), match[0])

    def _turn(self, text: str) -> None:
        asked, self.asked = [claim for claim in self.asked if claim.seat != self.seat], []
        short = _IT_IS.match(text)
        self._answer(asked, not short["not"] if short else yes_or_no(text))
        self.subject = list(dict.fromkeys(claim.slot[1] for claim in asked if claim.slot[0] in ("has", "price", "open", "place")))
        about = asked
        parts = tuple(clause for part in sentences(text) for clause in clauses(part))
        low = text.lower()
        self.names_day = all(part in low for part in PARTS)
        self.is_first = self.seat == SEATS[0] and all(claim.seat == self.seat or claim.kind == "ask" for claim in self.claims)
        for place, part in enumerate(parts):
            found = self._tokens(part.text)
            if part.question:
                self._question(part.text, found)
                places = {token.value for token in found if token.kind == "place"}
                self.subject = list(places) if len(places) == 1 else self.subject  # "Citadel? No garden."
                continue
            if part.hearsay or (has_letters(part.text, "you") and _OF_OTHERS.search(part.text)):
                continue
            before = len(self.claims)
            goes_on = not place or _IT.match(part.text) is not None or parts[place - 1].text.endswith(";")
            goes_on = goes_on or (has_letters(part.text, "there") and _OF_THERE.search(part.text) is not None)
            if not goes_on and _OF_SELF.search(part.text):
                self.subject = []
            if place < 2:
                self._listing(part.text, found, about)
            self._statement(part.text, found, about if place < 2 else [], goes_on, part.takes_back)
            if part.takes_back:
                self._struck(self.claims[before:])
        self._plan(text, bool(asked))

    def _tokens(self, text: str) -> tuple[Token, ...]:
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
        self._offered(presupposed(text, found))
        places = list(dict.fromkeys(token.value for token in found if token.kind == "place"))
        topics = list(dict.fromkeys(token.value for token in found if token.kind == "topic"))
        parts = list(dict.fromkeys(token.value for token in found if token.kind == "part"))
        slots: list[Slot] = []
        if not places and _ASKS_OF_IT.search(text):
            places = list(self.subject)
        if len(places) == len(PARTS):
            return
        if places and topics:
            slots = [("has", place, topic) for place in places for topic in topics]
        elif places and speaks_of_hours(text):
            slots = [("open", place, part) for place in places for part in parts or PARTS]
        elif places and (MONEY.search(text) or re.search(r"\bhow much\b", text, re.IGNORECASE)):
            slots = [("price", place) for place in places]
        elif places and not parts:
            slots = [("place", place) for place in places]
        elif topics and _ASKS_WORTH.search(text):
            slots = [("wish", topic) for topic in topics]
        elif topics:
            slots = [("topic", topic) for topic in topics]
        elif BUDGET.search(text):
            slots = [("budget",)]
        self.asked += [self._say("ask", slot) for slot in slots]

    def _answer(self, asked: Sequence[Claim], yes: bool | None) -> None:
        """Yes or no to the only question that can be answered so."""
        if yes is not None and len(asked) == 1 and (asked[0].slot[0] == "has" or len(asked[0].slot) == 3):
            self._say("affirm", asked[0].slot, "yes" if yes else "no")

    def _listing(self, text: str, found: Sequence[Token], asked: Sequence[Claim]) -> None:
        """Places alone answer where something is: after "Where is a garden?", "Pier and Lido" tells of both."""
        topics = {claim.slot[1] for claim in asked if claim.slot[0] == "topic"}
        if len(topics) != 1:
            return
        places = dict.fromkeys(token.value for token in found)
        if len({claim.slot for claim in asked}) == 1 and len(places) != len(PARTS) and _is_names(text, found):
            for place in places:
                self._say("affirm", ("has", place, *topics), "yes")

    # --- statements -----------------------------------------------------------------------------------------------------

    def _statement(self, text: str, found: Sequence[Token], about: Sequence[Claim], goes_on: bool, takes_back: bool) -> None:
        kinds = {token.kind for token in found}
        at_once = wholes(text, found, self.pleasures, self.nuisances) if "place" in kinds and not takes_back else ()
        self._offered((*offers(text, found, self.subject if goes_on else []), *at_once))
        if not kinds.isdisjoint(NUMBERS):
            self._figures(text, found, about, takes_back)
        if "place" in kinds or self.subject:
            self._hours(self._open_alone(text, found) if "part" in kinds else text, found)
        if (
            "part" in kinds
            and {token.value for token in found if token.kind == "part"} == {*PARTS}
            and len({t.value for t in found if t.kind == "place"}) > 2
        ):
            self.subject = []  # what follows a whole day is of no stop alone

    def _figures(self, text: str, found: Sequence[Token], about: Sequence[Claim], takes_back: bool) -> None:
        """Prices, wishes and the budget."""
        priced = set() if takes_back else {c.slot for c in self.claims if c.turn == self.number and c.slot[0] == "price"}
        worth = {claim.slot[1]: claim.value for claim in self.claims if claim.kind == "affirm" and claim.slot[0] == "wish"}
        known = Known({claim.slot for claim in about}, worth, self.is_first)
        for slot, number, is_denied in figures(text, found, self.subject, known):
            if slot[0] == "price" or self.seat == SEATS[0]:
                if slot in priced and not is_denied:
                    continue  # the first price of a turn is the place's, and a later one that of all stops together
                signed = -number if slot[-1] in self.nuisances else number
                self._say("exclude" if is_denied else "affirm", slot, signed)
                priced |= {slot} if slot[0] == "price" else set()

    def _offered(self, said: Iterable[Offer]) -> None:
        for place, topic, value in said:
            self._say("affirm", ("has", place, topic), value)

    def _open_alone(self, text: str, found: Sequence[Token]) -> str:
        """``text`` with blanks for what it says of all places at once, that one alone is open then."""
        if not (alone := open_alone(text, found)):
            return text
        for place in self.places:
            self._say("affirm", ("open", place, alone[1]), "yes" if place in alone[0] else "no")
        return text[: alone[2]] + " " * (alone[3] - alone[2]) + text[alone[3] :]

    def _hours(self, text: str, found: Sequence[Token]) -> None:
        """When places are open, and which are free; the last of them is what goes on without a name."""
        few_parts, before = len({token.value for token in found if token.kind == "part"}) < len(PARTS), dict[str, str]()
        for places, start, end in stretches(text, found, self.subject):
            piece = text[start:end]
            inside = [Token(t.start - start, t.end - start, t.kind, t.value) for t in found if start <= t.start < end]
            alike = hours_alike(piece, inside, before) if before else {}
            said = alike or hours(piece, inside) if len(places) == 1 or speaks_of_hours(piece) else {}
            if self.is_first and not said and len(places) == 1 and not self.names_day:
                said = first_hours(piece, inside)
            before = said if said and few_parts and _OPENS_THEN.search(text, start, end) else {}
            is_free = free_of_charge(piece)
            for place in places:
                if is_free:
                    self._say("affirm", ("price", place), 0)
                for part, value in said.items():
                    self._say("affirm", ("open", place, part), value)
            self.subject = places

    # --- plans -----------------------------------------------------------------------------------------------------------

    def _plan(self, text: str, answers: bool) -> None:
        standing = self.standing
        plan = spelt_out(text, self._tokens, standing.value if standing else None, answers)
        plan = plan or (amended(text, self._tokens, standing.value) if standing else None)
        if plan:
            self._propose(plan, text)
        elif standing and takes_back(text):
            self._say("withdraw", ("answer",), standing.value)
            self.standing = None if standing.seat == self.seat else standing
        elif standing and standing.seat != self.seat and accepts(text, standing.turn == self.number - 1):
            self._propose(standing.value, text)

    def _propose(self, plan: Sequence[str], text: str) -> None:
        self.standing = self._say("propose", ("answer",), plan)
        for said in sentences(text):
            if not (said.question or said.hearsay) and may_be_along(said.text):
                self._offered(along(said.text, self._tokens(said.text), plan))
        if all_open_then(text):
            for place, part in zip(plan, PARTS, strict=True):
                self._say("affirm", ("open", place, part), "yes")


def _is_names(text: str, found: Sequence[Token]) -> bool:
    """Whether ``text`` is names of places and nothing else that matters."""
    if not found or any(token.kind != "place" for token in found):
        return False
    ends = [0, *(token.end for token in found)]
    starts = [*(token.start for token in found), len(text)]
    return all(_BESIDE_NAMES.fullmatch(text, end, start) for end, start in zip(ends, starts, strict=True))
