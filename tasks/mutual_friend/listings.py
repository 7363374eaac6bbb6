"""Sentences that are made up of names and particulars alone: what each word and sign of them stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from tasks.mutual_friend.shortened import kind_of, meant_by
from tasks.mutual_friend.traits import FRIENDS, MEANT, TRAIT_OF, is_friend

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
_PLAIN = re.compile(r"N[N,]*[VB,]*")


class Token(NamedTuple):
    sign: str
    """N for a friend, V for a particular, B for one in brackets behind a friend; and the marks : , ;"""
    text: str = ""
    with_last: bool = False


_AND = Token("and")
_MARKS = {kind: Token(sign) for kind, sign in zip(("colon", "comma", "end", "open", "close"), ":,;()", strict=True)}


class Unclear(Exception):
    """That a sentence is no list, or one that could be meant in two ways."""


class Vocabulary(NamedTuple):
    """What words can stand for: ``legend`` as was said, else by their beginning or, in ``order``, by initials."""

    attributes: tuple[str, ...]
    legend: Mapping[str, str]
    order: Sequence[str]
    people: Sequence[str] = ()
    """Who talk: nobody's friends."""


class Listing(NamedTuple):
    """A sentence of friends and particulars alone, before it is known which belong together."""

    lead: str
    tokens: Sequence[Token]
    tail: str
    afresh: bool
    plain: bool
    """Whether friends stand before all particulars, each of which is written in full: as it stands it says all there is."""


def listing_of(text: str, vocabulary: Vocabulary) -> Listing | None:
    """``text`` as a list; None if it says anything else, or names nobody."""
    meant = {MEANT.get(word.casefold()) for word in WORDS.findall(text)}
    if meant.isdisjoint(FRIENDS):
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
    while opening := _opening(body):
        lead, afresh, body = lead + opening.group(), True, body[opening.end() :]
    try:
        tokens = _lexed(body, vocabulary)
    except Unclear:
        return None
    signs = "".join([token.sign for token in tokens])
    return Listing(lead, tokens, tail, afresh, _PLAIN.fullmatch(signs) is not None and _in_full(tokens, meant)) if "N" in signs else None


def _in_full(tokens: Sequence[Token], written: Set[str | None]) -> bool:
    return all(token.text in TRAIT_OF and token.text in written for token in tokens if token.sign in ("V", "B"))


def _opening(body: str) -> re.Match[str] | None:
    """What says that a list follows, before a colon or a dash."""
    found = _LEADING.match(body) if _SET_OFF.search(body) else None
    words = re.findall(r"[^\W\d_][\w']*", found[1]) if found else []
    return found if all(word.casefold() in _OPENING or kind_of(word) for word in words) else None


def _lexed(text: str, vocabulary: Vocabulary) -> list[Token]:
    tokens: list[Token] = []
    joint = inside = False
    for match in _LEXED.finditer(text):
        kind = match.lastgroup or ""
        if kind == "word":
            word = match["word"]
            beside = bool(tokens) and tokens[-1].sign in ("N", "B")
            sure = inside or (beside and joint) or text[match.end() : match.end() + 1] in ("/", "-")
            new = [Token("V", "I")] if sure and word == "I" else _word(word, vocabulary, text, sure)
            if beside and new and (joint or len(new) > 1 or len(new[0].text) == 1):
                new = [Token("B", token.text) if token.sign == "V" else token for token in new]
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


def _word(word: str, vocabulary: Vocabulary, text: str, sure: bool) -> list[Token]:
    """A friend or a particular; initials that stand together are as many. Where ``text`` has friends written large, no other word is one.

    ``sure`` where it stands in a bracket or hangs on a name, and so is no small word.
    """
    low = word.casefold()
    term = MEANT.get(low, "")
    if word in vocabulary.legend:
        return [Token("V", vocabulary.legend[word])]
    if term in TRAIT_OF:
        return [Token("V", term)]
    if term and term not in vocabulary.people and (word[0].isupper() or not _is_cased(text)):
        return [Token("N", term)]
    if low in ("and", "plus"):
        return [_AND]
    begins = len(word) > 1 and (low not in _NOT_SHORT or (sure and low != "no")) and bool(meant_by(word, vocabulary.attributes))
    if not begins and not word.islower() and len(parts := re.findall(r"[A-Z][a-z]+", word)) > 1 and "".join(parts) == word:
        return [Token("B", part) for part in parts if meant_by(part, vocabulary.attributes)]
    if not begins and (len(word) == len(vocabulary.order) > 1 or (len(word) in (2, 3) and word.isupper())):
        return [Token("V", vocabulary.legend.get(letter.upper(), letter.upper())) for letter in word]
    if begins or (len(word) == 1 and word != "I" and low != "a"):
        return [Token("V", word.upper() if len(word) == 1 else word)]
    if low in _GLUE:
        return []
    raise Unclear


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """Two particulars with an "and" between them stand together, and two friends do; else it is a comma."""
    joined: list[Token] = []
    linked = False
    for place, token in enumerate(tokens):
        if token.sign == "and":
            signs = [one.sign for one in (*tokens[max(place - 1, 0) : place], *tokens[place + 1 : place + 2])]
            linked = signs == ["N", "N"]
            joined += [] if linked or set(signs) == {"V"} or "," in signs else [Token(",")]
        else:
            joined.append(Token("N", token.text, True) if linked else token)
            linked = False
    return joined


def _without_brackets(tokens: Sequence[Token]) -> list[Token]:
    """Brackets behind a friend tell of that friend, those behind a particular say who has it: "poodles (Ida, Omar)"."""
    plain: list[Token] = []
    inner: list[Token] | None = None
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


def _unwrapped(plain: list[Token], inner: Sequence[Token]) -> bool:
    """Puts what stands in a bracket behind ``plain``; whether it was a list of its own, after which only another can follow."""
    signs = {token.sign for token in inner}
    before = plain[-1].sign if plain else ";"
    if signs <= {"V", ","} and before in ("N", "B", "V"):
        plain += [Token("V" if before == "V" else "B", token.text) for token in inner if token.sign == "V"]
        return False
    if "N" not in signs or before not in ("V", ";") or (before == ";" and inner[0].sign != "V"):
        raise Unclear
    plain += [*([Token(":")] if before == "V" else []), *inner, Token(";")]
    return True
