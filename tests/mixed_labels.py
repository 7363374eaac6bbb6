"""How talk of the mixed panel is labelled by hand in ``free_language/secret_*.json`` and ``haggle_*.json``.

secret: ``=Bell`` names the option, ``!Bell`` rules it out · ``+soup`` points at that story, ``-soup`` says that it is not the one ·
``soup@Bell`` says where it belongs · ``k.soup`` the listener has heard of it, ``k!soup`` has not, ``k0`` has heard of nothing.
haggle: ``A184`` that is the limit of A · ``=212`` or ``=none`` proposes, ``~`` withdraws.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmark.vocabulary import Fact, View
from tests import live

SPEAKERS = 2
"""Of those who sit there, the first two speak."""


def _table(names: str, **public: Any) -> View:
    seats = ("A", "B", "C")[: len(names.split())]
    return View(seats, tuple(names.split()), (), (), tuple(Fact((slot,), value, "") for slot, value in public.items()))


VIEWS = {
    "secret": (
        _table("Ida Tomas Rosa", scene="dinner", options=("Anchor", "Bell", "Swan", "Crown")),
        _table("Yuki Omar Helena", scene="auction", options=("Harp", "Globe", "Samovar", "Cello")),
        _table("Petra Ravi Thea", scene="prize", options=("Brandt", "Okafor", "Novak", "Moreau")),
        _table("Clara Rohan Svea", scene="journey", options=("Vinje", "Tolga", "Alnes", "Hemsedal")),
        _table("Salma Wanda Jorge", scene="auction", options=("Harp", "Globe", "Cradle", "Samovar")),
        _table("Alba Renata Noor", scene="prize", options=("Novak", "Moreau", "Okafor", "Brandt")),
        _table("Enzo Alba Aaliyah", scene="trail", options=("Beacon", "Ridge", "Viaduct", "Hollow")),
        _table("Jamal Idris Matilda", scene="prize", options=("Brandt", "Haddad", "Lindqvist", "Okafor")),
        _table("Valeria Carlos Kaito", scene="trail", options=("Quarry", "Viaduct", "Ridge", "Beacon")),
        _table("Klara Katya Cyrus", scene="dinner", options=("Magpie", "Swan", "Lantern", "Bell")),
        _table("Lars Sandra Lorenzo", scene="journey", options=("Hemsedal", "Alnes", "Tolga", "Skarnes")),
        _table("Leila Amara Wanda", scene="trail", options=("Quarry", "Hollow", "Beacon", "Orchard")),
        _table("Teodor Rafael Hana", scene="journey", options=("Tolga", "Alnes", "Vinje", "Brekke")),
        _table("Barbara Fabian Rohan", scene="trail", options=("Ridge", "Beacon", "Glacier", "Hollow")),
        _table("Hans Yosef Alba", scene="prize", options=("Brandt", "Novak", "Sorensen", "Okafor")),
        _table("Adele Igor Rahul", scene="prize", options=("Novak", "Okafor", "Lindqvist", "Sorensen")),
        _table("Sergei Tobias Tariq", scene="dinner", options=("Lantern", "Crown", "Anchor", "Swan")),
        _table("Dimitri Luis Norma", scene="trail", options=("Glacier", "Quarry", "Orchard", "Viaduct")),
        _table("Paolo Enzo Darius", scene="prize", options=("Okafor", "Haddad", "Brandt", "Sorensen")),
        _table("Lidia Mei Soren", scene="dinner", options=("Plough", "Crown", "Magpie", "Lantern")),
        _table("Rafael Soren Ines", scene="dinner", options=("Anchor", "Crown", "Lantern", "Bell")),
        *live.views("secret"),
    ),
    "haggle": (
        _table("Nils Vera", scene="bicycle", guide=240),
        _table("Otto Mina", scene="portrait", guide=1100),
        _table("Matilda Igor", scene="crate", guide=74),
        _table("Cyrus Niklas", scene="sublet", guide=482),
        _table("Alma Vera", scene="crate", guide=66),
        _table("Pia Mariam", scene="portrait", guide=994),
        _table("Darius Ruth", scene="bicycle", guide=192),
        _table("Jonas Pedro", scene="bicycle", guide=368),
        _table("Xavier Anders", scene="sublet", guide=782),
        _table("Sasha Deniz", scene="portrait", guide=1306),
        *live.views("haggle"),
    ),
}

Told = tuple[str, tuple[str, ...], Any]


def secret(part: str, view: View, before: object, seat: str) -> Iterator[Told]:
    del view, before, seat  # labels name everything in full
    sign, rest = part[0], part[1:]
    if part == "k0":
        yield "count", ("known",), 0
    elif part[:2] in ("k.", "k!"):
        yield "affirm", ("known", part[2:]), part[1] == "."
    elif "@" in part:
        story, _, option = part.partition("@")
        yield "affirm", ("story", story), option
    elif sign in "=!":
        yield "affirm" if sign == "=" else "exclude", ("secret",), rest
    else:
        yield "affirm" if sign == "+" else "exclude", ("pointed", rest), True


def haggle(part: str, view: View, before: object, seat: str) -> Iterator[Told]:
    del view, before, seat
    if part == "~":
        yield "withdraw", ("answer",), None
    elif part[0] == "=":
        yield "propose", ("answer",), None if part == "=none" else int(part[1:])
    else:
        yield "affirm", ("limit", part[0]), int(part[1:])
