"""Bars with their intervals: multi-response, single choice, and side by side per group."""

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
    draw_axis,
    draw_interval,
    printed,
    row_frame,
    subtitle_height,
    write_lines,
    write_subtitle,
)
from analysis.reporting.theme import BAR, SIZE, SMALL, TRACK, TURN, Drawing, canvas, text_width, wrap

BAR_HEIGHT = 20.0
GAP = 15.0
THIN = 14.0
INTERVAL_KEY = "streep: 95%-interval"


def sorted_bars(table: pd.DataFrame, *, base: str, last: Sequence[str] = ()) -> Drawing:
    """Draw the options of a question with several answers, the most mentioned first.

    Parameters
    ----------
    table
        One row per option, with ``option``; see :mod:`analysis.reporting.figures`. Options that are mentioned
        equally often keep their order.
    base
        Who was asked, in Dutch.
    last
        Options that come last whatever their share, such as an exclusive one.
    """
    ordered = table.assign(_last=table["option"].isin(list(last)))
    ordered = ordered.sort_values(["_last", "share"], ascending=[True, False], kind="stable").drop(columns="_last")
    return bars_with_interval(ordered, base=f"{base}; meer antwoorden mogelijk")


def bars_with_interval(table: pd.DataFrame, *, base: str) -> Drawing:
    """Draw the options of a question in their own order, each with its interval.

    Parameters
    ----------
    table
        One row per option; see :mod:`analysis.reporting.figures`.
    base
        Who was asked, in Dutch.
    """
    subtitle = base_line(table, base)
    if {"ci_low", "ci_high"} <= set(table.columns):
        subtitle += f"; {INTERVAL_KEY}"
    return Drawing(partial(_draw_bars, table.reset_index(drop=True), subtitle))


def small_multiples(table: pd.DataFrame, *, base: str) -> Drawing:
    """Draw the options of a question per group: beside each other, or under each other on a narrow screen.

    Parameters
    ----------
    table
        One row per option and group; as in :mod:`analysis.reporting.figures`, with ``option``, ``group`` and
        ``group_label``. Groups and options are drawn in order of appearance; each group has one base.
    base
        Who was asked, in Dutch.
    """
    subtitle = (
        f"{base}; grijze baan: 100%; {INTERVAL_KEY}" if {"ci_low", "ci_high"} <= set(table.columns) else base
    )
    return Drawing(partial(_draw_multiples, table.reset_index(drop=True), subtitle))


def _values(table: pd.DataFrame) -> list[str]:
    return [
        f"{text} ({write_count(count)})" if not pd.isna(count) else text
        for text, count in zip(printed(table), table["count"], strict=True)
    ]


def _draw_bars(table: pd.DataFrame, subtitle: str, width: float) -> Figure:
    values = _values(table)
    frame = row_frame(width, max(text_width(value) for value in values) + 14)
    labels = [wrap(label, frame.label_width) for label in table["label"]]
    heights = [_row_height(lines, frame) for lines in labels]
    top = subtitle_height(subtitle, width)
    figure, axes = canvas(width, top + sum(heights) + 22)
    y = write_subtitle(axes, subtitle, width)
    spans = []
    for row, lines, value, height in zip(table.itertuples(), labels, values, heights, strict=True):
        middle = _write_label(axes, lines, frame, y, height)
        _draw_bar(axes, row, frame, middle)
        axes.text(width, middle + 5, value, ha="right", va="baseline")
        spans.append((middle - BAR_HEIGHT / 2 - 4, middle + BAR_HEIGHT / 2 + 4))
        y += height
    draw_axis(axes, frame, spans)
    return figure


def _row_height(lines: Sequence[str], frame: Frame) -> float:
    if frame.labels_above:
        return LINE * len(lines) + 4 + BAR_HEIGHT + GAP
    return max(LINE * len(lines), BAR_HEIGHT) + GAP


def _write_label(axes: Axes, lines: Sequence[str], frame: Frame, y: float, height: float) -> float:
    """Write the label of a row and return the height of the middle of its bar."""
    if frame.labels_above:
        return write_lines(axes, lines, 0, y) + 4 + BAR_HEIGHT / 2
    start = y + (height - LINE * len(lines)) / 2
    write_lines(axes, lines, frame.left - 12, start, ha="right")
    return y + height / 2


def _draw_bar(axes: Axes, row: object, frame: Frame, middle: float, height: float = BAR_HEIGHT) -> None:
    if pd.isna(row.share):
        return
    end = frame.x(row.share)
    axes.barh([middle], [end - frame.left], left=frame.left, height=height, color=BAR, zorder=2)
    low, high = getattr(row, "ci_low", float("nan")), getattr(row, "ci_high", float("nan"))
    draw_interval(axes, frame.x(low), frame.x(high), middle)


def _draw_track(axes: Axes, frame: Frame, middle: float) -> None:
    """Show how long the bar of all respondents would be."""
    axes.barh([middle], [frame.right - frame.left], left=frame.left, height=THIN, color=TRACK, zorder=1)


def _draw_multiples(table: pd.DataFrame, subtitle: str, width: float) -> Figure:
    table = table.assign(value_text=_values(table))
    return _stack_groups(table, subtitle, width) if width < TURN else _beside_groups(table, subtitle, width)


def _group_heads(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Return code and label with base of each group."""
    bases = table.groupby("group", sort=False, observed=True)[["group_label", "n"]].first()
    return [(group, f"{row.group_label} (n\u00a0=\u00a0{int(row.n)})") for group, row in bases.iterrows()]


def _beside_groups(table: pd.DataFrame, subtitle: str, width: float) -> Figure:
    groups = _group_heads(table)
    left, space = width * 0.3, 18.0
    panel = (width - left - space * (len(groups) - 1)) / len(groups)
    heads = [wrap(head, panel, SMALL, bold=True) for _, head in groups]
    options = table.drop_duplicates("option")
    labels = [wrap(label, left - 16, SMALL) for label in options["label"]]
    heights = [max(LINE * len(lines), LINE + BAR_HEIGHT) + 10 for lines in labels]
    top = subtitle_height(subtitle, width) + LINE * max(map(len, heads)) + 6
    figure, axes = canvas(width, top + sum(heights) + 4)
    start = write_subtitle(axes, subtitle, width)
    rows = {(row.group, row.option): row for row in table.itertuples()}
    for place, (group, _) in enumerate(groups):
        x = left + place * (panel + space)
        write_lines(axes, heads[place], x, start, fontsize=SMALL, weight="bold")
        frame = Frame(width=width, left=x, right=x + panel, labels_above=False)
        y = top
        for option, lines, height in zip(options["option"], labels, heights, strict=True):
            if place == 0:
                write_lines(axes, lines, left - 12, y + 4, ha="right", fontsize=SMALL)
            row = rows[group, option]
            write_lines(axes, [row.value_text], x, y, fontsize=SMALL)
            _draw_track(axes, frame, y + LINE + 9)
            _draw_bar(axes, row, frame, y + LINE + 9, THIN)
            y += height
    return figure


def _stack_groups(table: pd.DataFrame, subtitle: str, width: float) -> Figure:
    groups = _group_heads(table)
    options = table.drop_duplicates("option")
    labels = [wrap(label, width, SIZE, bold=True) for label in options["label"]]
    row_height = LINE + 14 + 8
    height = sum(LINE * len(lines) + row_height * len(groups) + 16 for lines in labels)
    figure, axes = canvas(width, subtitle_height(subtitle, width) + height)
    y = write_subtitle(axes, subtitle, width)
    rows = {(row.group, row.option): row for row in table.itertuples()}
    frame = Frame(width=width, left=0, right=width, labels_above=True)
    for option, lines in zip(options["option"], labels, strict=True):
        y = write_lines(axes, lines, 0, y, weight="bold")
        for group, head in groups:
            row = rows[group, option]
            write_lines(axes, [head], 0, y, fontsize=SMALL)
            axes.text(width, y + LINE * 0.74, row.value_text, ha="right", fontsize=SMALL)
            _draw_track(axes, frame, y + LINE + 7)
            _draw_bar(axes, row, frame, y + LINE + 7, THIN)
            y += row_height
        y += 16
    return figure
