"""Stacked bars: one question on a scale, or several items on one scale."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.reporting.dutch_numbers import count as write_count
from analysis.reporting.figures.rows import (
    LINE,
    Frame,
    base_line,
    printed,
    row_frame,
    subtitle_height,
    write_lines,
    write_subtitle,
)
from analysis.reporting.theme import (
    INK,
    PAPER,
    SIZE,
    SMALL,
    Drawing,
    canvas,
    scale_colours,
    text_on,
    text_width,
    wrap,
)

BAR_HEIGHT = 44.0
ITEM_HEIGHT = 32.0
SWATCH = 16.0
SEPARATOR = 2.0
"""Width of the white between two colours, in pixels: it is what sets them apart, whatever the colours are."""


def stacked_bar(table: pd.DataFrame, *, base: str, split: int | None = None) -> Drawing:
    """Draw one question as a bar of all answers, with every option on a line of its own below it.

    Parameters
    ----------
    table
        One row per option, in the order of the question; see :mod:`analysis.reporting.figures`.
    base
        Who was asked, in Dutch.
    split
        Number of options at the start that are of one kind (blue) when the others are of another (brown).
    """
    return Drawing(partial(_draw_stacked_bar, table.reset_index(drop=True), base_line(table, base), split))


def stacked_grid(table: pd.DataFrame, *, base: str) -> Drawing:
    """Draw several items on one scale, a bar of all answers for each.

    Parameters
    ----------
    table
        One row per item and option, with ``item``, ``item_label`` and ``option`` besides the columns of
        :mod:`analysis.reporting.figures`. Items and options are drawn in order of appearance.
    base
        Who was asked, in Dutch.
    """
    if table["n"].nunique() == 1:
        subtitle, with_base = base_line(table, base), False
    else:
        subtitle, with_base = f"{base}; n staat bij elk onderdeel", True
    return Drawing(partial(_draw_stacked_grid, table.reset_index(drop=True), subtitle, with_base))


def _draw_stacked_bar(table: pd.DataFrame, subtitle: str, split: int | None, width: float) -> Figure:
    colours = scale_colours(len(table), split)
    shares = printed(table)
    counts = [f"({write_count(count)})" if not pd.isna(count) else "" for count in table["count"]]
    share_end = SWATCH + 10 + max(text_width(share, bold=True) for share in shares)
    count_end = share_end + 8 + max(text_width(count) for count in counts)
    labels = [wrap(label, width - count_end - 14) for label in table["label"]]
    top = subtitle_height(subtitle, width)
    figure, axes = canvas(width, top + BAR_HEIGHT + 14 + sum(LINE * len(lines) + 7 for lines in labels))
    y = write_subtitle(axes, subtitle, width)
    frame = Frame(width=width, left=0, right=width, labels_above=True)
    _draw_segments(axes, table.assign(text=shares, colour=colours), frame, (y, BAR_HEIGHT))
    y += BAR_HEIGHT + 14
    for lines, colour, share, count, amount in zip(labels, colours, shares, counts, table["share"], strict=True):
        _draw_swatch(axes, 0, y + 1, colour if amount > 0 else PAPER)
        write_lines(axes, [share], share_end, y, ha="right", weight="bold")
        write_lines(axes, [count], count_end, y, ha="right")
        y = write_lines(axes, lines, count_end + 14, y) + 7
    return figure


def _draw_stacked_grid(table: pd.DataFrame, subtitle: str, with_base: bool, width: float) -> Figure:
    options = table.drop_duplicates("option")
    colours = scale_colours(len(options))
    frame = row_frame(width, 2)
    items = [
        (label if not with_base else f"{label} (n = {int(rows['n'].iloc[0])})", rows)
        for (_, label), rows in table.groupby(["item", "item_label"], sort=False, observed=True)
    ]
    if any(not _fits(text, share * (frame.right - frame.left)) for share, text in _filled(table)):
        subtitle += "; kleine percentages staan in de tabel"
    labels = [wrap(label, frame.label_width) for label, _ in items]
    heights = [
        LINE * len(lines) + 4 + ITEM_HEIGHT + 14
        if frame.labels_above
        else max(LINE * len(lines), ITEM_HEIGHT) + 14
        for lines in labels
    ]
    key_lines = _key_lines(list(options["label"]), frame)
    top = subtitle_height(subtitle, width) + key_lines * (LINE + 5) + 6
    figure, axes = canvas(width, top + sum(heights))
    _write_key(axes, list(options["label"]), colours, frame, write_subtitle(axes, subtitle, width))
    y = top
    for (_, rows), lines, height in zip(items, labels, heights, strict=True):
        if frame.labels_above:
            bar_top = write_lines(axes, lines, 0, y) + 4
        else:
            write_lines(axes, lines, frame.left - 12, y + (height - 14 - LINE * len(lines)) / 2, ha="right")
            bar_top = y + (height - 14 - ITEM_HEIGHT) / 2
        _draw_segments(axes, rows.assign(text=printed(rows), colour=colours), frame, (bar_top, ITEM_HEIGHT))
        y += height
    return figure


def _draw_segments(axes: Axes, table: pd.DataFrame, frame: Frame, place: tuple[float, float]) -> None:
    """Draw a bar of all answers at a top and height; a percentage stands in its part where it fits."""
    top, height = place
    start = 0.0
    for share, text, colour in zip(table["share"].fillna(0), table["text"], table["colour"], strict=True):
        left, right = frame.x(start), frame.x(start + share)
        start += share
        if right - left < 0.5:
            continue
        gap = min(SEPARATOR, (right - left) / 2) if start < 0.9995 else 0
        axes.barh([top + height / 2], [right - left - gap], left=left, height=height, color=colour, zorder=2)
        if _fits(text, right - left):
            axes.text(
                (left + right - gap) / 2,
                top + height / 2 + 5,
                text,
                ha="center",
                va="baseline",
                weight="bold",
                color=text_on(colour),
                zorder=3,
            )


def _filled(table: pd.DataFrame) -> list[tuple[float, str]]:
    """Return share and printed percentage of every part that has a length."""
    return [pair for pair in zip(table["share"].fillna(0), printed(table), strict=True) if pair[0] > 0]


def _fits(text: str, length: float) -> bool:
    return text_width(text, SIZE, bold=True) + 8 + SEPARATOR <= length


def _draw_swatch(axes: Axes, x: float, y: float, colour: str) -> None:
    edge = INK if colour == PAPER else colour
    axes.barh(
        [y + SWATCH / 2 - 1], [SWATCH], left=x + 0.5, height=SWATCH - 2, color=colour, edgecolor=edge, linewidth=1
    )


def _entry_width(label: str) -> float:
    return SWATCH + 7 + text_width(label, SMALL) + 18


def _key_lines(labels: Sequence[str], frame: Frame) -> int:
    return 1 + sum(new for _, new in _key_places(labels, frame))


def _key_places(labels: Sequence[str], frame: Frame) -> list[tuple[float, bool]]:
    """Return where each entry of the key starts, and whether on a new line."""
    places, x = [], frame.left
    for label in labels:
        new = x > frame.left and x + _entry_width(label) - 18 > frame.width
        x = frame.left if new else x
        places.append((x, new))
        x += _entry_width(label)
    return places


def _write_key(axes: Axes, labels: Sequence[str], colours: Sequence[str], frame: Frame, y: float) -> None:
    """Write the scale above the bars, in the order of their parts."""
    for label, colour, (x, new) in zip(labels, colours, _key_places(labels, frame), strict=True):
        y += (LINE + 5) if new else 0
        _draw_swatch(axes, x, y + 1, colour)
        write_lines(axes, [label], x + SWATCH + 7, y, fontsize=SMALL)
