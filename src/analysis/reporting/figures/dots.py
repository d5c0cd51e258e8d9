"""Dots on a line of percentages: two estimates of the same share, or two years."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.reporting.dutch_numbers import percentage
from analysis.reporting.figures.rows import (
    LINE,
    draw_axis,
    draw_interval,
    row_frame,
    subtitle_height,
    write_lines,
    write_subtitle,
)
from analysis.reporting.theme import FIRST, PAPER, SECOND, SMALL, Drawing, canvas, text_width, wrap

ROW = 30.0
GAP = 14.0
MARKERS = ({"marker": "o", "color": FIRST}, {"marker": "D", "color": SECOND})
"""A filled circle and an open diamond: their shapes differ, not only their colours."""


def dumbbell(table: pd.DataFrame, *, base: str, first: str, second: str, names: tuple[str, str]) -> Drawing:
    """Draw two shares per row, joined by a line: from the first to the second.

    Parameters
    ----------
    table
        One row per item: ``label``, a column of shares each for first and second and, where the second has an
        interval, ``ci_low`` and ``ci_high``; where the first has one too, ``first_low`` and ``first_high``;
        ``printed_pct``, the whole percentage of the second that other pages print, where there is one.
    base
        What was compared, in Dutch.
    first, second
        Names of the two columns of shares.
    names
        What the two are called on the page, such as ``("2021", "2025")``.
    """
    return Drawing(partial(_draw, table.reset_index(drop=True), base, _Pair((first, second), names, joined=True)))


def dot_plot(
    table: pd.DataFrame,
    *,
    base: str,
    first: str,
    second: str,
    names: tuple[str, str],
    reference: float | None = None,
) -> Drawing:
    """Draw two estimates of the same share per row, such as unweighted and weighted.

    Parameters
    ----------
    table
        As for :func:`dumbbell`.
    base, first, second, names
        As for :func:`dumbbell`.
    reference
        A share at which a broken line is drawn; ``base`` says what it is.
    """
    pair = _Pair((first, second), names, joined=False, reference=reference)
    return Drawing(partial(_draw, table.reset_index(drop=True), base, pair))


@dataclass(frozen=True)
class _Pair:
    """The two estimates of a row: columns, names, whether a line joins them; and a share to compare them with."""

    columns: tuple[str, str]
    names: tuple[str, str]
    joined: bool
    reference: float | None = None


def _values(table: pd.DataFrame, columns: list[str]) -> list[str]:
    first, second = (
        ["–" if pd.isna(share) else percentage(share) for share in table[column]] for column in columns
    )
    if "printed_pct" in table:
        second = [f"{int(value)}%" for value in table["printed_pct"]]
    return [" / ".join(pair) for pair in zip(first, second, strict=True)]


def _draw(table: pd.DataFrame, base: str, pair: _Pair, width: float) -> Figure:
    columns, names, joined = list(pair.columns), pair.names, pair.joined
    values = _values(table, columns)
    head = " / ".join(names)
    frame = row_frame(width, max(text_width(text) for text in values) + 20)
    labels = [wrap(label, frame.label_width) for label in table["label"]]
    heights = [
        (LINE * len(lines) + ROW if frame.labels_above else max(LINE * len(lines), ROW - 8)) + GAP
        for lines in labels
    ]
    with_interval = {"ci_low", "ci_high"} <= set(table.columns)
    with_both = with_interval and {"first_low", "first_high"} <= set(table.columns)
    whose = f"boven van {names[0]}, onder van {names[1]}" if with_both else f"van {names[1]}"
    subtitle = f"{base}; streep: 95%-interval {whose}" if with_interval else base
    top = subtitle_height(subtitle, width) + 2 * LINE
    figure, axes = canvas(width, top + sum(heights) + 22)
    y = write_subtitle(axes, subtitle, width)
    _write_key(axes, names, y)
    axes.text(width, y + LINE * 1.74, head, ha="right", fontsize=SMALL, weight="bold")
    y, spans = top, []
    for row, lines, value, height in zip(table.to_dict("records"), labels, values, heights, strict=True):
        if frame.labels_above:
            middle = write_lines(axes, lines, 0, y + 4) + ROW / 2
        else:
            write_lines(axes, lines, frame.left - 12, y + (height - LINE * len(lines)) / 2, ha="right")
            middle = y + height / 2
        places = [frame.x(row[column]) for column in columns]
        if joined and not any(pd.isna(place) for place in places):
            axes.plot(places, [middle, middle], color=FIRST, linewidth=2.5, zorder=2.5)
        if with_interval:
            draw_interval(axes, frame.x(row["ci_low"]), frame.x(row["ci_high"]), middle + 11 if joined else middle)
        if with_both:
            draw_interval(axes, frame.x(row["first_low"]), frame.x(row["first_high"]), middle - 11)
        for place, style in zip(places, MARKERS, strict=True):
            _mark(axes, place, middle, style)
        axes.text(width, middle + 5, value, ha="right", va="baseline")
        spans.append((middle - ROW / 2, middle + ROW / 2))
        y += height
    draw_axis(axes, frame, spans)
    if pair.reference is not None:
        x = frame.x(pair.reference)
        axes.plot(
            [x, x], [spans[0][0], spans[-1][1]], color=SECOND, linewidth=1.8, linestyle=(0, (4, 3)), zorder=1
        )
    return figure


def _mark(axes: Axes, x: float, y: float, style: dict[str, str]) -> None:
    face = style["color"] if style["marker"] == "o" else PAPER
    axes.plot(
        [x], [y], marker=style["marker"], markersize=11 if style["marker"] == "o" else 9.5, markerfacecolor=face,
        markeredgecolor=style["color"], markeredgewidth=2.4, linestyle="none", zorder=4,
    )  # fmt: skip


def _write_key(axes: Axes, names: Sequence[str], y: float) -> None:
    x = 8.0
    for name, style in zip(names, MARKERS, strict=True):
        _mark(axes, x, y + LINE / 2, style)
        write_lines(axes, [name], x + 12, y, fontsize=SMALL)
        x += 12 + text_width(name, SMALL) + 28
