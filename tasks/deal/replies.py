"""Whether a turn that offers nothing new takes the offer before it, or refuses it."""

from __future__ import annotations

import re

from benchmark.consent import consent, consents
from benchmark.reading import sentences

_OPENERS = (
    r"^\W*(?:(?!no\b|not\b|but\b|if\b)(?:\w+ )?\w+[,!]\s+)?"
    r"(?:(?:oka?y?|yes|yeah|yep|sure|alright|all right|great|perfect|excellent|cool|fine|good|hmm|well|awesome|wonderful"
    r"|absolutely|lovely|definitely|certainly|that's|that is|this is|thanks|thank you|merci|then|and|so|it's|it is|a|that"
    r"|never mind|understood|in that case|fair enough)\W+)*"
)
_STRONG = (
    r"deal|agreed?|confirmed|settled|done|accept(?:ed)?|suits me|count me in|i'm in|with pleasure|happy to|lock(?:ing)? (?:it"
    r"|that) in|locked(?: in)?"
    r"|i(?:'ll| will| can| could| would|'d)? ?(?:gladly |happily |also )?(?:agree|accept|live with|go (?:along )?with)"
    r"|i(?:'m| am) (?:very |quite |perfectly )?(?:happy|fine|good|okay|ok|on board|satisfied) with (?:that|this|it|your)"
    r"|sounds (?:like )?(?:an? )?(?:\w+ )??(?:good|great|fair|fine|perfect|deal|plan)"
    r"|works (?:perfectly |well |fine |great )?for me|that works|fine (?:with|by) me"
    r"|(?:that|it|this)(?:'s| is| sounds| looks| seems) (?:\w+ ){0,2}?(?:fine|good|fair|a deal|great|perfect"
    r"|ok|okay|settled|better|best|ideal"
    r"|optimal|excellent|acceptable)"
    r"|you(?: have|'ve got|'ve| got) (?:got )?(?:yourself )?a deal|let's do (?:it|that|this)|let's go with (?:it|that|this|yours?)"
    r"|i can (?:do|sign) that|(?:that|now that|this) i can (?:sign|accept|live with)|i'll sign|works|(?:exactly |just "
    r"|precisely )?what i (?:had in mind|wanted|was \w+ for)|(?:\w+ )?confirmed|(?:\w+ )?accepts (?:that"
    r"|this|the|your|\w+'s)"
    r"|(?:yes\W+)?(?:it|that|they|this|those|we|i) (?:would|does|do|are|will|can)(?=\W*(?:$|[,.!]|thank))"
    r"|as (?:you )?(?:proposed|offered|suggested|said)\b|i'll take it|(?:then )?we(?: have|'ve got|'ve) an? (?:deal|agreement)"
    r"|can't argue with (?:that|this)|perfect"
)
_TAKES = re.compile(
    rf"{_OPENERS}(?:{_STRONG}|ok(?:ay)?|yes|yeah|yep|sure|alright|great|cool|fine|absolutely|excellent|wonderful)\b", re.IGNORECASE
)
_TAKES_ALONE = re.compile(rf"{_OPENERS}(?:{_STRONG})\b(?:\W+\w+){{0,4}}\W*$", re.IGNORECASE)
_OBJECTS = re.compile(
    r"\b(?:but|however|provided|instead|unless|though|except|only if|counter|rather|not|no|can't|cannot|won't|don't|if|what|how"
    r"|you)\b",
    re.IGNORECASE,
)
_LAST_CLAUSE = re.compile(r",\s+(?=(?:\w+\W+){0,2}\w+\W*$)|\s[–—-]+\s|:\s")
_DEAL = re.compile(
    r"\b(?:you(?: have|'ve got|'ve| got) (?:got )?(?:yourself )?a deal|thank you|thanks|you got it|can't argue with|no problem|not bad"
    r"|\d+(?: points?)? (?:for|to) you|you(?:'d|'ll| would| will)? (?:get|have|score|earn|gain|reach|receive) \d+"
    r"|never mind|no (?:objections?|complaints?|worries|issues?)|what i (?:had|wanted|was))\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"^\W*(?:sorry\W+|hmm\W+|well\W+|i'm sorry\W+|i(?:'d| would)? (?:say|think) |(?:i'm )?afraid (?:that )?)*"
    r"(?:no\b(?! (?:problem|objection|complaint|change|worr|issue|doubt))|nope\b|nah\b|reject(?:ed)?\b"
    r"|not (?:a )?(?:fair|enough|good|quite|acceptable)"
    r"|(?:i )?can ?no?t (?:do|accept|agree)|cant (?:do|accept)"
    r"|i (?:can't|cannot|won't|couldn't)(?=\W*(?:$|[,.;!]))|(?:i )?(?:can't|won't|cannot|wouldn't|couldn't) (?:do|accept|take"
    r"|agree|give up|go (?:along )?with)"
    r"|i (?:must |have to )?(?:reject|refuse|disagree|decline)"
    r"|i(?:'m| am) not (?:giving|parting|letting|accepting|taking|willing|ready|going)"
    r"|that's not (?:fair|enough)|too little|that's (?:a non-?starter|unacceptable|too little)"
    r"|(?:that|this|it) (?:won't|doesn't|does not|will not|wouldn't) (?:quite |really )?work)",
    re.IGNORECASE,
)


_REFUSES_LATER = re.compile(
    r"\b(?:(?:still|just|simply|really|is|are|'s) not (?:a )?(?:fair|enough|good enough|acceptable|quite enough)|not (?:good )?enough"
    r"|better off (?:without|walking|with (?:no|nothing))|or (?:i|i'll|i'd) walk|or (?:there(?:'s| is) )?no deal"
    r"|(?:can't|cannot|won't|wouldn't) (?:accept|agree to|do|take|sign) (?:that|this|it)\b"
    r"|(?:rather|sooner) (?:(?:have|take) (?:no deal|nothing)|walk)"
    r"|, no(?=\W*(?:$|[.!;]))|so no|no,? (?:thanks|thank you)|sorry, (?:no|not|can't)|no \w+, sorry|afraid not|absurd"
    r"|ridiculous|unacceptable"
    r"|out of the question|no way|(?:rather|prefer) not(?=\W*(?:$|[.,;!]))|(?:rather|prefer) not (?:to )?(?:give|let|part|split|lose)"
    r"|(?:can't|cannot|won't|unable to|not (?:willing|ready|able|prepared) to)"
    r" (?:give \w+(?: \w+)? up|give up|part with|let \w+(?: \w+)? go|spare)"
    r"|(?:have to|must|i) (?:pass|decline|refuse|reject)|too (?:little|lopsided|uneven|unequal|unfair|one-sided|skewed|steep"
    r"|unbalanced|greedy|low)"
    r"|(?:doesn't|does not|wouldn't|would not|don't) (?:give|leave|get|bring|offer) me (?:\w+ )?enough"
    r"|don't (?:think|find|feel|believe) (?:that|that's|it|it's|this)(?: is)? (?:\w+ )?(?:fair|balanced|enough|acceptable"
    r"|good enough))\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"^\W*(?:sure|yes|yeah|of course|certainly|absolutely|alright|all right|okay|ok|fine)\b(?!\?)|"
    r"(?<!can't )(?<!cannot )(?<!not )(?<!n't )(?<!no )(?<!to )(?<!you )\b(?:(?:happy|glad|ready|willing|pleased) to )?"
    r"(?:accept(?:s|ed|able|ing)?|agree(?:s|d|ing|ment)?|deal|confirm(?:s|ed|ing)?|commit(?:s|ted|ting)?|finali[sz](?:e|ed|ing)"
    r"|submit(?:ting)?|settled?|(?:happy|fine|okay|ok|good|content|satisfied|pleased) with"
    r"|(?:suits?|works?|serves?)\b[^.]{0,30}\b(?:me|us|both)"
    r"|(?:lock|writ)(?:e|ing|ed)? (?:it|that|this)|go(?:ing)? (?:ahead )?with (?:it|that|this|your)"
    r"|we(?:'re| are) (?:all |both )?(?:set|aligned|good|done|in agreement|on the same page))\b",
    re.IGNORECASE,
)
"""What consents wherever it stands, where its speaker says in the end to need nothing more."""
_HOLDS_BACK = re.compile(
    r"\b(?:if|provided|unless|only (?:if|when)|except|instead|counter|null|no deal|without (?:a )?deal"
    r"|my (?:\w+ )?(?:offer|proposal|split|division)"
    r"|don't|doesn't|can't|cannot|won't|not (?:agree|accept))\b",
    re.IGNORECASE,
)
_OFFER = r"(?:\w+ )??(?:offer|proposal|split|plan|division|suggestion|version|deal|numbers)"
_REPEATS = re.compile(
    rf"\b(?:keep|stick(?:ing)? (?:with|to)|stand(?:ing)? by|back to|prefer|repeat|maintain|go with|stay with|insist on) my {_OFFER}\b"
    rf"|(?<!otherwise )(?<!rest )(?<!else )\bas (?:i (?:first |initially |originally )?|(?:first|initially"
    rf"|originally) )(?:proposed|offered|suggested|said)\b|\bmy {_OFFER} (?:still )?stands\b|\bi(?:'ll| will| must| have to"
    rf"| do)? (?:insist(?! on (?:a|an|two|three|\d))|(?:hold|stand) firm)"
    rf"|\b(?:keep|leave|do) (?:it|things|everything) as i (?:proposed|offered|suggested|said)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:keep|leave|do|take) (?:it|things|everything|that|this) (?:as|like|the way) you (?:said|proposed|offered|suggested"
    r"|had it)\b",
    re.IGNORECASE,
)
_YOURS = re.compile(rf"\byours\b|\byour {_OFFER}\b", re.IGNORECASE)
_RETURNS = re.compile(
    rf"\b(?:keep(?:ing)?|stick(?:ing)? (?:with|to)|back to|(?:go|stay|fine|okay|ok) with|prefer|return(?:ing)? to|take|accept"
    rf"|agree(?: to| with)?"
    rf"|let's do|stand(?:ing)? by|(?:ok|okay|fine|alright|yes)\W+) ?(my|your|the|that)? ?(?:first|original|initial|opening) {_OFFER}\b"
    rf"|\b(?:(my|your|the|that) )?(?:first|original|initial|opening) {_OFFER} (?:it is|then|is fine|works)\b",
    re.IGNORECASE,
)
_AS_BEFORE = re.compile(r"\bas (?:proposed|offered|suggested|said)\b", re.IGNORECASE)
_FIRST = re.compile(
    rf"\b(?:first|original|initial|opening) {_OFFER}\b|\b(?:first|initially|originally) (?:proposed|offered|suggested|said)\b",
    re.IGNORECASE,
)


def returned_to(text: str) -> str | None:
    """Whose first offer it comes back to, where it does: "my", "your" or, of all that were made, "the"."""
    found = _RETURNS.search(text)
    return (found[1] or found[2] or "the").lower() if found else None


def repeats_own(text: str) -> bool:
    """Whether it comes back to what its speaker offered: "let's keep my split"."""
    return bool(_REPEATS.search(text)) or (bool(_AS_BEFORE.search(text)) and is_refused(text))


def speaks_of_yours(text: str) -> bool:
    """Whether it says that the offer is the other's, which may not be the latest: "fine, I accept your split"."""
    return bool(_YOURS.search(text))


def of_first(text: str) -> bool:
    """Whether the offer that it speaks of is the first of those that were made: "I accept your original proposal"."""
    return bool(_FIRST.search(text))


def keeps_others(text: str) -> bool:
    """Whether it comes back to what the other offered: "no, let's keep it as you said"."""
    return bool(_OTHERS.search(text))


def is_taken(text: str, ready: bool) -> bool:
    """Whether it opens with consent and objects to nothing, or says so in a sentence of its own and objects to nothing afterwards.

    Who is ``ready`` to close may have said before, or say besides, what would have been better.
    """
    said = [(sentence.text, sentence.question) for sentence in sentences(text)]
    closes = _CLOSES.search(text) if ready and "?" not in text else None
    if closes and not _HOLDS_BACK.search(text):
        return True
    if (_TAKES.search(text) or consents(text)) and not _objects(text):
        return True
    for place, (sentence, question) in enumerate(said):
        last = _LAST_CLAUSE.split(sentence)[-1]
        says = consent(last)
        agrees = sentence if _TAKES_ALONE.search(sentence) else last if says == "settles" or (says and last != sentence) else "but"
        if not question and not any(_objects(one) for one in (agrees, *(later for later, _ in said[place + 1 :]))):
            return True
    return False


def is_no_objection(text: str) -> bool:
    """Whether it asks nothing, refuses nothing and sets no condition: of who needs nothing more, that is consent."""
    return bool(text.strip()) and "?" not in text and not (_HOLDS_BACK.search(text) or is_refused(text))


def _objects(text: str) -> bool:
    return bool(_OBJECTS.search(_DEAL.sub(" ", text)))


def is_refused(text: str) -> bool:
    if any(_REFUSES_LATER.search(one.text) and not (one.question or one.hearsay) for one in sentences(text)):
        return True
    return any(_REFUSES.search(one.text) and not (place and one.question) for place, one in enumerate(sentences(text)))
