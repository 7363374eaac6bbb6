"""Who gets the next slot, and that no more calls than slots are ever out: as the runner sees it, and as a server does."""

from __future__ import annotations

import asyncio

from benchmark.running.slots import Place, Slots
from tests.performance.measuring import measured


def order(slots: Slots, places: list[Place], ending: bool = False) -> list[int]:
    """In which order ``places`` get the one slot, all of them having come at the same time after it was taken."""

    async def sitting() -> list[int]:
        served: list[int] = []

        async def call(place: Place) -> None:
            await slots.enter(place)
            served.append(place.number)
            await asyncio.sleep(0)
            slots.leave()

        for place in places:
            slots.begin(place)
        await slots.enter(Place(-1, 0))
        calls = [asyncio.create_task(call(place)) for place in places]
        await asyncio.sleep(0)
        if ending:
            slots.end()
        slots.leave()
        await asyncio.gather(*calls)
        return served

    return asyncio.run(sitting())


def test_the_oldest_episode_goes_first() -> None:
    assert order(Slots(1), [Place(3, 9), Place(1, 5), Place(2, 7)]) == [1, 2, 3]


def test_at_the_end_whoever_has_most_to_do_goes_first() -> None:
    assert order(Slots(1), [Place(3, 9), Place(1, 5), Place(2, 7)], ending=True) == [3, 2, 1]


def test_the_youngest_take_turns_behind_the_oldest() -> None:
    async def sitting() -> list[int]:
        slots, served = Slots(10), list[int]()
        places = [Place(number, 5) for number in range(14)]
        for place in places:
            slots.begin(place)
        for _ in range(10):
            await slots.enter(Place(-1, 0))

        async def call(place: Place) -> None:
            await slots.enter(place)
            served.append(place.number)

        waiting = [asyncio.create_task(call(places[number])) for number in (13, 11, 12, 8, 3)]
        await asyncio.sleep(0)
        for _ in waiting:
            slots.leave()
        await asyncio.gather(*waiting)
        return served

    assert asyncio.run(sitting()) == [3, 8, 13, 11, 12]


def test_a_call_that_is_cancelled_keeps_no_slot() -> None:
    async def sitting() -> None:
        slots = Slots(1)
        await slots.enter(Place(0, 1))
        queued, let_in = (asyncio.create_task(slots.enter(Place(number, 1))) for number in (2, 1))
        await asyncio.sleep(0)
        queued.cancel()
        slots.leave()
        let_in.cancel()  # in the moment in which it gets its slot
        await asyncio.gather(queued, let_in, return_exceptions=True)
        await asyncio.wait_for(slots.enter(Place(3, 1)), 5)

    asyncio.run(sitting())


def test_a_server_never_sees_more_calls_than_may_be_in_flight() -> None:
    seen = measured("parley", {"latency_ms": 20}, task="long_talk", dialogues=30, in_flight=7)["server"]

    assert (seen["answered"], seen["most_at_once"]) == (600, 7)


def test_a_server_with_fewer_slots_than_calls_in_flight_is_asked_all_the_same() -> None:
    seen = measured("parley", {"latency_ms": 5, "slots": 3, "prefill_us": 1, "cache_characters": 60_000}, task="long_talk", dialogues=6)

    assert (seen["server"]["answered"], seen["server"]["most_at_once"]) == (120, 3)
    assert 0 < seen["server"]["cached"] < 1
