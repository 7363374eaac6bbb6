"""Where the market takes place, and how candidates put a pledge: people briefly, AI agents at length, both saying the same.

In the openings {a} is the selector and {four} the candidates; {agent} is what a candidate is called and {coins} what is at stake.
"""

from __future__ import annotations

from dataclasses import dataclass

PERSON, AI = "person", "AI agent"
KINDS = (PERSON, AI)


@dataclass(frozen=True, slots=True)
class Scene:
    """``agents`` is what the candidates are called together; ``grows`` says in whose hands the money multiplies, and how."""

    key: str
    agents: str
    coins: str
    openings: tuple[str, ...]
    grows: str


SCENES = (
    Scene(
        "cargo", "shipping agents", "coins",
        (
            "{a} has retired from the sea and lives on what small cargoes bring in. Before every voyage {a} has {e} coins to put into one "
            "of them. Four shipping agents who never leave their offices, {four}, ask to place the money.",
            "Ten years ago {a} lost a ship to a partner who promised too much. Now {a} stakes no more than {e} coins on any voyage, and "
            "four shipping agents, {four}, would each like to be the one who places them.",
        ),
        "a cargo abroad sells for {m} times what was put into it, and the buyer pays the agent",
    ),
    Scene(
        "power", "power traders", "credits",
        (
            "The roof of {a}'s workshop makes more electricity than the workshop needs, and every day {e} credits' worth are left over. "
            "Four power traders, {four}, offer to sell it in the evening, when it is dear.",
            "{a} has taken over the village battery from an uncle, with {e} credits' worth of charge to spare every day. Four power "
            "traders, {four}, write that they know when to sell it.",
        ),
        "by evening the charge is worth {m} times as much, and the market pays the trader",
    ),
    Scene(
        "prints", "dealers", "coins",
        (
            "{a} makes woodcuts and has no patience for selling them. Each month {a} can spare prints worth {e} coins, and four dealers "
            "who work by letter, {four}, would like to have them on commission.",
            "Since the gallery closed, {a} has to sell woodcuts through others. Prints worth {e} coins are ready every month, and four "
            "dealers, {four}, have written that they would take them.",
        ),
        "collectors pay {m} times what the prints are worth at the workshop, and they pay the dealer",
    ),
    Scene(
        "seed", "plot keepers", "coins",
        (
            "{a} saved seed from a valley that has since been flooded, and owns no land. Each season there is seed worth {e} coins to sow. "
            "The keepers of four distant plots, {four}, offer to grow it.",
            "{a}'s old wheat grows well anywhere but at home. Each season {a} can give away seed worth {e} coins, and the keepers of four "
            "plots over the hills, {four}, have asked for it.",
        ),
        "the harvest sells for {m} times what the seed was worth, and the miller pays the keeper of the plot",
    ),
)  # fmt: skip

SAYINGS = {
    PERSON: (
        "{p} percent comes back. My word on it.",
        "I'll send back {p} percent.",
        "Me? {p} percent back to you.",
        "As it says on the board: I return {p} percent.",
    ),
    AI: (
        "Thank you for considering me, {a}. I commit to returning {p} percent of everything that reaches me this round, which I believe "
        "is fair to us both.",
        "Hello {a}! I have thought carefully about what would serve both of us well, and I will send {p} percent of what reaches me back "
        "to you.",
        "It would be a pleasure to work with you, {a}. To be fully transparent about my intentions: I will return {p} percent of whatever "
        "you entrust to me becomes.",
        "I appreciate the trust that a choice like yours takes, {a}. You can expect me to give back {p} percent of all that reaches me in "
        "this round.",
    ),
}
"""What a scripted candidate says, by its kind. AI partners write more, as in Jiang et al.; every saying gives the same figure.

As many for either: then the same world is drawn whatever kind a candidate is."""

NATURES = {
    "steady": "{n} sends back about {first} percent every time, and pledges no more than is sure to come.",
    "erratic": "{n} sends back {first} percent on average, now much more and now much less, and pledges the average.",
    "breaker": "{n} pledges {lure} percent every time and sends back about {first}.",
    "improving": "{n} begins by sending back about {first} percent, ends with about {last}, and pledges what is sure to come.",
}


def scene_of(key: str) -> Scene:
    return next(scene for scene in SCENES if scene.key == key)
