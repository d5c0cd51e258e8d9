"""The twelve provinces as tiles, each with its name and numbers."""

from functools import partial

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.reporting.dutch_numbers import count as write_count
from analysis.reporting.figures.rows import printed, subtitle_height, write_subtitle
from analysis.reporting.theme import INK, SMALL, TURN, Drawing, canvas, text_on, text_width, wrap

PLACES = {
    "Friesland": (2, 0),
    "Groningen": (3, 0),
    "Noord-Holland": (1, 1),
    "Flevoland": (2, 1),
    "Drenthe": (3, 1),
    "Zuid-Holland": (0, 2),
    "Utrecht": (1, 2),
    "Gelderland": (2, 2),
    "Overijssel": (3, 2),
    "Zeeland": (0, 3),
    "Noord-Brabant": (1, 3),
    "Limburg": (2, 3),
}
"""Column and row of each province: roughly where it lies on a map."""
STEPS = ((0.0, "#ffffff"), (0.35, "#c3dbf2"), (0.45, "#6ea8de"), (0.55, "#1f5796"))
"""From which rate a tile has which colour; the rate itself stands in the tile."""


def tile_map(table: pd.DataFrame, *, base: str) -> Drawing:
    """Draw a rate per province.

    Parameters
    ----------
    table
        One row per province: ``label`` (its name in the register), ``count``, ``n``, ``share`` and, where it is
        printed, ``printed_pct``.
    base
        What the rate is of, in Dutch.

    Raises
    ------
    ValueError
        When the rows are not the twelve provinces.
    """
    if sorted(table["label"]) != sorted(PLACES):
        raise ValueError(f"not the twelve provinces: {sorted(set(table['label']) ^ set(PLACES))}")
    return Drawing(partial(_draw, table.reset_index(drop=True), base))


def _draw(table: pd.DataFrame, base: str, width: float) -> Figure:
    size = min(width / 4, 132.0)
    top = subtitle_height(base, width)
    figure, axes = canvas(width, top + 4 * size + 2)
    write_subtitle(axes, base, width)
    for row, rate in zip(table.itertuples(), printed(table), strict=True):
        column, line = PLACES[row.label]
        x, y = column * size, top + line * size
        colour = next(fill for least, fill in reversed(STEPS) if row.share >= least)
        axes.add_patch(
            Rectangle((x + 2, y + 2), size - 4, size - 4, facecolor=colour, edgecolor=INK, linewidth=1.2)
        )
        ink = text_on(colour)
        name = _name(row.label, size - 14)
        small = 11.0 if width < TURN else SMALL
        for place, part in enumerate(name):
            axes.text(x + 8, y + 18 + 13 * place, part, fontsize=small, color=ink)
        axes.text(x + 8, y + size - 26, rate, fontsize=17 if width < TURN else 24, weight="bold", color=ink)
        numbers = f"{write_count(row.count)} van {write_count(row.n)}"
        axes.text(x + 8, y + size - 11, numbers, fontsize=small, color=ink)
    return figure


def _name(name: str, width: float) -> list[str]:
    """Break a name after its hyphen where it does not fit."""
    if text_width(name, SMALL) <= width:
        return [name]
    return wrap(name.replace("-", "- "), width, SMALL)
