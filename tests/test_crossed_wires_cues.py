"""No turn of phrase is passed over: wherever one is found, a word stands without which it is not looked for."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from benchmark.reading import words_in
from tasks.crossed_wires import cues, phrases
from tasks.crossed_wires.scenes import SCENES
from tasks.crossed_wires.words import OPTION, _slips, lexicon

CUES = {
    "YOURS": cues.YOU,
    "YOUR_TIME": cues.YOU,
    "MINE": cues.OWN,
    "MY_OWN": cues.OWN,
    "THAN": cues.SIDES,
    "SUPPOSES": cues.SUPPOSING,
    "NOT": cues.DENYING,
    "SAME": cues.SAME,
    "VERIFIES": cues.VERIFYING,
    "HUNG": cues.HANGING,
    "OWN_WINS": cues.HANGING,
    "CONCLUDES": cues.CONCLUDING,
    "BEATS": cues.COMPARING,
    "LATER": cues.COMPARING,
    "OVER": cues.COMPARING,
    "TO_YOURS": cues.COMPARING,
    "BARE": cues.COMPARING,
    "THAN_THAT": cues.COMPARING,
    "STANDS": cues.WINNING,
    "ARE": cues.WINNING,
    "LATER_ALL": cues.AGE,
    "LATER_OF": cues.ATTRIBUTING,
    "LATER_IS": cues.ATTRIBUTING,
    "LATEST_IS": cues.ATTRIBUTING,
    "BESIDE": cues.ATTRIBUTING,
    "GOES_BY": cues.ATTRIBUTING,
    "BY_NOTE": cues.NAMING,
}


def _one_of(signs: Any) -> str:
    kind, value = signs[0]
    return chr(value) if str(kind) == "LITERAL" else {"CATEGORY_DIGIT": "1", "CATEGORY_WORD": "x"}.get(str(value), " ")


def ways(parsed: Any) -> list[str]:
    """Texts that have between them every alternative of a pattern; what it looks ahead or back for is left out."""
    texts = [""]
    for op, given in parsed:
        match str(op):
            case "LITERAL":
                more = [chr(given)]
            case "IN":
                more = [_one_of(given)]
            case "BRANCH":
                more = [text for one in given[1] for text in ways(one)]
            case "SUBPATTERN":
                more = ways(given[-1])
            case "MAX_REPEAT" | "MIN_REPEAT":
                more = [*([] if given[0] else [""]), *ways(given[2])]
            case _:
                more = ["x"] if str(op) in ("ANY", "NOT_LITERAL") else [""]
        size = max(len(texts), len(more))
        texts = [texts[i % len(texts)] + more[i % len(more)] for i in range(size)]
    return texts


@pytest.mark.parametrize("name", CUES)
def test_a_turn_of_phrase_has_one_of_the_words_that_it_is_looked_for_with(name: str) -> None:
    pattern = getattr(phrases, name)
    found = [text for text in ways(re._parser.parse(pattern._written)) if pattern.search(text)]  # type: ignore[attr-defined]

    assert len(found) > 2
    for text in found:
        assert not words_in(text).isdisjoint(CUES[name]) or (name == "CONCLUDES" and phrases.MAY_CONCLUDE.search(text)), text


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.key)
def test_options_of_a_scene_share_no_word_or_slip_with_anything_else_that_is_named_there(scene: Any) -> None:
    every = lexicon(scene.key, scene.options)
    slips = Counter(word for option in scene.options for word in _slips(option.casefold()))

    assert all(option.isalpha() and every.meanings[option.casefold()] == (OPTION, option, 0) for option in scene.options)
    assert all(count == 1 and every.meanings[slip][0] == OPTION for slip, count in slips.items())


def test_an_option_that_is_not_open_is_not_named() -> None:
    words = lexicon("hotel", ("Pronto", "Ballast"))

    assert [token.label for token in words.tokens("pronto or tandem, Balast or Tandm?")] == ["Pronto", "Ballast"]
