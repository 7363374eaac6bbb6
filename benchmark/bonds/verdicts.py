"""From the records of two arms to what may be said of them: which plane moved, by how much, and what could not have been seen."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmark.bonds.planes import Act, Interaction, Plane, Talk, actions, detectable, equivalent, interaction, language
from benchmark.bonds.preregistration import PRIMARY, Contrast, Preregistered
from benchmark.results import statistics
from benchmark.vocabulary import Json, Seat

Record = Mapping[str, Json]
Document = dict[str, Json]

_WORD = re.compile(r"[^\W\d_]{2,}")
_FUNCTION = frozenset(
    "the an and or of to in on at is are was were be been do does did have has had will would can could should may might must it its this "
    "that these those we you he she they me my our your his her their us them not no yes if then so but for with as by from what which who "
    "there here just let am ready".split()
)
"""Words that say how a language works rather than what is talked of."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a contrast shows. A plane is None where there was nothing to compare; ``equivalence`` is p of language being unmoved."""

    contrast: Contrast
    actions: Plane | None
    language: Plane | None
    equivalence: float | None
    interaction: Interaction | None


def content_words(text: str) -> frozenset[str]:
    """The words of ``text`` that carry content, case aside."""
    return frozenset(word for word in _WORD.findall(text.casefold()) if word not in _FUNCTION)


def acts_of(record: Record, tested: str, names: Sequence[str]) -> list[Act]:
    """What the seats of the ``tested`` model did, round by round: the values of the curves ``names``, a seat's own where it has its own.

    Shares are rounded to a tenth, so that acts of different worlds can be alike.
    """
    curves = record["score"].get("curves") or {}
    found = []
    for seat in _mine(record, tested):
        columns = [curves.get(f"{name}/{seat}", curves.get(name)) for name in names]
        if None in columns:
            continue
        rows = [values for values in zip(*columns, strict=False) if None not in values]
        found += [Act(_world(record), seat, json.dumps([round(value, 1) for value in values])) for values in rows]
    return found


def talks_of(record: Record, tested: str) -> list[Talk]:
    """What the seats of the ``tested`` model said, beside what was said to them."""
    turns = [turn for one in record["rounds"] for turn in one["turns"]]
    found = []
    for seat in _mine(record, tested):
        own = [turn["text"] for turn in turns if turn["seat"] == seat]
        heard = [turn["text"] for turn in turns if turn["seat"] != seat and turn["to"] in (None, seat)]
        if any(own) and any(heard):
            found.append(Talk(_world(record), seat, content_words(" ".join(own)), content_words(" ".join(heard))))
    return found


def _mine(record: Record, tested: str) -> list[Seat]:
    return [seat for seat, spec in record["seats"].items() if spec == tested and seat not in record.get("audience", ())]


def _world(record: Record) -> str:
    """The same in both arms: what the world was drawn from."""
    return f"{record['level']} {record['seed']}"


def find(contrast: Contrast, first: Iterable[Record], second: Iterable[Record], tested: str, bound: float) -> Found:
    """Both planes of ``contrast``, over decided episodes: an arm that cannot answer has no acts to compare."""
    arms = [[record for record in records if record["outcome"] == "decided"] for records in (first, second)]
    acts = [[act for record in arm for act in acts_of(record, tested, contrast.actions)] for arm in arms]
    talks = [[talk for record in arm for talk in talks_of(record, tested)] for arm in arms]
    done = actions(acts[0], acts[1], contrast.name)
    said = language(talks[0], talks[1], contrast.name)
    both = interaction(done, said, contrast.name) if done and said else None
    return Found(contrast, done, said, equivalent(said, bound) if said else None, both)


def verdicts(found: Sequence[Found], plan: Preregistered) -> list[Document]:
    """A document for each contrast. p-values are by Holm within a family, those of each kind on their own."""
    adjusted: dict[tuple[str, str], float] = {}
    for family in {one.contrast.family for one in found}:
        mine = [one for one in found if one.contrast.family == family]
        for kind in ("actions", "language", "equivalence", "interaction"):
            values: dict[str, float] = {}
            for one in mine:
                p = one.equivalence if kind == "equivalence" else getattr(getattr(one, kind), "p", None)
                values |= {one.contrast.name: p} if p is not None else {}
            adjusted |= {(name, kind): p for name, p in statistics.holm(values).items()}
    return [_document(one, adjusted, plan) for one in found]


def _document(one: Found, adjusted: Mapping[tuple[str, str], float], plan: Preregistered) -> Document:
    name = one.contrast.name
    p = {kind: adjusted.get((name, kind)) for kind in ("actions", "language", "equivalence", "interaction")}
    moved = {kind: p[kind] is not None and p[kind] < plan.alpha for kind in p}  # type: ignore[operator]
    above = one.interaction is not None and one.interaction.low > 0
    return {
        "name": name,
        "family": one.contrast.family,
        "question": one.contrast.question,
        "first": str(one.contrast.first),
        "second": str(one.contrast.second),
        "actions": _plane(one.actions, p["actions"], plan),
        "language": _plane(one.language, p["language"], plan),
        "equivalence": None if p["equivalence"] is None else {"bound": plan.equivalence, "p_holm": round(p["equivalence"], 6)},
        "interaction": _interaction(one.interaction, p["interaction"], plan),
        "moved_actions": moved["actions"] if one.actions else None,
        "moved_language": moved["language"] if one.language else None,
        "language_unmoved": moved["equivalence"] if one.language else None,
        "actions_not_language": moved["interaction"] and above and moved["actions"] and not moved["language"] if one.interaction else None,
    }


def _plane(of: Plane | None, p: float | None, plan: Preregistered) -> Document | None:
    if of is None or p is None:
        return None
    size = detectable(of.n, plan.alpha, plan.power)
    numbers = {"raw": of.raw, "chance": of.chance, "effect": of.effect, "low": of.low, "high": of.high, "p": of.p, "p_holm": p}
    return {**_rounded(numbers), "n": of.n, "detectable": round(size, 6)}


def _interaction(of: Interaction | None, p: float | None, plan: Preregistered) -> Document | None:
    """The smallest difference of two effects that have the same smallest one is √2 times as large."""
    if of is None or p is None:
        return None
    size = min(1.0, 2**0.5 * detectable(of.n, plan.alpha, plan.power))
    return {
        **_rounded({"effect": of.effect, "low": of.low, "high": of.high, "p": of.p, "p_holm": p}),
        "n": of.n,
        "detectable": round(size, 6),
    }


def _rounded(numbers: Mapping[str, float]) -> Document:
    return {name: round(number, 12) + 0.0 for name, number in numbers.items()}


def rendered(document: Mapping[str, Any]) -> str:
    """The one page, for a terminal of 80 columns."""
    lines = textwrap.wrap(f"Bonds: {document['model']}, preregistered set {document['version']}{_departs(document)}", 80)
    lines += _answer(document)
    heads = f"  {'':<12}{'effect':>8}  {'95 % interval':<16}{'p (Holm)':>9}{'n':>6}{'smallest':>10}"
    for family in dict.fromkeys(one["family"] for one in document["contrasts"]):
        lines += ["", f"{family.capitalize()} contrasts", heads]
        for one in (one for one in document["contrasts"] if one["family"] == family):
            lines += ["", *textwrap.wrap(f"{one['name']}: {one['question']}", 80, subsequent_indent="  ")]
            lines += [_line(kind, one[kind]) for kind in ("actions", "language", "interaction")]
            lines += textwrap.wrap(_said(one), 80, initial_indent="  → ", subsequent_indent="    ")
    lines += _findings(document["findings"])
    for skipped in document["skipped"]:
        lines += ["", *textwrap.wrap(f"{skipped['name']}: not played: {skipped['why']}", 80)]
    note = (
        "effect: mean over worlds of second minus first arm over its root mean square, less what chance gives (actions: total variation "
        "distance of what was done; language: overlap with the partner's words beyond strangers'). interaction: size of the effect on "
        f"actions minus that on language. smallest: the smallest effect seen with power {document['power']:g} at α {document['alpha']:g}, "
        "before Holm. No shown effect is no shown absence: only the equivalence test says that language did not move."
    )
    return "\n".join([*lines, "", *textwrap.wrap(note, 80)])


def _findings(findings: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the tracks were made to show."""
    if not findings:
        return []
    lines = ["", "What the tracks were made to show: differences of outcomes, in their own units"]
    lines.append(f"  {'':<28}{'difference':>10}  {'95 % interval':<16}{'p (Holm)':>9}{'n':>6}")
    for one in findings:
        lines += ["", *textwrap.wrap(f"{one['name']}: {one['question']}", 80, subsequent_indent="  ")]
        for row in one["differences"]:
            limits = f"[{row['low']:+.2f}, {row['high']:+.2f}]" if row["low"] < row["high"] else "all alike"
            lines.append(f"  {row['what']:<28}{row['mean']:>+10.2f}  {limits:<16}{row['p_holm']:>9.3f}{row['n']:>6}")
        lines += textwrap.wrap(one["note"], 80, initial_indent="  ", subsequent_indent="  ")
    return lines


def _answer(document: Mapping[str, Any]) -> list[str]:
    """The question that the set was made for, in one sentence for each plane."""
    primary = [one for one in document["contrasts"] if one["family"] == PRIMARY]
    lines = []
    for plane in ("actions", "language"):
        moved = [one["name"] for one in primary if one[f"moved_{plane}"]]
        rest = [one["name"] for one in primary if one["name"] not in moved]
        lines.append(f"Moved {plane}: {', '.join(moved) or 'none'}. No effect shown: {', '.join(rest) or 'none'}.")
    return ["", *(part for line in lines for part in textwrap.wrap(line, 80))]


def _departs(document: Mapping[str, Any]) -> str:
    unplayed = [f"{document['missing']} episodes are still to be played"] if document["missing"] else []
    return f" (departs from it: {', '.join([*document['departs'], *unplayed])})" if document["departs"] or unplayed else ""


def _line(kind: str, of: Mapping[str, Any] | None) -> str:
    if of is None:
        return f"  {kind:<12}{'–':>8}"
    limits = f"[{of['low']:+.2f}, {of['high']:+.2f}]"
    return f"  {kind:<12}{of['effect']:>+8.2f}  {limits:<16}{of['p_holm']:>9.3f}{of['n']:>6}{of['detectable']:>10.2f}"


def _said(one: Mapping[str, Any]) -> str:
    """What follows, and no more."""
    parts = []
    for plane in ("actions", "language"):
        moved = one[f"moved_{plane}"]
        parts.append(f"{plane}: {'nothing to compare' if moved is None else 'moved' if moved else 'no effect shown'}")
    if one["language_unmoved"]:
        parts[-1] += f", and equivalent within ±{one['equivalence']['bound']:g}"
    if one["actions_not_language"]:
        parts.append("actions, not language")
    return "; ".join(parts) + ("." if one["family"] == PRIMARY else " (exploratory).")
