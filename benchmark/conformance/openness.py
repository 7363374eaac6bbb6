"""Whether what everyone may read gives the answer away."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

from scipy import stats

from benchmark import prompts, views
from benchmark.conformance.certificates import SURELY, Sample
from benchmark.conformance.knowledge import pooled
from benchmark.streams import stream
from benchmark.vocabulary import Answer

_DRAWS = 12


def what_everyone_reads_does_not_give_the_answer_away(sample: Sample) -> Iterator[str]:
    """The scene and the public facts name the parts of the answer as often as those of any other answer (sign test, 0.1 %).

    No public fact, and no wording of the brief, may be chosen by the target or by private facts.
    """
    task = sample.task
    more, less = [], 0
    for index, world in sample.first(120):
        if not world.solvable:
            continue
        public = views.public_view(views.own_view(world, world.seats[0]))
        shown = " ".join([task.brief(public), task.form(public), prompts.notes(public)]).casefold()
        right = task.candidates(pooled(world), ())[0]
        draws = stream(index, "openness")
        others = [drawn for drawn in (task.draw(pooled(world), draws) for _ in range(_DRAWS)) if drawn != right]
        if not others:
            continue
        difference = _named(right, shown) - mean(_named(other, shown) for other in others)
        if difference > 0.5:
            more.append(index)
        less += difference < -0.5
    if more and float(stats.binomtest(len(more), len(more) + less, alternative="greater").pvalue) < SURELY:
        yield f"in {len(more)} of {len(more) + less} worlds the public text names the answer more often than others, as in world {more[0]}"


def _named(answer: Answer, text: str) -> int:
    """How often ``text`` (in lower case) holds the parts of ``answer`` that are words."""
    if isinstance(answer, tuple | list):
        return sum(_named(part, text) for part in answer)
    return text.count(answer.casefold()) if isinstance(answer, str) and answer else 0
