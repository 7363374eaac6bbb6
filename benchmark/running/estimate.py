"""What a plan would take before anything is spent: calls, tokens, and the smallest gap it could see."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import replace

from benchmark import probes, prompts, views
from benchmark.prices import Prices, advice, cost, dollars, unpriced, used
from benchmark.records import Document
from benchmark.running.plan import Plan, calls
from benchmark.views import NO_TALK, Condition
from benchmark.vocabulary import Seat, Usage
from benchmark.worlds import Source

CHARACTERS_PER_TOKEN = 4.0
TOKENS_PER_WORD = 1.4
COMMIT_TOKENS = 40
NEWS_TOKENS = 40
"""What a round tells of the one before."""
PROBE_TOKENS = 10


def estimate(plan: Plan, prices: Prices) -> Document:
    """The document of ``bench plan --json``; of a shard its own share, and the gap that all shards together could show.

    Tokens assume full turns, no thoughts and no repairs: an upper bound of plain talk. ``cost`` (US dollars) is what they
    come to if nothing is cached and every seat takes as many; null where ``unpriced`` names a model.
    """
    from benchmark.results.statistics import detectable_difference

    cells: list[Document] = []
    for source in plan.sources:
        for condition in plan.conditions:
            episodes = plan.plays_of(source)
            prompt, completion = expected_tokens(source, condition, plan.probes)
            cells.append(
                {
                    "task": source.task.label,
                    "level": source.task.level,
                    "condition": condition.name,
                    "episodes": episodes,
                    "calls": episodes * calls(source.task, condition, plan.probes, plan.factors),
                    "prompt_tokens": episodes * prompt,
                    "completion_tokens": episodes * completion,
                    "cost": _cost(plan, source, condition, prices),
                }
            )
    conditions = {condition.name for condition in plan.conditions}
    paired = any(set(arms) <= conditions for arms in views.CONTRASTS.values())
    whole = replace(plan, shard=None)
    worlds = sum(whole.worlds_of(source) for source in plan.sources if source.task.label == source.task.name) if paired else 0
    keys = ("episodes", "calls", "prompt_tokens", "completion_tokens")
    totals = {key: sum(cell[key] for cell in cells) for key in keys}
    return {
        "model": plan.model,
        **({"shard": str(plan.shard)} if plan.shard else {}),
        **totals,
        "cost": None if unpriced(prices) else round(sum(cell["cost"] for cell in cells), 6),
        "unpriced": unpriced(prices),
        "prices_noted": min((price.noted for price in prices.values() if price and price.noted), default=""),
        "detectable_gap": detectable_difference(worlds) if worlds else None,
        "cells": cells,
    }


def expected_use(seats: Mapping[Seat, str], source: Source, condition: Condition, probing: bool = False) -> dict[str, Usage]:
    """The tokens of one episode by the model in each of ``seats``, in equal parts."""
    prompt, completion = expected_tokens(source, condition, probing)
    share = Usage(round(prompt / len(seats)), 0, round(completion / len(seats)))
    return used(seats, [(seat, share) for seat in seats])


def _cost(plan: Plan, source: Source, condition: Condition, prices: Prices) -> float | None:
    """All episodes of a cell; None if a model has no known price."""
    seatings = plan.seatings(source.task)
    each = sum(cost(expected_use(seats, source, condition, plan.probes), prices) for seats in seatings) / len(seatings)
    return None if unpriced(prices) else round(each * plan.plays_of(source), 6)


def expected_tokens(source: Source, condition: Condition, probing: bool = False) -> tuple[int, int]:
    """Prompt and completion tokens of one episode, from the length of its first world's prompts and of full turns."""
    task, world = source.task, source.world(0)
    lenses = condition.lenses(world)
    view = views.view(world, lenses[0])
    rules = prompts.talk_rules(task, view) if condition.talk != NO_TALK else ""
    scene = len(prompts.scene(task, view, rules)) / CHARACTERS_PER_TOKEN
    turn = task.words * TOKENS_PER_WORD
    spoken = calls(task, condition) // task.rounds - task.seats
    talk = turn * (task.turns if condition.talk != NO_TALK else 0)
    history = talk * 2 / task.seats if task.hearer(view, view.seats[0]) else talk  # who sits in pairs hears one other
    kept = history if task.recalls(view) is None else 0.0
    before = (kept + NEWS_TOKENS) * (task.rounds - 1) / 2  # of the rounds gone by, half of them at the mean
    prompt = spoken * (scene + before + history / 2) + task.seats * (scene + before + history)
    written = talk + task.seats * COMMIT_TOKENS
    aside = probes.most(task, condition) if probing else 0
    return round(prompt * task.rounds + aside * (scene + history / 2)), round(written * task.rounds + aside * PROBE_TOKENS)


def rendered(document: Document) -> str:
    """``document`` for a terminal of 80 columns."""
    lines = [f"{'task':<28} {'condition':<12} {'episodes':>8} {'calls':>8} {'tokens':>12}"]
    for cell in document["cells"]:
        tokens = cell["prompt_tokens"] + cell["completion_tokens"]
        name = f"{cell['task'][:24]} L{cell['level']}"
        lines.append(f"{name:<28} {cell['condition']:<12} {cell['episodes']:>8,} {cell['calls']:>8,} {tokens:>12,}")
    gap = document["detectable_gap"]
    part = f"Shard {document['shard'].replace('/', ' of ')}: " if "shard" in document else ""
    lines += [
        "",
        f"{part}{document['episodes']:,} episodes, {document['calls']:,} calls, about {document['prompt_tokens']:,} prompt and "
        f"{document['completion_tokens']:,} completion tokens",
        "(full turns, no thoughts, no repairs)",
        f"Cost: {_told(document)}",
        f"Smallest gap over the headline tasks that this could show: {'none' if gap is None else f'{gap:.2f}'}",
    ]
    return "\n".join(part for line in lines for part in textwrap.wrap(line, 80, subsequent_indent="  ", break_on_hyphens=False) or [""])


def _told(document: Document) -> str:
    if document["unpriced"]:
        return f"unknown ({advice(document['unpriced'])})."
    noted = f", at prices noted {document['prices_noted']}" if document["prices_noted"] and document["cost"] else ""
    return f"about {dollars(document['cost'])}{noted}." if document["cost"] else "none."
