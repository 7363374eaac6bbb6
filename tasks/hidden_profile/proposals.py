"""Which turns of `hidden_profile` propose an option, and which take a proposal back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from benchmark.phrases import AnyCase
from benchmark.quoting import READY
from benchmark.vocabulary import Claim, Turn
from tasks.hidden_profile.tallies import agrees, without_tallies
from tasks.hidden_profile.words import OPTION, Lexicon, mentioned

ANSWER = ("answer",)

_PROPOSES = AnyCase(
    r"\b(?:propose|suggest|vot(?:e|ing)|choose|choosing|pick|picking|select|go with|going with|go for|settle on|take|book|hire|buy"
    r"|recommend|favou?r|prefer|commit to|committing to|opt for|lean(?:ing)? to(?:wards?)?|back(?:ing)?|endors(?:e|ing)"
    r"|(?:(?:i|we)(?:'ll| will|'d| would| should| can)?(?: all| both| each)?|let's|both) name|naming|nominat(?:e|ing)"
    r"|(?:all (?:three |four |of us )*|each )name|money (?:is |goes )?on|make it"
    r"|let's (?:do|say|have|use)|agreed? (?:on|with)(?!.*;$)|decided? on|how about|why not"
    r"|agreed,|(?:choice|answer|final|pick|vote|winner|best \w+)(?: is\b| should be\b|:))(?!\w)"
    r"(?! (?:that )?(?:we )?(?:compare|discuss|check|look|talk|share|focus|start|go through))"
)
_FOR_IT = re.compile(r" ?(?:for |on |with )?(?:it|that one|them|him|her)\b", re.IGNORECASE)
_CROWNS = AnyCase(
    r"\b(?:(?:is|must be|looks|remains|comes out) (?:\w+ ){0,3}(?:best|winner|right choice|on top|ahead|strongest)|wins"
    r"|(?:has|gets|have|earns) (?:my|our|the) (?:vote|support|backing|nod|point|edge))(?! (?:on|in|for)\b)"
    r"|\bfor the win\b|\bit is(?= ?\W*$)"
)
_AGAINST = AnyCase(r"\b(?:not|no longer|withdraw|against(?! (?:[0-8]|two|three|four|five|six)\b)|instead of|rather than)\b|n't\b")
_ALSO = AnyCase(r"\b(?:too|also|as well|and|for)\b")
READY_LAST = re.compile(r"\s*\(ready\)\W*$", re.IGNORECASE)
_FOR_US = AnyCase(r"\b(?:for|from) (?:all (?:(?:two|three|four|five) )?of us|us all|everyone|me too)\b")
_AGREED = re.compile(r"\b(?:agreed?|confirm(?:ed)?|deal|settled)\b", re.IGNORECASE)
_MOST = re.compile(
    r"\b(?:has|gets) (?:the )?most\b(?! (?:bad|neg|fail|open))|\b(?:leads|tops the (?:list|count)|comes (?:first|out first)|is in front)\b"
    r"|\bbeats (?:them|the (?:others|rest)|everyone)\b",
    re.IGNORECASE,
)
_SO = re.compile(r"(?:\b(?:so|therefore|thus|hence)|→|=>)\s*$", re.IGNORECASE)
_SETTLES = re.compile(
    r"(?:\b(?:settles|decides|clinches|resolves|seals|completes)\b[^:]{0,20}[:,]|\b(?:clear|settled|decided|done)(?: then| now)?\s*:)\s*$",
    re.IGNORECASE,
)
_SUMS_UP = re.compile(r"\s(?:[0-8]|four|five|six|seven|eight)(?!\w)[^:]*:\s*$")
_ASKS = re.compile(
    r"\W*(?:(?:and|so|but|then)\W+)*(?:is|are|was|were|do|does|did|has|have|can|could|who|whose|what|which|when|where|how|why|any\w*)\b",
    re.IGNORECASE,
)
_INVITES = re.compile(r"\b(?:shall we|should we|can we|how about|why not|why don't we)\b", re.IGNORECASE)


def proposal(text: str, question: bool, words: Lexicon, said: Iterable[Claim], turn: Turn) -> list[Claim]:
    """A proposal the sentence makes, or the speaker's own that it withdraws."""
    found = mentioned(text, words)
    named = [(start, end, meant[1]) for start, end, meant in found if meant[0] == OPTION and text[end : end + 2] != "'s"]
    question = question and not (READY in turn.text and not _ASKS.match(text))  # "Take the Bison? (ready)" proposes it
    if not named or (question and not _INVITES.search(text)):
        return []
    verb = _PROPOSES.search(text)
    after = [option for start, _, option in named if verb and start >= verb.end()]
    if verb and not after and _FOR_IT.match(text, verb.end()) and len({option for *_, option in named}) == 1:
        return [] if _AGAINST.search(text) else [Claim("propose", ANSWER, named[0][2])]
    crown = _CROWNS.search(text) or (_MOST.search(text) if READY in turn.text else None)
    ahead = [option for _, end, option in named if crown and end <= crown.start()]
    option, at = (after[0], verb.end()) if after and verb else (ahead[-1], crown.end()) if ahead and crown else ("", 0)
    if _AGAINST.search(text[:at] if option else text):
        mine = [c for c in said if c.seat == turn.seat and c.kind in ("propose", "withdraw")]
        stands = mine[-1].value if mine and mine[-1].kind == "propose" else None
        return [Claim("withdraw", ANSWER, stands)] if stands in {name for *_, name in named} else []
    if option:
        return [Claim("propose", ANSWER, option)]
    start, end, option = named[-1]
    is_last = not question and not text[end:].strip(" .!")
    if READY in turn.text:
        settles = not question and _SETTLES.search(text[:start]) is not None and not without_tallies(text[end:]).strip(" .!")
        if settles or (is_last and _SO.search(text[:start])):
            return [Claim("propose", ANSWER, option)]
    if is_last and option in {name for *_, name in named[:-1]} and _SUMS_UP.search(text[:start]):  # "Lynx has 4, shelter open: Lynx."
        return [Claim("propose", ANSWER, option)]
    if question or len({name for *_, name in named}) > 1 or (_ALSO.search(text) and READY not in turn.text):
        return []
    text = _FOR_US.sub(" ", text)
    without = without_tallies(text, " ")
    if without != text and not _AGREED.search(text):
        return []
    alone = agrees(without, words)
    return [Claim("propose", ANSWER, named[0][2])] if alone == "settles" or (alone and READY in turn.text) else []
