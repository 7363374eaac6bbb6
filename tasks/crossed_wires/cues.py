"""Words without which the turns of phrase of `crossed_wires` are not to be found: most are not even looked for.

Each set holds, for every way to put what ``phrases`` has under that head, a word that stands whole in it.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


YOU = _words("your yours you ur")
OWN = _words("my mine i me our ours we both ich mein")
SIDES = _words("my mine your yours")
"""What a comparison may name without being about it."""

SUPPOSING = _words(
    "if suppose supposing assuming assume maybe perhaps probably possibly might be guess wonder doubt unless case whether sure unsure idea"
    " hope don do according you that confirm said mentioned mention"
)
DENYING = _words("not no never neither nor without cannot rather instead isn isnt aren doesn doesnt don wasn ain can hasn")
CONCLUDING = _words(
    "therefore hence thus means meaning gives giving win wins beat beats override overrides stand stands hold holds prevail prevails count"
    " counts applies supersede supersedes together latest newest recent true actual current overall vs versus final answer need needs be go"
    " going take taking use using pick choose trust follow making makes point points lead leads get have"
)
SAME = _words("same identical alike too ditto match matches matching agree agrees fit fits line lines check checks that it he she")
VERIFYING = _words("verify check double confirm make ensure establish compare clarify find sure see")
HANGING = _words("your yours wins stands holds prevails beats")
"""What is hung on a report that was just told."""

AGE = _words("later latest newer newest fresher freshest recent older oldest earlier earliest stale staler outdated")
COMPARING = AGE | _words(
    "beat beats trump trumps override overrides outrank outranks supersede supersedes replace replaces win wins tops outdate outdates"
    " overtake overtakes before ahead prior after past"
)
"""What compares two reports in a clause."""
WINNING = AGE | _words("stand stands hold holds prevail prevails win wins count counts true right correct current valid in up")
ATTRIBUTING = AGE | _words("after before goes decided settled counts follows")
NAMING = _words("by per according")
"""What names a note behind what it says, but for brackets."""
