"""How people open, ask, correct and hedge what they say of their slots: the turns of phrase that ``talk.py`` knows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from benchmark.phrases import AnyCase
from benchmark.reading import number_word
from tasks.schedule.cues import Cued

SENTENCE = re.compile(r"[^.!?;\n]*[.!?;\n]*")
FILLER = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|great|good|fine|sure|right|thanks?(?: you)?|hi|hello|hey|sorry|hmm+|well|alright|perfect|noted|understood|unfortunately"  # noqa: E501 (words of one kind)
    r"|correction|wait|actually|oh|ah|so|good to know|got it|no problem|not yet|no worries|I don't(?=\s*[.!]))\b\s*(?:[,.!:–—-]+\s*|$))+",
    re.IGNORECASE,
)
TAKES_BACK = Cued(
    r"\b(?:sorry|correction|actually|i meant|my mistake|scratch that|misspoke|wait|take (?:that|it) back|oops|i was wrong|my bad|mis(?:read|typed|stated)|typo|should be|re-?check(?:ed)?|double[- ]checked|re-?read)\b",  # noqa: E501 (words of one kind)
    "sorry correction actually meant mistake scratch misspoke wait take oops wrong bad misread mistyped misstated typo should "
    "re recheck double reread",
)
YES = re.compile(
    r"^\W*(?:yes|yep|yeah|yup|sure|correct|certainly|absolutely|of course"
    r"|I can(?!'t|not| (?:do |make |manage |attend )?(?:none|neither|nothing|no\b|not))|I could(?!n't)"
    r"|it (?:would|does|will|is)(?=\s*(?:$|[,.!]))|ja|oui|sí)\b[\s,.!:–—-]*",
    re.IGNORECASE,
)
NO = re.compile(
    r"^\W*(?:no|nope|nah|negative|neither|none|(?:I )?(?:can't|cannot)(?=\W*$| (?:do|make) (?:it|that)\b|[,.!] )|it (?:would|does|will|is)(?:n't| not)(?=\s*(?:$|[,.!]))|I cannot|nein|non|sorry,? no)\b(?! (?:cost|slot|overlap|common|shared|match|time|other|problem|trouble|one|to|of (?:mine|my)))[\s,.!:–—-]*",  # noqa: E501 (words of one kind)
    re.IGNORECASE,
)
SAME_FOR_ME = re.compile(r"^\W*(?:(?:the )?same (?:for me|here|with me|on my side)|likewise|ditto)\b(?! (?:for|on) \w+)", re.IGNORECASE)
JUST_NO = re.compile(r"^\W*(?:no|nope|nah)\W*$", re.IGNORECASE)
HEARSAY = Cued(
    r"\b(?:it is|it's|it isn't) (?:not (?:true|so|the case)|true|untrue|false|wrong) that\b|"
    r"\b(?:said|says|(?<!all )told|mentioned|claimed|according to|as (?:you|we)|if|suppose|supposing|imagine|assum\w+|maybe|perhaps|probably|possibly|might"  # noqa: E501 (words of one kind)
    r"|not sure|unsure|i (?:think|guess|hope|doubt|wonder|heard|believe)|let's say|could be|waiting|wait for)\b(?! (?:need|necessary|must|it helps|that helps|possible|you (?:like|want|agree)))",  # noqa: E501 (words of one kind)
    "that said says told mentioned claimed according as if suppose supposing imagine assume maybe perhaps probably possibly "
    "might sure unsure think guess hope doubt wonder heard believe say be waiting",
)
ASKS = re.compile(
    r"^\W*(?:(?:and|so|but|then|also)\W+)*(?:do|does|is|are|can|could|would|will|which|what|who|where|when|how|any\w*"
    r"|shall|should|thoughts"
    r"|you\b|your\w*|yours|unless you|right|ok(?:ay)?\W*$|agreed|deal|works for)\b",
    re.IGNORECASE,
)
ADDED = re.compile(
    r"\s[–—-]+\s(?=(?:you|yours|what|how|can|could|does|is|and you)\b[^.!?\n]*\?)"
    r"|,(?=\s*(?:so|then)\b[^.!?\n,]*\?)"
    r"|,(?=\s*(?:and )?(?:what|how|can|could|does|do|is|which|you|yours)\b(?! (?:you|it|that|they|we)\?)[^.!?\n,]*\?)",
    re.IGNORECASE,
)


_NONE_AT_ALL = r"(?:none|null|nothing|no (?:common |shared )?(?:slots?|overlap))"
THEN_NONE = AnyCase(
    r"^\W*(?:(?:so|then|hence|therefore|and|but|shall we say|do we (?:say|agree))\b[\s,]*){0,3}"
    r"(?:(?:is|it's|it is|is there|there's|there is|we (?:have|share)|we say)\s+)?(?:really )?"
    rf"(?:(?<=\w )(?<!and )(?<!but ){_NONE_AT_ALL}|(?:null|no slot|no (?:common|shared) slot|{_NONE_AT_ALL},? (?:at all|then)))"
    r"(?: (?:at all|then|in common|for (?:us|both)(?: of us)?|to share))*\W*$"
)
""" "Then none?" asks nothing of what was named."""
CONCLUDES_NONE = AnyCase(
    r"\b(?:so|hence|therefore|thus|then)\b,? (?:it's |it is |we (?:say|answer|have) |there(?:'s| is) )?(?:none|null"
    r"|no slot)\b[^.!?]{0,20}[.!]"
)
""" "So none. Was your list complete?" says so first, and then only makes sure."""
AGREES_TO_NONE = AnyCase(
    r"^\W*(?:yes|yep|yeah|right|true|agreed?|indeed|correct|exactly|i'm afraid so|afraid so|so it is|sadly,? yes|alas,? yes)\b"
    r"(?![^.!?]*(?:\d|\b(?:but|wait|unless|however)\b))"
)
SHALL = re.compile(r"\b(?:shall we|should we|let's|agreed?|propose|go (?:with|for)|settle|commit|deal|final)\b", re.IGNORECASE)
OF_FIGURES = Cued(
    r"\b(?:be|are|is|was) (?:all |both |not )?(?:right|correct|true|wrong|a tie|equal|tied)\b", "right correct true wrong tie equal tied"
)
SUMMED = re.compile(r"\([^()]*\b(?:sums?|total\w*|together|combined|altogether)\b[^()]*\)", re.IGNORECASE)
OWN_SHARE = AnyCase(
    r"\(\s*(?:mine|me|my(?: (?:cost|share|side|part)(?: is)?)?"
    r"|I(?:'d| would)? (?:pay|lose|need)|(?:it )?costs? me)\s*[:=]?\s*(\d)(?!\d)[^()]*\)"
)
"""What of a sum in brackets is the speaker's: "Tue 10 (mine 2, total 4)"."""
OWN_FIRST = AnyCase(
    r"\(\s*(\d)(?:(?: (?!for\b|of\b|on\b)\w+)? (?:for me|mine|of mine|on my (?:side|end))\s*[,;][^()]*"
    r"|\s*[,;]\s*(?:(?:in )?total|sum|together|combined|makes|making)\b[^()\d]*\d+[^()]*)\)"
)
""" "Tue 10 (2 for me, 4 together)", "Tue 10 (2, total 4)"."""
PRICED = re.compile(
    r"\s*(?:=\s*(?=\d\W*$)|\()(?:I(?:'d| would)? (?:pay|lose|need)|(?:it )?costs?(?: me)?|for me|me:?)?\s*(\d)(?: \w+)?(?: for me)?(?:\)|(?=\W*$))",  # noqa: E501 (words of one kind)
    re.IGNORECASE,
)
"""What it costs the speaker, said in passing in a question."""
UNLESS = re.compile(r"(?:,\s*|\s+)(?:unless|or)\b", re.IGNORECASE)
CAN = re.compile(r"\b(?:I can|possible|available|feasible|free|open|workable|doable)\b(?<!not possible)", re.IGNORECASE)
HEADING = re.compile(r"(?m)^(?P<line>[^\n:.!?]{3,40}):?(?:\*\*)?:?[ \t]*\n+(?=\s*[-*•] )")
"""A line that stands over a list."""
HERE = re.compile(
    r"(?P<bare>^\W*(?:(?:it|that)(?:'s| is| would be| works)? ?)?)?"
    r"\b(?:(?:costs? )?\d|free|open|fine|possible|ok(?:ay)?|works|no cost|zero)(?: cost| \w+s)? (?:for me|here|on my (?:side|end))\W*$",
    re.IGNORECASE,
)
"""How it stands with the speaker; ``bare`` where no slot is named: "Can you do Tue 10? Free for me."."""
SUM_BEHIND = re.compile(
    r"(?:,|\s[–—-])?\s*(?:(?:for|with|at|=)\s*)?(?:a )?"
    r"(?:(?:total|sum|combined|together)(?: of| is| cost)?\s*[:=]?\s*\d+|\d+ (?:in )?total)\b",
    re.IGNORECASE,
)
SUM = Cued(r"\b(?:totals?|totall?ing|sums?)\b", "total sum sums")
ONLY_SUM = re.compile(r"^\W*[a-z]{3}[a-z]* \d\d?:\d\d totals \d{1,2}\W*$", re.IGNORECASE)
OF_OTHERS = re.compile(r"(?i)\b(?:you|your|yours|we|us|our|both|total|best)\b")
OF_THEM = Cued(
    r"\b(?:none|neither|any|either|all|both) (?:of|from) (?:those|these|them|yours|your)\b", "of from", "none neither any either all both"
)
OF_THOSE = re.compile(r"(?i)^\W*(?:of|from) (?:those|these|them|yours|your \w+)(?=\W*$)")
GIVEN = Cued(
    r"\bif you (?:can|could|are able to|'re able to|are free|'re free|manage)\b(?: (?:make|do|manage|come|meet))?(?= [^.,]{1,40},)",
    "if",
)
"""What is said under this condition is so in any case: "If you can make Tue 10, it's only 2 for me"."""
FORMER = Cued(r"\b(?:the )?(?:former|first(?: one)?)\b(?! (?:two|three|four|five|\d))", "former first")
LATTER = Cued(r"\b(?:the )?(?:latter|second(?: one)?)\b(?! (?:two|three|four|five|\d))", "latter second")
ANY_MORE = re.compile(
    r"\b(?:any\w*|some\w*|an? (?:\w+ )?(?:slot|time|option|one)|else|more|cheaper|better|lower)\b(?! (?:of|one of) (?:these|those|them|mine))",  # noqa: E501 (words of one kind)
    re.IGNORECASE,
)
"""Asks for other slots than those spoken of."""
ANY_OF_THEM = re.compile(r"(?i)^\W*(?:any|anything|any one|any luck|any match(?:es)?|any overlap)(?: (?:there|for you|of use|good))?\W*$")
TALLIES = Cued(
    r"([^:,]*\b(?:slots?|times?|options?|possibilit\w+|choices?)\b[^:,]*\b(?:total|all|only|exactly)\b[^:,]{0,20}"
    r"|[^:,]*\b(?:only|just|exactly)\b[^:,]*\b\w+ (?:\w+ )?(?:slots?|times?|options?|possibilit\w+|choices?)\b[^:,]{0,20}):\s+((?s:.+))",
    "slots times options possibilities choices",
    ":",
)
"""How many there are, and then which."""
TALLY = re.compile(
    rf"\b(\d+|{'|'.join(sorted(map(number_word, range(1, 24)), key=len, reverse=True))})"
    r"(?: of (?:these|those|them)| (?:in|all) (?:total|all|told)| altogether|(?=\W*$))",
    re.IGNORECASE,
)
YOURS = re.compile(
    r"(?i)^\W*(?:(?!else|rest|others?|remaining)[a-z]+ ){0,4}(?:yours|your (?:list|slots|options|times|offers))\s*:(?=\s*\w)"
)
"""What only says that the slots to come are the other's: "Matching yours: Tue 10 costs 3"."""
AGREES = re.compile(r"(?i)\b(?:yes|yep|yeah|agreed?|deal|fine by me|settled|done|right|exactly|indeed|correct|true)\b")
SAYS_SUM = re.compile(r"(?i)\b(?:together|in all|altogether|combined|total\w*|sums?)\b|=")
DISSENTS = re.compile(r"(?i)\b(?:not|no|never|n't|\w+n't|wait|but|unless|however|instead|rather|until|nope(?! we))\b")
COMPLETE = re.compile(r"\b(?:total|in all|all told|altogether|every\w+|only|just|no more|exactly|that's it)\b", re.IGNORECASE)


LIST_OF = Cued(
    r"\b(?:from|of|on|in) (\w+)'?s? (?:list|slots|options|proposals|suggestions|offers?)\s*[:,]?",
    "list slots options proposals suggestions offers",
)
""" "From Mina's list:"."""


_CALLED = re.compile(r"^\W*(\w+)(?:(?:,| and) (\w+))?\s*[:,]\s*")


def without_name(sentence: str, seat_of: Mapping[str, str], own: str) -> str:
    """``sentence`` without its speaker's ``own`` name, or a name that it is addressed to."""
    opening = _CALLED.match(sentence)
    named = [seat_of.get(name.lower()) for name in opening.group(1, 2) if name] if opening else []
    if opening and all(named) and (len(named) == 2 or named[0] == own or "," in opening.group()):
        return sentence[opening.end() :]
    return sentence


def own_share(text: str) -> str:
    """``text`` with what of the sums in brackets is the speaker's, and without the other sums there."""
    if "(" not in text:
        return text
    return SUMMED.sub(" ", OWN_FIRST.sub(r"(\1)", OWN_SHARE.sub(r"(\1)", text)))


def asks_for_more(text: str) -> bool:
    """Whether ``text`` asks for other slots than those spoken of; "Anything?" asks for one of them."""
    return bool(ANY_MORE.search(text)) and not ANY_OF_THEM.match(text)


def with_slot(text: str, slot: str) -> str:
    """ "Free for me.", of the ``slot`` that was just asked about."""
    here = HERE.search(text)
    return f"{slot} {text}" if here and here["bare"] is not None else text


def is_question(sentence: str, rest: str) -> bool:
    """Whether a sentence asks; ``rest`` is what it says after its opening."""
    if sentence.rstrip().endswith("?"):
        return True
    return "you" in rest.lower() and not sentence.rstrip(" \n").endswith((".", "!")) and bool(ASKS.match(rest))
