"""What a piece of a sentence between two commas says by itself: whose it is, what is denied in it, and where a sum begins."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.schedule.calendars import ANYTHING, NEVER, POSSIBLE, Cell
from tasks.schedule.lexicon import Token

_LEADS_TO = ("=", "→", "->", "–", "—", "-")
_REPLY = ("costs", "cost", "sorry", "either", "would", "be", "is", "here", "side", "end", "too", "exactly", "again", "s", "d", "a")


def before_total(part: list[Token]) -> list[Token]:
    """ "Cost 1 → total 4": what stands before the sum, where that has a cost of its own."""
    for place, token in enumerate(part):
        if token.kind == "TOTAL" and place and part[place - 1].text in _LEADS_TO and any(one.number >= 0 for one in part[:place]):
            return part[: place - 1]
    return part


def merged(values: Sequence[Token]) -> Cell:
    cell = values[0].cell
    for token in values[1:]:
        cell = cell & token.cell or cell
    return cell


def is_reply(part: Sequence[Token]) -> bool:
    """Whether ``part`` says what its speaker's stance is and of nothing else: "and 3 for me", "can't", "not possible either"."""
    if any(one.text in ("no", "nope", "never", "yes", "free", "open") for one in part):
        return False
    return all(one.kind in ("VALUE", "ME", "SAME", "UNIT", "AND", "ON", "AT", "IT") or one.text in _REPLY for one in part)


def own_half(part: Sequence[Token]) -> list[Token]:
    """ "Tue 10 costs you 3 and me 2": what is said of the speaker, with the slots."""
    kept: list[Token] = []
    whose = "ME"
    for token in part:
        if token.kind in ("ME", "YOU"):
            whose = token.kind
        if token.kind != "VALUE" or whose == "ME":
            kept.append(token)
    return kept


def negated(part: Sequence[Token]) -> list[Token]:
    """Each "no", "none", "neither" or "not" in front of a value turned into its opposite."""
    done: list[Token] = []
    negated = False
    for place, token in enumerate(part):
        if token.kind == "NEG" and _denies_what_can_be(part, place):
            last = max(i for i, one in enumerate(done) if one.kind == "VALUE")
            done[last] = Token("VALUE", done[last].text, cell=NEVER)
        elif token.kind in ("NEG", "NOELSE"):
            negated = True
            if token.kind == "NOELSE":
                done.append(Token("ELSE", token.text))
                if not any(one.kind == "VALUE" for one in part[place:]):
                    done.append(Token("VALUE", token.text, cell=NEVER))
        elif token.kind == "VALUE" and negated:
            opposite = NEVER if token.cell == POSSIBLE else POSSIBLE if token.cell == NEVER else ANYTHING - token.cell
            done.append(Token("VALUE", token.text, cell=opposite))
            negated = token.cell == POSSIBLE and token.number < 0
        else:
            done.append(token)
    return done


def _denies_what_can_be(part: Sequence[Token], place: int) -> bool:
    """ "I can make neither Tue 10 nor Wed 14": whether the "no" at ``place`` stands between "can" and the slots that it denies."""
    before = [one for one in part[:place] if one.kind != "WORD"]
    behind = next((one.kind for one in part[place + 1 :] if one.kind in ("SLOT", "VALUE")), "")
    return behind == "SLOT" and [one.kind for one in before[-2:]] == ["ME", "VALUE"] and before[-1].cell == POSSIBLE


def opens_with_total(found: Sequence[Token]) -> bool:
    """ "Adding up: Tue 10 = 5, Wed 14 = 6"."""
    for token in found:
        if token.kind in ("SLOT", "VALUE", "ME"):
            return False
        if token.kind == "TOTAL":
            return True
    return False


def costs_nothing(found: Sequence[Token]) -> bool:
    """Whether a row of slots is possible, and at its end comes that it is so at no cost: "I can do Tue 10, Wed 14 for free"."""
    if not found or found[-1].kind != "VALUE":
        return False
    values = [token for token in found if token.kind == "VALUE"]
    slots = [token.slots for token in found if token.kind == "SLOT"]
    free = len(values) == 2 and values[0].cell == POSSIBLE and values[1] is found[-1] and " " in values[1].text
    return free and values[1].cell == {0} and len(slots) == len(set(slots)) and values[0] in found[:3]


def all_priced(found: Sequence[Token]) -> bool:
    """Whether each slot has its cost behind it, and nobody else is spoken of: "Tue 10 1, Wed 14 (3)"."""
    row = [token for token in found if token.kind in ("SLOT", "VALUE")]
    in_turn = all((token.kind == "SLOT") == (place % 2 == 0) for place, token in enumerate(row)) and len(row) % 2 == 0
    single = all(len(token.slots) == 1 if token.kind == "SLOT" else token.number >= 0 for token in row)
    return in_turn and single and not any(token.kind in ("YOU", "WE", "TOTAL") for token in found)


_LEADS_TO_SUM = ("WE", "LINK", "ON", "AT", "UNIT", "TOTAL", "IT", "AND", "CAN", "ME", "SAME")
_SUM_WORDS = ("would", "comes", "come", "to", "is", "are", "be", "makes", "gives", "costs", "cost", "with", "then", "only", "just", "about")


def totals_in(found: Sequence[Token]) -> list[tuple[str, int]]:
    """What slots cost all together: "Tue 10 totals 5, Wed 14 6", "Totals: Tue 10 = 5". Numbers in ``found`` are no values yet."""
    sums: list[tuple[str, int]] = []
    slot, says_total = "", False
    for place, token in enumerate(found):
        if token.kind == "SLOT":
            if slot and says_total:
                return sums  # "Tue 10 and Wed 14 make 5 and 6"
            slot = token.slots[0] if len(token.slots) == 1 else ""
        elif token.kind == "TOTAL":
            says_total = says_total or (token.text.startswith(("total", "sum")) and (not sums or bool(slot)))
        elif token.kind == "NUM" and slot:
            after = next((one for one in found[place + 1 :] if one.kind != "UNIT"), Token("", ""))
            if not (says_total or after.kind == "TOTAL"):
                return sums
            sums.append((slot, token.number))
            slot = ""
        elif token.kind == "COMMA" or (not slot and token.kind in _LEADS_TO_SUM):
            continue
        elif token.kind not in _LEADS_TO_SUM and token.text not in _SUM_WORDS:
            return sums
    return sums
