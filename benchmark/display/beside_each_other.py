"""Several runs on one page: the same pictures as in a report, with a row for each run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmark.display.drawing import figure, table, text
from benchmark.display.earnings import earned_of, reading_of
from benchmark.display.gallery import conditions_of, differences_of
from benchmark.display.page import framed
from benchmark.display.pictures import Picture, Table
from benchmark.vocabulary import Json

Document = Mapping[str, Json]


def comparison_pictures(documents: Mapping[str, Document]) -> list[Picture]:
    """What ``documents`` (of ``benchmark.results.report``, each by the name it is given) say of the mean over headline tasks."""
    known = {name: document["overall"] for name, document in documents.items() if document["overall"]}
    read = next((told for name in known if (told := reading_of(documents[name]))), "") if _same_tasks(documents) else ""
    about = "Means over headline tasks in %, with 95 % intervals; n counts worlds."
    found = (
        earned_of(list(known.items()), ("luck", "Right, and earned?"), about, "run", read),
        conditions_of([(name, overall["conditions"]) for name, overall in known.items()], "run"),
        differences_of(known, "run"),
    )
    return [picture for picture in found if picture]


def comparison_page(documents: Mapping[str, Document], arms: Sequence[Document] = (), names: Sequence[str] = ()) -> str:
    """``documents`` as HTML; ``arms`` are the rows of ``benchmark.results.arms``, if two of them differ in a factor alone."""
    sections = [(one.name, one.title, figure(one)) for one in comparison_pictures(documents)]
    sections.append(("arms", "Pair by pair", _arms(arms, names) if arms else ""))
    over = {name: ", ".join(document["overall"].get("tasks", ())) or "none" for name, document in documents.items()}
    if _same_tasks(documents):
        tasks = f"Means over the headline tasks {next(iter(over.values()))}."
    else:
        tasks = f"These runs were NOT played over the same tasks: {'; '.join(f'{name}: {labels}' for name, labels in over.items())}."
    return framed("Runs side by side", f"<p>{text(tasks)}</p>", sections, "")


def _same_tasks(documents: Mapping[str, Document]) -> bool:
    return len({tuple(document["overall"].get("tasks", ())) for document in documents.values()}) == 1


def _arms(rows: Sequence[Document], names: Sequence[str]) -> str:
    about = f"{names[1]} minus {names[0]}, paired on worlds, with 95 % intervals; n counts worlds. Exploratory."
    cells = tuple(
        (
            f"{row['task']}, {row['condition']}: {row['measure'].replace('_', ' ')}",
            *(f"{row[arm]:.2f}" for arm in ("first", "second")),
            f"{row['mean']:.2f} [{row['low']:.2f}, {row['high']:.2f}], p = {row['p']:.3f}, n {row['n']}",
        )
        for row in rows
    )
    return f'<section id="arms"><h2>Pair by pair</h2>{table(Table(about, ("measure", "first", "second", "difference"), cells))}</section>'
