"""Turns of phrase by which talk about `haggle` is read: what bounds a price, offers or refuses it, and what says that there is no deal."""

from __future__ import annotations

import re

from benchmark.reading import number_word


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


BOUND = _words(
    r"most|max|maximum|highest|limit|ceiling|more than|above|(?<!come )up to|as (?:high|low|far|much|little) as|stops?(?: at"
    r"| there)?|exceeds?"
    r"|go(?:ing)? past|not past|never past|upwards?|all (?:that |of )?i(?:'ve| have| can)?|no (?:more|less)|not (?:more|less)"
    r"|or (?:more|less)"
    r"|budget|least|min|minimum|lowest"
    r"|bottom(?: line)?|floor|below|under|less than|(?:for|any|much) less|anything (?:less|more|lower|higher|further|cheaper"
    r"|dearer)|reservation|not spend more|over|beyond|(?:lower|higher) than"
    r"|any (?:lower|higher|further)|(?:can't|cannot|can not|won't|couldn't|could not|not) go (?:lower|higher|further|deeper)"
    r"|ends? (?:at|there)|best (?:that )?you (?:can|could)|(?:\w+n't|not|never) (?:\w+ )?at a loss"
    r"|all (?:the (?:money|cash) )?(?:that )?(?:there(?:'s| is| was)|we(?:'ve| have| got)?|they|was (?:given|collected))"
    r"|(?:\w+n't|cannot|can not|could not|would not|will not|never) (?:pay|give|offer|spend|do|accept|take|manage|raise|find|afford)"
    r" (?:any |much |a \w+ )?(?:more|less|lower|higher)(?! than)"
    r"|(?:euro|cent|penny) (?:more|less)|not (?:a|one)(?: single)?(?: more| less)|nothing (?:more|less)(?! than)"
    r"|what (?:the|my|our) \w+ (?:allows?|lets?|permits?)|less (?:makes no sense|is no use|would make no sense)"
    r"|cap|capped|tops?(?: out)?|(?:can|could) only|only (?:have|pay|spend)|from \d+ (?:up|upwards?|on)"
    r"|break[- ]even|cheapest|threshold|walk[- ]?away (?:price|point)|m[aá]ximo|m[ií]nimo|s[oó]lo|moins|plus que|unter"
    r"|maximal|mindestens|höchstens"
)
NEARLY = _words(
    r"almost|nearly|close to|near|(?:not|isn't) (?:\w+ )?far (?:from|off|above|below|over|under|beyond|short of)"
    r"|just (?:above|below|over|under|short of|inside|within)"
    r"|(?:little|bit|some|hardly any|barely any|not much|small|slight)(?: \w+)?"
    r" (?:above|below|over|under|beyond|more|less|higher|lower|left)"
)
"""Of what lies by a limit and is none: "with very little room above that"."""
TOO_FAR = _words(
    r"(?:euros? )?(?:(?:is|are|was|would be|'s|seems|feels|sounds|looks) )?(?:\w+,? ){0,3}?"
    r"(?:(?:more|less|higher|lower) than|below|above|beyond|over|under|too (?:\w+ )?(?:much|little|low|high|steep|expensive|far)"
    r"|leaves? (?:me|us)|steep|outside|out of (?:reach|the question|my)|exceeds?|won't|wouldn't|doesn't|does not|isn't|is not"
    r"|not (?:possible|enough))"
)
"""What follows a price that is said to lie beyond a limit, and is neither limit nor offer."""
AND_NO_FURTHER = re.compile(r"(?:euros? )?(?:and|but|so|or) [^,;]*\b(?:that|this|it)\b", re.IGNORECASE)
"""What follows a price that is a limit: "824 and beyond that I'd rather stay"."""
REJECTS = _words(
    r"can't|cant|cannot|can not|won't|not|no|never|wouldn't|couldn't|beyond|too (?:much|little|low|high)|instead of|rather than"
)
YOURS = _words(r"you|your|yours|youre|you're|u|ur")
MINE = _words(r"i|i'm|im|i'd|id|i'll|i've|my|mine|me|we|our")
REQUESTS = _words(r"(?:could|can|would|will) (?:you|u)")
PAST = re.compile(r"\b(?:above|below|over|under|beyond|past|(?:more|less|higher|lower|better) than)\s*$", re.IGNORECASE)
"""Before a price that a question asks to leave behind: "could you go below 700?"."""
OFFER = _words(
    r"propos\w+|offers?|offering|how about|what about|let's|lets|let us|deal|settle|agreed?|meet|middle|mid-?point|half ?way|split|fine"
    r"|ok|okay|accept\w*|works?|shall we|price|fee|say|take it|call it|commit|fair|go|(?:it|this|that|yours) for|sell|give you|pay|shake"
    r"|done|make it|take|do|doable|then|it is|it's|gladly|live with|come (?:down|up) to|come up with|thinking|hoping"
    r"|best|final|so|suits?|perfect|ask"
    r"|asking|start|open|yours|sold|confirm(?:ed)?|match|stretch|raise|lower|counter|reasonable|seems?|sounds?|would(?: be|(?=\W*$))"
    r"|want|like|lock|last|writ(?:e|ing)|note|put|putting|pick|choose|(?:is|be) (?:just |about )?(?:good|great|right)"
    r"|(?:i|we)(?:'d| would) need|(?:could|can|might|would|'d|'ll) (?:just |about |perhaps )?(?:manage|afford|let you have)"
    r"|(?<!you had )(?<!you have )in mind"
    r"|(?:i|we)(?:'m|'d|'re| am| are| was| were| had)? (?:aim\w*|look\w*|plann\w+|hoped|reckoned) (?:for|on|with)"
)
ELSEWHERE = _words(
    r"paid|payed|costs?|cost me|says|(?:they|people|others|some|tables?|books?|lists?|papers?) say|quoted|stands at"
    r"|owes?|earns?|bid|charges?|charged|bought|originally|retail\w*|listed|offered"
    r"|offers(?! to\b)|asks|(?<!i )(?<!you )(?<!we )would (?:do|take|charge|ask|pay|give|cost)|(?:would|could"
    r"|usually) (?:earn|get|bring)|elsewhere"
    r"|(?:have|i've|had|got|received) (?:already )?(?:an?|another|one) (?:\w+ )?(?:offer|bid)"
    r"|(?:other|another|rival|standing) (?:offer|bid)"
    r"|takes|comes to|savings?|since|in 20\d\d"
)
"""Words of a clause in which a price is somebody else's, or of another time."""
MERELY_BEYOND = re.compile(
    r"\b(?:pays|offers|gives|gets|brings|earns|(?:would|will|'ll|'d) (?:pay|give|offer) me|costs?|expenses"
    r"|outlays?|materials?|canvas|frame|rent"
    r"|(?:limit|ceiling|maximum|floor|minimum|budget|bottom line) (?:is|lies|sits|was))\b"
    r"[^,;]{0,40}?\b(?:more than|above|less than|over|under|below|beyond|past|exceeds?|upwards of)\s+(?:the )?$",
    re.IGNORECASE,
)
"""Before a price that only bounds what somebody pays, what it costs, or a limit: "the shop pays me more than 430"."""
NO_DEAL = _words(
    r"no (?:deal|agreement|zone|overlap|room|price)|walk away|part ways|leave it at that|we (?:leave|drop) it(?=\W*$)"
    r"|nothing doing|call it off|null|impossible|decline"
    r"|(?:can't|cannot|can not|won't|don't|do not|doesn't) (?:seem to )?(?:agree|reach|make a deal|do a deal|do business|come to terms"
    r"|meet|deal|overlap)"
    r"|not (?:possible|going to work)"
    r"|(?:nothing|not anything) (?:that )?we can do|without a deal"
)
OR_ELSE = _words(r"or|anything|otherwise|else|if|unless|rather than|avoid|instead of|better than|not (?:a )?no")
UNLESS = _words(r"unless|except if")
ACCEPTS = _words(r"deal|agreed|agree|accept|accepted|done|sold|shake on it|works for me|fine by me|settled")
WITHDRAWS = _words(r"withdraw|take back|scratch|forget (?:my|that|the) (?:offer|proposal)")
THAT = _words(r"that|there|it|this|those|right there")
TAKES_THAT = _words(
    r"(?:happy|fine|ok|okay|good|content|start|begin|settle|go|agree) (?:with|there|at|on|for) ?(?:that|it|this|the guide|the board)?"
    r"|(?:take|pay|accept|offer|ask|suggest|do|glad|fond) (?:for |of )?(?:that|it|exactly that)|as (?:in|per) the"
)
MIDDLE = _words(r"split (?:the|that|our) (?:difference|gap)|(?:meet|settle) (?:me )?(?:in the middle|half ?way)|split it|middle|half ?way")
SAME = _words(r"same|ditto|likewise")
PUBLIC = _words(r"guide|table|board|listed|list price|guild|index|official")
LAST = frozenset(
    {"price", "last", "final", "firm", "euros", "ask", "asking", "opening", "rent", "rent's", "price's", "fee", "bid", "counter", "offer"}
)
VOCATIVE = re.compile(r"\W*(?:(?:my|dear|old|right|yes|maybe|say) )?[^\W\d]+\W*")
"""A word or two after a question: "850, Pia?"."""
ASKS_THAT = _words(
    r"(?:could|can|would|will) (?:you|u) (?:go (?:there|that (?:high|low|far))|get there|(?:reach|do|match|meet|manage|take|accept|pay"
    r"|stretch to|come (?:up|down) to|live with|agree to|settle (?:for|on)|be (?:happy|fine|content|ok|okay) with) (?:that|it|this))"
    r"|(?:would|will|does|could|might|can) (?:that|this)(?: \w+)?"
    r" (?:suit|work|do|be (?:ok|okay|fine|fair|acceptable|all right|alright|possible)"
    r"|sound (?:fair|good|ok|okay|fine|right|all right|reasonable|acceptable))"
    r"|how (?:does|would|do) (?:that|this) (?:sound|suit|strike|sit)"
    r"|is (?:that|this) (?:ok|okay|fine|all right|alright|acceptable|agreeable)"
)
ULTIMATUM = re.compile(
    r"\W*(?:(?:and|but|so)\W+)?(?:if not|or else|otherwise|else|if (?:you )?can(?:'t|not))\b\W*"
    r"(?:then\W*)?(?:(?:it|there|that)(?:'s| is) |we have )?(?:no deal|null)\b",
    re.IGNORECASE,
)
"""After a price that was asked for: there is no deal without it."""
_LIMIT = r"(?:lowest|least|floor|minimum|bottom|limit|most|maximum|max|highest|ceiling|budget|top|all)"
SUPPOSED = re.compile(
    rf"\bif (?P<price>\d+)(?: euros?)? (?:(?:really|truly|indeed|already) )*is (?:(?:really|truly|indeed|already) )*"
    rf"(?:your (?:\w+ )?{_LIMIT}|(?:the (?:\w+ )?(?:least|most|lowest|highest)|all) you)\b"
    rf"|\bif your (?:\w+ )?{_LIMIT} (?:\w+ )?is (?:(?:really|truly|indeed|at) )*(?P<after>\d+)",
    re.IGNORECASE,
)
"""What the other's limit may be: "if 225 is truly your floor, there is no deal"."""
_ALAS = r"(?:yes|yeah|sadly|alas|unfortunately|indeed|i'm afraid|afraid|sorry|i'm)"
IT_IS = re.compile(
    rf"\W*(?:{_ALAS}\W+)*(?:it|that)(?: (?!not\b)\w+)? is\b(?! (?:not|too|a)\b)"
    rf"|\W*(?:{_ALAS}\W+)*(?:yes|yeah|indeed|so)\W*(?:(?:sadly|really|truly|it is|sorry)\W*)*(?:$|[,;:])",
    re.IGNORECASE,
)
"""Says yes to that."""
CLAUSE = re.compile(
    r"\s+[–—-]+\s+|—|[:()]\s*|,\s+(?=\S)|\s+(?=(?:so|but|because|since|then|though|although|while|which|where(?! (?:i|we) (?:stop"
    r"|end|draw)))\b)"
    r"|\s+(?=and (?:i|i'm|i'd|my|your|propose|offer|suggest|how|what|let'?s|shall)\b)|\s+(?=and \d)",
    re.IGNORECASE,
)
ONWARDS = re.compile(r"\s*(?:euros? )?(?:and |or )?(?:up(?:wards?)?|above|below|down|more|less|higher|lower)\b(?! to| than)", re.IGNORECASE)
TERMS = re.compile(
    r"\s*(?:euros? )?(?:and|plus|with|including|incl|cash|if"
    r"|(?:for )?(?:the|this|a|per) (?:crate|lot|month|bike|bicycle|portrait|picture|painting|room))\b",
    re.IGNORECASE,
)
"""What follows a price that opens a clause, and asks for something beside it: "440 and you water the plants"."""
WHICH_IS = re.compile(r"\W*(?:which|that) (?:is|stops at|ends at)\b", re.IGNORECASE)
MINE_IS = re.compile(r"\W*(?:and |for )?(?:mine|me)\b", re.IGNORECASE)
WITHIN = re.compile(r"\b(?:within|inside|fits?|under|below|over|above|beyond) (?:my|our|the|what)\b", re.IGNORECASE)
SHORT_OF = re.compile(r"\b(?:within|above|over|below|under|beyond|covers?|pays?|match|reach|meets?) (?:my|our|what)\b", re.IGNORECASE)
WHY_NOT = _words("why (?:not|don't we)")
BETWEEN = re.compile(
    r"\bbetween [^\d,;]*\d+[^\d,;]+\d+|\b\d+(?: euros?)? ?(?:[<>]=?|≤|≥|versus|vs\.?) ?\d+|(?<!from )\b\d+(?: euros?)? to \d+"
    r"|\b\d+ ?[-–] ?\d+\b",
    re.IGNORECASE,
)
APART = re.compile(
    r"(?<!have )(?<!got )(?<!have only )(?<!have just )\b\d+ (?:euros? )?between us\b|\b\d+ (?:euros? )?(?:apart|difference|short"
    r"|off|more|less|higher|lower)\b(?! than)|\b(?:gap|difference|distance) of \d+",
    re.IGNORECASE,
)
GROUPED = re.compile(r"(?<=\d)[, '.](?=\d{3}\b)")
THOUSANDS = re.compile(r"\b(\d+(?:\.\d+)?)k\b", re.IGNORECASE)
UNITS = re.compile(r"(?<=\d)\s?(?:€|eur\b|euros?\b)", re.IGNORECASE)
COUNTS = [number_word(n) for n in range(20)]
_BELOW_HUNDRED = "|".join(sorted((number_word(n) for n in range(1, 100)), key=len, reverse=True))
_TENS = "|".join(sorted((number_word(n) for n in range(10, 100)), key=len, reverse=True))
HUNDREDS = re.compile(rf"\b(a|{'|'.join(COUNTS[1:])}) (?:hundred(?: and)?(?: ({_BELOW_HUNDRED}))?|({_TENS}))\b", re.IGNORECASE)
SPACES = re.compile(r"[^\S\n]{2,}")
