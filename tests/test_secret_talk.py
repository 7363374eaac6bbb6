"""How the secret task reads talk: what an attentive outsider hears named, ruled out or pointed at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmark import views
from benchmark.vocabulary import Claim, Turn, World
from tasks.secret import Secret
from tasks.secret.scenes import scene_of


def generated(level: int, n: int = 20) -> Iterator[tuple[Secret, World]]:
    task = Secret.at(level)
    return ((task, task.generate(seed)) for seed in range(n))


def said(*texts: str) -> list[tuple[str, tuple[str, ...], object]]:
    task, world = next(one for one in generated(3) if views.own_view(one[1], "C").public("scene") == "dinner")
    view = views.own_view(world, "C")
    options = dict(zip("1234", view.public("options"), strict=True))
    names = {"rosa": world.names[2]}
    turns = [Turn("AB"[i % 2], text.format(*[""], *options.values(), **names)) for i, text in enumerate(texts)]
    number = {option: key for key, option in options.items()}
    return [(c.kind, c.slot, number.get(c.value, c.value)) for c in task.claims(turns, view) if c.turn == len(texts) - 1]


@pytest.mark.parametrize(
    ("texts", "claims"),
    [
        (("It's the {1}.",), [("affirm", ("secret",), "1")]),
        (("It's not the {1}.",), [("exclude", ("secret",), "1")]),
        (("Is it the {1}?", "Yes."), [("affirm", ("secret",), "1")]),
        (("Is it the {1}?", "No."), [("exclude", ("secret",), "1")]),
        (("Maybe the {1}.",), [("ask", ("secret",), "1")]),
        (("Either the {1} or the {2}.",), [("exclude", ("secret",), "3"), ("exclude", ("secret",), "4")]),
        (("The one where you did not find the keys.",), [("affirm", ("pointed", "keys"), True)]),
        (("Not the goat, but the bees.",), [("exclude", ("pointed", "goat"), True), ("affirm", ("pointed", "bees"), True)]),
        (("What does {rosa} know?",), [("ask", ("known",), None)]),
        (("Remember the soup?",), [("affirm", ("pointed", "soup"), True)]),
        (("Hello!", "The one with the soup?"), [("ask", ("pointed", "soup"), True)]),
        (("I told {rosa} nothing.",), [("count", ("known",), 0)]),
    ],
)  # fmt: skip
def test_a_sentence_is_read_as_it_is_meant(texts: tuple[str, ...], claims: list[object]) -> None:
    assert said(*texts) == claims


def test_what_is_worded_is_read_back() -> None:
    for task, world in generated(3):
        view = views.own_view(world, "A")
        for episode in scene_of(view.public("scene")).episodes:
            for claim in (
                Claim("affirm", ("pointed", episode.handle), True),
                Claim("exclude", ("pointed", episode.handle), True),
                Claim("affirm", ("known", episode.handle), True),
                Claim("affirm", ("known", episode.handle), False),
                Claim("affirm", ("story", episode.handle), view.public("options")[0]),
                Claim("ask", ("known", episode.handle)),
                Claim("ask", ("known",)),
            ):
                read = task.claims([Turn("B", task.word((claim,), view))], view)
                assert [(one.kind, one.slot, one.value) for one in read] == [(claim.kind, claim.slot, claim.value)]


def test_a_million_characters_are_read_in_bounded_time() -> None:
    task, world = next(generated(3))
    view = views.own_view(world, "C")
    for text in ("not the soup, " * 70_000, "a-" * 500_000, "no " * 300_000, "Anchor" * 160_000, "," * 1_000_000, "any but " * 120_000):
        task.candidates(view, task.claims([Turn("A", text)], view))
