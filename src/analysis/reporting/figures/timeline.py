"""Counts per day, with a line at days on which something happened."""

from collections.abc import Mapping
from functools import partial
from math import ceil

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.reporting.figures.rows import LINE, subtitle_height, write_lines, write_subtitle
from analysis.reporting.theme import BAR, GRID, INK, MUTED, SECOND, SMALL, Drawing, canvas, text_width, wrap

HEIGHT = 190.0


def daily_bars(table: pd.DataFrame, *, base: str, marks: Mapping[str, str]) -> Drawing:
    """Draw a count per day.

    Parameters
    ----------
    table
        One row per day without gaps: ``day`` (a date) and ``count``.
    base
        What was counted, in Dutch.
    marks
        What happened, in Dutch, by day (as 2025-01-31); days outside the table are left out.
    """
    days = table.assign(day=pd.to_datetime(table["day"])).reset_index(drop=True)
    return Drawing(partial(_draw, days, base, {pd.Timestamp(day): text for day, text in marks.items()}))


def _draw(table: pd.DataFrame, base: str, marks: Mapping[pd.Timestamp, str], width: float) -> Figure:
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500) if table["count"].max() <= 5 * size)
    most = max(step * ceil(table["count"].max() / step), 1)
    left = text_width(str(most), SMALL) + 10
    column = (width - left - 4) / len(table)
    inside = {day: text for day, text in marks.items() if day in set(table["day"])}
    notes = {day: wrap(text, width / 2, SMALL) for day, text in inside.items()}
    top = subtitle_height(base, width) + sum(LINE * len(lines) + 4 for lines in notes.values()) + 6
    figure, axes = canvas(width, top + HEIGHT + 30)
    y = write_subtitle(axes, base, width)
    floor = top + HEIGHT
    for value in range(0, most + 1, step):
        height = floor - HEIGHT * value / most
        axes.plot([left, width], [height, height], color=GRID if value else INK, linewidth=1, zorder=0.5)
        axes.text(left - 7, height + 4, str(value), ha="right", fontsize=SMALL, color=MUTED)
    places = left + column * (table.index.to_numpy() + 0.5)
    heights = -HEIGHT * table["count"] / most
    axes.bar(places, heights, bottom=floor, width=column * 0.8, color=BAR, zorder=2)
    for day, lines in notes.items():
        x = left + column * (table.index[table["day"] == day][0])
        side = "right" if x > width * 0.55 else "left"
        axes.plot([x, x], [y + 2, floor], color=SECOND, linewidth=1.8, linestyle=(0, (4, 3)), zorder=3)
        y = write_lines(axes, lines, x - 6 if side == "right" else x + 6, y, ha=side, fontsize=SMALL) + 4
    _write_days(axes, table, places, floor, width)
    return figure


def _write_days(axes: Axes, table: pd.DataFrame, places, floor: float, width: float) -> None:
    """Write day and month under every seventh day, as many as fit."""
    room = text_width("00-00", SMALL) + 12
    week = (places[-1] - places[0]) / max(len(table) - 1, 1) * 7
    every = 7 * max(1, ceil(room / week)) if week else 7
    for place in range(0, len(table), every):
        day = table["day"].iloc[place]
        x = places[place]
        axes.plot([x, x], [floor, floor + 5], color=INK, linewidth=1)
        if x + room / 2 <= width:
            axes.text(x, floor + 20, f"{day.day}-{day.month}", ha="center", fontsize=SMALL, color=MUTED)
