"""What a paper has to say of a run: a paragraph on methods, filled in with this run's numbers, and what to cite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmark.lines import plain
from benchmark.records import Document
from benchmark.results.statistics import RESAMPLES
from benchmark.views import CONDITIONS, CONTRASTS, HEADLINE, PRIMARY
from benchmark.vocabulary import Json

ADDRESS = "https://github.com/parley-bench/parley-bench"
_HASH = 12
"""Digits of a commit that are printed."""


def about(run: Mapping[str, Json], stored: bool = False) -> Document:
    """What run.json says of how the run was made, as far as it says so. ``stored``: its worlds came from a file."""
    configuration, grid, versions = run["configuration"], run["grid"], run.get("versions") or {}
    return {
        "version": versions.get("parley"),
        "commit": run.get("git_commit"),
        "created": run.get("created"),
        "tasks": configuration.get("tasks") or {},
        "levels": configuration.get("levels") or [],
        "seed": configuration.get("seed"),
        "sampling": configuration.get("sampling") or {},
        "seats": {seat: one for seat, one in (configuration.get("models") or {}).items() if isinstance(one, Mapping)},
        "conditions": list(grid["conditions"]),
        "challenge": configuration.get("challenge"),
        "stored": stored,
        "n": grid.get("n"),
        "repeats": grid.get("repeats"),
        "prices": {spec: price.get("noted") for spec, price in (run.get("prices") or {}).items() if isinstance(price, Mapping)},
        "earlier": len(run.get("earlier") or []),
    }


def methods(document: Mapping[str, Json]) -> str:
    """A paragraph of plain text, ready for a paper."""
    parts = [_who(document), _what(document), _how(document), _counted(document), _intervals(document), _bought(document)]
    return plain(" ".join(part for part in parts if part))


def bibtex(document: Mapping[str, Json]) -> str:
    """The benchmark as it was used here, and the sources of the tasks that were played."""
    told = document["about"]
    version = plain(told["version"]) if told["version"] else "unknown"
    note = f"Version {version}" + (f", commit {plain(_commit(told['commit']))}" if told["commit"] else "")
    year = plain(told["created"])[:4] if told["created"] else ""
    fields = {
        "title": "{Parley}: a benchmark for asymmetric-information dialogue",
        "author": "{The Parley developers}",
        **({"year": year} if year.isdigit() else {}),
        "version": _braced(version),
        "url": ADDRESS,
        "note": _braced(note),
    }
    own = "@software{parley,\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}"
    return "\n\n".join([own, *map(str, (document.get("sources") or {}).values())])


def _braced(text: str) -> str:
    """Nothing in ``text`` may end a field of BibTeX."""
    return "".join(char if char not in "{}\\%" else " " for char in text)


def _who(document: Mapping[str, Json]) -> str:
    told = document["about"]
    version = f"Parley {told['version']}" if told["version"] else "Parley (version not on record)"
    version += f" (commit {_commit(told['commit'])})" if told["commit"] else ""
    if corpora := sorted({str(one["corpus"]) for one in told["seats"].values() if one.get("corpus")}):
        return f"The dialogues are people's, from the corpus {_listed(corpora)}, scored with {version}."
    revisions = sorted({f"{name} {one[name]}" for one in told["seats"].values() for name in ("revision", "modified_at") if one.get(name)})
    settings = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in sorted(told["sampling"].items()))
    against = document.get("panel") or " and ".join(map(str, document["partners"]))
    how = f"against {against}, in every seat in turn" if document["partners"] else "with itself"
    made = f" ({'; '.join(revisions)})" if revisions else ""
    return f"We played {document['model']}{made} {how}, using {version}" + (f", sampling with {settings}." if settings else ".")


def _commit(commit: Json) -> str:
    """A commit in short; that files had been changed is part of it."""
    name, changed, _ = str(commit).partition("-dirty")
    return name[:_HASH] + (", with changes" if changed else "")


def _what(document: Mapping[str, Json]) -> str:
    told = document["about"]
    tasks = ", ".join(f"{label} (version {told['tasks'][label]})" if label in told["tasks"] else label for label in document["tasks"])
    levels = sorted({cell["level"] for cell in document["cells"]}) or told["levels"]
    worlds = f"{_counted_out(told['n'], 'world')} of each task and level" if told["n"] else "all worlds on file"
    repeats = f", each {told['repeats']} times" if (told["repeats"] or 1) > 1 else ""
    seed = f", generated from run seed {told['seed']}" if told["seed"] is not None else ""
    seed = f", named by the challenge {told['challenge']}" if told["challenge"] else ", taken from a file" if told["stored"] else seed
    conditions = ", ".join(f"{name} ({CONDITIONS[name].purpose})" for name in told["conditions"])
    at = f"level{'s' * (len(levels) != 1)} {_listed(levels)}"
    count = len(told["conditions"])
    under = f"The same worlds were played under each of {count} conditions: " if count > 1 else "Condition: "
    return f"The tasks were {tasks} at {at}, {worlds}{seed}{repeats}. {under}{conditions}."


def _how(document: Mapping[str, Json]) -> str:
    played = _differences(document)
    paired = "; ".join(f"{name} = {CONTRASTS[name][0]} − {CONTRASTS[name][1]}" for name in played)
    differences = f" Differences are paired on worlds ({paired}), on success, or on value in graded tasks." if paired else ""
    return (
        "An answer succeeds if the commits of all seats are jointly right by the rules of the world; no model judges. "
        f"Grounding success, in {HEADLINE}, also asks that every seat's commit followed from its own facts and what it was told."
        f"{differences}"
    )


def _counted(document: Mapping[str, Json]) -> str:
    ended = [f"{count} {outcome}" for outcome, count in document["outcomes"].items()]
    ended += [f"{document['unplayed']} not played"] if document["unplayed"] else []
    left = [f"{document['outcomes'].get(name, 0)} {what}" for name, what in (("error", "infrastructure errors"), ("leaked", "leaks"))]
    left += [f"{document['partner_failures']} failures of a partner"]
    return (
        f"Of {document['plan']} planned episodes: {', '.join(ended) or 'none played'}. Excluded from every mean: {', '.join(left)}; "
        "answers that the model gave in no usable form, refused or left unfinished count as failures."
    )


def _differences(document: Mapping[str, Json]) -> list[str]:
    """The names of the paired differences that the run has."""
    found = [document["overall"], *document["gaps"].values()]
    return [name for name in CONTRASTS if any(gaps.get(name) for gaps in found)]


def _intervals(document: Mapping[str, Json]) -> str:
    gap, by = document["detectable_gap"], document["detectable"]
    shares = (
        f"Intervals are {100 * document['confidence']:.0f} % over worlds: Wilson's for shares, combined by MOVER where solvable worlds and "
        f"those without a solution are averaged; percentile bootstrap ({RESAMPLES} resamples, stratified by task) for everything else."
    )
    if not _differences(document):
        return shares
    primary = " and ".join(name for name in PRIMARY if document["overall"].get(name))
    rest = f"{primary} over all tasks are primary and corrected by Holm, the rest is exploratory." if primary else "all are exploratory."
    size = f" The smallest overall difference the run could show is {100 * gap:.0f} points" if gap is not None else ""
    size += f" (α {by['alpha']}, power {by['power']}, n {by['n']})." if size else ""
    return f"{shares} Tests are exact McNemar or sign-flip, two-sided; {rest}{size}"


def _bought(document: Mapping[str, Json]) -> str:
    days = sorted({str(day) for day in document["about"]["prices"].values() if day})
    if not document["cost_known"]:
        return ""
    whole = "It cost" if document["cost"] is not None else "What is known of its cost is"
    return f"{whole} ${document['cost_known']:.2f}" + (f" by prices noted {_listed(days)}." if days else ".")


def _counted_out(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _listed(values: Sequence[Json]) -> str:
    words = [str(value) for value in values]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "unknown"
