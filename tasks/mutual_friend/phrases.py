"""How people put what they say of their friends: the turns of phrase that ``talk.py`` knows."""

from __future__ import annotations

import re
from functools import lru_cache

from benchmark.phrases import AnyCase, Phrases

_TURN = (
    r"(?i)[\s,]*\b(?:but|whereas|while|although|though|however|yet)\b[\s,]*"
    r"|(?<=[✅✓✔❌✗✘])[\s,]+|\s*[,–—]\s*so\s+|,\s+(?:hence|thus|therefore)\s+(?=(?:an?|some\w*|not|no|s?he|that's)\b)"
    r"|\s*[,:–—→]\s*(?:and\s+|so\s+)?(?=(?:just|only|not|no match|I|I'm|I've|we|my|mine|he|she|they|your|yours|our"
    r"|(?:all )?(?:the )?(?:rest|others?)\b|every(?:one|body) else|all else"
    r"|same (?:for|with) you|none|nobody|no one"
    r"|how about|what about|which|right|(?:do|does|is|are) (?:you|yours?|that|he|she|they))\b|no (?-i:[A-Z]))"
    r"|\s*[,:–—]\s+(?=(?:so )?(?-i:[A-Z])\w+ (?:it is|is it|it must be|then)\W*$)"
    r"|\s*[,–—]\s*(?=(?:(?:two|three|four|five|both|all|one|\d) of (?:them|whom|those|these)|(?:and |y |und |et )?"
    r"(?:you(?:rs?)?|tú|du|dir|toi|same|match(?:es)?|agreed?|right|ok(?:ay)?|correct)\W*$))|\s*\((?=(?:mine|my|he|she|his|her)\b)"
    r"|\s+and\s+(?=(?-i:[A-Z])\w+(?:'s| is| isn't| does| doesn't| matches| fits)\b)|\s+and\s+(?=(?:I|we|my|mine|he|she"
    r"|they|your|yours|none|nobody|no one)\b)"
    r"|\s+[–—-]\s+(?=(?-i:[A-Z])\w+ (?:is|has|(?:do|speak|work|play|like|enjoy|keep|come|know)e?s)\b)"
)
_ALIKE_OR_NOT = r"(?:differs?|match(?:es)?|fits?|(?:(?:is|are) )?(?:the same|same|different|identical))\b"
_DO_OR_NOT = r"(?:do|does|is|are|has|have)(?:n't| not)?\W*$"
_SAID_OF_ROW = AnyCase(rf"\b{_ALIKE_OR_NOT}|\b{_DO_OR_NOT}")
_TURNING = re.compile(_TURN)
_TURNING_TO_ROW = re.compile(rf"{_TURN}|,\s+(?=(?-i:[A-Z])\w+(?:(?:, | and | or )(?-i:[A-Z])\w+)* (?:{_ALIKE_OR_NOT}|{_DO_OR_NOT}))")
"""Also before friends in a row; a look for what may be said of them spares going through each row from each of its names."""
_TURNS = AnyCase(r"\b(?:but|whereas|while|although|though|however|yet|and)\b|[,:–—→(]|\s-(?=\s)|(?<=[✅✓✔❌✗✘])\s")
"""What there is in all of them, behind blanks and commas."""


def turned(text: str) -> list[str]:
    """``text`` in parts, where it goes on to something else."""
    turning_here = _TURNING_TO_ROW if _SAID_OF_ROW.search(text) else _TURNING
    parts, at = [], 0
    for sign in _TURNS.finditer(text):
        start = sign.start()
        while start > at and (text[start - 1] == "," or text[start - 1].isspace()):
            start -= 1
        for place in range(max(start, at), sign.start() + 1):
            if turning := turning_here.match(text, place):
                parts.append(text[at:place])
                at = turning.end()
                break
    return [*parts, text[at:]]


def another(text: str) -> list[str]:
    """What stands behind "another" and the like."""
    return _ANOTHER.findall(text) if "same " in text or "different " in text or "another " in text else []


YES_NO = re.compile(
    r"(?i)\W*(?:yes|yep|yeah|yup|no|nope|nah|neither|none|correct|right|exactly|indeed|sure|true|agreed|confirmed)\b"
    r"(?:\W*(?:I|he|she|they|it|mine|we) (?:do|does|is|are|has|have|know)(?:n't| not)?\W*$|\s*[,.!:;–—]+\s*|\s+to (?:all|both)\b.*|\s*$)"
)
FILLER = AnyCase(
    r"^\W*(?:(?:sorry|sadly|alas|(?:I'm )?afraid|unfortunately|hmm+|well|ah|oh|great|thanks|thank you|ok|okay|(?:wait"
    r"|hold on)(?:, no)?)\b[\s,.!:–—-]*)+"
    r"|\b(?:no (?:problem|worries|doubt)|not only)\b[\s,]*|\b(?:rather than|instead of)\b[^,.;:!?]*"
)
TAG = re.compile(
    r"(?:(?:and|y|und|et) |you\W*$|tú|du|toi|same|match|agree|correct|ok|(?:do|does|is|are|have|has|how about|what about|which|who|whom"
    r"|right|yours?|can|could)\b)",
    re.IGNORECASE,
)
GUESS = Phrases(r"if(?<!as if)|suppose|imagine|maybe|perhaps|might|could be")
ASIDE = Phrases(
    r"(?:let's (?:look|start|see)|check(?:ing)?|compar\w+|tell me|ask\w*)(?![^:]*:\s+(?-i:[A-Z])\w+)"
    r"|except\w*|besides|apart from|other than"
)
STRUCK = Phrases(
    r"(?:strike|cross|rule|count|leave)(?: off| out)?(?= )|(?:crossed|crossing|ruled|rules|ruling|counted) (?:off|out)|eliminat\w+"
    r"|(?:so|thus|hence|therefore) not (?:yours?|mine|the same|him|her|that one)"
    r"|(?:some(?:body|one) else|another (?:person|one|man|woman)|a different (?:person|one)|namesake)(?=\W*$)"
    r"|no(?<!\w no)(?=\W*$)|discard\w*|drop|exclud\w+"
    r"|(?:is|are|'s|'re|both|all|therefore|so) out(?: of the running)?|out of the running|off the table"
)
"""Says of a friend that it is not the mutual one."""

_ANOTHER = re.compile(r"\b(?:different|another|same) (\w+)")
THEIRS = Phrases(r"you(?<!of you)(?<!from you)(?<!on you)(?:rs?|'re|'ve)?")
OURS = Phrases(r"I|I've|I'm|me|my|mine|we|our|us|both|neither")
ANYBODY = Phrases(
    r"no(?:ne|body| one)|any\w*|some\w+|every\w+|all(?! (?:two|three|four|\d)\W*$)|there (?:are|is) \w+(?=:)"
    r"|friends|(?:no|a|one) friend|people|of m(?:ine|y)(?! (?-i:[A-Z]))|I (?:have|know)|I've"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:are|is|who|work|play|like|enjoy|speak|keep|come|ha(?:ve|s))s?"
)
THAT_ONE = re.compile(r"^\W*no\W*$|\b(?:he|she|they|yours?|that's|namesake|different|same (?:for|with) you)\b|\bdo you\W*$", re.IGNORECASE)
WHOLE = Phrases(r"all(?<!and all)|every\w+")
SEVERAL = Phrases(r"all|both|they|neither|either|none of them")
_SHARING = Phrases(
    r"(?:I|we) share (?:exactly |only |just )*(?:two|three|four|five|[2-9])(?! (?:trait|detail|particular|attribute)s?)"
    r"|(?:one|two|three|four|five) (?:match(?:es)?|hits?|overlaps?) (?:by|in|on) name"
    r"|(?:shared|in common)(?=:)|names?\b.*\b(?:common|both|shared?)|(?:shared?|common)\b.*\bnames?|overlap\w*"
    r"|(?:two|three|four) in common"
)
_N_SHARED = AnyCase(r"\d(?<!\w\d) (?:(?:match(?:es)?|hits?|overlaps?) (?:by|in|on) name|in common)\b")


def is_of_shared(text: str) -> bool:
    """Whether ``text`` is about the names that both have."""
    return _SHARING.search(text) is not None or _N_SHARED.search(text) is not None


NAMES = re.compile(r"(?i)\b(?:names|friends|ones)\b")
SHARED_ALL = re.compile(
    r"(?i)\b(?:(?:that's|that is|those are|these are|that was|those were) (?:all|the only ones|every one)(?: that)? (?:I"
    r"|we) (?:share|have in common)"
    r"|(?:those|these) (?:are|were) (?:all )?(?:the|our) (?:only )?(?:shared|common) ones|(?:those|these) (?:two|three|four|five|\d) only"
    r"|(?:that's|that is|those are|just|only) (?:all |these |those )(?:two|three|four|five|\d))\W*$"
)
"""That a list of what both have ends here."""
N_OF_THEIRS = re.compile(
    r"(?i)\b(?:just|only) (?:these|those|the) (?:two|three|four|five|\d):|\b(?:one|two|three|four|five|\d) of (?:them|those"
    r"|these|yours|your (?:names|friends|list))(?: (?:too|as well|here|I (?:know|have) too))?"
    r"\s*(?:[!.;:(]|$|[–—-]\s*(?-i:[A-Z])|,(?=[^()]*$))"
)
"""How many of the other's friends one has, where nothing more is said of them."""
NO_MATCH = re.compile(
    r"(?i)^\W*(?:and |so |sadly |then )*(?:none|no one|nobody|neither|not one|nothing|no|zero)\b(?: (?:one )?of (?:them|those"
    r"|these|mine|the(?:se)? (?:two|three|four)))?"
    r"[\s,]*(?:is|are|quite|really)?\s*(?:a |the |an |exact(?:ly)? )*(?:match(?:es|ing)?|same|identical|fits?|alike"
    r"|equal)\b(?! (?:on|in|by|except)\b)"
)
"""That nobody of those whom both know by name is one person."""
ANY_MATCH = re.compile(
    r"(?i)\b(?:one|any\w*|either|some\w*|which|who|does one)\b[^.]*\b(?:match(?:es|ing)?|same|identical|exact(?:ly)?|equal"
    r"|fits?|mutual|yours)\b"
)
"""Asks whether somebody of those just told of is."""
NOT_ANY = re.compile(
    r"(?i)^(?!.*\b(?:but|except|wait|only|just|one does)\b)\W*(?:no|nope|nah|none|neither|no one|nobody|not"
    r"|negative)\b(?=\s*(?:$|[,.!:;–—]|of (?:them|those|these)\W))"
)
OTHERS = re.compile(r"(?i)(?<!no )(?:\bthe other|\bothers|\bother (?:one|two|three|ones)|\bthe rest)\b")
EACH = re.compile(r"(?i)\b(?:each|every\w*|mine all|all|they|both)\b")
ASKS_FOR_MORE = re.compile(
    r"(?i)\b(?:any (?:others?|more|further)|anyone else|any other (?:shared |common )?names?|more (?:shared|common) names)\b"
)
ASKS_IF_ALL = re.compile(r"(?i)\b(?:is|are|was|were) (?:that|those|these|they) (?:all|the only|everyone)\b")
"""Whether what both have has been told in full: a no closes the one, a yes the other."""
ONLY = Phrases(r"only|just(?! (?:like|the same|as)\b)")
DENIED = re.compile(r"\b(?:un(?:known|familiar|true)|wrong|incorrect|false|mistaken|lack(?:s|ing)?|missing)\b")
NONE_OF = Phrases(
    r"(?:none|any|neither|either|no one) of (?:those|them|these|yours?|the (?:two|three|four|five)(?=\W*$))"
    r"|(?:those|these) names|neither|either"
)
REST = Phrases(
    r"rest|the (?:others?|other \w+|remaining)|others (?=unknown|not |no\b|aren't|I don't)"
    r"|no others?|no one else|nobody else|none of the (?:rest|others?)"
)
KNOWS = Phrases(r"know\w*|have|list|friends?|mine|familiar|names?|got|acquaint\w*|recogni\w+|here|of (?:those|them|these|yours?)")
TOO = Phrases(r"too|as well|also|likewise|so (?:does|is|has)|también|tambien|auch|aussi")
DOES = re.compile(r"(?i)\W*(?:he|she|they|it|mine|I) (?:does|do|is|are|has|have)(n't| not)?(?: indeed| so| actually)?\W*(?:$|[,–—])")
"""Yes or no to what was asked, in the verb alone."""
HAS_IT_TOO = re.compile(r"(?i)\b(?:has|have|does|do|is|are|keeps?) (?:one |so |it |that )?(?:too|as well)\b")
GOES_ON = re.compile(r"(?i)^\W*(?:and )?(?:also|likewise)\b")
"""Begins a further list, which need not be as the last."""
SAID_OF = re.compile(r"(?i)\W*(?:from|at|for|with|in|is|has|(?:do|speak|work|play|like|enjoy|keep|come|know)e?s)\b")
PARTLY = AnyCase(r"\bthere\W*$|\b(?:here|among|so far|yet|of (?:those|these|them)|in (?:those|these|that|this))\b")
SO_FAR = AnyCase(r"\b(?:there|here|among|so far|yet)\b")
BUT_NOT = Phrases(r"(?:but|though|just|only) not")
FOR_ME = Phrases(r"for me|on my (?:side|list|end)|in mine|in my \w+")
UNFIT = re.compile(
    r"(?i)\bdiffers?\b[^()]*\(|(?P<bracket>\).*)?\b(?:doesn't|does not|don't|do not|isn't|is not|aren't|not) (?:a "
    r"|the )?(?:fit|match|same|different)"
    r"(?(bracket)|[^()]*\()"
)
UNLIKE = re.compile(
    r"(?i)\)\s+(?:both |all |each )*(?:(?:is|are) (?:an? |all |both )?"
    r"(?:different|other|others|namesakes?|not (?:the same|yours?|a match|matches))(?: (?:person|people|ones?))?|differs?"
    r"|(?:does|do)(?:n't| not) (?:match|fit|agree)|(?:is|are)n't (?:the same|yours?))(?: here| though)?\W*$"
)
"""Behind how friends are, in brackets: that they are not the same."""
OF_MY_OWN = AnyCase(r"(?<=\w )\((?:mine|my \w+)(?:: | is | has |, | )")
"""In a bracket behind a name: how the speaker's own friend is."""
"""What stands in brackets behind it is how the speaker's own friend is."""
HAS_ONE = re.compile(r"(?i)\b(?:have|I've|got) (?:exactly )?(?:one|1)\b(?! (?:who|that|of|more|name)\b)")
MINE = re.compile(r"(?i)\W*(?:(?:and )?I (?:only )?(?:have|know|got)|I've|mine|my|here|\w+ (?:of|are) (?:mine|my)|for me)\b")
MINE_ARE = re.compile(r"(?i)\W*(?:and )?(?:mine|my list|my side|for me|here)\s*(?:are|is)?\s*:")
CONSENTS = "nobody no one none claro genau perfecto perfekt parfait sí si vale bien gut top oui ja same".split()
"""Words in which a name is agreed to besides those of consent."""
NONE_DO = re.compile(r"(?i)^\W*(?:none|nobody|no one)(?: of (?:mine|my \w+))? (?:do|does|is|are|has|have)\b\W*$")
OF_MINE = Phrases(r"of mine|of my|my friends?")
OF_THEM = re.compile(r"(?i)^\W*(?:(?:and|with) )?(?:two|three|four|five|both|all|one|\d) of (?:them|whom|those|these)\b")
"""Goes on about those of whom something was just told."""
THERE = re.compile(
    r"(?i)(?<!overlap )(?<!match )(?<!matches )(?<!luck )\bthere\b(?=\W*$|[:,]|\s+(?:[–—-]|(?:I (?:have|know)|too|as well)\b))"
)
"""The place that was just spoken of."""
OF_THEIRS = Phrases(r"(?:of|from|among) (?:those|them|these|yours?|your \w+)")
_LIKE_THAT = r"(?: (?:just|exactly|precisely|not))? like (?:that|this|yours|hers|his)\b"
ALIKE = AnyCase(
    rf"[✅✓✔❌✗✘]|\bnope\b|\b(?:just|exactly|precisely|is|isn't){_LIKE_THAT}|'s{_LIKE_THAT}"
    r"|\bso (?:does|is|has) (?:mine|my|he|she)\b|\b(?:identical|differ(?:s|ent)?"
    r"|match(?:es)?(?! on (?!all|every|both|each))"
    r"|not (?:her|him|yours|mine|that one)|(?:me|(?<!on )(?<!in )mine) too|that(?:'s| is) (?:precisely |exactly )?my"
    r"|(?:exactly |precisely )?(?:those|these|identical|the same) (?:exact )?(?:details|attributes|particulars|traits))\b"
    r"|\bsame\b(?! (?:\w+ )?names?)(?! (?:first|home|town|employer|job|hobby|pet|instrument|language))"
    r"|\b(?:mine|he|she) (?:does|is|has)(?:n't| not)?(?: too| as well)?\W*$|\bdoes,? on (?:all|every)\b|\bagrees? (?:in|on) (?:all|every)"
)
alike = lru_cache(maxsize=1024)(ALIKE.search)


def is_unlike(text: str) -> bool:
    match = alike(text)
    return match is not None and match.group().lower()[:4] in ("diff", "nope", "❌", "✗", "✘")


OF_HERE = re.compile(r"(?i)^\W*(?:so )?(?:none|neither|not one|not any)(?: of (?:those|these|them))?\W*$")
"""Behind how one's own friends are: that those are not the one."""
MUTUAL = Phrases(
    r"mutual|in common|answer(?! your)|propose|settle on|our (?:friend|person)|lock(?:ing|ed)?|is (?:who|whom|the person) (?:we|I)"
    r"|(?:fits|matches)(?: on)? (?:all|every\w*|both)|must be (?:who|whom|it|the one)"
    r"|(?:our|a|the) (?:common |shared |perfect |full |exact )*(?:match|common friend|shared friend)"
    r"|(?:answer|go|choos|say|submitt?|committ?|pick)ing"
    r"|(?:let's|let us|shall we|should we|we can|I'll|I will|I would|I'd|both|agree to|to) (?:both )?(?:go|say|answer|commit"
    r"|pick|choose|submit)"
    r"|(?:let's|let us|we|we'll|we should|we can)(?: both)? (?:name|write|put|enter)|for both of us|settles it"
)
LEANING = re.compile(
    r"(?i)\bit(?:'s| is| (?:must|has to|should|needs to|can only) be) (?-i:[A-Z])|(?:\bis|'s) the one\b(?! who| from| that| with)"
    r"|\bagreed? on\b|\b(?:we have|we've(?: got| found)?|found|that's|that is) (?:him|her|it|our \w+|the one)(?= ?[:,–—-])"
    r"|\bit is(?: then)?(?:\W*$|, )|^\W*(?:\w+, )?(?:(?:so|then|therefore|final(?: answer)?|confirm(?:ed|ing)?|agreed|dann"
    r"|also|donc|entonces"
    r"|vamos con)\W+)+\w+\W*$|\b(?:so|then|therefore)\W+(?-i:[A-Z])\w+ is our \w+\W*$"
    r"|(?-i:\b[A-Z])\w+ (?:will|shall) (?:be (?:our|the|your|my) \w+|vouch|sign|speak|act|serve|stand|step in)\b"
    r"|\b(?:so|then|therefore|only)\W+(?-i:[A-Z])\w+ (?:matches|fits|works|is the match)\b"
)
THATS = Phrases(
    r"(?:that|he|she)(?:'s| is| must be| has to be) (?:(?:our|the) (?:guy|one|person|match|friend|mutual\w*)|him"
    r"|her)(?! who| from| that| with)"
)
OFFER = Phrases(r"shall we|should we|let's|let us|agreed?|propose|can we")
NOBODY = Phrases(
    r"(?:no|nobody|no one|none|(?:don't|do not) (?:seem to |actually )?(?:have|share|see|find)|there (?:isn't|is not))\b[^,]{0,40}?"
    r"\b(?:mutual|in common|(?:common|shared) friend|overlap|both)"
    r"|(?:answer|commit|say|go with|propose)\b[^,]{0,20}\b(?:none|nobody|no one)|null|(?:it(?:'s| is)|must be"
    r"|has to be) (?:nobody|no one|none)|(?:nobody|no one|none) (?:fits?|qualif\w+|is left|remains|will do)"
    r"|(?:we|that|they) (?:share|have) (?:no(?:body| one)?|nothing)\b(?! name)"
    r"|there(?: isn't| is not|'s| is| can't be) (?:any(?:one|body)|nobody|no one)(?=\W*$)"
)
NOT_ONE = re.compile(r"(?i)\bnon-?\s?$")
ELSE = Phrases(r"(?:no(?:body| one|ne)?|not any\w*) (?:else|others?)")
OF_BOTH = re.compile(r"(?i)\b(?:both|all|each|who|which|also|she|he|they|with)\b[^,;:]*$")
"""Before a value: it is said of those who were named before it."""
PRONOUN = re.compile(r"(?i)\W*(?:s?he)\b")
TRAIT_NAMES = {
    "town": "home town",
    "home": "home town",
    "city": "home town",
    "employer": "employer",
    "job": "employer",
    "company": "employer",
}
TRAIT_NAMES |= {"hobb": "hobby", "pet": "pet", "animal": "pet", "instrument": "instrument", "language": "language"}
SAME_AS = re.compile(
    rf"(?i)\b(?:same|matching|shar(?:e|ing)(?: the| an?| your)?|my(?= (?:home )?\w+ (?:all |both )?(?:match|agree|fit|coincide)\b))"
    rf" (?:names? ?(?:,|and|&|/|\+|plus) ?)?"
    rf"(?P<traits>(?:(?:,? and |, | & | ?[/+] ?| plus )?(?:home ?)?(?:{'|'.join(TRAIT_NAMES)})(?:s|y|ies)?\b)+)"
)
"""Particulars that are said to be what the other has told: "same town and pet", "two of my towns match"."""
same_as = lru_cache(maxsize=1024)(SAME_AS.search)
LIKE_MINE = re.compile(r"(?i)\b(?:like|as|same as) (?:mine|my \w+)\b")
DESCRIBED = re.compile(r"\w+ ?(?:\(|: )")
"""A name that a description follows at once, as in "what about Ida: Turin, chess?"."""
TWO = Phrases(r"two|neither|both")
ALL_OF = re.compile(r"(?i)\b(?:those two|the two|these two|neither|none of (?:them|those)|both|they(?:'re| are)|all)\b")
HEADS = re.compile(r"^(?:[^,;]|, (?:then|next|too|now|first)\b)*(?::|=|\bare|\bis|\binclude)\W*$")
FITS = (
    r"(?:fits?|match(?:es)?|agrees?|qualif(?:y|ies)|lines? up)\b"
    r"(?!,? (?:on(?! my)|in(?! my)|by|there|at(?! all)|that|to\b|partly|your \w+'s))"
)
"""That a friend is the same on both lists, not only in some particular."""
LEADS_COUNT = re.compile(
    r"(?i)^\W*(?:(?:yes|yep|I (?:know|have)|I've got|only|just)\W+)*"
    r"(?:two|three|four|five|six|[2-6])(?: of (?:them|these|those))?\s*:\s*(?-i:[A-Z])"
)
"""How many of those whom the other has named one knows, before a row of them."""
MINE_ALL = re.compile(r"(?i)^\W*(?:but |and )?mine (?:(?:both|all) )?(?:are|have|work|keep|play|speak|like|enjoy|come|live)\b")
"""How all friends are of whom one has just spoken."""
COLUMN = re.compile(
    rf"(?i)^\W*(?:and )?(?:my |mine |their |the )?(?:{'|'.join(TRAIT_NAMES)}"
    r")\w*(?:,? (?:are|in (?:the |that |your |this )*(?:same )?order|respectively))?(?:\s*:|\s)"
)
"""Before particulars of one kind, of one friend after the other."""
ELSEWHERE = re.compile(
    r"(?i)\b(?:works?|lives?|is|are|come|comes)(?: from)? elsewhere\b|\b(?:plays?|speaks?|likes?|keeps?|works? (?:at|for)|has|have"
    rf"|is from|are from) (?:something else|somewhere else|(?:an?other|a different|different|other|the wrong)"
    rf" (?:one|ones|place|{'|'.join(TRAIT_NAMES)}))"
)
"""That friends differ in some particular, without saying how they are."""
WITH_MATCHING = re.compile(rf"(?i)\bwith (?:an? |the |that )?(?:same|matching|identical|that|equal) (?:{'|'.join(TRAIT_NAMES)})")
"""Behind a count of names: not of all that both have."""
THE_ONES = re.compile(
    r"(?i)\b(?:the|your|those|these) (?:\w+(?:, | and | or | nor |/|, or ))*\w+"
    r" (?:ones?|people|folks?|friends|names|players|speakers|lot|group|guys|keepers|owners)\b"
)
"""Friends of the other by what they have in common: "none of the Turin ones"."""
FITTING = re.compile(rf"(?i)\b{FITS}")
