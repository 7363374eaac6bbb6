"""Turns of phrase by which a talk of `crossed_wires` is read: whose notes are meant, what is denied, supposed, compared or proposed."""

from __future__ import annotations

import re

from benchmark.phrases import AnyCase


def _pattern(*alternatives: str) -> AnyCase:
    return AnyCase("|".join(alternatives))


NOT = _pattern(
    r"\b(?:not|no|never|neither|nor|without|no longer|cannot|rather than|instead of)\b",
    r"\b(?:isn't|isnt|aren't|doesn't|doesnt|don't|wasn't|ain't|can't|hasn't)\b",
)
OR = _pattern(r"^[\s,]*(?:or|nor)\b[\w\s']{0,16}$")
"""Between two of a row that one negation holds for."""

SUPPOSES = _pattern(
    r"\b(?:if|suppose|supposing|assuming|assume|maybe|perhaps|probably|possibly|might|could be|i guess|i wonder|i doubt|unless|in case)\b",
    r"\b(?:whether|not sure|unsure|no idea|i hope|(?:don't|do not) (?:know|have)|according to you(?:r|rs)?|as you (?:said|say))\b",
    r"\byou (?:\w+ )?(?:said|say|told|mentioned|wrote|have|had|noted|heard|give|gave|list)\b(?! (?:the )?(?:later|latest|newer|newest))",
    r"\b(?!(?:note|notes|sheet|mine|info|list|board|message|mail|email|text|it|one|paper)\b)\w+ "
    r"(?:said|says|claims|claimed|mentioned) that\b",
    r"\b(?:it is|it's|it isn't|that is) (?:not (?:true|so|the case)|true|untrue|false|wrong) that\b",
    r"\b(?:(?:can|could) you|please) confirm\b|\b(?:nobody|no one|neither of us) (?:has )?(?:said|mentioned)\b|\bno mention\b",
)
"""What follows is supposed, unknown or the other's word: it presents nothing."""

MINE = _pattern(r"\b(?:my|mine|i|i've|i'm|i'd|me|our|ours|we|we've|both|ich|mein)\b")
MY_OWN = _pattern(r"\b(?:my|mine|i|i've|i'm|i'd|me|ich|mein)\b")
"""Where the other's are named too: "yours are both later" is of the other's."""
YOURS = _pattern(r"\b(?:your|yours|you|you're|you've|ur)\b")
THAN = _pattern(
    r"\b(?:than|as|like|unlike|to|with|from|of) (?:yours?|mine|my)\b",
    r"\b(?:same as|matches|match|beats?|overrides?|trumps?|supersedes?|replaces?|tops) (?:yours?|mine)\b",
)
"""Names the other side of a comparison, and not whose notes the clause is about."""
ASIDE = _pattern(
    r"(?:\b(?:after|before|ahead of|past|prior to|vs|versus|against|than|beats?|beating|trumps?|overrides?|loses? to)|[<>]) your\b"
)
"""Sets a report of the speaker's against one of the other's, without going over to the other's notes."""

CONCLUDES = _pattern(
    r"\b(?:therefore|hence|thus|means|meaning|giv(?:es|ing)|combin\w+|wins?|beats?|overrides?|stands?|holds?|prevails?|counts?|applies)\b",
    r"\b(?:supersedes?|together|latest|newest|most recent|true|actual|current|overall|vs(?! your)|versus(?! your)|final|answer)\b",
    r"\b(?:needs?|should be|must be)\b",
    r"^\W*(?:so |then )?(?:go(?:ing)? with|take|taking|use|using|pick|choose|trust|follow)\b",
    r"\b(?:making|makes|points? to|leads? to|result\w*|we (?:\w+ )?(?:take|use|go|get|need|have))\b|=>|→|->|\+",
)
"""What holds for both in the end, which is not what stands in the speaker's notes."""

MAY_CONCLUDE = _pattern("combin", "result", ">", "→", r"\+")
"""What may conclude without any word of ``cues.CONCLUDING``."""

BREAK = _pattern(
    r"(?=[\s→=,:–—-]|\b[sbtwa])"
    r"(\s*(?:→|->|=>|[,–—]|\s-\s|:(?= (?:take|use|we|let's|go|your)\b)|\b(?:so\b(?! far\b)|then\b(?!\s*:)|(?:but|while|whereas|although)\b"
    r"|and (?=(?:my|mine|i|your|yours|you|we)\b))|(?<=\)) (?:and |& )?(?=\w))\s*)"
)
LEADS_ON = _pattern(r"→|->|=>|\bso\b|\bthen\b")
TAGGED = _pattern(
    r"[,;:–—-]\s*(?=(?:and |but |so )?(?:same|is|are|does|do|did|which|what|who|where|when|how|and yours?|yours?|right|you|match|correct"
    r"|any|ring|sound|could|can|would)\b[^,;:–—-]{0,120}\?*$)"
)
"""Where a question is hung on a statement: "Mine is red, same as yours?"."""

OPENS_QUESTION = _pattern(
    r"^\W*(?:(?:and|so|ok|okay|but|then|also|well|hi|hey|hello|wait)\W+)*"
    r"(?:is|are|was|does|do|did|has|have|which|what|who|whose|where|when|how|can|could|would|should|shall|same|any|yours?)\b"
)
SAME = _pattern(
    r"\bsame\b|\bidentical\b|\balike\b|\bmine too\b|\bme too\b|\bone and the same\b|\bditto\b",
    r"\b(?:all|everything|details|they|it|that|those|these|both)(?: three| \d)? (?:match(?:es)?|agrees?|fits?|line up|check out)\b",
    r"\b(?:all|everything)(?: else)? except\b[^.;]{0,30}?\b(?:match(?:es)?|agrees?|fits?|lines? up|checks? out)\b",
    r"\b(?:that's|that is|it's|he's|she's|it is) (?:mine|my \w+|him|her|the one)(?: too| as well)?"
    r"(?! (?:who|that|which|from|in|on|at|with)\b)\b",
    r"\bmatch(?:es|ing)? (?:mine|my|here|on all|yours?|exactly|perfectly|completely)\b|\bmatch(?:es)?\W*$|^\W*match\b",
)
OTHER = _pattern(
    r"(?<!not )(?<!not a )(?<!n't )(?<!n't a )(?<!no )\bdiffer(?:s|ent|ing)?\b",
    r"\bnot (?:the )?same\b|n't (?:the )?same\b|\banother (?:one|person|\w+)\b|\bsome(?:one|body) else\b",
    r"\b(?:not|isn't) (?:mine|my\b|him|her)\b|\bmix(?:ed|ing)? up\b|\bno match\b|\b(?:not|\w+n't) match|\bmismatch\b|\bthere are two\b",
    r"\bnot talking about the same\b|\btwo (?:different|separate|distinct|of them)\b",
    r"\btwo (?:people|persons|men|patients|colleagues|hotels|rooms|trains|recipes|cakes|sams|(?:mr )?bergs|bellevues|comets)\b",
    r"\btwo (?:blue|plum) \w+\b",
)
_ONES = (
    r"(?:man|men|person|people|persons|patients?|guys?|fellows?|ones?|colleagues?|hotels?|houses?|rooms?|studios?|trains?|recipes?|cakes?"
    r"|sams?|(?:mr )?bergs?|bellevues?|comets?)"
)
OTHER_ONE = _pattern(
    rf"(?<!not a )(?<!n't a )(?<!no )\b(?:different|another|separate|distinct|not the same|n't the same) {_ONES}\b",
    rf"\b(?:someone|somebody) else\b|\btwo (?:different |separate |distinct )?{_ONES}\b",
)
"""Says that two bear the name, whatever else the words give."""
NO_COUNT = _pattern(
    r"\b(?:mine|yours|(?:my|your) (?:notes?|sheet|values?|man|one)|he|she|they)"
    r" (?:then )?(?:do|does|should|can)(?:n't| not) (?:count|matter|apply)\b",
    r"\b(?:mine|yours|(?:my|your) (?:notes|sheet)) (?:is|are) (?:irrelevant|moot|void|beside the point)\b",
    r"\bonly (?:mine|yours|(?:my|your) (?:notes?|sheet|one)) (?:counts?|matters?|appl(?:y|ies))\b",
    r"\b(?:ignore|disregard|discard) (?:all (?:of )?)?(?:(?:my|your) (?:notes|sheet)|mine|yours)\b",
)
"""Of one and the same the notes of both would count. Read where nothing is said of reports or of which is the later."""
OLD_OR_NEW = _pattern(r"\b(?:old|older|new|newer|late|later|latest|early|earlier|stale|outdated|time|times|same|if)\b")

OF_NOTES = _pattern(r"\b(?:notes?|info\w*|times?|reports?|values?|entr(?:y|ies)|records?|something|news|updates?)\b")
"""What may differ without two things bearing the name."""

VERIFIES = _pattern(
    r"\b(?:let's|let us|let me|first|please|need to|want to|wanted to|should|must|to|can we|could we) (?:first |quickly |just )?"
    r"(?:verify|check|double-check|confirm|make sure|ensure|establish|compare|clarify|find out|be sure|see)\b"
)
"""Wants to know whether both mean the same, without a question mark."""

WHICH = _pattern(
    r"\b(?:which|what|who(?:se)?|where)\b.{0,80}\b(?:mean|talking|one|yours?|is|details?|tell)\b|\bdo we mean\b|\bdescribe\b|\bdetails\b"
)
WHEN = _pattern(r"\b(?:when|what time|how (?:old|recent|fresh|late)|time|times|newer|older|later|earlier|timestamp)\b")
LATER = _pattern(
    r"\b(?:is|are|was|were|'s|'re)\s+(?:\w+ ){0,2}?(?P<l>newer|later|fresher|more recent|(?P<o>older|earlier|outdated|stale))\b(?! by\b)",
    r"\b(?P<l2>newer|later|fresher|more recent|(?P<o2>older|earlier))(?: than (?:yours?|mine|my)\b| (?:on|for) )",
)
"""Whose note is the later: ``o`` or ``o2`` if it is the earlier."""

SIDE_ENDS = _pattern(r":|\bthan\b")
"""Where what is the later ends, and what it is compared with or follows from it begins."""
ALSO = _pattern(r"\b(?:too|as well|also|likewise)\W*$")
HEAD = re.compile(r"^(?!.*\b(?:I|i|we)\b[^:]*:)[^:]*:(?= )")
"""What stands before a colon: "same train: front at 8:13"."""
EXCEPT = _pattern(r"\b(?:except|save|apart from|other than|besides|all but|everything but)\b")
LONE = _pattern(r"\b(?:that|it|this|those|noted|heard|note|notes|from|info|as of|written|since)\b|^\W*(?:at )?§\d+§\W*$")
"""Says of a time alone that it is the time of what was just told."""

BEATS = _pattern(
    r"\b(?P<who>yours?|mine|my)\b[^,;:]*?\b(?:beats?|trumps?|overrides?|outranks?|supersedes?|replaces?|wins? (?:over|against)|tops)\b"
)
WHOSE = _pattern(r"\b(?P<other>your)\b|\b(?:my|mine|i|our)\b")
WHOLE = _pattern(r"\b(?:both|each|all|either)\b")
PROPOSES = _pattern(
    r"\b(?:propose|suggest|go(?:ing)? (?:with|for)|pick|choose|send|take|call|page|order|book|load|commit\w*)\b",
    r"\b(?:answer|final|agreed?|confirm\w*|settle|should|let's|i'd|i'll|i say|points? to|leads? to|gives?|makes|means|must be|use)\b",
    r"\b(?:drive|meet at|it is|it's|that's|that is)\b|=|→|->",
)
AGAINST = _pattern(r"\b(?:not|no longer|withdraw|against|instead of|rather than|rules? out)\b|n't\b")
INVITES = _pattern(r"\b(?:shall we|should we|can we|how about|why not|why don't we|agreed?|ok with|okay with|shall i)\b")
TELLS = _pattern(r"\b(?:mine|my (?:notes?|sheet)|i)(?: \w+)? (?:says?|reads?|gives?|have|has|shows?|tells?)\b|\b(?:mine|my notes?|i have):")
"""What comes next stands in the speaker's notes, whatever follows from it."""
EXPLAINS = _pattern(r"^\W*(?:is|covers|stands)\b")
"""Behind an option: says what it is for and does not propose it."""

ITSELF = _pattern(r"^\W*(?:and )?(?:mine|my \w+)(?: (?:does|is|has|comes))?(?: too| as well)?\W*$")
"""Said after a question of one's own: "Is yours from Lyon? Mine is."."""

IT_DOES = _pattern(
    r"^\W*(?:it|he|she|they|mine)(?: (?:does|is|has|do)|'s)(?P<not>n't| not)?(?: indeed| too)?(?=\s*(?:[,.;!–—]|$| and\b))[\s,.;!–—]*"
)
OVER = _pattern(r"\b(?:beats?|trumps?|overrides?|outranks?|supersedes?|replaces?|tops|outdates?|overtakes?|wins? (?:over|against))\b")
"""Stands between the later of two and the earlier."""
TO_YOURS = _pattern(r"\b(?:(?P<early>before|ahead of|prior to)|after|past) your\b")
_LATEST = r"(?:later|latest|newer|newest|fresher|freshest|more recent|most recent)"
STANDS = _pattern(
    r"\b(?:stands?|holds?|prevails?|wins?|counts?)\b(?! (?:over|against|for|nothing|little|less))",
    rf"\b(?:is|are|as|being) the {_LATEST}\b",
    r"\b(?:is|are) (?:the )?(?:true|right|correct|current|valid|in force|up[- ]to[- ]date)\b(?! (?:one|ones|that|to|for)\b)",
    rf",\s*(?:both |each )?the {_LATEST} (?:ones?|notes?|reports?|values?|two|of (?:each|both|the two))\b",
)
"""Follows the later of two."""
ARE = _pattern(rf"\b{_LATEST}(?: (?:notes?|reports?|ones?|values?|news))?(?: of (?:each|both|the two|all))?(?: (?:is|are)\b|\s?[:=])")
"""Goes before the later of two: "latest are screen and tower"."""
APART = _pattern(r"[;:]|,(?! and )|\b(?:so|then|but|while|thus|hence|therefore)\b")
"""Between what is said to be the later and the rest."""
ROW = _pattern(r"^,\s*(?:and |also )?(?:(?:my|mine|your|yours|our|the)\b[\s,:]*)?$")
"""From a comma to the next report of a list: "later ones: your rear, my garden"."""
SAID = _pattern(r"\b(?:is|are|was|were|has|have|had|than|says?|reads?|beats?|trumps?|overrides?|supersedes?|replaces?|wins?|stands?)\b")
AND = _pattern(r",?\s+and\s+")
"""Begins another clause where something was :data:`SAID` before it."""
THAN_THAT = _pattern(r"\b(?:newer|later|fresher|more recent|(?P<early>older|earlier)) than (?:(?:your|the) )?")
BARE = _pattern(r"^\W*(?:and |but |which is |it is |it's )?(?:newer|later|fresher|more recent|(?P<early>older|earlier))\W*(?:$|;)")
"""Hung on a report that was just told: "hip at 9:02, later"."""
YOUR_TIME = _pattern(r"\byour(?: [\w-]+)?(?: (?:at|of|from|noted))?[ (]*$")
"""Before a time that stands in the other's notes: "hip 9:57 vs your 9:42"."""
HUNG = _pattern(
    r"^\W*(?:and |but )?(?:(?:which|that|this|it|so) )?(?:(?:'s|is|was|came|comes) )?"
    r"(?:beats?|beating|trumps?|trumping|overrides?|overriding|supersedes?|superseding|replaces?|tops|outdates?|overtakes?|after|past"
    r"|(?:newer|later|fresher|more recent) than|(?P<early>(?:older|earlier) than|before|ahead of|prior to))"
    r" (?:yours|your (?:note|one|report|time|value|entry)|your §\d+§)\W*(?:$|;)"
)
"""Hung on a report that was just told: "hip at 9:02, which beats yours"."""
OWN_WINS = _pattern(
    r"^\W*(?:so |but |and |then |here |there )?(?:(?P<mine>mine|my (?:note|one|report|time))|yours|your (?:note|one|report|time))"
    r" (?:wins|stands|holds|prevails|beats (?:it|that|yours|mine))\W*(?:$|;)"
)
"""Of the report that was just told: "hip at 9:02, yours wins"."""
OWNER_LAST = _pattern(r"\b(?:(?P<mine>mine|my)|yours?)\b(?: [\w§]+){0,3}\s*$")
"""Whose note is the later, right before the word for that."""
ONLY = _pattern(r"\b(?:only|just|alone|if)\b")
_OWNER = r"(?:(?P<mine>my|mine|our|ours|i)|yours?|you)"
_AGE = rf"(?:{_LATEST}|(?P<early>older|oldest|earlier|earliest|staler?|outdated))"
LATER_OF = _pattern(rf"\b{_OWNER} {_AGE}\b(?! than\b)")
"""Before or behind a report: "your later flour", "flour by your later note"."""
LATER_ALL = _pattern(
    rf"\b{_OWNER} {_AGE} (?:notes?|ones?|reports?|times?|values?|news)\b"
    r"(?: (?:\w+ )?(?:wins?|counts?|stands?|holds?|prevails?|apply|applies|rule))?\s?[:=,–—-]\s*"
)
"""Before a list of reports: "your later notes win: rye and margarine"."""
LATER_IS = _pattern(
    rf"^\s*(?:\(|,|is|was|are|being|from|notes?|reports?|\s)*{_OWNER}\b[\s,]*(?:(?:and|is|being|the|so|which|at|from|§\d+§)[\s,]+)*{_AGE}\b"
)
"""Behind a report: "tower (yours, later)", "the tower is yours and newer"."""
LATEST_IS = _pattern(rf"\b{_AGE} (?:the )?$")
"""Before a report whose value follows with its owner: "latest machine: your tower"."""
OWNED = _pattern(rf"^(?: (?:notes?|reports?|values?))?\s*(?:[:=,]|is|comes? from|from)\s*(?:the one (?:from|in) )?{_OWNER}\b")
GOES_BY = _pattern(rf"^\s*(?:goes|is (?:decided|settled)|are (?:decided|settled)|counts|follows) (?:by |from )?{_OWNER}\b")
OWN_ONE = _pattern(rf"\b{_OWNER}(?: (?:note|report|one))?(?: (?:on|for|about|of)(?: the)?)?\s*$")
OWN_ON = _pattern(rf"\b{_OWNER}(?: (?:note|report|one))? (?:on|for|about) (?:the )?$")
"""Before a report of which is said what was said of another: "yours is later on the end, mine on the platform"."""
TOO = _pattern(r"^\s*(?:(?:is|does|wins|stands|counts)\b(?: (?:too|as well|also))?|too|as well|also)\s*(?:$|[,;.!)])")
"""Before and behind a report of which is said what was said of another: "and mine on the fault is", "my tower too"."""
IN_BRACKETS = _pattern(rf"^\s*\((?:from |by )?{_OWNER}(?: (?:notes?|report))?\)")
SO_IS = _pattern(rf"\bso {_OWNER} (?:is|does|wins|stands|counts)(?: too)?\W*$")
"""Ends a sentence on a report of which is said what was said of another: "glucose is from 8:20, so mine is"."""
BESIDE = _pattern(
    r"\b(?:that|it|this|which)(?:'s| is| was| came| comes)?(?: \w+)? (?:after|(?:later|newer|fresher|more recent) than"
    r"|(?P<early>before|(?:older|earlier) than)) (?:(?P<mine>my)|your)\s*$"
)
"""Before a report with which another is compared: "that's after my saline"."""
IS_AGED = _pattern(
    r"\(\s*(?:(?:§\d+§|so|and|it's|its|which is|is|the|noted|at)\s+)*(?:(?:newer|later|fresher|latest|newest|more recent)"
    r"|(?P<early>older|earlier|stale|outdated))\s*\)"
)
"""In brackets behind a report: "hip at 9:02 (older)"."""
CONCLUDED = _pattern(r"\b(?:so|then|hence|thus|therefore|that (?:gives|makes|leaves))\b|^\W*(?:yes|agreed|right|ok)\b")
BY_NOTE = _pattern(rf"^\s*(?:by|per|according to) {_OWNER}\b")
BY_OWNER = _pattern(rf"^\s*(?:(?:is|comes|stands) )?(?:by|from|per|according to|in) {_OWNER}\b")
"""Behind a report: whose it is; where one was said to be the later, so is this."""
ON_IT = _pattern(
    rf"^(?: (?:notes?|reports?))?[\s,:(]*(?:(?:at|noted|as of) )?(?:§\d+§)?[\s,:)]*(?P<so>so|then|that's|it's|it is)?\s*{_OWNER}\b"
    r"(?: (?:is|are|am|do|does|have|has|hold|wins?|counts?)\b(?P<verb>))?"
)
"""Behind "on the flour": whose note is meant."""
ABOUT = _pattern(r"\b(?:for|on|as for|as to|of|about|regarding) (?:the |my |your )?$")
AFTER = _pattern(
    r"(?:\b(?:later|newer|fresher|more recent|more up[- ]to[- ]date) than|\b(?:after|past)|>"
    r"|\b(?:beats?|trumps?|overrides?|overtakes?|overrules?|outranks?|supersedes?|replaces?|tops|outdates?|corrects?"
    r"|wins? (?:over|against)|(?:beat|trump|overrid|overtak|supersed|replac|outdat|outrank|correct)ing))\s*$"
)
BEFORE = _pattern(
    r"(?:\b(?:earlier|older|staler) than|\b(?:before|ahead of|prior to)|<|\b(?:gives? way|yields?|loses?|bows?) (?:out )?to"
    r"|\b(?:outdated|superseded|beaten|overridden|overruled|overtaken|replaced|trumped|topped|corrected|outranked) by)\s*$"
)
"""Between two reports of one thing: the first is the later; or the second."""
BY = _pattern(r"^\s*by\s*$")
SKIPPED = _pattern(r"\b(?:my|mine|our|your|yours|the|that|at|from|of|noted)\b|§\d+§|[()]")
"""What may stand between two reports beside the word that compares them."""
