"""What the words of a turn make of the offer that stands: a new one, a change of it, or nothing whole."""

from __future__ import annotations

from benchmark.vocabulary import Answer
from tasks.deal import cues
from tasks.deal.divisions import ALL, THE, Shares, Table, kinds, named, over, with_cared
from tasks.deal.heard import Heard
from tasks.deal.replies import is_refused


class Terms:
    """The offers on the table. ``standing`` is what words of a change are of: the latest, for who refuses that the own one."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.standing: Answer = None
        self.latest: Answer = None
        self.settled: Shares = {}
        """What was shared out since the latest offer, kind by kind, in words that left the rest open."""

    def proposed(self, text: str, heard: Heard) -> Answer:
        """The offer that a turn makes in its own words."""
        if heard.traded:
            return self.table.division(self._before(over(heard.traded, heard.shares)))
        shares = heard.shares
        if heard.amends and self.latest:
            shares = self._before(shares)
        if heard.more and self.latest:
            offered = self._before({})
            shares = self._before(shares | {key: offered[key] + n for key, n in heard.more.items()})
        if not shares or cues.SWAPS.search(text):
            return None
        the_one = ALL if len(named(shares)) > 1 else 1  # "I need the books, you can have the hat" leaves no hat to speak of
        shares = over(heard.kept if self.latest else {}, {key: the_one if n == THE else n for key, n in shares.items()})
        if heard.firm and heard.rest is None and not cues.REQUESTS.search(text) and (whole := self._whole(shares, heard)):
            return whole
        return self._offer(text, shares, heard)

    def _offer(self, text: str, shares: Shares, heard: Heard) -> Answer:
        rest = heard.rest
        one_sided = len(named(shares)) == 1 and not cues.MAKES.search(text)
        anew = one_sided and len(shares) > 1 and self._takes_back(shares, heard)
        changes = rest is None and not anew and self._amends(text, shares, heard)
        like_before = cues.REST_AS_BEFORE.search(text) or (rest is None and cues.AS_BEFORE.search(text))
        if (self.latest and (cues.STAYS.search(text) or changes)) or (like_before and not one_sided):
            shares, rest = self._before(shares), None
        elif one_sided and rest is None and not anew and self._leaves_open(text, shares, heard):
            return None
        if rest and cues.BESIDES.search(text):
            shares = over({(seat, good): ALL for seat, good in heard.cared | heard.valued if seat != rest}, shares)
        shares = shares if rest else with_cared(shares, heard.cared, heard.valued)
        offer = self.table.division(shares, rest)
        if offer is None and heard.firm and not (one_sided and len(shares) == 1 and rest is None and not cues.ONLY.search(text)):
            self.settled = over(self.settled, shares)
        return offer

    def _before(self, shares: Shares) -> Shares:
        """``shares``, and of kinds not spoken of as many as in the offer that stands."""
        return over(self.table.shares(self.standing), shares)

    def _takes_back(self, shares: Shares, heard: Heard) -> bool:
        """Whether something is said to matter to whom the offer that stands gives none of it: what is offered instead is whole."""
        before = self._before(shares)
        return any(before.get((seat, good), 1) == 0 for seat, good in heard.cared | heard.valued)

    def _amends(self, text: str, shares: Shares, heard: Heard) -> bool:
        """Whether the kinds that ``shares`` leave out are to stay as they were."""
        if len(shares) == 1 and self._is_change(text, shares, heard):
            return True
        requests = cues.REQUESTS.search(text)
        return bool(
            (len(kinds(shares)) > 1 and self.table.gives_each(shares))
            or (cues.AMENDS.search(text) and not requests)
            or (self.table.splits(shares) and not is_refused(text))
            or cues.ASKS_CHANGE.search(text)
            or (len(named(shares)) > 1 and self.table.division(shares) is None)
        )

    def _is_change(self, text: str, shares: Shares, heard: Heard) -> bool:
        """Whether one share alone changes the latest offer: more than a wish, other than it was, and not all that is asked."""
        counted = min(shares.values()) > 0 and not cues.TENTATIVE.search(text)
        known = heard.wished & shares.keys() or (self.latest and self.table.agrees(shares, self.latest))
        return (heard.firm or counted) and not known and not (cues.ONLY.search(text) or cues.OR_ELSE.search(text))

    def _leaves_open(self, text: str, shares: Shares, heard: Heard) -> bool:
        """Whether words for one person alone say nothing of the kinds that they do not name."""
        if len(shares) == 1:
            return not (cues.ONLY.search(text) or cues.HOW_ABOUT.search(text)) or self._hedges(text, shares, heard)
        return self._hedges(text, shares, heard)

    def _hedges(self, text: str, shares: Shares, heard: Heard) -> bool:
        unsaid = len(self.table.counts) - len(kinds(shares))
        begins = self.latest is None and not self.settled and len(kinds(shares)) > 1
        said = cues.BESIDES.sub(" ", text) if begins else text  # "the hats, and also the book": there is nothing yet to add to
        hedged = any(word.search(said) for word in (cues.PARTIAL, cues.MOSTLY, cues.CONCEDES))
        return bool(unsaid) and (not heard.firm or hedged or bool(unsaid > 1 and cues.FOR_IT.search(text)))

    def _whole(self, shares: Shares, heard: Heard) -> Answer:
        """What was settled kind by kind, with these ``shares``, if nothing is left open."""
        goods = kinds(self.settled)
        counted = {key: n for key, n in shares.items() if key not in heard.vague or key[1] not in goods}  # "we do need food"
        return self.table.division(over(self.settled, counted)) if self.settled else None
