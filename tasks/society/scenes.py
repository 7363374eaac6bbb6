"""Where the finds turned up, what they look like, and the words that people bring with them."""

from __future__ import annotations

FINDS = {
    "11": "a ring of pale wood with three notches in its rim; a grey cord runs through one of them",
    "17": "a flat plate of dark glass with three corners, one of them rounded, and a hole near each",
    "23": "a hollow brass rod as long as a forearm, closed at one end and toothed like a comb at the other",
    "31": "a leather pouch sewn shut all round, with something in it that rolls and does not rattle",
    "42": "a small iron frame like a window of four panes; in one pane sits a disc of bone that turns",
    "58": "a coil of flattened wire wound around a wooden egg, its free end bent into a hook",
}
"""Public descriptions by catalogue number. Every world takes its finds from these, so that societies can be held against one another."""

PLACES = (
    "the flooded cellar of an old customs house",
    "the attic of a theatre that closed sixty years ago",
    "a dry well behind a monastery",
    "the hold of a barge that lay in the mud of a canal",
    "a walled-up room behind the stage of a town hall",
    "the loft of a clockmaker who left no heirs",
)

OPENINGS = (
    "{names} catalogue what was found in {place}.",
    "The contents of {place} have been carried into the light, and {names} are to catalogue them.",
    "A museum has been given what lay in {place}; {names} have the job of putting it in order.",
    "Everything out of {place} stands on trestle tables now, and {names} go through it.",
)

STAKES = (
    "If the catalogue calls one thing by two names, or a thing cannot be found again, the collection goes to another house",
    "The museum's director will send the whole lot back if its catalogue contradicts itself",
    "The catalogue goes to print when they are done, and nobody can correct it afterwards",
    "Visitors will ask for the finds by name, and the storeroom must know at once what is meant and where it lies",
)

_FIRST = "bal cor dem fen gar hol jem kil lor mer nol pel".split()
_SECOND = "bu dek fo gan mip nu tev zo".split()

WORDS = tuple(first + second for first in _FIRST for second in _SECOND)
"""Words that people may have for a find at home: 96, none of them English."""

CHESTS = 6
"""How many chests a find can belong in. Who knows nothing is right once in so many guesses."""
