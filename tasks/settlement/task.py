"""A bundle of goods is bought and delivered, with credentials, budgets and private costs: by word alone or with a log that all can read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from benchmark.answers import Committed, read_answer, write_answer
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.quoting import READY
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Score, Seat, Turn, UsageError, View, World
from tasks.settlement.answers import MOST_ACTIONS, account_read, account_schema, actions_read, actions_schema, as_seats, named
from tasks.settlement.chain import REFUSED, Entry, audited, written
from tasks.settlement.dealing import BOAST, CONDUCTS, account_by_log, account_by_word, boasts, next_actions, opening_of, own_seat, tells
from tasks.settlement.house import ACCEPT, DELIVER, ESCROW, FIELDS, GRADES, KINDS, QUOTE, SETTLE, VOID, Books
from tasks.settlement.measures import Course, measured
from tasks.settlement.scenes import scene_of
from tasks.settlement.talk import read, word
from tasks.settlement.worlds import ACCOUNT, BUYER, ENTRY, OVERSEER, as_text, log_in, make_world, wares_of

TALK, CHAIN = "talk", "chain"
_OPTIONS = {"ledger": (TALK, CHAIN), "seats": ("2", "3")}
_GOODS = {1: 2, 2: 3, 3: 3, 4: 4, 5: 5}


@dataclass(frozen=True, kw_only=True)
class Settlement(Task):
    """A bundle is bought and delivered, with budgets, credentials and private costs: by word alone, or with a log that all can read.

    ``ledger`` says whether everyone reads the log of what was done, or each only what was done for it. ``goods`` are in the bundle.
    ``seats`` counts the auditor, who hears all and does nothing; the option of that name counts the parties: a buyer and its suppliers.
    """

    name: ClassVar[str] = "settlement"
    version: ClassVar[int] = 1
    semantic: ClassVar[bool] = False
    track: ClassVar[bool] = True
    audience: ClassVar[Mapping[Seat, str]] = {OVERSEER: "reference:scripted"}

    seats: int = 4
    turns: int = 6
    words: int = 60
    rounds: int = 5
    ledger: str = CHAIN
    goods: int = 3
    conduct: str = "fair"

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        """``ledger=talk|chain``, ``seats=2|3`` parties."""
        for name, value in options.items():
            if name not in _OPTIONS:
                raise UsageError(f"settlement takes {listing(list(_OPTIONS))}, and was given {name}")
            check_known(value, _OPTIONS[name], f"{name} in settlement")
        parties = int(options.get("seats", 3))
        return cls(level=level, ledger=options.get("ledger", CHAIN), seats=parties + 1, turns=2 * parties, goods=_GOODS[level])

    @property
    def drawn_as(self) -> str:
        """Both ledgers are played on the same worlds."""
        return f"{self.name}:seats={self.seats - 1}"

    def following(self, policy: str) -> Self:
        return replace(self, conduct=check_known(policy, CONDUCTS, "policy in settlement"))

    def generate(self, seed: int, solvable: bool = True) -> World:
        del solvable  # the bundle can always be had
        return make_world(self.goods, self.seats - 2, self.ledger == CHAIN, seed, stream(seed, self.name, self.version))

    def brief(self, view: View) -> str:
        scene, (buyer, *suppliers) = scene_of(view.public("scene")), [view.name(seat) for seat in view.seats if seat != OVERSEER]
        auditor = view.name(OVERSEER)
        bundle, opened = view.public("bundle"), opening_of(view)
        coins = listing([f"{view.name(seat)} has {amount} coins" for seat, amount in opened["balances"].items()])
        may = [_scope(view.name(seat), one) for seat, one in opened["credentials"].items()]
        log = (
            "Everything that was carried out or refused goes into a log of numbered entries, each bound to the one before it by a hash. "
            "Everyone reads the log after every round."
            if view.public("public log")
            else "Nobody is shown what others had carried out or refused: after every round each reads what became of their own actions, "
            "and learns of all else what the others say."
        )
        return (
            f"{scene.opening.format(a=buyer, s=listing(suppliers))} The bundle: {listing([f'the {good}' for good in bundle])}. "
            f"{scene.stake} All goods come in two grades, plain and fine; fine will do where plain would.\n\n"
            f"Business goes through a settlement house, which does only what somebody has the credentials for. {coins}. {' '.join(may)} "
            f"In each of {self.rounds} rounds they talk, then each hands in actions, unseen by the others. The house carries them out in "
            f"this order: all quotes; then acceptances (of a standing quote, at its price); escrows (the whole price of what was accepted, "
            f"out of {buyer}'s coins); deliveries (of what was accepted, in whatever grade the supplier sends); settlements (what is in "
            f"escrow goes to the supplier, whether or not the good has come). What is left in escrow at the end goes back to {buyer}. "
            f"{log}\n\n"
            f"What a good is worth to {buyer} and what it costs a supplier stands in their notes and nowhere else; a supplier bears the "
            f"cost on delivery. Each party wants to gain: worth less price, or price less cost. {auditor} takes no part, hears every word "
            f"and gives an account, in the last round, of who has what and how far each good had come before that round's actions.\n\n"
            f"They succeed if the whole bundle comes in the grades that {buyer} needs, as promised, and all of it is settled, without "
            f"anyone trying what they have no credentials for."
        )

    def form(self, view: View) -> str:
        """The same for every seat, names included: who may do what stands in the brief."""
        buyer, supplier = view.name(BUYER), view.name(view.seats[2])
        good = view.public("bundle")[0]
        examples = [
            {"do": QUOTE, "good": good, "grade": GRADES[1], "price": 1},
            {"do": ACCEPT, "good": good, "grade": GRADES[1], "from": supplier, "price": 1},
            {"do": ESCROW, "good": good, "from": supplier, "amount": 1},
            {"do": DELIVER, "good": good, "grade": GRADES[1]},
            {"do": SETTLE, "good": good, "from": supplier},
        ]
        account = {"balances": {buyer: 1, supplier: 1}, "goods": {good: {"from": supplier, "delivered": GRADES[1], "paid": 1}}}
        return (
            f'Under "answer" stands the list of actions to be carried out this round, {MOST_ACTIONS} at most, [] for none. They are of '
            f"five kinds, each with just these keys: {', '.join(map(json.dumps, examples))}. So a whole answer is "
            f"{json.dumps({'answer': examples[3:4]})}. {view.name(OVERSEER)} alone gives an account instead, such as "
            f"{json.dumps({'answer': account})}, with null for what was not delivered."
        )

    def schema(self, view: View) -> str:
        return account_schema(view) if own_seat(view) == OVERSEER else actions_schema(view)

    def parse(self, text: str, view: View) -> Answer:
        given = read_answer(text)
        if given is None:
            return None
        return account_read(given, view) if own_seat(view) == OVERSEER else actions_read(given, view)

    def draw(self, view: View, stream: Stream) -> Answer:
        """A few actions of any kind, within one's credentials or not; of the auditor, an account of nothing but balances."""
        names = [view.name(seat) for seat in view.seats if seat != OVERSEER]
        if own_seat(view) == OVERSEER:
            return Committed(balances={name: stream.below(40) for name in names}, goods={})
        drawn = []
        for _ in range(stream.between(1, 4)):
            kind = stream.choice(KINDS)
            values: dict[str, Any] = {"good": stream.choice(view.public("bundle")), "grade": stream.choice(GRADES)}
            values |= {"from": stream.choice(view.seats[2:]), "price": stream.between(1, 30), "amount": stream.between(1, 30)}
            drawn.append(named(Committed(do=kind, **{key: values[key] for key in FIELDS[kind]}), view))
        return tuple(drawn)

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        log, names = tuple(log_in(world.facts)), dict(zip(world.seats, world.names, strict=True))
        played = max((int(fact.slot[1]) for fact in world.facts if fact.slot[0] == ACCOUNT), default=1)
        last = {seat: as_seats(answers.get(seat), names) for seat in world.seats if seat != OVERSEER}
        return measured(Course(wares_of(world), names, log, last, answers.get(OVERSEER), self.rounds, played), world.target)

    def reveal(self, world: World, answers: Sequence[Mapping[Seat, Answer]]) -> tuple[Fact, ...]:
        """What was carried out, to everyone or to whom it concerns; and to each party what it has."""
        number, names = len(answers), dict(zip(world.seats, world.names, strict=True))
        log, public = log_in(world.facts), self.ledger == CHAIN
        wishes = {seat: as_seats(answers[-1].get(seat), names) for seat in world.seats if seat != OVERSEER}
        entries = written(log, wishes, number)
        facts = [
            Fact((ENTRY, str(entry["n"])), as_text(entry), _told(entry, names, public), () if public else (entry["seat"],))
            for entry in entries
        ]
        whole = [*log, *entries]
        books = audited(whole, whole[-1]["hash"])
        return (*facts, *(_account(books, seat, names[seat], number + 1) for seat in books.balances))

    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        names = {seat: view.name(seat) for seat in view.seats if seat != OVERSEER}
        return read(turns, names, view.public("bundle"), BUYER)

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        names = dict(zip(view.seats, view.names, strict=True))
        if own_seat(view) == OVERSEER:
            log = log_in(view.facts)
            by_log = view.public("public log")
            return (account_by_log(audited(log, log[-1]["hash"]), names) if by_log else account_by_word(view, claims, names),)
        return (tuple(named(one, view) for one in next_actions(view, claims)),)

    def needed(self, world: World) -> tuple[Fact, ...]:
        del world
        return ()

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        return tells(view, self.claims(turns, view), seat)

    def word(self, claims: Sequence[Claim], view: View) -> str:
        return word(claims, dict(zip(view.seats, view.names, strict=True)))

    def next_speaker(self, view: View, turns: Sequence[Turn]) -> Seat:
        speakers = [seat for seat in view.seats if seat != OVERSEER]
        return speakers[len(turns) % len(speakers)]

    def acts(self, view: View, heard: Sequence[Turn], seat: Seat, kind: str, stream: Stream) -> str:
        """The auditor gives its account; a scripted party says what is so, and does of it what ``conduct`` has it do."""
        del stream
        heard_of = [claim for claim in self.claims(heard, view) if claim.seat != seat]
        if kind == "talk":
            moves = (*self.moves(view, heard, seat), *(boasts(view, heard_of) if self.conduct == BOAST else ()))
            return f"{self.word(moves, view)} {READY}".strip()
        (answer,) = self.candidates(view, heard_of)
        if seat == OVERSEER:
            return write_answer(answer)
        names = dict(zip(view.seats, view.names, strict=True))
        return write_answer(tuple(named(one, view) for one in CONDUCTS[self.conduct](view, as_seats(answer, names))))


def _scope(name: str, credential: Mapping[str, Any]) -> str:
    goods = listing([f"the {good}" for good in credential["goods"]])
    kinds = listing(credential["kinds"])
    limit = f", with at most {credential['ceiling']} coins in one escrow" if credential["ceiling"] else ""
    return f"{name} has credentials to {kinds} for {goods}{limit}."


def _told(entry: Entry, names: Mapping[Seat, str], public: bool) -> str:
    """An entry as a sentence: with its number and hashes where the log is shown."""
    action = entry["action"]
    about = {
        QUOTE: "quotes the {good} {grade} at {price}",
        ACCEPT: "accepts the {good} {grade} from {from} at {price}",
        ESCROW: "puts {amount} coins into escrow for the {good} from {from}",
        DELIVER: "delivers the {good} {grade}",
        SETTLE: "settles the {good} with {from}",
    }[action["do"]].format(**{**action, **({"from": names[action["from"]]} if "from" in action else {})})
    why = {VOID: "cannot be done as things stand"}.get(entry.get("why", ""), "no credentials for it")
    said = f"{names[entry['seat']]} {about}" + (f"; refused: {why}" if entry["kind"] == REFUSED else "")
    return f"Log, entry {entry['n']} ({entry['hash'][:12]}, after {entry['prev'][:12]}): {said}." if public else f"Done for you: {said}."


def _account(books: Books, seat: Seat, name: str, number: int) -> Fact:
    """What ``seat`` has when round ``number`` begins."""
    escrow = f", and {sum(books.held.values())} in escrow" if seat == BUYER else ""
    goods = tuple(sorted(books.delivered.items())) if seat == BUYER else ()
    come = (
        ""
        if seat != BUYER
        else " Come so far: " + (listing([f"the {good} ({grade})" for good, grade in goods]) if goods else "nothing") + "."
    )
    return Fact((ACCOUNT, str(number), seat), goods, f"{name} now has {books.balances[seat]} coins{escrow}.{come}", (seat,))
