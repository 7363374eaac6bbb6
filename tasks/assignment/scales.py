"""In what scale organisers of `assignment` quote figures: as they say, as they were answered, or as nothing else can be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from benchmark.phrases import AnyCase

AVERAGE = 50
"""The true score of an average pair: what 100% stands for."""

MOST = 200
"""No pair is better than twice the average: a bare number above that is a reading."""

AVERAGE_WORDS = ("average", "avg", "reference", "baseline", "mean", "par", "durchschnitt", "promedio", "moyenne")
AVERAGE_WORD = f"(?:{'|'.join(AVERAGE_WORDS)})"
_SCALED = r"(?:(?:re)?scaled?|converted|normali[sz]ed|indexed)"
_AVERAGE_IS = (
    rf"(?:\b{_SCALED} (?:so )?(?:to |that )?)?\b(?:(?:the|an?|my|to|with|vs\.?|where|of|relative to) )*{AVERAGE_WORD}(?: pairs?)?"
    r"\s?(?:=|is|at|:|being|scores|as|of)?\s?"
)
_IS_AVERAGE = rf"\s?(?:=|is|as|for|means|being|:)?\s?(?:the |an? |my )?{AVERAGE_WORD}\b(?! \d)"
_ENDS = r"\b(?!\s?%|\.?\d)"
_REWRITTEN = (
    (
        "true",
        AnyCase(
            rf"{_AVERAGE_IS}50{_ENDS}|(?<![\w.])50{_IS_AVERAGE}|\b{_SCALED} to (?:an? )?50{_ENDS}"
            rf"|\b(?:{_SCALED} |on |to |from |of )*(?:an? |the )?(?<![\d.])0 ?(?:-|–|to) ?100{_ENDS}(?:[ -](?:scale|terms|points|range))?"
            rf"|(?<!\d)(?<!\d )(?:\b{_SCALED} (?:to|on|out of)|\bout of|/|\b(?:scores?|ratings?|points|pts|max(?:imum)?) (?:on|of))"
            rf" ?(?:an? (?:possible )?)?100{_ENDS}|\((?:all )?of 100\)",
            needs=("50", "100"),
        ),
    ),
    (
        "percent",
        AnyCase(
            rf"{_AVERAGE_IS}(?:100|1(?:\.0+)?x?){_ENDS}|(?<![\w.])100{_IS_AVERAGE}|\b(?:relative|in relation) to (?:an? )?100{_ENDS}",
            needs=(*AVERAGE_WORDS, "relati"),
        ),
    ),
)
"""How a scale is named by numbers: "out of 100", "0-100", "avg=50", "100 = average"."""
_EXCELS = AnyCase(rf"(?:^|[.;\n])\W*(?:mine |percent |%\s*)?(?:above|over) (?:(?:my|the) )?{AVERAGE_WORD}(?: by)?\s?:", needs=(":",))
_SHARE = re.compile(r"(?<![\w.+−-])(\d{1,3})\s?%")
"""Under the heading "above average:" what somebody excels by."""
_IN_WORDS = {"true": " in true scores ", "percent": " in percent "}
_TRUE = (
    r"\b(?:true|real|actual|converted|normali[sz]ed|rescaled|common)[\s-]+"
    r"(?:scores?|scale|units?|values?|ratings?|points?|pts|numbers|figures|terms|highs?|lows?|tops?|best|ones|picks|strengths)\b"
    r"|(?:\bout of|/|(?<=\d) of) ?100\b|(?<!\bis )(?<!['’]s )(?<!\bbe )(?<!\bso )\btrue(?=\s*[:()])|\(true\)"
    r"|\b\d{1,3} true\b(?! (?:to|for|of)\b)"
    r"|\b(?:in|as|to|on|mine|all|pairs|highs?|tops?|best),? true\b"
)
_PERCENT = r"\b(?<!\d )(?<!\bnot )(?<!\bno )(?:percent(?:ages?)?|per ?cent|pct|prozent)\b|%(?<!\d%)(?<!\d %)(?<!\bnot %)(?<!\bno %)"
"""A word for percent that is not the unit of a number: "Percent: Ana cook 164", "all in % of my average"."""
_THRESHOLD = AnyCase(
    r"\b(?:above|over|below|under|beyond|at least|at most|more than|less than)\s+\d+\s?(?:%|percent\b)"
    r"|\b\d+\s?(?:%|percent) (?:or|and) (?:more|less|above|below|over|under|up|higher|better)\b"
)
"""A bound in percent, beside which bare numbers count likewise: "Anything above 140%? Ana cook 164"."""
_SCALES = (
    ("true", AnyCase(_TRUE, needs=("true", "real", "actual", "converted", "normali", "scaled", "common", "100"))),
    ("percent", AnyCase(_PERCENT)),
)
_COMMON = AnyCase(rf"\b(?:scores?|points|pts|{_SCALED})\b")
"""What nobody calls the numbers of a sheet: they are true scores or percentages, and how high they go says which."""
_HIGHS = AnyCase(r"\b(?:highs?|highest|tops?|best|strong\w*|stars?|peaks?|favou?rites?)\b")
"""What a sheet's own readings could not be so low for."""
_LOWS = AnyCase(r"\b(?:low\w*|weak\w*|worst|poor\w*|bad|avoid)\b")
_LEAST = {"true": 75, "percent": 150}
"""The least that the highest of some highs is."""
_LEAST_OF_SEVERAL = 86
"""What some pair at least scores of several that are picked to be told first."""
_SEVERAL = 3


def in_words(text: str) -> str:
    """``text`` with words for the scales that it names by numbers, which rate nobody, and a plus where all tell how far they excel."""
    if _EXCELS.search(text) and all(int(number) <= 100 for number in _SHARE.findall(text)):
        text = _SHARE.sub(r"+\1%", text)
    for scale, pattern in _REWRITTEN:
        text = pattern.sub(_IN_WORDS[scale], text)
    return text


@lru_cache(maxsize=1024)
def scale_named(text: str) -> str:
    """How bare numbers count by the words of ``text``; "" if it does not say."""
    return next((kind for kind, pattern in _SCALES if pattern.search(text)), "")


def scale_meant(text: str, bare: Sequence[float]) -> str:
    """How the ``bare`` numbers of a turn count that names no scale, if they can count in one way only; "" otherwise."""
    highest = max(bare, default=0)
    if not highest or highest > MOST:
        return ""
    if _THRESHOLD.search(text):
        return "percent"
    is_common, is_high, scale = _COMMON.search(text), _HIGHS.search(text), "true" if highest <= 2 * AVERAGE else "percent"
    if is_common and scale == "true":
        return scale
    is_picked = len(bare) >= _SEVERAL and not _LOWS.search(text) and highest >= _LEAST_OF_SEVERAL
    return scale if (is_common or is_high or is_picked) and highest >= _LEAST[scale] else ""


def fits(scale: str, bare: Sequence[float]) -> bool:
    """Whether ``bare`` numbers can be meant in ``scale``."""
    return not bare or max(bare) <= (2 * AVERAGE if scale == "true" else MOST)
