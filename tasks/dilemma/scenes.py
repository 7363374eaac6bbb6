"""The scenes of `dilemma`: two who choose at the same time, again and again, between two things whose names say nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scene:
    """``{a}`` and ``{b}`` choose; ``{one}`` and ``{other}`` are what they choose between, from one of ``pairs``.

    ``does`` is what a person does with an option ("presses the amber button"), ``did`` the same in the past.
    """

    key: str
    opening: str
    does: str
    did: str
    pairs: tuple[tuple[str, str], ...]
    stake: str


SCENES = (
    Scene(
        "buttons",
        "{a} and {b} take part in the same study at a university. They have never met and sit in separate rooms, each before a panel with "
        "two buttons, one {one} and one {other}. In every round each presses one button without seeing what the other presses, and then "
        "both are shown what was pressed.",
        "presses {option}",
        "pressed {option}",
        (("amber", "teal"), ("violet", "grey"), ("ochre", "navy"), ("coral", "olive")),
        "At the end the university pays {a} and {b} ten cents for every point of their own.",
    ),
    Scene(
        "levers",
        "At a summer fair {a} and {b} have agreed to try the machine in the last tent. It has two booths with a curtain between them, and "
        "in each booth a {one} lever and a {other} lever. Whenever the bell rings each of them pulls one lever; then a board above the "
        "curtain shows which.",
        "pulls {option}",
        "pulled {option}",
        (("brass", "ivory"), ("maple", "birch"), ("copper", "pewter"), ("striped", "dotted")),
        "The fair gives a voucher for every fifty points, to {a} for those of {a} and to {b} for those of {b}.",
    ),
    Scene(
        "cards",
        "{a} and {b} were put at the same table by lot at a games evening in the library. Each holds two cards, the {one} and the {other}. "
        "In every round each lays one of the two face down, both are turned over together, and the cards go back into the hand.",
        "lays {option}",
        "laid {option}",
        (("heron", "otter"), ("anchor", "kettle"), ("comet", "acorn"), ("lantern", "ladder")),
        "The library has put up books for the evening, and the more points somebody has at the end, the more books are theirs to choose.",
    ),
    Scene(
        "dials",
        "{a} and {b} test two consoles of a firm that makes games. Each console has one dial that can be set to {one} or to {other}, and "
        "the consoles are wired to each other. When the lamp lights up each sets the dial, unseen by the other; a moment later both "
        "screens show how the two dials stood.",
        "sets {option}",
        "set {option}",
        (("delta", "sigma"), ("kappa", "omega"), ("north", "east"), ("major", "minor")),
        "The firm pays by the point: what {a} is paid depends on the points of {a} alone, and what {b} is paid on those of {b}.",
    ),
)


def scene_of(key: str) -> Scene:
    return next(scene for scene in SCENES if scene.key == key)
