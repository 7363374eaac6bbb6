"""One model instance in a play: what it sees, what it has heard, and the history its next call goes on from."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmark import channels, memory, prompts, views
from benchmark.factors import TALK
from benchmark.hashing import ChatHash
from benchmark.quoting import encode
from benchmark.vocabulary import Message, Seat, Turn, View


@dataclass(slots=True)
class Instance:
    """One model instance's history. ``chat`` only grows at its end; ``pending`` is what its next user message opens with.

    One that ``forgets`` is told its scene again once its memory is full; no other keeps it: many episodes may be live.
    """

    lens: views.Lens
    view: View
    channel: str = TALK
    forgets: bool = False
    chat: tuple[Message, ...] = ()
    pending: tuple[str, ...] = ()
    heard: tuple[Turn, ...] = ()
    scene: tuple[str, ...] = ()
    rounds: tuple[memory.Segment, ...] = ()
    opened: tuple[int, tuple[str, ...]] = (0, ())
    hash: ChatHash = field(default_factory=ChatHash)

    def begin(self, scene: str) -> None:
        """Takes the first thing that is shown; it stands at the head of every history."""
        self.pending = (scene,)
        if self.forgets:
            self.scene, self.opened = self.pending, (0, self.pending)

    def keep(self, window: int) -> None:
        """Goes on from the last ``window`` rounds alone."""
        self.rounds = (*self.rounds, memory.segment(self.chat, self.pending, self.opened))
        lost = max(0, len(self.rounds) - window)
        opening = (*self.scene, memory.gone(lost)) if lost else self.scene
        self.chat, self.pending = memory.folded(opening, self.rounds[lost:])
        self.opened = (len(self.chat), self.pending)

    def sum_up(self, seat: Seat, rounds: int, text: str) -> None:
        """Goes on from ``text``, the summary of so many ``rounds`` that was written for ``seat``."""
        self.chat, self.pending = (), (*self.scene, memory.shown(self.view, seat, rounds, text))

    def asked(self, line: str) -> tuple[Message, ...]:
        """The chat of a call that asks ``line``."""
        return (*self.chat, ("user", "\n\n".join([*self.pending, line])))

    def spoke(self, chat: tuple[Message, ...], text: str) -> None:
        """Takes a call into the history: what it was asked and what was heard of its reply."""
        self.chat = (*chat, ("assistant", encode(text)))
        self.pending = ()

    def forget(self, view: View, opening: str) -> None:
        """Begins a new history with ``opening``, which says what ``view`` holds; nothing that was heard is left."""
        self.view, self.chat, self.heard, self.rounds = view, (), (), ()
        self.begin(opening)

    def hear(self, turn: Turn, noticed: bool = True) -> None:
        """Takes a turn into the history: as much of it as reaches this instance. Nothing does if it neither hears nor ``noticed`` it."""
        hears = turn.to is None or turn.to in self.lens.speaks or turn.seat in self.lens.speaks
        if not (hears or noticed):
            return
        turn = turn if hears else Turn(turn.seat, "", turn.to)
        if turn.seat not in self.lens.speaks:
            turn = channels.delivered(self.channel, turn, self.heard, self.view)
            lines = prompts.said((turn,), self.view) if hears else prompts.unheard(turn, self.view)
            self.pending = (*self.pending, *lines)
        self.heard = (*self.heard, turn)
