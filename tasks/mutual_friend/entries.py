"""Lists of friends in parts: headings, and friends with what stands behind each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tasks.mutual_friend.listings import Listing, Token, Unclear
from tasks.mutual_friend.shortened import KIND, Word

_LEADING_ITEM = re.compile(r"V*N+(?:V+N+)*")
_FOLLOWED_ITEM = re.compile(r"N+(?:V+N)*V*")


class Head(NamedTuple):
    """Particulars that all who follow have; ``colon`` where a mark sets them off."""

    words: tuple[Word, ...]
    colon: bool


class Friend(NamedTuple):
    name: str
    words: tuple[Word, ...] = ()
    with_last: bool = False
    """Whether the one before shares what stands behind: "Ida & Omar (poodle)"."""


class Chunk(NamedTuple):
    """A sentence in parts: ``lead`` are words that open it, ``tail`` a question that it ends with."""

    lead: str
    parts: tuple[Head | Friend, ...]
    tail: str
    afresh: bool


def chunk_of(listing: Listing) -> Chunk | None:
    """The headings and friends of a list; None if it could be meant in two ways."""
    lead, tokens, tail, afresh, _ = listing
    try:
        return Chunk("" if lead and KIND.search(lead) else lead, _parts(tokens), tail, afresh)
    except Unclear:
        return None


class _Group:
    """Items between semicolons, one after the other."""

    def __init__(self) -> None:
        self.parts: list[Head | Friend] = []
        self.begin()

    def begin(self) -> None:
        self.waiting: list[str] = []
        """Particulars that are yet to head someone."""
        self.mode = ""
        """Whether particulars stand before names ("lead") or "behind" them, or only "names" were there so far."""
        self.bare = self.loose = False
        """Whether the last item was names alone; and whether particulars stand behind one in items of their own."""

    def end(self) -> None:
        if self.waiting or (self.loose and self.bare):
            raise Unclear
        self.begin()

    def take(self, item: Sequence[Token], mark: str) -> None:
        signs = "".join(token.sign for token in item if token.sign != "B")
        if not signs.strip("V"):
            self._particulars([token.text for token in item], mark)
        elif mark == ":" and (signs != "N" or len(item) > 1 or self.waiting):
            raise Unclear
        else:
            self._names(item, signs)
            self.mode = "behind" if mark == ":" else self.mode

    def _particulars(self, texts: Sequence[str], mark: str) -> None:
        if mark == ":":
            self.head([*self.waiting, *texts], True)
            self.begin()
        elif texts and self.mode in ("names", "behind"):
            self.loose, self.bare, self.mode = True, False, "behind"
            for text in texts:
                self.behind(text)
        else:
            self.waiting += texts

    def _names(self, item: Sequence[Token], signs: str) -> None:
        leads = signs[0] == "V" or bool(self.waiting)
        if not (_LEADING_ITEM if leads else _FOLLOWED_ITEM).fullmatch(signs) or (leads and self.mode == "behind"):
            raise Unclear
        run, self.waiting = self.waiting, []
        for token in item:
            if token.sign == "V" and leads:
                run.append(token.text)
            elif token.sign == "N":
                if run:
                    self.head(run, False)
                    run = []
                last = self.parts[-1] if self.parts else None
                pair = token.with_last and not self.bare and isinstance(last, Friend) and not last.words
                self.parts.append(Friend(token.text, (), pair))
            else:
                self.behind(token.text)
        self.bare = {token.sign for token in item} == {"N"}
        self.mode = "lead" if leads else "behind" if "V" in signs else self.mode or "names"

    def head(self, texts: Sequence[str], colon: bool) -> None:
        if not texts:
            raise Unclear
        self.parts.append(Head(tuple(Word(("colon" if colon else "lead", place), text) for place, text in enumerate(texts)), colon))

    def behind(self, text: str) -> None:
        friend = self.parts[-1] if self.parts else None
        if not isinstance(friend, Friend):
            raise Unclear
        words = (*friend.words, Word(("its", len(friend.words)), text))
        for place in (-2, -1) if friend.with_last else (-1,):
            self.parts[place] = self.parts[place]._replace(words=words)


def _parts(tokens: Sequence[Token]) -> tuple[Head | Friend, ...]:
    """Item by item: particulars before names are a heading, those behind one are that friend's."""
    group, item = _Group(), []
    for token in (*tokens, Token(";")):
        if token.sign not in (":", ",", ";"):
            item.append(token)
            continue
        if item:
            group.take(item, token.sign)
        item = []
        if token.sign == ";":
            group.end()
    return tuple(group.parts)
