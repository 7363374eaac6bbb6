"""How talk in `crossed_wires` is labelled by hand, beside ``test_free_language``.

- ``+window`` and ``-window``: the speaker's own has that detail, or has not; ``-all``: not all the details that the other has told
- ``knee@8:40``, ``knee``, ``@joint 8:40``: a report of the speaker's own, with its time or without, or the time alone
- ``>joint`` and ``<joint``: the speaker's note is the later one, or the earlier; ``!Heron`` proposes, ``~Heron`` withdraws
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from benchmark.vocabulary import Seat, View
from tasks.crossed_wires.places import HOTEL, STUDIO, TRAIN
from tasks.crossed_wires.reference import ANSWER, DETAIL, DETAILS, NEWER, TIME, VALUE
from tasks.crossed_wires.scenes import CAKE, OFFICE, WARD

_OPTIONS = {
    WARD: "Heron Falcon Plover Curlew Osprey Kestrel",
    OFFICE: "Brandt Okafor Moreau Novak Haddad Tanaka",
    TRAIN: "Clock Fountain Kiosk Lantern Anchor Mural",
    HOTEL: "Pronto Ballast Meridian Swallow Tandem Corsair",
    CAKE: "Maple Juniper Bramble Thistle Sorrel Alder",
    STUDIO: "Danube Tagus Elbe Loire Vistula Oder",
}
_PLAYED = (
    (WARD, "Plover12 Gannet11 Osprey01 Falcon00 Curlew10 Kestrel02"),
    (CAKE, "Hawthorn01 Sorrel00 Thistle10 Bramble02 Alder12 Juniper11"),
    (CAKE, "Alder01 Juniper11 Thistle10 Hawthorn12 Maple02 Sorrel00"),
    (OFFICE, "Tanaka01 Moreau02 Novak11 Lindqvist10 Haddad12 Okafor00"),
    (WARD, "Linnet01 Falcon12 Heron00 Gannet11 Curlew02 Plover10"),
    (TRAIN, "Fountain01 Arcade02 Anchor11 Lantern12 Clock00 Mural10"),
    (WARD, "Linnet02 Osprey01 Falcon10 Curlew00 Gannet11 Kestrel12"),
    (TRAIN, "Kiosk12 Lantern10 Anchor01 Arcade02 Fountain11 Clock00"),
    (OFFICE, "Novak10 Okafor02 Brandt12 Haddad11 Moreau00 Lindqvist01"),
    (CAKE, "Thistle02 Sorrel10 Maple00 Hawthorn01 Bramble12 Juniper11"),
    (STUDIO, "Loire01 Volga12 Oder00 Danube11 Rhone10 Elbe02"),
    (WARD, "Gannet00 Plover11 Curlew02 Linnet01 Falcon12 Osprey10"),
    (CAKE, "Sorrel01 Yarrow02 Thistle11 Juniper10 Hawthorn00 Maple12"),
    (CAKE, "Bramble00 Alder01 Maple02 Sorrel11 Thistle10 Hawthorn12"),
    (HOTEL, "Tandem12 Pronto02 Corsair01 Ballast00 Hobnail11 Pilgrim10"),
    (OFFICE, "Brandt10 Haddad11 Tanaka12 Lindqvist00 Novak02 Okafor01"),
    (STUDIO, "Rhone01 Volga11 Vistula10 Loire00 Elbe02 Tagus12"),
    (TRAIN, "Fountain11 Anchor00 Kiosk02 Lantern10 Arcade01 Mural12"),
)
"""The worlds that separate models played: each option with the numbers of its two values."""
CROSSED_WIRES: tuple[dict[str, Any], ...] = tuple(
    {"scene": scene.key, "table": tuple((option, number // 3, number % 3) for number, option in enumerate(options.split()))}
    for scene, options in _OPTIONS.items()
) + tuple(
    {"scene": scene.key, "table": tuple((one[:-2], int(one[-2]), int(one[-1])) for one in options.split())} for scene, options in _PLAYED
)
"""What everyone knows in each world of the files: options in order of the first report's values, then of the second's."""

_SCENES = {scene.key: scene for scene in _OPTIONS}


def crossed_wires(part: str, view: View, before: Sequence[object], seat: Seat) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    del before  # no label of this task refers to an earlier one
    scene = _SCENES[view.public("scene")]
    points = {point.values[value][0]: (label, value) for label, point in scene.points.items() for value in range(len(point.values))}
    sign, rest = part[0], part[1:]
    if part == "-all":
        yield "exclude", (DETAILS, seat), None
    elif sign in "!~":
        yield "propose" if sign == "!" else "withdraw", ANSWER, rest
    elif sign in "<>":
        yield "affirm", (NEWER, seat, rest), sign == ">"
    elif sign == "@":
        label, time = rest.split()
        yield "affirm", (TIME, seat, label), _minute(time)
    else:
        said, _, time = part.lstrip("+-").partition("@")
        label, value = points[said]
        kind = "exclude" if sign == "-" else "affirm"
        yield kind, (DETAIL if label in scene.detail_labels else VALUE, seat, label), value
        if time:
            yield "affirm", (TIME, seat, label), _minute(time)


def _minute(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)
