"""One model instance in a play: what it sees, what it has heard, and the history its next call goes on from."""

from __future__ import annotations

from dataclasses import dataclass

from benchmark import channels, prompts, views
from benchmark.factors import TALK
from benchmark.quoting import encode
from benchmark.vocabulary import Message, Turn, View


@dataclass(slots=True)
class Instance:
    """One model instance's history. ``chat`` only grows at its end; ``pending`` is what its next user message opens with."""

    lens: views.Lens
    view: View
    channel: str = TALK
    chat: tuple[Message, ...] = ()
    pending: tuple[str, ...] = ()
    heard: tuple[Turn, ...] = ()

    def asked(self, line: str) -> tuple[Message, ...]:
        """The chat of a call that asks ``line``."""
        return (*self.chat, ("user", "\n\n".join([*self.pending, line])))

    def spoke(self, chat: tuple[Message, ...], text: str) -> None:
        """Takes a call into the history: what it was asked and what was heard of its reply."""
        self.chat = (*chat, ("assistant", encode(text)))
        self.pending = ()

    def hear(self, turn: Turn) -> None:
        """Takes a turn into the history: as much of it as reaches this instance."""
        hears = turn.to is None or turn.to in self.lens.speaks or turn.seat in self.lens.speaks
        turn = turn if hears else Turn(turn.seat, "", turn.to)
        if turn.seat not in self.lens.speaks:
            turn = channels.delivered(self.channel, turn, self.heard, self.view)
            lines = prompts.said((turn,), self.view) if hears else prompts.unheard(turn, self.view)
            self.pending = (*self.pending, *lines)
        self.heard = (*self.heard, turn)
