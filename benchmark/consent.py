"""Whether a turn agrees to what was said last: its words are those of consent, and no others."""

from __future__ import annotations

import re
from functools import lru_cache

from benchmark.phrases import AnyCase
from benchmark.reading import sentences

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOTHING_AGAINST = AnyCase(
    r"\b(?:no (?:objections?|complaints?|problems?|doubts?|arguments?|changes?(?: from me)?)|"
    r"unless (?:any|some)(?:one|body) (?:objects|disagrees)|nothing (?:to add|against (?:it|that))"
    r"|(?:can't|cannot|couldn't) (?:argue|complain|agree more|say no)(?: (?:with|about|to) (?:that|it|this))?"
    r"|(?:couldn't|could not) be (?:better|happier|fairer)|i (?:like|love|second|support) (?:it|that|this)|by all means|me (?:too|as well)"
    r"|so (?:do|am|would) i)\b"
)
_SETTLES = frozenset(
    """absolutely accept accepted agree agreed agrees aye certainly concur confirm confirmed correct d'accord deal definitely hecho
    ditto done einverstanden exactly indeed ja likewise oui precisely seconded settled sold suits sí trato vale yeah yep yes yup""".split()
)
"""Each agrees by itself."""
_PLEASES = frozenset(
    """alright awesome bien bon brilliant convinced cool excellent fair fantastic fine genial glad gladly good great happily happy ideal
    kk lovely naturally nice ok okay parfait perfect perfecto perfectly pleased pleasure reasonable right same satisfied splendid
    super superb sure terrific true wonderful works""".split()
)
"""Each agrees where the whole turn says nothing else; also one may be pleased and go on to something else."""
_BESIDES = frozenset(
    """a about again ahead all also am an and answer are arrangement as at be believe both but by can choice clearly conclusion could
    count course did division do does everyone final finally find for from go going has have he hence here i i'd i'll i'm i've in is it
    it'll it's its let let's like lock locked looks make makes me mind mine much my myself now obviously of offer on one only our
    outcome part plan price proposal proposed quite read reading result said say see seems sense shall she should side so solution
    sounds split stated stick suggested suggestion sum summary summed tell thank thanks that that's the then there therefore they
    think this those to too totally up very was we we'll we're we've well will with would you you're your yours""".split()
)


@lru_cache(maxsize=4096)
def consent(text: str, besides: frozenset[str] = frozenset()) -> str:
    """What a sentence does of which every word is one of consent, a small word or in ``besides``; "" if some word is another.

    It "settles" the matter, "pleases", or just "names" what was to be named.
    """
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(_NOTHING_AGAINST.sub("agreed", text))]
    if not all(word in _SETTLES or word in _PLEASES or word in _BESIDES or word in besides for word in words):
        return ""
    if not _SETTLES.isdisjoint(words):
        return "settles"
    return "pleases" if not _PLEASES.isdisjoint(words) else "names" if not besides.isdisjoint(words) else ""


def consents(text: str, besides: frozenset[str] = frozenset()) -> bool:
    """Whether some sentence of ``text`` settles the matter, or all of them are pleased with it. ``besides`` are words in lower case."""
    found = [consent(sentence.text, besides) for sentence in sentences(text) if not sentence.question and _WORD.search(sentence.text)]
    return "settles" in found or (bool(found) and all(found) and "?" not in text)
