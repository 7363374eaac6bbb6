"""Content n-grams: by what it is judged that a paraphrase uses no phrase of the reader's.

A text is taken word by word, in lower case. Function words (``FUNCTION``) are left out; what fills a gap (a name, a value, a number)
is a mark. A content n-gram is a run of two or more of what is left, at least one of them a word: "works at {v}" holds ("works", MARK),
"{name}: {v}" holds none, because names must be named. Every longer run holds a run of two, or a word between marks that does, so runs of
two are all that need comparing. A sign other than an apostrophe or a hyphen inside a word ends a run in code (it parts alternatives of a
pattern), and does nothing in speech.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

MARK = "□"
FUNCTION = frozenset(
    """a an the this that these those there here it its he him his she her they them their i me my mine you your yours we us our ours one
    ones who whom whose which what where when why how and or but nor so then than if as at by for from in into of off on onto out over past
    to too up with within without is are was were be been being am do does did done have has had having can could may might must shall
    should will would not no yes all any both each either every neither none other another some
    such only just also very more most i'm i've i'd
    i'll you're you've it's that's there's he's she's we're we've we'd let's isn't aren't don't doesn't didn't can't won't wasn't weren't
    s t d ll ve re m n""".split()
)
_WORD = re.compile(rf"{MARK}|[^\W\d_]+(?:['’-][^\W\d_]+)*")


def runs(words: Iterable[str]) -> set[tuple[str, str]]:
    """The content n-grams of two among ``words``."""
    kept = [word for word in words if word not in FUNCTION]
    return {(one, two) for one, two in pairwise(kept) if {one, two} != {MARK}}


def of_speech(text: str) -> set[tuple[str, str]]:
    """Those of a sentence in which gaps are marked."""
    return runs(word.lower() for word in _WORD.findall(text))


def of_form(form: str) -> set[tuple[str, str]]:
    """Those of a form with gaps in braces."""
    return of_speech(re.sub(r"\{\w+\}", f" {MARK} ", form))


def of_code(path: Path) -> set[tuple[str, str]]:
    """Those of every text in a module, docstrings apart: patterns are parted at whatever is no word, space or optional ending."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docstrings]
    found: set[tuple[str, str]] = set()
    for text in texts:
        plain = re.sub(r"\\[bBsSwWdD][+*?]?|\(\?[:=!<a-zA-Z]+|[?+*]", " ", text)
        for piece in re.split(r"[|()\[\].,:;!^$\n/\\]+", re.sub(r"\{\w*\}", f" {MARK} ", plain)):
            found |= runs(word.lower() for word in _WORD.findall(piece))
    return found


def masked(text: str, values: Iterable[str]) -> str:
    """``text`` with marks for ``values`` and for all numbers."""
    words = sorted({re.escape(value) for value in values if value}, key=len, reverse=True)
    marked = re.sub(rf"(?i)(?<!\w)(?:{'|'.join(words)})(?!\w)", MARK, text) if words else text
    return re.sub(r"\d[\d:.]*%?", MARK, marked)
