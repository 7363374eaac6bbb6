"""Whether what everyone may read gives the answer away.

All tests rest on one thing: as far as public words go, the right answer is one of the possible answers like any other.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from benchmark import prompts, views
from benchmark.conformance.certificates import Sample
from benchmark.conformance.knowledge import pooled
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, View, World

HARDLY = 1e-4
"""The chance that a test here condemns a task whose public words say nothing."""

_DRAWS = 40
_FEWEST = 8
"""Worlds that a feature must occur in before it can tell anything."""


@dataclass(frozen=True, slots=True)
class Public:
    """What everyone reads of one world, and the answers that could be right; ``right`` is None where none is.

    ``values`` are those of public facts, which need not be read by anyone.
    """

    index: int
    text: str
    answers: tuple[Answer, ...]
    right: Answer
    features: tuple[str, ...]
    values: str


def what_everyone_reads_does_not_give_the_answer_away(sample: Sample) -> Iterator[str]:
    """The scene and the public facts name the parts of the answer no more often than those of other answers (0.01 %).

    Nor so seldom that the rarest is right in more than half of the worlds. No public fact, and no wording of the brief, may be
    chosen by the target or by private facts: also their number and order.
    """
    from scipy import stats

    gaps, spread, rarest, worlds = [], 0.0, 0.0, []
    for public in read(sample):
        named = {answer: _named(answer, f"{public.text}\n{public.values}") for answer in public.answers}
        if public.right is None or len(set(named.values())) < 2:
            continue
        mean = sum(named.values()) / len(named)
        gaps.append(named[public.right] - mean)
        spread += sum((count - mean) ** 2 for count in named.values()) / len(named)
        least = [answer for answer, count in named.items() if count == min(named.values())]
        rarest += (public.right in least) / len(least)
        worlds.append(public.index)
    if len(gaps) < _FEWEST or math.erfc(abs(z := sum(gaps) / math.sqrt(spread)) / math.sqrt(2)) > HARDLY:
        return
    if z > 0 or stats.binom.sf(rarest - 1, len(gaps), 0.5) < HARDLY:
        often = "more" if z > 0 else "less"
        where = next(index for index, gap in zip(worlds, gaps, strict=True) if (gap > 0) == (z > 0))
        yield f"over {len(gaps)} worlds the public text names the answer {often} often than others, as in world {where}"


def no_public_word_goes_with_the_answer(sample: Sample) -> Iterator[str]:
    """Where the answer stands in the public text, its name and its first letter go with no sentence, public value, length or person's name.

    Choose what everyone reads, its order and its wording with streams that do not depend on the target.
    """
    yield from telling(read(sample), lambda public: public.features)


def no_public_word_tells_worlds_without_a_solution(sample: Sample) -> Iterator[str]:
    """Worlds with and without a solution share all public words.

    Let nothing that everyone reads depend on solvable.
    """
    from scipy import stats

    worlds = read(sample)
    none = sum(public.right is None for public in worlds) / len(worlds) if worlds else 0
    every = Counter(feature for public in worlds for feature in public.features)
    without = Counter(feature for public in worlds if public.right is None for feature in public.features)
    for feature, n in every.items():
        k = without[feature]
        if 0 < none < 1 and _FEWEST <= n < len(worlds):
            unlikely = min(stats.binom.sf(k - 1, n, none), stats.binom.cdf(k, n, none))
            if unlikely * len(every) < HARDLY:
                yield f"{k} of {n} worlds{feature} have no solution, and {none:.0%} of all"
                return


def telling(worlds: Sequence[Public], features: Callable[[Public], Sequence[str]]) -> Iterator[str]:
    """The most telling of ``features``, if any: what goes with where the answer stands in the public text, its name or its first letter."""
    from scipy import stats

    found: dict[tuple[str, str], list[float]] = {}
    for public in (one for one in worlds if one.right is not None):
        labels = {answer: _labels(answer, public) for answer in public.answers}
        shares = Counter(label for mine in labels.values() for label in mine)
        for feature in features(public):
            for label, share in shares.items():
                tally = found.setdefault((feature, label), [0, 0, 0.0])
                tally[0] += 1
                tally[1] += label in labels[public.right]
                tally[2] += share / len(labels)
    telling = []
    for (feature, label), (n, hits, expected) in found.items():
        if n >= _FEWEST and hits > 2 * expected:
            unlikely = stats.binom.sf(hits - 1, n, expected / n) * len(found)
            telling += [(unlikely, feature, label, n, hits, expected)] if unlikely < HARDLY else []
    for _, feature, label, n, hits, expected in sorted(telling)[:1]:
        yield f"the answer {label} in {hits:g} of {n:g} worlds{feature}, and {expected:.3g} were to be expected"


@lru_cache(maxsize=2)
def read(sample: Sample) -> tuple[Public, ...]:
    return tuple(_public(sample.task, index, world) for index, world in sample.first(200))


def _public(task: Task, index: int, world: World) -> Public:
    view = views.public_view(views.own_view(world, world.seats[0]))
    everything = pooled(world)
    right = task.candidates(everything, ())[0] if world.solvable else None
    draws = stream(index, "openness")
    answers = dict.fromkeys(task.draw(everything, draws) for _ in range(_DRAWS))
    answers |= {right: None} if right is not None else {}
    shown = "\n".join([task.brief(view), task.form(view), prompts.notes(view)])
    values = [f"{' '.join(fact.slot)}: {fact.value}" for fact in view.facts]
    hidden = [*(answer for answer in answers if isinstance(answer, str)), *view.names]
    features = tuple(dict.fromkeys([*_features(shown, values, hidden), *_called(view)]))
    return Public(index, shown.casefold(), tuple(answers), right, features, "\n".join(values).casefold())


def _features(shown: str, values: list[str], hidden: list[str]) -> Iterator[str]:
    """What a world's public words are like once the answers and the people are blotted out; each completes "in worlds …"."""
    masked = blotted(shown, hidden)
    yield ""
    yield f" with a text of {len(masked)} characters, names aside"
    for sentence in re.split(r"(?<=[.!?])\s+|\n", masked):
        yield f' that say "{sentence:.60}"'
    for value in values:
        yield f' with the public value "{blotted(value, hidden):.60}"'


def blotted(text: str, hidden: list[str]) -> str:
    """``text`` with a mark in the place of everything that is ``hidden``."""
    return re.sub("|".join(map(re.escape, sorted(filter(None, hidden), key=len, reverse=True))) or "(?!)", "…", text)


def _called(view: View) -> Iterator[str]:
    for seat, name in zip(view.seats, view.names, strict=True):
        yield f" in which {seat} is called {name}"
        yield f" in which the name of {seat} begins with {name[:1]}"
        yield f" in which the name of {seat} has {len(name)} letters"


def _labels(answer: Answer, public: Public) -> frozenset[str]:
    """What a leak could say of an answer."""
    if not isinstance(answer, str) or not answer:
        return frozenset()
    labels = {f"is {answer!r}", f"begins with {answer[0]!r}"}
    if all(isinstance(other, str) and other.casefold() in public.text for other in public.answers):
        for find, end in ((public.text.index, "of those named"), (public.text.rindex, "of those named last")):
            at = find(answer.casefold())
            labels.add(f"is number {sum(find(other.casefold()) < at for other in public.answers) + 1} {end}")
    return frozenset(labels)


def _named(answer: Answer, text: str) -> int:
    """How often ``text`` (in lower case) holds the parts of ``answer`` that are words."""
    if isinstance(answer, tuple | list):
        return sum(_named(part, text) for part in answer)
    return text.count(answer.casefold()) if isinstance(answer, str) and answer else 0


OPENNESS = (
    what_everyone_reads_does_not_give_the_answer_away,
    no_public_word_goes_with_the_answer,
    no_public_word_tells_worlds_without_a_solution,
)
