"""Words by which somebody divides, asks, amends or leaves: what a part of a turn does, before its kinds and numbers are read."""

from __future__ import annotations

import re

LEAVES = re.compile(
    r"\b(?:propose no deal|(?:then|so|fine|ok|okay|alright|agreed)\W+(?:it's |that's )?no deal\b(?! (?:if|unless))"
    r"|(?<!rather )walk(?:ing)? away(?! (?:if|unless|from (?:that|this|it|your))\b)"
    r"|no agreement then|leave it without a deal)\b",
    re.IGNORECASE,
)
ASKS_VALUES = re.compile(
    r"\b(?:what|how|which)\b.*\b(?:worth|value|values|points|you (?:want|need|like|prefer|care|after)|matter|priorit|important)",
    re.IGNORECASE,
)
ASKS_WISHES = re.compile(
    r"^\W*(?:so |and |ok |okay )*(?:do|does|did|are|why|what|which|how much) you\b(?! think| mind)"
    r"|\b(?:what|which|why|how)\b (?:do|does|about|are|is)?\s*you(?:r|rs)?\b(?! (?:take|get|keep|have))",
    re.IGNORECASE,
)
HOW_ABOUT = re.compile(r"\b(?:how|what) about\b", re.IGNORECASE)
BESIDES = re.compile(r"\b(?:in addition|also|too|as well|on top|besides)\b", re.IGNORECASE)
PARTIAL = re.compile(
    r"\b(?:also|too|as well|more|extra|instead(?! of)|at least|at most|another|as you (?:say|said|proposed)"
    r"|will you|could you|can you)\b",
    re.IGNORECASE,
)
"""Words of one who asks for a change of an offer and does not say the whole of it."""
FOR_IT = re.compile(r"\bfor (?:it|them|that)\b", re.IGNORECASE)
"""Leaves one kind to be meant by "it", and so says nothing of others that were not spoken of."""
OR = re.compile(r",? or (?:(?:a|an|the|one|two|three|\d) )*", re.IGNORECASE)
TENTATIVE = re.compile(r"\b(?:at least|was hoping)\b", re.IGNORECASE)
"""Words of one who names a number that is none of an offer."""
REQUESTS = re.compile(r"\b(?:will you|could you|can you|extra|at least|at most)\b", re.IGNORECASE)
WHAT_OF = re.compile(r"\W*(?:\w+ )?(?:how|what) about (?:the|those|these)\b[^\d]*$", re.IGNORECASE)
"""A question of who gets something, where it counts nothing out."""
SAME_ORDER = re.compile(r"\bin (?:the same|that|this) order\b", re.IGNORECASE)
HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
AND_YOU = re.compile(r"\W*(?:(?:and|what|how) )*(?:about |to |for |with )?(?:you|yours|u)\W*$", re.IGNORECASE)
"""A question that turns what was just told to the other."""
OPENS_ASKING = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|but|then|well|also)\W+)*(?:do|does|did|is|are|can|could|would|will|may|might|shall|should|what"
    r"|which|who|how|why)\b",
    re.IGNORECASE,
)
PLUS = re.compile(
    r"\W*(?:and|plus|also)\b[^?]*$|[^?]*\band (?:then )?(?:we're|i'm|it's|we have|you have|you've got) (?:good|done|set|in"
    r"|happy|a deal)\b",
    re.IGNORECASE,
)
WHO = re.compile(r"\bwho(?:'s| gets| takes| has| wants)\b", re.IGNORECASE)
MOSTLY = re.compile(r"\b(?:mostly|mainly|especially|particularly|above all|most|really|ideally|if possible)\b", re.IGNORECASE)
CONCEDES = re.compile(r"\b(?:is|are|'s|can be) (?:all )?yours\b", re.IGNORECASE)
AS_BEFORE = re.compile(r"\b(?:still|too|also|instead|other way a?round|make (?:it|that))\b", re.IGNORECASE)
ONLY = re.compile(
    r"\b(?:only(?! (?:if|when)\b)|just(?! (?:checking|to (?:check|confirm|be)))|nothing else|nothing but|all i (?:want|need"
    r"|ask)|that's all)\b",
    re.IGNORECASE,
)
OR_ELSE = re.compile(r"\bor (?:i|i'll|i'd|we|no deal|there's no deal)\b", re.IGNORECASE)
JUST = re.compile(r"\W*(?:only|just)\b[^?]*$|[^?]*\b(?:final|my|last) (?:offer|demand|proposal)\W*$", re.IGNORECASE)
MAKES = re.compile(r"\bmake (?:it|that)\b", re.IGNORECASE)
SWAPS = re.compile(r"\b(?:swap\b(?!\s*[:,.–—-])|exchange (?:it|the|my|your))\b|\bor (?:two|three|so)\b", re.IGNORECASE)
_SAME = (
    r"\b(?:rest|others?|else|otherwise|everything)(?: (?:is|are|can))?,? "
    r"(?:as|stays?|stands?|remains?|(?:the )?same|unchanged|fine|good|ok|okay|equal|agreed|accepted|holds?)\b"
)
OTHERWISE = re.compile(r"\b(?:otherwise|rest|else)\b", re.IGNORECASE)
REST_AS_BEFORE = re.compile(
    rf"{_SAME}"
    r"|\b(?:and|then) (?:i'm in\b|i(?:'ll| will)? (?:agree|accept)\b"
    r"|(?:it's|that's|we(?:'ve| have)(?: got)?|you(?:'ve| have)(?: got)?) an? deal)",
    re.IGNORECASE,
)
STAYS = re.compile(_SAME, re.IGNORECASE)
"""Words of one who changes an offer that was made: kinds that are not spoken of stay as they were."""
AMENDS = re.compile(
    r"^\W*(?:ok|okay|fine|deal|sure|agreed|i(?:'d| would|'ll)? agree|alright|good|yes|yeah|great)\W+(?:then )?"
    r"(?:(?:if|provided|as long as|except)\b"
    r"|but\b[^.?!]*\b(?:\d|one|two|both|all)\b)|\bin (?:exchange|return)\b|\bi(?:'d| would|'ll| can"
    r"| could)? (?:(?:accept|agree(?: to)?)(?: it| that| this| your \w+)?"
    r"|take it|do it|live with (?:it|that|this)|go (?:along )?with (?:it|that|this))"
    r"\W+(?:if|provided|as long as)\b|\band (?:then )?(?:we're|i'm) (?:good|done|set|fine|in|happy)\b"
    r"|\bi(?:'d| would) (?:still |also |really )?(?:need|want)\b(?! it)|\binstead\W*$|\bi'd also like\b|^\W*(?:(?:then|ok|okay"
    r"|fine|so)\W+)?(?:take"
    r"|have|keep) (?:one|two|three|\d|an?)\b|\b(?:one|two|three|\d) \w+ (?:is|are) yours\b|\bas (?:a )?compensation\b"
    r"|\bto make (?:it|that"
    r"|this) (?:work|fair|worth)|\bi'd (?:say|rather|prefer)\b|\bwould be (?:fairer|better)\b",
    re.IGNORECASE,
)
"""Words of one who takes an offer with a change."""
_ADDED = r"(?: also| perhaps| maybe| possibly| still| just| at least| then| please)*"
ASKS_CHANGE = re.compile(
    rf"\b(?:(?:could|can|may|might) i{_ADDED} (?:keep|have|get|take)"
    rf"|(?:could|can|would|will) you{_ADDED} (?:add|spare|part with|let me|give me|give up|throw in|include|leave me|pass me"
    rf"|be (?:willing|open|happy) to (?:let me|give me|part with|spare|add))"
    r"|let me (?:also|at least) (?:keep|have|get|take)"
    r"|and (?:then )?(?:(?:i'll|i will|i'd|i) (?:accept|agree|take it|be in)|(?:we(?:'ll| will)?(?: have| got|'ve got)|it's|it is"
    r"|you(?:'ve| have)(?: got)?) an? deal))\b",
    re.IGNORECASE,
)
"""Words of one who asks for a change of the offer before; what they do not speak of stays as it was."""
WITHHOLDS = re.compile(
    r"\b(?:can't|cannot|won't|(?:rather|prefer|would) not|not (?:willing|ready|able|prepared) to)"
    r" (?:give (?:(?:it|them|that|those)|(?:the|my) \w+) up"
    r"|(?:give up|part with|let go of|lose|spare) (?:it|them|that|those|the|my)\b|let (?:it|them|that|those) go)",
    re.IGNORECASE,
)
"""Words of one who keeps all of a kind."""
CLAUSE = re.compile(
    r",\s+(?=(?:so|and|but|i|you|then|let|because|since|given that|whereas|take|keep|have)\b)"
    r"|:\s+(?=(?:i'd|i would|i'll|let's|let me|give me|leave me|you|i|could|how about|what about) )"
    r"|\s+(?=(?:since|because) (?:they|it|i|those|these|the)\b)"
    r"|\s+(?=(?:so|but) (?:i|you|we|those|they|lets?|let's)\b)",
    re.IGNORECASE,
)
IS = re.compile(r"\b(?:it|they|those|them)(?:('s|'re)|\b)", re.IGNORECASE)
ABOUT_IT = (
    r"(?:(?:because|since|as|and|but|so)\s+)?(?:(?:for|to) me\s+)?(?:(?:it|they|those)"
    r"(?:'s|'re|\s+(?:is|are|brings?|earns?|gives?|nets?|yields?"
    r"|scores?|means?|pays?|gets?|carr(?:y|ies)|would|count))\b[^.;]*(?:\d|\b(?:nothing|zero|one|two|three|four|five|six|seven"
    r"|eight|nine|ten)\b)"
    r"|(?:so )?(?:it|they|those)(?:'s|'re| is| are)(?: all)? (?:yours|mine))"
    r"|[^.;]*\b(?:take|keep|have|want|get|leave you|give you) (?:those|them)\b"
    r"|(?:(?:so )?you (?:can |may |could )?|let me )?(?:take|keep|have) it\b|if i (?:get|have|take|keep) it\b"
    r"|(?:so )?i'd (?:like|want) it\b"
    r"|[^.;]*\bin (?:return|exchange) for (?:it|them)\b|[^.;]*\b(?:valued? (?:it|them) at|for (?:it|them)\b[^.;]*\d)"
)
BOTH = re.compile(
    r"\b(?:both|all)(?: (?:of )?(?:them|these|those)| two| three| four)?(?=\s*(?:$|[,.;!?]|and\b|are\b|for\b|to\b"
    r"|if\b|in\b|as\b|while\b|plus\b|instead\b))",
    re.IGNORECASE,
)
IT = re.compile(rf"(?:,|:| [–—-])\s+(?={ABOUT_IT})", re.IGNORECASE)
"""Where a clause with a number begins that says "it" of what the clause before named."""
WORTH = re.compile(
    r"\b(?:worth(?:less)?|useless|valu\w+|points?|pts|matters?|means?|important|interest\w*|each|apiece|per|nothing|zero|(?:is"
    r"|are|at)(?: only| just)? \d|have \d+ for)\b",
    re.IGNORECASE,
)
CARING = re.compile(
    r"\b(?:matters?|means?|important|importance|interest\w*|care|priorit\w+|worth|valu\w+|appeals?)\b"
    r"|\b(?:is|are|'s|'re) (?:(?:\w+ly|so|very|quite|too|less|more|of) )*"
    r"(?!(?:going|coming|staying|for|to|all|both|yours?|mine|fine|then|up|off)\b)[a-z]+ (?:for|to) (?:me|you)\b"
    r"|\bfor me,? (?:it's|it is|it would be|that's|that would be|they're)(?! \d)",
    re.IGNORECASE,
)
"""Words that say how much somebody likes a kind, where they give nothing away."""
HARDLY = re.compile(r"[^,;.]*\b(?:somewhat|slightly|a bit|a little|less|least|little|hardly|barely|low)\b", re.IGNORECASE)
LITTLE = re.compile(
    r"\b(?:little|hardly any|not much|few|scant|barely any|less) (?:use|value|interest|points|benefit|joy) (?:for|in|from|of)\b"
    r"|\b(?:get|gain|earn|score|make) (?:little|not much|hardly anything|few points|next to nothing)(?: \w+)? (?:from|out of|by|with)\b",
    re.IGNORECASE,
)
"""Words that say that a kind is worth little to their speaker, and hand out nothing."""
ASIDE = re.compile(
    r"\(\s*((?:worth )?\d+(?: points?| pts?)?(?: each| apiece| per \w+| (?:to|for) me)+)\s*\)"
    r"|(?:,|:| [–—-])\s+((?:worth )?\d+(?: points?| pts?)?(?: each| apiece)? (?:to|for) me)(?=[.!?]?$)",
    re.IGNORECASE,
)
"""A value told in passing: "both chairs to me (6 each)"."""
MARK = re.compile(r"(?:^|(?<=\s))\(?([1-9a-d])([.)])\s+", re.MULTILINE)
"""What numbers the points of a list."""
MARKS = ("1a", "2b", "3c", "4d", "5", "6", "7", "8", "9", "")
AS_IT_WAS = re.compile(r"\b(?:as before|unchanged|stays? (?:the same|as)|as you (?:said|proposed|suggested|have it))\b", re.IGNORECASE)
"""What kinds named right before it remain."""
INSTEAD = re.compile(r"\binstead\W*$", re.IGNORECASE)
"""In place of what the other asked for, so that the own offer is what changes."""
SHORT = (
    (
        ("nothing", "zero", "no points"),
        re.compile(
            r"\bI(?:'d)? (?:get|gain|earn|score|make)s? (?:nothing|zero|no points)(?: at all)? (?:from|out of|by|with|for)(?= [a-z])",
            re.IGNORECASE,
        ),
        "I have no use for",
    ),
    (
        ("->", "=>", "→"),
        re.compile(r"(?<=\d) ?(?:[-=]>|→) ?(?=[a-z])(?!(?:me|mine|you|yours?|i)\b(?=\W*(?:$|[,;.])))", re.IGNORECASE),
        ". ",
    ),
    (("vs.",), re.compile(r"\bvs\.", re.IGNORECASE), "vs"),
    (
        (" there",),
        re.compile(r"(?<=[a-z] )(?<!hi )(?<!hello )(?<!hey )(?<!get )(?<!out )there(?=\s*(?:[,;?]|$))", re.IGNORECASE),
        "for you",
    ),
    (
        (" but ",),
        re.compile(
            r"\b(I(?:'d|'ll| would| will| can| could)? (?:give|let|leave|offer|take|keep|accept)\b[^.;!?]*?),? but (?=(?:keep"
            r"|take|want|need)\b)",
            re.IGNORECASE,
        ),
        r"\1, but I ",
    ),
    ((" on ",), re.compile(r"\b(\d+) on (?=(?:each|every|the|an?)\b)", re.IGNORECASE), r"\1 for "),
    ((" share", " side", " part", " pile"), re.compile(r"\bmy (?:share|side|part|pile)(?=\s*[:=])", re.IGNORECASE), "me"),
    ((" share", " side", " part", " pile"), re.compile(r"\byour (?:share|side|part|pile)(?=\s*[:=])", re.IGNORECASE), "you"),
    (("half", "50", "fifty"), re.compile(r"\b(?:half[- ](?:and[- ])?half|50[/-]50|fifty[- ]fifty)\b", re.IGNORECASE), "split"),
    (("yours?", "you?"), re.compile(r"\s*[-–—,;]\s*(?:and )?(?:yours|you)\?", re.IGNORECASE), ". And you?"),
    (
        ("d have", "would have", "would've"),
        re.compile(
            r"(?:(?:,\s*)?\b(?:although|though|even if|but) )?(?:\b(?:i|we)(?: would|'d) have (?:liked|wanted|preferred|loved|taken)\b"
            r"|[^.,;!?]{0,60}\bwould(?: have|'ve) been\b)[^.,;!?]*",
            re.IGNORECASE,
        ),
        "",
    ),
    (("here", "on my"), re.compile(r"(?<=[a-z] )(?:here(?=\s*(?:[,.;!?]|$))|on my (?:side|end)\b)", re.IGNORECASE), "for me"),
    (("there", "on your"), re.compile(r"(?<=[a-z] )(?:over there|on your (?:side|end))\b", re.IGNORECASE), "for you"),
    (("-", "–", "/"), re.compile(r"(?<=[a-z] )(\d) ?[-–/] ?\1(?![\d.])", re.IGNORECASE), r"\1 each"),
    ((" and ", "-"), re.compile(r"(?<=[a-z] )(one|two|\d)(?: and |-)\1\b(?! (?:for|to)\b)", re.IGNORECASE), r"\1 each"),
    (("to my ",), re.compile(r"\bto my (?:side|pile|share|half|part)\b", re.IGNORECASE), "to me"),
    (("to your ",), re.compile(r"\bto your (?:side|pile|share|half|part)\b", re.IGNORECASE), "to you"),
    ((" you make ",), re.compile(r"\b(?:could|can|would|will) you make (?:it|that)\b", re.IGNORECASE), "make it I get"),
    (("lemme",), re.compile(r"\blemme\b", re.IGNORECASE), "let me"),
    ((" n ",), re.compile(r"(?<=[a-z] )n(?= [a-z\d])"), "and"),
    ((" r ",), re.compile(r"(?<=[a-z] )r(?= [a-z])"), "are"),
    (("|",), re.compile(r"\|\s*([^|\n]{1,30}?)\s*\|\s*(\d+)\s*\|"), r"\1: \2"),
    (("1 ",), re.compile(r"\b1(?= (?:take|get|keep|have|want|need|would|will|'ll)\b)", re.IGNORECASE), "I"),
    ((" 4 ",), re.compile(r"(?<=[a-z] )4(?= (?:me|u|you)\b)", re.IGNORECASE), "for"),
    (("gimme",), re.compile(r"\bgimme\b", re.IGNORECASE), "give me"),
    (("urs",), re.compile(r"\burs\b", re.IGNORECASE), "yours"),
    (("for me", "my fav"), re.compile(r"\b(\d) ?[-–:/] ?(\d) (?:for me\b|in my fav\w+)", re.IGNORECASE), r"\1 for me, \2 for you"),
    (("for you", "your fav"), re.compile(r"\b(\d) ?[-–:/] ?(\d) (?:for you\b|in your fav\w+)", re.IGNORECASE), r"\1 for you, \2 for me"),
    (("one",), re.compile(r"\bone[- ](?:one|each) (?:on|for) (?=the\b)", re.IGNORECASE), "one each of "),
    (("<", ">", "vs"), re.compile(r"\(?\b\d+ ?(?:[<>]|vs\.?) ?\d+\)?"), " "),
    ((), re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f ]*(?=[A-Z])"), ". "),
)
"""How people shorten words; values compared in passing; and a picture that ends a sentence. Each after what it needs, if anything."""
FEW = 4
"""Tokens, of a question that only names a kind."""
LONGEST = 4_000
"""Characters: no turn of ours holds as many, and time grows with their square."""
