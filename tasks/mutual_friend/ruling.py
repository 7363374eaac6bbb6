"""Whom of the other's friends a turn rules out: all but some, all of one town, whoever is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tasks.mutual_friend import phrases
from tasks.mutual_friend.groups import known
from tasks.mutual_friend.memory import Memory
from tasks.mutual_friend.verdicts import none_alike, the_rest, verdict


class Ruling(Memory):
    """What is said of friends without naming each."""

    def those(self, text: str) -> Sequence[str]:
        """Of whom ``text`` says that none fits: those of the other's last list; "neither" is of two."""
        offered = self.heard.last
        if "neither" not in text.lower() or len(offered) == 2:
            return offered
        return self.here if len(self.here) == 2 else []

    def strike(self, names: Sequence[str]) -> None:
        """Says of friends that they are not the one, as whom the other has told of them."""
        for name in names:
            if like := self.likeness(name):
                self.say("exclude", ("friend", name), like)

    def bar(self, names: Iterable[str], known: Sequence[str]) -> None:
        for name in names:
            if name not in known:  # whom one does not have need not be unlike anyone
                self.drop([c for c in self.claims if (c.kind, c.slot, c.seat, c.turn) == ("exclude", ("friend", name), *self.stamp)])
                self.say("exclude", ("friend", name))

    def judge(self, text: str) -> str:
        """Strikes those of whom ``text`` says, all at once, that they do not fit; what else it says."""
        offered = self.heard.names
        trait, text = none_alike(text)
        self.strike([name for name in offered if trait and trait in dict(self.likeness(name))])
        found = verdict(text, offered, self.here)
        if not found or (self.ready and found.settles) or (len(offered) >= self.size and not found.fitting):
            return text
        self.strike([name for name in (offered if found.of_all else self.those(text)) if name not in found.fitting])
        return found.rest

    def none_of_the(self, text: str, values: list[str]) -> bool:
        """Whether a part rules out those of the other that it means, all or those with ``values``: "none of the Turin ones match"."""
        if not values and phrases.NO_MATCH.match(text):
            self.strike(self.those(text))
            return True
        if not values or not phrases.THE_ONES.search(text):
            return False
        offered = self.heard.names
        meant = [name for name in offered if {value for _, value in self.likeness(name)} & {*values}]
        if phrases.alike(text) or phrases.FITTING.search(text):
            self.strike(meant)
        else:
            self.bar(meant, known(self.claims, self.stamp[0]))
        return bool(meant)

    def pass_over(self, kind: str, text: str, names: list[str]) -> None:
        """Friends of the other that the speaker denies to know without naming them, or by naming all others."""
        offered = dict.fromkeys([*self.heard.last, *self.inquired])
        if names and not self.wanted and phrases.ONLY.search(text) and not phrases.alike(text) and set(names) <= offered.keys():
            if phrases.WITH_MATCHING.search(text):
                self.strike([name for name in offered if name not in names])
            else:
                self.bar(offered, names)
        elif kind == "exclude" and not names and not phrases.alike(text):
            mine = [*known(self.claims, self.stamp[0]), *self.here]
            if self.here and not self.wanted and phrases.OF_HERE.match(text):
                self.strike(self.here)
            elif phrases.REST.search(text):
                self.bar(the_rest(text, self.heard.names, self.inquired or self.heard.last, self.spoken), mine)
            elif (
                not self.wanted
                and phrases.KNOWS.search(text)
                and phrases.NONE_OF.search(text)
                and (len(offered) == 2 or "either" not in text)
            ):
                self.bar(offered, mine)

    def last_word(self, opening: str) -> bool:
        """Whether "none", to no question, is a last word; "neither" is of the two that were just spoken of."""
        if opening.lower().lstrip().startswith("neither") and len(self.here) == 2:
            self.strike(self.here)
        return self.ready and opening.strip(" ,.:;!–—").lower() == "none"
