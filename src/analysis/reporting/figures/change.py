"""Change between two years: differences with their intervals, and how they depend on unequal response."""

from collections.abc import Sequence
from functools import partial
from math import ceil, floor, log

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.reporting.dutch_numbers import MINUS, decimal
from analysis.reporting.figures.rows import (
    LINE,
    Frame,
    draw_interval,
    row_frame,
    subtitle_height,
    write_lines,
    write_subtitle,
)
from analysis.reporting.theme import (
    FIRST,
    GRID,
    INK,
    MUTED,
    PAPER,
    SECOND,
    SMALL,
    TRACK,
    Drawing,
    canvas,
    text_width,
    wrap,
)

BLOCK, SMALLEST = 12.0, 5.0
GAP = 16.0
HEIGHT = 250.0
SERIES = ({"color": FIRST, "marker": "o"}, {"color": SECOND, "marker": "D"})
NOTHING = {"color": INK, "marker": "s"}
"""Circle, diamond and square: their shapes differ, not only their colours."""


def points(difference: float) -> str:
    """Return a difference of fractions as whole percentage points with its sign, without the unit.

    Parameters
    ----------
    difference
        Difference of two fractions.

    Examples
    --------
    >>> points(0.204), points(-0.064), points(0.001)
    ('+20', '−6', '0')
    """
    text = decimal(100 * difference, 0)
    if text.removeprefix(MINUS) == "0":
        return "0"
    return text if text.startswith(MINUS) else f"+{text}"


def points_range(low: float, high: float) -> str:
    """Return a range of differences as whole percentage points; one number when both are the same.

    Parameters
    ----------
    low, high
        Differences of two fractions.

    Examples
    --------
    >>> points_range(-0.104, -0.064), points_range(0.202, 0.204)
    ('−10 tot −6', '+20')
    """
    ends = list(dict.fromkeys([points(low), points(high)]))
    return " tot ".join(ends)


def forest(table: pd.DataFrame, *, base: str) -> Drawing:
    """Draw a difference per row, as a block from the smallest to the largest possible, with its interval.

    Parameters
    ----------
    table
        One row per item: ``label``; ``difference_low``, ``difference_high``, ``ci_low``, ``ci_high``
        (differences of fractions); ``verdict_label``, in Dutch.
    base
        What was compared, in Dutch.
    """
    return Drawing(partial(_draw_forest, table.reset_index(drop=True), base))


def response_curve(
    table: pd.DataFrame, *, base: str, names: tuple[str, str], x_title: str, vanishing: Sequence[float]
) -> Drawing:
    """Draw how a difference depends on the response ratio of either of two years.

    A line is dotted where the response rate does not allow the ratio.

    Parameters
    ----------
    table
        One row per ``series`` (0 and 1) and ``ratio``: ``difference_low``, ``difference_high``, ``ci_low``,
        ``ci_high`` (differences of fractions), and ``possible``: whether the response rate allows this ratio.
    base
        What was compared, in Dutch.
    names
        What the two series are called.
    x_title
        What the ratio is.
    vanishing
        Per series the ratio at which the difference is zero, which is marked.
    """
    words = (base, (*names, "verschil is nul"), x_title)
    return Drawing(partial(_draw_curve, table, words, list(vanishing)))


def _draw_forest(table: pd.DataFrame, base: str, width: float) -> Figure:
    values = [
        points_range(low, high)
        for low, high in zip(table["difference_low"], table["difference_high"], strict=True)
    ]
    frame = row_frame(width, max(text_width(value) for value in values) + 18)
    labels = [wrap(label, frame.label_width) for label in table["label"]]
    verdicts = [wrap(label, frame.label_width, SMALL) for label in table["verdict_label"]]
    texts = [LINE * (len(first) + len(second)) for first, second in zip(labels, verdicts, strict=True)]
    heights = [text + GAP + (BLOCK + 10 if frame.labels_above else 0) for text in texts]
    low, high = floor(table["ci_low"].min() * 10) / 10, ceil(table["ci_high"].max() * 10) / 10
    edge = text_width("+00", SMALL) / 2  # room for the numbers of the axis at both ends
    axis = Frame(frame.width, max(frame.left, edge), frame.right - edge, frame.labels_above)
    top = subtitle_height(base, width)
    figure, axes = canvas(width, top + sum(heights) + 24)
    y, spans = write_subtitle(axes, base, width), []

    def x(difference: float) -> float:
        return axis.x((difference - low) / (high - low))

    for row, height, text, place in zip(table.itertuples(), heights, texts, range(len(table)), strict=True):
        left, side = (0.0, "left") if frame.labels_above else (frame.left - 12, "right")
        below = write_lines(axes, labels[place], left, y, ha=side)
        below = write_lines(axes, verdicts[place], left, below, ha=side, fontsize=SMALL, color=MUTED)
        middle = below + 4 + BLOCK / 2 if frame.labels_above else y + text / 2
        draw_interval(axes, x(row.ci_low), x(row.ci_high), middle, 5)
        start, end = x(row.difference_low), x(row.difference_high)
        wide = max(end - start, SMALLEST)
        axes.barh([middle], [wide], left=(start + end - wide) / 2, height=BLOCK, color=FIRST, zorder=4)
        axes.text(width, middle + 5, values[place], ha="right", va="baseline")
        spans.append((middle - BLOCK, middle + BLOCK) if frame.labels_above else (y - 6, y + height - 6))
        y += height
    _draw_points(axes, x, spans, (low, high), frame.right - frame.left)
    return figure


def _draw_points(axes: Axes, x, spans: list[tuple[float, float]], ends: tuple[float, float], room: float) -> None:
    steps = [step / 100 for step in range(round(ends[0] * 100), round(ends[1] * 100) + 1, 10)]
    thin = len(steps) * text_width("+00", SMALL) * 1.6 > room
    for step in steps:
        for span in spans:
            axes.plot([x(step)] * 2, span, color=GRID if step else INK, linewidth=1, zorder=0.5)
        if not thin or round(step * 100) % 20 == 0:
            axes.text(x(step), spans[-1][1] + 17, points(step), ha="center", fontsize=SMALL, color=MUTED)


def _draw_curve(table: pd.DataFrame, words: tuple, vanishing: list[float], width: float) -> Figure:
    base, names, x_title = words
    left, right = text_width("+100", SMALL) + 8, width - 14
    keys, titles = [wrap(name, width - 40, SMALL) for name in names], wrap(x_title, width, SMALL)
    top = subtitle_height(base, width) + LINE * sum(map(len, keys)) + 16
    figure, axes = canvas(width, top + HEIGHT + 26 + LINE * len(titles) + 6)
    _write_key(axes, keys, write_subtitle(axes, base, width))
    ratios = np.log(table["ratio"])
    low, high = floor(table["ci_low"].min() * 10) / 10, ceil(table["ci_high"].max() * 10) / 10
    scale = (right - left) / (ratios.max() - ratios.min())

    def place(ratio: float, difference: float) -> tuple[float, float]:
        return left + (log(ratio) - ratios.min()) * scale, top + HEIGHT * (high - difference) / (high - low)

    ends = (float(table["ratio"].min()), float(table["ratio"].max()))
    _draw_grid(axes, place, (low, high), ends, left)
    for series, style in enumerate(SERIES):
        _draw_series(axes, place, table[table["series"] == series], style)
        if ends[0] < vanishing[series] < ends[1]:
            _mark(axes, *place(vanishing[series], 0), NOTHING)
    write_lines(axes, titles, 0, top + HEIGHT + 26, fontsize=SMALL, color=MUTED)
    return figure


def _write_key(axes: Axes, keys: list[list[str]], y: float) -> None:
    for lines, style in zip(keys, (*SERIES, NOTHING), strict=True):
        if style is not NOTHING:
            axes.plot([2, 28], [y + LINE / 2] * 2, color=style["color"], linewidth=2.2)
        _mark(axes, 15, y + LINE / 2, style)
        y = write_lines(axes, lines, 40, y, fontsize=SMALL)


def _draw_series(axes: Axes, place, rows: pd.DataFrame, style: dict[str, str]) -> None:
    rows = rows.sort_values("ratio")
    middle = [(low + high) / 2 for low, high in zip(rows["difference_low"], rows["difference_high"], strict=True)]
    line = np.array([place(ratio, value) for ratio, value in zip(rows["ratio"], middle, strict=True)])
    band = [
        [place(ratio, value)[1] for ratio, value in zip(rows["ratio"], rows[column], strict=True)]
        for column in ("ci_low", "ci_high")
    ]
    possible = rows["possible"].to_numpy()
    axes.fill_between(line[:, 0], *band, where=possible, color=TRACK, zorder=0.3, linewidth=0)
    for edge in band:
        axes.plot(line[possible, 0], np.array(edge)[possible], color=style["color"], linewidth=0.9, zorder=2)
    axes.plot(line[:, 0], line[:, 1], color=style["color"], linewidth=1.4, linestyle=(0, (1, 2.5)), zorder=3)
    axes.plot(line[possible, 0], line[possible, 1], color=style["color"], linewidth=2.4, zorder=4)
    for at, ratio in zip(line[possible], rows["ratio"][possible], strict=True):
        if abs(np.log2(ratio) - round(np.log2(ratio))) < 1e-9 and ratio != 1:
            _mark(axes, *at, style)


def _draw_grid(axes: Axes, place, y_ends: tuple[float, float], x_ends: tuple[float, float], left: float) -> None:
    for step in range(round(y_ends[0] * 100), round(y_ends[1] * 100) + 1, 10):
        start, end = place(x_ends[0], step / 100), place(x_ends[1], step / 100)
        axes.plot(
            [start[0], end[0]], [start[1], end[1]], color=INK if step == 0 else GRID, linewidth=1, zorder=0.5
        )
        if step % 20 == 0:
            axes.text(left - 8, start[1] + 4, points(step / 100), ha="right", fontsize=SMALL, color=MUTED)
    for power in range(ceil(np.log2(x_ends[0]) - 1e-9), floor(np.log2(x_ends[1]) + 1e-9) + 1):
        x, bottom = place(2.0**power, y_ends[0])
        axes.plot(
            [x, x], [bottom, place(1, y_ends[1])[1]], color=INK if power == 0 else GRID, linewidth=1, zorder=0.5
        )
        label = f"{2**power}" if power >= 0 else f"1/{2**-power}"
        axes.text(x, bottom + 17, label, ha="center", fontsize=SMALL, color=MUTED)


def _mark(axes: Axes, x: float, y: float, style: dict[str, str]) -> None:
    face = PAPER if style["marker"] == "D" else style["color"]
    axes.plot([x], [y], marker=style["marker"], markersize=8, markerfacecolor=face, markeredgecolor=style["color"],
              markeredgewidth=2, linestyle="none", zorder=5)  # fmt: skip
