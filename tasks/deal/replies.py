"""Whether a turn that offers nothing new takes the offer before it, or refuses it."""

from __future__ import annotations

import re

from benchmark.consent import consent, consents
from benchmark.reading import sentences

_OPENERS = (
    r"^\W*(?:(?:oka?y?|yes|yeah|yep|sure|alright|all right|great|perfect|excellent|cool|fine|good|hmm|well|awesome|wonderful"
    r"|absolutely|lovely|definitely|certainly|thanks|thank you|merci|then|and|so|it's|it is|a|that"
    r"|never mind|understood|in that case|fair enough)\W+)*"
)
_STRONG = (
    r"deal|agreed?|confirmed|settled|done|accept(?:ed)?|suits me|count me in|i'm in|with pleasure|happy to|lock(?:ing)? (?:it|that) in"
    r"|i(?:'ll| will| can| could| would|'d)? ?(?:gladly |happily |also )?(?:agree|accept|live with|go (?:along )?with)"
    r"|i(?:'m| am) (?:very |quite |perfectly )?(?:happy|fine|good|okay|ok|on board|satisfied) with (?:that|this|it|your)"
    r"|sounds (?:like )?(?:an? )?(?:\w+ )??(?:good|great|fair|fine|perfect|deal|plan)"
    r"|works (?:perfectly |well |fine |great )?for me|that works|fine (?:with|by) me"
    r"|(?:that|it|this)(?:'s| is| sounds| looks| seems) (?:\w+ ){0,2}?(?:fine|good|fair|a deal|great|perfect"
    r"|ok|okay|settled|better|best|ideal"
    r"|optimal|excellent|acceptable)"
    r"|you(?: have|'ve got|'ve| got) (?:got )?(?:yourself )?a deal|let's do (?:it|that|this)|let's go with (?:it|that|this|your)"
    r"|i can do that|i'll take it|(?:then )?we(?: have|'ve got|'ve) an? (?:deal|agreement)|can't argue with (?:that|this)|perfect"
)
_TAKES = re.compile(
    rf"{_OPENERS}(?:{_STRONG}|ok(?:ay)?|yes|yeah|yep|sure|alright|great|cool|fine|absolutely|excellent|wonderful)\b", re.IGNORECASE
)
_TAKES_ALONE = re.compile(rf"{_OPENERS}(?:{_STRONG})\b(?:\W+\w+){{0,4}}\W*$", re.IGNORECASE)
_OBJECTS = re.compile(
    r"\b(?:but|however|instead|unless|though|except|only if|counter|rather|not|no|can't|cannot|won't|don't|if|what|how|you)\b",
    re.IGNORECASE,
)
_LAST_CLAUSE = re.compile(r"\s[–—-]+\s|:\s")
_DEAL = re.compile(
    r"\b(?:you(?: have|'ve got|'ve| got) (?:got )?(?:yourself )?a deal|thank you|thanks|you got it|can't argue with|no problem|not bad"
    r"|never mind)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"^\W*(?:sorry\W+|hmm\W+|well\W+|i'm sorry\W+|i(?:'d| would)? (?:say|think) |(?:i'm )?afraid (?:that )?)*"
    r"(?:no\b|nope\b|nah\b|reject(?:ed)?\b"
    r"|not (?:fair|enough|good|quite|acceptable)"
    r"|(?:i )?can ?no?t (?:do|accept|agree)|cant (?:do|accept)"
    r"|(?:i )?(?:can't|won't|cannot|wouldn't|couldn't) (?:do|accept|take|agree|give up|go (?:along )?with)"
    r"|i (?:must |have to )?(?:reject|refuse|disagree|decline)"
    r"|i(?:'m| am) not (?:giving|parting|letting|accepting|taking|willing|ready|going)"
    r"|that's not (?:fair|enough)|too little|that's (?:a non-?starter|unacceptable|too little)"
    r"|(?:that|this|it) (?:won't|doesn't|does not|will not|wouldn't) (?:quite |really )?work)",
    re.IGNORECASE,
)


def is_taken(text: str) -> bool:
    """Whether it opens with consent and objects to nothing, or says so in a sentence of its own and objects to nothing afterwards."""
    said = [(sentence.text, sentence.question) for sentence in sentences(text)]
    if (_TAKES.search(text) or consents(text)) and not _objects(text):
        return True
    taken = [
        place
        for place, (sentence, question) in enumerate(said)
        if not question and (_TAKES_ALONE.search(sentence) or consent(_LAST_CLAUSE.split(sentence)[-1]) == "settles")
    ]
    return any(not any(_objects(sentence) for sentence, _ in said[place:]) for place in taken)


def _objects(text: str) -> bool:
    return bool(_OBJECTS.search(_DEAL.sub(" ", text)))


def is_refused(text: str) -> bool:
    return bool(_REFUSES.search(text)) and not re.match(r"\W*no problem\b", text, re.IGNORECASE)
