"""Sentences that are made up of names and particulars alone, in parts: headings, and friends with what stands behind each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tasks.mutual_friend.shortened import KIND, Word, kind_of, meant_by
from tasks.mutual_friend.traits import MEANT, TRAIT_OF, is_friend

_LEXED = re.compile(
    r" ?(?P<word>[^\W\d_]+)(?:'s?(?!\w))?|(?P<colon>\s*(?::|[=→]|(?<=\s)[-–—]+(?=\s))\s*)|(?P<comma>\s*[,·•|]\s*)|(?P<end>\s*;\s*)"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<number>\d+(?=\s+[^\W\d_]))|(?P<joint>[-–/+&.~\s*_]+)|(?P<other>.)",
    re.DOTALL,
)
WORDS = re.compile(r"[^\W\d_]{3,}")
"""What can be a friend or a particular written out: none is shorter."""
_TAIL = re.compile(
    r"(?i)(?:^|\s*(?:[,;:–—]|\s-)\s*)(?=(?:any\w*|which|who\w*|does|do|is|are|what|match\w*|same|yours?|got|have|how|and you|you)\b"
    r"[^;:]*\?\s*$)"
)
_DIGIT = re.compile(r"\d")
_COUNTED = re.compile(r"\s*[(\[]\s*[x×]?\d+\s*[)\]]|\s+[x×]\d+\b")
_ANNOUNCED = re.compile(r"(?i)\s*[(\[][^()\[\]]*\b(?:initials?|letters?|codes?|order|abbrev\w*|short)\b[^()\[\]]*[)\]]")
_ALL_OF = re.compile(r"(?i)^\W*all (?:(?:of|from|at|in|my) )*(?=[^\W\d_]+\s*[:–—-])")
_GLUE = frozenset(
    "at from in with of the a an play plays player players speak speaks speaker speakers speaking work works like likes keep keeps"
    " has have is are people folks folk fan fans owner owners friend friends ones who my too also i ve got know"
    " one two three four five six".split()
)
_OPENING = frozenset(
    "hi hello ok okay right well so my mine here friend friends people list lists names notes sheet are is all twelve full by and or"
    " with for in of the i i've i'm have know group grouped grouping sorted listing go goes remaining others other rest also next more then"
    " further plus first second continued again three letters letter initial initials code codes coded short order format key"
    " abbreviated shortened shorthand beginnings their each every name shared common both overlap matching matches after behind before"
    " two four five six".split()
)
_LEADING = re.compile(r"^([^:–—]*?)\s*(?::|\s-|[–—])\s+")
_SET_OFF = re.compile(r"[:–—-]")
_ALSO = re.compile(
    r"(?i)^\W*(?:and |plus |yes,? |well,? |only |so )*(?:also|the others|others|the rest|rest|further|more|next|then"
    r"|(?:I|we) (?:only |also )*(?:know|have|share|got)|I've(?: got)?|(?:mine|my (?:friends|names|list|people|notes|sheet)) (?:is|are)"
    r")\b[\s,:]*(?=\w)"
)
_NOT_SHORT = frozenset(
    "no do or to we be he hi ye so ha an on in as at it is of by if go me us up am ok ye her can pet ten bar all".split()
)
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


class _Token(NamedTuple):
    sign: str
    """N for a friend, V for a particular, B for one in brackets behind a friend; and the marks : , ;"""
    text: str = ""
    with_last: bool = False


_AND = _Token("and")
_MARKS = {kind: _Token(sign) for kind, sign in zip(("colon", "comma", "end", "open", "close"), ":,;()", strict=True)}


class Unclear(Exception):
    """That a sentence is no list, or one that could be meant in two ways."""


class Vocabulary(NamedTuple):
    """What words can stand for: ``legend`` as was said, else by their beginning or, in ``order``, by initials."""

    attributes: tuple[str, ...]
    legend: Mapping[str, str]
    order: Sequence[str]
    people: Sequence[str] = ()
    """Who talk: nobody's friends."""


def chunk_of(text: str, vocabulary: Vocabulary) -> Chunk | None:
    """The headings and friends in a sentence; None if it says anything else."""
    if not any(map(is_friend, WORDS.findall(text))):
        return None
    body, tail = text.rstrip(), ""
    if body.endswith("?"):
        if not (cut := _TAIL.search(body)) or not cut.start():
            return None
        body, tail = body[: cut.start()], body[cut.end() :]
    body = body.rstrip(".!? ")
    body = _COUNTED.sub("", body) if _DIGIT.search(body) else body
    body = _ANNOUNCED.sub("", body) if "(" in body or "[" in body else body
    body = _ALL_OF.sub("", body)
    lead, afresh = "", False
    if (also := _ALSO.match(body)) and also.end() < len(body):
        lead, afresh, body = also.group(), True, body[also.end() :]
    while (
        _SET_OFF.search(body)
        and (opening := _LEADING.match(body))
        and all(_opens(word) for word in re.findall(r"[^\W\d_][\w']*", opening[1]))
    ):
        lead, afresh, body = lead + opening.group(), True, body[opening.end() :]
    try:
        parts = _parts(_lexed(body, vocabulary))
    except Unclear:
        return None
    return (
        Chunk("" if lead and KIND.search(lead) else lead, parts, tail, afresh) if any(isinstance(part, Friend) for part in parts) else None
    )


def _opens(word: str) -> bool:
    return word.casefold() in _OPENING or bool(kind_of(word))


def _lexed(text: str, vocabulary: Vocabulary) -> list[_Token]:
    tokens: list[_Token] = []
    joint = inside = False
    for match in _LEXED.finditer(text):
        kind = match.lastgroup or ""
        if kind == "word":
            word = match["word"]
            beside = bool(tokens) and tokens[-1].sign in ("N", "B")
            sure = inside or (beside and joint) or text[match.end() : match.end() + 1] in ("/", "-")
            new = [_Token("V", "I")] if sure and word == "I" else _word(word, vocabulary, text, sure)
            if beside and new and (joint or len(new) > 1 or len(new[0].text) == 1):
                new = [_Token("B", token.text) if token.sign == "V" else token for token in new]
            tokens += new
        elif kind == "other":
            raise Unclear
        elif kind in _MARKS:
            inside = kind == "open" or (inside and kind != "close")
            tokens.append(_MARKS[kind])
        elif kind == "joint" and (found := match.group()) != " ":
            joint = found == found.strip() and found != "&"
            tokens += [_AND] if "&" in found and found != found.strip() else []
            continue
        joint = False
    signs = {token.sign for token in tokens}
    tokens = _joined(tokens) if "and" in signs else tokens
    return tokens if signs.isdisjoint("()") else _without_brackets(tokens)


@lru_cache(maxsize=16)
def _is_cased(text: str) -> bool:
    return any(word[0].isupper() and is_friend(word) for word in WORDS.findall(text))


def _word(word: str, vocabulary: Vocabulary, text: str, sure: bool) -> list[_Token]:
    """A friend or a particular; initials that stand together are as many. Where ``text`` has friends written large, no other word is one.

    ``sure`` where it stands in a bracket or hangs on a name, and so is no small word.
    """
    low = word.casefold()
    term = MEANT.get(low, "")
    if word in vocabulary.legend:
        return [_Token("V", vocabulary.legend[word])]
    if term in TRAIT_OF:
        return [_Token("V", term)]
    if term and term not in vocabulary.people and (word[0].isupper() or not _is_cased(text)):
        return [_Token("N", term)]
    if low in ("and", "plus"):
        return [_AND]
    begins = len(word) > 1 and (low not in _NOT_SHORT or (sure and low != "no")) and bool(meant_by(word, vocabulary.attributes))
    if not begins and not word.islower() and len(parts := re.findall(r"[A-Z][a-z]+", word)) > 1 and "".join(parts) == word:
        return [_Token("B", part) for part in parts if meant_by(part, vocabulary.attributes)]
    if not begins and (len(word) == len(vocabulary.order) > 1 or (len(word) in (2, 3) and word.isupper())):
        return [_Token("V", vocabulary.legend.get(letter.upper(), letter.upper())) for letter in word]
    if begins or (len(word) == 1 and word != "I" and low != "a"):
        return [_Token("V", word.upper() if len(word) == 1 else word)]
    if low in _GLUE:
        return []
    raise Unclear


def _joined(tokens: Sequence[_Token]) -> list[_Token]:
    """Two particulars with an "and" between them stand together, and two friends do; else it is a comma."""
    joined: list[_Token] = []
    linked = False
    for place, token in enumerate(tokens):
        if token.sign == "and":
            signs = [one.sign for one in (*tokens[max(place - 1, 0) : place], *tokens[place + 1 : place + 2])]
            linked = signs == ["N", "N"]
            joined += [] if linked or set(signs) == {"V"} or "," in signs else [_Token(",")]
        else:
            joined.append(_Token("N", token.text, True) if linked else token)
            linked = False
    return joined


def _without_brackets(tokens: Sequence[_Token]) -> list[_Token]:
    """Brackets behind a friend tell of that friend, those behind a particular say who has it: "poodles (Ida, Omar)"."""
    plain: list[_Token] = []
    inner: list[_Token] | None = None
    shut = False
    for token in tokens:
        if inner is not None and token.sign not in "()":
            inner.append(token)
        elif token.sign == "(" and inner is None:
            inner = []
        elif token.sign == ")" and inner is not None:
            shut = _unwrapped(plain, inner)
            inner = None
        elif token.sign in "()" or (shut and token.sign not in ",;V"):
            raise Unclear
        else:
            plain.append(token)
            shut = shut and token.sign != "V"
    if inner is not None:
        raise Unclear
    return plain


def _unwrapped(plain: list[_Token], inner: Sequence[_Token]) -> bool:
    """Puts what stands in a bracket behind ``plain``; whether it was a list of its own, after which only another can follow."""
    signs = {token.sign for token in inner}
    before = plain[-1].sign if plain else ";"
    if signs <= {"V", ","} and before in ("N", "B", "V"):
        plain += [_Token("V" if before == "V" else "B", token.text) for token in inner if token.sign == "V"]
        return False
    if "N" not in signs or before not in ("V", ";") or (before == ";" and inner[0].sign != "V"):
        raise Unclear
    plain += [*([_Token(":")] if before == "V" else []), *inner, _Token(";")]
    return True


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

    def take(self, item: Sequence[_Token], mark: str) -> None:
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

    def _names(self, item: Sequence[_Token], signs: str) -> None:
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
        for place in (-2, -1) if friend.with_last else (-1,):
            self.parts[place] = self.parts[place]._replace(words=(*friend.words, Word(("its", len(friend.words)), text)))


def _parts(tokens: Sequence[_Token]) -> tuple[Head | Friend, ...]:
    """Item by item: particulars before names are a heading, those behind one are that friend's."""
    group, item = _Group(), []
    for token in (*tokens, _Token(";")):
        if token.sign not in (":", ",", ";"):
            item.append(token)
            continue
        if item:
            group.take(item, token.sign)
        item = []
        if token.sign == ";":
            group.end()
    return tuple(group.parts)
