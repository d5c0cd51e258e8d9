"""Which answers occur together: one column per combination, with a bar of how often it was given."""

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.reporting.dutch_numbers import count as write_count
from analysis.reporting.figures.rows import LINE, base_line, subtitle_height, write_lines, write_subtitle
from analysis.reporting.theme import BAR, FIRST, GRID, SMALL, TRACK, TURN, Drawing, canvas, wrap

BAR_SPACE = 90.0
MOST = 8
"""Combinations that a figure draws."""
SEPARATOR = ";"


def combinations(table: pd.DataFrame, labels: Mapping[str, str], *, base: str, most: int = MOST) -> Drawing:
    """Draw the combinations of answers that were given most often.

    Parameters
    ----------
    table
        One row per combination: ``combination`` (codes of the options, separated by ``;``), ``n`` and ``count``.
        The most frequent ones are drawn; among equally frequent ones the earlier row goes first.
    labels
        Label by code of every option, in the order of the question; an option in no drawn combination has an empty
        row.
    base
        Who was asked, in Dutch.
    most
        How many combinations are drawn.

    Raises
    ------
    ValueError
        When a combination holds a code without a label.
    """
    top = table.sort_values("count", ascending=False, kind="stable").head(most)
    chosen = [tuple(code for code in text.split(SEPARATOR) if code) for text in top["combination"]]
    if unknown := sorted({code for codes in chosen for code in codes} - set(labels)):
        raise ValueError(f"options without a label: {unknown}")
    drawn, asked = int(top["count"].sum()), int(table["n"].iloc[0])
    subtitle = f"{base_line(table, base)}; de figuur toont {drawn} van de {asked}"
    return Drawing(partial(_draw, chosen, top["count"].tolist(), dict(labels), subtitle))


def describe_combinations(table: pd.DataFrame, labels: Mapping[str, str], most: int = MOST) -> str:
    """Return the text alternative of the figure.

    Parameters
    ----------
    table, labels, most
        As for :func:`combinations`.
    """
    sentences = []
    for row in table.sort_values("count", ascending=False, kind="stable").head(most).to_dict("records"):
        names = [labels[code] for code in row["combination"].split(SEPARATOR) if code]
        together = " + ".join(names) or "geen van de antwoorden"
        sentences.append(f"{write_count(row['count'])} keer: {together}.")
    return " ".join(sentences)


def _draw(
    chosen: Sequence[tuple[str, ...]], counts: Sequence[int], labels: dict[str, str], subtitle: str, width: float
) -> Figure:
    left = width * (0.5 if width < TURN else 0.42)
    step = min((width - left) / max(len(chosen), 1), 46.0)
    size = SMALL if width < TURN else SMALL + 1
    lines = {code: wrap(label, left - 14, size) for code, label in labels.items()}
    heights = {code: max(LINE * len(text), 22.0) + 6 for code, text in lines.items()}
    top = subtitle_height(subtitle, width) + BAR_SPACE + LINE
    figure, axes = canvas(width, top + sum(heights.values()) + 4)
    write_subtitle(axes, subtitle, width)
    centres = [left + step * (place + 0.5) for place in range(len(chosen))]
    for x, number in zip(centres, counts, strict=True):
        height = BAR_SPACE * number / max(counts)
        axes.bar([x], [height], bottom=top - 8 - height, width=step * 0.62, color=BAR)
        axes.text(x, top - 14 - height, write_count(number), ha="center", fontsize=SMALL)
    y, places = top, {}
    for row, (code, height) in enumerate(heights.items()):
        if row % 2 == 0:
            axes.barh([y + height / 2], [width], left=0, height=height, color=TRACK, zorder=0)
        write_lines(
            axes, lines[code], left - 10, y + (height - LINE * len(lines[code])) / 2, ha="right", fontsize=size
        )
        places[code] = y + height / 2
        y += height
    for x, codes in zip(centres, chosen, strict=True):
        _draw_column(axes, x, [places[code] for code in codes], list(places.values()))
    return figure


def _draw_column(axes: Axes, x: float, filled: Sequence[float], every: Sequence[float]) -> None:
    """Draw the dots of one combination: filled where the answer belongs to it, and joined."""
    axes.plot([x] * len(every), every, "o", markersize=6, markerfacecolor="none", markeredgecolor=GRID, zorder=2)
    if filled:
        axes.plot([x, x], [min(filled), max(filled)], color=FIRST, linewidth=2, zorder=3)
        axes.plot([x] * len(filled), filled, "o", markersize=11, color=FIRST, zorder=4)
