"""Pictures for papers: SVG with its text as text, and PNG, drawn with matplotlib. The same report gives the same bytes.

Matplotlib comes with the extra `plots` and is imported here alone, when a figure is asked for: half a second that no run should pay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmark.display.curves import Curve
from benchmark.display.pictures import INKS, Mark, Picture, Row, Span, named_spans
from benchmark.lines import plain, shorten
from benchmark.vocabulary import FolderError, Json, UsageError

_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "parley",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 8,
    "axes.linewidth": 0.6,
    "hatch.linewidth": 1.2,
    "text.parse_math": False,  # a name with two dollars in it is no formula
}
_MARKERS = {"circle": "o", "diamond": "D", "square": "s", "frame": "s", "limits": "|"}
_HATCHES = {"hatched": "/////", "dotted": ".....", "empty": ""}
_INCHES, _LANE, _DOTS = 6.5, 0.2, 200
"""The width of a figure and the height of a lane in inches, and the dots of an inch in a PNG."""

_LABEL = 28
"""Characters of a row's name: a longer one would leave no room for its row."""


def write_figures(pictures: Sequence[Picture], curves: Sequence[Curve], folder: Path) -> list[Path]:
    """NAME.svg and NAME.png of each picture and curve in ``folder``, which is made if need be. UsageError without matplotlib."""
    try:
        import matplotlib as mpl
    except ImportError:
        raise UsageError("figures are drawn with matplotlib, which is not installed. Try: pip install 'parley-bench[plots]'") from None
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with mpl.rc_context({**mpl.rcParamsDefault, **_STYLE}):
            for picture in pictures:
                written += _saved(_drawn(picture), folder / picture.name)
            for place, curve in enumerate(curves, 1):
                written += _saved(_curve(curve), folder / f"round-by-round-{place}")
    except OSError as error:
        raise FolderError(f"{folder} cannot be written ({error.strerror}). Name another folder for --figures.") from None
    return written


def _canvas(height: float) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_INCHES, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _saved(figure: Any, stem: Path) -> list[Path]:
    """The same bytes for the same figure: no date, and no name of the machine or the library."""
    svg, png = (stem.with_name(f"{stem.name}.{kind}") for kind in ("svg", "png"))
    figure.savefig(svg, metadata={"Date": None, "Creator": None})
    svg.write_text("\n".join(line.rstrip() for line in svg.read_text("utf-8").splitlines()) + "\n", "utf-8")
    figure.savefig(png, dpi=_DOTS, metadata={"Software": None})
    return [svg, png]


def _curve(curve: Curve) -> Any:
    """A curve over rounds, with its limits as a band."""
    figure = _canvas(2.4)
    axes = figure.add_subplot()
    rounds = [point.round for point in curve.points]
    axes.fill_between(rounds, *([point[end] for point in curve.points] for end in (2, 3)), color=INKS["own"].light, alpha=0.18, linewidth=0)
    axes.plot(rounds, [point.mean for point in curve.points], color=INKS["own"].light, linewidth=1.4)
    axes.set(ylim=(curve.low, curve.high), xlim=(1, max(2, curve.rounds)), xlabel=f"round ({plain(curve.task)}, {plain(curve.condition)})")
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(plain(curve.message), loc="left", fontsize=8, fontweight="bold", wrap=True)
    return figure


def _drawn(picture: Picture) -> Any:
    tops = _tops(picture)
    lines = -(-len(picture.key) // _columns(picture)) + len(picture.message) // 80
    figure = _canvas(_LANE * tops[-1] + 0.8 + 0.16 * lines)
    axes = figure.add_subplot()
    for top, row in zip(tops, picture.rows, strict=False):
        _draw(axes, row, top)
    _frame(axes, picture, tops)
    return figure


def _tops(picture: Picture) -> list[int]:
    """In which lane each row begins, and how many there are in all."""
    tops = [0]
    for row in picture.rows:
        tops.append(tops[-1] + _lanes(row))
    return tops


def _lanes(row: Row) -> int:
    return 1 + max((mark.lane for mark in row.marks), default=0)


def _frame(axes: Any, picture: Picture, tops: Sequence[int]) -> None:
    """Everything but the data: the message, the axis, names at the left, figures at the right, the key below."""
    middles = [top + _lanes(row) / 2 for top, row in zip(tops, picture.rows, strict=False)]
    axes.set(xlim=(picture.low, picture.high), ylim=(tops[-1], -0.3 if named_spans(picture.rows[0], 0.0) else 0), xlabel=picture.unit)
    axes.set_xticks(picture.ticks)
    axes.set_yticks(middles, [shorten(plain(row.label), _LABEL) for row in picture.rows])
    axes.tick_params(length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.grid(axis="x", color="#d8d8d2", linewidth=0.5)
    axes.set_axisbelow(True)
    if picture.low < 0:
        axes.axvline(0, color="#5a5a5a", linewidth=0.8, zorder=0.8)
    for top, row in zip(tops, picture.rows, strict=False):
        for place, told in enumerate(row.told):
            axes.annotate(plain(told.text), (1.02, top + place + 0.5), xycoords=("axes fraction", "data"), va="center", fontsize=7)
    for span in named_spans(picture.rows[0], picture.high - picture.low):
        axes.text((span.start + span.end) / 2, 0.12, plain(span.name), ha="center", va="bottom", fontsize=7)
    axes.set_title(plain(picture.message), loc="left", fontsize=8, fontweight="bold", wrap=True)
    handles = [_handle(ink, words) for ink, words in picture.key]
    axes.figure.legend(handles=handles, loc="outside lower left", ncols=_columns(picture), frameon=False, fontsize=7)


def _columns(picture: Picture) -> int:
    """In how many columns the key stands."""
    return 1 if any(len(words) > 30 for _, words in picture.key) else 3


def _draw(axes: Any, row: Row, top: int) -> None:
    for span in row.spans:
        _bar(axes, span, top)
    for mark in row.marks:
        _point(axes, mark, top + mark.lane + 0.5)


def _bar(axes: Any, span: Span, top: int) -> None:
    if span.end <= span.start:
        return
    thick = {"band": 0.9, "link": 0.08}.get(span.ink, 0.62)
    axes.barh(top + 0.5, span.end - span.start, thick, span.start, zorder=1, **_filling(span.ink))


def _filling(ink: str) -> Mapping[str, Json]:
    found = INKS.get(ink, INKS["error"])
    if found.shape in _HATCHES:
        return {"facecolor": "none", "edgecolor": found.light, "linewidth": 0.6, "hatch": _HATCHES[found.shape]}
    return {"facecolor": found.light, "linewidth": 0}


def _point(axes: Any, mark: Mark, y: float) -> None:
    found = INKS[mark.ink]
    if mark.low is not None and mark.high is not None:
        axes.plot([mark.low, mark.high], [y, y], color=found.light, linewidth=1, marker="|", markersize=5, zorder=2, clip_on=False)
    if mark.low is None or mark.ink != "limits":
        axes.plot([mark.at], [y], zorder=3, clip_on=False, **_dot(mark.ink))


def _dot(ink: str) -> Mapping[str, Json]:
    found = INKS[ink]
    size = {"frame": 8, "limits": 9}.get(found.shape, 5)
    face = "none" if found.shape == "frame" else found.light
    return {"linestyle": "none", "marker": _MARKERS[found.shape], "color": found.light, "markerfacecolor": face, "markersize": size}


def _handle(ink: str, words: str) -> Any:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    shape = INKS.get(ink, INKS["error"]).shape
    return Line2D([], [], label=plain(words), **_dot(ink)) if shape in _MARKERS else Patch(label=plain(words), **_filling(ink))
