"""The way from all reactions to the ones that count, as boxes with what falls away between them."""

from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.reporting.dutch_numbers import count as write_count
from analysis.reporting.figures.rows import LINE
from analysis.reporting.theme import BLUES, INK, MUTED, PAPER, SIZE, TURN, Drawing, canvas, wrap

BOX_PADDING = 12.0
STEP = 34.0
"""Least length of an arrow, in pixels."""


def flow_diagram(table: pd.DataFrame) -> Drawing:
    """Draw how many reactions are left after each step, and why others fell away.

    Parameters
    ----------
    table
        One row per step: ``label`` (what is left after it), ``n`` (how many), ``reason`` (why reactions fell away
        before it; empty for the first row).
    """
    return Drawing(partial(_draw, table.reset_index(drop=True)))


def _draw(table: pd.DataFrame, width: float) -> Figure:
    box = width if width < TURN else width * 0.5
    side = 30.0 if width < TURN else box + 34
    boxes = [[write_count(row.n), *wrap(row.label, box - 2 * BOX_PADDING)] for row in table.itertuples()]
    exits = [
        _exit(before, row, width - side)
        for before, row in zip(table["n"].shift(), table.itertuples(), strict=True)
    ]
    heights = [LINE * len(lines) + 2 * BOX_PADDING + 6 for lines in boxes]
    gaps = [0.0 if not number else max(STEP, LINE * len(lines) + 22) for number, lines in enumerate(exits)]
    figure, axes = canvas(width, sum(heights) + sum(gaps) + 2)
    middle = 12.0 if width < TURN else box / 2
    y = 1.0
    for lines, out, height, gap in zip(boxes, exits, heights, gaps, strict=True):
        if gap:
            _arrow(axes, middle, y, y + gap)
            _write_exit(axes, out, middle, side, y + (gap - LINE * len(out)) / 2)
            y += gap
        axes.add_patch(Rectangle((1, y), box - 2, height, facecolor=PAPER, edgecolor=BLUES[0], linewidth=2))
        axes.text(BOX_PADDING, y + BOX_PADDING + LINE, lines[0], fontsize=22, weight="bold", color=BLUES[0])
        for place, line in enumerate(lines[1:], start=1):
            axes.text(BOX_PADDING, y + BOX_PADDING + 6 + LINE * (place + 0.74), line, fontsize=SIZE, color=INK)
        y += height
    return figure


def _exit(before: float, row: object, width: float) -> list[str]:
    if pd.isna(before):
        return []
    reason = "" if pd.isna(row.reason) else str(row.reason)
    return wrap(
        f"{write_count(before - row.n)} vallen af: {reason}"
        if reason
        else f"{write_count(before - row.n)} vallen af",
        width,
    )


def _write_exit(axes: Axes, lines: list[str], middle: float, x: float, y: float) -> None:
    axes.plot([middle, x - 8], [y + LINE * 0.5] * 2, color=MUTED, linewidth=1.5)
    for place, line in enumerate(lines):
        axes.text(x, y + LINE * (place + 0.74), line, fontsize=SIZE, color=INK)


def _arrow(axes: Axes, x: float, start: float, end: float) -> None:
    axes.plot([x, x], [start, end - 9], color=BLUES[0], linewidth=2, solid_capstyle="butt")
    axes.fill([x - 6, x + 6, x], [end - 10, end - 10, end], color=BLUES[0], linewidth=0)
