"""What figures with one row per option share: room for labels, an axis of percentages, marks."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis.reporting.dutch_numbers import percentage
from analysis.reporting.theme import GRID, INK, MUTED, SMALL, TURN, text_width, wrap

LINE = 19.0
"""Height of a line of text, in pixels."""
LABEL_SHARE = 0.36
"""Part of a wide figure that the labels take."""
MARGIN = 2.0


@dataclass(frozen=True)
class Frame:
    """Where things stand in a figure of a certain width, in pixels.

    Parameters
    ----------
    width
        Width of the figure.
    left, right
        Where the axis of percentages starts and ends.
    labels_above
        Whether labels stand above their bars, or beside them.
    """

    width: float
    left: float
    right: float
    labels_above: bool

    @property
    def label_width(self) -> float:
        """Room for a line of a label."""
        return self.width if self.labels_above else self.left - 16

    def x(self, share: float) -> float:
        """Return where a share stands.

        Parameters
        ----------
        share
            Fraction between 0 and 1.
        """
        return self.left + share * (self.right - self.left)


def row_frame(width: float, value_width: float) -> Frame:
    """Return the frame of a figure with labels at the left or above, and values at the right.

    Parameters
    ----------
    width
        Width of the figure.
    value_width
        Room for the values.
    """
    above = width < TURN
    left = MARGIN if above else width * LABEL_SHARE
    return Frame(width=width, left=left, right=width - value_width, labels_above=above)


def printed(table: pd.DataFrame) -> list[str]:
    """Return the percentage of each row as it is printed.

    Parameters
    ----------
    table
        Columns ``share`` and, where they are there, ``printed_pct`` and ``mark``.
    """
    marks = table["mark"] if "mark" in table else [""] * len(table)
    if "printed_pct" in table:
        return [f"{int(value)}%{mark}" for value, mark in zip(table["printed_pct"], marks, strict=True)]
    return [
        "–" if pd.isna(share) else percentage(share) + mark
        for share, mark in zip(table["share"], marks, strict=True)
    ]


def base_line(table: pd.DataFrame, base: str) -> str:
    """Return the line that says on how many respondents a figure rests.

    Parameters
    ----------
    table
        Column ``n``, the same in every row.
    base
        Who was asked, in Dutch, such as ``gemeenten met een aanpak``.

    Raises
    ------
    ValueError
        When the rows have more than one base.
    """
    if table["n"].nunique() != 1:
        raise ValueError(f"rows on one base are needed; n is {sorted(table['n'].unique())}")
    return f"n = {int(table['n'].iloc[0])} {base}".strip()


def write_lines(axes: Axes, lines: Sequence[str], x: float, y: float, **style: object) -> float:
    """Write lines of text under each other, and return where the next one would stand.

    Parameters
    ----------
    axes
        Axes that count in pixels.
    lines
        The lines.
    x, y
        Where the first line starts; ``y`` is its upper edge.
    style
        Passed on to matplotlib's text.
    """
    for line in lines:
        axes.text(x, y + LINE * 0.74, line, va="baseline", **style)
        y += LINE
    return y


def write_subtitle(axes: Axes, text: str, width: float) -> float:
    """Write the line under the caption, and return where the figure itself starts.

    Parameters
    ----------
    axes
        Axes that count in pixels.
    text
        The line; it is broken where needed.
    width
        Room for it.
    """
    return write_lines(axes, wrap(text, width, SMALL), 0, 0, color=MUTED, fontsize=SMALL) + 10


def subtitle_height(text: str, width: float) -> float:
    """Return how high the line under the caption is.

    Parameters
    ----------
    text, width
        As for :func:`write_subtitle`.
    """
    return LINE * len(wrap(text, width, SMALL)) + 10


def draw_axis(axes: Axes, frame: Frame, spans: Sequence[tuple[float, float]]) -> None:
    """Draw the lines of 0, 25, 50, 75 and 100 percent with their numbers below.

    On a narrow figure the lines leave the labels free, and every other number is left out where they would touch.

    Parameters
    ----------
    axes
        Axes that count in pixels.
    frame
        Where the axis stands.
    spans
        Upper and lower end of each row.
    """
    if not frame.labels_above:
        spans = [(spans[0][0], spans[-1][1])]
    numbers = (0, 25, 50, 75, 100) if frame.right - frame.left > 5 * text_width("100%", SMALL) else (0, 50, 100)
    for step in (0, 25, 50, 75, 100):
        x = frame.x(step / 100)
        for span in spans:
            axes.plot([x, x], span, color=GRID if step else INK, linewidth=1, zorder=0.5, solid_capstyle="butt")
        if step in numbers:
            place = "left" if step == 0 and frame.labels_above else "center"
            axes.text(x, spans[-1][1] + 15, f"{step}%", ha=place, va="baseline", fontsize=SMALL, color=MUTED)


def draw_interval(axes: Axes, low: float, high: float, y: float, tick: float = 4.0) -> None:
    """Draw an interval as a line with a tick at both ends; nothing when it is missing.

    Parameters
    ----------
    axes
        Axes that count in pixels.
    low, high
        Ends in pixels.
    y
        Height.
    tick
        Half the height of a tick.
    """
    if pd.isna(low) or pd.isna(high):
        return
    axes.plot([low, high], [y, y], color=INK, linewidth=1.6, zorder=3, solid_capstyle="butt")
    for end in (low, high):
        axes.plot([end, end], [y - tick, y + tick], color=INK, linewidth=1.6, zorder=3, solid_capstyle="butt")
